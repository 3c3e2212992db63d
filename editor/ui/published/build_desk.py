"""BuildDesk: the Published look, from the wish for it to the page of the open post, kept up as the site changes."""

import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from editor.errors import CopydeskError, SaveError
from editor.settings import Settings
from editor.site.building.results import BuildProblem, BuildResult
from editor.site.site import Site
from editor.translation import gettext as _
from editor.ui.live_preview import LivePreview
from editor.ui.main_window import MainWindow
from editor.ui.panes import PREVIEW
from editor.ui.preview.page_host import Built
from editor.ui.preview.scheme import BUILT_ORIGIN
from editor.ui.published.builder import Builder, Order
from editor.ui.session import PostSession
from editor.ui.trust_desk import TrustDesk
from editor.ui.workspace import Workspace

_log = logging.getLogger(__name__)

_SOON_MS = 700
"""So long after a change on disk the site is built anew: a save changes several files, and more may follow."""
_REST_SECONDS = 1.5
"""So long nobody types before a page that is shown makes room for a newer one."""
_POLL_MS = 50
_RENDER_SECONDS = 3.0
"""So long, at most, a build waits for the text to be rendered, whose blocks are looked for in its page."""
_STATE = "published"
"""The name under which the sites whose Published look was shown last are remembered."""
_MOST_REMEMBERED = 20


class BuildDesk(QObject):
    """Builds the site when the Published look is wanted, and shows the open post's page; the wish is kept per site."""

    def __init__(
        self,
        window: MainWindow,
        workspace: Workspace,
        preview: LivePreview,
        trust: TrustDesk,
        settings: Settings,
        *,
        remember: bool = True,
    ) -> None:
        """Connect the window's action `published`; `remember` for which sites it is on."""
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._preview = preview
        self._trust = trust
        self._settings = settings
        self._remember = remember
        self._view = window.preview
        self._bar = window.preview_pane.build_bar
        self._badge = window.preview_pane.badge
        self._action = window.actions_by_id["published"]
        self._site: Site | None = None
        self._result: BuildResult | None = None
        self._order: Order | None = None
        """What the result is of."""
        self._waiting = False
        """Whether the site is to be built once it can be."""
        self._stale = False
        """Whether files of the site have changed since the last build began."""
        self._own = True
        """Whether the page that is shown is where the site's rules have the post."""
        self._warned: tuple[BuildProblem, ...] = ()
        self._shown: tuple[PostSession, BuildResult] | None = None
        self._edited_at = 0.0
        self._lost: list[str] = []
        self._builder = Builder(settings.cache_dir, self)
        self._builder.progress.connect(self._bar.show_line)
        self._builder.built.connect(self._on_built)
        self._builder.failed.connect(self._on_failed)
        self._builder.page_found.connect(self._on_page)
        self._soon = self._timer(_SOON_MS, self._build_if_changed)
        self._start = self._timer(_POLL_MS, self._build)
        self._start_by = 0.0
        self._rest = self._timer(round(_REST_SECONDS * 1000), self._show_newer)

        self._action.toggled.connect(self._on_toggled)
        self._bar.cancel_wanted.connect(self._on_cancel)
        self._bar.problem_chosen.connect(self._go_to)
        self._view.placed.connect(self._on_placed)
        self._view.theme_work_lost.connect(self._on_lost)
        self._view.built_link_activated.connect(self._on_link)
        workspace.site_changed.connect(self._on_site)
        workspace.session_changed.connect(self._on_session)
        workspace.session_opened.connect(lambda session: session.edited.connect(self._on_edited))
        workspace.saved.connect(lambda _session, _path: self.build_soon())
        self._action.setEnabled(False)

    def build_soon(self) -> None:
        """Build the site anew if it has changed on disk, once it has come to rest."""
        self._stale = True
        if self._action.isChecked():
            self._soon.start()

    def built_page(self, path: Path, text: str) -> tuple[BuildResult, str] | None:
        """Return the last build, and the address in it of the page of the post at `path` with `text`, or None.

        May be called from any thread.
        """
        site, result = self._site, self._result
        if site is None or result is None:
            return None
        source = site.read(text)
        url = site.post_url(path, source.values, source.body)
        page = result.file_at(url) if url else None
        return None if page is None else (result, result.address_of(page))

    def end(self) -> None:
        """End what runs; the window is about to go."""
        self._builder.end()

    # ---- the wish

    def _on_toggled(self, wanted: bool) -> None:
        site = self._site
        if wanted and site is not None and not site.trusted:
            self._action.setChecked(False)
            # Once all have heard that the site is trusted.
            self._trust.ask(
                lambda: QTimer.singleShot(0, self, lambda: self._action.setChecked(True)),
                _("The Published look runs the site's own generator."),
            )
            return
        if wanted:
            self._window.panes.show_pane(PREVIEW)
            self._note(True)
            self._show_or_build()
            return
        self._note(False)
        self._stop()

    def _stop(self) -> None:
        for timer in (self._soon, self._start, self._rest):
            timer.stop()
        self._waiting = False
        self._stale = self._stale or self._builder.running
        self._builder.cancel()
        self._show_reading()
        self._bar.show_end("")

    def _show_reading(self) -> None:
        self._shown = None
        self._badge.show_more(())
        self._view.show_reading()

    def _on_site(self, site: Site | None) -> None:
        before, self._site = self._site, site
        self._action.setEnabled(site is not None and site.generator != "plain")
        if site is None:
            return
        if before is site:
            if self._action.isChecked() and self._shown is None:
                self._show_or_build()  # the post shown has just been found to be this site's
            return
        if before is None or before.root != site.root:
            self._result = self._order = None
            self._stop()
            wanted = site.generator != "plain" and site.trusted and str(site.root) in self._remembered()
            if wanted != self._action.isChecked():
                self._action.setChecked(wanted)
            elif wanted:
                self._show_or_build()
        elif self._action.isChecked():
            if site.trusted:
                self._want_build()
            else:
                self._result = self._order = None
                self._action.setChecked(False)

    def _on_session(self, session: PostSession | None) -> None:
        if self._action.isChecked() and session is not None:
            self._badge.show_more(())
            self._show_or_build()

    def _on_edited(self, _edit: object, _revision: int) -> None:
        self._edited_at = time.monotonic()

    def _remembered(self) -> list[str]:
        if not self._remember:
            return []
        try:
            found = json.loads(self._settings.window_state(_STATE) or "[]")
        except ValueError:
            return []
        return [str(root) for root in found] if isinstance(found, list) else []

    def _note(self, wanted: bool) -> None:
        if not self._remember or self._site is None:
            return
        root = str(self._site.root)
        roots = [other for other in self._remembered() if other != root]
        kept = ([root] if wanted else []) + roots
        if kept == self._remembered():
            return
        try:
            self._settings.keep_window_state(**{_STATE: json.dumps(kept[:_MOST_REMEMBERED])})
        except SaveError as error:
            _log.warning("%s", error.located())

    # ---- building

    def _show_or_build(self) -> None:
        """Show the open post's page of the last build, and build where files have changed since.

        What is typed and not saved needs no build: it is shown in the page that is there.
        """
        session = self._session()
        if session is None:
            self._show_reading()
            return
        if self._result is not None:
            self._find_page()
        if self._result is None or self._stale or not self._has_file(session):
            self._want_build()

    def _has_file(self, session: PostSession) -> bool:
        return self._order is not None and session.path is not None and self._order.has_file(session.path)

    @property
    def _is_coming(self) -> bool:
        """Whether a build runs, or will."""
        timers = (self._soon, self._start)
        return self._builder.running or self._waiting or any(timer.isActive() for timer in timers)

    def _session(self) -> PostSession | None:
        """Return the open post, if it is a file of the site that may be built."""
        session = self._workspace.session
        if session is None or session.path is None or self._workspace.post_site is None:
            return None
        return session if self._workspace.post_site.trusted else None

    def _want_build(self) -> None:
        self._soon.stop()
        if self._builder.running:
            self._waiting = True
            return
        self._start_by = time.monotonic() + _RENDER_SECONDS
        self._build()

    def _build_if_changed(self) -> None:
        if self._action.isChecked() and self._session() is not None:
            self._want_build()

    def _build(self) -> None:
        session, site = self._session(), self._site
        if session is None or site is None or not self._action.isChecked():
            return
        rendered = self._view.revision == session.revision
        if not rendered and time.monotonic() < self._start_by:
            self._start.start()  # what is rendered is looked for in the page
            return
        texts = {
            other.path: other.text
            for other in self._workspace.open_sessions()
            if other.modified and other.path is not None and other.path.is_relative_to(site.root)
        }
        blocks = self._view.snapshot() if rendered else None
        self._stale = False
        if self._result is None or self._shown is not None:
            self._bar.show_progress(_("Building the site…"))
        else:
            self._bar.show_progress(_("This post is not built yet. Building the site…"))
        self._builder.build(Order(site, texts, time.time(), session, blocks))

    def _on_cancel(self) -> None:
        self._waiting = False
        self._builder.cancel()

    def _on_built(self, order: Order, result: BuildResult) -> None:
        if self._site is None or order.site.root != self._site.root or not self._action.isChecked():
            self._stale = True
            self._bar.show_end("")
            if self._action.isChecked():
                self._show_or_build()
            return
        if result.cancelled:
            self._give_up("", ())
        elif not result.succeeded:
            if self._shown is not None:
                words = _("The build failed. The page of the last build is kept.")
            elif self._result is not None:
                words = _("The build failed. The Reading look is shown: this post is not built yet.")
            else:
                words = _("The build failed.")
            self._give_up(words, result.problems)
        else:
            self._result, self._order = result, order
            # What a generator warns of at every build is told once.
            words = _("The site is built, with problems.") if result.problems != self._warned else ""
            self._warned = result.problems
            self._bar.show_end(words if result.problems else "", result.problems if words else ())
            self._show_newer()
        if self._waiting and self._action.isChecked():
            self._waiting = False
            self._want_build()

    def _on_failed(self, _order: Order, error: CopydeskError) -> None:
        self._give_up(error.located() if error.path is not None else error.message, ())

    def _give_up(self, words: str, problems: tuple[BuildProblem, ...]) -> None:
        """Say why there is no new page; without an older one, the Reading look is shown."""
        self._stale = True
        if self._result is None and not self._waiting:
            self._action.setChecked(False)
        self._bar.show_end(words, problems)

    # ---- the page

    def _show_newer(self) -> None:
        """Show the page of the last build, in a moment when nobody types."""
        if self._shown is not None and time.monotonic() - self._edited_at < _REST_SECONDS:
            self._rest.start()
        else:
            self._find_page()

    def _find_page(self) -> None:
        session, site, result = self._session(), self._site, self._result
        if session is None or site is None or result is None or session.path is None:
            return
        text = session.text
        source = site.read(text)
        url = site.post_url(session.path, source.values, source.body)
        self._builder.find_page(result, session.path, url, text, anywhere=self._has_file(session))

    def _on_page(self, result: BuildResult, path: Path, page: Path | None, own: bool) -> None:
        session, order = self._session(), self._order
        if result is not self._result or order is None or not self._action.isChecked():
            return
        if session is None or session.path != path:
            return
        if page is None:
            self._show_none()
            return
        self._own = own
        self._shown = session, result
        self._lost = []
        self._badge.show_more(())
        view = self._view

        def is_current() -> bool:
            return view.revision == session.revision and order.has(session)

        blocks = order.blocks if order.session is session else None
        view.show_built(Built(result, result.address_of(page), blocks, is_current))

    def _show_none(self) -> None:
        """Show the Reading look, and why: never another page in the place of the post's."""
        self._show_reading()
        if self._is_coming:
            self._bar.show_progress(_("This post is not built yet. Building the site…"))
        else:
            self._bar.show_end(_("The built site has no page of this post: the Reading look is shown."))

    def _on_placed(self, found: bool) -> None:
        if not found and not self._own:
            # It holds other words: a list of posts, for one. Not from within the page's own signal.
            QTimer.singleShot(0, self, self._show_none)
            return
        words = _("The post's text was not found in the built page: what you type is shown by the next build")
        self._badge.show_more(() if found else (words,))

    def _on_lost(self, kind: str) -> None:
        words = {
            "diagram": _("Diagrams in what you change are drawn again by the next build"),
            "formula": _("The theme sets formulas in what you change again by the next build"),
            "annotation": _("Annotations in what you change work again with the next build"),
            "gallery": _("Pictures in what you change open in the theme's gallery with the next build"),
        }
        if kind in words and words[kind] not in self._lost:
            self._lost.append(words[kind])
            self._badge.show_more(tuple(self._lost))

    # ---- where links and problems lead

    def _on_link(self, address: str, href: str) -> None:
        """Open the post that a link of the built page leads to, or what else it is."""
        result = self._result
        if not address.startswith(BUILT_ORIGIN) or result is None:
            self._preview.open_link(address if QUrl(href).scheme() else href)
            return
        url = QUrl(address)
        wanted = _plain_path(url.path(), result.prefix)
        for post in self._workspace.posts:
            if post.url and _plain_path(post.url, result.prefix) == wanted:
                self._preview.post_wanted.emit(
                    post.path, url.fragment(QUrl.ComponentFormattingOption.FullyDecoded)
                )
                return
        if result.file_at(url.path(QUrl.ComponentFormattingOption.FullyEncoded)) is None:
            self._preview.open_link(href)
        else:
            words = _("“{address}” is a page of the site, but not a post’s")
            self._preview.told.emit(words.format(address=url.path()))

    def _go_to(self, problem: BuildProblem) -> None:
        path = problem.path
        if path is None:
            return
        if self._site is not None and self._site.is_post(path):
            if self._workspace.open_post(path) and problem.line is not None:
                self._window.editor.go_to(problem.line - 1)
                self._window.editor.setFocus()
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer


def _plain_path(address: str, prefix: str) -> str:
    """Return the path of an address so that two that lead to one page are the same."""
    path = unquote(address.partition("#")[0].partition("?")[0])
    if path.startswith(prefix):
        path = path[len(prefix) - 1 :]
    path = path.removesuffix("index.html").removesuffix(".html")
    return path.strip("/")
