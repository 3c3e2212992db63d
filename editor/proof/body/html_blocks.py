"""Blocks of raw HTML: those of CommonMark end with a blank line, those of the others with the element.

https://spec.commonmark.org/0.31.2/#html-blocks
"""

from editor.proof.body import long_blocks, signs
from editor.proof.body import source as kinds
from editor.proof.body.grammar import COMMONMARK, PYTHON_MARKDOWN
from editor.proof.body.html_tags import TAG, VERBATIM, VOID, block_tag
from editor.proof.body.sheet import Sheet, skip_blanks


def html(sheet: Sheet, number: int, at: int) -> int | None:
    """Take the block of raw HTML that begins at `at`; return None where a paragraph does."""
    end = sheet.spans[number][1]
    text = sheet.text
    if text.startswith("<!--", at):
        return long_blocks.comment(sheet, number, at)
    if text.startswith(("<?", "<!"), at):
        return _through(sheet, number, at, sheet.blank_from(number))
    name = block_tag(text, at, end)
    if name is None:
        alone = TAG.match(text, at, end)
        own = sheet.paragraph < 0 and sheet.grammar.family == COMMONMARK
        if own and alone and not text[alone.end() : end].strip():
            return _through(sheet, number, at, sheet.blank_from(number))
        return None
    closing = text[at + 1] == "/"
    if name in VERBATIM and not closing:
        stop = sheet.ends.find_tag(name, at + 1)
        if stop is not None:
            return _through(sheet, number, at, sheet.number_at(stop), verbatim=True)
        return _through(sheet, number, at, sheet.blank_from(number))
    if sheet.grammar.family == COMMONMARK or closing or name in VOID:
        last = sheet.blank_from(number) if sheet.grammar.family == COMMONMARK else number
        return _through(sheet, number, at, last)
    tag = TAG.match(text, at)
    if tag is not None and (sheet.grammar.reads_html or "markdown" in tag["attributes"]):
        sheet.close_paragraph()
        sheet.add(number, kinds.HTML, at)
        sheet.runs += [(at, tag.end(), True), (tag.end(), max(end, tag.end()), False)]
        return number + 1
    stop = sheet.ends.find_element(name, at)
    return _through(sheet, number, at, sheet.blank_from(number) if stop is None else sheet.number_at(stop))


def _through(sheet: Sheet, number: int, at: int, last: int, *, verbatim: bool = False) -> int:
    """Take lines of raw HTML; `verbatim` ones hold code."""
    sheet.close_paragraph()
    for inner in range(number, last + 1):
        start = at if inner == number else sheet.spans[inner][0]
        sheet.add(inner, kinds.HTML, start)
    stop = sheet.spans[last][1]
    if verbatim:
        opening = TAG.match(sheet.text, at)
        closing = sheet.text.rfind("</", at, stop)
        if opening is not None and closing >= opening.end():
            sheet.hidden.append((opening.end(), closing))
            sheet.runs += [(at, opening.end(), True), (closing, stop, True)]
            return last + 1
    if sheet.grammar.family == PYTHON_MARKDOWN:
        at = _past_fences(sheet, number, last, at)
    sheet.runs.append((at, stop, True))
    return last + 1


def _past_fences(sheet: Sheet, number: int, last: int, at: int) -> int:
    """Hide the code in raw HTML: Python-Markdown looks for fences before it looks for HTML.

    Return where what is left begins.
    """
    while number <= last:
        start, end = sheet.spans[number]
        first, _column = skip_blanks(sheet.text, start, end, 0)
        found = (
            signs.FENCE.match(sheet.text, first, end) if sheet.text[first : first + 1] in ("`", "~") else None
        )
        closing = sheet.fence_ends.find(number, found["marks"]) if found else None
        if closing is not None and closing <= last:
            sheet.hidden.append((first, sheet.spans[closing][1]))
            sheet.runs.append((at, start, True))
            number, at = closing, sheet.spans[closing][1]
        number += 1
    return at
