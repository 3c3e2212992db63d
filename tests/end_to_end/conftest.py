"""The whole window on a copy of a small blog."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from editor.settings import Settings
from editor.ui import app
from editor.ui.preview.page import WORLD
from editor.ui.session import PostSession
from tests.end_to_end.front_matter_window import Window


class AppWindow:
    """The running window, with what a test does and asks as a person would."""

    def __init__(self, qtbot: QtBot, site: Path) -> None:
        self.qtbot = qtbot
        self.site = site
        self.parts = app.build(Settings.load(), "light")
        self.window = self.parts.window
        self.painted = -1
        self.window.preview.settled.connect(self._note)
        self.window.resize(1600, 1000)
        self.window.show()

    def _note(self, revision: int) -> None:
        self.painted = revision

    @property
    def session(self) -> PostSession:
        session = self.parts.workspace.session
        assert session is not None
        return session

    def open(self, name: str) -> None:
        """Open the post `name` of the site and wait until it is painted."""
        with self.qtbot.waitSignal(self.window.preview.settled, timeout=30_000):
            self.parts.workspace.open_path(self.site / "docs/posts" / name)
        self.qtbot.waitUntil(lambda: bool(self.parts.workspace.posts), timeout=10_000)

    def wait_for_preview(self) -> None:
        """Wait until the text as it is now is painted."""
        self.qtbot.waitUntil(lambda: self.painted == self.session.revision, timeout=20_000)

    def save(self) -> None:
        with self.qtbot.waitSignal(self.session.saved):
            self.window.actions_by_id["save"].trigger()

    def insert(self, text: str, before: str) -> None:
        """Type `text` in front of the first place of `before`."""
        cursor = self.session.document.find(before)
        cursor.setPosition(cursor.selectionStart())
        cursor.insertText(text)

    def append(self, text: str) -> None:
        cursor = QTextCursor(self.session.document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text)

    def ask(self, script: str) -> Any:
        """Return what the JavaScript expression `script` is in the page."""
        answers: list[Any] = []
        wrapped = f"JSON.stringify(({script}) ?? null)"
        self.window.preview.web.page().runJavaScript(wrapped, WORLD, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return json.loads(answers[0])

    def close(self) -> None:
        self.parts.close()


@pytest.fixture
def app_window(qapp: object, qtbot: QtBot, site_copy: Callable[[str], Path]) -> Iterator[AppWindow]:
    """Give the window on a copy of the small blog, no post open yet."""
    window = AppWindow(qtbot, site_copy("small-blog"))
    yield window
    window.close()


@pytest.fixture
def window(qapp: object, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[dict[str, str]], Window]]:
    made: list[Window] = []

    def make(files: dict[str, str]) -> Window:
        made.append(Window(qtbot, tmp_path / "site"))
        for name, text in files.items():
            made[0].write(name, text)
        return made[0]

    yield make
    for one in made:
        one.parts.close()
