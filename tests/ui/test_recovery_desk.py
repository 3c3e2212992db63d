"""What a window left unsaved is offered by the next one, and comes back as it was."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from editor.post.recovery.journal import Journal
from editor.post.recovery.unsaved import journal_folder, unsaved_posts
from editor.post.text_edit import TextEdit
from editor.settings import Settings
from editor.ui import app, recovery_desk


@pytest.fixture
def folder():
    return journal_folder(Settings.load().state_dir)


@pytest.fixture
def site(tmp_path):
    root = tmp_path / "site"
    root.mkdir()
    (root / "one.md").write_bytes(b"first\r\nsecond\r\nthird\r\n")
    return root


def leave(folder, path, base, text):
    """Leave a post behind, as a window that is killed."""
    journal = Journal(folder, lambda _trouble: None)
    journal.begin(1, path, base)
    journal.edit(1, TextEdit(0, len(base), text), len(text))
    journal.stop()


@pytest.fixture
def parts(qtbot):
    parts = app.build(Settings.load(), "light")
    parts.window.resize(1200, 800)
    parts.window.show()
    yield parts
    parts.close()


def look(qtbot, parts):
    parts.recovery.look()
    qtbot.waitUntil(lambda: parts.recovery.dialog is not None)
    return parts.recovery.dialog


def restored(qtbot, parts):
    """Restore what is offered, and wait until it is in the text; the post shown is the last of it."""
    press(look(qtbot, parts), "restoreUnsaved")
    qtbot.waitUntil(lambda: parts.workspace.session is not None and parts.workspace.session.modified)
    return parts.workspace.session


def press(dialog, name):
    dialog.findChild(QPushButton, name).click()


def test_restored_it_is_unsaved_text_of_its_file(qtbot, parts, site, folder):
    leave(folder, site / "one.md", "first\r\nsecond\r\nthird\r\n", "first\r\nSECOND\r\nthird\r\n")
    dialog = look(qtbot, parts)
    assert "+ SECOND" in dialog.findChild(object, "diff").toPlainText()
    press(dialog, "restoreUnsaved")
    session = parts.workspace.session
    assert session.path == site / "one.md"
    qtbot.waitUntil(lambda: session.modified)
    assert session.text == "first\r\nSECOND\r\nthird\r\n"
    assert session.modified
    assert (site / "one.md").read_bytes() == b"first\r\nsecond\r\nthird\r\n"
    # It is this window's to keep now.
    qtbot.waitUntil(lambda: unsaved_posts(folder) == [] and len(list(folder.iterdir())) == 1)
    session.document.undo()
    assert session.text == "first\r\nsecond\r\nthird\r\n"


def test_what_came_into_the_file_meanwhile_is_put_together(qtbot, parts, site, folder):
    leave(folder, site / "one.md", "first\r\nsecond\r\nthird\r\n", "FIRST\r\nsecond\r\nthird\r\n")
    (site / "one.md").write_bytes(b"first\r\nsecond\r\nTHIRD\r\n")
    restored(qtbot, parts)
    assert parts.workspace.session.text == "FIRST\r\nsecond\r\nTHIRD\r\n"


def test_what_can_not_be_put_together_is_the_writers(qtbot, parts, site, folder):
    leave(folder, site / "one.md", "first\r\nsecond\r\nthird\r\n", "mine\r\n")
    (site / "one.md").write_bytes(b"theirs\r\n")
    restored(qtbot, parts)
    assert parts.workspace.session.text == "mine\r\n"
    assert "Undo" in parts.window.text_pane.notice.accessibleName()
    parts.workspace.session.document.undo()
    assert parts.workspace.session.text == "theirs\r\n"


def test_a_post_without_a_name_and_one_whose_file_is_gone(qtbot, parts, site, folder):
    leave(folder, None, "", "new text")
    leave(folder, site / "gone.md", "old", "old and new")
    press(look(qtbot, parts), "restoreUnsaved")
    found = {session.path: session.text for session in parts.workspace.open_sessions()}
    assert found == {None: "new text", site / "gone.md": "old and new"}
    assert all(session.modified for session in parts.workspace.open_sessions())
    assert not (site / "gone.md").exists()


def test_discarded_it_is_gone(qtbot, parts, site, folder):
    leave(folder, site / "one.md", "a", "b")
    press(look(qtbot, parts), "discardUnsaved")
    qtbot.waitUntil(lambda: not list(folder.iterdir()))
    assert parts.workspace.session is None


def test_decided_later_it_comes_again(qtbot, parts, site, folder):
    leave(folder, site / "one.md", "a", "b")
    look(qtbot, parts).reject()
    assert len(unsaved_posts(folder)) == 1


def test_what_was_saved_after_all_is_not_offered(qtbot, parts, site, folder):
    leave(folder, site / "one.md", "a", "first\r\nsecond\r\nthird\r\n")
    leave(folder, None, "", "kept")
    dialog = look(qtbot, parts)
    assert dialog.findChild(object, "recoveryList").count() == 1
    assert len(unsaved_posts(folder)) == 1


def settled(qtbot, parts, folder):
    """Wait until what was restored is this window's to keep."""
    qtbot.waitUntil(lambda: unsaved_posts(folder) == [] and len(list(folder.iterdir())) == 1)
    return {session.path: session.text for session in parts.workspace.open_sessions()}


def test_two_windows_with_the_same_post_lose_neither_text(qtbot, parts, site, folder):
    leave(folder, site / "one.md", "first\r\nsecond\r\nthird\r\n", "earlier\r\n")
    leave(folder, site / "one.md", "first\r\nsecond\r\nthird\r\n", "later\r\n")
    press(look(qtbot, parts), "restoreUnsaved")
    assert settled(qtbot, parts, folder) == {site / "one.md": "later\r\n", None: "earlier\r\n"}
    assert parts.workspace.session.path == site / "one.md"


def test_the_same_text_twice_comes_back_once(qtbot, parts, site, folder):
    """As after an end between bringing it back and forgetting where it was."""
    leave(folder, site / "one.md", "first\r\nsecond\r\nthird\r\n", "mine\r\n")
    leave(folder, site / "one.md", "first\r\nsecond\r\nthird\r\n", "mine\r\n")
    press(look(qtbot, parts), "restoreUnsaved")
    assert settled(qtbot, parts, folder) == {site / "one.md": "mine\r\n"}


def test_a_file_that_goes_while_it_is_asked_takes_no_text_along(qtbot, parts, site, folder):
    leave(folder, site / "one.md", "first\r\nsecond\r\nthird\r\n", "mine\r\n")
    dialog = look(qtbot, parts)
    (site / "one.md").unlink()
    press(dialog, "restoreUnsaved")
    assert settled(qtbot, parts, folder) == {site / "one.md": "mine\r\n"}


def test_a_file_that_is_no_text_any_more_is_no_place_for_it(qtbot, parts, site, folder):
    leave(folder, site / "one.md", "first\r\nsecond\r\nthird\r\n", "mine\r\n")
    dialog = look(qtbot, parts)
    (site / "one.md").write_bytes(b"caf\xe9\n")
    press(dialog, "restoreUnsaved")
    settled(qtbot, parts, folder)
    session = parts.workspace.session
    assert (session.text, session.read_only, session.modified) == ("mine\r\n", None, True)


def test_what_is_typed_in_the_post_already_stays(qtbot, parts, site, folder):
    leave(folder, site / "one.md", "first\r\nsecond\r\nthird\r\n", "mine\r\n")
    dialog = look(qtbot, parts)
    parts.workspace.open_post(site / "one.md")
    parts.workspace.session.apply(TextEdit(0, 5, "typed"))
    press(dialog, "restoreUnsaved")
    found = settled(qtbot, parts, folder)
    assert found == {site / "one.md": "typed\r\nsecond\r\nthird\r\n", None: "mine\r\n"}


def test_a_file_that_is_gone_comes_back_in_its_encoding(qtbot, parts, site, folder):
    journal = Journal(folder, lambda _trouble: None)
    journal.begin(1, site / "gone.md", "old", "utf-16-le", b"\xff\xfe")
    journal.edit(1, TextEdit(0, 3, "new"), 3)
    journal.stop()
    press(look(qtbot, parts), "restoreUnsaved")
    with qtbot.waitSignal(parts.workspace.saved):
        parts.workspace.save()
    assert (site / "gone.md").read_bytes() == b"\xff\xfen\0e\0w\0"


def test_nothing_is_forgotten_before_it_is_safe_here(qtbot, parts, site, folder, monkeypatch):
    leave(folder, site / "one.md", "first\r\nsecond\r\nthird\r\n", "mine\r\n")
    asked = []
    monkeypatch.setattr(parts.safekeeping, "flush", lambda: asked.append(True) and False)
    press(look(qtbot, parts), "restoreUnsaved")
    qtbot.waitUntil(lambda: bool(asked))
    parts.tasks.wait()
    QCoreApplication.processEvents()
    parts.tasks.wait()
    assert parts.workspace.session.text == "mine\r\n"
    assert [post.text for post in unsaved_posts(folder)] == ["mine\r\n"]


def test_what_is_typed_while_it_is_brought_back_stays(qtbot, parts, site, folder, monkeypatch):
    leave(folder, site / "one.md", "first\r\nsecond\r\nthird\r\n", "mine\r\n")
    dialog = look(qtbot, parts)
    real, goes_on = recovery_desk.line_edits, threading.Event()

    def slow(before, after):
        goes_on.wait(10)
        return real(before, after)

    monkeypatch.setattr(recovery_desk, "line_edits", slow)
    press(dialog, "restoreUnsaved")
    parts.workspace.session.apply(TextEdit(0, 5, "typed"))
    goes_on.set()
    assert settled(qtbot, parts, folder) == {
        site / "one.md": "typed\r\nsecond\r\nthird\r\n",
        None: "mine\r\n",
    }


@pytest.mark.parametrize("closed", [False, True])
def test_only_a_window_that_the_person_closed_gives_up_what_is_unsaved(qtbot, site, folder, closed):
    parts = app.build(Settings.load(), "light")
    parts.window.show()
    parts.workspace.open_post(site / "one.md")
    parts.workspace.session.apply(TextEdit(0, 5, "typed"))
    if closed:
        parts.window.allow_close()
    assert parts.close()
    found = [post.text for post in unsaved_posts(folder)]
    assert found == ([] if closed else ["typed\r\nsecond\r\nthird\r\n"])
