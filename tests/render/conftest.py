"""A small MkDocs site made of a configuration and files, and its pages rendered by the real worker."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from editor.render.process import BlockingRenderer
from editor.render.protocol import PageContext, RenderResult
from editor.render.queue import TimeLimit
from editor.site.generators import mkdocs_config, mkdocs_dialect


class SmallSite:
    """A site in a folder of its own; `render` gives what the worker makes of a page."""

    def __init__(self, root: Path, renderer: BlockingRenderer) -> None:
        self.root = root
        self._renderer = renderer
        self.trusted = False
        (root / "docs").mkdir(parents=True)
        self.configure("")

    def configure(self, text: str) -> None:
        """Write mkdocs.yml; `text` is what follows the site's name."""
        (self.root / "mkdocs.yml").write_text("site_name: Small\n" + dedent(text), "utf-8")

    def write(self, name: str, text: str) -> Path:
        """Write a file of the site, and give its path."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8")
        return path

    @property
    def dialect(self):
        values = mkdocs_config.read(self.root / "mkdocs.yml").values
        return mkdocs_dialect.dialect(values, self.root, self.trusted)

    def context(self, name: str = "page.md", post: bool = False) -> PageContext:
        facts: Mapping[str, object] = {"docs_dir": "docs", "src_uri": name, "blog": {"post": post}}
        return PageContext(str(self.root), f"docs/{name}", facts)

    def render(self, text: str, name: str = "page.md", post: bool = False) -> RenderResult:
        self._renderer.open(dedent(text), self.dialect, self.context(name, post))
        return self._renderer.render()

    def edit(self, edit) -> RenderResult:
        self._renderer.edit(edit)
        return self._renderer.render()


@pytest.fixture
def renderer() -> Iterator[BlockingRenderer]:
    with BlockingRenderer() as started:
        yield started


@pytest.fixture
def small_site(tmp_path: Path, renderer: BlockingRenderer) -> SmallSite:
    return SmallSite(tmp_path / "small", renderer)


@pytest.fixture
def impatient(tmp_path: Path) -> Iterator[Callable[[float], SmallSite]]:
    """Give a function that makes a site whose renderer waits no longer than so many seconds."""
    renderers = []

    def make(seconds: float) -> SmallSite:
        renderers.append(BlockingRenderer(TimeLimit(base=seconds, per_million=0)))
        return SmallSite(tmp_path / f"small-{len(renderers)}", renderers[-1])

    yield make
    for started in renderers:
        started.close()
