"""The widget of one out of several values: a combo box, and a line for a value that is none of them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from editor.schema.content_type import Field
from editor.translation import gettext as _
from editor.ui.form.field_editor import FieldEditor
from editor.ui.form.inputs import NameLine
from editor.ui.form.rows import RowState
from editor.ui.icons import pixmap
from editor.ui.theme import Theme


class ChoiceBox(QComboBox):
    """A combo box that the wheel scrolls past, and does not change."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        # The longest choice does not make the form wider than its pane.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        arrow = pixmap("chevron-down", self.theme.dim, 12, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(self.width() - 22, (self.height() - 12) // 2, arrow)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceEditor(FieldEditor):
    """One of the allowed values, or none; one that the file has and is not allowed stays to be seen.

    Where other values are fine as well, the last choice asks for one.
    """

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(field, theme, parent)
        self._box = ChoiceBox(theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        self._other = NameLine(self)
        self._other.setPlaceholderText(_("Another value"))
        self._other.hide()
        layout.addWidget(self._other)
        self._other.editingFinished.connect(self._other_finished)
        self._other.given_up.connect(self._show_box)
        self._values: list[str | None] = []
        self._box.activated.connect(self._activated)

    def control(self) -> QWidget:
        return self._box

    def name_controls(self, label: str) -> None:
        super().name_controls(label)
        self._other.setObjectName(f"field-{self.field.key}-other")
        self._other.setAccessibleName(_("{label}: another value").format(label=label))

    def tab_stops(self) -> list[QWidget]:
        return [self._box, self._other]

    def set_editable(self, editable: bool) -> None:
        super().set_editable(editable)
        self._other.setEnabled(editable)

    def show_value(self, state: RowState) -> None:
        self._show(state)

    def show_words(self, state: RowState) -> None:
        self._show(state)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._box.theme = theme
        self._box.update()

    def finish(self) -> None:
        self._other_finished()

    def drop_typed(self) -> None:
        self._other.clear()
        self._show_box()

    def _show(self, state: RowState) -> None:
        value = state.value if state.present and isinstance(state.value, str) else None
        offered: list[str | None] = list(state.field.choices or [entry.value for entry in state.suggestions])
        if not state.field.required or value is None:
            offered.insert(0, None)
        if value not in offered:
            offered.append(value)
        words = [_words(state, entry) for entry in offered]
        if state.field.options.get("open"):
            words.append(_("Another value…"))
        if offered != self._values or words != [self._box.itemText(n) for n in range(self._box.count())]:
            self._values = offered
            self._box.clear()
            self._box.addItems(words)
            for number, entry in enumerate(offered):
                # What the file gets, where that is not what is shown.
                tip = entry if entry is not None and entry != words[number] else ""
                self._box.setItemData(number, tip, Qt.ItemDataRole.ToolTipRole)
        self._box.setCurrentIndex(offered.index(value))

    def _activated(self, position: int) -> None:
        if position == len(self._values):
            self._ask_other()
            return
        chosen = self._values[position]
        if chosen == (self.state.value if self.state.present else None):
            return
        if chosen is None:
            self.unset.emit(self.field.key)
        else:
            self.value_set.emit(self.field.key, chosen)

    def _ask_other(self) -> None:
        self._show(self.state)  # the box goes back to what the file has
        self._box.hide()
        self._other.clear()
        self._other.show()
        self._other.setFocus(Qt.FocusReason.OtherFocusReason)

    def _other_finished(self) -> None:
        if self._other.isHidden():
            return  # hiding the line takes the focus from it
        text = self._other.text().strip()
        self._show_box()
        if not text or text == (self.state.value if self.state.present else None):
            return
        if not self.is_granted(lambda: self.value_set.emit(self.field.key, text)):
            self._box.hide()
            self._other.setText(text)
            self._other.show()

    def _show_box(self) -> None:
        had_focus = self._other.hasFocus()
        self._other.hide()
        self._box.show()
        if had_focus:
            self._box.setFocus(Qt.FocusReason.OtherFocusReason)


def _words(state: RowState, entry: str | None) -> str:
    """Return what is shown for a choice: its label, with the value where another has the same one."""
    if entry is None:
        return _("Not set")
    labels = state.field.options.get("labels", {})
    label = labels.get(entry, entry)
    twice = list(labels.values()).count(label) > 1
    return _("{label} ({value})").format(label=label, value=entry) if twice else str(label)
