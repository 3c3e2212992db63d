"""Workspace: the site that is open and its open posts; what the window decides, without a widget."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.errors import CopydeskError, OpenError
from editor.post.document import PostDocument
from editor.settings import Settings
from editor.site.content_types.learning import Learned
from editor.site.find import open_site
from editor.site.index import PostIndex, PostSummary
from editor.site.new_post import create_post
from editor.site.site import Site
from editor.translation import gettext as _
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks

KEPT_SESSIONS = 12
"""How many posts without unsaved changes stay open behind the current one, for their undo and caret."""


class Workspace(QObject):
    """One site, its posts, and a session for each post that was opened.

    Signals:
        site_changed: the Site, or None.
        posts_changed: the list of PostSummary, newest first.
        loading_changed: whether the posts are being read.
        session_changed: the PostSession now in the editor, or None.
        history_changed: (can go back, can go forward).
        failed: a CopydeskError to be told.
        notice: a sentence to be told in passing.
    """

    site_changed = Signal(object)
    posts_changed = Signal(list)
    loading_changed = Signal(bool)
    session_changed = Signal(object)
    history_changed = Signal(bool, bool)
    failed = Signal(object)
    notice = Signal(str)

    def __init__(self, settings: Settings, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._tasks = tasks
        self.site: Site | None = None
        self.session: PostSession | None = None
        self.posts: list[PostSummary] = []
        self.learned = Learned()
        """What the posts have in common."""
        self._index: PostIndex | None = None
        self._refreshing: PostIndex | None = None
        self._refresh_again = False
        self._sessions: dict[Path, PostSession] = {}
        self._untitled: list[PostSession] = []
        self._history: list[Path] = []
        self._place = -1
        self._site_request = 0

    # Sites

    def open_path(self, path: Path) -> None:
        """Open a site (a folder) or a post (a file) with the site around it."""
        path = path.resolve()
        if path.is_dir():
            self.open_site_at(path)
        else:
            self._find_site_of(path)
            self.open_post(path)

    def open_site_at(self, folder: Path) -> None:
        """Open the site that `folder` is in, or the folder itself as a plain one."""
        self._request_site(lambda: open_site(folder, self._settings))

    def reread_site(self) -> None:
        """Read the site's configuration again: a file of it changed."""
        if self.site is not None:
            root = self.site.root
            self._request_site(lambda: open_site(root, self._settings))

    def refresh_posts(self) -> None:
        """Read the list of posts again, off the GUI thread."""
        index = self._index
        if index is None or self._refreshing is index:
            self._refresh_again = True  # an index belongs to one thread at a time
            return
        self._refreshing = index
        self._refresh_again = False

        def take_over(posts: list[PostSummary]) -> None:
            if index is not self._index:
                return  # another site has been opened meanwhile
            self._refreshing = None
            self.posts, self.learned = posts, index.learned
            self.posts_changed.emit(posts)
            self.loading_changed.emit(False)
            if self._refresh_again:
                self.refresh_posts()

        self.loading_changed.emit(not self.posts)
        self._tasks.run(index.refresh, take_over, self._tell)

    def _find_site_of(self, path: Path) -> None:
        if self.site is not None and path.is_relative_to(self.site.root):
            return
        self._request_site(lambda: open_site(path, self._settings))

    def _request_site(self, read: Callable[[], Site]) -> None:
        self._site_request += 1
        request = self._site_request

        def take_over(site: Site) -> None:
            if request != self._site_request:
                return  # another site was asked for in the meantime
            changed = self.site is None or self.site.root != site.root
            self.site = site
            self._index = PostIndex(site)
            if changed:
                self.posts, self.learned = [], Learned()
                self._settings.opened_site(site.root)
            self.site_changed.emit(site)
            self.refresh_posts()

        self._tasks.run(read, take_over, self._tell)

    # Posts

    def open_post(self, path: Path, *, remember: bool = True) -> None:
        """Show the post at `path`; the one shown before stays open behind it."""
        path = path.resolve()
        session = self._sessions.get(path)
        if session is None:
            try:
                post = PostDocument.open(path)
            except OpenError as error:
                self.failed.emit(error)
                return
            session = self._new_session(post)
            self._sessions[path] = session
        self._settings.opened_post(path)
        if remember and (self._place < 0 or self._history[self._place] != path):
            del self._history[self._place + 1 :]
            self._history.append(path)
            self._place = len(self._history) - 1
        self._show(session)

    def new_untitled(self, text: str = "") -> None:
        """Show a new post that has no file yet."""
        session = self._new_session(PostDocument.untitled(text))
        self._untitled.append(session)
        self._show(session)

    def new_post(self, title: str) -> None:
        """Create a post where the site's generator wants it, and show it."""
        if self.site is None:
            self.new_untitled(f"# {title}\n\n" if title else "")
            return
        try:
            path = create_post(self.site, title)
        except CopydeskError as error:
            self.failed.emit(error)
            return
        self.open_post(path)
        self.refresh_posts()

    def show_session(self, session: PostSession) -> None:
        """Show a post that is open already."""
        self._show(session)

    def go_back(self) -> None:
        """Show the post that was shown before this one."""
        self._go(-1)

    def go_forward(self) -> None:
        """Show the post that `go_back` left."""
        self._go(1)

    def modified_sessions(self) -> list[PostSession]:
        """Return the open posts with unsaved changes."""
        return [session for session in self._all_sessions() if session.modified]

    def open_sessions(self) -> list[PostSession]:
        """Return all posts that are open, shown or not."""
        return self._all_sessions()

    def follow(self, session: PostSession, source: Path, target: Path) -> None:
        """Take over that the file of an open post has moved from `source` to `target`."""
        self._sessions = {
            target if known is session else path: known for path, known in self._sessions.items()
        }
        self._history = [target if path == source else path for path in self._history]
        self._settings.opened_post(target)
        self.refresh_posts()

    def save(self, path: Path | None = None, *, overwrite: bool = False) -> None:
        """Save the post shown."""
        if self.session is not None:
            self.session.save(path, overwrite=overwrite)

    def reload(self) -> None:
        """Take over what is on disk for the post shown, undoably."""
        if self.session is None:
            return
        try:
            self.session.reload()
        except OpenError as error:
            self.failed.emit(error)

    def close_session(self) -> None:
        """Close the post shown; unsaved changes are gone with it, so ask before."""
        session = self.session
        if session is None:
            return
        self._forget(session)
        self._history = [path for path in self._history if path != session.path]
        self._place = len(self._history) - 1
        if self._history:
            self.open_post(self._history[-1], remember=False)
        else:
            self._show(None)
        session.deleteLater()

    def _go(self, step: int) -> None:
        place = self._place + step
        if 0 <= place < len(self._history):
            self._place = place
            self.open_post(self._history[place], remember=False)

    def _new_session(self, post: PostDocument) -> PostSession:
        session = PostSession(post, self._tasks, self)
        session.saved.connect(lambda path, session=session: self._on_saved(session, path))
        if post.read_only:
            self.notice.emit(post.read_only)
        return session

    def _show(self, session: PostSession | None) -> None:
        if session is not self.session:
            self.session = session
            self.session_changed.emit(session)
            self._drop_old_sessions()
        self.history_changed.emit(self._place > 0, self._place + 1 < len(self._history))

    def _on_saved(self, session: PostSession, path: Path) -> None:
        path = path.resolve()
        if self._sessions.get(path) is not session:  # saved under another name
            self._forget(session)
            self._sessions[path] = session
            self._settings.opened_post(path)
            self._find_site_of(path)
        self.refresh_posts()

    def _forget(self, session: PostSession) -> None:
        self._sessions = {path: known for path, known in self._sessions.items() if known is not session}
        self._untitled = [known for known in self._untitled if known is not session]

    def _drop_old_sessions(self) -> None:
        idle = [s for s in self._sessions.values() if not s.modified and s is not self.session]
        for session in idle[: max(0, len(idle) - KEPT_SESSIONS)]:
            self._forget(session)
            session.deleteLater()

    def _all_sessions(self) -> list[PostSession]:
        return [*self._sessions.values(), *self._untitled]

    def _tell(self, error: Exception) -> None:
        self._refreshing = None
        self.loading_changed.emit(False)
        if not isinstance(error, CopydeskError):
            error = CopydeskError(_("Something went wrong: {reason}").format(reason=error))
        self.failed.emit(error)
