"""PostSession: form edits and typing in one text with one undo stack, and the bytes that are saved."""

import random
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor

from editor.errors import ChangedOnDisk, FrontMatterError
from editor.post.document import PostDocument
from editor.post.text_edit import TextEdit
from editor.ui.session import PostSession
from editor.ui.tasks import ImmediateTasks
from tests.ui.held_tasks import HeldTasks

pytestmark = pytest.mark.usefixtures("qapp")

POST = "---\r\ndraft: false # not yet\r\ntags: [a]\r\n---\r\n\r\n# Title\n\nBody\u00a0here\n"


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "post.md"
    path.write_bytes(POST.encode())
    return path


def opened(path: Path) -> PostSession:
    return PostSession(PostDocument.open(path), ImmediateTasks())


def type_text(session: PostSession, text: str, line: int = 5, column: int = 0) -> None:
    cursor = QTextCursor(session.document.findBlockByNumber(line))
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, n=column)
    cursor.insertText(text)


def test_a_form_edit_changes_one_line_and_undo_gives_the_bytes_back(post):
    session = opened(post)
    session.set_value("draft", True)
    session.save()
    assert post.read_bytes() == POST.replace("draft: false", "draft: true").encode()
    session.document.undo()
    session.save()
    assert post.read_bytes() == POST.encode()


def test_typing_in_one_field_is_one_step_of_undo(post):
    session = opened(post)
    for value in ("W", "Wo", "Wor", "Word"):
        session.set_value("title", value)
    assert "title: Word\r\n" in session.text
    session.document.undo()
    assert session.text == POST


def test_typing_in_the_text_between_two_form_edits_keeps_them_apart(post):
    session = opened(post)
    session.set_value("title", "One")
    type_text(session, "x")
    session.set_value("title", "Two")
    session.document.undo()
    assert session.front_matter.values["title"] == "One"


def test_typing_in_the_yaml_is_told_to_the_form(post, qtbot):
    session = opened(post)
    with qtbot.waitSignal(session.front_matter_changed) as told:
        type_text(session, "z", line=2, column=7)
    assert told.args[0].values["tags"] == ["za"]
    assert session.front_matter_lines == 4


def test_typing_in_the_body_does_not_read_the_front_matter_again(post, qtbot):
    session = opened(post)
    with qtbot.assertNotEmitted(session.front_matter_changed):
        type_text(session, "more")


def test_broken_yaml_locks_the_form_and_leaves_the_text(post):
    session = opened(post)
    type_text(session, "[", line=2, column=0)
    assert session.front_matter.problem is not None
    before = session.text
    with pytest.raises(FrontMatterError):
        session.set_value("draft", True)
    assert session.text == before
    session.document.undo()
    assert session.front_matter.problem is None


def test_closing_a_fence_that_was_open_is_noticed(tmp_path):
    path = tmp_path / "post.md"
    path.write_text("---\ntitle: a\n\nbody\n", "utf-8")
    session = opened(path)
    assert session.front_matter.problem is not None
    type_text(session, "---", line=2)
    assert session.front_matter.problem is None
    assert session.front_matter.values == {"title": "a"}


def test_modified_means_that_the_text_differs_from_the_disk(post, qtbot):
    session = opened(post)
    told = []
    session.modified_changed.connect(told.append)
    type_text(session, "ab")
    type_text(session, "c")
    session.document.undo()
    session.document.undo()
    assert told == [True, False]
    cursor = QTextCursor(session.document.findBlockByNumber(5))
    cursor.insertText("x")
    cursor.deletePreviousChar()  # not undone, but the same text
    assert session.modified is False


def test_a_file_changed_by_another_program_is_not_overwritten(post, qtbot):
    session = opened(post)
    type_text(session, "mine ")
    post.write_bytes(b"theirs\n")
    with qtbot.waitSignal(session.save_failed) as told:
        session.save()
    assert isinstance(told.args[0], ChangedOnDisk)
    assert post.read_bytes() == b"theirs\n"
    assert session.modified
    session.save(overwrite=True)
    assert "mine " in post.read_text("utf-8")
    assert not session.modified


def test_reloading_can_be_undone(post):
    session = opened(post)
    type_text(session, "mine ")
    mine = session.text
    post.write_bytes(b"theirs\n")
    told = []
    session.reload(lambda: told.append("read"), told.append)
    assert told == ["read"]
    assert session.text == "theirs\n"
    assert not session.modified
    session.document.undo()
    assert session.text == mine
    assert session.modified


def test_what_is_typed_while_it_is_reloaded_can_be_had_back(post):
    tasks = HeldTasks()
    session = PostSession(PostDocument.open(post), tasks)
    post.write_bytes(b"theirs\n")
    told = []
    session.reload(lambda: told.append("read"), told.append)
    type_text(session, "mine ")
    mine = session.text
    tasks.release()
    assert (told, session.text, session.modified) == (["read"], "theirs\n", False)
    session.document.undo()
    assert session.text == mine


def test_what_is_saved_while_it_is_reloaded_stays(post):
    tasks = HeldTasks()
    session = PostSession(PostDocument.open(post), tasks)
    told = []
    session.reload(lambda: told.append("read"), told.append)
    [read] = tasks.held
    tasks.held.clear()
    type_text(session, "mine ")
    session.save()
    tasks.release()
    saved = session.text
    read()  # what was on disk before the save, or a moment after
    tasks.release()
    assert told == ["read"]
    assert (session.text, session.modified) == (saved, False)
    assert post.read_bytes() == saved.encode()


def test_a_file_that_can_not_be_reloaded_leaves_the_text(post):
    session = opened(post)
    post.unlink()
    told = []
    session.reload(lambda: told.append("read"), told.append)
    assert "no such file" in told[0].message
    assert session.text == POST


def test_an_untitled_post_asks_for_a_name(tmp_path, qtbot):
    session = PostSession(PostDocument.untitled("# New\n"), ImmediateTasks())
    with qtbot.waitSignal(session.save_failed):
        session.save()
    session.save(tmp_path / "new.md")
    assert (tmp_path / "new.md").read_bytes() == b"# New\n"
    assert session.path == tmp_path / "new.md"


def test_front_matter_for_a_post_without_any_takes_the_bodys_line_ending(tmp_path):
    path = tmp_path / "post.md"
    path.write_bytes(b"one\r\ntwo\r\n")
    session = opened(path)
    session.add_front_matter()
    assert session.text == "---\r\n---\r\n\r\none\r\ntwo\r\n"


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ("title: Old\n", "New York", "title: New York\n"),  # `N` alone is false to YAML
        ("title: Old\n", "2024 in review", "title: 2024 in review\n"),
        ("title: 'Old'\n", "New", "title: 'New'\n"),
        ("", "No: never", 'title: "No: never"\n'),
        ("title: >-\n  Old words\n  here\n", "New", "title: >-\n  New\n"),
        ("title: |\n  Old\n  words\n", "One\nTwo\n", "title: |\n  One\n  Two\n"),
    ],
)
def test_what_is_typed_letter_by_letter_is_written_as_if_it_were_set_at_once(tmp_path, before, typed, after):
    path = tmp_path / "post.md"
    path.write_text(f"---\n{before}# end\n---\nBody\n", "utf-8")
    session = opened(path)
    session.set_value("title", "")
    for length in range(1, len(typed) + 1):
        session.set_value("title", typed[:length])
    assert session.text in (f"---\n{after}# end\n---\nBody\n", f"---\n# end\n{after}---\nBody\n")
    session.document.undo()
    assert session.text == f"---\n{before}# end\n---\nBody\n"


def test_typing_back_what_was_there_gives_the_bytes_back(post):
    session = opened(post)
    for value in (["a", "b"], ["a"]):
        session.set_value("tags", value)
    session.set_value("draft", True)
    session.set_value("draft", False)
    assert session.text == POST
    assert not session.modified


@pytest.mark.parametrize("seed", range(8))
def test_it_is_modified_exactly_while_its_text_is_another(post, seed):
    chance = random.Random(seed)
    session = opened(post)
    saved = session.text
    for _ in range(300):
        start = chance.randrange(session.content.length + 1)
        end = min(session.content.length, start + chance.choice((0, 0, 1, 2)))
        what = chance.random()
        if what < 0.3:
            session.document.undo()
        elif what < 0.5:
            edit = TextEdit.between(session.text, saved)
            if edit is not None:
                session.apply(edit)
        elif what < 0.55:
            session.save()
            saved = session.text
        else:
            session.apply(TextEdit(start, end, chance.choice(("", "a", "b", "\n", "de"))))
        assert session.modified == (session.text != saved)
