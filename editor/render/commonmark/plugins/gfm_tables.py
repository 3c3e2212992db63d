"""Tables as micromark-extension-gfm-table reads them and mdast-util-to-hast writes them."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_COLUMN = re.compile(r"[ \t]*(:?)-+(:?)[ \t]*\Z")
_CELL = re.compile(r"(?:\\[\\|]|[^|])*")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)", re.DOTALL)
_ALIGNMENTS = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}


def gfm_tables(md: MarkdownIt) -> None:
    """Let `md` know tables."""
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    md.enable("table")


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if start + 2 > end or state.is_code_block(start):
        return False
    indent = state.sCount[start + 1] - state.blkIndent
    if indent < 0 or indent > 3:
        return False
    alignments = _alignments(_line(state, start + 1))
    head = _line(state, start)
    if alignments is None or len(_cells(head)) != len(alignments) or head.strip(" \t") == "|":
        return False
    if silent:
        return True
    last = start + 2
    parent, state.parentType = state.parentType, "paragraph"
    rules = [rule for rule in state.md.block.ruler.getRules("paragraph") if rule is not _table]
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        if state.is_code_block(last) or any(rule(state, last, end, True) for rule in rules):
            break
        last += 1
    state.parentType = parent
    state.push("table_open", "table", 1).map = [start, last]
    state.push("thead_open", "thead", 1)
    _row(state, start, alignments, "th")
    state.push("thead_close", "thead", -1)
    if last > start + 2:
        state.push("tbody_open", "tbody", 1)
        for line in range(start + 2, last):
            _row(state, line, alignments, "td")
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    state.line = last
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _alignments(line: str) -> list[str] | None:
    if not line or line[0] not in "-:|" or not ("|" in line or ":" in line):
        return None
    found = [_COLUMN.match(cell) for cell in _cells(line)]
    return [_ALIGNMENTS[match[1], match[2]] for match in found if match] if found and all(found) else None


def _cells(line: str) -> list[str]:
    return list(_split(line.strip(" \t")))


def _split(line: str) -> Iterator[str]:
    at = int(line.startswith("|"))
    while at < len(line):
        found = _CELL.match(line, at)
        end = found.end() if found is not None else len(line)
        yield line[at:end].strip(" \t")
        at = end + 1


def _row(state: StateBlock, line: int, alignments: list[str], tag: str) -> None:
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    cells = _cells(_line(state, line))[: len(alignments)]
    for number, alignment in enumerate(alignments):
        token = state.push(f"{tag}_open", tag, 1)
        if alignment:
            token.attrs = {"align": alignment}
        token = state.push("inline", "", 0)
        token.content = _bars_in_code(cells[number]) if number < len(cells) else ""
        token.map = [line, line + 1]
        token.children = []
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


def _bars_in_code(cell: str) -> str:
    """Return a cell where the backslash before a bar is gone in code; elsewhere it is an escape anyway."""
    if "`" not in cell or "\\" not in cell:
        return cell
    return _CODE.sub(lambda found: re.sub(r"\\([\\|])", _bar, found[0]), cell)


def _bar(found: re.Match[str]) -> str:
    return "|" if found[1] == "|" else found[0]
