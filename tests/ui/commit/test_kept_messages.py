"""Commit messages that wait outlive the program."""

from PySide6.QtCore import QObject

from editor.ui.commit.kept_messages import KeptMessages
from editor.ui.tasks import ImmediateTasks


def test_a_message_is_there_again(qtbot, tmp_path):
    parent = QObject()
    kept = KeptMessages(tmp_path / "kept", ImmediateTasks(), parent, pause_ms=0)
    kept.keep(tmp_path / "one", "Half a sentence")
    qtbot.waitUntil((tmp_path / "kept").is_dir)
    kept.flush()
    got = []
    again = KeptMessages(tmp_path / "kept", ImmediateTasks(), parent)
    again.load(tmp_path / "one", got.append)
    again.load(tmp_path / "two", got.append)
    assert got == ["Half a sentence", ""]


def test_an_empty_message_leaves_no_file(qtbot, tmp_path):
    parent = QObject()
    kept = KeptMessages(tmp_path / "kept", ImmediateTasks(), parent)
    kept.keep(tmp_path / "one", "Something")
    kept.flush()
    assert len(list((tmp_path / "kept").iterdir())) == 1
    kept.keep(tmp_path / "one", "")
    kept.flush()
    assert list((tmp_path / "kept").iterdir()) == []


def test_the_message_of_one_repository_is_written_before_that_of_another(qtbot, tmp_path):
    parent = QObject()
    kept = KeptMessages(tmp_path / "kept", ImmediateTasks(), parent)
    kept.keep(tmp_path / "one", "First")
    kept.keep(tmp_path / "two", "Second")
    kept.flush()
    got = []
    kept.load(tmp_path / "one", got.append)
    kept.load(tmp_path / "two", got.append)
    assert got == ["First", "Second"]
