"""Workspace: the site that is open and its open posts; what the window decides, without a widget."""

import logging
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.errors import CopydeskError, OpenError, SaveError
from editor.post.document import PostDocument
from editor.post.recovery.unsaved import journal_folder
from editor.settings import Settings
from editor.site.content_types.learning import Learned
from editor.site.files import as_written
from editor.site.find import open_site, plain_site
from editor.site.index import PostIndex, PostSummary
from editor.site.new_post import create_post
from editor.site.site import Site
from editor.site.two_files import meta_file, site_of_meta
from editor.translation import gettext as _
from editor.ui.demo import is_demo
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks

_log = logging.getLogger(__name__)

KEPT_SESSIONS = 12
"""How many posts without unsaved changes stay open behind the current one, for their undo and caret."""

LONGEST_LINE = 8_000_000
"""In code points. Pictures written into the text have a few million at most; a line is laid out as one."""


class Workspace(QObject):
    """One site, its posts, and a session for each post that was opened.

    Signals:
        site_changed: the Site, or None; also when the post shown has just been found to belong to it.
        posts_changed: the list of PostSummary, newest first.
        loading_changed: whether the posts are being read.
        session_leaving: another post is about to be shown in the place of the one that is.
        session_changed: the PostSession now in the editor, or None.
        session_opened: a PostSession that was just made.
        session_closed: a PostSession that is gone for the window, before it is deleted.
        renamed: a PostSession that was saved under another name.
        saved: (PostSession, path), whether it is shown or not.
        save_failed: (PostSession, CopydeskError), whether it is shown or not.
        history_changed: (can go back, can go forward).
        failed: a CopydeskError to be told.
        notice: a sentence to be told in passing.
    """

    site_changed = Signal(object)
    posts_changed = Signal(list)
    loading_changed = Signal(bool)
    session_leaving = Signal()
    session_changed = Signal(object)
    session_opened = Signal(object)
    session_closed = Signal(object)
    renamed = Signal(object)
    saved = Signal(object, Path)
    save_failed = Signal(object, object)
    history_changed = Signal(bool, bool)
    failed = Signal(object)
    notice = Signal(str)

    def __init__(
        self, settings: Settings, tasks: Tasks, parent: QObject | None = None, *, remember: bool = True
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._remember = remember
        self._tasks = tasks
        self.site: Site | None = None
        """The site whose posts are listed."""
        self.read_at = 0.0
        """When reading it was begun, in seconds since 1970: what changes later is not in it."""
        self.session: PostSession | None = None
        self.posts: list[PostSummary] = []
        self.learned = Learned()
        """What the posts have in common."""
        self._index: PostIndex | None = None
        self._refreshing: PostIndex | None = None
        self._refresh_again = False
        self._sessions: list[PostSession] = []
        """All that are open, the one shown last at the end."""
        self._paths: dict[PostSession, Path | None] = {}
        """Each open post's path as it was last told."""
        self._history: list[PostSession | Path] = []
        """What was shown: an open post, or the path of one that has been put away."""
        self._place = -1
        self._site_request = 0

    @property
    def post_site(self) -> Site | None:
        """The site that the post shown belongs to; None while it is looked for.

        Never another one: a post must not be rendered by the rules, or with the trust, of a site it is no part of.
        """
        return self._site_of(self.session)

    @property
    def header_site(self) -> Site | None:
        """The same site, as what reads, judges and edits the fields of the post shown, in whatever file they are."""
        return self.header_site_of(self.session)

    def header_site_of(self, session: PostSession | None) -> Site | None:
        """Return the site that reads the fields of an open post, shown or not; None while it is not known."""
        site = self._site_of(session)
        if session is None or site is None or session.meta is None or session.path is None:
            return site
        return site_of_meta(site, session.path)

    def _site_of(self, session: PostSession | None) -> Site | None:
        site = self.site
        if session is None or site is None or session.site_root != site.root:
            return None
        return site

    # Sites

    def open_path(self, path: Path) -> None:
        """Open a site (a folder) or a post (a file) with the site around it."""
        if path.is_dir():
            self.open_site_at(path)
        else:
            self.open_post(path)

    def open_site_at(self, folder: Path) -> None:
        """Open the site that `folder` is in, or the folder itself as a plain one."""
        self._request_site(partial(open_site, folder, self._settings))

    def reread_site(self) -> None:
        """Read the site's configuration again: a file of it changed."""
        if self.site is not None:
            self._request_site(partial(open_site, self.site.root, self._settings), anew=True)

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

        def give_up(error: Exception) -> None:
            if index is self._index:
                self._refreshing = None
                self.loading_changed.emit(False)
                self._tell(error)

        self.loading_changed.emit(not self.posts)
        self._tasks.run(index.refresh, take_over, give_up)

    def _find_site_of(self, session: PostSession) -> None:
        """Find the site that the post belongs to, and make it the open one."""
        path = session.path
        site = self.site
        if path is None:
            _bind(session, site)
            return
        if site is not None and site.generator != "plain" and site.is_post(path):
            _bind(session, site)
            return
        _bind(session, None)
        self._request_site(partial(open_site, path, self._settings), session)

    def _request_site(
        self, read: Callable[[], Site], session: PostSession | None = None, *, anew: bool = False
    ) -> None:
        self._site_request += 1
        request = self._site_request
        started = time.time()

        def take_over(site: Site) -> None:
            if session is not None and session in self._sessions:
                _bind(session, site)
            if request == self._site_request and (session is None or session is self.session):
                self._show_site(site, started, anew=anew)

        def give_up(error: Exception) -> None:
            if request == self._site_request:
                self._tell(error)
                if session is not None and session.path is not None:
                    # Its text can be written all the same, by the rules of a plain folder that nobody trusts.
                    take_over(plain_site(session.path.parent))

        self._tasks.run(read, take_over, give_up)

    def _show_site(self, site: Site, started: float, *, anew: bool) -> None:
        changed = self.site is None or self.site.root != site.root
        if changed or anew:
            self.site, self.read_at = site, started
            self._index = PostIndex(site)
            for session in self._sessions:
                if session.site_root == site.root:
                    _bind(session, site)
        if changed:
            self.posts, self.learned = [], Learned()
            self._note_site(site.root)
            for session in self._sessions:
                if session.path is None and session.site_root is None:
                    _bind(session, site)
        self.site_changed.emit(self.site)
        if changed or anew:
            self.refresh_posts()

    # Posts

    def open_post(self, path: Path, *, remember: bool = True) -> bool:
        """Show the post at `path`, and return whether it could be; the one shown before stays open behind it."""
        path = as_written(path)
        session = self._open_at(path)
        if session is None:
            try:
                post = PostDocument.open(path)
                _check_lines(post)
            except OpenError as error:
                self.failed.emit(error)
                return False
            session = self._add_session(post)
        self._show(session, remember=remember)
        self._note_post(path)
        return True

    def new_untitled(
        self, text: str = "", path: Path | None = None, *, codec: str = "utf-8", mark: bytes = b""
    ) -> None:
        """Show a new post that has no file yet; `path` is where it will be saved, if that is known.

        `codec` and `mark` (its byte order mark) say how its file will have it.
        """
        self._show(self._add_session(PostDocument.untitled(text, path, codec=codec, mark=mark)))

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
        """Return the open posts with unsaved changes, or with a save under way."""
        return [session for session in self._sessions if session.modified or session.saving]

    def open_sessions(self) -> list[PostSession]:
        """Return all posts that are open, shown or not."""
        return list(self._sessions)

    def follow(self, session: PostSession, source: Path, target: Path) -> None:
        """Take over that the file of an open post has moved from `source` to `target`."""
        self._paths[session] = target
        self._history = [target if entry == source else entry for entry in self._history]
        self._note_post(target)
        self.renamed.emit(session)
        self.refresh_posts()

    def save(self, path: Path | None = None, *, overwrite: bool = False) -> None:
        """Save the post shown, to `path` where it is given."""
        session = self.session
        if session is None:
            return
        other = self._open_at(as_written(path)) if path is not None else None
        if other is not None and other is not session:
            if other.modified or other.saving:
                words = _("“{name}” is open with unsaved changes: save or close it first")
                self.save_failed.emit(
                    session, SaveError(words.format(name=other.path.name if other.path else ""))
                )
                return
            self.close(other)
        session.save(path, overwrite=overwrite)

    def reload(self, then: Callable[[], None] = lambda: None) -> None:
        """Take over what is on disk for the post shown, undoably, and call `then`; or `failed` tells why not."""
        if self.session is not None:
            self.session.reload(then, self._tell)

    def close(self, session: PostSession) -> None:
        """Close a post; unsaved changes are gone with it, so ask before."""
        if session not in self._sessions:
            return
        self._sessions.remove(session)
        # Those in front of the shown one count for its place.
        gone = [i for i, entry in enumerate(self._history) if entry is session]
        self._place -= sum(i <= self._place for i in gone)
        self._history = [entry for entry in self._history if entry is not session]
        if session is self.session:
            self._show_another()
        self._retire(session)

    def _show_another(self) -> None:
        """Show the latest post of the history that can still be opened, or none."""
        self._place = len(self._history) - 1
        while self._place >= 0:
            if self._show_entry(self._history[self._place]):
                return
            del self._history[self._place]
            self._place -= 1
        self._show(None)

    def _go(self, step: int) -> None:
        place = self._place + step
        if 0 <= place < len(self._history):
            before, self._place = self._place, place
            if not self._show_entry(self._history[place]):
                self._place = before

    def _show_entry(self, entry: "PostSession | Path") -> bool:
        if isinstance(entry, Path):
            return self.open_post(entry, remember=False)
        self._show(entry, remember=False)
        return True

    def _open_at(self, path: Path) -> PostSession | None:
        """Return the open post of this very file, by whatever path it was opened."""
        real = os.path.realpath(path)
        for session in self._sessions:
            if session.path is not None and os.path.realpath(session.path) == real:
                return session
        return None

    def _add_session(self, post: PostDocument) -> PostSession:
        spare = journal_folder(self._settings.state_dir)
        session = PostSession(post, self._tasks, self, spare=spare)
        self._paths[session] = post.path
        session.saved.connect(partial(self._on_saved, session))
        session.save_failed.connect(partial(self.save_failed.emit, session))
        self._sessions.append(session)
        self.session_opened.emit(session)
        if post.read_only:
            self.notice.emit(post.read_only)
        return session

    def _show(self, session: PostSession | None, *, remember: bool = True) -> None:
        if session is not None:
            self._sessions.remove(session)
            self._sessions.append(session)
            if remember and (self._place < 0 or self._history[self._place] is not session):
                del self._history[self._place + 1 :]
                self._history.append(session)
                self._place = len(self._history) - 1
        if session is not self.session:
            self.session_leaving.emit()
            self.session = session
            if session is not None:
                session.look_at_meta()
            if session is not None and self.post_site is None:
                self._find_site_of(session)
            self.session_changed.emit(session)
            self._put_old_sessions_away()
        self.history_changed.emit(self._place > 0, self._place + 1 < len(self._history))

    def _on_saved(self, session: PostSession, path: Path) -> None:
        if path != self._paths.get(session):
            self._paths[session] = path
            self._note_post(path)
            self._find_site_of(session)
            self.renamed.emit(session)
        self.saved.emit(session, path)
        self.refresh_posts()

    def _put_old_sessions_away(self) -> None:
        """Close the posts that were shown longest ago; their places in the history stay."""
        idle = [
            s for s in self._sessions if s is not self.session and s.path and not (s.modified or s.saving)
        ]
        for session in idle[: max(0, len(idle) - KEPT_SESSIONS)]:
            self._sessions.remove(session)
            assert session.path is not None
            self._history = [session.path if entry is session else entry for entry in self._history]
            self._retire(session)

    def _retire(self, session: PostSession) -> None:
        """Delete a session once nothing of it is shown or written."""
        self._paths.pop(session, None)
        self.session_closed.emit(session)
        if session.saving:
            session.idle.connect(session.deleteLater)
        else:
            session.deleteLater()

    def _note_site(self, root: Path) -> None:
        if self._remember and not is_demo(root):
            self._settings.opened_site(root)

    def _note_post(self, path: Path) -> None:
        if self._remember and not is_demo(path):
            self._settings.opened_post(path)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, CopydeskError):
            error = CopydeskError(_("Something went wrong: {reason}").format(reason=error))
        self.failed.emit(error)


def _check_lines(post: PostDocument) -> None:
    """Raise OpenError for a line so long that to lay it out, again at each key, takes many seconds."""
    text = post.text
    if len(text) > LONGEST_LINE and max(map(len, text.split("\n"))) > LONGEST_LINE:
        words = _("A line of this file has more than {count} million characters: that can't be shown")
        raise OpenError(words.format(count=LONGEST_LINE // 1_000_000), path=post.path)


def _bind(session: PostSession, site: Site | None) -> None:
    """Say which site the post is of: None while it is looked for, and then its front matter goes by content alone."""
    if site is None:
        session.belongs_to(None)
    else:
        session.belongs_to(site.root, site.front_matter_of)
        if session.meta is None and session.path is not None:
            _find_meta(session, site, session.path)


def _find_meta(session: PostSession, site: Site, path: Path) -> None:
    """Open the file beside the post that has its fields, where the generator reads one."""
    found = meta_file(site, path)
    if found is not None:
        try:
            session.take_meta(PostDocument.open(found))
        except OpenError as error:
            _log.warning("%s", error.located())
