"""The marks of problems in the text: a wave below the words, a dot beside the line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from editor.ui.text_editor.lines_on_screen import SeenBlock, line_parts
from editor.ui.theme import Theme

MARGIN = 14
"""Pixels beside the text that the dots have."""
_DOT = 6
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


def colour_of(severity: str, theme: Theme) -> str:
    """Return the colour of a severity."""
    return {"error": theme.bad, "warning": theme.warn}.get(severity, theme.accent)


def shifted(underlines: Sequence[Underline], position: int, removed: int, added: int) -> list[Underline]:
    """Return the underlines after a change of the text; one that it touches grows and shrinks with it."""
    delta = added - removed
    moved = []
    for line in underlines:
        if line.end < position:
            moved.append(line)
        elif line.start >= position + removed:
            moved.append(Underline(line.start + delta, line.end + delta, line.severity, line.message))
        elif line.start <= position and line.end >= position + removed:
            moved.append(Underline(line.start, line.end + delta, line.severity, line.message))
    return moved


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
    """Paints a dot beside each line with a problem; pointed at, it says which."""

    def __init__(
        self, parent: QWidget, lines: Callable[[], Iterator[tuple[float, float, Underline]]]
    ) -> None:
        """`lines` gives (top, height, the worst problem) of every line that has one and can be seen."""
        super().__init__(parent)
        self.setObjectName("problemMargin")
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
        painter.setPen(Qt.PenStyle.NoPen)
        for top, height, problem in self._lines():
            painter.setBrush(QColor(colour_of(problem.severity, self._theme)))
            painter.drawEllipse(QRectF((self.width() - _DOT) / 2, top + (height - _DOT) / 2, _DOT, _DOT))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Say what a dot stands for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for top, height, problem in self._lines():
                if top <= event.pos().y() < top + height:
                    QToolTip.showText(event.globalPos(), problem.message, self)
                    return True
        return super().event(event)
