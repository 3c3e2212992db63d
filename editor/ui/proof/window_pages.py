"""WindowPages: the published pages that checks in the window ask for; the open post's is the one that is previewed."""

import threading
from dataclasses import dataclass
from pathlib import Path

from editor.errors import CopydeskError
from editor.proof.page import Page
from editor.proof.page_renderer import PageRenderer
from editor.render.process import BlockingRenderer
from editor.render.protocol import RenderResult
from editor.site.site import Site


@dataclass(frozen=True, slots=True)
class Previewed:
    """The page of the open post, as the preview has it."""

    text: str
    """What it was made of."""
    result: RenderResult


class WindowPages(PageRenderer):
    """Renders other posts by a worker of its own, started when it is first needed; `rest` ends it meanwhile.

    For one thread at a time, but for `end`.
    """

    def __init__(self) -> None:
        super().__init__(self._render_other)
        self._open: Path | None = None
        self._previewed: Previewed | None = None
        self._page: Page | None = None
        self._lock = threading.Lock()
        self._renderer: BlockingRenderer | None = None
        self._ended = False

    def show(self, path: Path | None, previewed: Previewed | None) -> None:
        """Take the page of the open post at `path`; None: it has none yet, and rules that need it are silent."""
        self._open, self._previewed, self._page = path, previewed, None

    def page(self, site: Site, path: Path | None, text: str) -> Page | None:
        """See `PageRenderer.page`; nothing is rendered for the open post."""
        shown = self._previewed
        if path is not None and path != self._open:
            return super().page(site, path, text)
        if shown is None or (text is not shown.text and text != shown.text):
            return None  # its file, which is about to become what is typed, has no page of its own
        if self._page is None:
            self._page = Page.of(shown.result)
        return self._page

    def rest(self) -> None:
        """End the worker until it is needed again."""
        with self._lock:
            renderer, self._renderer = self._renderer, None
        if renderer is not None:
            renderer.close()

    def end(self) -> None:
        """End the worker for good, from any thread: who waits for a page gets none."""
        with self._lock:
            self._ended = True
            renderer = self._renderer
        if renderer is not None:
            renderer.abort()

    def _render_other(self, site: Site, path: Path | None, text: str) -> RenderResult | None:
        with self._lock:
            if self._ended:
                return None
            renderer = self._renderer = self._renderer or BlockingRenderer()
        try:
            context = site.page_context(path, site.read(text).values, text)
            renderer.open(text, site.dialect, context)
            return renderer.render()
        except CopydeskError:
            return None  # the rules that need the page are silent
