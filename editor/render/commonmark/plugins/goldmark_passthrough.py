"""Text that Hugo hands on as it is, for a script in the reader's browser: formulas between delimiters.

https://gohugo.io/configuration/markup/#passthrough; observed with Hugo 0.168.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

if TYPE_CHECKING:
    from editor.render.commonmark.plugins.goldmark_inline import GoldmarkState, Rule

Pairs = Sequence[tuple[str, str]]


def passthrough(blocks: Pairs, inline: Pairs) -> tuple[Rule, str]:
    """Return the rule for pairs of delimiters, and a regular expression for where one may begin."""
    pairs = [*blocks, *inline]
    escaped = "\\\\"

    def rule(state: GoldmarkState, silent: bool) -> bool:
        source, at = state.src, state.pos
        pair = next((pair for pair in pairs if source.startswith(pair[0], at, state.posMax)), None)
        if pair is None:
            if not source.startswith(escaped, at):
                return False
            opening = next((one for one, _ in pairs if source.startswith(one, at + 2, state.posMax)), None)
            return opening is not None and _text(state, silent, 2 + len(opening))
        opening, closing = pair
        close = source.find(closing, at + len(opening), state.posMax)
        if close < 0:
            return _text(state, silent, len(opening))
        if close == at + len(opening):
            return False
        if not silent:
            token = state.push("passthrough", "", 0)
            token.content = source[at : close + len(closing)]
            token.block = pair in blocks
        state.pos = close + len(closing)
        return True

    return rule, "|".join([re.escape(opening) for opening, _ in pairs])


def apart(tokens: list[Token]) -> list[Token]:
    """Return block tokens, parsed, with what goes through as a block taken out of its paragraph."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        children = tokens[at + 1].children or () if token.type == "paragraph_open" else ()
        if not any(_is_block(child) for child in children):
            made.append(token)
            at += 1
            continue
        made += _split(tokens[at : at + 3])
        at += 3
    return made


def _split(paragraph: list[Token]) -> list[Token]:
    made: list[Token] = []
    waiting: list[Token] = []
    depth = 0
    for child in paragraph[1].children or ():
        depth += child.nesting
        if _is_block(child) and depth == 0:
            made += _paragraph(paragraph, waiting)
            waiting = []
            token = Token("html_block", "", 0, content=child.content, map=paragraph[0].map)
            token.level = paragraph[0].level
            token.meta["passthrough"] = True
            made.append(token)
        else:
            waiting.append(child)
    return [*made, *_paragraph(paragraph, waiting)]


def _paragraph(paragraph: list[Token], children: list[Token]) -> list[Token]:
    if not any(child.content or child.type != "text" for child in children):
        return []
    opening, inline, closing = (token.copy() for token in paragraph)
    inline.children = children
    if opening.hidden:  # the text of a tight item ends where the block begins
        for child, strip in ((children[0], str.lstrip), (children[-1], str.rstrip)):
            if child.type == "text":
                child.content = strip(child.content, " \t")
    return [opening, inline, closing]


def _is_block(token: Token) -> bool:
    return token.type == "passthrough" and token.block


def _text(state: GoldmarkState, silent: bool, length: int) -> bool:
    if not silent:
        token = state.push("text_special", "", 0)
        token.markup = state.src[state.pos : state.pos + length]
        token.content = unescapeAll(token.markup)
    state.pos += length
    return True
