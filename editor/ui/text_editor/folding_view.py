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
_OUT_OF_SIGHT = -100


class FoldingView(TextView):
    """Shows one post, highlighted; while its front matter is folded, caret and selection stay in the body.

    Signals:
        folded_changed: the front matter was folded away (True) or shown.
        caret_moved: (line, column) of the caret, from 0, the column in code points.
        zoom_changed: the zoom factor changed.
    """

    folded_changed = Signal(bool)
    caret_moved = Signal(int, int)

    def __init__(self, parent: QWidget | None = None, *, theme: Theme) -> None:
        super().__init__(parent, theme=theme)
        self._fold: FrontMatterFold | None = None
        self._folded = True
        self._clamping = False
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
            self.document().contentsChanged.disconnect(self._show_colours)
        self._fold = None
        self.set_underlines([])
        super().setDocument(document)
        self._fold = FrontMatterFold(document)
        self._fold.set_folded(self._folded)
        document.contentsChange.connect(self._contents_changed)
        document.contentsChanged.connect(self._show_colours)
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
        if self._fold is not None:
            self._fold.contents_changed(position)
            layout = self.line_layout()
            if layout is not None and self._fold.hides:
                layout.move_head(self._fold.first_visible().blockNumber())
        self.shift_matches(position, removed, added)
        self.shift_underlines(position, removed, added)

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
            round(top) + _CHIP_ABOVE if self.firstVisibleBlock().blockNumber() <= block.blockNumber() else -99
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
        column = code_points(cursor.block().text(), cursor.positionInBlock())
        self.caret_moved.emit(cursor.blockNumber(), column)

    def undo(self) -> None:
        """Take the last step back; where it was in hidden lines, the caret and the view stay."""
        self._step_history(self.document().undo)

    def redo(self) -> None:
        """Do the last step again; where it is in hidden lines, the caret and the view stay."""
        self._step_history(self.document().redo)

    def _step_history(self, step: Callable[[QTextCursor], None]) -> None:
        if self.isReadOnly() or self._fold is None:
            return
        before = self.textCursor()
        view = self.verticalScrollBar().value()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.document().characterCount() - 1)
        self._clamping = True
        step(cursor)
        self._clamping = False
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
