"""FieldEditor: what every widget of a field has in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from editor.schema.content_type import Field
from editor.ui.form.rows import RowState
from editor.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Before:
    """What the file had for a key."""

    present: bool
    value: Any = None
    source: str | None = None


class FieldEditor(QWidget):
    """The widget of one field: it shows a state and says what the writer wants; it never changes a text.

    A refresh touches the widget only where the file's own value changed, and only where that is not what the
    widget shows already: so the caret, the focus and an input method's open composition survive the round
    trip of the writer's own edits, and a text that could not be written stays until the file has news.

    What is typed letter by letter is written on the way where it is a value. Where that ends in something that is
    none, the file gets back what it had before: not half of what was typed.

    Signals:
        value_set: the key and the new value.
        source_set: the key and the new value as the file is to write it.
        unset: the key that the file shall not have any more.
        list_added, list_removed: the key and the entry.
        restored: the key, and the value as the file had it before it was typed in (None: it had none).
        objected: why what was typed was not written (a sentence), or empty when it is fine again.
    """

    value_set = Signal(str, object)
    source_set = Signal(str, str)
    unset = Signal(str)
    list_added = Signal(str, object)
    list_removed = Signal(str, str)
    restored = Signal(str, object)
    objected = Signal(str)

    keeps_typed = False
    """Whether it shows what was typed, with the reason, where that could not be written."""

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.theme = theme
        self._shown: RowState | None = None
        self._objection = ""
        self._refusal = ""
        self._befores: dict[str, Before] = {}
        """What the file had for each key that is being typed in."""
        self._asking = False
        self._restoring = False

    @property
    def state(self) -> RowState:
        """The state that was shown last."""
        return self._shown if self._shown is not None else RowState(self.field, present=False)

    def show_state(self, state: RowState, *, force: bool = False) -> None:
        """Show `state`; `force`, even where the widget still holds something that was not written."""
        before, self._shown = self._shown, state
        self.field = state.field
        value_changed = (
            before is None
            or (before.present, before.value, before.source) != (state.present, state.value, state.source)
            or type(before.value) is not type(state.value)
        )
        if force:
            self.drop_typed()
        shows = force or (value_changed and not self._restoring)
        if shows and not self._asking:
            self._befores.clear()
        if shows:
            self.object_to("")
        self.show_words(state)
        if shows:
            self.show_value(state)

    def object_to(self, message: str) -> None:
        """Say why what was typed was not written; nothing: it was."""
        if message != self._objection or self._refusal:
            self._objection, self._refusal = message, ""
            self.objected.emit(message)

    @property
    def refusal(self) -> str:
        """Why what was asked for last was not done; empty where it was."""
        return self._refusal

    def refuse(self, message: str) -> None:
        """Take note that what was asked for last was not done."""
        self._refusal = message

    def is_granted(self, ask: Callable[[], None]) -> bool:
        """Let `ask` emit a wish, and return whether it was not refused."""
        self._refusal = ""
        self._asking = True
        ask()
        self._asking = False
        return not self._refusal

    def remember(self, key: str) -> Before:
        """Return what the file had for `key` when typing in it began, which may be now."""
        return self._befores.setdefault(key, self.now(key))

    def forget(self, key: str) -> None:
        """Take note that typing in `key` has ended: what the file has now is to stay."""
        self._befores.pop(key, None)

    def take_back(self, key: str) -> None:
        """Give the file what it had for `key` before it was typed in; the widget shows on what was typed."""
        before = self._befores.get(key)
        if before is None or before == self.now(key):
            return
        self._restoring = True
        if before.present and before.source is None:
            self.value_set.emit(key, before.value)
        else:
            self.restored.emit(key, before.source if before.present else None)
        self._restoring = False

    def now(self, _key: str) -> Before:
        """Return what the file has for one of the keys that the widget shows."""
        state = self.state
        return Before(state.present, state.value, state.source)

    # What a kind's own widget does.

    def finish(self) -> None:
        """Do what leaving the widget does: write what was typed and waits for that."""

    def drop_typed(self) -> None:
        """Forget what was typed and not written."""

    def control(self) -> QWidget:
        """Return the widget that takes the focus and bears the name `field-<key>`."""
        raise NotImplementedError

    def name_controls(self, label: str) -> None:
        """Give what can be focused its object name, and `label` as accessible name."""
        self.control().setObjectName(f"field-{self.field.key}")
        self.control().setAccessibleName(label)

    def actions_offered(self) -> list[tuple[str, Callable[[], None]]]:
        """Return what else the row's menu offers now: words, and what to do."""
        return []

    def show_value(self, state: RowState) -> None:
        """Show the value of `state`, and leave the widget alone where it shows it already."""
        raise NotImplementedError

    def show_words(self, state: RowState) -> None:
        """Show the placeholder, the suggestions and the like."""

    def show_severity(self, severity: str, part: str = "") -> None:
        """Draw the frame of a field that is fine (`info`), doubtful (`warning`) or wrong (`error`).

        `part` is the dotted key of what it is about inside the value; empty: no single part is known.
        """
        about = self.framed_for(part) if severity != "info" else []
        for widget in self.framed():
            wanted = severity if widget in about else "info"
            if widget.property("severity") != wanted:
                widget.setProperty("severity", wanted)
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    def framed(self) -> list[QWidget]:
        """Return the widgets with a frame."""
        return [self.control()]

    def framed_for(self, _part: str) -> list[QWidget]:
        """Return the widgets with a frame that show the part with the dotted key `_part`."""
        return self.framed()

    def tab_stops(self) -> list[QWidget]:
        """Return what Tab goes through here, in order."""
        return [self.control()]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of what is painted here."""
        self.theme = theme

    def set_editable(self, editable: bool) -> None:
        """Let the writer edit, or lock the field."""
        self.control().setEnabled(editable)

    def length_hint(self) -> str:
        """Return what is said about the length of the text, or nothing."""
        return ""
