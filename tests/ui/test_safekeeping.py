"""What is typed into the window's posts is in the journal until it is saved."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QTextCursor

from editor.post.recovery.unsaved import read_journal
from editor.settings import Settings
from editor.ui.safekeeping import Safekeeping
from editor.ui.tasks import ImmediateTasks
from editor.ui.workspace import Workspace


class Desk:
    def __init__(self, folder):
        self.folder = folder
        self.workspace = Workspace(Settings.load(), ImmediateTasks())
        self.safekeeping = Safekeeping(folder, self.workspace)

    def type(self, text, session=None):
        cursor = QTextCursor((session or self.workspace.session).document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text)

    def unsaved(self):
        assert self.safekeeping.flush()
        paths = list(self.folder.iterdir()) if self.folder.exists() else []
        return [post for path in paths for post in read_journal(path)]


@pytest.fixture
def desk(qtbot, tmp_path):
    desk = Desk(tmp_path / "recovery")
    yield desk
    desk.safekeeping.end()
    # What was closed goes now, while what it belongs to is still there.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def post(tmp_path):
    path = tmp_path / "site" / "post.md"
    path.parent.mkdir()
    path.write_bytes(b"one\r\n")
    return path


def test_typed_saved_typed(desk, post):
    desk.workspace.open_post(post)
    assert desk.unsaved() == []
    desk.type("two\n")
    [found] = desk.unsaved()
    assert (found.path, found.base, found.text) == (post, "one\r\n", "one\r\ntwo\r\n")
    desk.workspace.save()
    assert post.read_bytes() == b"one\r\ntwo\r\n"
    assert desk.unsaved() == []
    desk.type("three")
    [found] = desk.unsaved()
    assert (found.base, found.text) == ("one\r\ntwo\r\n", "one\r\ntwo\r\nthree")


def test_what_is_undone_is_not_unsaved(desk, post):
    desk.workspace.open_post(post)
    desk.type("x")
    assert desk.unsaved()
    desk.workspace.session.document.undo()
    assert desk.unsaved() == []
    desk.workspace.session.document.redo()
    assert [found.text for found in desk.unsaved()] == ["one\r\nx"]


def test_a_reload_is_no_edit_of_the_writer(desk, post):
    desk.workspace.open_post(post)
    desk.type("mine")
    post.write_bytes(b"theirs\n")
    desk.workspace.reload()
    assert desk.unsaved() == []


def test_posts_without_a_name_each_for_itself(desk):
    desk.workspace.new_untitled()
    desk.type("first")
    desk.workspace.new_untitled()
    desk.type("second")
    assert sorted((found.path, found.text) for found in desk.unsaved()) == [(None, "first"), (None, "second")]


def test_a_closed_post_is_given_up(desk, post):
    desk.workspace.open_post(post)
    desk.type("x")
    desk.workspace.close(desk.workspace.session)
    assert desk.unsaved() == []


def test_a_failed_save_keeps_it(desk, post, monkeypatch):
    desk.workspace.open_post(post)
    desk.type("x")
    post.write_bytes(b"changed by another\n")
    failures = []
    desk.workspace.save_failed.connect(lambda _session, error: failures.append(error))
    desk.workspace.save()
    assert failures
    assert [found.text for found in desk.unsaved()] == ["one\r\nx"]
