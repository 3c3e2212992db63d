"""Pages as a site's generator writes them, and the preview that shows them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWebEngineCore import QWebEngineScript
from pytestqt.qtbot import QtBot

from editor.site.building.results import BuildResult
from editor.ui.preview.page_host import Built
from tests.ui.preview.conftest import Preview

MAIN = QWebEngineScript.ScriptWorldId.MainWorld.value

BLOCKS = [
    "<h1>The title of the post</h1>\n",
    "<p>The first paragraph has words of its own.</p>\n",
    "<h2>A heading</h2>\n",
    "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n",
    "<p>The last paragraph ends the post.</p>\n",
]
"""A post, block by block."""

PAGE = """<!doctype html><html><head><title>Site</title></head><body>
<nav><ul><li><a href="/other/">Other</a></li></ul></nav>
<main><article>{post}</article></main><footer><p>The footer of the site</p></footer>{more}</body></html>"""


def write_page(folder: Path, post: str, *, more: str = "", page: str = PAGE) -> BuildResult:
    """Write the page of a post into the build `folder`, at `/post/`; return what the build came to."""
    file = folder / "post/index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page.format(post=post, more=more), "utf-8")
    return BuildResult(
        folder, succeeded=True, problems=(), seconds=0.1, site_addresses=("https://example.org",)
    )


class BuiltPreview:
    """A preview whose post is shown in a built page."""

    def __init__(self, qtbot: QtBot, preview: Preview, folder: Path) -> None:
        self._qtbot = qtbot
        self.preview = preview
        self.folder = folder
        self.count = 0

    def open(self, blocks: list[str]) -> None:
        """Show a post of these blocks, each of one line, in the Reading look."""
        self.count = len(blocks)
        self.preview.write("\n".join(blocks), [(block, 1) for block in blocks])

    def build(
        self, post: str, *, current: bool = True, known: bool = True, more: str = "", page: str = PAGE
    ) -> bool:
        """Show the built page with the HTML `post`; return whether the post was found in it."""
        view = self.preview.view
        result = write_page(self.folder, post, more=more, page=page)
        blocks = view.snapshot() if known and current else None
        with self._qtbot.waitSignal(view.placed, timeout=20_000) as placed:
            view.show_built(Built(result, "/post/", blocks, lambda: current))
        self._qtbot.waitUntil(view._settled_down, timeout=10_000)
        assert placed.args is not None
        return bool(placed.args[0])

    def type(self, start: int, removed: int, blocks: list[str]) -> None:
        """Change blocks of the post."""
        self.preview.patch([(start, removed, [(block, 1) for block in blocks])])

    def article(self, selector: str = "article") -> list[str]:
        """Return the children of the article: the name and the text of each."""
        found: list[str] = self.preview.ask(
            f"[...document.querySelector({selector!r}).children].map((e) => e.localName + ' ' + e.innerText.trim())"
        )
        return found

    def in_main_world(self, expression: str) -> Any:
        """Return the value of `expression` for the theme's scripts."""
        answers: list[Any] = []
        self.preview.view.web.page().runJavaScript(expression, MAIN, answers.append)
        self._qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]


MakeBuilt = Callable[[], BuiltPreview]
