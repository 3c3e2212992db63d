"""What was typed in a field and can't be written: it stays to be seen, and the file is as it was."""

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from editor.schema.content_type import ContentType, Field
from editor.site.verdict import Verdict
from editor.ui.form.advice import Advice
from editor.ui.form.field_row import FieldRow
from editor.ui.form.verdict_card import VerdictCard
from tests.ui.form.conftest import Desk

NIKOLA = "<!--\n.. title: One\n.. date: 2024-01-02\n.. description: Alpha\n-->\n\nBody\n"
PELICAN = "Title: One\nDate: 2024-01-02\nAuthors: a\nDescription: Alpha\n\nBody\n"
SIMPLE = "title: A title\ndate: 2025-10-11\n"


def type_into(widget: Any, text: str) -> None:
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_End)
    QTest.keyClicks(widget, text)


@pytest.mark.parametrize("text", [NIKOLA, PELICAN], ids=["nikola", "pelican"])
def test_enter_takes_nothing_where_the_file_has_one_line_only(desk: Desk, text: str) -> None:
    desk.show(text)
    box = desk.field("description")
    type_into(box, "")
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClicks(box, "beta")
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(box, " gamma")
    assert box.content() == "Alphabeta gamma"
    assert desk.text == text.replace("Alpha", "Alphabeta gamma")
    assert desk.form.unwritten() == ""


def test_a_pasted_line_break_becomes_a_space_where_the_file_has_one_line_only(desk: Desk) -> None:
    desk.show(NIKOLA)
    box, line = desk.field("description"), desk.field("title")
    type_into(box, " ")
    pasted = QMimeData()
    pasted.setText("beta\r\n  gamma\ndelta")
    QApplication.clipboard().setMimeData(pasted)
    box.paste()
    assert box.content() == "Alpha beta gamma delta"
    type_into(line, " ")
    line.paste()
    QTest.keyClicks(line, "!")
    assert line.text() == "One beta gamma delta!"
    assert ".. title: One beta gamma delta!\n" in desk.text
    assert ".. description: Alpha beta gamma delta\n" in desk.text


def test_a_box_has_lines_where_the_file_has(desk: Desk) -> None:
    desk.open(SIMPLE + "description: Alpha\n")
    box = desk.field("description")
    type_into(box, "")
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClicks(box, "beta")
    assert box.content() == "Alpha\nbeta"
    desk.form.clear()
    summary = Field("summary", "long_text", core=True)
    desk.content_type = ContentType("post", (Field("title", "text", core=True), summary))
    desk.show("Title: One\nDate: 2024-01-02\nSummary: Alpha\n\nBody\n")
    box = desk.field("summary")
    type_into(box, "")
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClicks(box, "beta")
    assert "Summary: Alpha\n    beta\n" in desk.text


def test_a_refused_word_stays_in_its_line(desk: Desk) -> None:
    desk.show(PELICAN)
    line = desk.field("authors")
    type_into(line, "b;c")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "b;c"
    assert "divided" in desk.said_about("authors")
    assert desk.form.unwritten() == "Authors"
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert desk.said_about("authors") == ""
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == ""
    assert "Authors: a; b\n" in desk.text or "Authors: a, b\n" in desk.text


def test_a_refused_word_is_not_in_the_next_post(desk: Desk) -> None:
    desk.open(SIMPLE + "categories: [logbook]\n")
    line = desk.field("categories")
    type_into(line, "motves")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "motves"
    assert desk.form.unwritten() == "Categories"
    desk.take_asked()
    desk.open("title: Another\ndate: 2025-10-12\ncategories: [motives]\n")
    line = desk.field("categories")
    assert line.text() == ""
    assert desk.said_about("categories") == ""
    assert desk.form.unwritten() == ""
    line.setFocus()
    desk.field("title").setFocus()
    assert desk.take_asked() == []


def test_the_next_post_gets_nothing_that_was_typed_for_this_one(desk: Desk) -> None:
    desk.open(SIMPLE + "tags: [one]\n")
    type_into(desk.field("tags"), "two")
    desk.take_asked()
    desk.form.clear()
    assert desk.take_asked() == []
    desk.open(SIMPLE + "tags: [three]\n")
    assert desk.take_asked() == []
    assert desk.field("tags").text() == ""


def test_what_waits_in_the_focused_field_is_written_on_demand(desk: Desk) -> None:
    desk.open(SIMPLE + "tags: [one]\n")
    type_into(desk.field("tags"), "two")
    desk.form.finish_editing()
    assert "tags: [one, two]\n" in desk.text
    assert desk.field("tags").text() == ""


def test_half_a_date_is_not_left_in_the_file(desk: Desk) -> None:
    free = Field("date", "date", core=True, options={"text": True, "free": True})
    desk.content_type = ContentType("post", (Field("title", "text", core=True), free))
    text = "Title: One\nDate: 2016-10-31 00:00\n\nBody\n"
    desk.show(text)
    line = desk.field("date")
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "2016-10-31 25:00")
    assert line.text() == "2016-10-31 25:00"
    assert "not a date" in desk.said_about("date")
    assert desk.text == text
    desk.field("title").setFocus()
    assert desk.text == text
    assert line.text() == "2016-10-31 25:00"
    assert desk.form.unwritten() == "Date"
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "2016-11-01 12:00")
    assert desk.text == text.replace("2016-10-31 00:00", "2016-11-01 12:00")
    assert desk.form.unwritten() == ""


def test_a_date_typed_into_an_empty_field_is_there_or_not(desk: Desk) -> None:
    desk.open("title: A title\n")
    before = desk.text
    type_into(desk.field("date"), "2025-10-11")
    assert "date: 2025-10-11\n" in desk.text
    QTest.keyClicks(desk.field("date"), " 25:00:00")
    assert desk.field("date").text() == "2025-10-11 25:00:00"
    assert desk.text == before


def test_a_date_in_toml_is_written_as_a_date(desk: Desk) -> None:
    text_too = Field("date", "date", core=True, options={"text": True})
    desk.content_type = ContentType("post", (Field("title", "text", core=True), text_too))
    desk.show("+++\ntitle = 'One'\ndate = 2024-01-31\n+++\n\nBody\n")
    line = desk.field("date")
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "2024-13-45")
    assert "date = 2024-01-31\n" in desk.text
    assert desk.form.unwritten() == "Date"
    line.selectAll()
    QTest.keyClicks(line, "2024-02-01 25:00")
    assert "date = 2024-01-31\n" in desk.text
    line.selectAll()
    QTest.keyClicks(line, "2024-02-01")
    assert "date = 2024-02-01\n" in desk.text
    desk.form.clear()
    desk.show("+++\ntitle = 'One'\ndate = \"2024-13-45\"\n+++\n\nBody\n")
    line = desk.field("date")
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "2024-02-01")
    assert "date = 2024-02-01\n" in desk.text
    desk.form.clear()
    desk.show("+++\ntitle = 'One'\ndate = \"2024-01-31\"\n+++\n\nBody\n")
    type_into(desk.field("date"), "T10:00:00Z")
    assert 'date = "2024-01-31T10:00:00Z"\n' in desk.text  # a text by the writer's own will


def test_no_row_is_wider_than_the_pane(desk: Desk) -> None:
    long = "an-unbroken-word-that-is-longer-than-any-pane-beside-a-text-is-wide"
    fields = (
        Field("title", "text", core=True),
        Field("date", "date", core=True, options={"map": True}),
        Field("template", "choice", core=True, choices=(f"{long}.html", "wide.html")),
        Field("hide", "choices", choices=(long,)),
        Field("tags", "list", core=True, options={"items": "scalar"}),
        Field("pin", "switch", label="A label of very many words, each of them longer than the last"),
    )
    desk.content_type = ContentType("post", fields)
    card = VerdictCard()
    desk.form.set_header_widget(card)
    card.show_verdict(Verdict("good", "x", "Published", f"at /{long}/", can_unpublish=True), update=True)
    desk.open(
        f"title: {long}\ndate: {{created: 2025-10-11, updated: 2025-10-12}}\n"
        f"template: {long}.html\nhide: [{long}]\ntags: [{long}]\npin: true\n"
        f"{long}: {long}\nimage: {long}.png\nlinks:\n- {long}\nextra:\n  inner:\n    deep: {long}\n"
    )
    desk.form.show_advice({"title": Advice("error", f"“{long}” is wrong", f"Take “{long}” away")})
    fields_pane = desk.form.findChild(QScrollArea).widget()
    fields_pane.layout().activate()
    wide = {
        row.state.field.key: row.minimumSizeHint().width()
        for row in desk.form.findChildren(FieldRow)
        if row.minimumSizeHint().width() > 296 - 32
    }
    assert wide == {}
    assert card.minimumSizeHint().width() <= 296 - 32
    assert fields_pane.minimumSizeHint().width() <= 296


def test_another_post_begins_at_its_top(desk: Desk, qtbot: QtBot) -> None:
    desk.form.resize(300, 200)
    desk.open(SIMPLE)
    bar = desk.form.findChild(QScrollArea).verticalScrollBar()
    desk.form.focus_field("slug")
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    desk.open("title: Another\ndate: 2025-10-12\n")
    QApplication.processEvents()
    assert bar.value() == 0
