"""The headings of a post, for a jump list, and its length."""

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextDocument

from editor.post.line_state import TEXT, UNDERLINE, LineState, heading_parts
from editor.post.open_fences import OpenFences
from editor.site.words import NOTHING, LineLength, line_length
from editor.ui.text_editor.statistics import Statistics

_MARKS = re.compile(r"[*_`~=^]+|!?\[([^\[\]]*)\]\([^()]*\)|\{[:.#][^{}]*\}[ \t]*$|<[^<>]*>")
_FRONT_MATTER = "front matter"
_LONGEST = 500
"""Characters of a line that are looked at for a heading: nobody reads a longer one in a list."""
_SLICE_MS = 2.0
"""How long the outline is worked on at a time, so that a keystroke never waits for it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a post."""

    level: int
    """1 to 6."""
    text: str
    """Its words, without marks."""
    line: int
    """From 0, in the file."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What makes a line a heading, its own or, underlined, the one before."""

    level: int
    text: str
    above: bool


class Outline(QObject):
    """The headings and the length of a document, kept up to date line by line as it is edited.

    Signals:
        changed: everything is known again after an edit, or for another document.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: QTextDocument | None = None
        self._states: list[LineState | None] = []
        """What each line starts in; None where that is not known."""
        self._marks: list[_Mark | None] = []
        self._lines: list[str | None] = []
        """What was read of each line, None before: to see which ones changed."""
        self._lengths: list[LineLength] = []
        self._length = NOTHING
        """The sum of them, so that a key need not add them all up."""
        self._front_matter_lines = 0
        self._fences = OpenFences()
        self._fences_need_end = False
        self._next = 0
        """The first line that is to be looked at."""
        self._last = -1
        """The last one that has to be: behind it only as far as the state differs from what it was."""
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def watch(self, document: QTextDocument) -> None:
        """Give the headings of `document` from now on; nothing happens where it is the one already."""
        if document is self._document:
            return
        if self._document is not None and shiboken6.isValid(self._document):
            self._document.contentsChange.disconnect(self._contents_changed)
        self._document = document
        document.contentsChange.connect(self._contents_changed)
        self._begin()

    def set_front_matter_lines(self, count: int) -> None:
        """Take the first `count` lines as front matter: no headings, and no words; 0: by its fences, if any."""
        if count == self._front_matter_lines:
            return
        touched = max(count, self._front_matter_lines)
        self._front_matter_lines = count
        if self._states:
            self._look_at(0, min(touched, len(self._states) - 1))

    def set_fences_need_end(self, need: bool) -> None:
        """Say whether a fence that nothing closes is text, or else code to the end."""
        if need != self._fences_need_end:
            self._fences_need_end = need
            self._begin()

    def statistics(self) -> Statistics | None:
        """Return how long the body is; None while lines are still to be looked at."""
        return None if self._timer.isActive() else Statistics(*self._length)

    def headings(self) -> list[Heading]:
        """Return the headings as far as they are known."""
        return [
            Heading(mark.level, mark.text, number - mark.above)
            for number, mark in enumerate(self._marks)
            if mark is not None
        ]

    def at(self, line: int) -> str | None:
        """Return the words of the heading that `line` stands under, empty above the first; None without any."""
        below = self._marks[line + 1] if 0 <= line < len(self._marks) - 1 else None
        if below is not None and below.above:
            return below.text
        for mark in reversed(self._marks[: line + 1]):
            if mark is not None:
                return mark.text
        return "" if any(self._marks) else None

    def _begin(self) -> None:
        count = self._document.blockCount() if self._document is not None else 0
        self._fences = OpenFences()
        self._states = [TEXT, *[None] * (count - 1)] if count else []
        self._marks = [None] * count
        self._lines = [None] * count
        self._lengths = [NOTHING] * count
        self._length = NOTHING
        self._next, self._last = 0, count - 1
        self._timer.start()

    def _look_at(self, first: int, last: int) -> None:
        """Let the lines `first` to `last` be looked at, and those behind as far as the state differs."""
        self._next = min(self._next, first)
        self._last = min(len(self._states) - 1, max(self._last, last))
        self._timer.start()

    def _contents_changed(self, position: int, _removed: int, added: int) -> None:
        """Take note of the lines that changed.

        Where lines are joined, and undone, Qt is not exact: what was read of the lines around tells how far it goes.
        """
        document = self._document
        if document is None:
            return
        count = document.blockCount()
        first = document.findBlock(position).blockNumber()
        end = document.findBlock(min(position + added, document.characterCount() - 1)).blockNumber()
        grown = count - len(self._lines)
        first = min(first, max(0, end - max(grown, 0)))
        while first > 0 and self._differs(first - 1, first - 1):
            first -= 1
        while end + 1 < count and (end + 1 - grown < 0 or self._differs(end + 1 - grown, end + 1)):
            end += 1
        old, new = slice(first, end + 1 - grown), end + 1 - first
        self._states[old] = [self._states[first], *[None] * (new - 1)]
        self._marks[old] = [None] * new
        self._lines[old] = [None] * new
        for length in self._lengths[old]:
            self._length = self._length.less(length)
        self._lengths[old] = [NOTHING] * new
        if self._last > first:
            self._last += grown
        anew = self._fences.edited(
            first, grown, (document.findBlockByNumber(number).text() for number in range(first, end + 1))
        )
        if anew is None:
            self._look_at(first, end + 1)
        else:
            self._look_at(min(first, anew), count - 1)

    def _differs(self, known: int, number: int) -> bool:
        """Return whether the line that was read as number `known` is another than the document's `number`."""
        assert self._document is not None
        line = self._lines[known]
        return line is not None and line != self._document.findBlockByNumber(number).text()

    def _go_on(self) -> None:
        """Look at lines for as long as a slice lasts."""
        document = self._document
        if document is None or not shiboken6.isValid(document):
            self._timer.stop()
            return
        until = time.perf_counter() + _SLICE_MS / 1000
        number = self._next
        while number > 0 and self._states[number] is None:
            number -= 1
        block = document.findBlockByNumber(number)
        before = block.previous().text()
        state = self._states[number] or TEXT
        while block.isValid() and (number <= self._last or state != self._states[number]):
            self._states[number] = state
            line = block.text()
            self._lines[number] = line
            length = NOTHING
            if number < self._front_matter_lines:
                self._marks[number], state = None, TEXT
            else:
                start = state
                self._marks[number], state = _step(number, line, start, before, self._fences)
                if start.kind != _FRONT_MATTER and state.kind != _FRONT_MATTER:
                    length = line_length(line, start, state)
            if length != self._lengths[number]:
                self._length = self._length.less(self._lengths[number]).more(length)
                self._lengths[number] = length
            before = line
            block = block.next()
            number += 1
            if block.isValid() and number % 16 == 0 and time.perf_counter() > until:
                self._next, self._last = number, max(self._last, number)
                self._states[number] = state
                return
        if not block.isValid() and state.kind == "fence" and self._fences_need_end:
            self._look_behind(state)
            return
        self._timer.stop()
        self._next, self._last = len(self._states), -1
        self.changed.emit()

    def _look_behind(self, fence: LineState) -> None:
        """Look again at what stands behind the line that opens `fence`, which reaches the end of the text."""
        number = len(self._states) - 1
        while number > 0 and self._states[number] == fence:
            number -= 1
        self._fences.has_no_end(number, fence)
        self._next, self._last = number, number


def headings_of(lines: Iterable[str]) -> Iterator[Heading]:
    """Give the headings of a post's `lines`, without their endings; not those in code, comments, front matter."""
    state = TEXT
    before = ""
    fences = OpenFences()
    for number, line in enumerate(lines):
        mark, state = _step(number, line, state, before, fences)
        if mark is not None:
            yield Heading(mark.level, mark.text, number - mark.above)
        before = line


def _step(
    number: int, line: str, state: LineState, before: str, fences: OpenFences
) -> tuple[_Mark | None, LineState]:
    """Return what the line `number` is for the outline, and the state after it; `before` is the line above."""
    if number == 0 and line.rstrip() in ("---", "+++"):
        return None, LineState(_FRONT_MATTER, line.rstrip())
    if state.kind == _FRONT_MATTER:
        return None, TEXT if line.rstrip() in (state.mark, "...") else state
    mark = None
    if state.kind in ("text", "paragraph", "table"):
        head = line[:_LONGEST].lstrip(" ")
        found = heading_parts(head) if "#" in line[:4] else None
        if found:
            mark = _Mark(found.marks[1], _words(head[slice(*found.words)]), above=False)
        elif state.kind == "paragraph" and line[:4].strip(" ")[:1] in ("=", "-") and UNDERLINE.match(line):
            mark = _Mark(1 if "=" in line else 2, _words(before[:_LONGEST]), above=True)
    return mark, fences.state_after(number, line, state)


def _words(text: str) -> str:
    return _MARKS.sub(lambda found: found[1] or "", text).strip()
