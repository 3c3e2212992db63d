"""Goldmark's typographer: quotes, dashes, dots and angle quotes become what the site's configuration says.

https://gohugo.io/configuration/markup/#typographer; which quote opens and which closes was observed with
Hugo 0.168. Goldmark counts the quotes that are open through the whole page: whether one closes can depend on
a paragraph far above.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from editor.render.commonmark.flavour import Late, told
from editor.render.commonmark.plugins.goldmark_inline import (
    flanking,
    is_ascii_punctuation,
    is_punctuation,
    is_space,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


@dataclass(frozen=True)
class Quote(Late):
    """How many quotes of a kind a block opens and closes, up to one that closes if any is open above."""

    kind: str
    opened: int
    """More than it closes, since the last such value of the block."""
    html: str
    """What a closing one becomes; empty where no quote stands here."""


class Quotes:
    """The quotes of one block."""

    def __init__(self) -> None:
        self.open = {"'": 0, '"': 0}
        """How many are open in this block."""
        self.untold = {"'": 0, '"': 0}

    def count(self, kind: str, change: int) -> None:
        """Count a quote that opens (1) or closes (-1)."""
        self.open[kind] += change
        self.untold[kind] += change

    def tell(self, kind: str, html: str, env: Any) -> str:
        """Leave a value with what is untold; return the mark for the quote."""
        mark = told(env).late(Quote(kind, self.untold[kind], html))
        self.untold[kind] = 0
        return mark

    def tell_all(self, env: Any) -> None:
        """Leave what is untold at the end of the block."""
        for kind, count in self.untold.items():
            if count:
                self.tell(kind, "", env)


def bind_quotes(blocks: Sequence[Sequence[Late]], values: list[list[str]]) -> None:
    """Put the quotes that depend on the blocks above into `values`."""
    count = {"'": 0, '"': 0}
    for index, lates in enumerate(blocks):
        for number, late in enumerate(lates):
            if isinstance(late, Quote):
                count[late.kind] += late.opened
                if late.html and count[late.kind] > 0:
                    count[late.kind] -= 1
                    values[index][number] = late.html
                elif late.html:
                    values[index][number] = escape(late.kind)


_QUOTES = re.compile("'+|\"+")
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
        if key == "closes":
            key = "rightSingleQuote" if character == "'" else "rightDoubleQuote"
            token.content = state.env["quotes"].tell(character, substitutions[key], state.env)
            token.meta["late"] = True
        else:
            token.content = substitutions[key]
        state.pos = at + length
        return True

    return rule


def _ahead(state: GoldmarkState) -> bytes:
    """Return what is left of the line, as far as the rules look: goldmark counts bytes."""
    ahead = state.src[state.pos : state.pos + 6]
    return ahead[: ahead.find("\n") + 1 or None].encode("utf-8", "surrogatepass")


def _run(state: GoldmarkState) -> tuple[bool, bool]:
    found = _QUOTES.match(state.src, state.pos)
    assert found is not None
    return flanking(state, state.pos, len(found[0]))


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
        state.env["quotes"].count("'", 1)
        return "leftSingleQuote"
    if len(ahead) > 2 and unicodedata.category(following or " ") != "Nd":  # the Smiths' house
        return "rightSingleQuote"
    return _closing(state, can_open, can_close, ahead, following)


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
        state.env["quotes"].count('"', 1)
        return "leftDoubleQuote"
    ahead, following = _ahead(state), state.src[state.pos + 1 : state.pos + 2]
    if following == '"' and unicodedata.category(state.before()) == "Nd":  # "Monitor 21""
        return ""
    return _closing(state, can_open, can_close, ahead, following)


def _closing(state: GoldmarkState, can_open: bool, can_close: bool, ahead: bytes, following: str) -> str:
    """Return the key for a quote that closes one if any is open; `closes` where the blocks above decide."""
    if not can_close:
        return ""
    if can_open:
        after = ahead[2:3].decode("latin-1")
        if not following or unicodedata.category(following)[0] != "P":
            return ""
        if len(ahead) != 2 and not (after and (is_ascii_punctuation(after) or after.isspace())):
            return ""
    quote = state.src[state.pos]
    if state.env["quotes"].open[quote] <= 0:
        return "closes"
    state.env["quotes"].count(quote, -1)
    return "rightSingleQuote" if quote == "'" else "rightDoubleQuote"
