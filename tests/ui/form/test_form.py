"""The form as a writer meets it, with a real front matter behind it."""

import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from editor.post import front_matter
from editor.post.document import PostDocument
from editor.schema import kinds
from editor.schema.content_type import ContentType, Field
from editor.ui.form.add_field import AddFieldButton
from editor.ui.form.advice import Advice
from editor.ui.form.chips import Chip
from editor.ui.form.editor_kinds import EDITORS
from editor.ui.form.facts import FormFacts
from editor.ui.form.field_row import FieldRow
from editor.ui.form.notice import NoticeCard
from editor.ui.theme import DARK
from tests.ui.form.conftest import POST, Desk

SIMPLE = "title: A title   # mine\ndate: 2025-10-11\ndraft: false\n"


def type_into(widget: QWidget, text: str) -> None:
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_End)
    QTest.keyClicks(widget, text)


def leave(desk: Desk) -> None:
    desk.field("slug").setFocus()


def words_of(desk: Desk, key: str) -> list[str]:
    box = desk.field(key).parentWidget()
    return [chip.word for chip in box.findChildren(Chip) if not chip.isHidden()]


# What it shows.


def test_every_kind_has_a_widget_and_no_more() -> None:
    assert EDITORS.keys() == kinds.KINDS.keys()


def test_core_fields_are_always_there_and_others_when_the_file_has_them(desk: Desk) -> None:
    desk.open("mine: [1]\nreadtime: 5\nother: yes\n")
    core = [field.key for field in POST.fields if field.core]
    assert desk.form.shown_keys() == [*core, "readtime", "mine", "other"]


def test_every_field_has_a_name_for_tests_and_for_screen_readers(desk: Desk) -> None:
    desk.open("date: 2025-10-11\nreadtime: 5\ntemplate: post.html\nlinks: [a.md]\nog_image: x.png\n")
    for key in desk.form.shown_keys():
        assert desk.field(key).accessibleName() == kinds.label_of(POST.field(key) or Field(key, "text"))
    dated = "date:\n  created: 2025-10-11\n  updated: 2025-10-12\n"
    desk.open(dated)
    assert desk.field("date.updated").text() == "2025-10-12"
    for widget in desk.form.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible():
            assert widget.accessibleName() or getattr(widget, "text", lambda: "")(), widget


def test_derived_and_inherited_values_are_placeholders(desk: Desk) -> None:
    desk.facts = FormFacts(
        title="A heading", slug="a-heading", inherited={"authors": ["editor"], "draft": True}
    )
    desk.open("date: 2025-10-11\n")
    assert desk.field("title").placeholderText() == "A heading"
    assert desk.said_about("title") == "From the first heading"
    assert desk.field("slug").placeholderText() == "a-heading"
    assert desk.field("authors").placeholderText() == "editor"
    assert "Inherited" in desk.said_about("authors")
    assert desk.field("draft").isChecked()


def test_the_length_of_a_description_is_counted_as_it_is_typed(desk: Desk) -> None:
    desk.open(SIMPLE)
    assert desk.said_about("description") == "0 of about 155 characters"
    type_into(desk.field("description"), "Four")
    assert desk.said_about("description") == "4 of about 155 characters"


def test_what_the_build_would_fail_on_is_said_at_once(desk: Desk) -> None:
    desk.open("date: '2024-01-31'\nslug: 2024\ntags: a, b\ncategories: [nowhere]\n")
    assert "quotes" in desk.said_about("date")
    assert "quotes" in desk.said_about("slug")
    assert "[a, b]" in desk.said_about("tags")
    assert "logbook" in desk.said_about("categories")
    assert desk.form.problem_count() == 4
    desk.show(desk.text.replace("'2024-01-31'", "2024-01-31"))
    assert desk.said_about("date") == ""
    assert desk.form.problem_count() == 3


def test_a_missing_date_and_a_misspelt_key_are_said(desk: Desk) -> None:
    desk.content_type = ContentType("post", (*POST.fields, Field("weight", "integer")))
    desk.open("wieght: 5\n")
    assert "missing" in desk.said_about("date")
    assert "did you mean “weight”" in desk.said_about("wieght")


def test_values_that_do_not_fit_their_field_are_shown_as_they_stand(desk: Desk) -> None:
    desk.open("title:\n  a: 1\n  b: 2\ntags: {x: y}\nslug: [a, b]\n")
    assert desk.field("title").toPlainText() == "a: 1\nb: 2"
    assert desk.field("tags").toPlainText() == "{x: y}"
    assert desk.field("slug").toPlainText() == "[a, b]"


# Loading and refreshing.


def test_loading_asks_for_nothing(desk: Desk, corpus: Path) -> None:
    real = sorted(corpus.glob("posts/**/*.md"))
    shown = 0
    for path in [*sorted(corpus.glob("hard/*.md")), *real[:: len(real) // 60 + 1]]:
        read = front_matter.read(PostDocument.open(path).text)
        desk.form.show_front_matter(read, POST, desk.facts)
        shown += read.problem is None
    QApplication.processEvents()
    assert shown > 60
    assert desk.asked == []


def test_walking_through_the_fields_asks_for_nothing(desk: Desk) -> None:
    desk.open(
        SIMPLE + "tags: [a, 2024]\ndescription: |\n  Two\n  lines\nmap:\n  a: 1\nreadtime: 007\nmine: ' x '\n"
    )
    for key in desk.form.shown_keys():
        desk.field(key).setFocus()
        QTest.keyClick(desk.field(key), Qt.Key.Key_End)
    leave(desk)
    assert desk.asked == []


def test_a_refresh_with_the_same_value_keeps_caret_selection_and_focus(desk: Desk) -> None:
    desk.open(SIMPLE)
    line = desk.field("title")
    line.setFocus()
    line.setSelection(2, 3)
    desk.show(desk.text.replace("draft: false", "draft: true"))
    assert line is desk.field("title")
    assert line.hasFocus()
    assert line.selectedText() == "tit"


def test_typing_keeps_the_caret_where_it_is(desk: Desk) -> None:
    desk.open(SIMPLE)
    line = desk.field("title")
    line.setFocus()
    line.setCursorPosition(1)
    QTest.keyClicks(line, " new")
    assert line.text() == "A new title"
    assert line.cursorPosition() == 5
    assert desk.header.startswith("title: A new title   # mine\n")
    assert [name for name, _arguments in desk.asked] == ["value_set"] * 4


def test_undo_elsewhere_shows_the_old_value(desk: Desk) -> None:
    desk.open(SIMPLE)
    before = desk.text
    type_into(desk.field("title"), "!")
    desk.show(before)
    assert desk.field("title").text() == "A title"


def test_a_refresh_touches_only_the_rows_that_changed(desk: Desk) -> None:
    desk.open(SIMPLE + "mine: 1\n")
    before = {key: desk.field(key) for key in desk.form.shown_keys()}
    desk.show(desk.text.replace("mine: 1\n", "mine: 1\nyours: 2\n"))
    assert all(desk.field(key) is widget for key, widget in before.items())
    desk.show(desk.text.replace("mine: 1\n", ""))
    assert "mine" not in desk.form.shown_keys()


def test_rows_stand_in_the_file_s_order(desk: Desk) -> None:
    desk.open(SIMPLE + "b: 1\nc: 2\n")
    desk.show(desk.text.replace("b: 1\nc: 2\n", "c: 2\na: 0\nb: 1\n"))
    core = len([field for field in POST.fields if field.core])
    assert desk.form.shown_keys()[core:] == ["c", "a", "b"]
    heights = [
        desk.field(key).mapTo(desk.form, desk.field(key).rect().topLeft()).y()
        for key in desk.form.shown_keys()
    ]
    QApplication.processEvents()
    heights = [
        desk.field(key).mapTo(desk.form, desk.field(key).rect().topLeft()).y()
        for key in desk.form.shown_keys()
    ]
    assert heights == sorted(heights)


def test_an_open_composition_is_left_alone(desk: Desk) -> None:
    desk.open(SIMPLE)
    line = desk.field("title")
    line.setFocus()
    line.setCursorPosition(0)
    QApplication.sendEvent(line, QInputMethodEvent("にほ", []))
    desk.show(desk.text.replace("draft: false", "draft: true"))
    assert desk.asked == []
    commit = QInputMethodEvent("", [])
    commit.setCommitString("日本")
    QApplication.sendEvent(line, commit)
    assert line.text() == "日本A title"
    assert desk.header.startswith("title: 日本A title   # mine\n")


def test_a_text_grows_beyond_its_line_without_losing_the_focus(desk: Desk) -> None:
    desk.open(SIMPLE + "mine: " + "x" * 79 + "\n")
    line = desk.field("mine")
    type_into(line, "yz and more")
    assert desk.field("mine") is line
    assert line.hasFocus()
    assert "yz and more" in desk.header


def test_no_character_is_lost_in_a_text_box(desk: Desk) -> None:
    desk.open(SIMPLE + 'description: "a\\u00a0b 😀\\n\\nc"\n')
    box = desk.field("description")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(box, "!")
    assert desk.asked[-1] == ("value_set", ("description", "a\u00a0b 😀\n\nc!"))


# Editing.


def test_a_switch_changes_one_line(desk: Desk) -> None:
    desk.open(SIMPLE)
    desk.field("draft").click()
    assert desk.take_asked() == [("value_set", ("draft", True))]
    assert desk.header == SIMPLE.replace("false", "true")
    QTest.keyClick(desk.field("draft"), Qt.Key.Key_Space)
    assert desk.header == SIMPLE


def test_an_emptied_core_field_goes_when_it_is_left_and_not_before(desk: Desk) -> None:
    desk.open(SIMPLE)
    line = desk.field("title")
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert "# mine" in desk.header
    QTest.keyClicks(line, "X")
    assert desk.header == SIMPLE.replace("A title", "X")
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    leave(desk)
    assert desk.asked[-1] == ("unset", ("title",))
    assert desk.header == "date: 2025-10-11\ndraft: false\n"


def test_chips_are_added_by_enter_and_comma_and_removed_by_backspace(desk: Desk) -> None:
    desk.open(SIMPLE + "tags: [a]  # kept\n")
    line = desk.field("tags")
    type_into(line, "b,")
    QTest.keyClicks(line, "c")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert words_of(desk, "tags") == ["a", "b", "c"]
    assert desk.header == SIMPLE + "tags: [a, b, c]  # kept\n"
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert desk.asked[-1] == ("list_removed", ("tags", "c"))
    assert desk.header == SIMPLE + "tags: [a, b]  # kept\n"
    assert line.hasFocus()


def test_pasted_words_become_chips(desk: Desk, qtbot: QtBot) -> None:
    desk.open(SIMPLE)
    line = desk.field("tags")
    line.setFocus()
    QApplication.clipboard().setText("a, b b, c")
    line.paste()
    assert words_of(desk, "tags") == ["a", "b b"]
    assert line.text() == "c"


def test_a_chip_is_removed_by_its_button_and_by_its_keys(desk: Desk) -> None:
    desk.open(SIMPLE + "tags: [a, b, c]\n")
    line = desk.field("tags")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Left)
    chips = line.parentWidget().findChildren(Chip)
    assert chips[-1].hasFocus()
    QTest.keyClick(chips[-1], Qt.Key.Key_Left)
    assert chips[1].hasFocus()
    QTest.keyClick(chips[1], Qt.Key.Key_Delete)
    assert words_of(desk, "tags") == ["a", "c"]
    assert chips[2].hasFocus()
    desk.field("tags").parentWidget().findChildren(Chip)[0].removal_wanted.emit()
    assert words_of(desk, "tags") == ["c"]


def test_a_word_that_is_there_is_not_added_again(desk: Desk) -> None:
    desk.open(SIMPLE + "tags: [a]\n")
    type_into(desk.field("tags"), "a,")
    assert desk.asked == []
    assert desk.field("tags").text() == ""


def test_a_category_that_is_not_allowed_is_refused_with_the_reason(desk: Desk) -> None:
    desk.open(SIMPLE)
    line = desk.field("categories")
    type_into(line, "nowhere")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert desk.asked == []
    assert "introspection, motives, logbook" in desk.said_about("categories")
    assert line.text() == "nowhere"
    line.clear()
    QTest.keyClicks(line, "motives,")
    assert desk.said_about("categories") == ""
    assert words_of(desk, "categories") == ["motives"]


def test_suggestions_come_most_used_first_without_those_that_are_taken(desk: Desk) -> None:
    desk.open(SIMPLE + "tags: [onnx]\n")
    line = desk.field("tags")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Down)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    model = popup.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["int8", "quantization"]
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert words_of(desk, "tags") == ["onnx", "int8"]
    assert line.text() == ""


def test_an_author_is_found_by_name(desk: Desk) -> None:
    desk.open(SIMPLE)
    line = desk.field("authors")
    type_into(line, "a gue")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert popup.model().index(0, 0).data() == "guest"
    popup.hide()


def test_a_number_is_written_as_one_and_a_word_is_not(desk: Desk) -> None:
    desk.open(SIMPLE + "readtime: 5\n")
    line = desk.field("readtime")
    type_into(line, "0")
    assert desk.header.endswith("readtime: 50\n")
    QTest.keyClicks(line, "x")
    assert "whole number" in desk.said_about("readtime")
    assert line.text() == "50x"
    assert desk.header.endswith("readtime: 5\n")
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert desk.said_about("readtime") == ""
    assert desk.header.endswith("readtime: 50\n")


def test_a_choice_is_chosen_or_taken_back(desk: Desk) -> None:
    desk.open(SIMPLE + "template: old.html\n")
    box = desk.field("template")
    assert box.currentText() == "old.html"
    assert "post.html" in desk.said_about("template")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert desk.header.endswith("template: wide.html\n")
    assert desk.said_about("template") == ""
    QTest.keyClick(box, Qt.Key.Key_Home)
    assert desk.header == SIMPLE


# Dates.


def test_a_date_is_typed_and_written_once_it_is_one(desk: Desk) -> None:
    desk.open(SIMPLE)
    line = desk.field("date")
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "2026-02-")
    assert desk.header == SIMPLE
    assert "not a date" in desk.said_about("date")
    QTest.keyClicks(line, "28")
    assert desk.said_about("date") == ""
    assert desk.header == SIMPLE.replace("2025-10-11", "2026-02-28")
    assert desk.take_asked()[-1] == ("value_set", ("date", datetime.date(2026, 2, 28)))


@pytest.mark.parametrize(
    "written", ["2025-11-09T08:30:00Z", "2025-11-09 08:30:00+02:00", "2025-11-09 08:30:00"]
)
def test_a_moment_keeps_its_own_way_of_writing(desk: Desk, written: str) -> None:
    desk.open(SIMPLE.replace("2025-10-11", written))
    line = desk.field("date")
    assert line.text() == written
    line.setFocus()
    line.setCursorPosition(len("2025-11-09T08:30"))
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClicks(line, "1")
    assert desk.header == SIMPLE.replace("2025-10-11", written.replace("08:30", "08:31"))
    assert line.cursorPosition() == len("2025-11-09T08:30")


def test_a_time_without_seconds_is_said_and_not_written(desk: Desk) -> None:
    desk.open(SIMPLE)
    type_into(desk.field("date"), " 09:05")
    assert "2025-10-11 09:05:00" in desk.said_about("date")
    assert desk.header == SIMPLE
    leave(desk)
    desk.show(desk.text.replace("draft: false", "draft: true"))
    assert desk.field("date").text() == "2025-10-11 09:05", "what was typed stays until the file has news"


def test_the_quotes_of_a_date_go_when_it_is_edited(desk: Desk) -> None:
    desk.open("date: '2024-01-31'\n")
    line = desk.field("date")
    assert line.text() == "2024-01-31"
    type_into(line, "")
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClicks(line, "0")
    assert desk.header == "date: 2024-01-30\n"
    assert desk.said_about("date") == ""


def test_the_calendar_changes_the_day_alone(desk: Desk) -> None:
    desk.open("date: 2025-11-09T08:30:00Z\n")
    line = desk.field("date")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert popup.calendar.selectedDate().toString("yyyy-MM-dd") == "2025-11-09"
    popup.calendar.activated.emit(popup.calendar.selectedDate().addDays(3))
    assert desk.header == "date: 2025-11-12T08:30:00Z\n"


def test_a_map_of_dates_shows_a_line_for_each(desk: Desk) -> None:
    header = (
        "date:\n  created: 2025-11-02   # first\n  updated: 2025-11-09T08:30:00Z\n  reviewed: 2025-12-01\n"
    )
    desk.open(header)
    assert desk.field("date.created").text() == "2025-11-02"
    assert desk.field("date.updated").text() == "2025-11-09T08:30:00Z"
    line = desk.field("date.reviewed")
    type_into(line, "")
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClicks(line, "2")
    assert desk.header == header.replace("12-01", "12-02")


def test_an_updated_date_is_added_and_removed(desk: Desk) -> None:
    desk.open("date:\n  created: 2025-11-02\n")
    today = datetime.date.today().isoformat()
    add = next(
        button for button in desk.form.findChildren(QPushButton) if button.text() == "Add updated date"
    )
    assert add.isVisible()
    add.click()
    assert desk.header == f"date:\n  created: 2025-11-02\n  updated: {today}\n"
    assert not add.isVisible()
    line = desk.field("date.updated")
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    leave(desk)
    assert desk.header == "date:\n  created: 2025-11-02\n"


def test_a_date_of_a_map_is_removed_by_the_menu(desk: Desk) -> None:
    desk.open("date:\n  created: 2025-11-02\n  updated: 2025-11-09\n  mine: 2025-11-10\n")
    offered = {action.text(): action for action in desk.form._rows["date"].menu().actions()}
    assert "Remove the date “Created”" not in offered
    offered["Remove the date “mine”"].trigger()
    assert desk.header == "date:\n  created: 2025-11-02\n  updated: 2025-11-09\n"


def test_a_single_date_becomes_a_map_by_its_menu(desk: Desk) -> None:
    desk.open(SIMPLE)
    row = desk.form._rows["date"]
    action = next(action for action in row.menu().actions() if action.text() == "Add updated date")
    action.trigger()
    [(name, (key, value))] = desk.take_asked()
    assert (name, key) == ("value_set", "date")
    assert value == {"created": datetime.date(2025, 10, 11), "updated": datetime.date.today()}
    assert desk.field("date.created").text() == "2025-10-11"


# YAML as it stands.


def test_a_map_is_written_when_it_is_left_and_valid(desk: Desk) -> None:
    desk.open(SIMPLE + "social:\n  - cards: true  # yes\n  - x\n")
    box = desk.field("social")
    assert box.toPlainText() == "- cards: true  # yes\n- x"
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(box, "yz: [")
    assert "YAML" in desk.said_about("social")
    leave(desk)
    assert desk.asked == []
    assert box.toPlainText().endswith("xyz: [")
    box.setFocus()
    for _press in range(3):
        QTest.keyClick(box, Qt.Key.Key_Backspace)
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.said_about("social") == ""
    assert desk.header == SIMPLE + "social:\n  - cards: true  # yes\n  - xyz\n"


# Adding and removing fields.


def test_a_field_is_added_by_the_menu_and_written_with_its_first_value(desk: Desk) -> None:
    desk.open(SIMPLE)
    menu = desk.form._add.menu()
    entries = {action.text().split("\t")[0]: action for action in menu.actions()}
    assert "Keeps the post on top" in entries["Pin"].text()
    assert "Title" not in entries
    entries["Readtime"].trigger()
    assert desk.asked == []
    line = desk.field("readtime")
    assert line.hasFocus()
    QTest.keyClicks(line, "7")
    assert desk.header == SIMPLE + "readtime: 7\n"
    assert desk.field("readtime") is line


def test_a_field_of_one_s_own_is_added_by_its_name(desk: Desk) -> None:
    desk.open(SIMPLE)
    desk.form._add.ask_name()
    name = desk.form.findChild(QWidget, "newFieldName")
    QTest.keyClicks(name, "title")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert name.isVisible(), "there is a title already"
    name.clear()
    QTest.keyClicks(name, "og_image")
    QTest.keyClick(name, Qt.Key.Key_Return)
    box = desk.field("og_image")
    QTest.keyClicks(box, "card.png")
    leave(desk)
    assert desk.header == SIMPLE + "og_image: card.png\n"
    assert desk.field("og_image").text() == "card.png"


@pytest.mark.parametrize("key", ["a: b", "# x", "-", "a\tb", "'q'"])
def test_a_name_that_yaml_would_read_otherwise_is_refused(desk: Desk, key: str) -> None:
    desk.open(SIMPLE)
    desk.form._add.ask_name()
    name = desk.form.findChild(QWidget, "newFieldName")
    name.setText(key)
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert key not in desk.form.shown_keys()
    assert any("letters" in label.text() for label in desk.form._add.findChildren(QLabel))


def test_a_field_is_removed_by_its_menu(desk: Desk) -> None:
    desk.open(SIMPLE + "mine: 1\n")
    row = desk.form._rows["mine"]
    next(action for action in row.menu().actions() if action.text() == "Remove field").trigger()
    assert desk.header == SIMPLE
    assert "mine" not in desk.form.shown_keys()


def test_an_added_field_is_given_up_without_a_trace(desk: Desk) -> None:
    desk.open(SIMPLE)
    desk.form.add_field(Field("readtime", "integer"))
    desk.form._rows["readtime"].removal_wanted.emit()
    assert desk.asked == []
    assert "readtime" not in desk.form.shown_keys()


# What can't be edited.


def test_a_locked_field_says_why(desk: Desk) -> None:
    desk.open(SIMPLE + "mine: &a text\nother: *a\n")
    reason = front_matter.read(desk.text).lock("mine")
    assert reason
    assert not desk.field("mine").isEnabled()
    assert desk.said_about("mine") == reason
    assert desk.field("title").isEnabled()


def test_an_unreadable_block_locks_the_form_and_leads_to_the_line(desk: Desk, qtbot: QtBot) -> None:
    desk.open(SIMPLE)
    desk.show(desk.text.replace("A title   # mine", "'A title"))
    problem = front_matter.read(desk.text).problem
    assert problem is not None
    assert not any(desk.field(key).isEnabled() for key in desk.form.shown_keys())
    button = desk.form.findChild(QPushButton, "formNoticeButton")
    with qtbot.waitSignal(desk.form.go_to_line) as went:
        button.click()
    assert went.args == [problem.line, problem.column]
    desk.show(desk.text.replace("'A title", "A title"))
    assert desk.field("title").isEnabled()
    assert not button.isVisible()


def test_a_post_without_front_matter_offers_one(desk: Desk, qtbot: QtBot) -> None:
    desk.show("# Just text\n")
    with qtbot.waitSignal(desk.form.fence_wanted):
        desk.form.findChild(QPushButton, "formNoticeButton").click()
    type_into(desk.field("title"), "T")
    assert desk.text == "---\ntitle: T\n---\n\n# Just text\n"


def test_a_refused_edit_is_said_and_what_was_typed_stays(desk: Desk) -> None:
    desk.open(SIMPLE)
    desk.form.blockSignals(True)
    type_into(desk.field("title"), "!")
    desk.form.blockSignals(False)
    desk.form.show_refusal("title", "Because")
    assert desk.field("title").text() == "A title!"
    assert desk.said_about("title") == "Because"
    assert desk.form.unwritten() == "Title"
    QTest.keyClicks(desk.field("title"), "?")
    assert desk.said_about("title") == ""
    assert desk.form.unwritten() == ""
    assert desk.header.startswith("title: A title!?")


# The keyboard.


def test_tab_goes_from_top_to_bottom(desk: Desk) -> None:
    desk.open("readtime: 5\n" + SIMPLE)
    desk.field("title").setFocus()
    seen = []
    for _press in range(30):
        widget = QApplication.focusWidget()
        if widget is not None and widget.objectName().startswith("field-"):
            seen.append(widget.objectName().removeprefix("field-"))
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        if widget is not None and widget.objectName() == "addField":
            break
    assert seen == desk.form.shown_keys()


def test_undo_is_the_post_s_not_the_field_s(desk: Desk, qtbot: QtBot) -> None:
    desk.open(SIMPLE)
    for key in ("title", "description", "date", "tags"):
        type_into(desk.field(key), "x")
        with qtbot.waitSignal(desk.form.undo_wanted):
            QTest.keyClick(desk.field(key), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert "x" in (desk.field(key).text() if key != "description" else desk.field(key).toPlainText())


def test_the_focus_on_the_form_goes_to_its_first_field(desk: Desk) -> None:
    desk.open(SIMPLE)
    desk.form.setFocus()
    assert desk.field("title").hasFocus()


# The rest.


def test_a_widget_above_the_fields_can_be_put_in_and_out(desk: Desk) -> None:
    card = QLabel("Published")
    desk.form.set_header_widget(card)
    assert desk.form.isAncestorOf(card)
    desk.form.set_header_widget(None)
    assert not desk.form.isAncestorOf(card)
    card.deleteLater()


def test_a_change_of_theme_asks_for_nothing(desk: Desk) -> None:
    desk.open(SIMPLE + "tags: [a]\ntemplate: post.html\n")
    desk.form.set_theme(DARK)
    QApplication.sendEvent(desk.form, QEvent(QEvent.Type.PaletteChange))
    assert desk.asked == []


# Room for chips.


@pytest.mark.parametrize("height", [300, 1400], ids=["with a scroll bar", "without one"])
def test_chips_that_fill_their_line_leave_no_empty_one_below(desk: Desk, height: int) -> None:
    for count in range(1, 24):
        desk.form.resize(300, height)
        desk.open(f"tags: [quantization, speech, {'i' * count}]\n")
        QApplication.processEvents()
        line = desk.field("tags")
        box = line.parentWidget()
        last = [chip for chip in box.findChildren(Chip) if not chip.isHidden()][-1]
        assert box.height() - last.geometry().bottom() < 10, count
        assert line.y() == last.y(), count


def test_the_line_behind_the_chips_has_room_for_what_is_typed(desk: Desk) -> None:
    desk.open("tags: [quantization, speech]\n")
    line = desk.field("tags")
    line.setFocus()
    QTest.keyClicks(line, "another")
    QApplication.processEvents()
    assert line.width() >= line.fontMetrics().horizontalAdvance("another") + 8


# Parts of a value.


def severities(desk: Desk, keys: list[str]) -> list[str]:
    return [str(desk.field(key).property("severity")) for key in keys]


@pytest.mark.parametrize(
    ("header", "keys", "wrong"),
    [
        ("  created: 2025-10-11\n  updated: foo\n", ["created", "updated"], ["updated"]),
        ("  craeted: 2025-10-11\n  updated: 2025-10-12\n", ["craeted", "updated"], ["craeted"]),
        ("  created: 2025-10-11\n  updated: 2025-10-12\n", ["created", "updated"], []),
        ("  updated: 2025-10-12\n", ["updated"], ["updated"]),
    ],
)
def test_of_several_dates_the_wrong_one_is_framed(
    desk: Desk, header: str, keys: list[str], wrong: list[str]
) -> None:
    desk.open(f"date:\n{header}")
    expected = ["error" if key in wrong else "info" for key in keys]
    assert severities(desk, [f"date.{key}" for key in keys]) == expected


def test_advice_about_one_of_several_dates_frames_that_one(desk: Desk) -> None:
    desk.open("date:\n  created: 2025-10-11\n  updatd: 2025-10-12\n")
    desk.form.show_advice({"date": Advice("warning", "Did you mean “updated”?", part="date.updatd")})
    assert severities(desk, ["date.created", "date.updatd"]) == ["info", "warning"]


# What the menu of fields says.


def test_descriptions_in_the_menu_end_with_a_whole_word(desk: Desk) -> None:
    about = "Pages and addresses that are listed beside the post, " * 3
    desk.content_type = ContentType("post", (Field("links", "links", description=about.strip()),))
    desk.open("title: A\n")
    action = desk.form.findChild(AddFieldButton).menu().actions()[0]
    shown = action.text().split("\t")[1]
    assert shown.endswith(" …")
    assert about.startswith(shown.removesuffix("…"))
    assert action.toolTip() == about.strip()


# A post that can't be written back.


def test_a_read_only_post_has_no_field_to_change_and_says_why(desk: Desk) -> None:
    desk.open(SIMPLE + "tags: [one]\n")
    desk.form.set_read_only("The file belongs to somebody else.")
    for key in ("title", "date", "draft", "tags", "description"):
        assert not desk.field(key).isEnabled()
    notice = desk.form.findChild(NoticeCard)
    assert notice.isVisible()
    assert notice.accessibleDescription() == "The file belongs to somebody else."
    assert not desk.form.findChild(AddFieldButton).isVisible()
    row = desk.form.findChildren(FieldRow)[0]
    assert not any(action.isEnabled() for action in row.menu().actions() if not action.isSeparator())
    desk.form.set_read_only(None)
    assert desk.field("title").isEnabled()
    assert not notice.isVisible()
    assert desk.form.findChild(AddFieldButton).isVisible()


def test_a_read_only_post_without_front_matter_gets_none(desk: Desk) -> None:
    desk.form.set_read_only("The file belongs to somebody else.")
    desk.show("Body\n")
    button = desk.form.findChild(QPushButton, "formNoticeButton")
    assert not button.isVisible()
    assert not desk.field("title").isEnabled()
    desk.form.set_read_only(None)
    assert button.isVisible()


def test_delete_on_the_menu_removes_nothing_of_a_read_only_post(desk: Desk) -> None:
    desk.open(SIMPLE)
    desk.form.set_read_only("The file belongs to somebody else.")
    row = next(row for row in desk.form.findChildren(FieldRow) if row.state.field.key == "title")
    row.tab_stops()[-1].setFocus()
    QTest.keyClick(row.tab_stops()[-1], Qt.Key.Key_Delete)
    assert desk.take_asked() == []


# Texts of several lines.


@pytest.mark.parametrize(
    ("before", "shown", "after"),
    [
        (">-\n  One two\n  three\n", "One two three", ">-\n  One two\n  three!\n"),
        (">\n  One two\n  three\n", "One two three", ">\n  One two\n  three!\n"),
        ("|\n  One\n  two\n", "One\ntwo", "|\n  One\n  two!\n"),
        ("|+\n  One\n\n", "One", "|+\n  One!\n\n"),
        ("> # why\n  One\n\n  two\n", "One\ntwo", "> # why\n  One\n\n  two!\n"),
        ('"One\\n"\n', "One\n", None),
    ],
)
def test_a_text_in_block_style_keeps_it_and_shows_no_line_end_of_the_file(
    desk: Desk, before: str, shown: str, after: str | None
) -> None:
    desk.open(f"description: {before}tags: [a]\n")
    box = desk.field("description")
    assert box.content() == shown
    if after is not None:
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(box, "!")
        assert desk.header == f"description: {after}tags: [a]\n"
        QTest.keyClick(box, Qt.Key.Key_Return)
        assert box.content() == shown + "!\n"
        QTest.keyClicks(box, "x")
        assert box.content() == shown + "!\nx"
        assert front_matter.read(desk.text).style("description") == {"|": "literal", ">": "folded"}[before[0]]
