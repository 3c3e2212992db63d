"""The lines of a difference, their ticks and what is marked in them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest

from editor.post import front_matter
from editor.ui.commit.diff_page import DiffPage
from editor.ui.commit.file_difference import difference
from tests.ui.commit.conftest import POST


@pytest.fixture
def page(qtbot):
    made = DiffPage()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    return made


def show(page, after, opened=None):
    found = difference(POST, after, front_matter.read, opened)
    page.show_rows(found.rows, found.more)
    return found


def test_lines_stand_with_their_signs_below_their_parts(page):
    show(page, POST.replace(b"true", b"false").replace(b"More", b"Other"))
    assert page.toPlainText().splitlines() == [
        "Front matter",
        "- draft: true",
        "+ draft: false",
        "date: 2025-01-01",
        "Two",
        "- More words.",
        "+ Other words.",
    ]


def test_the_words_that_differ_are_bold(page):
    show(page, POST.replace(b"More", b"Other"))
    bold = []
    block = page.document().firstBlock()
    while block.isValid():
        for part in block.begin():
            fragment = part.fragment() if hasattr(part, "fragment") else part
            if fragment.charFormat().fontWeight() == QFont.Weight.Bold:
                bold.append(fragment.text())
        block = block.next()
    assert bold == ["More", "Other"]


def test_what_was_changed_elsewhere_says_so_once_above_its_lines(page):
    opened = POST.replace(b"2025-01-01", b"2025-02-02")
    show(page, opened.replace(b"true", b"false"), opened)
    lines = page.toPlainText().splitlines()
    place = lines.index("Changed elsewhere, not in this program:")
    assert lines[place + 1 : place + 3] == ["- date: 2025-01-01", "+ date: 2025-02-02"]
    assert lines.count("Changed elsewhere, not in this program:") == 1


def test_a_tick_tells_which_hunk_it_is_of(page):
    show(page, POST.replace(b"true", b"false").replace(b"More", b"Other"))
    page.show_ticks(lambda number: number == 0, discardable=True)
    ticks = page.ticks()
    assert [tick.isChecked() for tick in ticks.values()] == [True, False]
    assert ticks[1].accessibleName() == "Commit this change: Other words."
    toggled = []
    page.hunk_toggled.connect(lambda number, picked: toggled.append((number, picked)))
    QTest.mouseClick(ticks[1], Qt.MouseButton.LeftButton)
    assert toggled == [(1, True)]
    discarded = []
    page.discard_wanted.connect(discarded.append)
    page.discard_buttons()[0].click()
    assert discarded == [0]


def test_ticks_stand_at_their_lines_and_go_with_them(qtbot, page):
    words = b"".join(b"A paragraph, number %d.\n\n" % number for number in range(80))
    before = POST + words
    found = difference(before, before.replace(b"paragraph", b"passage"), front_matter.read)
    page.show_rows(found.rows)
    page.show_ticks(lambda _number: True, discardable=False)
    first = page.ticks()[0]
    top = first.y()
    assert 0 < top < 100
    page.verticalScrollBar().setValue(50)
    assert first.y() == top - 50


def test_a_tick_that_gets_the_focus_comes_into_sight(qtbot, page):
    words = b"".join(b"A paragraph, number %d.\n\n" % number for number in range(80))
    before = POST + words
    found = difference(before, before.replace(b"paragraph", b"passage"), front_matter.read)
    page.show_rows(found.rows)
    page.show_ticks(lambda _number: True, discardable=False)
    page.activateWindow()
    last = page.ticks()[70]
    assert last.y() > page.viewport().height()
    last.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: 0 <= last.y() < page.viewport().height())


def test_a_double_click_asks_for_the_line(page):
    show(page, POST.replace(b"More", b"Other"))
    lines = []
    page.line_chosen.connect(lines.append)
    block = page.document().findBlockByNumber(2)
    place = page.document().documentLayout().blockBoundingRect(block).center().toPoint()
    QTest.mouseDClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert lines == [12]


def test_equal_rows_leave_text_and_place_alone(page):
    after = POST + b"".join(b"Line %d.\n\n" % number for number in range(60))
    show(page, after)
    page.verticalScrollBar().setValue(120)
    show(page, after)
    assert page.verticalScrollBar().value() == 120


def test_it_begins_at_the_top_however_it_is_resized(qtbot, page):
    show(page, POST + b"".join(b"Line %d.\n\n" % number for number in range(60)))
    page.resize(300, 200)
    page.resize(500, 380)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    assert page.verticalScrollBar().value() == 0


def test_keys_go_from_hunk_to_hunk_tick_and_discard(page):
    show(page, POST.replace(b"true", b"false").replace(b"More", b"Other"))
    page.show_ticks(lambda _number: True, discardable=True)
    toggled, discarded = [], []
    page.hunk_toggled.connect(lambda number, picked: toggled.append((number, picked)))
    page.discard_wanted.connect(discarded.append)
    page.setFocus()
    assert page.current == 0
    QTest.keyClick(page, Qt.Key.Key_Space)
    QTest.keyClick(page, Qt.Key.Key_Down)
    QTest.keyClick(page, Qt.Key.Key_Space)
    QTest.keyClick(page, Qt.Key.Key_Delete)
    QTest.keyClick(page, Qt.Key.Key_Down)
    assert page.current == 1
    QTest.keyClick(page, Qt.Key.Key_Up)
    assert page.current == 0
    assert toggled == [(0, False), (1, False)]
    assert discarded == [1]


@pytest.mark.parametrize("between", [b"Own words.\n", b"Own words.\n\nMore.\n\nLast words.\n"])
def test_nothing_is_said_to_be_left_out_between_lines_that_follow_each_other(page, between):
    found = difference(between, b"<<<<<<< HEAD\n" + between + b">>>>>>> other\n", front_matter.read, None)
    page.show_rows(found.rows, found.more)
    lines = [line for line in between.decode().splitlines() if line]
    shown = lines if len(lines) == 1 else [lines[0], "\u22ef", lines[-1]]
    assert page.toPlainText().splitlines() == ["+ <<<<<<< HEAD", *shown, "+ >>>>>>> other"]
