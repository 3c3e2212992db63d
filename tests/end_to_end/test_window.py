"""The whole loop on a post: open, edit, preview, form, save."""

import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QWidget

from editor.ui.dialogs import questions
from editor.ui.form.toggle import Toggle


def toggle(window, key: str) -> None:
    """Press the switch of the field `key` with the keyboard."""
    switch = window.form.findChild(Toggle, f"field-{key}")
    assert switch is not None
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)


def test_a_post_is_shown_as_text_form_and_page(app_window):
    app_window.open("first.md")
    window = app_window.window
    assert app_window.ask("document.querySelector('h1').textContent").startswith("The first post")
    assert app_window.ask("document.querySelector('img').naturalWidth") > 0
    assert "A box with a note." in app_window.ask("document.querySelector('.admonition').textContent")
    assert "!!!" not in app_window.ask("document.body.textContent")
    assert window.form.findChild(Toggle, "field-draft") is not None
    assert window.editor.folded
    # The site makes the title of the name: a comment stands above the heading.
    assert window.windowTitle().startswith("First[*]")
    assert [post.path.name for post in app_window.parts.workspace.posts] == [
        "first.md",
        "second.md",
        "hostile.md",
    ]


def test_toggling_draft_changes_one_line_and_undo_takes_it_back(app_window):
    app_window.open("first.md")
    path = app_window.session.path
    before = path.read_bytes()
    toggle(app_window.window, "draft")
    app_window.save()
    assert path.read_bytes() == before.replace(b"draft: false   #", b"draft: true   #")
    app_window.window.actions_by_id["undo"].trigger()
    app_window.save()
    assert path.read_bytes() == before


def test_undo_pressed_in_the_form_is_the_posts_own(app_window):
    app_window.open("first.md")
    before = app_window.session.text
    toggle(app_window.window, "draft")
    assert app_window.session.text != before
    switch = app_window.window.form.findChild(Toggle, "field-draft")
    QTest.keyClick(switch, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert app_window.session.text == before


def test_what_is_typed_is_painted_and_nothing_else_is_touched(app_window):
    app_window.open("first.md")
    app_window.ask("document.querySelector('.admonition').mark = 'same'")
    app_window.ask("document.querySelector('details').open = true")
    app_window.insert("typed ", before="more words")
    app_window.wait_for_preview()
    assert "and typed more words" in app_window.ask("document.body.textContent")
    assert app_window.ask("document.querySelector('.admonition').mark") == "same"
    assert app_window.ask("document.querySelector('details').open") is True


def test_typing_yaml_moves_the_form(app_window):
    app_window.open("first.md")
    app_window.window.editor.set_folded(False)
    app_window.insert("not-", before="notes")
    assert app_window.session.front_matter.values["categories"] == ["not-notes"]
    app_window.insert("[", before="draft")
    assert app_window.session.front_matter.problem is not None
    switch = app_window.window.form.findChild(Toggle, "field-draft")
    assert switch is None or not switch.isEnabled()
    app_window.wait_for_preview()  # the text goes on being shown


def test_nothing_of_a_hostile_post_runs(app_window, tmp_path):
    (tmp_path / "outside.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    app_window.open("hostile.md")
    assert app_window.ask("document.body.dataset.ran") is None
    assert app_window.ask("document.querySelectorAll('script, iframe').length") == app_window.ask(
        "document.querySelectorAll('head script').length"
    )
    assert app_window.ask("[...document.images].filter(i => i.naturalWidth > 0).length") == 0
    app_window.append("\nStill typing.\n")
    app_window.wait_for_preview()
    assert "Still typing." in app_window.ask("document.body.textContent")


def test_a_killed_worker_comes_back_by_itself(app_window, log):
    log.expect("")  # the worker's end is logged, in words that are not the matter here
    app_window.open("first.md")
    os.kill(app_window.parts.client.process_id, signal.SIGKILL)
    app_window.append("\nTyped after the kill.\n")
    app_window.wait_for_preview()
    assert "Typed after the kill." in app_window.ask("document.body.textContent")


def test_a_link_to_another_post_opens_it_and_back_returns(app_window):
    app_window.open("first.md")
    with app_window.qtbot.waitSignal(app_window.window.preview.settled, timeout=20_000):
        app_window.window.preview.link_activated.emit("second.md#more")
    assert app_window.session.path.name == "second.md"
    app_window.window.actions_by_id["back"].trigger()
    assert app_window.session.path.name == "first.md"
    app_window.window.actions_by_id["forward"].trigger()
    assert app_window.session.path.name == "second.md"


@pytest.mark.parametrize(
    "href", ["file:///etc/passwd", "javascript:alert(1)", "copydesk://shell/x", "ssh://host"]
)
def test_other_kinds_of_links_are_told_and_not_opened(app_window, href, monkeypatch):
    app_window.open("first.md")
    opened = []
    monkeypatch.setattr("editor.ui.live_preview.QDesktopServices.openUrl", opened.append)
    with app_window.qtbot.waitSignal(app_window.parts.preview.told):
        app_window.window.preview.link_activated.emit(href)
    assert opened == []


def test_an_unsaved_post_stays_open_behind_another(app_window):
    app_window.open("first.md")
    app_window.append("Unsaved.\n")
    mine = app_window.session.text
    app_window.parts.workspace.open_post(app_window.site / "docs/posts/second.md")
    assert [s.path.name for s in app_window.parts.workspace.modified_sessions()] == ["first.md"]
    app_window.parts.workspace.open_post(app_window.site / "docs/posts/first.md")
    assert app_window.session.text == mine
    app_window.session.document.undo()
    assert not app_window.session.modified


def test_closing_with_unsaved_changes_asks_and_saves(app_window, monkeypatch):
    app_window.open("first.md")
    path = app_window.session.path
    app_window.append("Unsaved.\n")
    monkeypatch.setattr(questions, "ask_unsaved", lambda *_: questions.Unsaved.CANCEL)
    app_window.window.close()
    assert app_window.window.isVisible()
    monkeypatch.setattr(questions, "ask_unsaved", lambda *_: questions.Unsaved.SAVE)
    app_window.window.close()
    app_window.qtbot.waitUntil(lambda: not app_window.window.isVisible())
    assert path.read_text("utf-8").endswith("Unsaved.\n")


def test_a_changed_configuration_is_read_again(app_window):
    app_window.open("first.md")
    assert app_window.ask("document.querySelectorAll('abbr').length") == 0
    config = app_window.site / "mkdocs.yml"
    app_window.append("\n*[Words]: more than one\n\nWords.\n")
    app_window.wait_for_preview()
    config.write_text(config.read_text("utf-8") + "  - abbr\n", "utf-8")
    app_window.qtbot.waitUntil(
        lambda: app_window.ask("document.querySelectorAll('abbr').length") > 0, timeout=20_000
    )


def test_a_file_changed_by_another_program_is_not_overwritten_without_asking(app_window):
    app_window.open("first.md")
    path: Path = app_window.session.path
    app_window.append("Mine.\n")
    path.write_text("Theirs.\n", "utf-8")
    app_window.window.actions_by_id["save"].trigger()
    desk = app_window.parts.outside_desk
    app_window.qtbot.waitUntil(lambda: desk.dialog is not None, timeout=10_000)
    assert path.read_text("utf-8") == "Theirs.\n"
    desk.dialog.buttons["theirs"].click()
    with app_window.qtbot.waitSignal(app_window.session.saved):
        desk.dialog.use.click()
    assert app_window.session.text == "Theirs.\n"
    assert path.read_text("utf-8") == "Theirs.\n"
    app_window.window.actions_by_id["undo"].trigger()
    assert app_window.session.text.endswith("Mine.\n")


def test_panes_give_way_in_a_narrow_window(app_window):
    app_window.open("first.md")
    panes = app_window.window.panes
    assert all(panes.is_shown(name) for name in ("library", "text", "preview", "inspector"))
    app_window.window.resize(1100, 700)
    assert not panes.is_shown("library")
    assert panes.is_shown("inspector")
    app_window.window.actions_by_id["library"].trigger()
    assert panes.is_shown("library")
    app_window.window.resize(820, 700)
    assert panes.is_shown("text") != panes.is_shown("preview")
    app_window.window.resize(1600, 1000)
    assert all(panes.is_shown(name) for name in ("library", "text", "preview", "inspector"))


def test_the_window_lives_on_when_its_last_post_is_closed(app_window):
    app_window.open("first.md")
    actions = app_window.window.actions_by_id
    actions["close_post"].trigger()
    assert app_window.parts.workspace.session is None
    for name in (
        "zoom_in",
        "zoom_reset",
        "undo",
        "redo",
        "fold",
        "theme_dark",
        "theme_light",
        "line_numbers",
    ):
        actions[name].trigger()
    app_window.open("second.md")
    assert app_window.session.path.name == "second.md"


def test_the_start_page_has_the_keyboard_and_no_place_in_a_text(app_window):
    window = app_window.window
    window.activateWindow()

    def is_on_start_page():
        button = window.focusWidget()
        return button is not None and window.start_page.isAncestorOf(button) and "Open" in button.text()

    def places():
        return [label.text() for label in window.status.findChildren(QLabel) if "Ln" in label.text()]

    assert is_on_start_page()
    assert not places()
    app_window.open("first.md")
    assert window.focusWidget() is window.editor
    assert places()
    window.actions_by_id["close_post"].trigger()
    assert is_on_start_page()
    assert not places()


@pytest.mark.parametrize(("key", "answer"), [("S", "SAVE"), ("D", "DISCARD"), ("K", "CANCEL")])
def test_the_question_about_unsaved_changes_is_answered_by_a_letter(qapp, qtbot, key, answer):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()

    def press():
        box = parent.findChild(QMessageBox)
        assert box is not None
        chosen = [button for button in box.buttons() if f"&{key}" in button.text()]
        assert len(chosen) == 1
        QTest.keyClick(box, key, Qt.KeyboardModifier.AltModifier)
        if box.isVisible():
            chosen[0].click()

    QTimer.singleShot(0, press)
    assert questions.ask_unsaved(parent, ["A post"]).name == answer


def picture_dialog(app_window):
    app_window.window.formats["image"].trigger()
    found = [box for box in app_window.window.findChildren(QFileDialog) if box.isVisible()]
    assert len(found) == 1
    return found[0]


def line_of_caret(app_window):
    cursor = app_window.window.editor.textCursor()
    text = cursor.block().text()
    return text[: cursor.positionInBlock()] + "‸" + text[cursor.positionInBlock() :]


def test_a_picture_of_the_site_is_put_in_and_described(app_window):
    app_window.open("first.md")
    app_window.append("\n\n")
    editor = app_window.window.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    picture = app_window.session.path.parent / "a dot.svg"
    picture.write_text("<svg/>", "utf-8")
    picture_dialog(app_window).fileSelected.emit(str(picture))
    app_window.qtbot.waitUntil(lambda: "svg" in line_of_caret(app_window), timeout=10_000)
    assert line_of_caret(app_window) == "![‸](a%20dot.svg)"
    app_window.qtbot.keyClicks(editor, "A dot")
    app_window.qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert line_of_caret(app_window) == "![A dot](a%20dot.svg)‸"


def test_who_chooses_no_picture_gets_the_marks(app_window):
    app_window.open("first.md")
    app_window.append("\n\n")
    editor = app_window.window.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    picture_dialog(app_window).reject()
    assert line_of_caret(app_window) == "![‸]()"
    app_window.window.formats["image"].trigger()  # in a picture without an address it takes the marks away
    assert line_of_caret(app_window) == "‸"


def test_the_words_behind_a_fence_that_nothing_closes_are_counted(app_window):
    app_window.open("first.md")
    window = app_window.window

    def words():
        return next(label.text() for label in window.status.findChildren(QLabel) if "word" in label.text())

    app_window.qtbot.waitUntil(lambda: any("word" in i.text() for i in window.status.findChildren(QLabel)))
    before = int(words().split()[0].replace(",", ""))
    line = window.editor.document().findBlockByNumber(app_window.session.front_matter_lines)
    QTextCursor(line).insertText("````\n")
    app_window.wait_for_preview()
    app_window.qtbot.waitUntil(lambda: not window.text_pane._pause.isActive())
    assert int(words().split()[0].replace(",", "")) >= before


def test_settings_that_cannot_be_written_keep_nobody_from_writing(app_window, monkeypatch, tmp_path, log):
    log.expect("can't be kept")
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    monkeypatch.setattr(
        type(app_window.parts.workspace._settings), "config_dir", property(lambda _s: blocked / "x")
    )
    monkeypatch.setattr(
        type(app_window.parts.workspace._settings), "state_dir", property(lambda _s: blocked / "x")
    )
    app_window.open("first.md")
    app_window.append("Written all the same.\n")
    app_window.save()
    assert app_window.session.path.read_text("utf-8").endswith("all the same.\n")
    app_window.window.actions_by_id["line_numbers"].trigger()


def test_a_link_to_a_heading_of_another_post_goes_there(app_window):
    app_window.open("second.md")
    app_window.append("\n" + "Filler.\n\n" * 120 + "## Deep\n\n" + "Words.\n\n" * 120)
    app_window.save()
    app_window.open("first.md")
    with app_window.qtbot.waitSignal(app_window.window.preview.settled, timeout=20_000):
        app_window.window.preview.link_activated.emit("second.md#deep")
    app_window.qtbot.waitUntil(
        lambda: app_window.ask("Math.abs(document.getElementById('deep').getBoundingClientRect().top) < 400"),
        timeout=10_000,
    )


def test_settings_written_by_hand_apply_at_once_and_stay(app_window, copydesk_home):
    app_window.open("first.md")
    app_window.window.actions_by_id["line_numbers"].trigger()
    path = copydesk_home / "config/settings.toml"
    path.write_text("# mine\n" + path.read_text("utf-8") + "editor_font_size = 20\n", "utf-8")
    app_window.qtbot.waitUntil(lambda: app_window.window.editor.zoom_factor > 1.2, timeout=10_000)
    app_window.window.actions_by_id["wrap"].trigger()
    assert path.read_text("utf-8").startswith("# mine\n")
    assert "editor_font_size = 20" in path.read_text("utf-8")
