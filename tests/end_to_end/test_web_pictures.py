"""Pictures from the web: none before the person allows the site's, and those of a trusted site alone."""

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from editor.settings import Settings
from editor.site import web_files
from editor.ui.preview.page import WORLD
from tests.end_to_end.front_matter_window import Window
from tests.site.web_server import WebServer

SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='80' height='40' viewBox='0 0 80 40'/>"
MERMAID = (
    f"globalThis.mermaid = {{ initialize() {{}}, async render(id, text) {{ return {{ svg: `{SVG}` }}; }} }};"
)
POST = """\
---
title: A
---

![one](https://pictures.example/a.png)
![two](//pictures.example/b.png)
![gone](https://pictures.example/gone.png)
![plain](http://pictures.example/c.png)

```mermaid
graph TD
```
"""
CONFIGURATION = """\
site_name: x
theme: {name: material}
markdown_extensions:
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
"""
FILES = {
    "mkdocs.yml": CONFIGURATION,
    "docs/a.md": POST,
    "docs/b.md": "---\ntitle: B\n---\n\n# B\n",
}
SOURCES = (
    "[...document.querySelectorAll('#copydesk-article img')].filter((image) => image.naturalWidth).length"
)
PLACES = "document.querySelectorAll('.copydesk-placeholder-remote').length"
MISSING = "document.querySelectorAll('.copydesk-placeholder-missing').length"


class Shown:
    """The window on the site, and the web that it may ask."""

    def __init__(self, window: Window, web: WebServer) -> None:
        self.window = window
        self.web = web
        self.qtbot = window.qtbot
        self.badge = window.window.preview_pane.badge
        self.action = window.window.actions_by_id["web_pictures"]

    def open(self, name: str = "docs/a.md") -> None:
        self.window.open(self.window.folder / name)
        view = self.window.window.preview
        self.qtbot.waitUntil(lambda: view.revision == self.window.session.revision, timeout=20_000)

    def ask(self, expression: str) -> Any:
        answers: list[Any] = []
        page = self.window.window.preview.web.page()
        page.runJavaScript(f"JSON.stringify({expression})", WORLD, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return json.loads(answers[0]) if answers[0] else None

    def until(self, expression: str, value: Any) -> None:
        self.qtbot.waitUntil(lambda: self.ask(expression) == value, timeout=20_000)

    def allow(self) -> None:
        """Press the badge, and the button in its card."""
        self.badge.open_card()
        button = self.badge.card.findChild(QPushButton, "webFromBadge")
        self.qtbot.waitUntil(button.isVisible, timeout=10_000)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def listed(self) -> list[str]:
        shown = self.badge.card.list
        return [shown.item(row).text() for row in range(shown.count())]


@pytest.fixture
def web(monkeypatch):
    made = WebServer()
    made.has("/a.png")
    made.has("/b.png")
    made.has("/c.png")
    made.moves("/mermaid@11/dist/mermaid.min.js", "/mermaid@11.0.0/dist/mermaid.min.js")
    made.has("/mermaid@11.0.0/dist/mermaid.min.js", MERMAID.encode(), "application/javascript")
    monkeypatch.setattr(web_files, "connect_publicly", made.connect)
    yield made
    made.close()


@pytest.fixture
def shown(window, web, tmp_path):
    def make(*, trusted: bool = True) -> Shown:
        if trusted:
            Settings.load().trust(tmp_path / "site")
        return Shown(window(FILES), web)

    return make


def test_nothing_is_asked_before_the_person_allows_it(shown, web):
    window = shown()
    window.open()
    window.until(PLACES, 4)
    assert "Pictures from other hosts are not loaded" in window.listed()
    assert not window.action.isChecked()
    assert web.hosts == []
    window.allow()
    window.until(SOURCES, 3)  # two pictures and the diagram
    window.until(PLACES, 1)  # that without https
    window.until(MISSING, 1)
    assert window.action.isChecked()
    assert not any("Pictures from other hosts" in sentence for sentence in window.listed())
    assert not any("Diagrams" in sentence for sentence in window.listed())
    assert any("unencrypted" in sentence for sentence in window.listed())
    assert set(web.hosts) == {"pictures.example", "unpkg.com"}
    assert "pictures.example: /c.png" not in web.asked
    assert set(web.headers) == {"Host", "Accept", "Accept-Encoding", "User-Agent", "Connection"}


def test_what_was_allowed_is_taken_back(shown, web, tmp_path):
    window = shown()
    window.open()
    window.allow()
    window.until(SOURCES, 3)
    assert Settings.load().may_load_from_web(tmp_path / "site")
    window.action.trigger()
    window.until(PLACES, 4)
    window.until(SOURCES, 0)
    window.qtbot.waitUntil(lambda: not Settings.load().may_load_from_web(tmp_path / "site"))
    asked = len(web.asked)
    for name, places in (("b", 0), ("a", 4)):
        window.window.parts.workspace.open_path(tmp_path / f"site/docs/{name}.md")
        window.until(PLACES, places)
    assert len(web.asked) == asked


def test_the_answer_is_known_the_next_time(shown, web, tmp_path):
    Settings.load().let_load_from_web(tmp_path / "site")
    window = shown()
    window.open()
    window.until(SOURCES, 3)
    assert window.badge.card.web_button.isHidden()


def test_a_site_that_is_not_trusted_has_no_pictures_from_the_web(shown, web, tmp_path):
    Settings.load().let_load_from_web(tmp_path / "site")
    window = shown(trusted=False)
    window.open()
    window.until(PLACES, 4)
    assert not window.action.isEnabled()
    assert window.badge.card.web_button.isHidden()
    window.badge.web_wanted.emit()
    window.window.parts.tasks.wait()
    window.until(PLACES, 4)
    assert web.hosts == []


def test_trust_that_is_taken_back_takes_the_pictures_along(shown, web, tmp_path):
    Settings.load().let_load_from_web(tmp_path / "site")
    window = shown()
    window.open()
    window.until(SOURCES, 3)
    window.window.window.actions_by_id["trust"].trigger()
    window.until(PLACES, 4)
    assert not Settings.load().may_load_from_web(tmp_path / "site")
