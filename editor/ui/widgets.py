"""Small widgets that several panes use."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from editor.ui.icons import pixmap
from editor.ui.theme import LIGHT, Theme


class ElidedLabel(QLabel):
    """A label of one line that gives way: what does not fit ends in an ellipsis and is told by the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        """Show `text`, all of it where there is room."""
        super().setText(text)
        self.setToolTip(text)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Ask for little: the rest is elided."""
        return QSize(40 if self.text() else 0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for room for all of the text."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 4, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text, elided at its end."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter,
            self.rect(),
            Qt.AlignmentFlag.AlignVCenter,
            self.palette(),
            True,
            text,
            self.foregroundRole(),
        )


class HintButton(QPushButton):
    """A button for an action, with the action's shortcut in faint letters behind its words."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self.setProperty("hint", True)
        self.setAccessibleName(action.text().replace("&", ""))
        self.clicked.connect(action.trigger)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 0, 10, 0)
        self._row.setSpacing(7)
        self._picture = QLabel(self)
        self._row.addWidget(self._picture)
        self._row.addWidget(QLabel(action.iconText(), self))
        shortcut = QLabel(action.shortcut().toString(), self)
        shortcut.setProperty("faint", True)
        self._row.addWidget(shortcut)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As wide as its words and the shortcut."""
        return QSize(self._row.sizeHint().width(), 28)

    def set_theme(self, _theme: Theme) -> None:
        """Take the action's icon over, which was coloured with the theme."""
        self._picture.setPixmap(self._action.icon().pixmap(16, 16))


class ChoiceBox(QComboBox):
    """A combo box whose arrow is one of our own drawings: style sheets know pictures in files alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Colour the arrow."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow on top (Qt)."""
        super().paintEvent(event)
        painter = QPainter(self)
        colour = self._theme.dim if self.isEnabled() else self._theme.faint
        drawing = pixmap("chevron-down", colour, 14, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 22, (self.height() - 14) // 2, drawing)


def icon_button(action: QAction, parent: QWidget | None = None) -> QToolButton:
    """Return a flat button of 28 px that shows the action's icon alone and says its words to screen readers."""
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(16, 16))
    button.setFixedSize(28, 28)
    button.setProperty("flat", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    words = action.text().replace("&", "")
    button.setAccessibleName(words)
    shortcut = action.shortcut().toString()
    button.setToolTip(f"{words} ({shortcut})" if shortcut else words)
    return button
