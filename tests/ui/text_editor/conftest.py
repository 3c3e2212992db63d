"""An editor that shows a post, as the window has it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from editor.ui.text_editor.document_text import DocumentText
from editor.ui.text_editor.markdown_editor import MarkdownEditor

FRONT_MATTER = "---\ntitle: A post\ndraft: true\n---\n"
BODY = "# A heading\n\nSome *words* here.\n\n- one\n- two\n"


class Desk:
    """An editor with a post: what the tests drive, and what they look at."""

    def __init__(self, editor: MarkdownEditor, text: str, front_matter_lines: int) -> None:
        self.editor = editor
        self.text_model = DocumentText(text)
        editor.setDocument(self.text_model.document)
        editor.set_front_matter_lines(front_matter_lines)

    @property
    def text(self) -> str:
        """What would be saved."""
        return self.text_model.text

    @property
    def body(self) -> str:
        """The text from the first position that the caret may take."""
        return self.text[self.text_model.offset_of(self.editor.body_start()) :]

    def select(self, start: int, end: int | None = None) -> None:
        """Select from `start` to `end`, positions of the document."""
        cursor = self.editor.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start if end is None else end, QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)

    def caret(self) -> int:
        """Return where the caret is."""
        return self.editor.textCursor().position()


@pytest.fixture
def open_post(qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    """Give a function that opens a text in an editor that is shown."""
    desks = []

    def make(text: str = FRONT_MATTER + BODY, front_matter_lines: int = 4) -> Desk:
        editor = MarkdownEditor()
        editor.resize(600, 500)
        desk = Desk(editor, text, front_matter_lines)
        desks.append(desk)
        qtbot.addWidget(editor)
        with qtbot.waitExposed(editor):
            editor.show()
        editor.activateWindow()
        editor.setFocus()
        qtbot.waitUntil(editor.hasFocus)
        return desk

    yield make
    for desk in desks:
        desk.editor.hide()


@pytest.fixture
def desk(open_post: Callable[..., Desk]) -> Desk:
    """Give an editor with a short post, its front matter folded."""
    return open_post()
