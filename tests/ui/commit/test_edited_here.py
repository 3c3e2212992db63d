"""Which files were edited here, and what they held before."""

import os

import pytest

from editor.post.text_edit import TextEdit
from editor.settings import Settings
from editor.ui.commit.edited_here import EditedHere
from editor.ui.tasks import ImmediateTasks
from editor.ui.workspace import Workspace


@pytest.fixture
def workspace(qapp, tmp_path):
    return Workspace(Settings.load(), ImmediateTasks(), remember=False)


@pytest.fixture
def here(workspace):
    return EditedHere(workspace, ImmediateTasks())


def opened(workspace, path, data=b"one\ntwo\nthree\nfour\nfive\n"):
    path.write_bytes(data)
    workspace.open_post(path)
    return workspace.session


def type_in(session, text="typed "):
    session.apply(TextEdit(0, 0, text))


def test_a_post_that_is_only_open_was_not_edited(workspace, here, tmp_path):
    opened(workspace, tmp_path / "a.md")
    assert here.before() == {}


def test_it_holds_what_the_file_held_before_the_first_edit(qtbot, workspace, here, tmp_path):
    session = opened(workspace, tmp_path / "a.md")
    with qtbot.waitSignal(here.changed):
        type_in(session)
    session.save()
    type_in(session, "again ")
    assert here.before() == {os.path.realpath(tmp_path / "a.md"): b"one\ntwo\nthree\nfour\nfive\n"}


def test_a_new_post_held_nothing(workspace, here, tmp_path):
    workspace.new_untitled("text\n")
    type_in(workspace.session)
    workspace.session.save(tmp_path / "new.md")
    assert here.before() == {os.path.realpath(tmp_path / "new.md"): b""}


def test_what_another_program_wrote_meanwhile_is_not_an_edit_of_here(workspace, here, tmp_path):
    path = tmp_path / "a.md"
    session = opened(workspace, path)
    type_in(session)
    session.save()
    path.write_bytes(path.read_bytes().replace(b"five", b"5"))
    session.reload(lambda: None, pytest.fail)
    assert here.before() == {os.path.realpath(path): b"one\ntwo\nthree\nfour\n5\n"}


def test_after_a_commit_it_begins_anew(workspace, here, tmp_path):
    path = tmp_path / "a.md"
    session = opened(workspace, path)
    type_in(session)
    session.save()
    here.committed(path)
    assert here.before() == {}
    type_in(session, "more ")
    assert here.before() == {os.path.realpath(path): b"typed one\ntwo\nthree\nfour\nfive\n"}


def test_a_file_that_is_moved_here_is_edited_at_both_places(workspace, here, tmp_path):
    path, target = tmp_path / "a.md", tmp_path / "b.md"
    session = opened(workspace, path)
    session.move_file(target, lambda: path.rename(target), lambda: None, pytest.fail)
    assert here.before() == {
        os.path.realpath(path): b"one\ntwo\nthree\nfour\nfive\n",
        os.path.realpath(target): b"",
    }


def test_after_a_commit_of_a_part_the_rest_is_still_edited_here(workspace, here, tmp_path):
    path = tmp_path / "a.md"
    type_in(opened(workspace, path))
    here.committed(path, b"what was committed\n")
    assert here.before() == {os.path.realpath(path): b"what was committed\n"}


def test_what_is_typed_while_a_commit_is_made_is_edited_here(workspace, here, tmp_path):
    path = tmp_path / "a.md"
    session = opened(workspace, path)
    type_in(session)
    session.save()
    type_in(session, "more ")
    here.committed(path)
    assert here.before() == {os.path.realpath(path): b"typed one\ntwo\nthree\nfour\nfive\n"}
