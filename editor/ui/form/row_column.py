"""The widgets of the form's rows: made, shown in their order, kept for the next post, and dropped."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.ui.form.field_row import FieldRow
from editor.ui.form.rows import RowState


class RowColumn(Mapping[str, FieldRow]):
    """The rows that a form shows, by their keys from top to bottom."""

    def __init__(
        self,
        form: QWidget,
        layout: QVBoxLayout,
        make: Callable[[RowState], FieldRow],
        stops_below: Callable[[], list[QWidget]],
    ) -> None:
        """The rows stand in `layout` of `form`.

        `make` makes one; `stops_below` tells where Tab goes after the last of them.
        """
        self._form = form
        self._layout = layout
        self._make = make
        self._stops_below = stops_below
        self._rows: dict[str, FieldRow] = {}
        self._spare: dict[str, FieldRow] = {}
        """Rows of the post before, which the next one can have."""

    def __getitem__(self, key: str) -> FieldRow:
        return self._rows[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def holding(self, key: str) -> FieldRow | None:
        """Return the row of the field `key`, or that of the outermost field around it."""
        return self.get(key) or self.get(key.split(".")[0])

    def focused(self) -> FieldRow | None:
        """Return the row that has the form's focus."""
        focus = self._form.focusWidget()
        return next((row for row in self.values() if focus is not None and row.isAncestorOf(focus)), None)

    def show(self, states: list[RowState]) -> None:
        """Show rows of these states and no others; a row whose state is the same is not touched."""
        states = self._keep_widgets(states)
        wanted = {state.field.key: _widget(state) for state in states}
        for rows in (self._rows, self._spare):
            for key, row in list(rows.items()):
                if wanted.get(key) != _widget(row.state):
                    del rows[key]
                    self._drop(row)
        shown: dict[str, FieldRow] = {}
        for position, state in enumerate(states):
            row = self._rows.get(state.field.key) or self._take_spare(state) or self._make(state)
            if row.state != state or type(row.state.value) is not type(state.value):
                row.show_state(state)
            shown[state.field.key] = row
            if row.isHidden() or self._layout.indexOf(row) != position:
                self._layout.insertWidget(position, row)
                row.show()  # a layout would do so an event later, and until then Tab passes it by
        if list(shown.items()) != list(self._rows.items()):
            self._order_tabs(list(shown.values()))
        self._rows = shown

    def put_away(self) -> None:
        """Show no rows; they are kept for the next post."""
        for row in self._rows.values():
            # What was typed and not written goes with its post; losing the focus is not the writer's leaving it.
            row.blockSignals(True)
            row.editor.blockSignals(True)
            row.hide()
            row.drop_typed()
            row.editor.blockSignals(False)
            row.blockSignals(False)
        self._spare.update(self._rows)
        self._rows = {}

    def _keep_widgets(self, states: list[RowState]) -> list[RowState]:
        """Return `states`, the widgets being what they were where they still do.

        The kind of a key that no content type knows comes from its value: as a text grows while it is typed,
        its widget must not be changed for another under the writer's hands.
        """
        kept = []
        for state in states:
            row = self._rows.get(state.field.key)
            if row is not None and state.field.kind == "long_text" and row.state.field.kind == "text":
                if (
                    isinstance(state.value, str)
                    and "\n" not in state.value
                    and row.isAncestorOf(self._form.focusWidget())
                ):
                    state = replace(state, field=replace(state.field, kind="text"))
            elif row is not None and state.field.kind == "text" and row.state.field.kind == "long_text":
                state = replace(state, field=replace(state.field, kind="long_text"))
            kept.append(state)
        return kept

    def _order_tabs(self, rows: list[FieldRow]) -> None:
        """Let Tab go from top to bottom, whenever which row was made."""
        stops = [stop for row in rows for stop in row.tab_stops()] + self._stops_below()
        for one, next_one in pairwise(stops):
            QWidget.setTabOrder(one, next_one)

    def _take_spare(self, state: RowState) -> FieldRow | None:
        row = self._spare.pop(state.field.key, None)
        if row is not None:
            row.show_advice(())
            row.show_state(state, force=True)  # nothing that was typed in it belongs to this post
        return row

    def _drop(self, row: FieldRow) -> None:
        self._layout.removeWidget(row)
        row.blockSignals(True)
        row.editor.blockSignals(True)  # the focus that it loses is not the writer's leaving it
        for widget in row.findChildren(QWidget):
            widget.setObjectName("")  # it is there for a moment longer, and must not be found any more
        row.hide()
        row.deleteLater()


def _widget(state: RowState) -> tuple[str, str, int, bool]:
    """Return what the widget of a row depends on."""
    return state.field.kind, state.shape, state.depth, state.pictures is not None
