"""LinkedFacts: what a post's text links to, looked up off the GUI thread while it is typed."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from editor.post.text_edit import TextEdit
from editor.site.site import Site
from editor.site.two_files import site_of_meta
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks

_PAUSE_MS = 300
"""How long nobody types before links that were edited are looked up: a half typed one leads nowhere."""
_PATIENCE_MS = 150
"""How long the first page of a post waits for them; on a slow disk it comes without them first."""

_MARKS = ("{", "|", "link:", "](", "]:", "src")
"""What a line has whose links depend on other files: `{filename}x`, `link://slug/x`, `[x](y)`, `{{< ref x >}}`."""


class LinkedFacts(QObject):
    """Keeps the facts of `Rules.linked` for one post at a time.

    Signals:
        changed: `facts` are others now, or `ready` for the first time.
    """

    changed = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._session: PostSession | None = None
        self._site: Site | None = None
        self._turn = 0
        """Counts the posts that were turned to: an answer for an earlier one is dropped."""
        self._running = self._again = False
        self._values: Mapping[str, Any] = {}
        """The fields that they were looked up with."""
        self.facts: Mapping[str, Any] = {}
        self.ready = False
        """Whether the page need not wait for them any more."""
        self._pause = self._timer(_PAUSE_MS, self._look)
        self._patience = self._timer(_PATIENCE_MS, self._wait_no_more)

    @property
    def busy(self) -> bool:
        """Whether something is looked up, or is about to be."""
        return self._running or self._pause.isActive()

    def _timer(self, milliseconds: int, slot: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def turn_to(self, session: PostSession | None, site: Site | None) -> None:
        """Look up the links of `session` as `site` publishes them; `changed` follows where there are both."""
        self._turn += 1
        self._session, self._site = session, site
        self.facts, self.ready = {}, False
        self._running = self._again = False
        self._pause.stop()
        self._patience.stop()
        if session is not None and site is not None:
            self._patience.start()
            self._look()

    def note_edit(self, edit: TextEdit) -> None:
        """Look again in a moment, where the edited lines hold what may be such a link."""
        session = self._session
        if session is None or not self.ready:
            return
        content = session.content
        first = content.place_of(edit.start)[0]
        last = content.place_of(edit.start + len(edit.replacement))[0]
        lines = "".join(content.lines(first, last + 1))
        if any(mark in lines for mark in _MARKS):
            self._pause.start()

    def note_front_matter(self) -> None:
        """Look again in a moment, where a field is another than it was."""
        if self._session is not None and _values(self._session) != self._values:
            self.look_soon()

    def look_soon(self) -> None:
        """Look again in a moment: what is linked to has changed."""
        if self._session is not None and self.ready:
            self._pause.start()

    def _look(self) -> None:
        session, site = self._session, site_of_post(self._session, self._site)
        if session is None or site is None:
            return
        if self._running:
            self._again = True
            return
        path, text, turn = session.path, session.text, self._turn
        if path is None:
            self._take({}, turn)
            return
        self._running = True
        values = self._values = _values(session)
        self._tasks.run(
            lambda: site.rules.linked(path, values, text),
            lambda found: self._take(found, turn),
            lambda _error: self._take({}, turn),
        )

    def _take(self, found: Mapping[str, Any], turn: int) -> None:
        if turn != self._turn:
            return
        self._running = False
        self._patience.stop()
        if found != self.facts or not self.ready:
            self.facts, self.ready = found, True
            self.changed.emit()
        if self._again:
            self._again = False
            self._look()

    def _wait_no_more(self) -> None:
        self.ready = True
        self.changed.emit()


def _values(session: PostSession) -> Mapping[str, Any]:
    return {} if session.header.problem else dict(session.header.values)


def site_of_post(session: PostSession | None, site: Site | None) -> Site | None:
    """Return the site as the post's fields are read: of a post in two files, from the other one."""
    if session is None or site is None or session.meta is None or session.path is None:
        return site
    return site_of_meta(site, session.path)
