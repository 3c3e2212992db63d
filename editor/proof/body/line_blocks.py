"""Blocks of one line, or a few: headings, rows, definitions, what opens an admonition."""

import re
from dataclasses import replace

from editor.proof.body import signs
from editor.proof.body import source as kinds
from editor.proof.body.grammar import PYTHON_MARKDOWN
from editor.proof.body.html_tags import TEMPLATE
from editor.proof.body.sheet import Container, Sheet, skip_blanks
from editor.proof.body.source import Call, Definition, Heading, Span

_ADDRESS = re.compile(
    rf"[ \t]*+(?P<address><[^<>\n]*+>|(?:{TEMPLATE}|(?!<)\S)++)"
    r"(?:[ \t]++(?P<title>\"[^\n]*\"|'[^\n]*'|\([^\n]*\)))?[ \t]*+$"
)
_TITLE = re.compile(r"[ \t]*+(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\))[ \t]*+$")
_CLOSING_MARKS = re.compile(r"[ \t]++#++[ \t]*+$")
_ATTRIBUTES = re.compile(r"\{:?(?P<list>[^{}\n]*)\}[ \t]*$")
_ID = re.compile(r"(?:^|[ \t])#([^\s#.{}=]+)(?=[ \t]|$)")


def code(sheet: Sheet, number: int, at: int, indent: int) -> int:
    """Take a line that is indented as code."""
    sheet.hidden.append((at, sheet.spans[number][1]))
    sheet.add(number, kinds.CODE, at, indent)
    return number + 1


def call(sheet: Sheet, number: int, at: int, column: int, found: re.Match[str]) -> int | None:
    """Take what opens an admonition, a fold or a tab; return None where the site knows none."""
    mark = found[1]
    has = sheet.grammar
    known = has.tabs if mark[0] == "=" else has.details if mark[0] == "?" else has.admonitions
    if known is False or (mark[0] == "=" and found[3] is None):
        return None
    sheet.close_paragraph()
    sheet.calls.append(Call(at, sheet.spans[number][1], number, mark, found[2].strip(), found[3], column))
    sheet.add(number, kinds.CALL, at, column)
    sheet.containers.append(Container(quote=False, needed=column + 4, code=column + 8))
    return number + 1


def atx(sheet: Sheet, number: int, at: int, indent: int, marker: str) -> int | None:
    """Take a heading that begins with `#`; return None where the line is none."""
    end = sheet.spans[number][1]
    text = sheet.text
    found = signs.HEADING.match(text, at, end)
    if found is None:
        return None
    behind = found.end()
    if behind < end and text[behind] not in " \t" and sheet.grammar.family != PYTHON_MARKDOWN:
        return None
    words, stop = skip_blanks(text, behind, end, 0)[0], end
    closing = _CLOSING_MARKS.search(text, max(behind - 1, at), end) if text[end - 1] in "# \t" else None
    sheet.close_paragraph()
    _head(sheet, number, len(found[1]), words, closing.start() if closing else stop, found.span(1))
    sheet.add(number, kinds.HEADING, at, indent, marker)
    return number + 1


def underlined(sheet: Sheet, number: int, at: int, indent: int) -> int:
    """Take the line below a heading."""
    first = sheet.paragraph
    level = 1 if sheet.text[at] == "=" else 2
    above = sheet.lines[number - 1]
    single = first == number - 1
    if not single and sheet.grammar.family == PYTHON_MARKDOWN:
        return sheet.alone(number, kinds.RULE if level == 2 else kinds.TEXT, at, indent, "")
    run_start = sheet.run_start
    sheet.paragraph = -1
    sheet.lines[first:number] = [replace(line, kind=kinds.HEADING) for line in sheet.lines[first:number]]
    _head(sheet, first, level, run_start, above.end, (at, sheet.spans[number][1]))
    sheet.add(number, kinds.UNDERLINE, at, indent)
    return number + 1


def _head(sheet: Sheet, number: int, level: int, start: int, end: int, marks: Span) -> None:
    text = sheet.text
    end = max(start, end)  # `# #` has no words
    while end > start and text[end - 1] in " \t":
        end -= 1
    sheet.runs.append((start, end, False))
    name, place = "", (0, 0)
    if end > start and text[end - 1] == "}":
        found = _ATTRIBUTES.search(text, max(text.rfind("{", start, end), start), end)
        given = _ID.search(found["list"]) if found else None
        if found is not None and text[found.start() - 1 : found.start()] != "{":
            if given:
                name = given[1]
                place = (found.start("list") + given.start(1), found.start("list") + given.end(1))
            end = found.start()
            while end > start and text[end - 1] in " \t#":
                end -= 1
    sheet.headings.append(
        Heading(level, start, end, number, marks, name, place, nested=bool(sheet.containers))
    )


def definition(sheet: Sheet, number: int, at: int, indent: int) -> int | None:
    """Take the definition of a reference, which may go on in the next lines; return None where the line is none."""
    text = sheet.text
    end = sheet.spans[number][1]
    label = signs.LABEL.match(text, at, end)
    if label is None or not label[1].strip() or label[1].startswith("^"):
        return None
    last = number
    found = _ADDRESS.match(text, label.end(), end)
    if found is None and not text[label.end() : end].strip() and number + 1 < len(sheet.spans):
        last = number + 1
        found = _ADDRESS.match(text, *sheet.spans[last])
    if found is None:
        return None
    address, target = found["address"], found.span("address")
    if address.startswith("<"):
        address, target = address[1:-1], (target[0] + 1, target[1] - 1)
    title = found["title"] or ""
    if not title and last + 1 < len(sheet.spans) and _TITLE.match(text, *sheet.spans[last + 1]):
        last += 1
        title = text[slice(*sheet.spans[last])].strip()
    sheet.definitions.append(
        Definition(label[1], at, sheet.spans[last][1], label.span(1), address, target, title[1:-1])
    )
    sheet.close_paragraph()
    for inner in range(number, last + 1):
        sheet.add(inner, kinds.DEFINITION, at if inner == number else sheet.spans[inner][0], indent)
    return last + 1


def row(sheet: Sheet, number: int, at: int, indent: int) -> int:
    """Take a row of a table."""
    sheet.close_paragraph()
    end = sheet.spans[number][1]
    sheet.runs.append((at, end, False))
    sheet.add(number, kinds.TABLE, at, indent)
    sheet.table = True
    return number + 1
