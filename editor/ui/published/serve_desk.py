"""ServeDesk: the site's own server, started and stopped from the window, and posts opened in the browser."""

from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from editor.errors import CopydeskError
from editor.settings import Settings
from editor.site.building.serving import SiteServer
from editor.site.site import Site
from editor.translation import gettext as _
from editor.ui.main_window import MainWindow
from editor.ui.tasks import PoolTasks
from editor.ui.trust_desk import TrustDesk
from editor.ui.workspace import Workspace


class ServeDesk(QObject):
    """Runs at most one server, that of the open site; it ends with the window, and when another site is opened.

    Signals:
        ready: a server answers: (the SiteServer, its address).
        ended: a server is gone: (the SiteServer, a sentence where it ended by itself, else an empty text).
    """

    ready = Signal(object, str)
    ended = Signal(object, str)

    def __init__(
        self, window: MainWindow, workspace: Workspace, trust: TrustDesk, settings: Settings
    ) -> None:
        """Connect the window's actions `serve` and `open_in_browser`."""
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._trust = trust
        self._settings = settings
        self._work = PoolTasks(self)
        self._site: Site | None = None
        self._server: SiteServer | None = None
        self._opens = False
        """Whether the post is to be opened once the server answers."""
        self._action = window.actions_by_id["serve"]
        self._action.triggered.connect(self._on_serve)
        window.actions_by_id.connect_all({"open_in_browser": self.open_in_browser})
        window.status.server_chosen.connect(self.open_in_browser)
        workspace.site_changed.connect(self._on_site)
        self.ready.connect(self._on_ready)
        self.ended.connect(self._on_ended)
        for name in ("serve", "open_in_browser"):
            window.actions_by_id[name].setEnabled(False)

    def open_in_browser(self) -> None:
        """Open the post's page in the browser; the server is started first where it does not run."""
        server = self._server
        if server is not None and server.address:
            QDesktopServices.openUrl(QUrl(server.address_of(self._post_path())))
            return
        self._opens = True
        if server is None:
            self._start()

    def end(self) -> None:
        """Stop the server, and wait until it is gone."""
        server, self._server = self._server, None
        if server is not None:
            server.stop()
        self._work.end()

    def _on_site(self, site: Site | None) -> None:
        before, self._site = self._site, site
        able = site is not None and site.generator != "plain"
        for name in ("serve", "open_in_browser"):
            self._window.actions_by_id[name].setEnabled(able)
        if before is not None and (site is None or before.root != site.root or not site.trusted):
            self._stop()

    def _on_serve(self) -> None:
        if self._server is None:
            self._start()
        else:
            self._stop()

    def _start(self) -> None:
        site = self._site
        if site is None:
            self._show()
            return
        if not site.trusted:
            self._show()
            self._trust.ask(
                lambda: QTimer.singleShot(0, self, self._start),  # once all have heard of it
                _("The site's own server is its generator, which runs the site's code."),
            )
            return
        server = SiteServer(
            site,
            self._settings.cache_dir,
            on_ready=lambda address: self.ready.emit(server, address),
            on_end=lambda reason: self.ended.emit(server, reason),
        )
        self._server = server

        def failed(error: Exception) -> None:
            if not isinstance(error, CopydeskError):
                raise error
            self._on_ended(server, error.message)

        self._work.run(server.start, lambda _nothing: None, failed)
        self._window.status.show_server(_("Starting the site's server…"))
        self._show()

    def _stop(self) -> None:
        server, self._server = self._server, None
        self._opens = False
        if server is not None:
            self._work.run(server.stop, lambda _nothing: None)  # it takes some seconds at most
        self._window.status.show_server("")
        self._show()

    def _on_ready(self, server: SiteServer, address: str) -> None:
        if server is not self._server:
            return
        host = urlsplit(address).netloc
        self._window.status.show_server(_("Served at {host}").format(host=host))
        if self._opens:
            self._opens = False
            self.open_in_browser()

    def _on_ended(self, server: SiteServer, reason: str) -> None:
        if server is not self._server:
            return
        self._server = None
        self._opens = False
        self._window.status.show_server("")
        self._show()
        if reason:
            self._window.status.show_message(reason)

    def _show(self) -> None:
        self._action.setChecked(self._server is not None)

    def _post_path(self) -> str:
        """Return the open post's address from the root of the published site; empty for the home page."""
        session, site = self._workspace.session, self._workspace.post_site
        if session is None or site is None or session.path is None:
            return ""
        source = site.read(session.text)
        return site.post_url(session.path, source.values, source.body)
