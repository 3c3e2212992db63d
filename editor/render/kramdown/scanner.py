"""A text that is read from front to back."""

from __future__ import annotations

import re
from re import Match, Pattern


class Scanner:
    """A text and a place in it (code points)."""

    __slots__ = ("end", "pos", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.end = len(text)

    @property
    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self.pos >= self.end

    def check(self, pattern: Pattern[str]) -> Match[str] | None:
        """Return the match at this place; the place stays."""
        return pattern.match(self.text, self.pos)

    def scan(self, pattern: Pattern[str]) -> Match[str] | None:
        """Return the match at this place and go behind it."""
        found = pattern.match(self.text, self.pos)
        if found:
            self.pos = found.end()
        return found

    def line(self) -> str:
        """Return the rest of the line with its line feed and go behind it."""
        end = self.text.find("\n", self.pos) + 1 or self.end
        line = self.text[self.pos : end]
        self.pos = end
        return line

    def rest(self) -> str:
        """Return all that is left and go to the end."""
        rest = self.text[self.pos :]
        self.pos = self.end
        return rest


def compiled(pattern: str, flags: int = 0) -> Pattern[str]:
    r"""Compile a pattern in which `\s`, `\w` and `\d` are ASCII, `^` the beginning of any line, as in Ruby."""
    return re.compile(pattern, flags | re.MULTILINE | re.ASCII)
