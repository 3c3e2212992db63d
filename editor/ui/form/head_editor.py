"""The widget of a heading: of a map, a list of maps, or one map in such a list; what it has are rows below it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from editor.schema import kinds
from editor.schema.content_type import Field
from editor.translation import gettext as _
from editor.ui.form import groups
from editor.ui.form.field_editor import FieldEditor
from editor.ui.form.inputs import NameLine
from editor.ui.form.rows import RowState
from editor.ui.icons import icon
from editor.ui.theme import Theme


class HeadEditor(FieldEditor):
    """A button that adds an entry: by its name to a map, as the others are to a list of maps.

    Signals:
        entry_named: the Field to show a row for; the file gets it with its first value.
    """

    entry_named = Signal(object)

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(field, theme, parent)
        self._button = QPushButton(_("Add entry"), self)
        self._button.setProperty("look", "quickFix")
        self._button.setIconSize(QSize(12, 12))
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.clicked.connect(self._add)
        self._name = NameLine(self)
        self._name.setPlaceholderText(_("Name"))
        self._name.setMinimumWidth(150)
        self._name.returnPressed.connect(self._add_named)
        self._name.given_up.connect(self._give_up)
        self._name.textEdited.connect(lambda: self.object_to(""))
        self._name.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._button)
        layout.addWidget(self._name)
        self.set_theme(theme)

    def control(self) -> QWidget:
        return self._button

    def name_controls(self, label: str) -> None:
        self._button.setObjectName(f"field-{self.field.key}")
        self._button.setAccessibleName(_("{label}: add entry").format(label=label))
        self._name.setObjectName(f"field-{self.field.key}-name")
        self._name.setAccessibleName(_("{label}: name of the new entry").format(label=label))

    def framed(self) -> list[QWidget]:
        return []

    def tab_stops(self) -> list[QWidget]:
        return [self._name, self._button]

    def show_value(self, state: RowState) -> None:
        """Do nothing: the rows below show it."""

    def show_words(self, state: RowState) -> None:
        self._button.setText(_add_words(state))

    def drop_typed(self) -> None:
        self._give_up()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._button.setIcon(icon("plus", theme.accent, disabled=theme.faint, size=12))

    def set_editable(self, editable: bool) -> None:
        self._button.setEnabled(editable)
        self._name.setEnabled(editable)

    def actions_offered(self) -> list[tuple[str, Callable[[], None]]]:
        return [] if self.state.lock else [(_add_words(self.state), self._add)]

    def menu(self) -> QMenu:
        """Return the menu of entries that are declared and not there, and of any other."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for field in self._missing():
            action = menu.addAction(kinds.label_of(field).replace("&", "&&"))
            action.setToolTip(field.description or field.key)
            action.triggered.connect(lambda _checked=False, field=field: self.entry_named.emit(field))
        menu.addSeparator()
        menu.addAction(_("Other entry…")).triggered.connect(self.ask_name)
        return menu

    def ask_name(self) -> None:
        """Show the line for the name of a new entry."""
        self._button.hide()
        self._name.show()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _missing(self) -> list[Field]:
        there = self.state.value or {}
        prefix = f"{self.field.key}."
        return [field for field in self.state.known if field.key.removeprefix(prefix) not in there]

    def _add(self) -> None:
        if self.state.shape == groups.CARDS:
            self.list_added.emit(self.field.key, groups.new_entry(self.field, self.state.value))
        elif self._missing():
            self.menu().popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))
        else:
            self.ask_name()

    def _add_named(self) -> None:
        name = self._name.text().strip()
        if not name:
            return
        if name in (self.state.value or {}):
            self.object_to(_("There is an entry “{name}” already").format(name=name))
        elif "." in name or not all(letter.isprintable() for letter in name):
            self.object_to(_("A name here has no dots: “{name}”").format(name=name))
        else:
            self._give_up()
            key = f"{self.field.key}.{name}"
            known = next((field for field in self.state.known if field.key == key), None)
            self.entry_named.emit(known or Field(key, "text"))

    def _give_up(self) -> None:
        self.object_to("")
        had_focus = self._name.hasFocus()
        self._name.clear()
        self._name.hide()
        self._button.show()
        if had_focus:
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)


def _add_words(state: RowState) -> str:
    return _("Add field") if state.shape == groups.CARD else _("Add entry")
