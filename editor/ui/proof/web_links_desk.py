"""WebLinksDesk: asks the web for the pages that the open post links to, where the person wants that."""

import logging
from collections.abc import Mapping

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog

from editor.errors import LinkCheckError
from editor.proof.external_links import GONE, MOVED, Limits, LinkCheck, Outcome
from editor.proof.reading import Reading
from editor.proof.rules.web_links import web_addresses
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.main_window import MainWindow
from editor.ui.proof.proofreader import Proofreader
from editor.ui.session import PostSession
from editor.ui.tasks import PoolTasks
from editor.ui.workspace import Workspace

_log = logging.getLogger(__name__)


class WebLinksDesk(QObject):
    """Runs one round of questions at a time; what comes of it is among the post's problems then."""

    _progressed = Signal(object, int, int)

    def __init__(
        self, window: MainWindow, workspace: Workspace, proofreader: Proofreader, limits: Limits | None = None
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._proofreader = proofreader
        self._limits = limits
        self._tasks = PoolTasks(self, threads=1)
        self._check: LinkCheck | None = None
        self.progress: QProgressDialog | None = None
        self._progressed.connect(self._show_progress)
        workspace.session_changed.connect(lambda _session: self.cancel())
        window.actions_by_id.connect_all({"check_web_links": self.ask})

    def ask(self) -> None:
        """Ask for the pages that the post links to; another round ends the one before."""
        self.cancel()
        session, site = self._workspace.session, self._workspace.post_site or self._workspace.site
        if session is None or site is None:
            return
        reading = Reading(site, session.path, session.text)
        check = self._check = LinkCheck(self._limits)

        def run() -> Mapping[str, Outcome]:
            return check.run(web_addresses(reading), lambda done, of: self._tell(check, done, of))

        self._tasks.run(
            run,
            lambda found: self._take(check, session, found),
            lambda error: self._give_up(check, error),
        )
        progress = self.progress = QProgressDialog(self._window)
        progress.setObjectName("webLinksProgress")
        progress.setWindowTitle(_("Checking web links"))
        progress.setLabelText(_("Asking for the pages that this post links to…"))
        progress.setWindowModality(Qt.WindowModality.NonModal)
        progress.setAutoReset(False)
        progress.setAutoClose(False)
        progress.setMinimumDuration(0)
        progress.canceled.connect(self.cancel)
        progress.show()

    def cancel(self) -> None:
        """Ask nothing any more; what is known by then counts."""
        if self._check is not None:
            self._check.cancel()

    def end(self) -> None:
        """End what runs, and wait for it."""
        self.cancel()
        self._tasks.end()

    def _tell(self, check: LinkCheck, done: int, of: int) -> None:
        """Hand the progress over from the thread that asks; the window may be gone by then."""
        if shiboken6.isValid(self):
            self._progressed.emit(check, done, of)

    def _show_progress(self, check: LinkCheck, done: int, of: int) -> None:
        if check is self._check and self.progress is not None and not self.progress.wasCanceled():
            self.progress.setMaximum(max(of, 1))
            self.progress.setValue(done)
            self.progress.setLabelText(_("{done} of {count} pages").format(done=done, count=of))

    def _take(self, check: LinkCheck, session: PostSession, found: Mapping[str, Outcome]) -> None:
        if check is not self._check:
            return
        self._close()
        if session is not self._workspace.session:
            return
        self._proofreader.set_web(found)
        bad = sum(outcome.verdict in (GONE, MOVED) for outcome in found.values())
        if not found:
            words = _("This post links to no page of the web")
        elif bad:
            words = ngettext(
                "{count} page of the web is gone or has moved: see the problems",
                "{count} pages of the web are gone or have moved: see the problems",
                bad,
            ).format(count=bad)
        else:
            words = _("No page of the web is known to be gone")
        self._window.status.show_message(words)

    def _give_up(self, check: LinkCheck, error: Exception) -> None:
        if check is not self._check:
            return
        self._close()
        if isinstance(error, LinkCheckError):
            self._window.status.show_message(error.message)
        else:
            _log.error("the web could not be asked", exc_info=error)
            self._window.status.show_message(str(error))

    def _close(self) -> None:
        self._check = None
        progress, self.progress = self.progress, None
        if progress is not None:
            progress.canceled.disconnect(self.cancel)
            progress.close()
            progress.deleteLater()
