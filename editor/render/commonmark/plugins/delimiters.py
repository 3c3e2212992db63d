"""Elements between two pairs of a character, as the packages markdown-it-mark and markdown-it-ins make them."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token


def pairs_plugin(md: MarkdownIt, name: str, letter: str) -> None:
    """Make `letter letter text letter letter` an element `name`; by the rules of strikethrough, as the packages do."""

    def tokenize(state: StateInline, silent: bool) -> bool:
        if silent or state.src[state.pos] != letter:
            return False
        scanned = state.scanDelims(state.pos, True)
        length = scanned.length
        if length < 2:
            return False
        if length % 2:
            state.push("text", "", 0).content = letter
            length -= 1
        for _ in range(0, length, 2):
            state.push("text", "", 0).content = letter * 2
            if scanned.can_open or scanned.can_close:
                state.delimiters.append(
                    Delimiter(
                        marker=ord(letter),
                        length=0,
                        token=len(state.tokens) - 1,
                        end=-1,
                        open=scanned.can_open,
                        close=scanned.can_close,
                    )
                )
        state.pos += scanned.length
        return True

    def finish(state: StateInline) -> None:
        _pair(state, state.delimiters, name, letter)
        for meta in state.tokens_meta or ():
            if meta and "delimiters" in meta:
                _pair(state, meta["delimiters"], name, letter)

    md.inline.ruler.before("emphasis", name, tokenize)
    md.inline.ruler2.before("emphasis", name, finish)


def _pair(state: StateInline, delimiters: Sequence[Delimiter], name: str, letter: str) -> None:
    lone = []
    for opening in delimiters:
        if opening.marker != ord(letter) or opening.end == -1:
            continue
        closing = delimiters[opening.end]
        _become(state.tokens[opening.token], f"{name}_open", name, 1, letter)
        _become(state.tokens[closing.token], f"{name}_close", name, -1, letter)
        before = state.tokens[closing.token - 1]
        if before.type == "text" and before.content == letter:
            lone.append(closing.token - 1)
    while lone:  # a letter left over goes behind the elements that end with it
        index = lone.pop()
        end = index + 1
        while end < len(state.tokens) and state.tokens[end].type == f"{name}_close":
            end += 1
        end -= 1
        if index != end:
            state.tokens[index], state.tokens[end] = state.tokens[end], state.tokens[index]


def _become(token: Token, kind: str, name: str, nesting: int, letter: str) -> None:
    token.type, token.tag, token.markup, token.content = kind, name, letter * 2, ""
    token.nesting = 1 if nesting > 0 else -1
