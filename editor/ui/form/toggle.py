"""The widget of yes or no: a switch, painted."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from editor.schema.content_type import Field
from editor.ui.form.field_editor import FieldEditor
from editor.ui.form.rows import RowState
from editor.ui.theme import Theme


class Toggle(QCheckBox):
    """A check box that looks like a switch: the same keys, the same words for a screen reader."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(36, 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(2, (self.height() - 20) / 2, 34, 20)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        body = track
        if self.hasFocus():  # a ring, and a gap between it and the switch
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(track.adjusted(0.75, 0.75, -0.75, -0.75), 9.25, 9.25)
            body = track.adjusted(2.5, 2.5, -2.5, -2.5)
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen if on else QPen(QColor(theme.faint), 1))
        painter.setBrush(QColor(theme.accent if on else theme.line))
        if not on:
            body = body.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.on_accent if on else theme.ink if theme.name == "dark" else theme.pane))
        knob = body.height() - 5
        left = body.right() - knob - 2.5 if on else body.left() + 2.5
        painter.drawEllipse(QRectF(left, body.top() + 2.5, knob, knob))
        painter.end()


class SwitchEditor(FieldEditor):
    """Yes or no; written when it is flipped."""

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(field, theme, parent)
        self._toggle = Toggle(theme, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._toggle)
        # `clicked` is the writer's doing alone, by mouse, key or assistive technology.
        self._toggle.clicked.connect(self._clicked)

    def control(self) -> QWidget:
        return self._toggle

    def show_value(self, state: RowState) -> None:
        self._show(state)

    def show_words(self, state: RowState) -> None:
        self._show(state)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._toggle.set_theme(theme)

    def _show(self, state: RowState) -> None:
        if state.present and state.value is not None:
            value = state.value
        else:
            value = state.field.default if state.inherited is None else state.inherited
        on = value.strip().lower() in ("true", "yes", "on") if isinstance(value, str) else bool(value)
        self._toggle.setChecked(on)

    def _clicked(self, on: bool) -> None:
        self.value_set.emit(self.field.key, on)
