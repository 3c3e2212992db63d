"""VersionsDesk: keeps what is saved in the local history, and brings an earlier version back."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject

from editor.errors import OpenError
from editor.post.differences import DiffLine, diff_lines
from editor.post.document import PostDocument
from editor.post.history import LocalHistory, Version
from editor.translation import gettext as _
from editor.ui.appearance import Appearance
from editor.ui.dialogs.saved_versions import SavedVersions
from editor.ui.main_window import MainWindow
from editor.ui.post_history.restorer import Restorer
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace

_log = logging.getLogger(__name__)


class VersionsDesk(QObject):
    """Notes each save, and shows the versions of the post that is open."""

    def __init__(
        self,
        folder: Path,
        window: MainWindow,
        workspace: Workspace,
        tasks: Tasks,
        appearance: Appearance,
        restorer: Restorer,
    ) -> None:
        super().__init__(window)
        self._restorer = restorer
        self._history = LocalHistory(folder)
        self._window = window
        self._workspace = workspace
        self._tasks = tasks
        self._appearance = appearance
        self._opened: dict[PostSession, bytes] = {}
        """What the files held before the first save here: that is a version, too."""
        self._paths: dict[PostSession, Path | None] = {}
        """Where the posts' files were when that was last told."""
        self.dialog: SavedVersions | None = None
        workspace.session_opened.connect(self._take)
        workspace.session_closed.connect(self._forget)
        workspace.saved.connect(self._note)
        window.actions_by_id.connect_all({"versions": self.show_versions})

    def show_versions(self) -> None:
        """Show what is kept of the post that is open."""
        session = self._workspace.session
        if session is None or session.path is None:
            self._window.status.show_message(_("Only a post that was saved has earlier versions"))
            return
        path = session.path
        self._tasks.run(lambda: self._history.versions(path), lambda found: self._show(session, found))

    def _show(self, session: PostSession, versions: list[Version]) -> None:
        if session is not self._workspace.session:
            return
        if not versions:
            self._window.status.show_message(_("No earlier version of this post was saved here"))
            return
        dialog = self.dialog = SavedVersions(versions, self._appearance.theme, self._window)
        dialog.looked_at.connect(lambda version: self._look(dialog, session, version))
        dialog.restore_wanted.connect(lambda version: self._restore(session, version))
        dialog.open()

    def _look(self, dialog: SavedVersions, session: PostSession, version: Version) -> None:
        text, path = session.text, session.path

        def compare() -> list[DiffLine]:
            return diff_lines(text, PostDocument(path, version.read()).text)

        def tell(error: Exception) -> None:
            dialog.show_words(error.message if isinstance(error, OpenError) else str(error))

        self._tasks.run(compare, lambda lines: dialog.show_lines(version, lines), tell)

    def _restore(self, session: PostSession, version: Version) -> None:
        path = session.path

        def tell(error: Exception) -> None:
            self._window.status.show_message(error.message if isinstance(error, OpenError) else str(error))

        self._tasks.run(
            lambda: PostDocument(path, version.read()),
            lambda earlier: self._restorer.restore(session, earlier),
            tell,
        )

    def _take(self, session: PostSession) -> None:
        if session.post.data is not None:
            self._opened[session] = session.post.data
        self._paths[session] = session.path
        session.moved.connect(lambda path: self._follow(session, path))
        session.meta_taken.connect(self._take_meta)

    def _take_meta(self, meta: PostSession) -> None:
        self._take(meta)
        meta.saved.connect(lambda path: self._note(meta, path))

    def _follow(self, session: PostSession, target: Path) -> None:
        source = self._paths.get(session)
        self._paths[session] = target
        if source is not None and source != target:
            self._tasks.run(lambda: self._history.moved(source, target), lambda _nothing: None)

    def _forget(self, session: PostSession) -> None:
        self._opened.pop(session, None)
        self._paths.pop(session, None)

    def _note(self, session: PostSession, path: Path) -> None:
        before, data = self._opened.pop(session, None), session.post.data
        self._paths[session] = path

        def keep() -> None:
            if before is not None:
                self._history.note(path, before)
            if data is not None:
                self._history.note(path, data)

        self._tasks.run(keep, lambda _nothing: None)
