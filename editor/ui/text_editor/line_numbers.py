"""The numbers beside the lines."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

GAP = 14
"""Pixels between the numbers and the text."""

VisibleLines = Callable[[], Iterable[tuple[int, float, float]]]
"""Gives (number from 0, top, height) of every line to be numbered, in the viewport's coordinates."""


class LineNumberArea(QWidget):
    """Paints the numbers of the lines that can be seen; the caret's one in full ink."""

    def __init__(self, parent: QWidget, lines: VisibleLines) -> None:
        super().__init__(parent)
        self.setObjectName("lineNumbers")
        self._lines = lines
        self._colour, self._current_colour = QColor(), QColor()
        self.current = 0

    def set_colours(self, colour: str, current: str) -> None:
        """Set the colours of the numbers and of the caret's number."""
        self._colour, self._current_colour = QColor(colour), QColor(current)
        self.update()

    def width_for(self, line_count: int) -> int:
        """Return the width that the numbers up to `line_count` need, with the gap to the text."""
        return self.fontMetrics().horizontalAdvance("9") * max(2, len(str(line_count))) + GAP

    def sizeHint(self) -> QSize:
        return QSize(self.width_for(1), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = self.width() - GAP
        for number, top, height in self._lines():
            painter.setPen(self._current_colour if number == self.current else self._colour)
            place = QRectF(0, top, width, height)
            painter.drawText(
                place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number + 1)
            )
        painter.end()
