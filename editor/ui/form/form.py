"""FrontMatterForm: the front matter of the open post as a form."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from editor.schema import kinds
from editor.schema.content_type import ContentType, Field
from editor.translation import gettext as _
from editor.ui.form import groups, places
from editor.ui.form.add_field import AddFieldButton
from editor.ui.form.advice import Advice
from editor.ui.form.facts import FormFacts
from editor.ui.form.field_row import DOWN_KEY, RENAME_KEY, UP_KEY, FieldRow
from editor.ui.form.fields_pane import FieldsPane
from editor.ui.form.file_note import FileNote
from editor.ui.form.notice import NoticeCard
from editor.ui.form.picture_editor import PictureEditor
from editor.ui.form.row_column import RowColumn
from editor.ui.form.rows import FrontMatter, RowState, Suggestion, addable, all_suggestions, row_states
from editor.ui.tasks import PoolTasks
from editor.ui.theme import LIGHT, Theme


class FrontMatterForm(QWidget):
    """Shows a post's front matter field by field, and says what the writer wants changed.

    It holds no text and changes none: whoever keeps the post makes the edit and calls `show_front_matter`
    with what then stands there. A refresh touches the rows that changed, and no others.

    Signals:
        value_set: the key (dotted for a nested one) and the new value.
        source_set: the key and the new value as the file is to write it.
        unset: the key that the file shall not have any more.
        restored: the key, and its value as the file had it before it was typed in (None: it had none).
        list_added, list_removed: the key of a list and the entry (a dict in a list of maps).
        renamed: the key of a field and its new name in the map that it is in.
        moved: the key of a field, or of an entry of a list, and the one behind which it is to stand in the file;
            None: first.
        fence_wanted: the post has no front matter, and the writer wants an empty one.
        file_wanted: the file that has the fields is to be shown as a text.
        go_to_line: line and column in the file, from 1.
        fix_wanted: the dotted key of what the quick fix is about that was clicked; empty: the front matter itself.
        undo_wanted, redo_wanted: the keys of undo and redo were pressed in a field.
        unwritten_changed: whether a field shows something that could not be written may be another.
    """

    value_set = Signal(str, object)
    source_set = Signal(str, str)
    unset = Signal(str)
    restored = Signal(str, object)
    list_added = Signal(str, object)
    list_removed = Signal(str, str)
    renamed = Signal(str, str)
    moved = Signal(str, object)
    fence_wanted = Signal()
    file_wanted = Signal()
    go_to_line = Signal(int, int)
    fix_wanted = Signal(str)
    undo_wanted = Signal()
    redo_wanted = Signal()
    unwritten_changed = Signal()

    def __init__(self, theme: Theme = LIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("frontMatterForm")
        self.setAccessibleName(_("Front matter"))
        self._theme = theme
        self._tasks = PoolTasks(self)
        self._added: list[Field] = []
        self._content_type = ContentType("", ())
        self._facts = FormFacts()
        self._suggestions: dict[str, tuple[Suggestion, ...]] = {}
        self._front_matter: FrontMatter | None = None
        self._header: QWidget | None = None
        self._read_only: str | None = None

        self._notice = NoticeCard(theme, self)
        self._notice.go_to_line.connect(self.go_to_line)
        self._notice.fence_wanted.connect(self.fence_wanted)
        self._notice.fix_wanted.connect(lambda: self.fix_wanted.emit(""))
        self._add = AddFieldButton(theme, self)
        self._add.field_chosen.connect(self.add_field)

        content = self._content = FieldsPane(theme, self)
        content.setObjectName("frontMatterFields")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(14)
        self._file = FileNote(self)
        self._file.file_wanted.connect(self.file_wanted)
        self._column.addWidget(self._file)
        self._column.addWidget(self._notice)
        row_layout = QVBoxLayout()
        row_layout.setSpacing(14)
        self._column.addLayout(row_layout)
        self._rows = RowColumn(self, row_layout, self._make_row, self._add.tab_stops)
        self._column.addWidget(self._add)
        self._column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("frontMatterScroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        self._make_actions()
        self.clear()

    # What it shows.

    def show_front_matter(
        self, front_matter: FrontMatter, content_type: ContentType, facts: FormFacts
    ) -> None:
        """Show `front_matter`; nothing is emitted. One that can't be read locks what was shown before."""
        if content_type != self._content_type or _offered(facts) != _offered(self._facts):
            self._suggestions = all_suggestions(content_type, facts)
        self._front_matter, self._content_type, self._facts = front_matter, content_type, facts
        self._refresh()

    def clear(self) -> None:
        """Show no post at all; to be called before another post is shown."""
        self._front_matter = None
        self._added.clear()
        self._rows.put_away()
        self._add.give_up()
        self._file.show_file("")
        self._notice.show_no_post()
        self._add.hide()
        self._scroll.verticalScrollBar().setValue(0)

    def finish_editing(self) -> None:
        """Write what was typed in the field that has the focus, as leaving it does."""
        row = self._rows.focused()
        if row is not None:
            row.editor.finish()

    def unwritten(self) -> str:
        """Return what the first field is called that shows something that could not be written, or nothing."""
        return next(
            (kinds.label_of(row.state.field) for row in self._rows.values() if row.holds_unwritten()), ""
        )

    def give_up_unwritten(self) -> bool:
        """Show what the file has in the field that has the focus, where that holds what could not be written."""
        row = self._rows.focused()
        if row is None or not row.holds_unwritten():
            return False
        row.show_state(row.state, force=True)
        return True

    def show_file(self, name: str) -> None:
        """Say which other file has the fields of the post; empty: the post has them itself."""
        self._file.show_file(name)

    def set_read_only(self, reason: str | None) -> None:
        """Lock all fields and say why: a sentence; None lets the post be edited. It holds until the next call."""
        if reason != self._read_only:
            self._read_only = reason
            self._refresh()

    def show_refusal(self, key: str, message: str) -> None:
        """Say below the field `key` why its edit was not made; what was typed in it stays."""
        row = self._rows.holding(key)
        if row is not None:
            row.show_refusal(message)

    def show_advice(self, advice: Mapping[str, Advice]) -> None:
        """Show what was found in a field, and offer quick fixes; the empty key is the front matter itself."""
        block = advice.get("")
        self._notice.show_fix(block.fix if block is not None and self._read_only is None else "")
        by_row: dict[str, list[Advice]] = {}
        for key, entry in advice.items():
            part = entry.part or key
            shown = part  # what is about an entry of a group is said at the entry's own row, if it has one
            while shown and shown not in self._rows:
                shown = shown.rpartition(".")[0]
            by_row.setdefault(shown, []).append(replace(entry, part=part))
        for key, row in self._rows.items():
            row.show_advice(by_row.get(key, ()))

    def set_header_widget(self, widget: QWidget | None) -> None:
        """Put `widget` above the fields, in place of the one that was there."""
        if self._header is not None:
            self._column.removeWidget(self._header)
            self._header.setParent(None)
        self._header = widget
        if widget is not None:
            self._column.insertWidget(0, widget)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of what is painted here; the rest comes by style sheet."""
        self._theme = theme
        self._notice.set_theme(theme)
        self._content.set_theme(theme)
        self._add.set_theme(theme)
        for row in self._rows.values():
            row.set_theme(theme)

    def focus_field(self, key: str) -> None:
        """Put the focus on the field `key`, and show it."""
        row = self._rows.holding(key)
        if row is not None:
            row.editor.control().setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(row)

    def problem_count(self) -> int:
        """Return how many problems the front matter has, as far as the form can tell."""
        if self._front_matter is None:
            return 0
        if self._front_matter.problem is not None:
            return 1
        return sum(len(row.state.problems) for row in self._rows.values())

    def shown_keys(self) -> list[str]:
        """Return the keys of the rows, from top to bottom."""
        return list(self._rows)

    def add_field(self, field: Field) -> None:
        """Show an empty row for `field`; the file gets it with its first value."""
        if field.key not in self._rows:
            self._added.append(field)
            self._refresh()
        self.focus_field(field.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        stops = [stop for row in self._rows.values() for stop in row.tab_stops()]
        first = next((stop for stop in stops if stop.isEnabled() and stop.isVisible()), None)
        if first is not None:
            first.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_wanted.emit()
        else:
            super().keyPressEvent(event)

    # How it does that.

    def _refresh(self) -> None:
        front_matter = self._front_matter
        if front_matter is None:
            return
        if front_matter.problem is not None:
            self._notice.show_problem(front_matter.problem)
            self._set_editable(False)
            return
        if self._read_only is not None:
            self._notice.show_read_only(self._read_only)
        elif front_matter.format == "none":
            self._notice.show_missing(can_begin=front_matter.begin() is not None)
        else:
            self._notice.show_nothing()
        self._added = [field for field in self._added if not groups.lookup(front_matter.values, field.key)[0]]
        states = row_states(front_matter, self._content_type, self._facts, self._added, self._suggestions)
        self._rows.show(states)
        self._content.show_rows(list(self._rows.values()))
        self._set_editable(self._read_only is None)
        self._add.show_fields(addable(self._content_type, list(self._rows)), list(self._rows))
        self._add.setVisible(self._read_only is None)

    def _set_editable(self, editable: bool) -> None:
        for row in self._rows.values():
            row.set_editable(editable)
        self._add.setEnabled(editable)

    def _make_row(self, state: RowState) -> FieldRow:
        row = FieldRow(state, self._theme, self)
        if isinstance(row.editor, PictureEditor):
            row.editor.set_tasks(self._tasks)
        key = state.field.key
        for signal, own in (
            (row.editor.value_set, self.value_set),
            (row.editor.source_set, self.source_set),
            (row.editor.unset, self.unset),
            (row.editor.restored, self.restored),
            (row.editor.list_added, self._add_to_list),
            (row.editor.list_removed, self.list_removed),
        ):
            signal.connect(own)
        row.removal_wanted.connect(lambda: self._remove(key))
        row.set_steps(lambda down: self._step(key, down))
        row.rename_wanted.connect(lambda name: self._rename(key, name))
        row.move_wanted.connect(lambda down: self._move(key, down))
        row.fix_wanted.connect(self.fix_wanted)
        row.override_wanted.connect(lambda: self._override(key))
        row.entry_named.connect(self.add_field)
        row.unwritten_changed.connect(self.unwritten_changed)
        return row

    def _remove(self, key: str) -> None:
        added = [field for field in self._added if field.key == key]
        if added:
            self._added = [field for field in self._added if field.key != key]
            self._refresh()
        if self._front_matter is not None and groups.lookup(self._front_matter.values, key)[0]:
            self.unset.emit(key)

    def _add_to_list(self, key: str, entry: object) -> None:
        self.list_added.emit(key, entry)
        if isinstance(entry, dict) and self._front_matter is not None:
            shown = groups.lookup(self._front_matter.values, key)[1]
            last = f"{key}.{len(shown) - 1}." if isinstance(shown, list) else key
            first = next((known for known in self._rows if known.startswith(last)), None)
            if first is not None:
                self.focus_field(first)

    def _step(self, key: str, down: bool) -> places.Step | None:
        front_matter = self._front_matter
        return places.step(front_matter, key, down=down) if front_matter is not None else None

    def _rename(self, key: str, name: str) -> None:
        if self._front_matter is None:
            return
        outer = places.outer_key(self._front_matter, key)
        wanted = f"{outer}.{name}" if outer else name
        self.renamed.emit(key, name)
        if not groups.lookup(self._front_matter.values, key)[0]:
            # Some formats know keys in lower case alone.
            self.focus_field(wanted if wanted in self._rows else wanted.lower())

    def _move(self, key: str, down: bool) -> None:
        row, step = self._rows.get(key), self._step(key, down)
        if row is None or step is None or self._read_only is not None or row.state.lock is not None:
            return
        if step.refused:
            row.show_refusal(step.refused)
            return
        from_menu = row.menu_has_focus()
        self.moved.emit(key, step.after)
        if step.key != key and (there := self._rows.get(step.key)) is not None:
            if not (from_menu and there.focus_menu()):
                self.focus_field(step.key)
            self._scroll.ensureWidgetVisible(there)

    def _make_actions(self) -> None:
        """Make the keys that rename and move the field that is at work in."""
        for words, keys, act in (
            (_("Rename the field"), RENAME_KEY, FieldRow.ask_name),
            (_("Move the field up in the file"), UP_KEY, lambda row: row.move_wanted.emit(False)),
            (_("Move the field down in the file"), DOWN_KEY, lambda row: row.move_wanted.emit(True)),
        ):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, act=act: self._with_focused_row(act))
            self.addAction(action)

    def _with_focused_row(self, act: Callable[[FieldRow], None]) -> None:
        row = self._rows.focused()
        if row is not None:
            act(row)

    def _override(self, key: str) -> None:
        row = self._rows.get(key)
        if row is not None and row.state.inherited is not None:
            self.value_set.emit(key, row.state.inherited)
            self.focus_field(key)


def _offered(facts: FormFacts) -> tuple[object, ...]:
    """Return what the suggestions are made of."""
    return facts.completions, facts.authors, facts.choices
