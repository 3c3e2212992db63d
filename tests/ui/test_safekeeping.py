"""What is typed into the window's posts is in the journal until it is saved."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QTextCursor

from editor.post.document import PostDocument
from editor.post.recovery.unsaved import read_journal, unsaved_posts
from editor.post.text_edit import TextEdit
from editor.settings import Settings
from editor.ui.safekeeping import Safekeeping
from editor.ui.tasks import ImmediateTasks
from editor.ui.workspace import Workspace
from tests.ui.held_tasks import HeldTasks


class Desk:
    def __init__(self, folder, tasks=None):
        self.folder = folder
        self.workspace = Workspace(Settings.load(), tasks or ImmediateTasks())
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


def test_a_moved_file_is_found_where_it_is(desk, post):
    desk.workspace.open_post(post)
    desk.type("x")
    assert desk.unsaved()
    target = post.with_name("elsewhere.md")
    session = desk.workspace.session
    session.move_file(target, lambda: post.rename(target), lambda: None, pytest.fail)
    assert [found.path for found in desk.unsaved()] == [target]


def test_a_moved_file_is_where_it_is_for_what_is_typed_later(desk, post):
    desk.workspace.open_post(post)
    desk.workspace.session.follow_file(post.with_name("elsewhere.md"))
    desk.type("x")
    assert [found.path for found in desk.unsaved()] == [post.with_name("elsewhere.md")]


def test_the_fields_in_another_file_are_kept_too(desk, post):
    meta = post.with_name("post.meta")
    meta.write_bytes(b".. title: One\n")
    desk.workspace.open_post(post)
    session = desk.workspace.session
    session.take_meta(PostDocument.open(meta))
    session.meta.apply(TextEdit(13, 13, "!"))
    assert [(found.path, found.text) for found in desk.unsaved()] == [(meta, ".. title: One!\n")]
    desk.workspace.save()
    assert desk.unsaved() == []
    session.meta.apply(TextEdit(13, 13, "?"))
    assert desk.unsaved()
    desk.workspace.close(session)
    assert desk.unsaved() == []


def test_what_is_undone_while_it_is_saved_is_unsaved(qtbot, tmp_path, post):
    """What was typed is on its way to the disk: that the text is what the disk had before says nothing any more."""
    tasks = HeldTasks()
    desk = Desk(tmp_path / "recovery", tasks)
    desk.workspace.open_post(post)
    tasks.release()
    desk.type("x")
    assert desk.unsaved()
    desk.workspace.save()
    desk.workspace.session.document.undo()
    assert [found.text for found in desk.unsaved()] == ["one\r\n"]
    tasks.release()
    assert post.read_bytes() == b"one\r\nx"
    assert [(found.base, found.text) for found in desk.unsaved()] == [("one\r\nx", "one\r\n")]
    desk.safekeeping.give_up()
    desk.safekeeping.end()


def test_what_was_not_given_up_is_there_after_the_end(qtbot, tmp_path, post):
    desk = Desk(tmp_path / "recovery")
    desk.workspace.open_post(post)
    desk.type("x")
    desk.safekeeping.end()
    assert [found.text for found in unsaved_posts(desk.folder)] == ["one\r\nx"]


def test_what_was_given_up_is_not(qtbot, tmp_path, post):
    desk = Desk(tmp_path / "recovery")
    desk.workspace.open_post(post)
    desk.type("x")
    desk.safekeeping.give_up()
    desk.safekeeping.end()
    assert unsaved_posts(desk.folder) == []
