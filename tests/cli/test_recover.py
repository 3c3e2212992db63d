import json
from pathlib import Path

import pytest

from editor.cli import run
from editor.post.recovery.journal import Journal
from editor.post.recovery.unsaved import journal_folder
from editor.post.text_edit import TextEdit
from editor.settings import Settings


@pytest.fixture
def left_behind():
    """Leave two posts behind, as a window that ends without saving: one has CRLF, one has no name."""
    journal = Journal(journal_folder(Settings.load().state_dir), lambda _trouble: None)
    journal.begin(1, Path("/site/posts/a.md"), "one\r\n", mark=b"\xef\xbb\xbf")
    journal.edit(1, TextEdit(3, 3, " more"), 10)
    journal.begin(2, None, "")
    journal.edit(2, TextEdit(0, 0, "new"), 3)
    journal.stop()


def test_nothing_is_no_fault(capsys):
    assert run(["recover", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_lists(left_behind, capsys):
    assert run(["recover"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert any(line.endswith("  /site/posts/a.md") for line in lines)
    assert run(["recover", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {post["path"] for post in found} == {"/site/posts/a.md", None}
    assert all(not post["damaged"] and post["written"] is None for post in found)


def test_writes_out_the_bytes_and_nothing_over_anything(left_behind, tmp_path, capsys):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.md").write_bytes(b"mine")
    assert run(["recover", "--output-dir", str(folder)]) == 0
    assert set(capsys.readouterr().out.split()) == {str(folder / "a-2.md"), str(folder / "untitled.md")}
    assert (folder / "a.md").read_bytes() == b"mine"
    assert (folder / "a-2.md").read_bytes() == b"\xef\xbb\xbfone more\r\n"
    assert (folder / "untitled.md").read_bytes() == b"new"
    assert run(["recover"]) == 0  # it stays in the journal
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_folder_that_can_not_be_made(left_behind, tmp_path, capsys):
    (tmp_path / "file").write_bytes(b"")
    assert run(["recover", "--output-dir", str(tmp_path / "file")]) == 1
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 2
    assert "Traceback" not in complaint
