"""A window that is closed gives back what it took of the system."""

import os
import sys
from pathlib import Path

import pytest

from editor.settings import Settings
from editor.ui import app


def watching() -> int:
    """Return how many times this process asks the system to tell it of files; there are 128 for all programs."""
    found = 0
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208  (the folder's own descriptor is gone by then)
        link = Path("/proc/self/fd", name)
        found += link.is_symlink() and "inotify" in str(link.readlink())
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux's /proc")
def test_it_watches_no_files_any_more(qtbot, tmp_path):
    (tmp_path / ".git").mkdir()
    post = tmp_path / "post.md"
    post.write_text("# Hello\n")

    def open_and_close() -> int:
        parts = app.build(Settings.load(), "light", remember=False)
        parts.window.show()
        parts.workspace.open_path(post)
        qtbot.waitUntil(lambda: bool(parts.workspace.posts), timeout=20_000)
        most = watching()
        parts.close()
        return most

    open_and_close()  # Chromium has something of its own from now on
    before = watching()
    assert open_and_close() > before
    assert watching() == before
