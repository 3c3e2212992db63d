"""The widget of one out of several values: a combo box."""

from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from editor.schema.content_type import Field
from editor.translation import gettext as _
from editor.ui.form.field_editor import FieldEditor
from editor.ui.form.rows import RowState
from editor.ui.icons import pixmap
from editor.ui.theme import Theme


class ChoiceBox(QComboBox):
    """A combo box that the wheel scrolls past, and does not change."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        arrow = pixmap("chevron-down", self.theme.dim, 12, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(self.width() - 22, (self.height() - 12) // 2, arrow)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceEditor(FieldEditor):
    """One of the allowed values, or none; one that the file has and is not allowed stays to be seen."""

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(field, theme, parent)
        self._box = ChoiceBox(theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        self._values: list[str | None] = []
        self._box.activated.connect(self._activated)

    def control(self) -> QWidget:
        return self._box

    def show_value(self, state: RowState) -> None:
        self._show(state)

    def show_words(self, state: RowState) -> None:
        self._show(state)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._box.theme = theme
        self._box.update()

    def _show(self, state: RowState) -> None:
        value = state.value if state.present and isinstance(state.value, str) else None
        offered: list[str | None] = list(state.field.choices or [entry.value for entry in state.suggestions])
        if not state.field.required or value is None:
            offered.insert(0, None)
        if value not in offered:
            offered.append(value)
        if offered != self._values:
            self._values = offered
            self._box.clear()
            self._box.addItems([_("Not set") if entry is None else entry for entry in offered])
        self._box.setCurrentIndex(offered.index(value))

    def _activated(self, position: int) -> None:
        chosen = self._values[position]
        if chosen == (self.state.value if self.state.present else None):
            return
        if chosen is None:
            self.unset.emit(self.field.key)
        else:
            self.value_set.emit(self.field.key, chosen)
