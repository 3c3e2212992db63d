"""Straight quotes to typographic ones.

The rules are those of SmartyPants (https://daringfireball.net/projects/smartypants/), which kramdown follows;
what is a letter is ASCII in them, but for where words end.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SPACE = " \t\r\n\f\v"
_WORD = "[A-Za-z0-9_]"
_MARK = r"""[!"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"""
_AFTER = r"[^ \\\t\r\n\[{(-]"

QUOTE = re.compile(r"""[^\\]?["']""", re.DOTALL)
"""A quote with what stands before it, unless that is a backslash."""


class Quotes(NamedTuple):
    """The text before the quotes, and which ones they are (`left-double`, …); `length` characters are read."""

    before: str
    names: tuple[str, ...]
    length: int


def _of(mark: str, side: str) -> tuple[str, ...]:
    return (f"{side}-{'double' if mark == chr(34) else 'single'}",)


_RULES: tuple[tuple[re.Pattern[str], str | tuple[str, ...]], ...] = (
    # Before emphasis.
    (re.compile(rf"()([\"'])(?=[_*]{{1,2}}[^{_SPACE}])"), "left"),
    # Before punctuation that no word follows.
    (re.compile(rf"()([\"'])(?={_MARK}(?!\.\.)\B)"), "right"),
    # Both kinds in a row.
    (re.compile(rf"([{_SPACE}]?)\"'(?={_WORD})"), ("left-double", "left-single")),
    (re.compile(rf"([{_SPACE}]?)'\"(?={_WORD})"), ("left-single", "left-double")),
    # Decades.
    (re.compile(rf"([{_SPACE}]?)'(?=[0-9][0-9]s)"), ("right-single",)),
    # After a space; then after all else but what opens something.
    (re.compile(rf"([{_SPACE}])(['\"])(?={_WORD})"), "left"),
    (re.compile(rf"({_AFTER})(['\"])"), "right"),
    (re.compile(rf"()([\"'])(?=[{_SPACE}]|s\b|$)", re.MULTILINE), "right"),
    # Whatever is left opens.
    (re.compile(rf"(.?)(['\"])(?={_WORD})", re.DOTALL), "left"),
    (re.compile(r"(.?)(['\"])", re.DOTALL), "left"),
)


def read_quotes(text: str, pos: int) -> Quotes | None:
    """Return what the quotes at or right behind `pos` become."""
    for pattern, meaning in _RULES:
        found = pattern.match(text, pos)
        if found:
            names = _of(found[2], meaning) if isinstance(meaning, str) else meaning
            return Quotes(found[1], names, found.end() - pos)
    return None
