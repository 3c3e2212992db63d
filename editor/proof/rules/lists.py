"""Lists that are not what they seem: entries on the wrong level, lists that go on as a paragraph, tabs among spaces."""

import re
from collections.abc import Iterator

from editor.post.text_edit import TextEdit
from editor.proof.body.grammar import COMMONMARK
from editor.proof.body.source import BLANK, FENCE, TEXT, BodySource, Line
from editor.proof.diagnostic import INFO, WARNING, QuickFix
from editor.proof.reading import Reading
from editor.proof.rule import BODY, Finding, Rule
from editor.translation import gettext as _

_ENTRY = re.compile(r"(?:(?P<bullet>[-*+])|(?P<number>\d{1,3})\.)[ \t]+\S")
_BLANKS = re.compile(r"[ \t]*")


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "list-indent",
            WARNING,
            BODY,
            _("an entry, or a paragraph of one, that is indented by too little to belong to the entry above"),
            indent,
        ),
        Rule(
            "list-without-blank-line",
            WARNING,
            BODY,
            _("a list directly below a paragraph, which Python-Markdown takes for a part of it"),
            without_blank_line,
        ),
        Rule(
            "tabs-and-spaces",
            INFO,
            BODY,
            _("a list that is indented by tabs in one line and by spaces in another"),
            mixed,
        ),
    )


def indent(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    for first, last in _lists(body):
        if body.grammar.four_columns:
            yield from _by_four(body, first, last)
        elif body.grammar.family == COMMONMARK:
            yield from _by_marker(body, first, last)


def without_blank_line(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    if not body.grammar.blank_above_list:
        return
    number = 1
    while number < len(body.lines):
        above, line = body.lines[number - 1], body.lines[number]
        if line.kind != TEXT or above.kind != TEXT or line.marker or above.marker or line.quoted:
            number += 1
            continue
        last = number
        while last < len(body.lines) and _is_entry(body, last, like=number):
            last += 1
        ends_with_colon = body.text[above.start : above.end].rstrip().endswith((":", ":**", "**:"))
        if last - number >= 2 or (last > number and ends_with_colon):
            said = _("Without an empty line above it the list is a part of the paragraph")
            newline = body.text[above.end : line.start]
            fix = QuickFix(_("Put an empty line in"), TextEdit(above.end, above.end, newline))
            yield Finding(line.content, line.end, said, fix)
            while last < len(body.lines) and body.lines[last].kind == TEXT:
                last += 1
        number = max(last, number + 1)


def mixed(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    for first, last in _lists(body):
        tabbed = spaced = None
        for line in body.lines[first : last + 1]:
            if not line.marker or line.quoted:
                continue
            lead = body.text[line.start : _lead_end(body, line)]
            if "\t" in lead:
                tabbed = tabbed or line
            elif lead:
                spaced = spaced or line
        if tabbed is not None and spaced is not None:
            later = max(tabbed, spaced, key=lambda line: line.start)
            said = _("The list is indented by tabs here and by spaces there, which look alike and are not")
            fix = _with_spaces(body, first, last)
            yield Finding(later.start, _lead_end(body, later), said, fix)


def _lists(body: BodySource) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each list that is in no other."""
    number, count = 0, len(body.lines)
    while number < count:
        if not body.lines[number].marker or body.lines[number].quoted:
            number += 1
            continue
        first = last = number
        number += 1
        while number < count:
            line = body.lines[number]
            if line.kind == BLANK:
                number += 1
                continue
            if line.quoted or not (line.depth or line.indent or _goes_on(body, number)):
                break
            if not line.depth and not line.marker and last < number - 1:
                break
            last = number
            number += 1
        yield first, last
        number = last + 1


def _goes_on(body: BodySource, number: int) -> bool:
    return body.lines[number - 1].kind != BLANK and body.lines[number].kind == TEXT


def _by_four(body: BodySource, first: int, last: int) -> Iterator[Finding]:
    """Find what Python-Markdown takes for something on the level of the entry above."""
    length = body.grammar.tab_length
    parents: list[Line] = []
    for number in range(first, last + 1):
        line = body.lines[number]
        if line.kind == BLANK:
            continue
        while parents and line.indent <= parents[-1].indent and line.marker:
            parents.pop()
        above = parents[-1] if parents else None
        apart = number > first and body.lines[number - 1].kind == BLANK
        if (
            above is not None
            and above.indent + 1 < line.indent  # one column more is no level to anybody
            and line.indent // length == above.indent // length
        ):
            if line.marker and _is_number_in_text(above, line):
                continue
            fix = _reindented(body, first, last)
            if line.marker:
                said = _(
                    "This entry is on the level of the one above: {count} columns would make it one of its own"
                )
                yield Finding(line.start, line.end, said.format(count=length), fix)
                return
            if apart and line.kind in (TEXT, FENCE) and line.indent == above.content - above.start:
                said = _(
                    "This is no part of the entry above: it would have to be indented by {count} columns"
                )
                yield Finding(line.start, line.end, said.format(count=length), fix)
                return
        if line.marker:
            parents.append(line)


def _is_number_in_text(above: Line, line: Line) -> bool:
    """Return whether a line may begin with a number that is only the next word of the entry above."""
    return above.marker in ("-", "*", "+") and line.marker[0].isdigit() and line.marker[:-1] != "1"


def _by_marker(body: BodySource, first: int, last: int) -> Iterator[Finding]:
    """Find bullets below an ordered entry that are not indented as far as its words."""
    above: Line | None = None
    for number in range(first, last + 1):
        line = body.lines[number]
        if not line.marker or "\t" in body.text[line.start : line.content]:
            continue
        ordered = line.marker[0].isdigit()
        if (
            above is not None
            and not ordered
            and above.indent < line.indent < above.indent + len(above.marker) + 1
        ):
            wanted = above.content - above.start
            said = _("This entry is not one of the entry above: its mark has to stand below the words there")
            yield Finding(line.start, line.end, said, _moved(body, number, last, wanted))
            return
        if ordered and "".join(body.text[line.start : line.content].split()) == line.marker:
            above = line
        elif line.indent <= (above.indent if above is not None else -1):
            above = None


def _moved(body: BodySource, number: int, last: int, column: int) -> QuickFix | None:
    """Return the fix that moves the entries from `number` on, as far as they stand alike, to `column`."""
    start = body.lines[number]
    parts: list[str] = []
    at = number
    while at <= last and body.lines[at].kind == TEXT and body.lines[at].indent >= start.indent:
        line = body.lines[at]
        if parts:
            parts.append(body.text[body.lines[at - 1].end : line.start])
        parts.append(
            " " * (column + line.indent - start.indent) + body.text[_lead_end(body, line) : line.end]
        )
        at += 1
    edit = TextEdit(start.start, body.lines[at - 1].end, "".join(parts))
    return QuickFix(_("Indent it"), edit)


def _reindented(body: BodySource, first: int, last: int) -> QuickFix | None:
    """Return the fix that indents each level of a list by as much as Python-Markdown wants."""
    length = body.grammar.tab_length
    levels: list[tuple[int, int]] = []
    parts: list[str] = []
    for number in range(first, last + 1):
        line = body.lines[number]
        if number > first:
            parts.append(body.text[body.lines[number - 1].end : line.start])
        if line.kind not in (TEXT, BLANK):
            return None  # code would have to move with it
        if line.kind == BLANK:
            parts.append(body.text[line.start : line.end])
            continue
        while levels and (line.indent <= levels[-1][0] if line.marker else line.indent < levels[-1][0]):
            levels.pop()
        if line.marker:
            column = levels[-1][1] + length if levels else min(line.indent, length - 1)
            levels.append((line.indent, column))
        elif levels and line.indent > levels[-1][0]:
            column = levels[-1][1] + length
        else:
            column = line.indent
        parts.append(" " * column + body.text[_lead_end(body, line) : line.end])
    start, end = body.lines[first].start, body.lines[last].end
    made = "".join(parts)
    if made == body.text[start:end]:
        return None
    return QuickFix(_("Indent each level by {count}").format(count=length), TextEdit(start, end, made))


def _with_spaces(body: BodySource, first: int, last: int) -> QuickFix | None:
    """Return the fix that writes the tabs before the lines of a list as the spaces that they stand for."""
    parts: list[str] = []
    for number in range(first, last + 1):
        line = body.lines[number]
        if number > first:
            parts.append(body.text[body.lines[number - 1].end : line.start])
        end = _lead_end(body, line)
        parts.append(body.text[line.start : end].expandtabs(4) + body.text[end : line.end])
    edit = TextEdit(body.lines[first].start, body.lines[last].end, "".join(parts))
    return QuickFix(_("Indent with spaces"), edit)


def _lead_end(body: BodySource, line: Line) -> int:
    """Return where the blanks end that a line begins with."""
    found = _BLANKS.match(body.text, line.start, line.end)
    return found.end() if found else line.start


def _is_entry(body: BodySource, number: int, like: int) -> bool:
    """Return whether a line of a paragraph looks like an entry of the list that seems to begin at `like`."""
    line, first = body.lines[number], body.lines[like]
    if line.kind != TEXT or line.marker:
        return False
    found = _ENTRY.match(body.text, line.content, line.end)
    begun = _ENTRY.match(body.text, first.content, first.end)
    if found is None or begun is None or (found["bullet"] != begun["bullet"]):
        return False
    return found["bullet"] is not None or int(found["number"]) == number - like + 1
