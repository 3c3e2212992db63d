"""The widget of all that has no other: the value as YAML, written when it is done and valid."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.errors import FrontMatterError
from editor.schema import kinds
from editor.schema.content_type import Field
from editor.translation import gettext as _
from editor.ui.form.field_editor import FieldEditor
from editor.ui.form.inputs import InputBox
from editor.ui.form.rows import RowState, read_source, source_lines
from editor.ui.theme import Theme


class RawEditor(FieldEditor):
    """Maps, links and everything that no other kind fits, as YAML; Ctrl+Enter or leaving it writes it."""

    keeps_typed = True

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(field, theme, parent)
        self._box = InputBox(1, 12, self)
        self._box.setProperty("look", "code")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        self._known = ""
        self._box.textChanged.connect(self._text_changed)
        self._box.left.connect(self._commit)

    def control(self) -> QWidget:
        return self._box

    def show_value(self, state: RowState) -> None:
        self._known = source_lines(state.source)
        self._box.set_content(self._known)

    def show_words(self, state: RowState) -> None:
        placeholder = state.placeholder or _("A value, as YAML")
        if self._box.placeholderText() != placeholder:
            self._box.setPlaceholderText(placeholder)

    def finish(self) -> None:
        self._commit()

    def _text_changed(self) -> None:
        text = self._box.content()
        if text == self._known or not text.strip():
            self.object_to("")
            return
        self.object_to(self._objection_to(text))

    def _objection_to(self, text: str) -> str:
        """Return why `text` can't be the field's value, or nothing."""
        try:
            value = read_source(text, self.state.format)
        except FrontMatterError as error:
            if error.line is None:
                return error.message
            return _("Line {line}, column {column}: {message}").format(
                line=error.line, column=error.column, message=error.message
            )
        problems = kinds.validate(self.state.field, value, text)
        return next((problem.message for problem in problems if problem.severity == "error"), "")

    def _commit(self) -> None:
        text = self._box.content()
        if text == self._known:
            return
        if not text.strip():
            if self.state.present:
                self._known = text
                self.unset.emit(self.field.key)
            return
        objection = self._objection_to(text)
        self.object_to(objection)
        if not objection:
            self._known = text
            self.source_set.emit(self.field.key, text.rstrip())
