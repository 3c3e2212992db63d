"""OutsideDesk: tells in the window what others did to the files of open posts, and does what is said about it."""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QTextCursor

from editor.errors import CopydeskError
from editor.translation import gettext as _
from editor.ui.appearance import Appearance
from editor.ui.dialogs import questions
from editor.ui.dialogs.merge import MergeDialog
from editor.ui.main_window import MainWindow
from editor.ui.outside.file_looks import FileLooks
from editor.ui.outside.outside_changes import OutsideChanges, is_about_own_file
from editor.ui.outside.told import Act, Difference, Told
from editor.ui.session import PostSession
from editor.ui.workspace import Workspace

_PASSING_MS = 20_000
"""How long a notice stays that goes by itself."""

_STEPS = 3


class OutsideDesk(QObject):
    """Shows the notice of the post shown, and the dialog of a difference; keeps the view where it is meanwhile."""

    def __init__(
        self,
        window: MainWindow,
        workspace: Workspace,
        changes: OutsideChanges,
        looks: FileLooks,
        appearance: Appearance,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._changes = changes
        self._looks = looks
        self._appearance = appearance
        self._notice = window.text_pane.outside_notice
        self.dialog: MergeDialog | None = None
        self._view = KeptView(window)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PASSING_MS)
        self._pause.timeout.connect(self._let_pass)
        changes.told.connect(self._on_told)
        changes.decision_wanted.connect(self._ask)
        changes.failed.connect(self._tell)
        changes.taking_over.connect(self._before)
        changes.taken_over.connect(self._after)
        self._notice.closed.connect(self._on_closed)
        workspace.session_changed.connect(self._show)
        workspace.save_failed.connect(self._on_save_failed)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_state)

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._looks.look()

    def _on_save_failed(self, session: PostSession, error: CopydeskError) -> None:
        if is_about_own_file(session, error):
            if session is not self._workspace.session:
                self._workspace.show_session(session)  # what is asked is about the text that is seen
            self._changes.settle(session)

    # The notice

    def _on_told(self, session: PostSession, told: Told | None) -> None:
        if session is self._workspace.session:
            self._show_told(told)

    def _show(self, session: PostSession | None) -> None:
        self._show_told(self._changes.told_of(session) if session is not None else None)

    def _show_told(self, told: Told | None) -> None:
        self._pause.stop()
        if told is None:
            self._notice.show_words("")
            return
        labels = {Act.UNDO: _("Undo"), Act.COMPARE: _("Compare…"), Act.SAVE_AS: _("Save as…")}
        acts = {Act.UNDO: self._undo, Act.COMPARE: self._compare, Act.SAVE_AS: self._save_as}
        self._notice.show_words(told.words, [(labels[told.act], acts[told.act])] if told.act else [])
        if told.passing:
            self._pause.start()

    def _let_pass(self) -> None:
        session = self._workspace.session
        told = self._changes.told_of(session) if session is not None else None
        if session is not None and told is not None and told.passing:
            self._changes.dismiss(session)

    def _on_closed(self) -> None:
        if self._workspace.session is not None:
            self._changes.dismiss(self._workspace.session)

    def _undo(self) -> None:
        session = self._workspace.session
        if session is None:
            return
        changed = self._changes.changed_last(session)
        if changed is not None:
            self._view.keep()
            changed.document.undo()
            self._view.bring_back()

    def _save_as(self) -> None:
        self._window.actions_by_id["save_as"].trigger()

    def _compare(self) -> None:
        session = self._workspace.session
        difference = self._changes.difference_of(session) if session is not None else None
        if difference is not None:
            self._ask(difference)

    # The dialog

    def _ask(self, difference: Difference) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        path = difference.session.path
        dialog = MergeDialog(
            path.name if path is not None else _("Untitled"),
            difference.merged,
            self._window,
            by_lines=difference.by_lines,
            saves=difference.saves,
            theme=self._appearance.theme,
        )
        dialog.decided.connect(lambda text: self._changes.decide(difference, text))
        dialog.finished.connect(lambda _answer: self._put_away(dialog))
        self.dialog = dialog
        dialog.open()

    def _put_away(self, dialog: MergeDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
        dialog.deleteLater()

    def _tell(self, error: CopydeskError) -> None:
        questions.tell(self._window, error)

    # The view

    def _before(self, session: PostSession) -> None:
        if session is self._workspace.session:
            self._view.keep()
        else:
            self._view.keep_caret(session)

    def _after(self, session: PostSession) -> None:
        if session is self._workspace.session:
            self._view.bring_back()
        else:
            self._view.bring_caret_back(session)


class KeptView:
    """What can be seen of the text stays in its place while lines come and go above it."""

    def __init__(self, window: MainWindow) -> None:
        self._editor = window.editor
        self._first: QTextCursor | None = None
        self._hidden = 0.0
        """How much of the line at the top is above the window, in pixels."""
        self._caret: QTextCursor | None = None

    def keep(self) -> None:
        """Note what is at the top."""
        self._first = QTextCursor(self._editor.firstVisibleBlock())
        self._hidden = -self._editor.contentOffset().y()

    def bring_back(self) -> None:
        """Scroll to what was at the top."""
        first, self._first = self._first, None
        if first is None:
            return
        bar = self._editor.verticalScrollBar()
        for _again in range(_STEPS):  # lines that were folded away on the way are not counted right at once
            block, top = first.block(), self._editor.firstVisibleBlock()
            if block == top:
                break
            bar.setValue(bar.value() + block.firstLineNumber() - top.firstLineNumber())
        layout = self._editor.line_layout()
        if layout is not None:
            within = self._hidden + self._editor.contentOffset().y()
            bar.setValue(bar.value() + round(within / layout.line_height))

    def keep_caret(self, session: PostSession) -> None:
        """Note where the caret of a post is that is not shown."""
        self._caret = QTextCursor(session.document)
        self._caret.setPosition(min(session.caret, session.document.characterCount() - 1))

    def bring_caret_back(self, session: PostSession) -> None:
        """Put that caret back where it stood in the text."""
        caret, self._caret = self._caret, None
        if caret is not None and session.caret:
            session.caret = caret.position()
