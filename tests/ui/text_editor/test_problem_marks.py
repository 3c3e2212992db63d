"""The marks of problems: where they stand after typing, what they look like, and what they say."""

import random

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent, QImage, QPainter, QTextCursor, QTextDocument
from PySide6.QtWidgets import QToolTip

from editor.ui.text_editor.markdown_editor import MarkdownEditor
from editor.ui.text_editor.problem_marks import MovingUnderlines, Underline, paint_mark, tool_tip, worst_of
from editor.ui.theme import DARK, LIGHT


def moved(lines: list[Underline], position: int, removed: int, added: int) -> list[Underline]:
    """Return what becomes of underlines, one by one."""
    found = []
    for line in lines:
        start, end = line.start, line.end
        if end < position:
            pass
        elif start >= position + removed:
            start, end = start + added - removed, end + added - removed
        elif start <= position and end >= position + removed:
            end += added - removed
        else:
            continue
        found.append(Underline(start, end, line.severity, line.message, line.number))
    return found


def place(line: Underline) -> tuple[int, int, int]:
    return line.start, line.end, line.number


@pytest.mark.parametrize("seed", range(20))
def test_they_move_as_each_of_them_would(seed):
    rand = random.Random(seed)
    length = 400
    lines = []
    for number in range(60):
        start = rand.randrange(length)
        end = min(start + rand.choice((0, 1, 5, 20, 150)), length)
        lines.append(Underline(start, end, "info", "", number))
    underlines = MovingUnderlines(lines)
    here = rand.randrange(length)
    for _step in range(120):
        here = rand.choice((rand.randrange(length + 1), min(here, length)))
        removed = rand.choice((0, 0, 0, 1, rand.randrange(30)))
        removed = min(removed, length - here)
        added = rand.choice((0, 1, 1, rand.randrange(12)))
        underlines.shift(here, removed, added)
        lines = moved(lines, here, removed, added)
        length += added - removed
        assert sorted(map(place, underlines)) == sorted(map(place, lines))
        assert len(underlines) == len(lines)
        first = rand.randrange(length + 1)
        last = first + rand.randrange(60)
        seen = [line for line in lines if line.start < last and line.end >= first]
        assert sorted(map(place, underlines.between(first, last))) == sorted(map(place, seen))


def test_a_key_does_not_touch_those_behind_it():
    underlines = MovingUnderlines(Underline(number * 10, number * 10 + 5, "info") for number in range(1000))
    for step in range(10):
        underlines.shift(5_000 + step, 0, 1)
    assert underlines._starts[900] == 9_000
    assert [line.start for line in underlines][900] == 9_010


@pytest.fixture
def editor(qtbot) -> MarkdownEditor:
    editor = MarkdownEditor(theme=LIGHT)
    qtbot.addWidget(editor)
    document = QTextDocument(editor)
    document.setPlainText("one two\nthree\nfour five six")
    editor.setDocument(document)
    editor.set_front_matter_lines(0)
    editor.resize(700, 300)
    editor.show()
    qtbot.waitExposed(editor)
    editor.set_underlines(
        [
            Underline(0, 3, "info", "a note", 0),
            Underline(4, 7, "error", "an error", 1),
            Underline(14, 18, "warning", "a warning", 2),
        ]
    )
    return editor


def test_those_at_a_place_and_in_a_line(editor):
    def at(position: int) -> list[int]:
        return [line.number for line in editor.underlines_at(position)]

    assert at(1) == [0]
    assert at(3) == [0]
    assert at(4) == [1]
    assert at(9) == []
    assert [line.number for line in editor.underlines_in_line(2)] == [0, 1]
    assert editor.underlines_in_line(10) == []


def test_a_mark_for_each_line_with_the_sentences_of_all(editor):
    lines = list(editor._lines_with_problems())
    assert [worst_of(line.problems) for line in lines] == ["error", "warning"]
    assert tool_tip(lines[0].problems) == "<p>an error</p><p>a note</p>"


def test_what_is_said_is_no_markup_and_no_book():
    many = [Underline(0, 1, "info", f"<b>{number}</b>") for number in range(20)]
    assert tool_tip(many).startswith("<p>&lt;b&gt;0")
    assert tool_tip(many).count("<p>") == 7
    assert tool_tip(many[:1] * 5).count("<p>") == 1


def test_a_click_on_a_mark_tells_of_its_line_and_one_beside_sets_the_caret(editor, qtbot):
    margin = editor.findChild(object, "problemMargin")
    [first, last] = list(editor._lines_with_problems())
    with qtbot.waitSignal(editor.problem_mark_clicked) as clicked:
        qtbot.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(5, int(last.top + last.height / 2)))
    assert [line.number for line in clicked.args[0]] == [2]
    between = int((first.top + first.height + last.top) / 2)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    with qtbot.assertNotEmitted(editor.problem_mark_clicked):
        qtbot.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(5, between))
    assert editor.caret_line() == 1


def test_the_menu_is_for_the_place_of_the_mouse_and_by_key_for_the_caret(editor):
    places: list[int] = []

    def take(menu, position: int) -> None:
        places.append(position)
        menu.aboutToShow.connect(menu.close)
        menu.clear()  # an empty menu is not shown

    editor.menu_opens.connect(take)
    rect = editor.cursorRect()
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        cursor = editor.textCursor()
        cursor.setPosition(12)
        editor.setTextCursor(cursor)
        event = QContextMenuEvent(reason, rect.center() + QPoint(1, 0), editor.mapToGlobal(rect.center()))
        editor.contextMenuEvent(event)
    assert places == [0, 12]


def test_the_words_themselves_say_what_is_wrong_with_them(editor, qapp, qtbot):
    def said(position: int, dx: int = 0) -> str:
        QToolTip.hideText()
        qtbot.waitUntil(lambda: not QToolTip.isVisible())
        cursor = editor.textCursor()
        cursor.setPosition(position)
        place = editor.cursorRect(cursor).center() + QPoint(dx, 0)
        qapp.sendEvent(
            editor.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, editor.viewport().mapToGlobal(place))
        )
        return QToolTip.text() if QToolTip.isVisible() else ""

    assert said(1) == "<p>a note</p>"
    assert said(5) == "<p>an error</p>"
    assert said(10) == ""
    assert said(18, dx=100) == ""


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_severities_differ_by_their_shape_alone(theme, qapp):
    """Whoever sees no difference between red and orange sees one between a disc and a triangle."""
    shapes = set()
    for severity in ("error", "warning", "info"):
        image = QImage(14, 14, QImage.Format.Format_ARGB32)
        image.fill(QColor(0, 0, 0, 0))
        painter = QPainter(image)
        paint_mark(painter, QPointF(7, 7), severity, theme)
        painter.end()
        shapes.add(tuple(image.pixelColor(x, y).alpha() > 127 for x in range(14) for y in range(14)))
    assert len(shapes) == 3
