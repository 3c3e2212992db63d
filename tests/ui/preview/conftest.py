"""The real preview, and a way to ask its page questions."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from editor.render.python_markdown.html_blocks import split_blocks
from editor.ui.preview.page import WORLD
from editor.ui.preview.preview_view import PreviewView
from editor.ui.tasks import PoolTasks

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c63f8cfc0f01f0005000201ff5f1d0d3c0000000049454e44ae426082"
)
"""A picture of one pixel."""


POST = "[...document.querySelectorAll('.copydesk-part')].map((part) => part.innerHTML).join('')"
"""The HTML of the post, without the parts that the page keeps it in."""


class Preview:
    """A preview in a window, with what a test asks of it.

    `view` is the PreviewView, `site` the folder that it shows pictures of.
    """

    def __init__(self, qtbot: QtBot, view: PreviewView, site: Path) -> None:
        self._qtbot = qtbot
        self.view = view
        self.site = site
        self._revision = 0
        self._shown: tuple[PreviewView, list[str]] = view, []

    def show(self, html: str, source: str = "") -> None:
        """Show `html`, of whose lines in `source` nothing is known, and wait until it is painted."""
        blocks = split_blocks(html)
        if self.view is not self._shown[0]:
            self._shown = self.view, []
        before = self._shown[1]
        most = min(len(before), len(blocks))
        head = next((index for index in range(most) if before[index] != blocks[index]), most)
        tail = next((n for n in range(most - head) if before[-1 - n] != blocks[-1 - n]), most - head)
        self.source(source)
        self._shown = self.view, blocks
        entries = [(block, None) for block in blocks[head : len(blocks) - tail]]
        self.patch([(head, len(before) - head - tail, entries)])

    def open(self, key: str) -> None:
        """Turn to another post."""
        self._shown = self.view, []
        self.view.open_post(key)

    def source(self, text: str) -> None:
        """Say what the text of the post is."""
        lines = text.split("\n")
        self.view.set_source(lambda first, count: lines[first : first + count])

    def patch(self, changes: list[Any], first_line: int = 0) -> None:
        """Change blocks, as `PreviewView.show_patch`, and wait until they are painted."""
        self._revision += 1
        revision = self._revision
        with self._qtbot.waitSignal(
            self.view.settled, timeout=20_000, check_params_cb=lambda painted: painted == revision
        ):
            self.view.show_patch(changes, first_line, revision)

    def write(self, source: str, blocks: list[tuple[str, int]], first_line: int = 0) -> None:
        """Show another post, whose `blocks` are given with their lines in `source`."""
        self.open("another.md")
        self.source(source)
        self.patch([(0, None, blocks)], first_line)

    def _run(self, script: str) -> Any:
        answers: list[Any] = []
        self.view.web.page().runJavaScript(script, WORLD, answers.append)
        self._qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]

    def ask(self, expression: str) -> Any:
        """Return the value of `expression` (JSON data) in our own world of the page."""
        return json.loads(self._run(f"JSON.stringify({expression}) ?? 'null'"))

    def tell(self, statements: str) -> None:
        """Run `statements` in our own world of the page."""
        assert self._run(f"{statements}; 'done'") == "done"

    def until(self, script: str, value: Any = True) -> None:
        """Wait until `script` gives `value`."""
        self._qtbot.waitUntil(lambda: self.ask(script) == value, timeout=10_000)

    def html(self) -> str:
        """Return the post as it stands in the page."""
        return str(self.ask(POST))

    def click(self, selector: str) -> None:
        """Click the middle of the element with the mouse."""
        x, y = self.ask(
            f"(() => {{ const box = document.querySelector({selector!r}).getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        target = self.view.web.focusProxy()
        QTest.mouseClick(
            target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(int(x), int(y))
        )


@pytest.fixture
def preview(qtbot: QtBot, tmp_path: Path) -> Iterator[Preview]:
    """Give a preview that shows an empty post of an empty site."""
    site = tmp_path / "site"
    site.mkdir()
    tasks = PoolTasks()
    window = QWidget()
    window.resize(600, 500)
    view = PreviewView(tasks, window)
    view.resize(600, 500)
    view.set_site(site, None)
    view.open_post("first.md")
    window.show()
    made = Preview(qtbot, view, site)
    made.show("")
    yield made
    tasks.wait()
    window.close()
    window.deleteLater()
    qtbot.waitUntil(lambda: not isValid(view))


@pytest.fixture
def picture() -> Callable[[Path], Path]:
    """Give a function that writes a picture to a path."""

    def write(path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PNG)
        return path

    return write
