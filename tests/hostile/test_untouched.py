"""Opening a file in the window and closing it changes no byte of it.

In the suite, a sample of the corpus is opened; `COPYDESK_EVERY_FILE=1 python -m pytest -s tests/hostile/test_untouched.py`
opens all of it, and prints how many that were.
"""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from editor.settings import Settings
from editor.ui import app

pytestmark = [pytest.mark.web, pytest.mark.timeout(20_000)]

KINDS = {".md", ".markdown", ".mdx", ".mkd", ".html", ".txt"}
MADE = {
    "crlf.md": b"---\r\ntitle: x\r\n---\r\n\r\n# Hello\r\n",
    "mixed.md": b"---\ntitle: x\r\n---\n\r# a\rb\r\nc\n",
    "mark.md": b"\xef\xbb\xbf---\ntitle: x\n---\n\n# a",
    "utf-16.md": "# Grüße\r\n".encode("utf-16"),
    "latin.md": b"# Gr\xfc\xdfe\n",
    "nul.md": b"# a\0b\n",
    "controls.md": "# a\u2028b\u2029c\x85d\x0ce\ufdd0f\xa0\ufeffg\n".encode(),
    "surrogate.md": b"# \xed\xa0\x80\n",
    "empty.md": b"",
    "blank.md": b"\n\n \t\n",
    "broken.md": b"---\ntitle: [x\ndate: &a *a\n",
    "toml.md": b"+++\ntitle = 'x'\n# c\n+++\n\nx   \n\n\n",
    "long.md": b"x" * 60_000,
}


def opened_and_closed(qtbot, home: Path, files: list[Path]) -> list[str]:
    """Open each of `files` in one window, let it settle, close it; return the names of those that are not as before."""
    before = {path: (hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns) for path in files}
    parts = app.build(Settings.load(home), "light", remember=False)
    window, workspace = parts.window, parts.workspace
    window.resize(1400, 900)
    window.show()
    try:
        for path in files:
            failed: list[object] = []
            workspace.failed.connect(failed.append)
            workspace.open_path(path)
            qtbot.waitUntil(
                lambda path=path, failed=failed: (
                    bool(failed)
                    or (
                        workspace.session is not None
                        and workspace.session.path == path
                        and not parts.client.busy
                    )
                ),
                timeout=90_000,
            )
            workspace.failed.disconnect(failed.append)
            session = workspace.session
            assert failed or (session is not None and not session.modified), path
    finally:
        parts.close()
    return [
        str(path)
        for path, (digest, time) in before.items()
        if (hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns) != (digest, time)
    ]


def test_made_up_files(qtbot, qapp, tmp_path, log):
    log.expect("")
    folder = tmp_path / "blog"
    (folder / ".git").mkdir(parents=True)
    for name, data in MADE.items():
        (folder / name).write_bytes(data)
    assert opened_and_closed(qtbot, tmp_path / "home", sorted(folder.glob("*.md"))) == []


def test_real_files(qtbot, qapp, tmp_path, corpus, log):
    log.expect("")
    files = sorted(path for path in corpus.rglob("*") if path.suffix.lower() in KINDS and path.is_file())
    if not os.environ.get("COPYDESK_EVERY_FILE"):
        files = files[:: max(1, len(files) // 12)]
    # A copy: the corpus is not to be written, not even by a program that fails this test.
    copies = []
    for path in files:
        copy = tmp_path / "copy" / path.relative_to(corpus)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        copies.append(copy)
    (tmp_path / "copy/.git").mkdir()
    assert copies
    assert opened_and_closed(qtbot, tmp_path / "home", copies) == []
    print(f"{len(copies)} files of the corpus were opened and closed, and none was changed")
