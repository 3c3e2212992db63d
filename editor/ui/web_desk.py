"""Pictures from the web in the window: asked for by the person, for each site, and taken back by them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from editor.errors import SaveError
from editor.settings import Settings
from editor.site.site import Site
from editor.site.web_files import WebFiles
from editor.ui.live_preview import LivePreview
from editor.ui.main_window import MainWindow
from editor.ui.preview.web_pictures import WebPictures
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace


class WebDesk(QObject):
    """Lets the preview of a trusted site load its pictures from the web, where the person has said so.

    Nothing is asked of the web before that.
    """

    def __init__(
        self,
        window: MainWindow,
        workspace: Workspace,
        preview: LivePreview,
        settings: Settings,
        tasks: Tasks,
        files: WebFiles | None = None,
    ) -> None:
        """Connect the window's action and badge; `files` fetches, by default into the cache folder."""
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._preview = preview
        self._settings = settings
        self._tasks = tasks
        self._pictures = WebPictures(files or WebFiles(settings.cache_dir / "web"), self)
        self._root: Path | None = None
        """The site whose answer is known, or on its way."""
        self._action = window.actions_by_id["web_pictures"]
        self._action.setEnabled(False)
        window.actions_by_id.connect_all({"web_pictures": self._choose})
        workspace.site_changed.connect(self._on_site)
        badge = window.preview_pane.badge
        badge.web_wanted.connect(partial(self._note, settings.let_load_from_web, True))
        preview.web_missed.connect(badge.offer_web)

    def end(self) -> None:
        """Break off what is being fetched."""
        self._pictures.end()

    def _choose(self) -> None:
        """Do what the menu says."""
        wanted = self._action.isChecked()
        self._note(self._settings.let_load_from_web if wanted else self._settings.keep_from_web, wanted)

    def _note(self, note: Callable[[Path], None], allowed: bool) -> None:
        """Write the answer, off the GUI thread, and go by it."""
        site = self._workspace.site
        if site is not None and site.trusted:
            self._tasks.run(
                partial(note, site.root), lambda _none: self._go_by(site.root, allowed), self._tell
            )

    def _on_site(self, site: Site | None) -> None:
        trusted = site is not None and site.trusted
        self._action.setEnabled(trusted)
        if site is None or not trusted:
            self._root = None
            self._show(False)
        elif site.root != self._root:
            self._root = site.root
            self._show(False)
            asked = partial(self._settings.may_load_from_web, site.root)
            self._tasks.run(asked, partial(self._go_by, site.root))

    def _go_by(self, root: Path, allowed: bool) -> None:
        if root == self._root:
            self._show(allowed)

    def _show(self, allowed: bool) -> None:
        self._action.setChecked(allowed)
        self._preview.set_web(self._pictures if allowed else None)

    def _tell(self, error: Exception) -> None:
        """Say that the answer can't be kept: it is no then."""
        self._show(False)
        if not isinstance(error, SaveError):
            raise error
        self._window.status.show_message(error.located())
