"""Restorer: brings an earlier version of a post back into its text."""

import logging

from PySide6.QtCore import QObject

from editor.errors import CopydeskError
from editor.post.document import PostDocument
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _
from editor.ui.main_window import MainWindow
from editor.ui.outside.reconcile import line_edits
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace

_log = logging.getLogger(__name__)


class Restorer(QObject):
    """Makes a text that of an earlier version, as one step of undo, and says so until it is saved."""

    def __init__(self, window: MainWindow, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._tasks = tasks
        self._restored: PostSession | None = None
        """The post that a version was brought back into, until it is saved."""
        workspace.saved.connect(self._forget)

    def restore(self, session: PostSession, earlier: PostDocument) -> None:
        """Put the text of `earlier` into `session`: what differs is found off the GUI thread."""
        if earlier.read_only is not None:  # its text has other signs than its bytes
            self._window.status.show_message(earlier.read_only)
            return
        if session.read_only is not None:
            self._window.status.show_message(session.read_only)
            return
        revision, before, after = session.revision, session.text, earlier.text

        def take_over(edits: list[TextEdit]) -> None:
            if session.revision != revision:
                self.restore(session, earlier)  # something was typed meanwhile
            elif edits:
                self._make(session, edits)

        self._tasks.run(lambda: line_edits(before, after)[0], take_over, self._tell)

    def _make(self, session: PostSession, edits: list[TextEdit]) -> None:
        if session not in self._workspace.open_sessions():
            return
        session.apply_steps(edits)
        self._restored = session
        if session is self._workspace.session:
            self._window.text_pane.notice.show_words(
                _("The earlier version is in the text, and not saved yet. Undo takes it back.")
            )
            self._window.editor.go_to(session.place_of(edits[0].start)[0])

    def _forget(self, session: PostSession, _path: object) -> None:
        if session is self._restored:
            self._restored = None
            self._window.text_pane.notice.show_words("")

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, CopydeskError):
            _log.error("a version could not be brought back", exc_info=error)
        self._window.status.show_message(error.message if isinstance(error, CopydeskError) else str(error))
