"""Tables as goldmark reads them and as Hugo's own template for them writes them.

Observed with Hugo 0.168: a table may follow other lines of a paragraph, its rows end where a paragraph would,
and a `|` in a code span ends the cell unless a backslash stands before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from editor.render.commonmark.plugins.goldmark_inline import SPACES

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_COLUMN = re.compile(r"\s*(:?)-+(:?)\s*\Z", re.ASCII)
_DELIMITERS = re.compile(r"[\s:|-]*[\s:|][\s:|-]*\Z", re.ASCII)
_ALIGNMENTS = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}


def goldmark_tables(md: MarkdownIt) -> None:
    """Let `md` know tables."""
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if start + 2 > end or state.is_code_block(start):
        return False
    if state.sCount[start + 1] < state.blkIndent or state.sCount[start + 1] - state.blkIndent > 3:
        return False
    alignments = _alignments(_line(state, start + 1))
    if alignments is None or len(_cells(_line(state, start))) > len(alignments):
        return False
    if state.parentType != "paragraph" and _begins_otherwise(state, start, end):
        return False
    if silent:
        return True
    last = start + 2
    parent, state.parentType = state.parentType, "paragraph"
    rules = [rule for rule in state.md.block.ruler.getRules("paragraph") if rule is not _table]
    while last < end and not state.isEmpty(last):
        indented = state.sCount[last] - state.blkIndent > 3
        if state.sCount[last] < state.blkIndent and state.sCount[last] < 0:
            break
        if not indented and any(rule(state, last, end, True) for rule in rules):
            break
        if state.sCount[last] < state.blkIndent:
            break
        last += 1
    state.parentType = parent
    state.push("table_open", "table", 1).map = [start, last]
    state.push("thead_open", "thead", 1)
    _row(state, start, alignments, "th")
    state.push("thead_close", "thead", -1)
    state.push("tbody_open", "tbody", 1)
    for line in range(start + 2, last):
        _row(state, line, alignments, "td")
    state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    state.line = last
    return True


def _begins_otherwise(state: StateBlock, start: int, end: int) -> bool:
    """Tell whether the first line is no paragraph: its row of a table could be a list item too."""
    rules = state.md.block.ruler.getRules("paragraph")
    return any(rule(state, start, end, True) for rule in rules if rule is not _table)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _alignments(line: str) -> list[str] | None:
    if not _DELIMITERS.match(line) or not line.strip(SPACES).strip("-"):  # a line of `-` makes a heading
        return None
    columns = line.split("|")
    if not columns[0].strip():
        columns = columns[1:]
    if columns and not columns[-1].strip():
        columns = columns[:-1]
    found = [_COLUMN.match(column) for column in columns]
    if not found or not all(found):
        return None
    return [_ALIGNMENTS[match[1], match[2]] for match in found if match]


def _cells(line: str) -> list[str]:
    line = line.strip(SPACES)
    at, limit = int(line.startswith("|")), len(line) - int(line.endswith("|"))
    cells = []
    while at < limit:
        stop = at
        while stop < limit and not (line[stop] == "|" and (stop == 0 or line[stop - 1] != "\\")):
            stop += 1
        cells.append(line[at:stop].strip(SPACES))
        at = stop + 1
    return cells


def _row(state: StateBlock, line: int, alignments: list[str], tag: str) -> None:
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    cells = _cells(_line(state, line))[: len(alignments)]
    for number, alignment in enumerate(alignments):
        token = state.push(f"{tag}_open", tag, 1)
        content = cells[number] if number < len(cells) else ""
        # Cells that are missing in the row are not aligned.
        if alignment and number < len(cells):
            token.attrs = {"style": f"text-align: {alignment}"}
        token = state.push("inline", "", 0)
        # In a code span the backslash before the bar goes too; elsewhere it is an escape anyway.
        token.content = _bars_in_code(content) if "`" in content else content
        token.map = [line, line + 1]
        token.children = []
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


def _bars_in_code(cell: str) -> str:
    return re.sub(r"(`+)(.*?)\1", lambda found: found[0].replace("\\|", "|"), cell)
