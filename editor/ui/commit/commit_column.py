"""The left column of the commit view: the changed files, the checks, the message, and what is done with them."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.commit.changes_list import ChangesList
from editor.ui.commit.checks_list import ChecksList
from editor.ui.commit.git_work import SHOWN_LINES
from editor.ui.commit.tick_box import TickBox
from editor.ui.theme import Theme

SUBJECT = 72
"""Characters of a message's first line, beyond which most that show it cut it off (git-commit(1) asks for 50)."""
_MESSAGE = 78
"""Pixels of the message's box: three lines and a bit."""
_LEAST_ABOVE = 88
"""Pixels of the files and checks that are seen in the lowest window."""


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
        self.setFixedHeight(_MESSAGE)

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


class _Above(QScrollArea):
    """What scrolls above the message: the files, and the checks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("commitAbove")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inside = QWidget(self)
        self.inside.setObjectName("commitAboveInside")
        self.setWidget(self.inside)

    def minimumSizeHint(self) -> QSize:
        """As high as two files are (Qt)."""
        return QSize(super().minimumSizeHint().width(), _LEAST_ABOVE)


class CommitColumn(QWidget):
    """Shows what is given, and says what the person wants.

    Message and buttons stand at the bottom, where they stay; what else there is scrolls above them.

    Signals:
        commit_wanted: the button, or Ctrl+Enter.
        push_wanted: the button.
        pull_wanted: the button.
        cancel_wanted: what runs is to be ended.
        amend_toggled: whether the last commit is to be replaced.
        all_toggled: whether all files of the list are to be committed.
        rest_toggled: whether the files outside of the site are to be shown.
        take_over_wanted: what hooks made of the files is to be taken over.
        message_edited: the message was changed by the person.
    """

    commit_wanted = Signal()
    push_wanted = Signal()
    pull_wanted = Signal()
    cancel_wanted = Signal()
    amend_toggled = Signal(bool)
    all_toggled = Signal(bool)
    rest_toggled = Signal(bool)
    take_over_wanted = Signal()
    message_edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commitColumn")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._above = _Above(self)
        self._heading = self._section("")
        self.all = TickBox(_("All"), self)
        self.all.setObjectName("allFiles")
        self.all.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft
        )  # its sign stands above those of the files
        self.all.setToolTip(_("Tick all files of the list, or none"))
        self.all.setAccessibleName(_("Commit all files"))
        self.all.setFixedHeight(24)  # its words stand in the line of the heading
        self.all.hide()
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
        self.commit_button.setToolTip(_("Commit what is ticked (Ctrl+Enter, from anywhere in the review)"))
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
        self._result.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._back: QPushButton | None = None
        """What was pressed for what runs: it has the focus again once it can."""
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
        self.output.setMaximumBlockCount(SHOWN_LINES)
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
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 17, 0)
        head.addWidget(self._heading, 1)
        head.addWidget(self.all, 0, Qt.AlignmentFlag.AlignBottom)
        above = QVBoxLayout(self._above.inside)
        above.setContentsMargins(0, 6, 0, 4)
        above.setSpacing(0)
        above.addLayout(head)
        above.addWidget(self._warning)
        above.addWidget(self.list)
        above.addWidget(self._none)
        above.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignLeft)
        above.addWidget(self._checks_heading)
        above.addWidget(self.checks)
        above.addStretch(1)
        framed = QHBoxLayout()
        framed.setContentsMargins(10, 8, 10, 0)
        framed.addWidget(self._result)
        above.addLayout(framed)
        fixed = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sync = QHBoxLayout()
        sync.setSpacing(8)
        for button in (self.push_button, self.pull_button):
            button.setSizePolicy(fixed)
            sync.addWidget(button, 1)
        self.commit_button.setSizePolicy(fixed)
        title = QHBoxLayout()
        title.addWidget(self._message_heading)
        title.addStretch(1)
        title.addWidget(self._length, 0, Qt.AlignmentFlag.AlignBottom)
        below = QVBoxLayout()
        below.setContentsMargins(10, 0, 10, 0)
        below.setSpacing(0)
        below.addWidget(self._why)
        below.addLayout(title)
        below.addWidget(self.message)
        below.addSpacing(8)
        below.addWidget(self.commit_button)
        below.addSpacing(8)
        below.addLayout(sync)
        below.addSpacing(8)
        below.addWidget(self.amend)
        self._message_heading.setContentsMargins(8, 6, 0, 4)
        self._why.setContentsMargins(8, 6, 4, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 10)
        layout.setSpacing(0)
        layout.addWidget(self._above, 1)
        layout.addLayout(below)
        self._order()

    def _order(self) -> None:
        """Let Tab lead from top to bottom, as it is seen."""
        checks = self.checks.focus_widgets()
        result = [self._result, self.output, self.take_over_button, self.cancel_button, self.close_button]
        last = [self.message, self.commit_button, self.push_button, self.pull_button, self.amend]
        for before, after in pairwise([self.all, self.list, self._rest, *checks, *result, *last]):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.message.textChanged.connect(self._on_message)
        self.message.commit_wanted.connect(self.commit_by_key)
        self.commit_button.clicked.connect(self.commit_wanted)
        self.push_button.clicked.connect(self.push_wanted)
        self.pull_button.clicked.connect(self.pull_wanted)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.take_over_button.clicked.connect(self.take_over_wanted)
        self.close_button.clicked.connect(self.hide_result)
        self.amend.toggled.connect(self.amend_toggled)
        self.all.clicked.connect(lambda _checked: self._on_all())
        self.list.selectionModel().currentChanged.connect(self._show_row)
        for button in (self.commit_button, self.push_button, self.pull_button):
            button.installEventFilter(self)

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
        self.all.setCheckState(self.list.all_state())
        self.all.setVisible(files > 1)
        words = ngettext("{count} more outside of the site", "{count} more outside of the site", rest)
        self._rest.setText(_("Hide what is outside of the site") if rest_shown else words.format(count=rest))
        self._rest.setVisible(bool(rest))
        self._rest.blockSignals(True)
        self._rest.setChecked(rest_shown)
        self._rest.blockSignals(False)

    def show_checks_heading(self, *, shown: bool) -> None:
        """Show what stands above the checks, where there are any."""
        self._checks_heading.setVisible(shown)
        self._order()

    def show_commit(self, words: str, why: str, *, enabled: bool) -> None:
        """Show what the button does, and why it can't; `why` is empty where it is plain to see."""
        self.commit_button.setText(words)
        self.commit_button.setEnabled(enabled)
        self._why.setText(why)
        self._why.setVisible(bool(why))

    def show_running(self, words: str) -> None:
        """Tell what runs; its lines follow by `show_lines`."""
        self.output.clear()
        focus = self.window().focusWidget()
        pressed = (self.commit_button, self.push_button, self.pull_button)
        self._back = next((button for button in pressed if button is focus), None)
        self._show_result(words, tone="", running=True)
        if self._back is not None:  # it is about to be off; Space pressed twice is not to cancel what runs
            self._result.setFocus()

    def show_lines(self, lines: str) -> None:
        """Show lines that are printed, with line breaks between them."""
        self.output.appendPlainText(lines)
        self.output.setVisible(True)

    def show_result(self, words: str, *, failed: bool, output: str = "", take_over: bool = False) -> None:
        """Tell how it ended; `output` is what was printed, of which the end is shown where it failed."""
        printed = "\n".join(output.strip().rsplit("\n", SHOWN_LINES)[-SHOWN_LINES:])
        if printed and printed != self.output.toPlainText().strip():
            self.output.setPlainText(printed)
        inside = self._result.isAncestorOf(self.window().focusWidget() or self)
        self._show_result(words, tone="bad" if failed else "good", running=False)
        if inside:
            self._result.setFocus()
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
        self.all.set_theme(theme)
        self.amend.set_theme(theme)
        self.checks.set_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the focus back to what was pressed, as soon as it can be pressed again (Qt)."""
        if event.type() == QEvent.Type.EnabledChange and watched is self._back and self._back.isEnabled():
            back, self._back = self._back, None
            if self.window().focusWidget() in (self._result, None):
                back.setFocus()
        return super().eventFilter(watched, event)

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
        QTimer.singleShot(0, self, self._reveal_result)

    def _reveal_result(self) -> None:
        """Scroll to what is told of the last command, in a low window."""
        if self._result.isVisible():
            self._above.ensureWidgetVisible(self._result, 0, 4)

    def _show_row(self, index: QModelIndex) -> None:
        """Scroll to the row that the keys lead to."""
        row = self.list.visualRect(index)
        place = self.list.mapTo(self._above.inside, row.center())
        self._above.ensureVisible(place.x(), place.y(), 0, row.height() // 2 + 8)

    def _on_all(self) -> None:
        """Tick all where not all are, else none: a box that is half on is pressed to be on."""
        self.all_toggled.emit(self.list.all_state() != Qt.CheckState.Checked)
        self.all.setCheckState(self.list.all_state())

    def _on_message(self) -> None:
        subject = self.message.toPlainText().split("\n", 1)[0]
        over = len(subject) - SUBJECT
        self._length.setVisible(over > 0)
        words = ngettext(
            "The first line is {count} character over {limit}.",
            "The first line is {count} characters over {limit}.",
            over,
        )
        told = words.format(count=over, limit=SUBJECT)
        self._length.setText(_("{count} over {limit}").format(count=over, limit=SUBJECT))
        self._length.setToolTip(told)
        self._length.setAccessibleName(told)
        self.message_edited.emit()

    def commit_by_key(self) -> None:
        """Commit, where the button would."""
        if self.commit_button.isEnabled():
            self.commit_wanted.emit()

    def _section(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setProperty("look", "columnHeading")
        label.setContentsMargins(18, 10, 10, 4)
        return label
