"""One row of the form: what the field is called, its widget, and what is to be said about it."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QIcon, QKeyEvent, QMouseEvent
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
from editor.ui.form.editor_kinds import editor_of
from editor.ui.form.head_editor import HeadEditor
from editor.ui.form.rows import RowState
from editor.ui.form.text_editors import BoxEditor
from editor.ui.icons import icon
from editor.ui.theme import Theme

INDENT = 14
"""Pixels by which the rows of a group stand further in than its heading."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What else there is to say about a field, beside what its kind finds."""

    severity: str
    message: str
    fix: str = ""
    """What a quick fix would do, in a few words; empty: there is none."""
    part: str = ""
    """The dotted key of what it is about inside the field's value; empty: no single part is known."""


class FieldLabel(QLabel):
    """What a field is called. Its menu holds what can be done with the field; a click goes to the widget.

    Signals:
        menu_wanted: where on the screen.
        clicked: to go to the widget.
    """

    menu_wanted = Signal(QPoint)
    clicked = Signal()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())
        event.accept()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()


class FieldRow(QWidget):
    """A field as the form shows it.

    Signals:
        removal_wanted: the writer wants the post to do without the field.
        fix_wanted: the quick fix below the field was clicked.
        override_wanted: the inherited value is to be written into the post.
        entry_named: the Field that the group shall have a row for.
    """

    removal_wanted = Signal()
    override_wanted = Signal()
    entry_named = Signal(object)
    fix_wanted = Signal()

    def __init__(self, state: RowState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = state
        self._refusal = ""
        self._objection = ""
        self._editable = True
        self._advice: Advice | None = None
        label = kinds.label_of(state.field)
        self._label = FieldLabel(label, self)
        self._label.setProperty("look", "groupLabel" if state.shape else "fieldLabel")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._label.menu_wanted.connect(self._show_menu)
        self._menu_button = QToolButton(self)
        self._menu_button.setProperty("look", "rowMenu")
        self._menu_button.setIconSize(QSize(14, 14))
        self._menu_button.setFixedSize(22, 18)
        self._menu_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu_button.setAccessibleName(_("More about {label}").format(label=label))
        self._menu_button.setToolTip(_("More about this field"))
        self._menu_button.installEventFilter(self)
        self._menu_icon: QIcon | None = None
        self._menu_button.clicked.connect(
            lambda: self._show_menu(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))
        )
        self.editor = editor_of(state)(state.field, theme, self)
        self._name_controls(state)
        self._label.clicked.connect(lambda: self.editor.control().setFocus(Qt.FocusReason.MouseFocusReason))
        self.editor.objected.connect(self._show_objection)
        if isinstance(self.editor, BoxEditor):
            self.editor.length_changed.connect(self._show_hint)
        if isinstance(self.editor, HeadEditor):
            self.editor.entry_named.connect(self.entry_named)
        self._hint = QLabel(self)
        self._hint.setProperty("look", "hint")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._hint.hide()
        self._fix = QPushButton(self)
        self._fix.setProperty("look", "quickFix")
        self._fix.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fix.clicked.connect(self.fix_wanted)
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
            self._advice = None  # it was for the value before
            self._show_fix("")
        self._state = state
        self._refusal = ""
        self._show_override()
        self.editor.show_state(state, force=force)
        label = kinds.label_of(state.field)
        if self._label.text() != label:
            self._label.setText(label)
        tip = state.field.description or state.field.key
        if self._label.toolTip() != tip:
            self._label.setToolTip(tip)
        self._menu_button.setVisible(state.removable or bool(self.editor.actions_offered()))
        self._update_editable()
        self._show_hint()

    def show_advice(self, advice: Advice | None) -> None:
        """Say below the field what was found, where its kind has nothing to say, and offer the quick fix."""
        if advice != self._advice:
            self._advice = advice
            self._show_hint()
        self._show_fix(advice.fix if advice is not None else "")

    def _name_controls(self, state: RowState) -> None:
        label = kinds.label_of(state.field)
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
            label = kinds.label_of(self._state.field)
            self._fix.setAccessibleName(_("{label}: {fix}").format(label=label, fix=title))

    def show_refusal(self, message: str) -> None:
        """Say why an edit was not made, and show what the file has."""
        self.editor.show_state(self._state, force=True)
        self._refusal = message
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
        for words, act in self.editor.actions_offered():
            action = menu.addAction(words)
            action.setEnabled(self._editable)
            action.triggered.connect(lambda _checked=False, act=act: act())
        words = _("Remove entry") if self._state.depth else _("Remove field")
        remove = menu.addAction(icon("trash", self._theme.dim, disabled=self._theme.faint), words)
        remove.setEnabled(self._can_be_removed())
        remove.triggered.connect(lambda _checked=False: self.removal_wanted.emit())
        return menu

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
        top.addWidget(self._label, 1)
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
        if self._objection or self._refusal:
            severity, words = "error", self._objection or self._refusal
        elif state.lock:
            severity, words = "info", state.lock
        elif state.problems:
            worst = min(
                state.problems, key=lambda problem: ("error", "warning", "info").index(problem.severity)
            )
            severity, words = (
                worst.severity,
                "\n".join(dict.fromkeys(problem.message for problem in state.problems)),
            )
        elif self._advice is not None:
            severity, words, part = self._advice.severity, self._advice.message, self._advice.part
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
