"""What is typed in the form, in the whole window: what becomes of it, and what its keys do not do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea

from editor.ui.form.verdict_card import VerdictCard
from tests.end_to_end.test_front_matter_formats import BODY, HUGO, JEKYLL, NIKOLA, PELICAN

ZOLA = {"config.toml": 'base_url = "https://example.org"\n'}
CONTROL = Qt.KeyboardModifier.ControlModifier


def type_over(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_a_description_of_one_line_keeps_every_key(window):
    shown = window(NIKOLA)
    head = "<!--\n.. title: One\n.. description: Alpha\n-->\n\n"
    shown.open(shown.write("posts/a.md", head + BODY))
    box = shown.field("description")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClicks(box, "beta gamma")
    assert box.content() == "Alphabeta gamma"
    assert shown.session.text == head.replace("Alpha", "Alphabeta gamma") + BODY


def test_half_a_date_is_nowhere_in_the_file(window):
    shown = window(PELICAN)
    text = "Title: One\nDate: 2016-10-30 00:00\n\n" + BODY
    path = shown.write("content/a.md", text)
    shown.open(path)
    line = shown.field("date")
    type_over(line, "2016-10-31 25:00")
    assert line.text() == "2016-10-31 25:00"
    assert shown.session.text == text
    assert not shown.session.modified
    state = shown.window.findChild(QLabel, "savedState")
    assert state.text() == "· Saved, without “Date”"
    shown.session.save()
    words = "Saved a.md, without “Date”"
    shown.qtbot.waitUntil(
        lambda: words in [label.text() for label in shown.window.status.findChildren(QLabel)]
    )
    shown.field("title").setFocus()
    assert shown.session.text == text
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Z, CONTROL)
    assert line.text() == "2016-10-30 00:00"
    assert state.text() == "· Saved"
    type_over(line, "2016-10-31 12:00")
    assert shown.session.text == text.replace("30 00:00", "31 12:00")
    QTest.keyClick(line, Qt.Key.Key_Z, CONTROL)
    assert shown.session.text == text


def test_a_date_of_a_post_without_any_is_taken_away_again(window):
    shown = window(JEKYLL)
    text = "---\ntitle: One\n---\n" + BODY
    shown.open(shown.write("_posts/2024-01-02-a.md", text))
    line = shown.field("date")
    type_over(line, "2024-02-01")
    assert "date: 2024-02-01\n" in shown.session.text
    QTest.keyClicks(line, "x")
    assert line.text() == "2024-02-01x"
    assert shown.session.text == text
    shown.session.save()
    shown.qtbot.waitUntil(lambda: not shown.session.saving)
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert "date: 2024-02-01\n" in shown.session.text


@pytest.mark.parametrize(("files", "place"), [(HUGO, "content/posts/a.md"), (ZOLA, "content/a.md")])
def test_an_impossible_date_is_refused_and_another_stays_a_date(window, files, place):
    shown = window(files)
    text = '+++\ntitle = "One"\ndate = 2024-01-31\n+++\n' + BODY
    shown.open(shown.write(place, text))
    line = shown.field("date")
    type_over(line, "2024-13-45")
    assert shown.session.text == text
    assert "no such day" in line.accessibleDescription()
    assert line.property("severity") == "error"
    type_over(line, "2024-02-01")
    assert shown.session.text == text.replace("2024-01-31", "2024-02-01")
    assert line.property("severity") == "info"


@pytest.mark.parametrize(("files", "place"), [(HUGO, "content/posts/a.md"), (ZOLA, "content/a.md")])
def test_a_text_that_is_no_date_is_mended_to_a_date(window, files, place):
    shown = window(files)
    text = '+++\ntitle = "One"\ndate = "2024-13-45"\n+++\n' + BODY
    shown.open(shown.write(place, text))
    type_over(shown.field("date"), "2024-02-01")
    assert shown.session.text == text.replace('"2024-13-45"', "2024-02-01")


def test_a_word_that_waits_belongs_to_its_post(window):
    shown = window(JEKYLL)
    one = shown.write("_posts/2024-01-02-a.md", "---\ntitle: One\ntags: [a]\n---\n" + BODY)
    two = shown.write("_posts/2024-01-03-b.md", "---\ntitle: Two\ntags: [b]\n---\n" + BODY)
    shown.open(one)
    line = shown.field("tags")
    line.setFocus()
    QTest.keyClicks(line, "more")
    first = shown.session
    shown.parts.workspace.open_path(two)
    shown.qtbot.waitUntil(lambda: shown.form.shown_keys() and shown.field("title").text() == "Two")
    assert shown.field("tags").text() == ""
    assert first.text.startswith("---\ntitle: One\ntags: [a, more]\n")
    assert shown.session.text.startswith("---\ntitle: Two\ntags: [b]\n")
    assert not shown.session.modified


def test_a_word_that_waits_is_saved_with_its_post(window):
    shown = window(JEKYLL)
    path = shown.write("_posts/2024-01-02-a.md", "---\ntitle: One\ntags: [a]\n---\n" + BODY)
    shown.open(path)
    QTest.keyClicks(shown.field("title"), "!")  # so that there is something to save
    line = shown.field("tags")
    line.setFocus()
    QTest.keyClicks(line, "more")
    shown.save()
    assert b"tags: [a, more]\n" in path.read_bytes()


def test_nothing_to_undo_leaves_the_caret(window):
    shown = window(JEKYLL)
    body = "".join(f"Line {number}\n\n" for number in range(40))
    shown.open(shown.write("_posts/2024-01-02-a.md", "---\ntitle: One\n---\n" + body))
    editor = shown.window.editor
    editor.setFocus()
    editor.go_to(16)
    for act in (editor.undo, editor.redo):
        act()
        assert editor.textCursor().blockNumber() == 16


def test_the_form_of_another_post_begins_at_its_top(window):
    shown = window(JEKYLL)
    more = "".join(f"field{number}: {number}\n" for number in range(40))
    one = shown.write("_posts/2024-01-02-a.md", f"---\ntitle: One\n{more}---\n" + BODY)
    two = shown.write("_posts/2024-01-03-b.md", f"---\ntitle: Two\n{more}---\n" + BODY)
    shown.open(one)
    bar = shown.form.findChild(QScrollArea).verticalScrollBar()
    shown.qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    shown.field("field39").setFocus()
    shown.parts.workspace.open_path(two)
    shown.qtbot.waitUntil(lambda: shown.form.shown_keys() and shown.field("title").text() == "Two")
    assert bar.value() == 0


def test_the_keys_of_the_text_do_nothing_to_it_from_the_form(window):
    shown = window(JEKYLL)
    text = "---\ntitle: One\ndraft: true\ntags: [a]\n---\nFirst\n\nSecond\n"
    shown.open(shown.write("_posts/2024-01-02-a.md", text))
    window_ = shown.window
    window_.activateWindow()
    editor = window_.editor
    editor.setFocus()
    editor.go_to(7)
    caret = editor.textCursor().position()
    for field in (shown.field("title"), window_.findChild(QPushButton, "addField")):
        field.setFocus()
        shown.qtbot.waitUntil(field.hasFocus)
        for key, modifier in (
            (Qt.Key.Key_B, CONTROL),
            (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier),
            (Qt.Key.Key_1, CONTROL),
            (Qt.Key.Key_A, CONTROL),
            (Qt.Key.Key_X, CONTROL),
        ):
            if not (field is shown.field("title") and key == Qt.Key.Key_X):
                QTest.keyClick(field, key, modifier)
        assert shown.session.text == text
        assert not editor.textCursor().hasSelection()
        assert editor.textCursor().position() == caret
    editor.setFocus()
    shown.qtbot.waitUntil(editor.hasFocus)
    QTest.keyClick(editor, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert shown.session.text != text


def test_the_focus_stays_with_publish(window):
    shown = window(JEKYLL)
    shown.open(shown.write("_posts/2024-01-02-a.md", "---\ntitle: One\npublished: false\n---\n" + BODY))
    shown.window.activateWindow()
    card = shown.form.findChild(VerdictCard)
    publish = card.findChild(QPushButton, "publishButton")
    unpublish = card.findChild(QPushButton, "unpublishButton")
    for press, other in ((publish, unpublish), (unpublish, publish)):
        shown.qtbot.waitUntil(lambda press=press: press.isVisible() and press.isEnabled(), timeout=10_000)
        press.setFocus()
        QTest.keyClick(press, Qt.Key.Key_Space)
        shown.qtbot.waitUntil(lambda other=other: other.isVisible() and other.isEnabled(), timeout=10_000)
        assert QApplication.focusWidget() is other
        assert not shown.field("title").hasSelectedText()
