"""Colours follow the text, and cost neither the text nor whoever types."""

import random
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.post.line_state import PARAGRAPH, TEXT, state_after
from editor.ui.theme import DARK, LIGHT
from tests.ui.text_editor.conftest import BODY, FRONT_MATTER, Desk


def colours(desk: Desk, line: int) -> dict[str, str]:
    """Return the coloured pieces of a line."""
    block = desk.editor.document().findBlockByNumber(line)
    text = block.text()
    return {
        text[r.start : r.start + r.length].strip(): r.format.foreground().color().name()
        for r in block.layout().formats()
    }


def settle(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(desk.editor.highlighter.settled, timeout=20_000)


def test_highlighting_touches_nothing_but_the_look(desk: Desk, qtbot: QtBot) -> None:
    settle(desk, qtbot)
    document = desk.editor.document()
    assert colours(desk, 4)["#"] == LIGHT.faint
    assert desk.text == FRONT_MATTER + BODY
    assert not document.isModified()
    assert not document.isUndoAvailable()


def test_front_matter_is_shown_as_yaml(desk: Desk, qtbot: QtBot) -> None:
    desk.editor.set_folded(False)
    settle(desk, qtbot)
    assert colours(desk, 1)["title"] == LIGHT.accent
    desk.editor.set_front_matter_lines(0)
    settle(desk, qtbot)
    assert "title" not in colours(desk, 1)


def test_lines_that_are_new_below_the_text_are_coloured(open_post: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = open_post("---\ndate: 2026-01-01\n---\n# Hi\n\ntext\n", 3)
    settle(desk, qtbot)
    qtbot.keyClick(desk.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for _ in range(2):
        qtbot.keyClick(desk.editor, Qt.Key.Key_Return)
    desk.editor.insert_text("First **bold** and [l](u) end")
    assert colours(desk, 8)["**"] == LIGHT.faint
    assert colours(desk, 8)["l"] == LIGHT.accent


def test_lines_that_come_into_view_as_others_go_are_coloured(
    open_post: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = open_post("plain\n" * 40 + "**bold**\n", 0)
    settle(desk, qtbot)
    desk.select(0, len("plain\n") * 38)
    qtbot.keyClick(desk.editor, Qt.Key.Key_Backspace)
    assert colours(desk, 2)["**"] == LIGHT.faint


def test_a_heading_is_bold(desk: Desk, qtbot: QtBot) -> None:
    settle(desk, qtbot)
    ranges = desk.editor.document().findBlockByNumber(4).layout().formats()
    assert any(r.format.fontWeight() == QFont.Weight.Bold for r in ranges)


def test_typing_recolours_its_line(desk: Desk, qtbot: QtBot) -> None:
    desk.select(len(FRONT_MATTER))
    qtbot.keyClicks(desk.editor, "x")
    assert "#" not in colours(desk, 4)
    desk.editor.undo()
    assert colours(desk, 4)["#"] == LIGHT.faint


def test_a_theme_recolours(desk: Desk) -> None:
    desk.editor.set_theme(DARK)
    assert colours(desk, 4)["#"] == DARK.faint


def test_a_fence_changes_what_is_below_it_and_back(open_post: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = open_post("a\n\n" + "**b**\n" * 30, 0)
    settle(desk, qtbot)
    assert colours(desk, 20)
    desk.select(2)
    desk.editor.insert_text("```")
    settle(desk, qtbot)
    assert not colours(desk, 20)
    desk.editor.undo()
    settle(desk, qtbot)
    assert colours(desk, 20)["**"] == LIGHT.faint


@pytest.mark.parametrize("seed", range(8))
def test_fences_that_need_an_end_are_followed_through_any_edits(open_post, qtbot: QtBot, seed: int) -> None:
    chance = random.Random(seed)
    desk = open_post("a b\n```x\nc d\n~~~~\ne\n```\nf\n" * 4, 0)
    highlighter, document = desk.editor.highlighter, desk.editor.document()
    highlighter.set_fences_need_end(True)
    for _ in range(60):
        cursor = desk.editor.textCursor()
        place = chance.randrange(document.characterCount())
        cursor.setPosition(place)
        if chance.random() < 0.5:
            end = min(place + chance.randrange(30), document.characterCount() - 1)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(chance.choice(["\n", "\n```\n", "```", "~", "\n~~~~~\n", "x y", "\n```py\n", ""]))
        if chance.random() < 0.2:
            document.undo()
        settle(desk, qtbot)
        lines = [document.findBlockByNumber(number) for number in range(document.blockCount())]
        assert [highlighter.in_code(block) for block in lines] == in_code([block.text() for block in lines])


def in_code(lines: list[str]) -> list[bool]:
    """Return for each line whether it starts inside a fence that has an end."""
    inside, state, opened = [], TEXT, 0
    without_end: set[int] = set()
    while len(inside) < len(lines):
        number = len(inside)
        inside.append(state.kind == "fence")
        after = state_after(lines[number], state)
        if after.kind == "fence" and after is not state:
            opened = number
            after = PARAGRAPH if number in without_end else after
        state = after
        if len(inside) == len(lines) and state.kind == "fence":
            without_end.add(opened)
            inside, state = [], TEXT
    return inside


def test_the_text_behind_a_fence_without_an_end_is_coloured_as_text(
    open_post: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = open_post("```python\nwords\n\n# Two\n", 0)
    settle(desk, qtbot)
    assert "#" not in colours(desk, 3)
    desk.editor.highlighter.set_fences_need_end(True)
    settle(desk, qtbot)
    assert colours(desk, 3)["#"] == LIGHT.faint


def test_code_has_the_colours_of_its_language(open_post: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = open_post('!!! note\n    ```python\n    def f():\n        """x\n        y"""\n    ```\nend', 0)
    settle(desk, qtbot)
    assert colours(desk, 2)["def"] == LIGHT.accent
    assert colours(desk, 4)['y"""'] == LIGHT.good
    cursor = QTextCursor(desk.editor.document().findBlockByNumber(3))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    settle(desk, qtbot)
    assert colours(desk, 4) != {'y"""': LIGHT.good}


def test_a_setext_heading_appears_with_its_underline(open_post: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = open_post("Title\n\ntext", 0)
    settle(desk, qtbot)
    assert not desk.editor.document().firstBlock().layout().formats()
    desk.select(6)
    qtbot.keyClicks(desk.editor, "===")
    assert desk.editor.document().firstBlock().layout().formats()


def test_astral_characters_do_not_shift_the_colours(open_post: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = open_post("😀😀 **b**", 0)
    settle(desk, qtbot)
    starts = [r.start for r in desk.editor.document().firstBlock().layout().formats()]
    assert starts[0] == 5


@pytest.mark.parametrize("lines", [30_000])
def test_a_book_is_never_worked_through_in_one_go(
    open_post: Callable[..., Desk], qtbot: QtBot, lines: int
) -> None:
    desk = open_post("Some *words* of a `long` text, [linked](a.md).\n" * lines, 0)
    worst = 0.0
    start = time.perf_counter()
    while not desk.editor.highlighter.settled() and time.perf_counter() - start < 30:
        begun = time.perf_counter()
        desk.editor.highlighter._work()
        worst = max(worst, time.perf_counter() - begun)
    assert desk.editor.highlighter.settled()
    assert worst < 0.1
    document = desk.editor.document()
    assert document.firstBlock().layout().formats()
    assert not document.findBlockByNumber(lines // 2).layout().formats()  # not seen, not formatted
    desk.editor.go_to(lines // 2)
    QApplication.processEvents()
    assert document.findBlockByNumber(lines // 2).layout().formats()
    desk.select(0)
    begun = time.perf_counter()
    desk.editor.insert_text("```\n")  # a fence over everything below
    assert time.perf_counter() - begun < 0.5
    assert not desk.editor.highlighter.settled()
    settle(desk, qtbot)
    desk.editor.undo()
    settle(desk, qtbot)
