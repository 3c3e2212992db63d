"""Where the text of a link ends and what its address is, as goldmark finds out; references to characters.

Observed with Hugo 0.168: markdown-it goes on with an address behind a backslash at a line's end, and takes no
footnote in the text of a link.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

from markdown_it import helpers
from markdown_it.common.entities import entities
from markdown_it.common.utils import unescapeAll
from markdown_it.helpers.parse_link_destination import _Result

from editor.render.commonmark.plugins.goldmark_inline import is_ascii_punctuation

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_NUMBER = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
_DEEPEST = 100
"""Brackets in an address. What has more is none, and is not looked through to its end for each of them."""
_NAME = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")


def goldmark_links(md: MarkdownIt) -> None:
    """Let `md` read links as goldmark does."""
    md.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=_label_end,
        parseLinkDestination=_destination,
        parseLinkTitle=helpers.parseLinkTitle,
    )
    md.inline.ruler.at("entity", _character)


def _label_end(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: N803
    """Return where the text of a link that begins at `start` ends, -1 where it does not."""
    before, level, found = state.pos, 1, -1
    state.pos = start + 1
    while state.pos < state.posMax:
        character = state.src[state.pos]
        if character == "]":
            level -= 1
            if level == 0:
                found = state.pos
                break
        place = state.pos
        state.md.inline.skipToken(state)
        if character == "[":
            if place == state.pos - 1:
                level += 1
            elif disableNested and not state.src.startswith("[^", place):
                break
    state.pos = before
    return found


def _destination(source: str, start: int, limit: int) -> _Result:
    """Return the address that begins at `start`."""
    made = _Result()
    at = start
    if at < limit and source[at] == "<":
        at += 1
        while at < limit and source[at] not in "\n<":
            if source[at] == ">":
                made.ok, made.pos = True, at + 1
                made.str = unescapeAll(source[start + 1 : at])
                return made
            at += 2 if _is_escape(source, at, limit) else 1
        return made
    depth = 0
    while at < limit and source[at] > " " and source[at] != "\x7f":
        if _is_escape(source, at, limit):
            at += 2
            continue
        if source[at] == "(":
            depth += 1
            if depth > _DEEPEST:
                return made
        elif source[at] == ")":
            depth -= 1
            if depth < 0:
                break
        at += 1
    if at > start and depth <= 0:
        made.ok, made.pos = True, at
        made.str = unescapeAll(source[start:at])
    return made


def _is_escape(source: str, at: int, limit: int) -> bool:
    return source[at] == "\\" and at + 1 < limit and is_ascii_punctuation(source[at + 1])


def _character(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "&":
        return False
    number = _NUMBER.match(state.src, state.pos, state.posMax)
    name = None if number else _NAME.match(state.src, state.pos, state.posMax)
    if number:
        code = int(number[1], 16) if number[1] else int(number[2])
        valid = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
        content, end, markup = chr(code) if valid else "\ufffd", number.end(), number[0]
    elif name and name[1] in entities:
        content, end, markup = entities[name[1]], name.end(), name[0]
    else:
        return False
    if not silent:
        token = state.push("text_special", "", 0)
        token.content, token.markup, token.info = content, markup, "entity"
    state.pos = end
    return True
