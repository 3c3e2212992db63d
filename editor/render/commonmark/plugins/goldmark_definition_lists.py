"""Definition lists as goldmark reads them (PHP Markdown Extra), observed with Hugo 0.168.

Each line of the paragraph above the first `:` is a term; a description is loose where an empty line stands
before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.render.commonmark.plugins.goldmark_inline import SPACES
from editor.render.commonmark.plugins.goldmark_paragraphs import paragraph_end

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token


def goldmark_definition_lists(md: MarkdownIt) -> None:
    """Let `md` know definition lists."""
    md.block.ruler.before(
        "lheading", "definition_list", _definition_list, {"alt": ["paragraph", "reference"]}
    )


def joined_lists(tokens: list[Token]) -> list[Token]:
    """Return block tokens with definition lists that follow one another made one."""
    made: list[Token] = []
    for token in tokens:
        last = made[-1] if made else None
        if token.type == "dl_open" and last and last.type == "dl_close" and last.level == token.level:
            made.pop()
            opening = next(t for t in reversed(made) if t.type == "dl_open" and t.level == token.level)
            if opening.map and token.map:
                opening.map = [opening.map[0], token.map[1]]
            continue
        made.append(token)
    return made


def _marker(state: StateBlock, line: int) -> int:
    """Return the column of a description's text from its `:`, or 0 where the line begins none."""
    at = state.bMarks[line] + state.tShift[line]
    indents = (state.blkIndent, *state.env.get("description_indents", ()))
    if state.sCount[line] not in indents or at >= state.eMarks[line] or state.src[at] != ":":
        return 0
    width, place = 0, at + 1
    while place < state.eMarks[line] and state.src[place] in " \t":
        width += 4 - (state.sCount[line] + 1 + width) % 4 if state.src[place] == "\t" else 1
        place += 1
    if not width:
        return 0
    return 1 + (5 if width >= 8 else width)


def _definition_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent:
        return bool(_marker(state, start))
    if state.is_code_block(start) or _marker(state, start):
        return False
    last = paragraph_end(state, start, end, underlined=True)
    at = last
    while at < end and state.isEmpty(at):
        at += 1
    if at >= end or state.sCount[at] != state.blkIndent or not _marker(state, at):
        return False
    opening = state.push("dl_open", "dl", 1)
    for line in range(start, last):
        token = state.push("dt_open", "dt", 1)
        token.map = [line, line + 1]
        token = state.push("inline", "", 0)
        token.content = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip(SPACES)
        token.map = [line, line + 1]
        token.children = []
        state.push("dt_close", "dt", -1)
    loose = at > last
    while True:
        at, loose = _description(state, at, end, loose)
        if at >= end or state.sCount[at] != state.blkIndent or not _marker(state, at):
            break
    opening.map = [start, state.line]
    state.push("dl_close", "dl", -1)
    return True


def _description(state: StateBlock, line: int, end: int, loose: bool) -> tuple[int, bool]:
    """Read one description; return the line that follows, empty ones left out, and whether there were any."""
    width = _marker(state, line)
    opening = state.push("dd_open", "dd", 1)
    first = len(state.tokens)
    kept = (state.blkIndent, state.parentType, state.tShift[line], state.sCount[line], state.tight)
    outer = state.env.get("description_indents", ())
    state.env["description_indents"] = (*outer, state.blkIndent)
    at = state.bMarks[line] + state.tShift[line] + 1
    text = at
    while text < state.eMarks[line] and state.src[text] in " \t":
        text += 1
    column = state.sCount[line]
    state.tShift[line] = text - state.bMarks[line]
    state.sCount[line] = column + 1 + _width(state, at, text, column + 1)
    state.blkIndent = column + width
    state.parentType = "dd"
    state.md.block.tokenize(state, line, end)
    state.blkIndent, state.parentType, state.tShift[line], state.sCount[line], state.tight = kept
    state.env["description_indents"] = outer
    state.line = max(state.line, line + 1)
    opening.map = [line, state.line]
    if not loose:
        own = [token for token in state.tokens[first:] if token.level == opening.level + 1]
        # Goldmark makes the first paragraph plain text and looks no further.
        for token in [token for token in own if token.type in ("paragraph_open", "paragraph_close")][:2]:
            token.hidden = True
    state.push("dd_close", "dd", -1)
    following = state.line
    while following < end and state.isEmpty(following):
        following += 1
    # The empty lines at a description's end belong to what is in it as far as the parser goes.
    blank = following > state.line or state.isEmpty(state.line - 1)
    return following, blank


def _width(state: StateBlock, start: int, end: int, column: int) -> int:
    width = 0
    for place in range(start, end):
        width += 4 - (column + width) % 4 if state.src[place] == "\t" else 1
    return width
