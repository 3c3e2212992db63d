"""Open posts that others change, in a workspace without a window."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from editor.settings import Settings
from editor.ui.outside import followed, look, outside_changes
from editor.ui.outside.file_looks import FileLooks
from editor.ui.outside.file_watcher import FileWatcher
from editor.ui.outside.open_elsewhere import OpenMarks, marks_folder
from editor.ui.outside.outside_changes import OutsideChanges
from editor.ui.outside.told import Told
from editor.ui.session import PostSession
from editor.ui.tasks import PoolTasks
from editor.ui.workspace import Workspace

NEVER_MS = 3_600_000


class Desk:
    """A workspace on a site of its own, and what is told of its posts."""

    def __init__(self, qtbot: QtBot, folder: Path, *, poll_ms: int = NEVER_MS) -> None:
        self.qtbot = qtbot
        self.site = folder
        folder.mkdir(exist_ok=True)
        (folder / "mkdocs.yml").write_text("site_name: Tests\nplugins: [blog]\n")
        settings = Settings.load()
        self.tasks = PoolTasks()
        self.workspace = Workspace(settings, self.tasks, remember=False)
        self.watcher = FileWatcher(pause_ms=10, poll_ms=poll_ms)
        marks = OpenMarks(marks_folder(settings.state_dir))
        self.looks = FileLooks(self.tasks, marks, self.watcher)
        self.changes = OutsideChanges(self.workspace, self.looks, self.tasks)
        self.failures: list[str] = []
        self.changes.failed.connect(lambda error: self.failures.append(error.message))
        self.workspace.save_failed.connect(lambda session, _error: self.changes.settle(session))

    def write(self, name: str, data: str | bytes) -> Path:
        path = self.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def open(self, path: Path) -> PostSession:
        """Open a post, and wait until it is watched."""
        assert self.workspace.open_post(path)
        session = self.workspace.session
        assert session is not None
        self.qtbot.waitUntil(
            lambda: str(path) in self.watcher.watched() and session.site_root is not None, timeout=10_000
        )
        self.wait_for_look()
        return session

    def wait_for_look(self) -> None:
        with self.qtbot.waitSignal(self.looks.looked, timeout=10_000):
            self.looks.look()

    def told(self) -> Told | None:
        session = self.workspace.session
        return self.changes.told_of(session) if session is not None else None

    def words(self) -> str:
        told = self.told()
        return told.words if told is not None else ""

    def wait_for_words(self, part: str) -> None:
        self.qtbot.waitUntil(lambda: part in self.words(), timeout=10_000)

    def wait_for_text(self, text: str) -> None:
        session = self.workspace.session
        assert session is not None
        self.qtbot.waitUntil(lambda: session.text == text, timeout=10_000)

    def git(self, *arguments: str, folder: Path | None = None) -> None:
        subprocess.run(["git", *arguments], cwd=folder or self.site, check=True, capture_output=True)

    def close(self) -> None:
        self.tasks.end()
        self.looks.end()
        shiboken6.delete(self.changes)
        shiboken6.delete(self.looks)
        shiboken6.delete(self.workspace)
        shiboken6.delete(self.tasks)


def type_text(session: PostSession, text: str, before: str) -> None:
    """Type `text` in front of the first place of `before`."""
    cursor = session.document.find(before)
    assert not cursor.isNull()
    cursor.setPosition(cursor.selectionStart())
    cursor.insertText(text)


def caret_at(session: PostSession, words: str) -> QTextCursor:
    """Return a cursor that has `words` selected."""
    cursor = session.document.find(words)
    assert not cursor.isNull()
    return cursor


@pytest.fixture
def patient_desk(qapp: object, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Give one that waits as long as people's for a file that is being written, or comes back."""
    made = Desk(qtbot, tmp_path / "site")
    yield made
    made.close()


@pytest.fixture
def desk(patient_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give one that soon takes a file for written, or for gone: for tests whose files are either at once."""
    monkeypatch.setattr(look, "_WRITING_SECONDS", 0.05)
    monkeypatch.setattr(outside_changes, "_AGAIN_MS", 20)
    for module in (followed, outside_changes):
        monkeypatch.setattr(module, "GONE_MS", 100)
    return patient_desk


@pytest.fixture
def polled_desk(qapp: object, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Give one that looks every 50 ms and is told nothing by the system."""
    made = Desk(qtbot, tmp_path / "site", poll_ms=50)
    yield made
    made.close()
