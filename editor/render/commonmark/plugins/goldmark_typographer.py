"""Goldmark's typographer: quotes, dashes, dots and angle quotes become what the site's configuration says.

https://gohugo.io/configuration/markup/#typographer; which quote opens and which closes was observed with
Hugo 0.168.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from editor.render.commonmark.plugins.goldmark_inline import (
    flanking,
    is_ascii_punctuation,
    is_punctuation,
    is_space,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from editor.render.commonmark.plugins.goldmark_inline import GoldmarkState, Rule

DEFAULTS = {
    "leftSingleQuote": "&lsquo;",
    "rightSingleQuote": "&rsquo;",
    "leftDoubleQuote": "&ldquo;",
    "rightDoubleQuote": "&rdquo;",
    "enDash": "&ndash;",
    "emDash": "&mdash;",
    "ellipsis": "&hellip;",
    "leftAngleQuote": "&laquo;",
    "rightAngleQuote": "&raquo;",
    "apostrophe": "&rsquo;",
}
MARKS = r"['\"]|--|\.\.\.|<<|>>"
"""Where the rule may find something, as a regular expression."""

_FIXED = (
    ("---", "emDash"),
    ("...", "ellipsis"),
    ("<<", "leftAngleQuote"),
    (">>", "rightAngleQuote"),
    ("--", "enDash"),
)


def typographer(substitutions: Mapping[str, str]) -> Rule:
    """Return the rule; `substitutions` has the HTML for the keys of `DEFAULTS`."""

    def rule(state: GoldmarkState, silent: bool) -> bool:
        if silent:
            return False
        source, at = state.src, state.pos
        character = source[at]
        if character in "'\"":
            key = _single(state) if character == "'" else _double(state)
            length = 1
        else:
            found = next((pair for pair in _FIXED if source.startswith(pair[0], at, state.posMax)), None)
            if found is None:
                return False
            length, key = len(found[0]), found[1]
        if not key:
            return False
        token = state.push("raw_text", "", 0)
        token.content = substitutions[key]
        state.pos = at + length
        return True

    return rule


def _ahead(state: GoldmarkState) -> bytes:
    """Return what is left of the line, as far as the rules look: goldmark counts bytes."""
    ahead = state.src[state.pos : state.pos + 6]
    return ahead[: ahead.find("\n") + 1 or None].encode("utf-8", "surrogatepass")


def _run(state: GoldmarkState) -> tuple[bool, bool]:
    character, end = state.src[state.pos], state.pos
    while end < len(state.src) and state.src[end] == character:
        end += 1
    return flanking(state, state.pos, end - state.pos)


def _single(state: GoldmarkState) -> str:
    """Return the key for the `'` at the place, or nothing."""
    can_open, can_close = _run(state)
    ahead, before = _ahead(state), state.before()
    following = state.src[state.pos + 1 : state.pos + 2]
    opens = can_open and not can_close
    kind = unicodedata.category(before)
    if opens and len(ahead) > 3 and ahead[1:3].isdigit() and ahead[3:4] == b"s":  # '90s
        after = state.src[state.pos + 4 : state.pos + 5] or " "
        if is_space(after) or is_punctuation(after):
            return "apostrophe"
    if (kind[0] == "P" or before.isspace()) and ahead[1:2] in (b"t", b"e", b"n", b"l"):  # 'twas, 'em
        return "apostrophe"
    if following and following.isalpha() and (kind == "Nd" or before.isalpha()):
        return "apostrophe"
    if opens:
        if _is_contraction(ahead):
            return "rightSingleQuote"
        state.quotes["'"] += 1
        return "leftSingleQuote"
    if len(ahead) > 2 and unicodedata.category(following or " ") != "Nd":  # the Smiths' house
        return "rightSingleQuote"
    return "rightSingleQuote" if _closes(state, can_open, can_close, ahead, following) else ""


def _is_contraction(ahead: bytes) -> bool:
    """Tell whether 's, 'm, 't, 'd, 've, 'll or 're follows."""
    for letters in (b"s", b"m", b"t", b"d", b"ve", b"ll", b"re"):
        end = 1 + len(letters)
        if ahead[1:end] == letters:
            after = ahead[end : end + 1].decode("latin-1")
            if not after or is_ascii_punctuation(after) or after.isspace():
                return True
    return False


def _double(state: GoldmarkState) -> str:
    """Return the key for the `"` at the place, or nothing."""
    can_open, can_close = _run(state)
    if can_open and not can_close:
        state.quotes['"'] += 1
        return "leftDoubleQuote"
    ahead, following = _ahead(state), state.src[state.pos + 1 : state.pos + 2]
    if state.quotes['"'] <= 0:
        return ""
    if following == '"' and unicodedata.category(state.before()) == "Nd":  # "Monitor 21""
        return ""
    return "rightDoubleQuote" if _closes(state, can_open, can_close, ahead, following) else ""


def _closes(state: GoldmarkState, can_open: bool, can_close: bool, ahead: bytes, following: str) -> bool:
    quote = state.src[state.pos]
    if state.quotes[quote] <= 0 or not can_close:
        return False
    if can_open:
        after = ahead[2:3].decode("latin-1")
        if not following or unicodedata.category(following)[0] != "P":
            return False
        if len(ahead) != 2 and not (after and (is_ascii_punctuation(after) or after.isspace())):
            return False
    state.quotes[quote] -= 1
    return True
