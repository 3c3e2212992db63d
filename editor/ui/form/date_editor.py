"""The widget of a date: one line, or a line for each date of a map."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from editor.errors import FrontMatterError
from editor.schema import dates, kinds
from editor.schema.content_type import Field
from editor.translation import gettext as _
from editor.ui.form.date_line import DateLine
from editor.ui.form.field_editor import Before, FieldEditor
from editor.ui.form.rows import Entry, RowState
from editor.ui.theme import Theme


class _EntryRow(QWidget):
    """One date of a map: what it is called, and its line."""

    def __init__(self, field: Field, name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = DateLine(field, theme, self)
        self.line.setObjectName(f"field-{field.key}")
        label = QLabel(entry_label(name), self)
        label.setProperty("look", "entryLabel")
        label.setFixedWidth(56)
        label.setToolTip(field.key)
        label.setBuddy(self.line)
        self.line.setAccessibleName(_("Date {name}").format(name=name))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label)
        layout.addWidget(self.line, 1)


class DateEditor(FieldEditor):
    """A date, or the dates of a map; what is no date is said at once and not written."""

    keeps_typed = True

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(field, theme, parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._single = self._wire(DateLine(self._line_field(field.key), theme, self))
        self._layout.addWidget(self._single)
        self._entries: dict[str, _EntryRow] = {}
        self._objections: dict[str, str] = {}
        self._add = QPushButton(_("Add updated date"), self)
        self._add.setProperty("look", "link")
        self._add.clicked.connect(self._add_updated)
        self._layout.addWidget(self._add)
        self._add.hide()

    def control(self) -> QWidget:
        return next((row.line for row in self._entries.values()), self._single)

    def framed(self) -> list[QWidget]:
        return [self._single, *(row.line for row in self._entries.values())]

    def framed_for(self, part: str) -> list[QWidget]:
        prefix = f"{self.field.key}."
        wrong = {key.removeprefix(prefix) for key in [*self._objections, part]} & self._entries.keys()
        if not wrong:
            wrong = {entry.name for entry in self.state.entries if self._is_wrong(entry)}
        if not wrong and "created" not in self._entries:
            wrong = self._entries.keys() - {"updated"}  # one of these was to be it
        return [self._entries[name].line for name in wrong] or self.framed()

    def _is_wrong(self, entry: Entry) -> bool:
        found = kinds.validate(self._line_field(f"{self.field.key}.{entry.name}"), entry.value, entry.source)
        return any(problem.severity != "info" for problem in found)

    def tab_stops(self) -> list[QWidget]:
        return [*self.framed(), self._add]

    def name_controls(self, label: str) -> None:
        # The name belongs to what shows the field: the line, or all lines of the map.
        shown, other = (self, self._single) if self._entries else (self._single, self)
        other.setObjectName("")
        shown.setObjectName(f"field-{self.field.key}")
        shown.setAccessibleName(label)

    def show_value(self, state: RowState) -> None:
        self._objections.clear()
        is_map = isinstance(state.value, dict)
        self._show_entries(state.entries)
        if not is_map:
            self._single.show_date(state.value, state.source)
        self._single.setVisible(not is_map)
        self._add.setVisible(is_map and "updated" not in state.value)
        self.name_controls(kinds.label_of(state.field))

    def show_words(self, state: RowState) -> None:
        self._single.setPlaceholderText(state.placeholder)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._single.set_theme(theme)
        for row in self._entries.values():
            row.line.set_theme(theme)

    def set_editable(self, editable: bool) -> None:
        self._single.setEnabled(editable)
        self._add.setEnabled(editable)
        locks = {entry.name: entry.lock for entry in self.state.entries}
        for name, row in self._entries.items():
            row.setEnabled(editable and not locks.get(name))
            row.setToolTip(locks.get(name) or "")

    def actions_offered(self) -> list[tuple[str, Callable[[], None]]]:
        state = self.state
        if not state.field.options.get("map") or not state.present or state.lock:
            return []
        offered: list[tuple[str, Callable[[], None]]] = []
        updated = isinstance(state.value, dict) and "updated" in state.value
        if isinstance(state.value, (datetime.date, dict)) and not updated:
            offered.append((_("Add updated date"), self._add_updated))
        for entry in state.entries:
            if entry.name != "created" and not entry.lock:
                words = _("Remove the date “{name}”").format(name=entry_label(entry.name))
                offered.append((words, partial(self.unset.emit, f"{self.field.key}.{entry.name}")))
        return offered

    def _line_field(self, key: str) -> Field:
        # Of the field's options, those of a map are not a single line's.
        options = {name: value for name, value in self.field.options.items() if name != "map"}
        return Field(key, "date", options=options)

    def _wire(self, line: DateLine) -> DateLine:
        line.begun.connect(self.remember)
        line.date_typed.connect(self._date_typed)
        line.refused.connect(self._refused)
        line.ended.connect(self.forget)
        line.emptied.connect(self._emptied)
        return line

    def _show_entries(self, entries: tuple[Entry, ...]) -> None:
        names = [entry.name for entry in entries]
        for name in [name for name in self._entries if name not in names]:
            row = self._entries.pop(name)
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        for position, entry in enumerate(entries):
            row = self._entries.get(entry.name) or self._make_entry(entry.name)
            if self._layout.indexOf(row) != position + 1:
                self._layout.insertWidget(position + 1, row)
            row.line.show_date(entry.value, entry.source)

    def _make_entry(self, name: str) -> _EntryRow:
        key = f"{self.field.key}.{name}"
        row = self._entries[name] = _EntryRow(self._line_field(key), name, self.theme, self)
        self._wire(row.line)
        return row

    def finish(self) -> None:
        for line in (self._single, *(row.line for row in self._entries.values())):
            line.finish()

    def now(self, key: str) -> Before:
        if key == self.field.key:
            return super().now(key)
        return next(
            (
                Before(True, entry.value, entry.source)
                for entry in self.state.entries
                if key == f"{self.field.key}.{entry.name}"
            ),
            Before(False),
        )

    def _date_typed(self, key: str, value: Any, text: str) -> None:
        bare = self.state.format == "toml"
        if self._is_text(self.remember(key).value):
            value = text
        elif bare and isinstance(value, str):
            # TOML has dates, and a text that looks like one is not what is meant.
            self._refused(key, _said_of_date(text))
            return
        # A moment can be written in many ways: the file gets the writer's own.
        exact = isinstance(value, datetime.datetime) and self.state.format != "json"
        if isinstance(value, datetime.datetime) and not exact:
            value = text
        self._line_objected(key, "")
        wish = self.source_set if exact else self.value_set
        if not self.is_granted(lambda: wish.emit(key, text if exact else value)):
            self._refused(key, self.refusal)

    def _refused(self, key: str, message: str) -> None:
        """Say why what was typed is no date; the file has what it had before, not a part of that."""
        self.take_back(key)
        self._line_objected(key, message)

    def _is_text(self, before: Any) -> bool:
        """Return whether a date is to stay the text that it was, quotes and all."""
        if not isinstance(before, str) or not self.field.options.get("text"):
            return False
        return self.state.format != "toml" or not _said_of_date(before)

    def _emptied(self, key: str) -> None:
        needed = key == f"{self.field.key}.created" or (key == self.field.key and self.field.required)
        if needed:
            self._line_objected(key, _("The date is missing: write one such as 2024-01-31"))
        elif self.now(key).value is not None:
            self.unset.emit(key)

    def _line_objected(self, key: str, message: str) -> None:
        if message:
            self._objections[key] = message
        else:
            self._objections.pop(key, None)
        self.object_to(next(iter(self._objections.values()), ""))

    def _add_updated(self) -> None:
        state = self.state
        today = datetime.date.today()
        if isinstance(state.value, dict):
            self.value_set.emit(f"{self.field.key}.updated", today)
        else:
            self.value_set.emit(self.field.key, {"created": state.value, "updated": today})


def _said_of_date(text: str) -> str:
    """Return why `text` is no date, or nothing where it is one."""
    try:
        dates.read(text)
    except FrontMatterError as error:
        return error.message
    return ""


def entry_label(name: str) -> str:
    """Return what people call one date of a map."""
    if name == "created":
        return _("Created")
    if name == "updated":
        return _("Updated")
    return name
