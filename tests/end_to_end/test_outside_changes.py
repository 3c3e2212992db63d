"""What others do to the open post, in the whole window: the view, the notice, the dialog, the preview."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from editor.settings import Settings
from editor.ui.outside.open_elsewhere import OpenMarks, marks_folder
from tests.conftest import ROOT

LONG = "---\ntitle: Long\ndate: 2026-01-02\n---\n\n# Long\n\n" + "".join(
    f"Paragraph {n}.\n\n" for n in range(200)
)


@pytest.fixture
def long_post(app_window):
    path: Path = app_window.site / "docs/posts/long.md"
    path.write_text(LONG)
    app_window.open("long.md")
    return path


def notice_button(app_window, words: str) -> QPushButton:
    found = [
        button
        for button in app_window.window.text_pane.outside_notice.findChildren(QPushButton)
        if button.text() == words and button.isVisible()
    ]
    assert found, f"no button {words!r}"
    return found[0]


def top_line(app_window) -> tuple[str, int]:
    block, top, _height = next(iter(app_window.window.editor.visible_blocks()))
    return block.text(), round(top / 2)  # a pixel is nothing to be seen


def test_what_is_read_stays_where_it_is_while_lines_come_above(app_window, long_post):
    editor = app_window.window.editor
    editor.go_to(LONG[: LONG.index("Paragraph 120.")].count("\n"))
    cursor = app_window.session.document.find("Paragraph 121")
    editor.setTextCursor(cursor)
    before, caret = top_line(app_window), editor.cursorRect()
    text = (
        LONG.replace("title: Long", "title: Longer\ntags: [a, b]")
        .replace("Paragraph 3.\n", "Paragraph 3.\n\nOne\nTwo\nThree\n")
        .replace("Paragraph 150.\n\n", "")
    )
    long_post.write_text(text)
    app_window.qtbot.waitUntil(lambda: app_window.session.text == text, timeout=10_000)
    assert top_line(app_window) == before
    assert editor.textCursor().selectedText() == "Paragraph 121"
    assert editor.cursorRect() == caret
    assert editor.folded
    app_window.wait_for_preview()
    assert "Three" in app_window.ask("document.body.textContent")

    notice_button(app_window, "Undo").click()
    assert app_window.session.text == LONG
    assert top_line(app_window) == before
    assert editor.textCursor().selectedText() == "Paragraph 121"
    assert app_window.session.modified
    assert not app_window.window.text_pane.outside_notice.isVisible()


def test_the_form_and_the_preview_follow_by_a_patch(app_window, long_post):
    patches = []
    app_window.parts.client.rendered.connect(patches.append)
    text = LONG.replace("title: Long", "title: Longer").replace("Paragraph 7.", "Paragraph seven.")
    long_post.write_text(text)
    app_window.qtbot.waitUntil(lambda: app_window.session.text == text, timeout=10_000)
    app_window.wait_for_preview()
    assert app_window.session.front_matter.values["title"] == "Longer"
    assert "Paragraph seven." in app_window.ask("document.body.textContent")
    changed = sum(len(change.blocks) for patch in patches for change in patch.changes)
    assert 0 < changed < 20


def test_a_conflict_is_decided_side_by_side(app_window, long_post):
    app_window.insert("My ", "Paragraph 5.")
    app_window.insert("My ", "Paragraph 9.")
    theirs = LONG.replace("Paragraph 5.", "Their paragraph 5.").replace("Paragraph 9.", "Their paragraph 9.")
    theirs = theirs.replace("Paragraph 20.", "Paragraph twenty.")
    mine = app_window.session.text
    long_post.write_text(theirs)
    app_window.qtbot.waitUntil(app_window.window.text_pane.outside_notice.isVisible, timeout=10_000)
    assert app_window.session.text == mine
    notice_button(app_window, "Compare…").click()
    dialog = app_window.parts.outside_desk.dialog
    assert not dialog.use.isEnabled()
    dialog.buttons["both"].click()
    dialog.show_place(1)
    assert not dialog.use.isEnabled()
    dialog.buttons["hand"].click()
    dialog.result_text.selectAll()
    QTest.keyClicks(dialog.result_text, "Ours together.")
    assert dialog.use.isEnabled()
    dialog.use.click()
    expected = (
        LONG.replace("Paragraph 5.", "My Paragraph 5.\nTheir paragraph 5.")
        .replace("Paragraph 9.", "Ours together.")
        .replace("Paragraph 20.", "Paragraph twenty.")
    )
    assert app_window.session.text == expected
    assert long_post.read_text() == theirs
    assert app_window.session.modified
    app_window.window.actions_by_id["undo"].trigger()
    assert app_window.session.text == mine
    app_window.window.actions_by_id["redo"].trigger()
    app_window.save()
    assert long_post.read_text() == expected


def test_escape_decides_later(app_window, long_post):
    app_window.insert("My ", "Paragraph 5.")
    mine = app_window.session.text
    theirs = LONG.replace("Paragraph 5.", "Their paragraph 5.")
    long_post.write_text(theirs)
    for _ in range(2):
        app_window.window.actions_by_id["save"].trigger()
        desk = app_window.parts.outside_desk
        app_window.qtbot.waitUntil(lambda desk=desk: desk.dialog is not None, timeout=10_000)
        QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
        assert desk.dialog is None
        assert app_window.session.text == mine
        assert long_post.read_text() == theirs
        assert notice_button(app_window, "Compare…")


def test_closing_with_a_conflict_does_not_close(app_window, long_post, monkeypatch):
    from editor.ui.dialogs import questions

    monkeypatch.setattr(questions, "ask_unsaved", lambda *_: questions.Unsaved.SAVE)
    app_window.insert("My ", "Paragraph 5.")
    long_post.write_text(LONG.replace("Paragraph 5.", "Their paragraph 5."))
    app_window.window.close()
    desk = app_window.parts.outside_desk
    app_window.qtbot.waitUntil(lambda: desk.dialog is not None, timeout=10_000)
    assert app_window.window.isVisible()
    assert app_window.window.isEnabled()
    desk.dialog.reject()


def test_the_notice_goes_with_the_next_key_and_stays_with_its_post(app_window, long_post):
    long_post.write_text(LONG.replace("Paragraph 7.", "Paragraph seven."))
    notice = app_window.window.text_pane.outside_notice
    app_window.qtbot.waitUntil(notice.isVisible, timeout=10_000)
    app_window.open("first.md")
    assert not notice.isVisible()
    app_window.parts.workspace.go_back()
    assert notice.isVisible()
    QTest.keyClicks(app_window.window.editor, "x")
    assert not notice.isVisible()


def test_a_post_that_moved_keeps_its_place_in_the_window(app_window, long_post):
    target = long_post.with_name("moved.md")
    with app_window.qtbot.waitSignal(app_window.parts.workspace.renamed, timeout=10_000):
        long_post.rename(target)
    assert app_window.session.path == target
    assert "moved.md" in app_window.window.windowFilePath()
    app_window.append("More.\n")
    app_window.save()
    assert target.read_text().endswith("More.\n")
    assert not long_post.exists()


def test_the_same_post_in_two_windows_is_told_in_both(app_window, long_post):
    notice = app_window.window.text_pane.outside_notice
    # Another window is another process: its marks are what this one sees of it.
    other = OpenMarks(marks_folder(Settings.load().state_dir))
    assert other.update([long_post]) == {long_post}
    app_window.parts.looks.look()
    app_window.qtbot.waitUntil(lambda: "another window" in notice.accessibleName(), timeout=10_000)
    other.update([])
    app_window.parts.looks.look()
    app_window.qtbot.waitUntil(lambda: not notice.isVisible(), timeout=10_000)


def test_getting_the_focus_looks_at_the_disk(app_window, long_post):
    application = QGuiApplication.instance()
    app_window.parts.looks._watcher.blockSignals(True)  # it looks by itself, too, now and then
    with app_window.qtbot.waitSignal(app_window.parts.looks.looked, timeout=20_000):
        application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)


def test_two_programs_on_one_post_lose_nothing(app_window, long_post, qtbot):
    """The other one is a process of its own that holds the mark and saves over and over, as its writer types."""
    script = (
        "import sys, pathlib\n"
        "from editor.ui.outside.open_elsewhere import OpenMarks, marks_folder\n"
        "from editor.settings import Settings\n"
        "from editor.post.document import PostDocument\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "marks = OpenMarks(marks_folder(Settings.load().state_dir))\n"
        "print(len(marks.update([path])), flush=True)\n"
        "sys.stdin.readline()\n"
        "post = PostDocument.open(path)\n"
        "post.save(post.text.replace('Paragraph 150.', 'Theirs 150.'))\n"
        "sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(long_post)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    ) as other:
        assert other.stdin and other.stdout
        assert other.stdout.readline() == "1\n"
        app_window.parts.looks.look()
        notice = app_window.window.text_pane.outside_notice
        qtbot.waitUntil(lambda: "another window" in notice.accessibleName(), timeout=10_000)
        app_window.insert("Mine: ", "Paragraph 10.")
        other.stdin.write("\n")
        other.stdin.flush()
        expected = LONG.replace("Paragraph 10.", "Mine: Paragraph 10.").replace(
            "Paragraph 150.", "Theirs 150."
        )
        qtbot.waitUntil(lambda: app_window.session.text == expected, timeout=10_000)
        app_window.save()
        assert long_post.read_text() == expected
        other.kill()
    app_window.parts.looks.look()
    qtbot.waitUntil(lambda: "another window" not in notice.accessibleName(), timeout=10_000)


def test_nothing_that_is_told_is_without_its_name(app_window, long_post):
    app_window.insert("My ", "Paragraph 5.")
    long_post.write_text(LONG.replace("Paragraph 5.", "Their paragraph 5."))
    notice = app_window.window.text_pane.outside_notice
    app_window.qtbot.waitUntil(notice.isVisible, timeout=10_000)
    assert re.search("“long.md”", notice.accessibleName())
    assert not re.search(r"[{}]", notice.accessibleName())


def test_marks_of_a_window_that_ended_count_for_nothing(copydesk_home, tmp_path):
    folder = marks_folder(Settings.load().state_dir)
    path = tmp_path / "post.md"
    dead, alive = OpenMarks(folder), OpenMarks(folder)
    dead.update([path])
    assert alive.update([path]) == {path}
    for _mark, descriptor in dead._marks.values():
        os.close(descriptor)  # as the system does for a process that ends
    assert alive.update([path]) == set()
    alive.update([])
    assert list(folder.iterdir()) == []
