"""Which widget edits which kind of field."""

from collections.abc import Mapping

from editor.ui.form.chips import ListEditor
from editor.ui.form.choice_editor import ChoiceEditor
from editor.ui.form.date_editor import DateEditor
from editor.ui.form.field_editor import FieldEditor
from editor.ui.form.head_editor import HeadEditor
from editor.ui.form.picture_editor import PictureEditor
from editor.ui.form.raw_editor import RawEditor
from editor.ui.form.rows import RowState
from editor.ui.form.text_editors import BoxEditor, LineEditor, NumberEditor
from editor.ui.form.toggle import SwitchEditor

EDITORS: Mapping[str, type[FieldEditor]] = {
    "text": LineEditor,
    "long_text": BoxEditor,
    "slug": LineEditor,
    "integer": NumberEditor,
    "number": NumberEditor,
    "switch": SwitchEditor,
    "date": DateEditor,
    "choice": ChoiceEditor,
    "choices": ListEditor,
    "list": ListEditor,
    "links": RawEditor,
    "map": RawEditor,
    "raw": RawEditor,
}
"""Kind -> widget; the same kinds as in `editor.schema.kinds.KINDS`."""


def editor_of(state: RowState) -> type[FieldEditor]:
    """Return the widget for what a row shows."""
    if state.pictures is not None:
        return PictureEditor
    return HeadEditor if state.shape else EDITORS.get(state.field.kind, RawEditor)
