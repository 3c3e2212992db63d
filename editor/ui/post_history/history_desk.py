"""HistoryDesk: shows the history of the open post, read off the GUI thread."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.errors import CopydeskError, GitError
from editor.git.history import revisions
from editor.git.repository import Repository
from editor.post.differences import DiffLine, diff_lines
from editor.post.history import LocalHistory
from editor.translation import gettext as _
from editor.ui.appearance import Appearance
from editor.ui.main_window import MainWindow
from editor.ui.post_history.entries import Entry, Year, committed, saved, years
from editor.ui.post_history.restorer import Restorer
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace

if TYPE_CHECKING:
    from editor.ui.post_history.history_view import Chosen, HistoryView

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Found:
    """The versions of a post."""

    repository: Repository | None
    commits: list[Entry]
    years: list[Year]
    saved: list[Entry]
    note: str = ""
    """Why there are no commits, in a sentence."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A version beside the one that it is compared with."""

    before: str | None
    after: str | None
    """None where there was no file."""
    lines: list[DiffLine]
    same: bool
    """Whether the version is what the text is now."""


class HistoryDesk(QObject):
    """Opens the history of the post that is shown."""

    def __init__(
        self,
        folder: Path,
        window: MainWindow,
        workspace: Workspace,
        tasks: Tasks,
        appearance: Appearance,
        restorer: Restorer,
    ) -> None:
        """`folder` has the local history."""
        super().__init__(window)
        self._history = LocalHistory(folder)
        self._window = window
        self._workspace = workspace
        self._tasks = tasks
        self._appearance = appearance
        self._restorer = restorer
        self.view: HistoryView | None = None
        window.actions_by_id.connect_all({"post_history": self.show_history})

    def show_history(self) -> None:
        """Open the history of the post that is shown."""
        # Not at the start, which they would make longer for everybody.
        from editor.ui.commit.rendered_changes import AFTER, RenderedChanges
        from editor.ui.post_history.history_view import HistoryView

        session = self._workspace.session
        if session is None or session.path is None:
            self._window.status.show_message(_("Only a post that was saved has a history"))
            return
        path, site = session.path, self._workspace.post_site
        trusted = site is not None and site.trusted
        page = RenderedChanges(lambda _path: self._workspace.post_site, first=AFTER)
        page.set_preview(self._window.preview)
        view = self.view = HistoryView(path.name, self._appearance.theme, page, self._window)
        view.finished.connect(lambda _result: self._closed(view))
        view.open()

        def take_over(found: _Found) -> None:
            if view is self.view:
                view.looked_at.connect(lambda chosen: self._look(view, session, found, chosen))
                view.restore_wanted.connect(lambda entry: self._restore(session, found, entry))
                view.show_entries(found.years, found.saved, found.note)

        self._tasks.run(lambda: self._find(path, trusted), take_over, lambda error: self._tell(view, error))

    def _find(self, path: Path, trusted: bool) -> _Found:
        local = saved(path, self._history.versions(path))
        try:
            repository = Repository.find(path.parent, trusted=trusted)
            if repository is None:
                note = _("This post is in no repository of git: only what was saved here can be had again.")
                return _Found(None, [], [], local, note)
            name = repository.name(path)
            commits = committed(repository, revisions(repository, name)) if name is not None else []
        except GitError as error:
            return _Found(
                None, [], [], local, _("Its commits can't be read: {reason}").format(reason=error.message)
            )
        note = "" if commits else _("This post is in no commit yet.")
        return _Found(repository, commits, years(commits), local, note)

    def _look(self, view: "HistoryView", session: PostSession, found: _Found, chosen: "Chosen") -> None:
        now, entry, path = session.text, chosen.entry, session.path or chosen.entry.path

        def text_of(version: Entry | None) -> str | None:
            gone = version is None or version.deleted
            return None if gone or version is None else version.document(found.repository).text

        def compare() -> _Side:
            text = text_of(entry)
            other: str | None = now
            if not chosen.against_now:
                index = found.commits.index(entry) + 1
                other = text_of(found.commits[index] if index < len(found.commits) else None)
            return _Side(other, text, diff_lines(other or "", text or ""), text == now)

        def take_over(side: _Side) -> None:
            if view is not self.view or chosen != view.chosen():
                return
            view.show_differences(chosen, side.lines, same=side.same, text=side.after or "")
            view.page.show_change(side.before, side.after, path)

        self._tasks.run(compare, take_over, lambda error: self._tell(view, error))

    def _restore(self, session: PostSession, found: _Found, entry: Entry) -> None:
        self._tasks.run(
            lambda: entry.document(found.repository),
            lambda earlier: self._restorer.restore(session, earlier),
            self._tell_in_window,
        )

    def _closed(self, view: "HistoryView") -> None:
        if view is self.view:
            self.view = None
        view.page.end()
        view.deleteLater()

    def _tell(self, view: "HistoryView", error: Exception) -> None:
        if view is self.view:
            view.show_words(_words(error))

    def _tell_in_window(self, error: Exception) -> None:
        self._window.status.show_message(_words(error))


def _words(error: Exception) -> str:
    if isinstance(error, CopydeskError):
        return error.message
    _log.error("a version could not be read", exc_info=error)
    return str(error)
