"""The text view with the front matter folded away above it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QWidget

from editor.ui.text_editor.document_text import code_points, utf16_length
from editor.ui.text_editor.folding import FrontMatterFold
from editor.ui.text_editor.front_matter_chip import HEIGHT, FrontMatterChip
from editor.ui.text_editor.highlighter import MarkdownHighlighter
from editor.ui.text_editor.text_view import TextView
from editor.ui.theme import Theme

_CHIP_ABOVE = 16
_CHIP_BELOW = 12
_NO_CHIP = 20
_LOOK_AROUND = 400
"""Lines up and down in which the caret's line is looked for in a text that was put in its place."""
_OUT_OF_SIGHT = -100


class FoldingView(TextView):
    """Shows one post, highlighted; while its front matter is folded, caret and selection stay in the body.

    Signals:
        folded_changed: the front matter was folded away (True) or shown.
        front_matter_lines_changed: how many lines at the start are front matter.
        caret_moved: (line, column) of the caret, from 0, the column in code points.
        zoom_changed: the zoom factor changed.
    """

    folded_changed = Signal(bool)
    front_matter_lines_changed = Signal(int)
    caret_moved = Signal(int, int)

    def __init__(self, parent: QWidget | None = None, *, theme: Theme) -> None:
        super().__init__(parent, theme=theme)
        self._fold: FrontMatterFold | None = None
        self._folded = True
        self._clamping = False
        self._block_count = 1
        self._caret_place = (0, 0, "")
        """The caret's line, its column (UTF-16 units) and the line's text."""
        self._lost: tuple[int, int, int] | None = None
        """A change that replaced the lines around the caret: its first and last line, and the line to start at."""
        self._kept: int | None = None
        """Where the caret went after such a change."""
        self._highlighter = MarkdownHighlighter(theme, self)
        self._chip = FrontMatterChip(self.viewport())
        self._chip.hide()
        self._chip.clicked.connect(self._chip_clicked)
        self.cursorPositionChanged.connect(self._keep_in_body)
        self.selectionChanged.connect(self._keep_in_body)
        self.cursorPositionChanged.connect(self._tell_caret)

    # -- document and front matter -----------------------------------------------------------------

    def setDocument(self, document: QTextDocument) -> None:
        """Show `document`, which the caller keeps; `set_front_matter_lines` is to be called after it."""
        if self._fold is not None:
            self.document().contentsChange.disconnect(self._contents_changed)
            self.document().contentsChanged.disconnect(self._text_has_changed)
        self._fold = None
        self.set_underlines([])
        super().setDocument(document)
        self._fold = FrontMatterFold(document)
        self._fold.set_folded(self._folded)
        self._block_count = document.blockCount()
        document.contentsChange.connect(self._contents_changed)
        document.contentsChanged.connect(self._text_has_changed)
        self._highlighter.set_front_matter_lines(0)
        self._highlighter.set_document(document)
        self._front_matter_has_changed()

    @property
    def highlighter(self) -> MarkdownHighlighter:
        """The colours of the text."""
        return self._highlighter

    def set_front_matter_lines(self, count: int) -> None:
        """Take the first `count` lines as front matter, fences included; 0: there is none."""
        assert self._fold is not None
        self._fold.set_lines(count)
        self._highlighter.set_front_matter_lines(count)
        self._front_matter_has_changed()
        self.front_matter_lines_changed.emit(count)

    def set_front_matter_label(self, label: str) -> None:
        """Show `label` on the chip that stands for the folded front matter."""
        self._chip.set_label(label)

    @property
    def folded(self) -> bool:
        """Whether front matter is folded away."""
        return self._folded

    def set_folded(self, folded: bool) -> None:
        """Fold the front matter away, or show its lines as ordinary text."""
        if folded == self._folded:
            return
        self._folded = folded
        assert self._fold is not None
        self._fold.set_folded(folded)
        self._front_matter_has_changed()
        self._keep_in_body()
        self.ensureCursorVisible()
        self.folded_changed.emit(folded)

    def body_start(self) -> int:
        """Return the first position of the document that can be reached now, in UTF-16 units."""
        return self._fold.body_start() if self._fold is not None else 0

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of `theme`."""
        super().set_theme(theme)
        self._chip.set_theme(theme)
        self._highlighter.set_theme(theme)

    def _front_matter_has_changed(self) -> None:
        fold, layout = self._fold, self.line_layout()
        if fold is None or layout is None:
            return
        has_chip = fold.lines > 0
        space = _CHIP_ABOVE + HEIGHT + _CHIP_BELOW if has_chip else _NO_CHIP
        layout.set_head(fold.first_visible().blockNumber(), space)
        self._chip.setVisible(has_chip)
        self._chip.setChecked(not self._folded)
        self._keep_in_body()
        self._view_changed()
        self.viewport().update()

    def _contents_changed(self, position: int, removed: int, added: int) -> None:
        self._lost = self._lines_replaced(position, added)
        if self._fold is not None:
            self._fold.contents_changed(position)
            layout = self.line_layout()
            if layout is not None and self._fold.hides:
                layout.move_head(self._fold.first_visible().blockNumber())
        self.shift_matches(position, removed, added)
        self.shift_underlines(position, removed, added)

    def _text_has_changed(self) -> None:
        lost, self._lost = self._lost, None
        if lost is not None:
            self._keep_caret(*lost)
        self._show_colours()

    def _lines_replaced(self, position: int, added: int) -> tuple[int, int, int] | None:
        """Return what `_lost` holds, where a change has put lines in the place of lines around the caret."""
        document = self.document()
        grown = document.blockCount() - self._block_count
        self._block_count = document.blockCount()
        first = document.findBlock(position).blockNumber()
        end = document.findBlock(position + added)
        last = end.blockNumber() if end.isValid() else document.blockCount() - 1
        line = self._caret_place[0]
        old_last = last - grown
        if last <= first or old_last <= first or not first <= line <= old_last:
            return None
        return first, last, line if line - first <= old_last - line else line + grown

    def _keep_caret(self, first: int, last: int, near: int) -> None:
        """Put the caret back at its line, or where that would stand: Qt leaves it at an end of what is new."""
        _line, column, text = self._caret_place
        near = min(max(near, first), last)
        offers = [near + step * side for step in range(_LOOK_AROUND) for side in (-1, 1)] if text else []
        document = self.document()
        block = document.findBlockByNumber(near)
        for number in offers:
            if first <= number <= last and document.findBlockByNumber(number).text() == text:
                block = document.findBlockByNumber(number)
                break
        self._kept = block.position() + min(column, block.length() - 1)
        cursor = self.textCursor()
        if not cursor.hasSelection() and cursor.position() != self._kept:
            cursor.setPosition(self._kept)
            self.setTextCursor(cursor)

    def _chip_clicked(self, checked: bool) -> None:
        self.set_folded(not checked)
        self.setFocus()

    def _keep_in_body(self) -> None:
        if self._fold is None or self._clamping:
            return
        moved = self._fold.clamped(self.textCursor())
        if moved is not None:
            self._clamping = True
            self.setTextCursor(moved)
            self._clamping = False

    def _view_changed(self) -> None:
        super()._view_changed()
        if getattr(self, "_fold", None) is None:
            return
        self._show_colours()
        self._place_chip()

    def _show_colours(self) -> None:
        """Let the lines that can be seen have their colours.

        A change brings others into view without any scrolling: lines that are new, and those below lines that are gone.
        """
        self._highlighter.show_blocks(*self.visible_range())

    def _place_chip(self) -> None:
        assert self._fold is not None
        block = self._fold.first_visible()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        place = (
            round(top) + _CHIP_ABOVE
            if self.firstVisibleBlock().blockNumber() <= block.blockNumber()
            else _OUT_OF_SIGHT
        )
        inner = int(self.document().documentMargin())
        self._chip.move(inner, place)

    # -- caret -------------------------------------------------------------------------------------

    def caret_line(self) -> int:
        """Return the caret's line in the file, from 0."""
        return self.textCursor().blockNumber()

    def go_to(self, line: int, column: int = 0) -> None:
        """Put the caret at `line` and `column` (from 0, code points), and show it in the middle.

        A place in the folded front matter unfolds it.
        """
        block = self.document().findBlockByNumber(min(max(line, 0), self.blockCount() - 1))
        if block.position() < self.body_start():
            self.set_folded(False)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + utf16_length(block.text()[: max(column, 0)]))
        self.setTextCursor(cursor)
        self.centerCursor()

    def _tell_caret(self) -> None:
        cursor = self.textCursor()
        text = cursor.block().text()
        if self._lost is None:
            self._caret_place = cursor.blockNumber(), cursor.positionInBlock(), text
        column = code_points(text, cursor.positionInBlock())
        self.caret_moved.emit(cursor.blockNumber(), column)

    def undo(self) -> None:
        """Take the last step back; where it was in hidden lines, the caret and the view stay."""
        if self.document().isUndoAvailable():
            self._step_history(self.document().undo)

    def redo(self) -> None:
        """Do the last step again; where it is in hidden lines, the caret and the view stay."""
        if self.document().isRedoAvailable():
            self._step_history(self.document().redo)

    def _step_history(self, step: Callable[[QTextCursor], None]) -> None:
        if self.isReadOnly() or self._fold is None:
            return
        before = self.textCursor()
        view = self.verticalScrollBar().value()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.document().characterCount() - 1)
        self._clamping = True
        self._kept = None
        step(cursor)
        self._clamping = False
        if self._kept is not None:
            cursor.setPosition(self._kept)
        if cursor.position() < self._fold.body_start():
            self.setTextCursor(self._fold.clamped(before) or before)
            self.verticalScrollBar().setValue(view)
        else:
            self.setTextCursor(cursor)
            self._keep_in_body()
            self.ensureCursorVisible()

    def _body_is_missing(self) -> bool:
        """Return whether the file is all front matter, folded away: text needs a line for it first."""
        return self._fold is not None and self._fold.hides and self._fold.body_is_missing()

    def _writing_cursor(self) -> QTextCursor:
        """Return the cursor that text goes in at; a file that is all front matter gets a line for it."""
        cursor = self.textCursor()
        if self._fold is not None and self._body_is_missing():
            self._fold.add_body_line(cursor)
            self._fold.set_lines(self._fold.lines)
            self._front_matter_has_changed()
        return cursor
