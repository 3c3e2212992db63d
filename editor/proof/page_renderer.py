"""PageRenderer: the published pages of posts, each made once; what makes them is handed over."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from editor.proof.page import Page
from editor.render.protocol import RenderResult
from editor.site.site import Site

Render = Callable[[Site, Path | None, str], RenderResult | None]
"""Render the text of a post, as its generator publishes it; None where that can't be done. It may take a while."""

Measure = Callable[[Path], tuple[int | None, float] | None]
"""Return the width and the height of a picture in pixels, as far as its file tells; raises OSError."""

_KEPT = 64
"""Pages: posts link to a few others again and again."""


class PageRenderer:
    """Makes the pages of a site's posts, and remembers the last of them; belongs to one thread at a time."""

    def __init__(self, render: Render, kept: int = _KEPT, measure: Measure | None = None) -> None:
        """Take what renders a text, how many pages are remembered, and what measures pictures."""
        self._render = render
        self._measure = measure
        self._kept = kept
        self._pages: OrderedDict[tuple[Path, Path | None, int], tuple[str, Page | None]] = OrderedDict()
        self.count = 0
        """How many texts were rendered."""

    def page(self, site: Site, path: Path | None, text: str) -> Page | None:
        """Return the page of the post `path` with this text; None where it can't be rendered."""
        key = (site.root, path, hash(text))
        known = self._pages.get(key)
        if known is not None and known[0] == text:
            self._pages.move_to_end(key)
            return known[1]
        self.count += 1
        result = self._render(site, path, text)
        page = None if result is None else Page.of(result)
        self._pages[key] = text, page
        while len(self._pages) > self._kept:
            self._pages.popitem(last=False)
        return page

    def picture_size(self, path: Path) -> tuple[int, int] | None:
        """Return the width and the height of a picture's file, in pixels; None where that is not known."""
        if self._measure is None:
            return None
        try:
            size = self._measure(path)
        except OSError:
            return None
        return None if size is None or size[0] is None else (size[0], round(size[1]))
