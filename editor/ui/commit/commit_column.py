"""The left column of the commit view: the changed files, the checks, the message, and what is done with them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.commit.changes_list import ChangesList
from editor.ui.commit.checks_list import ChecksList
from editor.ui.commit.tick_box import TickBox
from editor.ui.theme import Theme

SUBJECT = 72
"""Characters of a message's first line, beyond which most that show it cut it off (git-commit(1) asks for 50)."""
_OUTPUT_LINES = 500


class MessageEdit(QPlainTextEdit):
    """The commit message; Ctrl+Enter commits.

    Signals:
        commit_wanted: Ctrl+Enter was pressed.
    """

    commit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commitMessage")
        self.setAccessibleName(_("Commit message"))
        self.setPlaceholderText(_("What this changes, in a line"))
        self.setTabChangesFocus(True)
        self.setMinimumHeight(72)
        self.setMaximumHeight(86)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit by Ctrl+Enter (Qt)."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret where it comes by keys, too (Qt)."""
        super().focusInEvent(event)
        self.ensureCursorVisible()


class CommitColumn(QWidget):
    """Shows what is given, and says what the person wants.

    Signals:
        commit_wanted: the button, or Ctrl+Enter.
        push_wanted: the button.
        pull_wanted: the button.
        cancel_wanted: what runs is to be ended.
        amend_toggled: whether the last commit is to be replaced.
        rest_toggled: whether the files outside of the site are to be shown.
        take_over_wanted: what hooks made of the files is to be taken over.
        message_edited: the message was changed by the person.
    """

    commit_wanted = Signal()
    push_wanted = Signal()
    pull_wanted = Signal()
    cancel_wanted = Signal()
    amend_toggled = Signal(bool)
    rest_toggled = Signal(bool)
    take_over_wanted = Signal()
    message_edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commitColumn")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._heading = self._section("")
        self._warning = QLabel(self)
        self._warning.setObjectName("commitWarning")
        self._warning.setWordWrap(True)
        self._warning.hide()
        self.list = ChangesList(self)
        self._none = QLabel(_("Nothing has changed since the last commit."), self)
        self._none.setProperty("dim", True)
        self._none.setWordWrap(True)
        self._none.setContentsMargins(18, 6, 14, 8)
        self._none.hide()
        self._rest = QPushButton(self)
        self._rest.setObjectName("restOfRepository")
        self._rest.setProperty("look", "quickFix")
        self._rest.setCheckable(True)
        self._rest.toggled.connect(self.rest_toggled)
        self._rest.hide()
        self.checks = ChecksList(self)
        self._checks_heading = self._section(_("Checks"))
        self._message_heading = self._section(_("Message"))
        self.message = MessageEdit(self)
        self._message_heading.setBuddy(self.message)
        self._length = QLabel(self)
        self._length.setObjectName("subjectLength")
        self._length.setProperty("faint", True)
        self._length.hide()
        self.commit_button = QPushButton(self)
        self.commit_button.setObjectName("commitButton")
        self.commit_button.setProperty("primary", True)
        self.commit_button.setToolTip(_("Commit what is ticked (Ctrl+Enter)"))
        self.push_button = QPushButton(_("Push"), self)
        self.push_button.setObjectName("pushButton")
        self.pull_button = QPushButton(_("Pull"), self)
        self.pull_button.setObjectName("pullButton")
        self.amend = TickBox(_("Amend the last commit"), self)
        self.amend.setObjectName("amendCommit")
        self._why = QLabel(self)
        self._why.setObjectName("commitWhy")
        self._why.setProperty("dim", True)
        self._why.setWordWrap(True)
        self._why.hide()
        self._result = QFrame(self)
        self._result.setObjectName("gitResult")
        self._result_words = QLabel(self._result)
        self._result_words.setObjectName("gitWords")
        self._result_words.setWordWrap(True)
        self._result_words.setTextFormat(Qt.TextFormat.PlainText)
        self._result_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.output = QPlainTextEdit(self._result)
        self.output.setObjectName("gitOutput")
        self.output.setAccessibleName(_("What git and the hooks print"))
        self.output.setReadOnly(True)
        self.output.setTabChangesFocus(True)
        self.output.setMaximumBlockCount(_OUTPUT_LINES)
        self.output.setMinimumHeight(54)
        self.output.setMaximumHeight(118)
        self.cancel_button = QPushButton(_("Cancel"), self._result)
        self.cancel_button.setObjectName("cancelGit")
        self.take_over_button = QPushButton(_("Take over what the hook changed"), self._result)
        self.take_over_button.setObjectName("takeHookChanges")
        self.close_button = QPushButton(_("Close"), self._result)
        self.close_button.setObjectName("closeGitResult")
        self._lay_out()
        self._connect()
        self._result.hide()
        self._checks_heading.hide()
        self.setMinimumWidth(220)
        self.show_commit(_("Commit"), why="", enabled=False)

    def _lay_out(self) -> None:
        result = QVBoxLayout(self._result)
        result.setContentsMargins(10, 8, 10, 8)
        result.setSpacing(6)
        result.addWidget(self._result_words)
        result.addWidget(self.output)
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.take_over_button)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.cancel_button)
        last.addWidget(self.close_button)
        buttons.addLayout(last)
        result.addLayout(buttons)
        main = self._main = QHBoxLayout()
        main.setContentsMargins(10, 8, 10, 0)
        main.setSpacing(8)
        self.commit_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        main.addWidget(self.commit_button, 1)
        main.addWidget(self.push_button)
        second = self._second = QHBoxLayout()
        second.setContentsMargins(12, 6, 10, 0)
        second.setSpacing(8)
        second.addWidget(self.amend)
        second.addStretch(1)
        second.addWidget(self.pull_button)
        inset = QVBoxLayout()
        inset.setContentsMargins(10, 0, 10, 0)
        inset.setSpacing(4)
        inset.addWidget(self.message)
        inset.addWidget(self._length)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 10)
        layout.setSpacing(0)
        layout.addWidget(self._heading)
        layout.addWidget(self._warning)
        layout.addWidget(self.list)
        layout.addWidget(self._none)
        layout.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._checks_heading)
        layout.addWidget(self.checks)
        layout.addWidget(self._message_heading)
        layout.addLayout(inset)
        layout.addLayout(main)
        layout.addLayout(second)
        layout.addWidget(self._why)
        layout.addSpacing(6)
        framed = QHBoxLayout()
        framed.setContentsMargins(10, 0, 10, 0)
        framed.addWidget(self._result)
        layout.addLayout(framed)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.message.textChanged.connect(self._on_message)
        self.message.commit_wanted.connect(self._on_enter)
        self.commit_button.clicked.connect(self.commit_wanted)
        self.push_button.clicked.connect(self.push_wanted)
        self.pull_button.clicked.connect(self.pull_wanted)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.take_over_button.clicked.connect(self.take_over_wanted)
        self.close_button.clicked.connect(self.hide_result)
        self.amend.toggled.connect(self.amend_toggled)

    def show_branch(self, branch: str, warning: str) -> None:
        """Show what is checked out, and a sentence on what to know before a commit."""
        self._heading.setText(_("Changed · {branch}").format(branch=branch))
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))

    def show_counts(self, files: int, rest: int, *, rest_shown: bool, hidden: int = 0) -> None:
        """Show that there are `files` in the list, `rest` more outside of the site, and `hidden` that are too many."""
        said = ""
        if hidden:
            words = ngettext("{count} more is not listed", "{count} more are not listed", hidden)
            said = words.format(count=hidden)
        elif not files:
            said = _("Nothing has changed since the last commit.")
            if rest:
                said = _("Nothing of the site has changed since the last commit.")
        self._none.setText(said)
        self._none.setVisible(bool(said))
        self.list.setVisible(bool(files))
        words = ngettext("{count} more outside of the site", "{count} more outside of the site", rest)
        self._rest.setText(_("Hide what is outside of the site") if rest_shown else words.format(count=rest))
        self._rest.setVisible(bool(rest))
        self._rest.blockSignals(True)
        self._rest.setChecked(rest_shown)
        self._rest.blockSignals(False)

    def show_checks_heading(self, *, shown: bool) -> None:
        """Show what stands above the checks, where there are any."""
        self._checks_heading.setVisible(shown)

    def show_commit(self, words: str, why: str, *, enabled: bool) -> None:
        """Show what the button does, and why it can't; `why` is empty where it is plain to see."""
        self.commit_button.setText(words)
        self.commit_button.setEnabled(enabled)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._why.setContentsMargins(12, 6, 12, 0)
        self._fit_buttons()

    def show_running(self, words: str) -> None:
        """Tell what runs; its lines follow by `show_line`."""
        self.output.clear()
        self._show_result(words, tone="", running=True)

    def show_line(self, line: str) -> None:
        """Show a line that is printed."""
        self.output.appendPlainText(line)
        self.output.setVisible(True)

    def show_result(self, words: str, *, failed: bool, output: str = "", take_over: bool = False) -> None:
        """Tell how it ended; `output` is what was printed, which is shown where it failed."""
        if output.strip() and output.strip() != self.output.toPlainText().strip():
            self.output.setPlainText(output.strip())
        self._show_result(words, tone="bad" if failed else "good", running=False)
        self.output.setVisible(failed and bool(self.output.toPlainText().strip()))
        self.take_over_button.setVisible(take_over)

    def hide_result(self) -> None:
        """Put away what was told of the last command."""
        had_focus = self._result.isAncestorOf(self.focusWidget() or self)
        self._result.hide()
        if had_focus:
            self.list.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Colour everything."""
        self.list.set_theme(theme)
        self.amend.set_theme(theme)
        self.checks.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where there is room for them (Qt)."""
        super().resizeEvent(event)
        self._fit_buttons()

    def _show_result(self, words: str, tone: str, *, running: bool) -> None:
        self._result_words.setText(words)
        self._result.setAccessibleName(words)
        if self._result.property("tone") != tone:
            self._result.setProperty("tone", tone)
            self._result.style().unpolish(self._result)
            self._result.style().polish(self._result)
        self.output.setVisible(False)
        self.take_over_button.setVisible(False)
        self.cancel_button.setVisible(running)
        self.close_button.setVisible(not running)
        self._result.show()

    def _fit_buttons(self) -> None:
        """Put the button that pushes below the one that commits where both are too wide for one line."""
        margins = self._main.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._main.spacing()
        fits = self.commit_button.sizeHint().width() + self.push_button.sizeHint().width() <= room
        is_beside = self._main.indexOf(self.push_button) >= 0
        if fits and not is_beside:
            self._main.addWidget(self.push_button)
        elif not fits and is_beside:
            self._main.removeWidget(self.push_button)
            self._second.insertWidget(2, self.push_button)

    def _on_message(self) -> None:
        subject = self.message.toPlainText().split("\n", 1)[0]
        over = len(subject) - SUBJECT
        self._length.setVisible(over > 0)
        words = ngettext(
            "The first line is {count} character over {limit}.",
            "The first line is {count} characters over {limit}.",
            over,
        )
        self._length.setText(words.format(count=over, limit=SUBJECT))
        self.message_edited.emit()

    def _on_enter(self) -> None:
        if self.commit_button.isEnabled():
            self.commit_wanted.emit()

    def _section(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setProperty("look", "columnHeading")
        label.setContentsMargins(18, 10, 10, 4)
        return label
