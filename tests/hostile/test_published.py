"""Posts as attack in the Published look, where the theme's scripts run: nothing of the post does, or gets out or in."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.ui.preview.preview_view import PreviewView
from editor.ui.tasks import PoolTasks
from tests.hostile.attacks import ALL, armed
from tests.hostile.witnesses import Canary, Listener, Reads
from tests.ui.preview.built_pages import BLOCKS, BuiltPreview
from tests.ui.preview.conftest import Preview

pytestmark = pytest.mark.web

WHERE = "copydesk-built://site/post/"
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' width='5' height='5'></svg>"
ACTIVATE = (
    "(() => { for (const element of document.querySelectorAll('article a, article area, article button, article input,"
    " article summary, article label, article form, article [tabindex], article p')) {"
    " element.focus?.(); element.click?.();"
    " for (const type of ['auxclick', 'dblclick', 'contextmenu', 'pointerover', 'dragstart', 'copy', 'submit'])"
    " element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, button: type === 'auxclick' ? 1 : 0 }));"
    " } return 1; })()"
)


class Published:
    """The preview with a built page in it, whose post is written anew by a test."""

    def __init__(self, qtbot: QtBot, folder: Path, reads: Reads) -> None:
        self.canary = Canary(folder / "outside", reads)
        self.listener = Listener()
        site = folder / "site"
        pages = folder / "pages"
        for place in (site / "docs/posts/x", pages / "post"):
            place.mkdir(parents=True)
            (place / "own.svg").write_text(DRAWING)
            (place / "link.svg").symlink_to(self.canary.folder / "c.svg")
            (place / "folder").symlink_to(self.canary.folder)
        (pages / "last.svg").write_text(DRAWING)
        self._tasks = PoolTasks()
        self._window = QWidget()
        self._window.resize(600, 500)
        view = PreviewView(self._tasks, self._window)
        view.resize(600, 500)
        view.set_site(site, None)
        self._window.show()
        self._preview = Preview(qtbot, view, site)
        self.built = BuiltPreview(qtbot, self._preview, pages)
        self._settled = 0
        self.used = False

    def use(self, qtbot: QtBot) -> None:
        """Go on in another test; build the page in the first one."""
        self._preview._qtbot = self.built._qtbot = qtbot
        if not self.used:
            self.used = True
            self.built.open(BLOCKS)
            assert self.built.build("".join(BLOCKS))

    def write(self, html: str) -> None:
        """Write another second paragraph, and wait until it is painted."""
        self.built.type(1, 1, [html])

    def tell(self, script: str) -> Any:
        return self._preview.ask(script)

    def settle(self) -> None:
        """Wait until the page has asked for all that it is going to ask for: a picture that comes last is there."""
        self._settled += 1
        self.tell(
            "(() => { const last = new Image(); last.id = 'last-of-all';"
            " last.addEventListener('load', () => { last.dataset.here = 'yes'; });"
            f" last.src = '{WHERE}../last.svg?{self._settled}'; document.body.append(last); return 1; }})()"
        )
        self._preview.until("document.getElementById('last-of-all').dataset.here ?? ''", "yes")
        self.tell("(document.getElementById('last-of-all').remove(), 1)")

    def harm(self) -> list[str]:
        """Return what got out, in, or anywhere, in words."""
        found = [f"asked for {line!r}" for line in self.listener.asked]
        found += [f"opened {name}" for name in self.canary.opened()]
        url = self._preview.view.web.url().toString().partition("#")[0]
        if url != WHERE:
            found.append(f"went to {url}")
        if self.built.in_main_world("document.documentElement.dataset.ran ?? ''"):
            found.append("a script ran")
        if self.canary.words in self.tell("document.documentElement.outerHTML"):
            found.append("the page shows the canary")
        if self.tell(
            f"[...document.images].filter((image) => image.naturalWidth === {self.canary.width}).length"
        ):
            found.append("a picture shows the canary")
        self.listener.asked.clear()
        return found

    def close(self) -> None:
        self._tasks.wait()
        shiboken6.delete(self._window)
        self.listener.close()
        self.canary.close()


@pytest.fixture(scope="module")
def published_window(qapp: object, tmp_path_factory: pytest.TempPathFactory, reads: Reads) -> Iterator[Any]:
    made: list[Published] = []

    def make(qtbot: QtBot) -> Published:
        if not made:
            made.append(Published(qtbot, tmp_path_factory.mktemp("published"), reads))
        made[0].use(qtbot)
        return made[0]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def published(published_window: Any, qtbot: QtBot) -> Published:
    """Give the preview with the built page; one for all tests."""
    made: Published = published_window(qtbot)
    return made


@pytest.mark.parametrize("name", ALL)
def test_nothing_of_it_runs_or_gets_out(published, name):
    html = armed(ALL[name], published.listener.port, str(published.canary.folder))
    published.write(f"<div>{html}</div>\n")
    published.settle()
    assert published.harm() == []
    published.tell(ACTIVATE)
    published.settle()
    assert published.harm() == []
    published.write("<p>All is <em>well</em>.</p>\n")
    assert "p All is well." in published.built.article()
    assert published.tell("document.querySelectorAll('article em').length") == 1
    assert (
        published.tell("document.querySelectorAll('article form, article style, article script').length") == 0
    )


@pytest.mark.parametrize(
    "name", [name for name in ALL if name.startswith(("frames", "places", "pictures", "styles", "traversal"))]
)
def test_nor_would_it_get_out_past_our_own_cleaning(published, name):
    """What a theme could write just as well."""
    html = armed(ALL[name], published.listener.port, str(published.canary.folder))
    html = html.replace("'preconnect'", "'next'")  # see test_no_requests
    published.write("<p>x</p>\n")
    published.tell(
        "(() => { const box = document.createElement('div'); box.id = 'past'; document.body.append(box);"
        f" box.append(document.createRange().createContextualFragment({json.dumps(html)}));"
        " for (const element of box.querySelectorAll('a, area, button, input, summary, label')) element.click?.();"
        " return 1; })()"
    )
    published.settle()
    assert [harm for harm in published.harm() if harm != "a script ran"] == []
    published.tell("(document.getElementById('past').remove(), 1)")
    published.built.in_main_world("delete document.documentElement.dataset.ran")
    assert published.harm() == []
