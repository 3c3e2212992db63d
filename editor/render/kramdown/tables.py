"""Tables.

Source: https://kramdown.gettalong.org/syntax.html#tables
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.render.kramdown import spans
from editor.render.kramdown.elements import Element
from editor.render.kramdown.scanner import compiled

if TYPE_CHECKING:
    from re import Match

    from editor.render.kramdown.blocks import BlockParser

_WHITE = " \t\r\n\f\v\0"
_PIPE = r"(?:\||[^\n]*?[^\\\n]\|)"
_LINE = compiled(rf"{_PIPE}[^\n]*\n")
TABLE_START = compiled(rf" {{0,3}}(?=\S){_PIPE}[^\n]*\n")
_PIPED = compiled(_PIPE)
_SEPARATOR = compiled(r"([+|: \t-]*-[+|: \t-]*)\n")
_COLUMN = compiled(r"[ \t]?(:?)-+(:?)[ \t]?")
_FOOT = compiled(r"[+|: \t=]*=[+|: \t=]*\n")
_CODE = compiled(r"(<code.*?>.*?</code>)")
_CELLS = compiled(r"(?<!\\)\|")
_TICKS = compiled(r"`+")


class _Table:
    """A table while its rows are gathered."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.rows: list[Element] = []
        self.columns = 0
        self.has_foot = False

    def close(self, kind: str, *, force: bool = False) -> None:
        """Put the rows so far into a part of the table."""
        if not self.has_foot or kind != "tbody" or force:
            part = Element(kind)
            part.children, self.rows = self.rows, []
            self.element.children.append(part)


def read_table(parser: BlockParser, found: Match[str]) -> bool:
    """Read a table; False where the lines are none."""
    if not parser.after_boundary():
        return False
    src = parser.src
    start = src.pos
    leading = found[0].lstrip().startswith("|")
    table = _Table(Element("table", listed=parser.pending))
    parser.pending = None  # it is gone even where this is no table
    src.scan(_SEPARATOR)
    while not src.at_end and src.check(_LINE):
        separator = src.scan(_SEPARATOR)
        if separator:
            _separate(table, separator[1])
        elif src.scan(_FOOT):
            if table.rows:
                table.close("tbody", force=True)
            table.has_foot = True
        else:
            _add_row(parser, table, src.line()[:-1].rstrip(" \t"), leading)
    if not parser.before_boundary() or not _has_pipes(parser, src.text[start : src.pos - 1]):
        src.pos = start
        return False
    if table.rows:
        table.close("tfoot" if table.has_foot else "tbody")
    if not any(part.kind == "tbody" for part in table.element.children):
        src.pos = start
        return False
    _fill_up(table)
    parser.tree.children.append(table.element)
    return True


def _separate(table: _Table, line: str) -> None:
    if not table.rows:
        return
    if table.element.alignment or table.has_foot:
        table.close("tbody")
        return
    table.close("thead")
    for left, right in _COLUMN.findall(line):
        word = "center" if left and right else "left" if left else "right" if right else ""
        table.element.alignment.append(word)


def _add_row(parser: BlockParser, table: _Table, line: str, leading: bool) -> None:
    cells: list[str] = []

    def extend(first: str, rest: list[str]) -> None:
        if cells:
            cells[-1] += first
        else:
            cells.append(first)
        cells.extend(rest)

    for number, part in enumerate(_CODE.split(line)):
        if number % 2:
            extend(part, [])
            continue
        for child in spans.only_code(part, parser.options):
            if child.kind == "codespan":
                extend(_as_code(child.value), [])
            else:
                first, *rest = (cell.replace("\\|", "|") for cell in _CELLS.split(child.value))
                extend(first, rest)
    if leading and cells and not cells[0].strip(_WHITE):
        del cells[0]
    if cells and not cells[-1].strip(_WHITE):
        cells.pop()
    row = Element("tr")
    for cell in cells:
        text = cell.strip(_WHITE)
        row.children.append(parser.with_text(Element("td"), text))
    table.columns = max(table.columns, len(cells))
    table.rows.append(row)


def _as_code(text: str) -> str:
    delimiter = max(_TICKS.findall(text), default="") + "`"
    space = " " if len(delimiter) > 1 else ""
    return f"{delimiter}{space}{text}{space}{delimiter}"


def _has_pipes(parser: BlockParser, text: str) -> bool:
    """Return whether each line has a pipe that is not in code."""
    piped = False
    for child in spans.only_code(text, parser.options, html=True):
        if not child.value and child.kind != "codespan":
            continue
        lines = child.value.rstrip("\n").split("\n") if child.value else []
        if child.kind == "codespan":
            if len(lines) > 2 or (len(lines) == 2 and not piped):
                return piped
            if len(lines) == 2:
                piped = False
            continue
        if len(lines) > 1 and not piped and not _PIPED.match(lines[0]):
            return piped
        piped = (False if len(lines) > 1 else piped) or bool(lines and _PIPED.match(lines[-1]))
    return piped


def _fill_up(table: _Table) -> None:
    """Give all rows as many cells."""
    for part in table.element.children:
        for row in part.children:
            row.children += [Element("td") for _ in range(table.columns - len(row.children))]
    alignment = table.element.alignment[: table.columns]
    table.element.alignment = alignment + [""] * (table.columns - len(alignment))
