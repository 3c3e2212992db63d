"""The widgets of text: one line, a growing box, numbers; what is typed is written as it is typed."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.errors import FrontMatterError
from editor.schema import kinds
from editor.schema.content_type import Field
from editor.translation import gettext as _
from editor.ui.form.field_editor import FieldEditor
from editor.ui.form.inputs import InputBox, InputLine, in_one_line
from editor.ui.form.rows import RowState, shown_text
from editor.ui.theme import Theme


class LineEditor(FieldEditor):
    """One line of text: titles, slugs, and whatever else is short."""

    keeps_typed = True

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(field, theme, parent)
        self._line = InputLine(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._line)
        self._line.textEdited.connect(self._text_edited)
        self._line.editingFinished.connect(self._editing_finished)
        self._emptied = False

    def control(self) -> QWidget:
        return self._line

    def show_value(self, state: RowState) -> None:
        text = shown_text(state.value, state.source)
        self._emptied = self._emptied and not text
        if text != self._line.text():
            place = self._line.cursorPosition()
            self._line.setText(text)
            # The start of a long text is what one wants to see, unless one is at work in it.
            self._line.setCursorPosition(min(place, len(text)) if self._line.hasFocus() else 0)

    def show_words(self, state: RowState) -> None:
        if self._line.placeholderText() != state.placeholder:
            self._line.setPlaceholderText(state.placeholder)

    def finish(self) -> None:
        self._editing_finished()

    def length_hint(self) -> str:
        return _length_hint(self.field, self._line.text())

    def _text_edited(self, text: str) -> None:
        if self.state.one_line and (one_line := in_one_line(text)) != text:
            place = len(in_one_line(text[: self._line.cursorPosition()]))
            self._line.setText(one_line)
            self._line.setCursorPosition(place)
            text = one_line
        self._emptied = not text
        self.value_set.emit(self.field.key, text or _nothing(self.state))

    def _editing_finished(self) -> None:
        # An emptied field of those that are always shown is one that the post is to do without.
        if self._emptied and self.state.present and self.field.core:
            self._emptied = False
            self.unset.emit(self.field.key)


class NumberEditor(LineEditor):
    """A number in one line: what is none is not written, and says so."""

    def _text_edited(self, text: str) -> None:
        self.remember(self.field.key)
        self._emptied = not text.strip()
        if self._emptied:
            self.take_back(self.field.key)
            self.object_to("")
            return
        try:
            value: Any = kinds.parse(self.field, text)
        except FrontMatterError as error:
            self.take_back(self.field.key)
            self.object_to(error.message)
            return
        self.object_to("")
        if not self.is_granted(lambda: self.value_set.emit(self.field.key, value)):
            refusal = self.refusal
            self.take_back(self.field.key)
            self.object_to(refusal)

    def _editing_finished(self) -> None:
        self.forget(self.field.key)
        if self._emptied and self.state.present:
            self._emptied = False
            self.unset.emit(self.field.key)


class BoxEditor(FieldEditor):
    """Text of several lines, with a word about its length.

    Signals:
        length_changed: what `length_hint` says may be another.
    """

    keeps_typed = True

    length_changed = Signal()

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(field, theme, parent)
        self._box = InputBox(3, 10, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        self._box.textChanged.connect(self._text_changed)
        self._box.left.connect(self._leave)
        self._known = ""
        self._tail = ""
        """The line ends behind the text that `|` and `>` write: of the file, not of what is read."""
        self._emptied = False

    def control(self) -> QWidget:
        return self._box

    def show_value(self, state: RowState) -> None:
        # Known before it is shown, so that what the box reports is no news.
        text = shown_text(state.value, state.source)
        if text != self._known + self._tail:
            body = text.rstrip("\n") if (state.source or "")[:1] in ("|", ">") else text
            self._known, self._tail = body, text[len(body) :]
        self._emptied = self._emptied and not self._known
        self._box.set_content(self._known)

    def show_words(self, state: RowState) -> None:
        if self._box.placeholderText() != state.placeholder:
            self._box.setPlaceholderText(state.placeholder)
        self._box.set_one_line(state.one_line)

    def finish(self) -> None:
        self._leave()

    def length_hint(self) -> str:
        return _length_hint(self.field, self._box.content())

    def _text_changed(self) -> None:
        text = self._box.content()
        self.length_changed.emit()
        if text != self._known:
            self._known = text
            self._emptied = not text
            self.value_set.emit(self.field.key, text + self._tail if text else _nothing(self.state))

    def _leave(self) -> None:
        if self._emptied and self.state.present and self.field.core:
            self._emptied = False
            self.unset.emit(self.field.key)


def _nothing(state: RowState) -> str | None:
    """Return what stands for an empty text until the writer types on or leaves.

    An empty text has to be quoted, and the quotes would stay: a plain value that will go anyway becomes null.
    """
    quoted = state.source is not None and state.source[:1] in ("'", '"')
    return None if state.field.core and state.present and not quoted else ""


def _length_hint(field: Field, text: str) -> str:
    wanted = field.options.get("length")
    if not wanted:
        return ""
    return _("{count} of about {wanted} characters").format(count=len(text.strip()), wanted=wanted)
