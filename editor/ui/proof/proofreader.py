"""Proofreader: checks the open post whenever its front matter has changed, off the GUI thread."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from editor.post.text_edit import TextEdit
from editor.proof.diagnostic import Diagnostic
from editor.proof.engine import check
from editor.proof.other_posts import OtherPosts
from editor.proof.reading import Reading
from editor.site.content_types.learning import Learned
from editor.site.index import PostSummary
from editor.site.site import Site
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks

_log = logging.getLogger(__name__)

PAUSE_MS = 250
"""How long nobody types before the post is checked again."""


class Proofreader(QObject):
    """Holds what was found in the post of one session.

    Signals:
        proofed: the list of Diagnostics of the text as it is, or an empty one when there is no post.
    """

    proofed = Signal(list)

    def __init__(self, tasks: Tasks, parent: QObject | None = None, *, pause_ms: int = PAUSE_MS) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._session: PostSession | None = None
        self._site: Site | None = None
        self._others = OtherPosts()
        self._diagnostics: list[Diagnostic] = []
        self._checked = ""
        """The text that they were found in."""
        self._running = False
        self._again = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(self.check_now)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found last, in the order of the text."""
        return list(self._diagnostics)

    def show_post(self, session: PostSession | None, site: Site | None) -> None:
        """Check the post of `session` from now on, as one of `site`: what has its fields, in whatever file."""
        if session is not self._session:
            if self._session is not None:
                self._session.front_matter_changed.disconnect(self._check_soon)
            if session is not None:
                session.front_matter_changed.connect(self._check_soon)
            self._session = session
            self._take_over([], "")
        self._site = site
        self.check_now()

    def set_others(self, posts: list[PostSummary], learned: Learned | None) -> None:
        """Compare with these posts of the site, and with what was learnt of them."""
        content_type = self._site.content_type if self._site is not None else None
        self._others = OtherPosts.of_summaries(posts, learned, content_type)
        self.check_now()

    def check_now(self) -> None:
        """Start a check; `proofed` follows. While one runs, another waits for its end."""
        self._pause.stop()
        session, make = self._session, self._reading()
        if session is None or make is None:
            return
        if self._running:
            self._again = True
            return
        self._running = True
        header_session = session.header_session
        revision, text = header_session.revision, header_session.text

        def take_over(found: list[Diagnostic]) -> None:
            self._running = False
            if session is self._session and (header_session, revision) == _state_of(session):
                self._take_over(found, text)
            elif not self._pause.isActive():
                self._again = True
            self._go_on()

        def give_up(error: Exception) -> None:
            self._running = False
            _log.error("the post could not be checked", exc_info=error)
            self._go_on()

        self._tasks.run(lambda: check(make()), take_over, give_up)

    def edit_for(self, diagnostic: Diagnostic) -> TextEdit | None:
        """Return the edit of the quick fix, for the text as it is now; None where it does not apply any more."""
        session, make = self._session, self._reading()
        if session is None or make is None or diagnostic.fix is None:
            return None
        if session.header_session.text == self._checked:
            return diagnostic.fix.edit
        same = (diagnostic.code, diagnostic.key, diagnostic.message)
        for found in check(make()):
            if found.fix is not None and (found.code, found.key, found.message) == same:
                return found.fix.edit
        return None

    def _check_soon(self, _front_matter: object = None) -> None:
        self._pause.start()

    def _reading(self) -> Callable[[], Reading] | None:
        """Return what takes the post as it is now apart, in whatever thread."""
        session, site, others = self._session, self._site, self._others
        if session is None or site is None:
            return None
        header_session = session.header_session
        path, text, marked = session.path, header_session.text, header_session.post.marked
        return lambda: Reading(site, path, text, marked=marked, others=others)

    def _go_on(self) -> None:
        if self._again:
            self._again = False
            self.check_now()

    def _take_over(self, found: list[Diagnostic], text: str) -> None:
        self._diagnostics, self._checked = found, text
        self.proofed.emit(found)


def _state_of(session: PostSession) -> tuple[PostSession, int]:
    """Return what has the fields of a post, and its revision."""
    return session.header_session, session.header_session.revision
