"""A tick as those in the list of files, with or without words."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from editor.ui.icons import pixmap
from editor.ui.theme import LIGHT, Theme

_SIDE = 18
_GAP = 6


class TickBox(QCheckBox):
    """A check box that shows a bare sign where it is on, and an empty square where it is off.

    The sign stands before the words, or behind them where the layout goes from right to left.
    """

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Colour it."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words (Qt)."""
        words = self.fontMetrics().horizontalAdvance(self.text()) + _GAP + 4 if self.text() else 0
        return QSize(_SIDE + words, max(_SIDE, self.fontMetrics().height() + 4))

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint` (Qt)."""
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        """Take a click anywhere on it (Qt)."""
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw sign and words (Qt)."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, top = self._theme, (self.height() - _SIDE) // 2
        behind = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - _SIDE if behind else 0
        colour = theme.accent if self.isEnabled() else theme.faint
        if self.checkState() == Qt.CheckState.PartiallyChecked:
            painter.drawPixmap(left + 1, top + 1, pixmap("minus", colour, 16, self.devicePixelRatioF()))
        elif self.isChecked():
            painter.drawPixmap(left + 1, top + 1, pixmap("check", colour, 16, self.devicePixelRatioF()))
        else:
            painter.setPen(QPen(QColor(theme.faint), 1.2))
            painter.drawRoundedRect(QRectF(left + 3, top + 3, 12, 12), 3, 3)
        if self.text():
            painter.setPen(QColor(theme.ink if self.isEnabled() else theme.faint))
            place = QRect(0 if behind else _SIDE + _GAP, 0, self.width() - _SIDE - _GAP, self.height())
            side = Qt.AlignmentFlag.AlignRight if behind else Qt.AlignmentFlag.AlignLeft
            painter.drawText(
                place, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute), self.text()
            )
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
