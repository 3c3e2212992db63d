from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QInputMethodEvent, QKeyEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.ui.text_editor.commands import COMMANDS
from editor.ui.text_editor.line_layout import LineLayout
from editor.ui.text_editor.line_numbers import LineNumberArea
from editor.ui.text_editor.markdown_editor import MarkdownEditor
from editor.ui.theme import DARK, LIGHT
from tests.ui.text_editor.conftest import Desk

KEY = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ODD = "a\u00a0b\u2028c\td\u200be\u0301\ufeff😀"


@pytest.fixture
def plain(open_post: Callable[..., Desk]) -> Desk:
    """Give an editor with an empty post."""
    return open_post("", 0)


def type_keys(desk: Desk, qtbot: QtBot, text: str) -> None:
    for sign in text:
        if sign == "\n":
            qtbot.keyClick(desk.editor, KEY.Key_Return)
        else:
            qtbot.keyClicks(desk.editor, sign)


def test_it_has_a_name_for_tests_and_assistive_technology(desk: Desk) -> None:
    assert desk.editor.objectName() == "bodyEditor"
    assert desk.editor.accessibleName()


# -- commands and typing


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.id)
def test_every_command_is_one_step_of_undo(open_post: Callable[..., Desk], entry: object) -> None:
    text = "zero\nöne 😀 two\n- three\n    four\nfive"
    desk = open_post(text, 0)
    desk.select(7, 22)
    desk.editor.run(entry.id)  # type: ignore[attr-defined]
    if entry.id in ("heading-0", "unindent", "task-box"):  # type: ignore[attr-defined]
        return  # nothing to do for some of these lines
    assert desk.text != text
    desk.editor.undo()
    assert desk.text == text
    desk.editor.redo()
    assert desk.text != text


def test_a_command_keeps_line_endings(open_post: Callable[..., Desk]) -> None:
    desk = open_post("one\r\ntwo\nthree\r\nfour", 0)
    desk.select(1, 10)
    desk.editor.run("bullet-list")
    assert desk.text == "- one\r\n- two\n- three\r\nfour"
    desk.editor.undo()
    assert desk.text == "one\r\ntwo\nthree\r\nfour"


def test_commands_count_in_utf_16(open_post: Callable[..., Desk]) -> None:
    desk = open_post("😀 word 😀", 0)
    desk.select(3, 7)
    desk.editor.run("bold")
    assert desk.text == "😀 **word** 😀"
    assert desk.editor.textCursor().selectedText() == "word"


def test_a_list_goes_on_and_ends(plain: Desk, qtbot: QtBot) -> None:
    type_keys(plain, qtbot, "1. one\ntwo\n\nend")
    assert plain.text == "1. one\n2. two\n\nend"


def test_enter_with_shift_is_a_line_end(plain: Desk, qtbot: QtBot) -> None:
    type_keys(plain, qtbot, "a")
    qtbot.keyClick(plain.editor, KEY.Key_Return, SHIFT)
    type_keys(plain, qtbot, "b")
    assert plain.text == "a\nb"


def test_closing_marks_are_typed_over(plain: Desk, qtbot: QtBot) -> None:
    type_keys(plain, qtbot, "[a](b) (c)")
    assert plain.text == "[a](b) (c)"


@pytest.mark.parametrize(("name", "mark"), [
    ("bold", "**"), ("italic", "*"), ("code", "`"), ("strike", "~~"), ("math", "$")
])  # fmt: skip
def test_a_mark_is_switched_on_and_off_while_typing(plain: Desk, qtbot: QtBot, name: str, mark: str) -> None:
    type_keys(plain, qtbot, "a ")
    plain.editor.run(name)
    type_keys(plain, qtbot, "strong one")
    plain.editor.run(name)
    type_keys(plain, qtbot, " b")
    assert plain.text == f"a {mark}strong one{mark} b"


@pytest.mark.parametrize("opening", "([{`")
def test_backspace_takes_the_closing_mark_that_came_with_the_opening_one(
    plain: Desk, qtbot: QtBot, opening: str
) -> None:
    type_keys(plain, qtbot, f"a {opening}")
    qtbot.keyClick(plain.editor, KEY.Key_Backspace)
    assert plain.text == "a "
    type_keys(plain, qtbot, f"{opening}x")
    qtbot.keyClick(plain.editor, KEY.Key_Backspace)
    qtbot.keyClick(plain.editor, KEY.Key_Backspace)
    assert plain.text == "a "


def test_backspace_leaves_a_closing_mark_that_was_there(open_post: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = open_post("()", 0)
    desk.select(1)
    qtbot.keyClick(desk.editor, KEY.Key_Backspace)
    assert desk.text == ")"


def test_a_fence_is_typed_as_three_marks(plain: Desk, qtbot: QtBot) -> None:
    type_keys(plain, qtbot, "```py\nx = [1]\n```\nend")
    assert plain.text == "```py\nx = [1]\n```\nend"


def test_a_closing_mark_that_was_not_put_in_is_not_typed_over(
    open_post: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = open_post("(a)", 0)
    desk.select(2)
    qtbot.keyClicks(desk.editor, ")")
    assert desk.text == "(a))"


def test_a_mark_typed_over_a_selection_goes_around_it(open_post: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = open_post("a word", 0)
    desk.select(2, 6)
    qtbot.keyClicks(desk.editor, "*")
    assert desk.text == "a *word*"
    desk.editor.undo()
    assert desk.text == "a word"


def test_tab_indents_and_escape_then_tab_leaves(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    editor, field = MarkdownEditor(), QLineEdit()
    layout.addWidget(editor)
    layout.addWidget(field)
    window.show()
    window.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClick(editor, KEY.Key_Tab)
    assert editor.document().toPlainText() == "    "
    qtbot.keyClick(editor, KEY.Key_Escape)
    qtbot.keyClick(editor, KEY.Key_Tab)
    assert not editor.hasFocus()
    assert editor.document().toPlainText() == "    "


def test_a_read_only_text_stays_as_it_is(open_post: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = open_post("- one", 0)
    desk.editor.setReadOnly(True)
    desk.select(0, 5)
    for entry in COMMANDS:
        desk.editor.run(entry.id)
    for key in (KEY.Key_Return, KEY.Key_Backspace, KEY.Key_A, KEY.Key_Delete):
        qtbot.keyClick(desk.editor, key)
    data = QMimeData()
    data.setText("x")
    desk.editor.insertFromMimeData(data)
    assert desk.text == "- one"


# -- clipboard and drops


def test_odd_characters_survive_copy_and_paste(open_post: Callable[..., Desk]) -> None:
    desk = open_post(f"{ODD}\nend", 0)
    desk.editor.selectAll()
    data = desk.editor.createMimeDataFromSelection()
    assert data.text() == f"{ODD}\nend"
    assert data.formats() == ["text/plain"]
    desk.select(0)
    desk.editor.insertFromMimeData(data)
    assert desk.text == f"{ODD}\nend{ODD}\nend"


def test_odd_characters_can_be_typed(plain: Desk) -> None:
    for sign in "\u00a0\u200b😀":
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(plain.editor, event)
    assert plain.text == "\u00a0\u200b😀"


def test_rich_text_is_pasted_as_text(plain: Desk) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    plain.editor.insertFromMimeData(data)
    assert plain.text == "bold"


def test_an_address_over_a_selection_makes_a_link(open_post: Callable[..., Desk]) -> None:
    desk = open_post("see this now", 0)
    desk.select(4, 8)
    data = QMimeData()
    data.setText("https://example.org/")
    desk.editor.insertFromMimeData(data)
    assert desk.text == "see [this](https://example.org/) now"
    desk.editor.undo()
    assert desk.text == "see this now"


def test_files_and_pictures_are_left_to_others(plain: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    files.setText("file:///a.png")
    with qtbot.waitSignal(plain.editor.files_dropped) as dropped:
        plain.editor.insertFromMimeData(files)
    assert dropped.args == [[tmp_path / "a.png"]]
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    picture = QMimeData()
    picture.setImageData(image)
    with qtbot.waitSignal(plain.editor.image_pasted) as pasted:
        plain.editor.insertFromMimeData(picture)
    assert pasted.args[0].size() == image.size()
    assert plain.text == ""


# -- input methods


def compose(desk: Desk, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(desk.editor, event)


def test_composing_leaves_the_text_alone_until_it_is_done(
    open_post: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = open_post("# 見出し **強調** ", 0)
    block = desk.editor.document().firstBlock()
    qtbot.waitUntil(desk.editor.highlighter.settled)
    formats = len(block.layout().formats())
    assert formats > 2
    desk.select(block.length() - 1)
    before = desk.text
    for preedit in ("に", "にほ", "にほん"):
        compose(desk, preedit)
        assert desk.text == before
        assert block.layout().preeditAreaText() == preedit
        assert len(block.layout().formats()) >= formats
    compose(desk, "", "日本")
    assert desk.text == before + "日本"
    assert block.layout().preeditAreaText() == ""
    assert len(block.layout().formats()) >= formats


def test_composing_in_the_middle_moves_the_colours_behind_it(open_post: Callable[..., Desk]) -> None:
    desk = open_post("ab **strong**", 0)
    block = desk.editor.document().firstBlock()

    def marks() -> list[int]:
        return [
            r.start for r in block.layout().formats() if r.format.foreground().color() == QColor(LIGHT.faint)
        ]

    assert marks() == [3, 11]
    desk.select(1)
    compose(desk, "xyz")
    assert marks() == [6, 14]
    compose(desk, "")
    assert marks() == [3, 11]
    assert desk.text == "ab **strong**"


# -- looks


def test_lines_stand_one_and_a_half_font_sizes_apart(open_post: Callable[..., Desk]) -> None:
    desk = open_post("one\ntwo\nthree", 0)
    tops = [top for _block, top, _height in desk.editor.visible_blocks()]
    assert tops[2] - tops[1] == pytest.approx(14 * 1.6)
    blocks = (desk.editor.document().findBlockByNumber(number) for number in range(3))
    rects = [desk.editor.cursorRect(QTextCursor(block)).top() for block in blocks]
    assert rects[2] - rects[1] == pytest.approx(14 * 1.6, abs=1)


def test_the_line_height_is_in_no_format_and_no_undo(open_post: Callable[..., Desk]) -> None:
    desk = open_post("one\ntwo", 0)
    document = desk.editor.document()
    assert isinstance(document.documentLayout(), LineLayout)
    desk.editor.set_theme(DARK)
    desk.editor.set_zoom_factor(2.0)
    desk.editor.set_line_numbers(True)
    desk.editor.set_wrapping(False)
    assert not document.isUndoAvailable()
    assert not document.isModified()
    assert document.firstBlock().blockFormat().propertyCount() == 0


def test_a_click_between_two_lines_finds_the_place_under_it(
    open_post: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = open_post("one two three\nfour five six", 0)
    second = desk.editor.cursorRect(QTextCursor(desk.editor.document().lastBlock()))
    for y in range(second.top() - 1, second.bottom() + 2):
        qtbot.mouseClick(desk.editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(second.left() + 44, y))
        assert desk.editor.textCursor().blockNumber() == 1
        assert 3 < desk.editor.textCursor().positionInBlock() < 8


def test_the_text_column_is_centred_in_a_wide_pane(desk: Desk, qtbot: QtBot) -> None:
    desk.editor.resize(1400, 500)
    place = desk.editor.viewport().geometry()
    advance = desk.editor.fontMetrics().horizontalAdvance("n")
    assert place.width() <= 84 * max(advance, 9)
    assert abs(place.left() - (1400 - place.right())) < 40


def test_a_click_beside_the_column_sets_the_caret_in_its_line(desk: Desk, qtbot: QtBot) -> None:
    desk.editor.resize(1400, 500)
    block = desk.editor.document().findBlockByNumber(6)
    y = desk.editor.cursorRect(QTextCursor(block)).center().y()
    qtbot.mouseClick(desk.editor, Qt.MouseButton.LeftButton, pos=QPoint(20, y))
    assert desk.caret() == block.position()


def test_zoom_by_wheel_and_keys(desk: Desk, qtbot: QtBot) -> None:
    wheel = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CONTROL,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    with qtbot.waitSignal(desk.editor.zoom_changed):
        QApplication.sendEvent(desk.editor.viewport(), wheel)
    assert desk.editor.zoom_factor == pytest.approx(1.1)
    qtbot.keyClick(desk.editor, KEY.Key_Minus, CONTROL)
    assert desk.editor.zoom_factor == pytest.approx(1.0)
    height = next(iter(desk.editor.visible_blocks()))[2]
    desk.editor.set_zoom_factor(2.0)
    assert next(iter(desk.editor.visible_blocks()))[2] > height
    desk.editor.set_zoom_factor(50)
    assert desk.editor.zoom_factor == 3.0


def test_line_numbers_are_those_of_the_file(desk: Desk) -> None:
    desk.editor.set_line_numbers(True)
    area = desk.editor.findChild(LineNumberArea)
    assert area is not None
    assert area.isVisible()
    assert next(iter(area._lines()))[0] == 4
    assert area.geometry().right() < desk.editor.viewport().geometry().left() + 5
    desk.editor.set_line_numbers(False)
    assert desk.editor.viewport().geometry().left() < 60


def test_caret_colour_selection_and_current_line_are_painted(desk: Desk, qtbot: QtBot) -> None:
    for theme in (LIGHT, DARK):
        desk.editor.set_theme(theme)
        desk.select(desk.editor.document().findBlockByNumber(8).position() + 3)
        rect = desk.editor.cursorRect()
        shot = desk.editor.viewport().grab().toImage()
        scale = shot.devicePixelRatio()
        at = rect.topLeft() * scale
        assert shot.pixelColor(at.x(), at.y() + 8) == QColor(theme.accent)
        wash = shot.pixelColor(at.x() + 300, at.y() + 8)
        assert wash != QColor(theme.pane)
        desk.editor.selectAll()
        shot = desk.editor.viewport().grab().toImage()
        # No stripes: the room between two lines of the selection is covered too.
        column = {shot.pixelColor(at.x(), y).name() for y in range(at.y(), at.y() + 36)}
        assert QColor(theme.pane).name() not in column


# -- caret


def test_the_caret_is_told_in_code_points(open_post: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = open_post("one\n😀é two", 0)
    with qtbot.waitSignal(desk.editor.caret_moved) as told:
        desk.editor.go_to(1, 3)
    assert told.args == [1, 3]
    assert desk.caret() == 4 + 4
    assert desk.editor.caret_line() == 1


def test_going_to_a_place_that_is_not_there_goes_as_far_as_it_can(open_post: Callable[..., Desk]) -> None:
    desk = open_post("one\ntwo", 0)
    desk.editor.go_to(99, 99)
    assert desk.caret() == 7
    desk.editor.go_to(-1, -1)
    assert desk.caret() == 0


def test_brackets_at_the_caret_are_matched(open_post: Callable[..., Desk]) -> None:
    desk = open_post("é😀 (a [b]\n c) end", 0)
    desk.select(5)
    assert desk.editor._marks.brackets == [(4, 5), (13, 14)]
    desk.select(2)
    assert desk.editor._marks.brackets == []
