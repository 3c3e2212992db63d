"""The marks of problems in the text: a wave below the words, a mark beside the line."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from editor.ui.text_editor.lines_on_screen import SeenBlock, line_parts
from editor.ui.theme import Theme

MARGIN = 14
"""Pixels beside the text that the marks have."""
_DOT = 7
_RING = 1.6
_MOST_SAID = 6
"""Sentences in a tool tip: nobody reads more there."""
_WORST = ("error", "warning", "info")
_SHORTEST = 7
"""Pixels of a wave below nothing, at a line's end or in an empty line."""
_WAVE = 4
_HEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Underline:
    """A problem's place in the document."""

    start: int
    end: int
    """UTF-16 units; equal where there is only a place between two characters."""
    severity: str
    """`error`, `warning` or `info`."""
    message: str = ""
    number: int = -1
    """Which one of the list of problems it is, for whoever gave it."""


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line that can be seen and in which problems begin."""

    top: float
    height: float
    """Pixels, in the viewport."""
    problems: list[Underline]


def colour_of(severity: str, theme: Theme) -> str:
    """Return the colour of a severity."""
    return {"error": theme.bad, "warning": theme.warn}.get(severity, theme.accent)


class MovingUnderlines:
    """Underlines that move with what is typed before them; they may overlap.

    Those behind the place that was typed in last are held without the shift that they have in common: a key costs
    the same with ten of them and with ten thousand.
    """

    def __init__(self, underlines: Iterable[Underline] = ()) -> None:
        self._all = sorted(underlines, key=lambda line: (line.start, line.end))
        """As they were; only what is not their place is asked of them."""
        self._starts = [line.start for line in self._all]
        self._lengths = [line.end - line.start for line in self._all]
        self._longest = max(self._lengths, default=0)
        self._gap = len(self._all)
        """From this one on, starts lack the shift."""
        self._shift = 0

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Underline]:
        """Give all of them, in the order of the text."""
        return map(self._moved, range(len(self._all)))

    def between(self, first: int, last: int) -> Iterator[Underline]:
        """Give those that reach to `first` or behind it and start before `last`, in the order of the text."""
        for index in range(self._index(first - self._longest), self._index(last)):
            if self._start(index) + self._lengths[index] >= first:
                yield self._moved(index)

    def shift(self, position: int, removed: int, added: int) -> None:
        """Follow a change of the text; one around it grows and shrinks with it, one that it cuts is dropped."""
        delta, end = added - removed, position + removed
        behind = self._index(end)
        dropped = []
        for index in range(self._index(position - self._longest), behind):
            start = self._start(index)
            stop = start + self._lengths[index]
            if start <= position and stop >= end and stop >= position:
                self._lengths[index] += delta
                self._longest = max(self._longest, self._lengths[index])
            elif stop >= position:
                dropped.append(index)
        self._move_gap(behind)
        self._shift += delta
        for index in reversed(dropped):
            del self._all[index], self._starts[index], self._lengths[index]
            self._gap -= 1

    def _moved(self, index: int) -> Underline:
        start, line = self._start(index), self._all[index]
        return Underline(start, start + self._lengths[index], line.severity, line.message, line.number)

    def _start(self, index: int) -> int:
        return self._starts[index] + (self._shift if index >= self._gap else 0)

    def _index(self, position: int) -> int:
        """Return the first one that starts at `position` or behind it."""
        found = bisect_left(self._starts, position, 0, self._gap)
        return found if found < self._gap else bisect_left(self._starts, position - self._shift, self._gap)

    def _move_gap(self, index: int) -> None:
        by = self._shift if index > self._gap else -self._shift
        if by:
            for moved in range(min(index, self._gap), max(index, self._gap)):
                self._starts[moved] += by
        self._gap = index


def paint_wave(
    painter: QPainter, blocks: Iterable[SeenBlock], dx: float, underline: Underline, colour: QColor
) -> None:
    """Draw the wave of an underline in all lines that can be seen."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, 1.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for line, top, left, right in line_parts(
        blocks, (underline.start, max(underline.end, underline.start + 1))
    ):
        start, stop = left + dx, max(right, left + _SHORTEST) + dx
        y = top + line.y() + line.ascent() + 3.5
        path = QPainterPath(QPointF(start, y))
        up = True
        while start < stop:
            start += _WAVE / 2
            path.quadTo(start - _WAVE / 4, y - _HEIGHT if up else y + _HEIGHT, min(start, stop), y)
            up = not up
        painter.drawPath(path)
    painter.restore()


class ProblemMargin(QWidget):
    """Paints a mark beside each line with a problem; pointed at, it says which, and a click offers what mends it.

    A disc stands for an error, a triangle for a warning, a ring for a note.

    Signals:
        clicked: (the Underlines of the line whose mark was clicked, the place on the screen).
    """

    clicked = Signal(list, QPoint)

    def __init__(self, parent: QWidget, lines: Callable[[], Iterator[MarkedLine]]) -> None:
        """`lines` gives every line that has a problem and can be seen."""
        super().__init__(parent)
        self.setObjectName("problemMargin")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._lines = lines
        self._theme: Theme | None = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self._lines():
            middle = QPointF(self.width() / 2, line.top + line.height / 2)
            paint_mark(painter, middle, worst_of(line.problems), self._theme)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Say what a mark stands for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            line = self._line_at(event.pos().y())
            if line is not None:
                QToolTip.showText(event.globalPos(), tool_tip(line.problems), self)
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self._line_at(event.position().y())
        if line is None or event.button() != Qt.MouseButton.LeftButton:
            event.ignore()  # it belongs to the text
            return
        self.clicked.emit(line.problems, event.globalPosition().toPoint())

    def _line_at(self, y: float) -> MarkedLine | None:
        return next((line for line in self._lines() if line.top <= y < line.top + line.height), None)


def worst_of(problems: Sequence[Underline]) -> str:
    """Return the worst severity of `problems`."""
    return min((problem.severity for problem in problems), key=_WORST.index)


def tool_tip(problems: Sequence[Underline]) -> str:
    """Return the sentences of `problems`, as rich text, which breaks its lines."""
    said = dict.fromkeys(problem.message for problem in sorted(problems, key=_badness))
    shown = "".join(f"<p>{escape(message)}</p>" for message in list(said)[:_MOST_SAID])
    return shown + ("<p>…</p>" if len(said) > _MOST_SAID else "")


def paint_mark(painter: QPainter, middle: QPointF, severity: str, theme: Theme) -> None:
    """Draw the mark of a severity: a disc, a triangle or a ring."""
    colour = QColor(colour_of(severity, theme))
    half = _DOT / 2
    if severity == "info":
        painter.setPen(QPen(colour, _RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, half - _RING / 2, half - _RING / 2)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if severity == "error":
        painter.drawEllipse(middle, half, half)
        return
    x, y = middle.x(), middle.y()
    tall = half + 0.5
    painter.drawPolygon(
        [QPointF(x, y - tall), QPointF(x + tall, y + tall - 0.5), QPointF(x - tall, y + tall - 0.5)]
    )


def _badness(problem: Underline) -> int:
    return _WORST.index(problem.severity)
