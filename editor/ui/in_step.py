"""InStep: text and preview show the same place; the one that the person scrolls leads."""

import re

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextBlock

from editor.ui.preview.preview_view import PreviewView
from editor.ui.text_editor.leading_line import leading_line, scroll_to_leading
from editor.ui.text_editor.markdown_editor import MarkdownEditor

_MOST_LINES = 400
"""In so many lines from where it was clicked, at most, a word is looked for."""
_MOST_LINES_OF_NOTES = 2000
_NOTE = re.compile(r" {0,3}\[\^[^\]]+\]:")


class InStep(QObject):
    """Lets the preview follow the text's scrolling, the text that of the preview, and the caret a double click.

    A scroll bar that is moved by the program says nothing of the person: only what the person does with it
    (`actionTriggered`: wheel, keys, dragging) is passed on, and the page tells likewise. So neither answers the other.
    """

    def __init__(self, editor: MarkdownEditor, view: PreviewView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._view = view
        self._follow = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._lead)
        # The value changes only after this signal.
        editor.verticalScrollBar().actionTriggered.connect(lambda _action: self._soon.start())
        view.scrolled.connect(self._follow_page)
        view.place_activated.connect(self._go_to)

    def set_follow(self, follow: bool) -> None:
        """Say whether one follows when the other is scrolled."""
        self._follow = follow

    def _lead(self) -> None:
        if self._follow:
            self._view.scroll_to_line(*leading_line(self._editor))

    def _follow_page(self, line: float, down: float) -> None:
        if self._follow:
            scroll_to_leading(self._editor, line, down)

    def _go_to(self, line: int, lines: int, word: str, before: int) -> None:
        """Put the caret at the word that was double clicked, else at the line of what it stands in."""
        document = self._editor.document()
        self._editor.setFocus()
        block = document.findBlockByNumber(line)
        # Letters of markup stand between the words of the source, not in them.
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") if word else None
        found = None
        number = line
        while pattern is not None and block.isValid() and number < line + min(lines, _MOST_LINES):
            for place in pattern.finditer(block.text()):
                found = number, place.start()
                before -= 1
                if before < 0:
                    break
            if before < 0:
                break
            block = block.next()
            number += 1
        if found is None and pattern is not None:
            found = _in_note(document.findBlockByNumber(min(line, document.blockCount() - 1)), pattern)
        self._editor.go_to(*(found or (line, 0)))


def _in_note(block: QTextBlock, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """Return line and column of what `pattern` finds in the last footnote that has it, from `block` upwards.

    The page shows the footnotes at its end, wherever they are defined.
    """
    within = None
    for _line in range(_MOST_LINES_OF_NOTES):
        if not block.isValid():
            break
        text = block.text()
        note = _NOTE.match(text)
        if note or text[:1] in (" ", "\t"):
            place = pattern.search(text, note.end() if note else 0)
            within = (block.blockNumber(), place.start()) if place else within
            if note and within:
                return within
        elif text.strip():
            within = None
        block = block.previous()
    return None
