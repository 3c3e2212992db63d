"""What the rows of a form stand on."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from editor.ui.form.field_row import INDENT, FieldRow
from editor.ui.theme import Theme


class FieldsPane(QWidget):
    """Draws a line beside the rows of a group."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._rows: list[FieldRow] = []

    def show_rows(self, rows: list[FieldRow]) -> None:
        """Draw the lines for these rows, from top to bottom."""
        self._rows = rows
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colour of the lines."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        colour = QColor(self._theme.line)
        for above, row in pairwise(self._rows):
            for level in range(row.state.depth):
                # Without a gap between two rows of one group; below a heading, from its lower edge.
                left = row.x() + level * INDENT + 2
                top = above.geometry().bottom() + (1 if above.state.depth > level else 5)
                painter.fillRect(left, top, 2, row.geometry().bottom() - top + 1, colour)
        painter.end()
