"""Which page the preview shows: our own, or one that the site's generator has built."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView

from editor.site.building.results import BuildResult
from editor.ui.preview.answers import answered_in
from editor.ui.preview.built_page import BuiltPage, BuiltProfile
from editor.ui.preview.page import WORLD, Bridge, PreviewPage, PreviewProfile
from editor.ui.preview.patch import ScreenBlock
from editor.ui.preview.scheme import BUILT_ORIGIN
from editor.ui.tasks import Tasks

_SILENT_MS = 3000


@dataclass(frozen=True, slots=True)
class Built:
    """A built page of the post."""

    result: BuildResult
    path: str
    """The page's address from the root of the published site, quoted: `/blog/a-post/`."""
    blocks: list[ScreenBlock] | None = None
    """The blocks that the page was built from, as far as they are known."""
    is_current: Callable[[], bool] = lambda: False
    """Where they are not: whether the post is still as it was built."""

    @property
    def address(self) -> str:
        """The address under our scheme."""
        return BUILT_ORIGIN + self.path


class PageHost(QObject):
    """Makes the page of the look that is wanted, and puts it into the view.

    Signals:
        crashed: the page's process ended by itself.
        silent: a built page has loaded some time ago; a theme that leads elsewhere at once can keep our script out.
    """

    crashed = Signal()
    silent = Signal()

    def __init__(self, web: QWebEngineView, bridge: Bridge, tasks: Tasks) -> None:
        """Take the view, which becomes the parent, and what the page talks through."""
        super().__init__(web)
        self._web = web
        self._bridge = bridge
        self._tasks = tasks
        self._profile = PreviewProfile()
        self._built_profile: BuiltProfile | None = None
        self._background = QColor()
        self._zoom = 1.0
        self.built: Built | None = None
        """What is shown, or on its way; None: our own page."""
        self.handler = self._profile.handler
        self.page: PreviewPage | BuiltPage = self._new_page()

    def keep_profiles_until(self, owner: QObject) -> None:
        """Let the profiles go with `owner`, after the view: a profile must outlive its pages."""
        self._profile.setParent(owner)
        if self._built_profile is not None:
            self._built_profile.setParent(owner)

    def show_built(self, built: Built) -> None:
        """Show a page of a build; the same one again is loaded anew."""
        if self._built_profile is None:
            self._built_profile = BuiltProfile(self._tasks, self.handler)
            self._built_profile.setParent(self._profile.parent())
        self._built_profile.handler.result = built.result
        was_built, self.built = self.built is not None, built
        if was_built and isinstance(self.page, BuiltPage):
            self.page.load_page(built.address)
        else:
            self.start_again()

    def show_reading(self) -> None:
        """Show our own page."""
        if self.built is not None:
            self.built = None
            self.start_again()

    def start_again(self) -> None:
        """Begin with a fresh page: of one whose process ended, the channel can stay dumb (seen with Qt 6.12)."""
        ended = self.page
        self.page = self._new_page()
        ended.deleteLater()

    def ask(self, script: str, then: Callable[[Any], None]) -> None:
        """Run `script` in our own world of the page that is shown, and hand on what it gives."""
        self.page.runJavaScript(script, WORLD, answered_in(self._web, then))

    def set_background(self, colour: str) -> None:
        """Show `colour` where nothing is painted yet."""
        self._background = QColor(colour)
        self.page.setBackgroundColor(self._background)

    def set_zoom(self, factor: float) -> None:
        """Show the page, and those that follow, larger or smaller."""
        self._zoom = factor
        self._web.setZoomFactor(factor)

    def _new_page(self) -> PreviewPage | BuiltPage:
        if self.built is not None and self._built_profile is not None:
            built = BuiltPage(self._built_profile, self._bridge, self._web)
            self._put(built)
            built.loadFinished.connect(lambda _ok: QTimer.singleShot(_SILENT_MS, self, self.silent.emit))
            built.load_page(self.built.address)
            return built
        page = PreviewPage(self._profile, self._bridge, self._web)
        self._put(page)
        page.load_shell()
        return page

    def _put(self, page: QWebEnginePage) -> None:
        page.setBackgroundColor(self._background)
        page.renderProcessTerminated.connect(self._on_ended)
        self._web.setPage(page)
        page.setZoomFactor(self._zoom)

    def _on_ended(self, status: QWebEnginePage.RenderProcessTerminationStatus, _exit_code: int) -> None:
        if status != QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            self.crashed.emit()
