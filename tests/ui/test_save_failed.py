"""A save that fails is told with a way out, and nothing is lost."""

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFileDialog, QMessageBox

from editor.settings import Settings
from editor.ui import app


@pytest.fixture
def parts(qtbot, tmp_path):
    (tmp_path / "post.md").write_bytes(b"old\r\n")
    parts = app.build(Settings.load(), "light")
    parts.window.show()
    parts.workspace.open_post(tmp_path / "post.md")
    cursor = QTextCursor(parts.workspace.session.document)
    cursor.insertText("new ")
    yield parts
    parts.close()


def refused(qtbot, parts, monkeypatch, number):
    """Save while the disk refuses; return the box that tells of it."""
    real = os.fsync

    def fsync(descriptor):
        if Path(f"/proc/self/fd/{descriptor}").readlink().name.startswith(".copydesk-"):
            raise OSError(number, os.strerror(number))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with qtbot.waitSignal(parts.workspace.save_failed):
        parts.window.actions_by_id["save"].trigger()
    monkeypatch.setattr(os, "fsync", real)
    return parts.window.findChild(QMessageBox, "saveFailed")


def press(box, words):
    next(button for button in box.buttons() if button.text().replace("&", "") == words).click()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="Linux tells what a descriptor is of")
@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "disk is full"), (errno.EIO, "could not be written")]
)
def test_try_again(qtbot, parts, tmp_path, monkeypatch, number, words):
    box = refused(qtbot, parts, monkeypatch, number)
    assert words in box.text()
    assert (tmp_path / "post.md").read_bytes() == b"old\r\n"
    assert parts.workspace.session.text == "new old\r\n"
    assert parts.workspace.session.modified
    with qtbot.waitSignal(parts.workspace.saved):
        press(box, "Try again")
    assert (tmp_path / "post.md").read_bytes() == b"new old\r\n"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="Linux tells what a descriptor is of")
def test_save_elsewhere(qtbot, parts, tmp_path, monkeypatch):
    box = refused(qtbot, parts, monkeypatch, errno.EROFS)
    target = tmp_path / "elsewhere.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    with qtbot.waitSignal(parts.workspace.saved):
        press(box, "Save as…")
    assert target.read_bytes() == b"new old\r\n"
    assert (tmp_path / "post.md").read_bytes() == b"old\r\n"
