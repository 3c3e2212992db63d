"""One row of the form: what the field is called, its widget, and what is to be said about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QEnterEvent, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.schema import kinds
from editor.translation import gettext as _
from editor.ui.form import groups
from editor.ui.form.advice import Advice, said
from editor.ui.form.editor_kinds import editor_of
from editor.ui.form.field_name import FieldName
from editor.ui.form.head_editor import HeadEditor
from editor.ui.form.places import Step
from editor.ui.form.rows import RowState
from editor.ui.form.text_editors import BoxEditor
from editor.ui.icons import icon
from editor.ui.theme import Theme

INDENT = 14
"""Pixels by which the rows of a group stand further in than its heading."""


RENAME_KEY, UP_KEY, DOWN_KEY = "F2", "Ctrl+Shift+Up", "Ctrl+Shift+Down"
"""As QKeySequence reads them; the form has them for the field that is at work in."""


class FieldRow(QWidget):
    """A field as the form shows it.

    Signals:
        removal_wanted: the writer wants the post to do without the field.
        rename_wanted: the name that the field shall have in the file.
        move_wanted: the field shall change places with its neighbour in the file: True with the one below.
        fix_wanted: the quick fix below the field was clicked; the dotted key of what it is about.
        override_wanted: the inherited value is to be written into the post.
        entry_named: the Field that the group shall have a row for.
        unwritten_changed: `holds_unwritten` is another.
    """

    removal_wanted = Signal()
    rename_wanted = Signal(str)
    move_wanted = Signal(bool)
    override_wanted = Signal()
    entry_named = Signal(object)
    fix_wanted = Signal(str)
    unwritten_changed = Signal()

    def __init__(self, state: RowState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = state
        self._refusal = ""
        self._objection = ""
        self._unwritten = False
        self._editable = True
        self._advice: tuple[Advice, ...] = ()
        self._steps: Callable[[bool], Step | None] = lambda _down: None
        label = kinds.label_of(state.field)
        look = "groupLabel" if state.shape else "fieldLabel"
        self._name = FieldName(state.field.key, label, look, self)
        self._name.label.menu_wanted.connect(self._show_menu)
        self._name.entered.connect(self._name_entered)
        self._name.edited.connect(lambda: self._say(""))
        self._menu_button = QToolButton(self)
        self._menu_button.setProperty("look", "rowMenu")
        self._menu_button.setIconSize(QSize(14, 14))
        self._menu_button.setFixedSize(22, 18)
        self._menu_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu_button.setToolTip(_("More about this field: rename, move or remove it"))
        self._menu_button.installEventFilter(self)
        self._menu_icon: QIcon | None = None
        self._menu_button.clicked.connect(
            lambda: self._show_menu(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))
        )
        self.editor = editor_of(state)(state.field, theme, self)
        self._name_all(state)
        self._name.left.connect(self.focus_menu)
        self._name.label.clicked.connect(
            lambda: self.editor.control().setFocus(Qt.FocusReason.MouseFocusReason)
        )
        self.editor.objected.connect(self._show_objection)
        for wish in (self.editor.value_set, self.editor.source_set, self.editor.unset):
            wish.connect(lambda *_what: self._say(""))
        for wish in (self.editor.list_added, self.editor.list_removed):
            wish.connect(lambda *_what: self._say(""))
        if isinstance(self.editor, BoxEditor):
            self.editor.length_changed.connect(self._show_hint)
        if isinstance(self.editor, HeadEditor):
            self.editor.entry_named.connect(self.entry_named)
        self._hint = QLabel(self)
        self._hint.setProperty("look", "hint")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._hint.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )  # a long word is cut off
        self._hint.hide()
        self._fix = QPushButton(self)
        self._fix.setProperty("look", "quickFix")
        self._fix.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fix.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fix.clicked.connect(self._fix_clicked)
        self._fix.hide()
        self._override = QPushButton(_("Override here"), self)
        self._override.setProperty("look", "quickFix")
        self._override.setCursor(Qt.CursorShape.PointingHandCursor)
        self._override.clicked.connect(self.override_wanted)
        self._override.hide()
        self._lay_out(beside=bool(state.shape) or state.field.kind == "switch", depth=state.depth)
        self.set_theme(theme)
        self.show_state(state)

    @property
    def state(self) -> RowState:
        """The state that was shown last."""
        return self._state

    def show_state(self, state: RowState, *, force: bool = False) -> None:
        """Show `state`; `force`, even where the widget holds something that was not written."""
        if (state.value, state.source) != (self._state.value, self._state.source):
            self._show_fix("")  # it was for the value before; what was said of that stays until there is news
            self._refusal = ""
        self._state = state
        if force or not self._can_be_renamed():
            self._name.give_up()
        self._show_override()
        self.editor.show_state(state, force=force)
        label = kinds.label_of(state.field)
        if label != self._name.label.text():
            self._name_all(state)
        self._name.show_words(label, state.field.description or state.field.key)
        self._menu_button.setVisible(state.removable or bool(self.editor.actions_offered()))
        self._update_editable()
        self._show_hint()

    def show_advice(self, advice: Sequence[Advice]) -> None:
        """Say below the field what a proof has found, and offer the first quick fix."""
        if tuple(advice) != self._advice:
            self._advice = tuple(advice)
            self._show_hint()
        self._show_fix(next((one.fix for one in advice if one.fix), ""))

    def set_steps(self, steps: Callable[[bool], Step | None]) -> None:
        """Take what tells how the field may be moved: True asks for the step down, False for the one up."""
        self._steps = steps

    def _name_all(self, state: RowState) -> None:
        """Say to assistive technology what the widgets are for."""
        label = kinds.label_of(state.field)
        self._menu_button.setAccessibleName(_("More about {label}").format(label=label))
        inside = state.group and state.shape != groups.CARD
        self.editor.name_controls(
            _("{group}: {label}").format(group=state.group, label=label) if inside else label
        )

    def _show_override(self) -> None:
        state = self._state
        self._override.setVisible(state.inherited is not None and not state.shape)
        label = kinds.label_of(state.field)
        self._override.setAccessibleName(_("{label}: override here").format(label=label))
        self._override.setObjectName(f"override-{state.field.key}")

    def _show_fix(self, title: str) -> None:
        self._fix.setVisible(bool(title))
        if title and self._fix.text() != title:
            self._fix.setText(title)
            self._fix.setToolTip(title)
            label = kinds.label_of(self._state.field)
            self._fix.setAccessibleName(_("{label}: {fix}").format(label=label, fix=title))

    def show_refusal(self, message: str) -> None:
        """Say why an edit was not made; what was typed stays to be seen, and mended."""
        if not self.editor.keeps_typed:
            self.editor.show_state(self._state, force=True)
        self.editor.refuse(message)
        self._refusal = message
        self._show_hint()

    def holds_unwritten(self) -> bool:
        """Return whether the widget shows something that was typed and is not in the file."""
        return self._unwritten

    def drop_typed(self) -> None:
        """Forget what was typed and is not in the file: another post is about to be shown."""
        self.editor.drop_typed()
        self._name.give_up()
        self._objection = self._refusal = ""
        self._show_hint()

    def set_editable(self, editable: bool) -> None:
        """Lock the row, whatever its own state is, or let that decide."""
        self._editable = editable
        self._fix.setEnabled(editable)
        self._override.setEnabled(editable)
        self._update_editable()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of what is painted here."""
        self._theme = theme
        self.editor.set_theme(theme)
        self._menu_icon = None
        self._show_menu_icon()

    def tab_stops(self) -> list[QWidget]:
        """Return what Tab goes through in this row: the field first, then its menu."""
        return [*self.editor.tab_stops(), self._fix, self._override, self._menu_button]

    def menu(self) -> QMenu:
        """Return the menu of what can be done with the field."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for words, act in self.editor.actions_offered():
            action = menu.addAction(words)
            action.setEnabled(self._editable)
            action.triggered.connect(lambda _checked=False, act=act: act())
        inside = bool(self._state.depth)
        if self._state.present:
            menu.addSeparator()
            if self._state.shape != groups.CARD:
                rename = menu.addAction(_words(_("Rename…"), RENAME_KEY))
                rename.setEnabled(self._can_be_renamed())
                rename.setToolTip(self._state.lock or _("Give the field another name in the file"))
                rename.triggered.connect(lambda _checked=False: self.ask_name())
            up = menu.addAction(_words(_("Move up") if inside else _("Move up in the file"), UP_KEY))
            self._offer_step(up, down=False)
            down = menu.addAction(_words(_("Move down") if inside else _("Move down in the file"), DOWN_KEY))
            self._offer_step(down, down=True)
            menu.addSeparator()
        words = _("Remove entry") if inside else _("Remove field")
        remove = menu.addAction(icon("trash", self._theme.dim, disabled=self._theme.faint), words)
        remove.setEnabled(self._can_be_removed())
        remove.triggered.connect(lambda _checked=False: self.removal_wanted.emit())
        return menu

    def ask_name(self) -> None:
        """Let the writer type another name for the field, in the place of its label."""
        if self._can_be_renamed():
            self._name.ask(self._own_name())

    def focus_menu(self) -> bool:
        """Put the focus on the button of the menu, if it has one."""
        self._menu_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._menu_button.hasFocus()

    def menu_has_focus(self) -> bool:
        """Return whether the button of the menu has the focus."""
        return self._menu_button.hasFocus()

    def _offer_step(self, action: QAction, *, down: bool) -> None:
        step = self._steps(down) if self._editable and self._state.lock is None else None
        action.setEnabled(step is not None and not step.refused)
        refused = step.refused if step is not None else ""
        tip = (
            _("Change places with the field below it") if down else _("Change places with the field above it")
        )
        action.setToolTip(self._state.lock or refused or tip)
        action.triggered.connect(lambda _checked=False: self.move_wanted.emit(down))

    def _can_be_renamed(self) -> bool:
        state = self._state
        return self._editable and state.present and state.lock is None and state.shape != groups.CARD

    def _own_name(self) -> str:
        """Return the field's name in the map that it is in."""
        key = self._state.field.key
        return key.rpartition(".")[2] if self._state.depth else key

    def _name_entered(self, name: str) -> None:
        if self._state.depth and "." in name:
            self._say(_("A name here has no dots: “{name}”").format(name=name))
        else:
            self.rename_wanted.emit(name)

    def _say(self, message: str) -> None:
        """Say below the field why something was not done; nothing: all is fine again."""
        self._refusal = message
        self._show_hint()

    def _fix_clicked(self) -> None:
        part = next((one.part for one in self._advice if one.fix), "")
        self.fix_wanted.emit(part or self._state.field.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self._menu_button.hasFocus() and self._can_be_removed():
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_menu_icon()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_menu_icon()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_menu_icon()
        return super().eventFilter(watched, event)

    def _show_menu_icon(self) -> None:
        """Show the mark of the menu where the pointer or the focus is; everywhere, it would be noise."""
        wanted = self.underMouse() or self._menu_button.hasFocus()
        if wanted and self._menu_icon is None:
            self._menu_icon = icon("more", self._theme.dim, disabled=self._theme.faint, size=14)
        self._menu_button.setIcon(self._menu_icon if wanted and self._menu_icon else QIcon())

    def _lay_out(self, *, beside: bool, depth: int) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(4)
        top.addWidget(self._name, 1)
        top.addWidget(self._menu_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(depth * INDENT, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        if beside:
            top.addWidget(self.editor)
        else:
            layout.addWidget(self.editor)
        layout.addWidget(self._hint)
        layout.addWidget(self._override, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._fix, 0, Qt.AlignmentFlag.AlignLeft)

    def _can_be_removed(self) -> bool:
        return self._editable and self._state.removable and self._state.lock is None

    def _show_menu(self, place: QPoint) -> None:
        self.menu().popup(place)

    def _update_editable(self) -> None:
        lock = self._state.lock
        self.editor.set_editable(self._editable and lock is None)
        if self.editor.toolTip() != (lock or ""):
            self.editor.setToolTip(lock or "")

    def _show_objection(self, message: str) -> None:
        self._objection = message
        self._refusal = ""
        self._show_hint()

    def _show_hint(self) -> None:
        """Say below the widget what matters most, and nothing where there is nothing to say."""
        state, part = self._state, ""
        unwritten = self.editor.keeps_typed and bool(self._objection or self._refusal)
        if unwritten != self._unwritten:
            self._unwritten = unwritten
            self.unwritten_changed.emit()
        if self._objection or self._refusal:
            severity, words = "error", self._objection or self._refusal
        elif state.lock:
            severity, words = "info", state.lock
        elif found := said(self._advice, state.problems):
            severity, words, part = found
        else:
            severity, words = "info", state.hint or self.editor.length_hint()
        if self._hint.text() != words:
            self._hint.setText(words)
        if self._hint.property("severity") != severity:
            self._hint.setProperty("severity", severity)
            self._hint.style().unpolish(self._hint)
            self._hint.style().polish(self._hint)
        self.editor.show_severity(severity, part)
        self._hint.setVisible(bool(words))
        self.editor.control().setAccessibleDescription(words or state.field.description)


def _words(text: str, keys: str) -> str:
    """Return the words of an action with its keys, which a menu sets in a column of their own."""
    return f"{text}\t{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}"
