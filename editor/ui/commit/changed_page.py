"""The page of a post before and after, rendered and compared; off the GUI thread."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from editor.errors import CopydeskError
from editor.proof.rendered_diff import Fold, MarkedPage, cut, folds, rendered_diff
from editor.render.process import BlockingRenderer
from editor.render.withheld import FORMULA, SCRIPT, withheld
from editor.render.withheld import kinds as kinds_of
from editor.site.formula_script import loads_no_formula_script
from editor.site.site import Site
from editor.translation import gettext as _

_VERIFIED = 300_000
"""Code points: of a longer text, the page is taken as it is rendered at first."""


@dataclass(frozen=True, slots=True)
class Version:
    """The page of one version of a post."""

    html: str
    """As published, below its title."""
    reasons: tuple[str, ...]
    """Sentences: what could not be rendered as published."""
    kinds: int
    """What `editor.render.withheld.kinds` found in it."""
    left_formulas: bool
    """Whether it holds formulas that no script of the site sets."""

    def all_reasons(self, shown: int) -> tuple[str, ...]:
        """Return sentences: what is not shown as published where the `shown` kinds are."""
        reasons = (*self.reasons, *withheld(self.kinds & ~shown))
        if self.left_formulas:
            words = _("The site loads no script for formulas: readers see them as they are written")
            reasons = (*reasons, words)
        return reasons

    @property
    def pieces(self) -> list[str]:
        """The page in blocks."""
        return cut(self.html)


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """What there is to show of a change."""

    before: Version | None
    after: Version | None
    marked: MarkedPage | None
    """None where the post is new, or deleted."""
    folds: tuple[Fold, ...] = ()
    error: str = ""
    """A sentence: why there is less than that."""

    @property
    def latest(self) -> Version | None:
        """The page as it is now, or as it was last."""
        return self.after or self.before


class PageMaker:
    """Renders versions of posts in a worker of its own; the last ones are kept. Not for the GUI thread."""

    def __init__(self) -> None:
        self._renderer: BlockingRenderer | None = None
        self._site: Site | None = None
        self._known: dict[tuple[Path, str], Version] = {}
        """Pages of that site, until the worker is ended."""

    def make(self, site: Site, path: Path, before: str | None, after: str | None) -> ChangedPage:
        """Return the page of `path` before and after; of a version that can't be rendered, why."""
        versions: list[Version | None] = []
        error = ""
        for text in (before, after):
            try:
                versions.append(None if text is None else self._version(site, path, text))
            except CopydeskError as refused:
                versions.append(None)
                error = refused.message
        one, two = versions
        marked = rendered_diff(one.html, two.html) if one is not None and two is not None else None
        found = tuple(folds(marked.blocks)) if marked is not None else ()
        return ChangedPage(one, two, marked, found, error)

    def close(self) -> None:
        """End the worker; the next page starts another."""
        renderer, self._renderer = self._renderer, None
        self._known = {}
        if renderer is not None:
            renderer.close()

    def stop(self) -> None:
        """End the worker from another thread: a page that is being made has none of its versions."""
        renderer = self._renderer
        if renderer is not None:
            renderer.abort()

    def _version(self, site: Site, path: Path, text: str) -> Version:
        if site is not self._site:
            self._site, self._known = site, {}
        key = path, text
        known = self._known.get(key)
        if known is None:
            known = self._rendered(site, path, text)
            while len(self._known) > 3:
                del self._known[next(iter(self._known))]
            self._known[key] = known
        return known

    def _rendered(self, site: Site, path: Path, text: str) -> Version:
        if self._renderer is None:
            self._renderer = BlockingRenderer()
        context = site.page_context(path, site.read(text).values, text)
        self._renderer.open(text, site.dialect, context)
        if len(text) <= _VERIFIED:
            self._renderer.verify()
        result = self._renderer.render()
        title = context.facts.get("title")
        html = result.html
        if isinstance(title, str) and title and "<h1" not in html:
            html = f"<h1>{escape(title)}</h1>\n{html}"
        kinds = kinds_of(html)
        reasons = tuple(dict.fromkeys((*site.dialect.reasons, *result.reasons)))
        left = bool(kinds & FORMULA) and not kinds & SCRIPT and loads_no_formula_script(site)
        return Version(html, reasons, kinds, left)
