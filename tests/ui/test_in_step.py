"""Text and preview in step, both of them real."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from shiboken6 import isValid

from editor.ui.in_step import InStep
from editor.ui.preview.preview_view import PreviewView
from editor.ui.tasks import PoolTasks
from editor.ui.text_editor.leading_line import leading_line, scroll_to_leading
from editor.ui.text_editor.markdown_editor import MarkdownEditor
from tests.ui.preview.conftest import Preview

COUNT = 200


@pytest.fixture
def pair_with_preview(qtbot, tmp_path):
    """Give an editor and a preview (with what a test asks of it) of the same long post."""
    window = QWidget()
    layout = QHBoxLayout(window)
    tasks = PoolTasks()
    editor, view = MarkdownEditor(), PreviewView(tasks)
    layout.addWidget(editor, 1)
    layout.addWidget(view, 1)
    window.resize(1200, 600)
    document = QTextDocument(window)
    text = "\n\n".join(f"Paragraph {n} " + "with words " * (n % 30) for n in range(COUNT))
    document.setPlainText(text)
    editor.setDocument(document)
    in_step = InStep(editor, view, window)
    window.show()
    view.set_site(tmp_path, None)
    preview = Preview(qtbot, view, tmp_path)
    preview.write(text, [(f"<p id='p{n}'>{line}</p>", 2) for n, line in enumerate(text.split("\n\n"))])
    yield editor, preview, in_step
    tasks.wait()
    window.close()
    window.deleteLater()
    qtbot.waitUntil(lambda: not isValid(view))


def wheel(editor: MarkdownEditor, turns: int) -> None:
    place = QPointF(100, 100)
    event = QWheelEvent(
        place,
        editor.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, -120 * turns),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.viewport(), event)


def page_place(preview: Preview) -> tuple[float, float]:
    """Return the line that leads in the page, and how far down it stands."""
    return tuple(preview.ask("copydeskPlace.leadingLine()"))


def line_at(editor: MarkdownEditor, down: float) -> float:
    """Return the line that stands so far down in the text's view."""
    place = down * editor.viewport().height()
    for block, top, height in editor.visible_blocks():
        if top <= place < top + height:
            return block.blockNumber() + (place - top) / height
    raise AssertionError("nothing is there")


def page_line_at(preview: Preview, down: float) -> float:
    return preview.ask(f"copydeskLines.lineAt({down} * innerHeight)")


def test_the_preview_follows_the_text(pair_with_preview, qtbot):
    editor, preview, _in_step = pair_with_preview
    for _turn in range(25):
        wheel(editor, 1)
    line, down = leading_line(editor)
    assert line > 20
    qtbot.waitUntil(lambda: abs(page_line_at(preview, down) - line) < 0.2)
    assert leading_line(editor) == (line, down)  # and nothing came back


def test_both_come_to_their_ends_together(pair_with_preview, qtbot):
    editor, preview, _in_step = pair_with_preview
    bar = editor.verticalScrollBar()
    while bar.value() < bar.maximum():  # how long the text is, is known only of what has been in view
        wheel(editor, 100)
    preview.until("scrollY + innerHeight >= document.scrollingElement.scrollHeight - 1")
    while bar.value() > 0:
        wheel(editor, -100)
    preview.until("scrollY", 0)


def test_the_text_follows_the_preview(pair_with_preview, qtbot):
    editor, preview, _in_step = pair_with_preview
    preview.tell("document.dispatchEvent(new WheelEvent('wheel')); scrollBy(0, 4000)")
    qtbot.waitUntil(lambda: leading_line(editor)[0] > 10)
    place = preview.ask("scrollY")
    line, down = page_place(preview)
    qtbot.waitUntil(lambda: abs(line_at(editor, down) - line) < 1)  # the text scrolls by whole lines
    preview.until("1", 1)
    assert preview.ask("scrollY") == place  # and nothing came back


def test_neither_follows_when_that_is_switched_off(pair_with_preview, qtbot):
    editor, preview, in_step = pair_with_preview
    in_step.set_follow(False)
    wheel(editor, 25)
    preview.until("1", 1)
    assert preview.ask("scrollY") == 0
    bar = editor.verticalScrollBar().value()
    with qtbot.waitSignal(preview.view.scrolled):
        preview.tell("document.dispatchEvent(new WheelEvent('wheel')); scrollBy(0, 4000)")
    assert editor.verticalScrollBar().value() == bar


def test_a_caret_that_moves_scrolls_no_more_than_needed(pair_with_preview, qtbot):
    editor, preview, _in_step = pair_with_preview
    cursor = QTextCursor(editor.document().findBlockByNumber(2 * 90))
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()
    preview.until("1", 1)
    assert preview.ask("scrollY") == 0  # that is for who follows the caret


def test_a_double_click_puts_the_caret_at_the_word(pair_with_preview):
    editor, preview, _in_step = pair_with_preview
    preview.view.place_activated.emit(2 * 29, 2, "words", 3)
    cursor = editor.textCursor()
    assert cursor.blockNumber() == 2 * 29
    text = cursor.block().text()
    assert text[cursor.positionInBlock() :].startswith("words")
    assert text[: cursor.positionInBlock()].count("words") == 3
    preview.view.place_activated.emit(2 * 40, 2, "nowhere", 0)
    cursor = editor.textCursor()
    assert (cursor.blockNumber(), cursor.positionInBlock()) == (2 * 40, 0)


@pytest.mark.parametrize(
    ("word", "place"),
    [("first", (2, 10)), ("further", (4, 4)), ("second", (5, 11)), ("Text", (6, 0)), ("code", (6, 0))],
)
def test_a_double_click_in_a_footnote_goes_where_it_is_written(pair_with_preview, word, place):
    editor, preview, _in_step = pair_with_preview
    editor.document().setPlainText(
        "Text[^1][^note], first\n\n[^1]: The first.\n\n    further words\n[^note]: A second.\n"
    )
    preview.view.place_activated.emit(6, 1, word, 0)  # the page has them at its end, where no line is theirs
    cursor = editor.textCursor()
    assert (cursor.blockNumber(), cursor.positionInBlock()) == place


def test_the_text_can_be_scrolled_to_any_line(pair_with_preview):
    editor, _preview, _in_step = pair_with_preview
    for number in (10, 60, 150, 300, 390):
        scroll_to_leading(editor, number + 0.0, number / (2 * COUNT))
        assert abs(line_at(editor, number / (2 * COUNT)) - number) < 1
