"""Marks that come in pairs: emphasis, strikethrough, and Hugo's extras.

https://gohugo.io/configuration/markup/#extras; observed with Hugo 0.168.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.rules_inline.state_inline import Delimiter

from editor.render.commonmark.plugins.goldmark_inline import flanking

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.rules_inline import StateInline

    from editor.render.commonmark.plugins.goldmark_inline import GoldmarkState, Rule


def pairs(tags: Mapping[str, tuple[str, ...]]) -> tuple[Rule, Callable[[StateInline], None]]:
    """Return the two rules for marks that come in pairs.

    `tags` gives for a mark the elements that one and two of it make; where it names one, runs of more than
    two marks are text.
    """

    def tokenize(state: GoldmarkState, silent: bool) -> bool:
        mark = state.src[state.pos]
        if silent or mark not in tags:
            return False
        end = state.pos
        while end < state.posMax and state.src[end] == mark:
            end += 1
        length = end - state.pos
        wanted = tags[mark]
        if len(wanted) == 3 and (length > 2 or length < int(wanted[0]) or state.before() == mark):
            return False
        after = state.src[end] if end < len(state.src) else ""
        can_open, can_close = flanking(
            state, state.pos, length, "z" if mark == "^" and after and after in "+-'" else ""
        )
        for _ in range(length):
            token = state.push("text", "", 0)
            token.content = mark
            token.meta["mark"] = True
            state.delimiters.append(
                Delimiter(ord(mark), length, len(state.tokens) - 1, -1, can_open, can_close)
            )
        state.pos = end
        return True

    def finish(state: StateInline) -> None:
        lists = [state.delimiters]
        lists += [meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta]
        for delimiters in lists:
            _finish_pairs(state, delimiters, tags)

    return tokenize, finish


def _finish_pairs(
    state: StateInline, delimiters: Sequence[Delimiter], tags: Mapping[str, tuple[str, ...]]
) -> None:
    at = len(delimiters) - 1
    while at >= 0:
        opening = delimiters[at]
        mark = chr(opening.marker)
        if opening.end == -1 or mark not in tags:
            at -= 1
            continue
        closing = delimiters[opening.end]
        double = (
            at > 0
            and delimiters[at - 1].end == opening.end + 1
            and delimiters[at - 1].marker == opening.marker
            and delimiters[at - 1].token == opening.token - 1
            and delimiters[opening.end + 1].token == closing.token + 1
        )
        tag = tags[mark][-1 if double else -2]
        for token in (state.tokens[opening.token], state.tokens[closing.token]):
            token.tag, token.content, token.markup = tag, "", mark * (2 if double else 1)
        state.tokens[opening.token].type, state.tokens[opening.token].nesting = f"{tag}_open", 1
        state.tokens[closing.token].type, state.tokens[closing.token].nesting = f"{tag}_close", -1
        if double:
            state.tokens[delimiters[at - 1].token].content = ""
            state.tokens[delimiters[opening.end + 1].token].content = ""
            at -= 1
        at -= 1
