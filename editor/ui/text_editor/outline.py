"""The headings of a post, for a jump list."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextDocument

from editor.ui.text_editor.line_state import HEADING, TEXT, UNDERLINE, state_after

_MARKS = re.compile(r"[*_`~=^]+|!?\[([^\[\]]*)\]\([^()]*\)|\{[:.#][^{}]*\}[ \t]*$|<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a post."""

    level: int
    """1 to 6."""
    text: str
    """Its words, without marks."""
    line: int
    """From 0, in the file."""


def headings(document: QTextDocument) -> list[Heading]:
    """Return the headings of `document`; what stands in front matter, code and comments is left out.

    It goes through the whole text (some 25 ms for 1.5 MB): for a pause, not for every keystroke.
    """
    return list(headings_of(_lines(document)))


def headings_of(lines: Iterable[str]) -> Iterator[Heading]:
    """Give the headings of a post's `lines`, without their endings."""
    state = TEXT
    before = ""
    fence = ""
    for number, line in enumerate(lines):
        if number == 0 and line.rstrip() in ("---", "+++"):
            fence = line.rstrip()
            continue
        if fence:
            if line.rstrip() in (fence, "..."):
                fence = ""
            continue
        if state.kind in ("text", "paragraph", "table"):
            found = HEADING.match(line.lstrip(" ")) if "#" in line[:4] else None
            if found:
                yield Heading(len(found[1]), _words(found[2]), number)
            elif (
                state.kind == "paragraph" and line[:4].strip(" ")[:1] in ("=", "-") and UNDERLINE.match(line)
            ):
                yield Heading(1 if "=" in line else 2, _words(before), number - 1)
        state = state_after(line, state)
        before = line


def _lines(document: QTextDocument) -> Iterator[str]:
    block = document.firstBlock()
    while block.isValid():
        yield block.text()
        block = block.next()


def _words(text: str) -> str:
    return _MARKS.sub(lambda found: found[1] or "", text).strip()
