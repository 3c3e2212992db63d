"""The real window on a small site that nobody trusts, and witnesses of whatever gets out of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QTextCursor
from pytestqt.qtbot import QtBot

from editor.settings import Settings
from editor.ui import app
from editor.ui.preview.crashes import Answer
from editor.ui.preview.page import WORLD
from tests.conftest import Log
from tests.hostile.witnesses import Canary, Listener, Reads

POST = "---\ndate: 2025-01-01\n---\n\n# Hello\n"
_DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' width='5' height='5'></svg>"
_SCHEMES = (
    "http", "https", "mailto", "file", "javascript", "data", "vbscript", "ftp", "tel", "copydesk", "chrome", "vscode",
    "ms-msdt", "steam", "smb", "ssh", "telnet", "intent", "about", "blob", "view-source", "filesystem", "x-help", "search-ms",
    "jar", "ws", "livescript", "mocha",
)  # fmt: skip


class Opener(QObject):
    """Stands for the programs of the desktop; `opened` has the addresses that one of them was to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toString())


class Victim:
    """The window on `site`, whose one post is written anew by a test."""

    def __init__(self, folder: Path, reads: Reads) -> None:
        self.canary = Canary(folder / "outside", reads)
        self.listener = Listener()
        self.opener = Opener()
        for scheme in _SCHEMES:
            QDesktopServices.setUrlHandler(scheme, self.opener, "take")
        self.site = folder / "site"
        self.post = self.site / "docs/posts/x/post.md"
        self.post.parent.mkdir(parents=True)
        (self.site / ".git").mkdir()
        (self.site / "mkdocs.yml").write_text(
            "site_name: x\ntheme: {name: material}\nplugins: [blog: {blog_dir: .}]\n"
            "markdown_extensions: [attr_list, md_in_html, pymdownx.superfences, pymdownx.arithmatex: {generic: true}]\n"
        )
        self.post.write_text(POST)
        for place in ("docs", "docs/posts/x"):
            (self.site / place / "own.svg").write_text(_DRAWING)
            (self.site / place / "link.svg").symlink_to(self.canary.folder / "c.svg")
            (self.site / place / "folder").symlink_to(self.canary.folder)
        self.parts = app.build(Settings.load(folder / "home"), "light", remember=False)
        self.window = self.parts.window
        self.painted = -1
        self.window.preview.settled.connect(self._note)
        answer = self.window.preview.findChild(Answer)
        assert answer is not None
        answer.set_patience(4000)
        self.window.resize(1400, 900)
        self.window.show()

    def _note(self, revision: int) -> None:
        self.painted = revision

    def use(self, qtbot: QtBot) -> None:
        """Go on in another test; open the post in the first one."""
        self.qtbot = qtbot
        self.window.preview._crashes.forget()  # those of other tests; after three in a minute it is switched off
        if self.parts.workspace.session is None:
            self.parts.workspace.open_path(self.post)
            qtbot.waitUntil(self.is_painted, timeout=30_000)

    def is_painted(self) -> bool:
        """Return whether the text as it is now is painted."""
        session = self.parts.workspace.session
        return session is not None and self.painted == session.revision

    def type(self, body: str) -> None:
        """Write another body."""
        session = self.parts.workspace.session
        cursor = QTextCursor(session.document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setPosition(session.document.toPlainText().rindex("# Hello"), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(f"# Hello\n\n{body}\n")

    def write(self, body: str) -> None:
        """Write another body, and wait until it is painted."""
        self.type(body)
        self.qtbot.waitUntil(self.is_painted, timeout=30_000)

    def tell(self, script: str) -> Any:
        """Return what the JavaScript expression `script` is in our own world of the page."""
        answers: list[Any] = []
        self.window.preview.web.page().runJavaScript(
            f"JSON.stringify(({script}) ?? null)", WORLD, answers.append
        )
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        assert answers[0], script  # else it raised
        return json.loads(answers[0])

    def settle(self) -> None:
        """Wait until the page has asked for all that it is going to ask for: a picture that comes last is there."""
        self.tell(
            "(() => { const last = new Image(); last.id = 'last-of-all'; last.src = 'copydesk://shell/icons/note.svg?'"
            " + performance.now(); last.addEventListener('load', () => { last.dataset.here = 'yes'; });"
            " document.body.append(last); return 1; })()"
        )
        self.qtbot.waitUntil(
            lambda: self.tell("document.getElementById('last-of-all').dataset.here ?? null") == "yes",
            timeout=10_000,
        )
        self.tell("(document.getElementById('last-of-all').remove(), 1)")

    def harm(self) -> list[str]:
        """Return what got out, in, or anywhere, in words."""
        found = [f"asked for {line!r}" for line in self.listener.asked]
        found += [f"opened {name}" for name in self.canary.opened()]
        url = self.window.preview.web.url().toString().partition("#")[0]
        if url != "copydesk://shell/shell.html":
            found.append(f"went to {url}")
        if self.tell("document.documentElement.dataset.ran ?? null"):
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
        self.parts.close()
        for scheme in _SCHEMES:
            QDesktopServices.unsetUrlHandler(scheme)
        self.listener.close()
        self.canary.close()


@pytest.fixture(scope="session")
def reads() -> Iterator[Reads]:
    """Give what notices that a file is read; one for all tests."""
    made = Reads()
    yield made
    made.close()


@pytest.fixture(scope="module")
def victim_window(qapp: object, tmp_path_factory: pytest.TempPathFactory, reads: Reads) -> Iterator[Victim]:
    """Give the window that the tests of a module share."""
    made = Victim(tmp_path_factory.mktemp("hostile"), reads)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def heavy(log: Log) -> None:
    """Expect that what is heavy is shown without having been verified: there is a limit to the time for it."""
    log.expect("could not be verified: no time was left")


@pytest.fixture
def victim(victim_window: Victim, qtbot: QtBot) -> Victim:
    """Give the window, with the post open in it."""
    victim_window.use(qtbot)
    return victim_window


@pytest.fixture
def canary(tmp_path: Path, reads: Reads) -> Iterator[Canary]:
    """Give a folder that nobody may read."""
    made = Canary(tmp_path / "outside", reads)
    yield made
    made.close()
