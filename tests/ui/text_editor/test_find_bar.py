from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.ui.text_editor.find_bar import FindBar
from editor.ui.text_editor.search import Query
from editor.ui.text_editor.searcher import AT_ONCE, Searcher
from editor.ui.theme import DARK, LIGHT, Theme
from tests.ui.text_editor.conftest import FRONT_MATTER, Desk

KEY = Qt.Key
START = len(FRONT_MATTER)


@pytest.fixture
def bar(open_post: Callable[..., Desk], qtbot: QtBot) -> Iterator[FindBar]:
    """Give a bar over the body `cat Cat concat 😀 cat`; its `desk` is beside it."""
    desk = open_post(FRONT_MATTER + "cat Cat concat\n😀 cat")
    made = FindBar(desk.editor, pause=0)
    made.setProperty("desk", desk)
    made.set_theme(DARK)
    qtbot.addWidget(made)
    yield made
    made.close_bar()


def desk_of(bar: FindBar) -> Desk:
    desk: Desk = bar.property("desk")
    return desk


def selected(bar: FindBar) -> tuple[int, int]:
    cursor = desk_of(bar).editor.textCursor()
    return cursor.selectionStart() - START, cursor.selectionEnd() - START


def test_it_finds_from_match_to_match_and_around(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_find()
    bar.find_input.setText("cat")
    assert bar.status() == "4 matches"
    places = []
    for _ in range(5):
        bar.find_next()
        places.append(selected(bar))
    assert places == [(0, 3), (4, 7), (11, 14), (18, 21), (0, 3)]
    assert bar.status() == "1 of 4"
    bar.find_previous()
    assert selected(bar) == (18, 21)
    assert bar.status() == "4 of 4"


def test_case_and_whole_words(bar: FindBar) -> None:
    bar.open_find()
    bar.find_input.setText("cat")
    bar.case.setChecked(True)
    assert bar.status() == "3 matches"
    bar.words.setChecked(True)
    assert bar.status() == "2 matches"
    bar.find_input.setText("dog")
    assert bar.status() == "No matches"


def test_a_regular_expression_is_looked_for_outside(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_find()
    bar.regular.setChecked(True)
    bar.find_input.setText(r"^\S+ (cat)$")
    qtbot.waitUntil(lambda: bar.status() == "1 match")
    bar.find_next()
    qtbot.waitUntil(lambda: selected(bar) == (15, 21))


def test_an_invalid_expression_says_so(bar: FindBar) -> None:
    bar.open_find()
    bar.regular.setChecked(True)
    bar.find_input.setText("(")
    assert "not a regular expression" in bar.status()
    bar.find_input.setText("")
    assert bar.status() == ""


def test_hidden_front_matter_is_not_searched(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_find()
    bar.find_input.setText("title")
    assert bar.status() == "No matches"
    desk_of(bar).editor.set_folded(False)
    bar.find_input.setText("titl")
    assert bar.status() == "1 match"


def test_replacing_one_after_the_other(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_replace()
    bar.find_input.setText("cat")
    bar.replace_input.setText("dog")
    bar.replace_one()  # nothing is selected yet: it goes to the first
    bar.replace_one()
    assert desk_of(bar).text == FRONT_MATTER + "dog Cat concat\n😀 cat"
    assert selected(bar) == (4, 7)


def test_replacing_all_is_one_step_of_undo(bar: FindBar, qtbot: QtBot) -> None:
    desk = desk_of(bar)
    before = desk.text
    bar.open_replace()
    bar.find_input.setText("cat")
    bar.replace_input.setText(r"\1")
    bar.replace_all()
    assert desk.text == FRONT_MATTER + "\\1 \\1 con\\1\n😀 \\1"
    assert bar.status() == "4 replaced"
    desk.editor.undo()
    assert desk.text == before
    qtbot.waitUntil(lambda: bar.status() == "4 matches")


def test_what_was_replaced_is_said_until_something_else_is_done(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_replace()
    bar.regular.setChecked(True)
    bar.find_input.setText("c.t")
    qtbot.waitUntil(lambda: bar.status() == "4 matches")
    bar.replace_all()
    qtbot.waitUntil(lambda: bar.status() == "4 replaced")
    searched = bar._revision
    qtbot.waitUntil(lambda: bar._revision != -1 and bar._revision >= searched)
    assert bar.status() == "4 replaced"
    bar.regular.setChecked(False)
    assert bar.status() == "No matches"


def test_nothing_can_be_replaced_without_matches(bar: FindBar) -> None:
    bar.open_replace()
    buttons = bar.findChildren(QPushButton)
    assert len(buttons) == 2
    for text, enabled in (("cat", True), ("dog", False), ("conc", True), ("", False)):
        bar.find_input.setText(text)
        assert [button.isEnabled() for button in buttons] == [enabled] * 2


def test_escape_in_the_text_closes_the_bar(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_find()
    editor = desk_of(bar).editor
    editor.setFocus()
    qtbot.keyClick(editor, KEY.Key_Escape)
    assert bar.isHidden()
    assert editor.hasFocus()


def test_another_query_leaves_nothing_of_the_one_before(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_find()
    bar.find_input.setText("c.t")
    assert bar.status() == "No matches"
    bar.regular.setChecked(True)
    assert bar.status() == "Searching…"
    qtbot.waitUntil(lambda: bar.status() == "4 matches")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_match_looks_unlike_marked_text(open_post: Callable[..., Desk], theme: Theme) -> None:
    desk = open_post("==cat== cat\n", 0)
    desk.editor.set_theme(theme)
    desk.editor.clearFocus()

    def colours(start: int, end: int) -> set[str]:
        cursor = desk.editor.textCursor()
        cursor.setPosition(start)
        left = desk.editor.cursorRect(cursor)
        cursor.setPosition(end)
        right = desk.editor.cursorRect(cursor)
        image = desk.editor.viewport().grab().toImage()
        return {
            image.pixelColor(x, y).name()
            for x in range(left.left() + 1, right.left() - 1)
            for y in range(left.top() - 2, left.bottom() + 3)
        }

    plain, marked = colours(8, 11), colours(2, 5)
    desk.editor.set_matches([(2, 5), (8, 11)])
    found = colours(8, 11)
    assert theme.warn_wash in marked and theme.warn_wash not in found
    assert found != plain
    assert theme.good in colours(2, 5) - marked


def test_groups_go_into_the_replacement(bar: FindBar, qtbot: QtBot) -> None:
    desk = desk_of(bar)
    bar.open_replace()
    bar.regular.setChecked(True)
    bar.find_input.setText(r"(c)(at)")
    bar.replace_input.setText(r"\2-\1")
    bar.replace_all()
    qtbot.waitUntil(lambda: "at-c" in desk.text)
    assert desk.text == FRONT_MATTER + "at-c at-C conat-c\n😀 at-c"


def test_the_text_that_changes_is_searched_again(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_find()
    bar.find_input.setText("cat")
    desk_of(bar).select(START)
    desk_of(bar).editor.insert_text("cat ")
    qtbot.waitUntil(lambda: bar.status().endswith("5 matches"))


def test_what_is_selected_is_looked_for(bar: FindBar) -> None:
    desk_of(bar).select(START + 8, START + 14)
    bar.open_find()
    assert bar.find_input.text() == "concat"


def test_keys(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_find()
    bar.find_input.setText("cat")
    qtbot.keyClick(bar.find_input, KEY.Key_Return)
    assert selected(bar) == (0, 3)
    qtbot.keyClick(bar.find_input, KEY.Key_F3)
    assert selected(bar) == (4, 7)
    qtbot.keyClick(bar.find_input, KEY.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert selected(bar) == (0, 3)
    qtbot.keyClick(bar.find_input, KEY.Key_Escape)
    assert bar.isHidden()
    assert desk_of(bar).editor.hasFocus()


def test_a_pattern_that_takes_too_long_is_given_up(qtbot: QtBot) -> None:
    searcher = Searcher(time_limit=300)
    found: list[object] = []
    with qtbot.waitSignal(searcher.failed, timeout=20_000) as told:
        searcher.find(Query("(a+)+$", regular=True), "a" * 60 + "!", found.append)
    assert "too long" in told.args[0]
    assert found == []
    searcher.find(Query("b", regular=True), "abc", found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    searcher.close()


def test_a_newer_search_takes_the_place_of_an_older_one(qtbot: QtBot) -> None:
    searcher = Searcher()
    first: list[object] = []
    second: list[object] = []
    searcher.find(Query("(a+)+$", regular=True), "a" * 60 + "!", first.append)
    searcher.find(Query("a", regular=True), "a", second.append)
    qtbot.waitUntil(lambda: bool(second), timeout=20_000)
    assert first == []
    searcher.close()


def test_a_long_text_is_searched_outside_and_the_last_search_counts(
    open_post: Callable[..., Desk], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_post(FRONT_MATTER + "concatenate cats 😀 cat\n" * (2 * AT_ONCE // 23))
    made = FindBar(desk.editor, pause=0)
    qtbot.addWidget(made)
    made.open_find()

    def here(*_arguments: object) -> None:
        pytest.fail("searched in the window's own process")

    monkeypatch.setattr("editor.ui.text_editor.search.find_all", here)
    for text in ("c", "ca", "cat", "cats"):
        made.find_input.setText(text)
    qtbot.waitUntil(lambda: made.status() == f"{2 * AT_ONCE // 23} matches")
    made.find_next()
    cursor = desk.editor.textCursor()
    assert (cursor.selectedText(), cursor.selectionStart() - START) == ("cats", 12)
    made.find_next()
    assert (
        desk.editor.textCursor().selectionStart() - START == 12 + 24
    )  # the sign beyond the BMP counts twice
    made.find_input.setText("dog")
    qtbot.waitUntil(lambda: made.status() == "No matches")
    made.close_bar()


def test_outdated_searches_do_not_start_the_process_anew(qtbot: QtBot) -> None:
    searcher = Searcher()
    text = "one two three " * AT_ONCE
    results: list[object] = []
    searcher.find(Query("one"), text, lambda _matches: results.append("outdated"))
    process = searcher._process
    searcher.find(Query("two"), text, lambda matches: results.append(matches[0]))
    assert searcher._process is process
    qtbot.waitUntil(lambda: bool(results), timeout=20_000)
    assert results == [(4, 7, "")]
    searcher.stop()
    searcher.find(Query("three"), text, lambda matches: results.append(matches[0]))
    qtbot.waitUntil(lambda: len(results) == 2, timeout=20_000)
    assert results[1] == (8, 13, "")
    searcher.close()
    searcher.deleteLater()


def test_the_keyboard_goes_back_to_the_text_and_to_nothing_on_the_way(bar: FindBar, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    editor = desk_of(bar).editor
    for widget in (editor, bar, QPushButton("Beside")):
        layout.addWidget(widget)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    bar.open_find()
    qtbot.waitUntil(bar.find_input.hasFocus)
    taken: list[QWidget | None] = []
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.focusChanged.connect(lambda _old, new: taken.append(new))
    qtbot.keyClick(bar.find_input, KEY.Key_Escape)
    qtbot.waitUntil(editor.hasFocus)
    assert taken == [editor]
    for widget in (editor, bar):
        widget.setParent(None)


def test_a_match_that_was_out_of_sight_comes_to_the_middle(open_post, qtbot: QtBot) -> None:
    desk = open_post("line\n" * 200 + "needle\n" + "line\n" * 200 + "needle\n" + "line\n" * 200, 0)
    bar = FindBar(desk.editor, pause=0)
    qtbot.addWidget(bar)
    bar.open_find()
    bar.find_input.setText("needle")
    height = desk.editor.viewport().height()
    for step in (bar.find_next, bar.find_next, bar.find_previous):
        step()
        assert abs(desk.editor.cursorRect().center().y() - height / 2) < height / 4
    view = desk.editor.verticalScrollBar().value()
    bar.find_input.setText("needl")
    bar.find_next()
    bar.find_previous()
    assert desk.editor.verticalScrollBar().value() == view
    bar.close_bar()
