"""The running window on a made-up site, without waiting for the preview."""

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.settings import Settings
from editor.ui import app
from editor.ui.session import PostSession


class Window:
    """The running window on a site of one generator."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.parts = app.build(Settings.load(), "light")
        self.window = self.parts.window
        self.form = self.window.form
        self.window.resize(1500, 900)
        self.window.show()

    @property
    def session(self) -> PostSession:
        session = self.parts.workspace.session
        assert session is not None
        return session

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def open(self, path: Path) -> None:
        """Open a post and wait until its form is there."""
        with self.qtbot.waitSignal(self.parts.watcher.ready, timeout=20_000):
            self.parts.workspace.open_path(path)
        self.qtbot.waitUntil(lambda: bool(self.form.shown_keys()), timeout=20_000)

    def field(self, key: str) -> QWidget:
        found = self.form.findChild(QWidget, f"field-{key}")
        assert found is not None, f"no field {key} in {self.form.shown_keys()}"
        return found

    def hidden_lines(self) -> int:
        """Return how many lines at the start of the text are folded away."""
        block = self.session.document.firstBlock()
        count = 0
        while block.isValid() and not block.isVisible():
            count += 1
            block = block.next()
        return count

    def save(self) -> None:
        with self.qtbot.waitSignal(self.session.saved, timeout=20_000):
            self.window.actions_by_id["save"].trigger()
