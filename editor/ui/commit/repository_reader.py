"""RepositoryReader: what is changed in the open site's repository, read again whenever that may have changed."""

import os

from PySide6.QtCore import QObject, QTimer, Signal

from editor.errors import CopydeskError, SaveError
from editor.translation import gettext as _
from editor.ui.commit.edited_here import EditedHere
from editor.ui.commit.overview import Asked, Known, OpenPost, Overview, read_overview
from editor.ui.session import PostSession
from editor.ui.tasks import PoolTasks, Tasks
from editor.ui.workspace import Workspace

_PAUSE_MS = 250
"""A save, a pull or a checkout changes several files in a row: they are looked at once."""


class RepositoryReader(QObject):
    """Asks git off the GUI thread, one question at a time; an answer that is out of date is dropped.

    Signals:
        read: the Overview, or None where no site is open.
        failed: the CopydeskError that git ended with.
    """

    read = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        edited_here: EditedHere,
        parent: QObject,
        *,
        tasks: Tasks | None = None,
        pause_ms: int = _PAUSE_MS,
    ) -> None:
        """Read what the site of `workspace` is in; `tasks` are the reader's own by default."""
        super().__init__(parent)
        self._workspace = workspace
        self._edited_here = edited_here
        self._own = PoolTasks(self)
        self._tasks = tasks or self._own
        self._known: Known = {}
        self._running = False
        self._again = False
        self._number = 0
        """Of the question that is asked last."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(self.read_now)

    @property
    def busy(self) -> bool:
        """Whether an answer is on its way."""
        return self._running or self._pause.isActive()

    def read_soon(self) -> None:
        """Read again in a moment."""
        self._pause.start()

    def read_now(self) -> None:
        """Read again, once what runs has ended."""
        self._pause.stop()
        if self._running:
            self._again = True
            self._number += 1
            return
        self._number += 1
        number, site = self._number, self._workspace.site
        if site is None:
            self.read.emit(None)
            return
        asked = Asked(site, self._unsaved(), self._edited_here.before())
        self._running = True

        def take_over(overview: Overview) -> None:
            self._running = False
            if number == self._number and self._workspace.site is not None:
                self.read.emit(overview)
            self._go_on()

        def give_up(error: Exception) -> None:
            self._running = False
            if number == self._number:
                if not isinstance(error, CopydeskError):
                    error = CopydeskError(_("Something went wrong: {reason}").format(reason=error))
                self.failed.emit(error)
            self._go_on()

        known = self._known
        self._tasks.run(
            lambda: read_overview(asked, lambda: number != self._number, known), take_over, give_up
        )

    def end(self) -> None:
        """Ask nothing any more, and wait for what runs."""
        self._pause.stop()
        self._number += 1
        self._again = False
        self._own.end()

    def _go_on(self) -> None:
        if self._again:
            self._again = False
            self.read_now()

    def _unsaved(self) -> dict[str, OpenPost]:
        found: dict[str, OpenPost] = {}
        for session in self._workspace.open_sessions():
            for part in (session, session.meta):
                post = _unsaved_post(part) if part is not None and part.text_modified else None
                if post is not None:
                    found[os.path.realpath(post.path)] = post
        return found


def _unsaved_post(session: PostSession) -> OpenPost | None:
    path = session.path
    if path is None or session.is_lost:
        return None
    try:
        return OpenPost(path, session.post.encode(session.text))
    except SaveError:
        return None  # half a character: saving will say so
