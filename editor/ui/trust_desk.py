"""Trust in the window: asking once, the menu, and the site read anew when the answer changes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from editor.cli.trust import code_that_trust_lets_run
from editor.errors import SaveError
from editor.settings import Settings
from editor.site.site import Site
from editor.translation import gettext as _
from editor.ui.dialogs.trust import TrustQuestion
from editor.ui.main_window import MainWindow
from editor.ui.settings_watcher import SettingsWatcher
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace


class TrustDesk(QObject):
    """Asks whether the site that is open is trusted, where that would change something, and does what is said.

    A site that is trusted, or no longer, is read again: its page is rendered by another worker then.
    """

    def __init__(
        self, window: MainWindow, workspace: Workspace, settings: Settings, tasks: Tasks, *, asks: bool = True
    ) -> None:
        """Connect the window's action and badge; `asks` by itself when a site is opened that it has not asked for."""
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._settings = settings
        self._tasks = tasks
        self._asks = asks
        self._asked: set[Path] = set()
        """The sites that were asked for since the window is open."""
        self._looked_at: Site | None = None
        self._code: list[str] = []
        """What of the open site trust would let run."""
        self._question: TrustQuestion | None = None
        self._then: Callable[[], None] | None = None
        """What is to be done once the site is trusted."""
        workspace.site_changed.connect(self._on_site)
        window.preview_pane.badge.trust_wanted.connect(self.ask)
        window.actions_by_id.connect_all({"trust": self._choose})
        window.actions_by_id["trust"].setEnabled(False)
        self._watcher = SettingsWatcher(settings.path, self)
        self._watcher.changed.connect(self._reread)

    def ask(self, then: Callable[[], None] | None = None, reason: str = "") -> None:
        """Ask whether the open site is trusted; `then` is called when it is, at once where it is already.

        `reason` is a sentence that says why it is asked now.
        """
        site = self._workspace.site
        if site is None or self._question is not None:
            return
        if site.trusted:
            if then is not None:
                then()
            return
        again = site.root in self._asked or self._settings.has_declined(site.root)
        self._asked.add(site.root)
        self._then = then
        question = TrustQuestion(
            site.name or site.root.name, site.root, self._code, self._window, reason=reason, again=again
        )
        self._question = question
        question.accepted.connect(partial(self._note, self._settings.trust, site.root))
        question.rejected.connect(partial(self._note, self._settings.revoke, site.root))
        question.finished.connect(self._on_answered)
        question.open()

    def _on_answered(self, answer: int) -> None:
        if self._question is not None:
            self._question.deleteLater()
            self._question = None
        if not answer:
            self._then = None

    def _choose(self) -> None:
        """Do what the menu says: ask, or take trust back."""
        site = self._workspace.site
        if site is not None and site.trusted:
            self._note(self._settings.revoke, site.root)
        else:
            self.ask()

    def _note(self, note: Callable[[Path], None], root: Path) -> None:
        """Write the answer, off the GUI thread, and go by it."""
        self._tasks.run(partial(note, root), lambda _result: self._reread(), self._tell)

    def _reread(self) -> None:
        """Read the site again if it is trusted now and was not, or the other way round, by whomever."""
        site = self._workspace.site
        if site is not None and self._settings.is_trusted(site.root) != site.trusted:
            self._workspace.reread_site()

    def _on_site(self, site: Site | None) -> None:
        action = self._window.actions_by_id["trust"]
        action.setEnabled(site is not None)
        trusted = site is not None and site.trusted
        action.setText(_("No longer &trust this site") if trusted else _("&Trust this site…"))
        if site is None or site is self._looked_at:
            return
        self._looked_at, self._code = site, []
        badge = self._window.preview_pane.badge
        badge.offer_trust(False)
        python = site.dialect.interpreter
        badge.show_python(site.relative(Path(python)) if python else "")
        if site.trusted:
            then, self._then = self._then, None
            if then is not None:
                then()
            return
        declined = partial(self._settings.has_declined, site.root)
        self._tasks.run(
            lambda: (code_that_trust_lets_run(site), declined()),
            lambda found: self._on_code(site, *found),
        )

    def _on_code(self, site: Site, code: list[str], declined: bool) -> None:
        if site is not self._workspace.site:
            return
        self._code = code
        self._window.preview_pane.badge.offer_trust(bool(code))
        if code and self._asks and not declined and site.root not in self._asked:
            self.ask()

    def _tell(self, error: Exception) -> None:
        """Say that the answer can't be kept: nothing is trusted then."""
        self._then = None
        if not isinstance(error, SaveError):
            raise error
        self._window.status.show_message(error.located())
