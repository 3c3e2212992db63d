"""Paragraphs and headings as goldmark reads them: no-break spaces at their ends are text, lines begin at their first
character, and empty lines in an item of a list have nothing in them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from editor.render.commonmark.plugins.goldmark_inline import SPACES

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_INDENT = re.compile(r"\n[ \t]+")
_BLANK = re.compile(r"^[ \t]+$", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|\Z)")
_CLOSING = re.compile(r"(?:^|[ \t]+)#+\Z")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*(?:\n|\Z)")
_CLOSING_TAG = re.compile(r"</(?:pre|script|style|textarea)[\s>]", re.IGNORECASE)


def goldmark_paragraphs(md: MarkdownIt) -> None:
    """Let `md` read paragraphs as goldmark does."""
    md.block.ruler.at("paragraph", _paragraph)
    md.block.ruler.at("heading", _heading, {"alt": ["paragraph", "reference", "blockquote"]})
    html = next(rule for rule in md.block.ruler.__rules__ if rule.name == "html_block")
    known = html.fn

    def block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        # A closing tag of these is no HTML block, other than in CommonMark.
        if _CLOSING_TAG.match(state.src, state.bMarks[start] + state.tShift[start]):
            return False
        return known(state, start, end, silent)

    md.block.ruler.at("html_block", block, {"alt": html.alt})


def paragraph_end(state: StateBlock, start: int, end: int, *, underlined: bool = False) -> int:
    """Return the line after the last one of the paragraph that begins in the line `start`.

    With `underlined`, it may turn out to be a heading: the line below that ends it.
    """
    parent, state.parentType = state.parentType, "paragraph"
    rules = state.md.block.ruler.getRules("paragraph")
    line = start + 1
    while line < end and not state.isEmpty(line):
        # What is indented further, or by a mark of a quote that is gone, goes on in any case.
        fresh = state.sCount[line] >= 0 and state.sCount[line] - state.blkIndent <= 3
        if fresh and any(rule(state, line, end, True) for rule in rules):
            break
        if underlined and fresh and _UNDERLINE.match(state.src, state.bMarks[line] + state.tShift[line]):
            break
        line += 1
    state.parentType = parent
    return line


def _paragraph(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:
    state.line = paragraph_end(state, start, state.lineMax)
    state.push("paragraph_open", "p", 1).map = [start, state.line]
    token = state.push("inline", "", 0)
    token.content = _INDENT.sub("\n", state.getLines(start, state.line, state.blkIndent, False).strip(SPACES))
    token.map = [start, state.line]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


def empty_lines(tokens: list[Token]) -> None:
    """Take what is in the empty lines of code and raw HTML away, within the items of lists."""
    around: list[bool] = []
    for token in tokens:
        if token.type in ("list_item_open", "blockquote_open"):
            around.append(token.type == "list_item_open")
        elif token.type in ("list_item_close", "blockquote_close"):
            around.pop()
        elif token.type in ("fence", "code_block", "html_block") and around and around[-1]:
            token.content = _BLANK.sub("", token.content)


def _heading(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    marks = _HEADING.match(line)
    if marks is None:
        return False
    if silent:
        return True
    state.line = start + 1
    text = line[marks.end() :].strip(SPACES)
    tag = f"h{len(marks[1])}"
    token = state.push("heading_open", tag, 1)
    token.map, token.markup = [start, state.line], marks[1]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = _CLOSING.sub("", text), [start, state.line], []
    state.push("heading_close", tag, -1).markup = marks[1]
    return True
