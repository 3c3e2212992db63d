"""While the front matter is folded away, nothing of the editor's reaches into it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from pytestqt.qtbot import QtBot

from editor.post.text_edit import TextEdit
from editor.ui.text_editor.document_text import DocumentText
from editor.ui.text_editor.front_matter_chip import FrontMatterChip
from editor.ui.text_editor.markdown_editor import MarkdownEditor
from tests.ui.text_editor.conftest import BODY, FRONT_MATTER, Desk

START = len(FRONT_MATTER)
KEY = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def visible_lines(editor: MarkdownEditor) -> list[str]:
    return [block.text() for block, _top, _height in editor.visible_blocks()]


def test_the_front_matter_is_hidden_and_the_caret_is_in_the_body(desk: Desk) -> None:
    assert visible_lines(desk.editor)[0] == "# A heading"
    assert desk.caret() == START


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (KEY.Key_Up, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_Up, SHIFT),
        (KEY.Key_PageUp, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_PageUp, SHIFT),
        (KEY.Key_Home, CONTROL),
        (KEY.Key_Home, CONTROL | SHIFT),
        (KEY.Key_Left, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_Left, SHIFT),
        (KEY.Key_Left, CONTROL),
        (KEY.Key_Left, CONTROL | SHIFT),
    ],
)
@pytest.mark.parametrize("column", [0, 3])
def test_the_caret_stays_in_the_body(
    desk: Desk, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, column: int
) -> None:
    desk.select(START + column)
    for _ in range(6):
        qtbot.keyClick(desk.editor, key, modifiers)
    cursor = desk.editor.textCursor()
    assert cursor.position() >= START
    assert cursor.anchor() >= START


def test_up_in_the_first_line_leaves_the_caret_where_it_is(desk: Desk, qtbot: QtBot) -> None:
    desk.select(START + 3)
    qtbot.keyClick(desk.editor, KEY.Key_Up)
    assert desk.caret() == START + 3


def test_the_mouse_stays_in_the_body(desk: Desk, qtbot: QtBot) -> None:
    viewport = desk.editor.viewport()
    desk.select(START + 30)
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(3, 2))
    assert desk.caret() == START
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(60, 150))
    qtbot.mouseMove(viewport, QPoint(3, -40))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(3, -40))
    assert desk.editor.textCursor().selectionStart() >= START


@pytest.mark.parametrize("way", ["key", "method", "menu"])
def test_select_all_takes_the_body_alone(desk: Desk, qtbot: QtBot, way: str) -> None:
    if way == "key":
        qtbot.keyClick(desk.editor, KEY.Key_A, CONTROL)
    elif way == "method":
        desk.editor.selectAll()
    else:
        menu = desk.editor.context_menu()
        menu.actions()[-1].trigger()
        menu.close()
    cursor = desk.editor.textCursor()
    assert (cursor.selectionStart(), cursor.selectionEnd()) == (START, START + len(BODY))


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (KEY.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_Backspace, SHIFT),
        (KEY.Key_Backspace, CONTROL),
    ],
)
def test_nothing_is_deleted_before_the_body(
    desk: Desk, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    desk.select(START)
    qtbot.keyClick(desk.editor, key, modifiers)
    assert desk.text == FRONT_MATTER + BODY


def test_deleting_a_word_stops_at_the_body(open_post: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = open_post(FRONT_MATTER + "\n\nword")
    desk.select(START + 1)
    qtbot.keyClick(desk.editor, KEY.Key_Backspace, CONTROL)
    assert desk.text.startswith(FRONT_MATTER)
    assert desk.text.endswith("\nword")


def test_select_all_and_delete_leave_the_front_matter(desk: Desk, qtbot: QtBot) -> None:
    desk.editor.selectAll()
    qtbot.keyClick(desk.editor, KEY.Key_Delete)
    assert desk.text == FRONT_MATTER
    qtbot.keyClicks(desk.editor, "new")
    assert desk.text == FRONT_MATTER + "new"


def test_cut_takes_the_body_alone(desk: Desk) -> None:
    desk.editor.selectAll()
    desk.editor.cut()
    assert desk.text == FRONT_MATTER
    assert QGuiApplication.clipboard().text() == BODY


def test_paste_goes_into_the_body(desk: Desk) -> None:
    cursor = QTextCursor(desk.editor.document())
    cursor.setPosition(2)
    desk.editor.setTextCursor(cursor)
    data = QMimeData()
    data.setText("pasted ")
    desk.editor.insertFromMimeData(data)
    assert desk.text == FRONT_MATTER + "pasted " + BODY


def test_a_drop_above_the_text_goes_into_the_body(desk: Desk) -> None:
    place = desk.editor.cursorForPosition(QPoint(3, 1))
    desk.editor.setTextCursor(place)  # as Qt does before it hands the data over
    data = QMimeData()
    data.setText("dropped ")
    desk.editor.insertFromMimeData(data)
    assert desk.text == FRONT_MATTER + "dropped " + BODY


def test_typing_goes_into_the_body(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(desk.editor, KEY.Key_Home, CONTROL)
    qtbot.keyClicks(desk.editor, "x")
    assert desk.text == FRONT_MATTER + "x" + BODY


@pytest.mark.parametrize("front_matter", [FRONT_MATTER, FRONT_MATTER[:-1]])
def test_a_post_of_front_matter_only_gets_a_body_when_it_is_typed(
    open_post: Callable[..., Desk], qtbot: QtBot, front_matter: str
) -> None:
    desk = open_post(front_matter)
    qtbot.keyClick(desk.editor, KEY.Key_Backspace)
    assert desk.text == front_matter
    qtbot.keyClicks(desk.editor, "ab")
    assert desk.text == FRONT_MATTER + "ab"
    desk.editor.undo()
    desk.editor.undo()
    assert desk.text == front_matter


def test_undoing_an_edit_of_the_form_moves_neither_caret_nor_view(
    open_post: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = open_post(FRONT_MATTER + "line\n" * 200)
    desk.select(START + 5 * 150 + 2)
    desk.editor.ensureCursorVisible()
    view = desk.editor.verticalScrollBar().value()
    assert view > 0
    draft = FRONT_MATTER.index("true")
    desk.text_model.apply(TextEdit(draft, draft + 4, "false"))
    shifted = desk.caret()
    assert desk.editor.textCursor().blockNumber() == 154
    qtbot.keyClick(desk.editor, KEY.Key_Z, CONTROL)
    assert "draft: true" in desk.text
    assert desk.caret() == shifted - 1
    assert desk.editor.verticalScrollBar().value() == view
    qtbot.keyClick(desk.editor, KEY.Key_Z, CONTROL | SHIFT)
    assert "draft: false" in desk.text
    assert desk.caret() == shifted
    assert desk.editor.verticalScrollBar().value() == view


def test_lines_that_the_form_adds_are_hidden_at_once(desk: Desk) -> None:
    end = FRONT_MATTER.index("---\n", 4)
    desk.text_model.apply(TextEdit(end, end, "tags:\n  - a\n"))
    assert visible_lines(desk.editor)[0] == "# A heading"
    desk.editor.set_front_matter_lines(6)
    assert visible_lines(desk.editor)[0] == "# A heading"
    assert desk.body == BODY


def test_lines_that_are_front_matter_no_longer_are_shown(desk: Desk) -> None:
    desk.editor.set_front_matter_lines(0)
    assert visible_lines(desk.editor)[0] == "---"
    desk.editor.set_front_matter_lines(4)
    assert visible_lines(desk.editor)[0] == "# A heading"


def test_undoing_in_the_body_shows_where(desk: Desk, qtbot: QtBot) -> None:
    desk.select(START + 2)
    qtbot.keyClicks(desk.editor, "x")
    desk.select(START + len(BODY))
    qtbot.keyClick(desk.editor, KEY.Key_Z, CONTROL)
    assert desk.text == FRONT_MATTER + BODY
    assert desk.caret() == START + 2


def test_unfolded_everything_is_ordinary_text(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.editor.folded_changed) as told:
        desk.editor.set_folded(False)
    assert told.args == [False]
    assert visible_lines(desk.editor)[0] == "---"
    desk.editor.selectAll()
    assert desk.editor.textCursor().selectionStart() == 0
    qtbot.keyClick(desk.editor, KEY.Key_Home, CONTROL)
    qtbot.keyClicks(desk.editor, "x")
    assert desk.text == "x" + FRONT_MATTER + BODY


def test_folding_moves_the_caret_out(desk: Desk) -> None:
    desk.editor.set_folded(False)
    desk.select(3)
    desk.editor.set_folded(True)
    assert desk.caret() == START


def test_folding_changes_nothing_that_is_saved_or_undone(desk: Desk) -> None:
    document = desk.editor.document()
    for folded in (False, True, False):
        desk.editor.set_folded(folded)
    assert desk.text == FRONT_MATTER + BODY
    assert not document.isModified()
    assert not document.isUndoAvailable()


def test_the_chip_shows_and_folds(desk: Desk, qtbot: QtBot) -> None:
    chip = desk.editor.findChild(FrontMatterChip)
    assert chip is not None
    desk.editor.set_front_matter_label("Front matter · 2 fields")
    assert chip.isVisible()
    assert chip.text() == "Front matter · 2 fields"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not desk.editor.folded
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert desk.editor.folded
    desk.editor.set_front_matter_lines(0)
    assert not chip.isVisible()


def test_the_chip_stands_above_the_text_and_scrolls_with_it(open_post: Callable[..., Desk]) -> None:
    desk = open_post(FRONT_MATTER + "line\n" * 200)
    chip = desk.editor.findChild(FrontMatterChip)
    assert chip is not None
    first = next(iter(desk.editor.visible_blocks()))[0]
    text_top = desk.editor.cursorRect(QTextCursor(first)).top()
    assert 0 < chip.geometry().top() < chip.geometry().bottom() < text_top
    desk.editor.verticalScrollBar().setValue(20)
    assert chip.geometry().bottom() < 0
    desk.editor.verticalScrollBar().setValue(0)
    assert chip.geometry().top() > 0


def test_going_to_a_hidden_line_shows_it(desk: Desk) -> None:
    desk.editor.go_to(2, 3)
    assert not desk.editor.folded
    assert desk.editor.caret_line() == 2


def test_going_from_post_to_post_and_back(desk: Desk, qtbot: QtBot) -> None:
    other = DocumentText("---\na: b\n---\nother body")
    desk.editor.setDocument(other.document)
    desk.editor.set_front_matter_lines(3)
    assert visible_lines(desk.editor) == ["other body"]
    desk.editor.setDocument(desk.text_model.document)
    desk.editor.set_front_matter_lines(4)
    assert visible_lines(desk.editor)[0] == "# A heading"
    assert desk.caret() == START
    qtbot.waitUntil(desk.editor.highlighter.settled)
    assert desk.editor.document().findBlockByNumber(4).layout().formats()
    qtbot.keyClicks(desk.editor, "x")
    assert desk.text == FRONT_MATTER + "x" + BODY
    assert other.text == "---\na: b\n---\nother body"


def test_a_text_read_anew_and_taken_back_keeps_the_caret(open_post: Callable[..., Desk]) -> None:
    lines = [f"line {number}" for number in range(200)]
    old = "---\ntitle: A\n---\n" + "\n".join(lines) + "\n"
    new = "---\ntitle: B\n---\nnew\n\n" + "\n".join(lines[:-1]) + "\nlast\n"
    desk = open_post(old, 3)
    desk.editor.go_to(103, 3)
    edit = TextEdit.between(old, new)
    assert edit is not None
    desk.text_model.apply(edit)

    def place() -> tuple[str, int]:
        cursor = desk.editor.textCursor()
        return cursor.block().text(), cursor.positionInBlock()

    assert place() == ("line 100", 3)
    desk.editor.undo()
    assert desk.text == old
    assert place() == ("line 100", 3)
    desk.editor.redo()
    assert desk.text == new
    assert place() == ("line 100", 3)


def test_a_caret_whose_line_is_gone_stays_near(open_post: Callable[..., Desk]) -> None:
    old = "\n".join(f"line {number}" for number in range(100))
    desk = open_post(old, 0)
    desk.editor.go_to(50, 2)
    edit = TextEdit(0, len(old), "\n".join(f"other {number}" for number in range(100)))
    desk.text_model.apply(edit)
    assert desk.editor.caret_line() == 50
    desk.editor.undo()
    assert desk.editor.caret_line() == 50
