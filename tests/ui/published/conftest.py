"""The window on a site that its own generator can build here."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from editor.settings import Settings
from editor.ui import app
from editor.ui.preview.page import WORLD
from editor.ui.session import PostSession
from tests.site.building import sites
from tests.site.generators.real_builds import program

SECONDS = 90


class BuiltWindow:
    """The running window, with what a test of the Published look does and asks."""

    def __init__(self, qtbot: QtBot, folder: Path, *, trusted: bool = True) -> None:
        self.qtbot = qtbot
        self.folder = folder
        settings = Settings.load()
        if trusted:
            settings.trust(folder)
        self.parts = app.build(settings, "light")
        self.window = self.parts.window
        self.view = self.window.preview
        self.bar = self.window.preview_pane.build_bar
        self.badge = self.window.preview_pane.badge
        self.published = self.window.actions_by_id["published"]
        self.placed: list[bool] = []
        self.settled: list[int] = []
        self.view.placed.connect(self.placed.append)
        self.view.settled.connect(self.settled.append)
        self.window.resize(1500, 900)
        self.window.show()

    @property
    def session(self) -> PostSession:
        session = self.parts.workspace.session
        assert session is not None
        return session

    def open(self, name: str) -> None:
        """Open a post and wait until it is rendered, and its site known."""
        self.parts.workspace.open_post(self.folder / name)
        self.wait(lambda: self.parts.workspace.post_site is not None and bool(self.parts.workspace.posts))
        self.wait(lambda: self.view.revision == self.session.revision)

    def wait(self, ready: Callable[[], bool], seconds: float = 30) -> None:
        self.qtbot.waitUntil(ready, timeout=round(seconds * 1000))

    def publish(self) -> None:
        """Switch to the Published look and wait until the post is found there."""
        self.placed.clear()
        self.published.trigger()
        self.wait(lambda: bool(self.placed), SECONDS)

    def type(self, text: str, behind: str) -> None:
        """Type `text` behind the first place of `behind`, and wait until it is rendered."""
        cursor = self.session.document.find(behind)
        assert not cursor.isNull()
        cursor.setPosition(cursor.selectionEnd(), QTextCursor.MoveMode.MoveAnchor)
        cursor.insertText(text)
        self.wait(lambda: self.view.revision == self.session.revision)

    def ask(self, expression: str) -> Any:
        answers: list[Any] = []
        wrapped = f"JSON.stringify(({expression}) ?? null)"
        self.view.web.page().runJavaScript(wrapped, WORLD, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return json.loads(answers[0]) if answers[0] else None

    def shows(self, words: str) -> bool:
        """Return whether the page has `words`."""
        return words in (self.ask("document.body ? document.body.innerText : ''") or "")

    def address(self) -> str:
        return self.view.web.url().toString()


@pytest.fixture
def built_window(
    qapp: object, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., BuiltWindow]]:
    """Give a function that opens a window on the made-up site of a generator; it skips where that is missing."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")  # their modules are read as they are installed
    made: list[BuiltWindow] = []

    def make(
        generator: str = "mkdocs-material", changed: Mapping[str, str] | None = None, *, trusted: bool = True
    ) -> BuiltWindow:
        if generator.startswith("mkdocs"):
            if find_spec("material") is None:
                pytest.skip("mkdocs-material is not installed")
        else:
            monkeypatch.setenv("PATH", os.pathsep.join([os.environ["PATH"], str(program(generator).parent)]))
        folder = tmp_path / "site"
        if not folder.exists():
            sites.make(generator, folder, changed)
        made.append(BuiltWindow(qtbot, folder, trusted=trusted))
        return made[-1]

    yield make
    for window in made:
        window.parts.close()
