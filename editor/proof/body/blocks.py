"""What each line of a body is: blocks, found in one pass; the words within them are for `inline`.

The rules are those that CommonMark (https://spec.commonmark.org/0.31.2/), Python-Markdown and kramdown share, with the
blocks that PyMdown and the generators' templates add. Time grows with the length of the text only: what looks
ahead for an end takes note of it where there is none.
"""

import re

from editor.post.line_state import is_delimiter_row
from editor.proof.body import containers, html_blocks, line_blocks, long_blocks, signs
from editor.proof.body import source as kinds
from editor.proof.body.grammar import Grammar
from editor.proof.body.inline import Inline
from editor.proof.body.sheet import Sheet, merged, skip_blanks
from editor.proof.body.source import BodySource

_ABBREVIATION = re.compile(r"\*\[[^\]]++\]:")
_MATH_BEGIN = re.compile(r"\\begin\{([A-Za-z]+\*?)\}")
_SCRIPT = re.compile(r"(?:import|export)[ \t{*]")


def scan(text: str, start: int, grammar: Grammar) -> BodySource:
    """Return what stands where in the body of `text`, which begins at `start`."""
    sheet = Sheet(text, start, grammar)
    number = 0
    while number < len(sheet.spans):
        number = _line(sheet, number)
    sheet.close_paragraph()
    inline = Inline(sheet.text, sheet.grammar, sheet.definitions, sheet.ends)
    for start, end, tags_only in sheet.runs:
        inline.scan(start, end, tags_only=tags_only)
    return BodySource(
        text=sheet.text,
        start=sheet.start,
        grammar=sheet.grammar,
        lines=tuple(sheet.lines),
        headings=tuple(sheet.headings),
        fences=tuple(sheet.fences),
        calls=tuple(sheet.calls),
        links=tuple(sorted(inline.links, key=lambda link: link.start)),
        definitions=tuple(sheet.definitions),
        footnotes=tuple(sheet.footnotes),
        footnote_uses=tuple(inline.footnote_uses),
        tags=tuple(inline.tags),
        comments=tuple(sorted(sheet.comments + inline.comments, key=lambda comment: comment.start)),
        templates=tuple(sorted(sheet.templates + inline.templates)),
        hidden=merged(sheet.hidden + inline.hidden),
    )


def _line(sheet: Sheet, number: int) -> int:
    """Take the line `number`; return the number of the next one to take."""
    start, end = sheet.spans[number]
    text = sheet.text
    at, column = skip_blanks(text, start, end, 0)
    if at == end:
        sheet.close_paragraph()
        sheet.add(number, kinds.BLANK, end, 0)
        return number + 1
    indent = column
    at, column, matched, code_from = containers.continued(sheet, end, at, column)
    if at == end:  # a quote's empty line
        sheet.close_paragraph()
        sheet.add(number, kinds.BLANK, end, indent)
        return number + 1
    lazy = matched < len(sheet.containers)
    if lazy and not (sheet.paragraph >= 0 and containers.goes_on(sheet, at, end)):
        sheet.close_paragraph()
        del sheet.containers[matched:]
        lazy = False
    marker = ""
    while not lazy:
        if column >= code_from and sheet.paragraph < 0 and not containers.is_fence_in_list(sheet, at, end):
            return line_blocks.code(sheet, number, at, indent)
        opened = containers.opened(sheet, number, at, end, column)
        if opened is None:
            break
        at, column, code_from, mark = opened
        marker = mark or marker
        if at >= end:
            sheet.add(number, kinds.TEXT, at, indent, marker)
            return number + 1
    if lazy:
        return long_blocks.text(sheet, number, at, indent, marker)
    return _leaf(sheet, number, at, column, indent, marker)


def _leaf(sheet: Sheet, number: int, at: int, column: int, indent: int, marker: str) -> int:
    """Take what a line holds behind the marks of quotes and lists."""
    end = sheet.spans[number][1]
    text = sheet.text
    character = text[at]
    if sheet.table:
        if "|" in text[at:end]:
            return line_blocks.row(sheet, number, at, indent)
        sheet.table = False
    if not character.isalnum():
        taken = _begun(sheet, number, at, column, indent, marker)
        if taken is not None:
            return taken
    elif sheet.grammar.javascript and sheet.paragraph < 0 and _SCRIPT.match(text, at, end):
        return sheet.through(number, sheet.blank_from(number), kinds.TEMPLATE, at)
    if sheet.paragraph < 0 and number + 1 < len(sheet.spans) and "|" in text[at:end]:
        below = text[slice(*sheet.spans[number + 1])]
        if "-" in below and is_delimiter_row(below):
            return line_blocks.row(sheet, number, at, indent)
    return long_blocks.text(sheet, number, at, indent, marker)


def _begun(sheet: Sheet, number: int, at: int, column: int, indent: int, marker: str) -> int | None:
    """Take the block that a sign begins; return the next line, or None where it is a paragraph's."""
    end = sheet.spans[number][1]
    text = sheet.text
    character = text[at]
    if character in "`~":
        found = signs.FENCE.match(text, at, end)
        return long_blocks.fence(sheet, number, at, found, indent) if found else None
    if character == "#":
        return line_blocks.atx(sheet, number, at, indent, marker)
    if character in "=-" and sheet.paragraph >= 0 and signs.UNDERLINE.match(text, at, end):
        return line_blocks.underlined(sheet, number, at, indent)
    if character in "-*_" and signs.RULE.match(text, at, end):
        return sheet.alone(number, kinds.RULE, at, indent, marker)
    if character in "!?=":
        call = signs.CALL.match(text, at, end)
        return line_blocks.call(sheet, number, at, column, call) if call else None
    if character in "/:" and signs.BLOCK_MARK.match(text, at, end):
        return sheet.alone(number, kinds.CALL, at, indent, marker)
    if character == "[":
        return line_blocks.definition(sheet, number, at, indent)
    if character == "*" and _ABBREVIATION.match(text, at, end):
        return sheet.alone(number, kinds.DEFINITION, at, indent, marker)
    if character == "<":
        return html_blocks.html(sheet, number, at)
    if character == "{" or (character == ";" and "8<" in text[at:end]):
        return long_blocks.template(sheet, number, at, indent)
    if character == "$" and text.startswith("$$", at):
        return long_blocks.math(sheet, number, at, at + 2, "$$")
    if character == "\\":
        if text.startswith("\\[", at):
            return long_blocks.math(sheet, number, at, at + 2, "\\]")
        begun = _MATH_BEGIN.match(text, at, end)
        return long_blocks.math(sheet, number, at, begun.end(), f"\\end{{{begun[1]}}}") if begun else None
    return None
