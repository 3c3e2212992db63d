"""How a piece of text is shown: a style (what it is) and flags (how it is drawn), without Qt."""

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from itertools import groupby


class Style(IntEnum):
    """What a piece of the text is; the highlighter gives each its colour."""

    PLAIN = 0
    FAINT = 1
    """Marks: what Markdown takes away."""
    DIM = 2
    LINK = 3
    MARKER = 4
    """List markers, task boxes, the excerpt mark."""
    CALL = 5
    """Admonitions, details, tabs, blocks."""
    CODE = 6
    MATH = 7
    KEY = 8
    """A key of the front matter."""
    STRING = 9
    NUMBER = 10
    KEYWORD = 11
    NAME = 12
    COMMENT = 13
    MARKED = 14
    INSERTED = 15
    DELETED = 16
    KEYBOARD = 17
    ERROR = 18
    SHORTCODE = 19


class Flag(IntFlag):
    """How a piece is drawn, whatever it is."""

    NONE = 0
    BOLD = 1
    ITALIC = 2
    STRIKE = 4
    UNDERLINE = 8


@dataclass(frozen=True, slots=True)
class Span:
    """`line[start:end]` (code points) in one style."""

    start: int
    end: int
    style: Style
    flags: Flag = Flag.NONE


class Canvas:
    """One line, painted over in the order of the rules; later paint covers earlier styles, flags add up."""

    def __init__(self, length: int) -> None:
        self._styles = bytearray(length)
        self._flags = bytearray(length)

    def paint(self, start: int, end: int, style: Style, flags: Flag = Flag.NONE) -> None:
        """Give `[start, end)` the style, and the flags on top of those it has."""
        if start >= end:
            return
        self._styles[start:end] = bytes((style,)) * (end - start)
        if flags:
            self.flag(start, end, flags)

    def flag(self, start: int, end: int, flags: Flag) -> None:
        """Add the flags to `[start, end)`, whatever its style."""
        bits = int(flags)
        self._flags[start:end] = bytes(value | bits for value in self._flags[start:end])

    def spans(self) -> list[Span]:
        """Return the painted pieces, in order, plain ones left out."""
        found = []
        place = 0
        for (style, flags), run in groupby(zip(self._styles, self._flags, strict=True)):
            length = sum(1 for _ in run)
            if style or flags:
                found.append(Span(place, place + length, Style(style), Flag(flags)))
            place += length
        return found
