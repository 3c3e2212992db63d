"""Paragraphs as goldmark reads them: no-break spaces at their ends are text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock


def goldmark_paragraphs(md: MarkdownIt) -> None:
    """Let `md` read paragraphs as goldmark does."""
    md.block.ruler.at("paragraph", _paragraph)


def paragraph_end(state: StateBlock, start: int, end: int) -> int:
    """Return the line after the last one of the paragraph that begins in the line `start`."""
    parent, state.parentType = state.parentType, "paragraph"
    rules = state.md.block.ruler.getRules("paragraph")
    line = start + 1
    while line < end and not state.isEmpty(line):
        # What is indented further, or by a mark of a quote that is gone, goes on in any case.
        if state.sCount[line] >= 0 and state.sCount[line] - state.blkIndent <= 3:
            if any(rule(state, line, end, True) for rule in rules):
                break
        line += 1
    state.parentType = parent
    return line


def _paragraph(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:
    state.line = paragraph_end(state, start, state.lineMax)
    state.push("paragraph_open", "p", 1).map = [start, state.line]
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, state.line, state.blkIndent, False).strip(" \t\n\x0b\x0c\r")
    token.map = [start, state.line]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True
