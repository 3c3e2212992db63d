"""What was saved here can be had again."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QPushButton

from editor.settings import Settings
from editor.ui import app


@pytest.fixture
def parts(qtbot):
    parts = app.build(Settings.load(), "light")
    parts.window.resize(1200, 800)
    parts.window.show()
    yield parts
    parts.close()


@pytest.fixture
def post(tmp_path):
    path = tmp_path / "site" / "one.md"
    path.parent.mkdir()
    path.write_bytes(b"first\r\n")
    return path


def save_with(qtbot, parts, text):
    cursor = QTextCursor(parts.workspace.session.document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText(text)
    with qtbot.waitSignal(parts.workspace.saved):
        parts.workspace.save()


def shown(qtbot, parts):
    parts.tasks.wait()  # what is saved is noted by a task
    parts.window.actions_by_id["versions"].trigger()
    qtbot.waitUntil(lambda: parts.versions.dialog is not None)
    return parts.versions.dialog


def test_the_file_as_it_was_found_and_each_save(qtbot, parts, post):
    parts.workspace.open_post(post)
    save_with(qtbot, parts, "second\n")
    save_with(qtbot, parts, "third\n")
    dialog = shown(qtbot, parts)
    versions = dialog.findChild(object, "versionList")
    assert versions.count() == 3
    button = dialog.findChild(QPushButton, "restoreVersion")
    qtbot.waitUntil(lambda: dialog.findChild(object, "versionAbout").text() != "")
    assert not button.isEnabled()  # the latest is what the text is
    versions.setCurrentRow(2)
    qtbot.waitUntil(button.isEnabled)
    assert "− third" in dialog.findChild(object, "diff").toPlainText()
    button.click()
    session = parts.workspace.session
    qtbot.waitUntil(lambda: session.text == "first\r\n")
    assert session.modified
    assert post.read_bytes() == b"first\r\nsecond\r\nthird\r\n"
    session.document.undo()
    assert session.text == "first\r\nsecond\r\nthird\r\n"


def test_a_post_that_was_never_saved_has_none(qtbot, parts, post):
    parts.workspace.new_untitled()
    parts.window.actions_by_id["versions"].trigger()
    assert parts.versions.dialog is None
    parts.workspace.open_post(post)
    parts.window.actions_by_id["versions"].trigger()
    parts.tasks.wait()
    qtbot.waitUntil(
        lambda: any("No earlier" in label.text() for label in parts.window.status.findChildren(QLabel))
    )


def test_a_renamed_post_keeps_its_versions(qtbot, parts, post):
    parts.workspace.open_post(post)
    save_with(qtbot, parts, "second\n")
    parts.tasks.wait()
    session, target = parts.workspace.session, post.with_name("renamed.md")
    with qtbot.waitSignal(session.moved):
        session.move_file(target, lambda: post.rename(target), lambda: None, lambda _error: None)
    assert shown(qtbot, parts).findChild(object, "versionList").count() == 2


def test_a_version_whose_bytes_are_no_text_is_not_brought_back(qtbot, parts, post):
    parts.versions._history.note(post, b"caf\xe9\r\n")
    parts.workspace.open_post(post)
    versions = parts.versions._history.versions(post)
    parts.versions._restore(parts.workspace.session, versions[0])
    assert parts.workspace.session.text == "first\r\n"
    assert not parts.workspace.session.modified
