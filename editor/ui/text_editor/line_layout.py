"""The document layout: lines at an even distance, with room above the first and below the last.

QPlainTextEdit has no line height, and a block format's would go into the undo stack. But everything in it
asks the layout for `blockBoundingRect` before it uses a line's place, so that is where the lines are moved
apart.
"""

import re

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextDocument, QTextLayout, QTextOption
from PySide6.QtWidgets import QPlainTextDocumentLayout

LINE_HEIGHT = 1.6
"""The distance of two lines, in font sizes."""

_LONG_WORD = 5000
_LONG = re.compile(rf"(?<![^\s/+])[^\s/+]{{{_LONG_WORD}}}")
"""What Qt looks through again for each line that it wraps, from its beginning: half a megabyte takes minutes."""


class LineLayout(QPlainTextDocumentLayout):
    """A plain layout with a line height; touches neither the text nor any format."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._line_height = 0.0
        self._head_block = 0
        self._head_space = 0.0
        self._tail_space = 0.0

    @property
    def line_height(self) -> float:
        """The distance of two lines, in pixels."""
        return self._line_height or QFontMetricsF(self.document().defaultFont()).lineSpacing()

    def set_line_height(self, pixels: float) -> None:
        """Set the distance of two lines."""
        if pixels != self._line_height:
            self._line_height = pixels
            self._touch()

    def set_head(self, block_number: int, space: float) -> None:
        """Leave `space` pixels above the block `block_number`, the first that is shown."""
        if (block_number, space) != (self._head_block, self._head_space):
            self._head_block, self._head_space = block_number, space
            self._touch()

    def move_head(self, block_number: int) -> None:
        """Take `block_number` as the first block shown, while a change of the text is being laid out."""
        self._head_block = block_number

    def set_tail(self, space: float) -> None:
        """Leave `space` pixels below the last line."""
        if space != self._tail_space:
            self._tail_space = space
            self._touch()

    def documentChanged(self, start: int, removed: int, added: int) -> None:
        """Wrap anywhere, not at words, from the first word on that no line has room for (Qt)."""
        document = self.document()
        option = document.defaultTextOption()
        anywhere = QTextOption.WrapMode.WrapAnywhere
        if added >= _LONG_WORD and option.wrapMode() != anywhere and _LONG.search(document.toRawText()):
            option.setWrapMode(anywhere)
            document.setDefaultTextOption(option)  # which comes back here
            return
        super().documentChanged(start, removed, added)

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        rect = super().blockBoundingRect(block)
        if not block.isValid() or not block.isVisible():
            return rect
        lines = block.layout()
        count = lines.lineCount()
        if count:
            above = self._head_space if block.blockNumber() == self._head_block else 0.0
            self._place(lines, count, above)
            below = 0.0 if block.next().isValid() else self._tail_space
            rect.setHeight(above + count * self.line_height + below)
        return rect

    def line_box(self, block: QTextBlock, index: int) -> tuple[float, float]:
        """Return top and bottom of a laid-out line's whole box, from the top of its block."""
        line = block.layout().lineAt(index)
        gap = (self.line_height - line.height()) / 2
        return line.y() - gap, line.y() - gap + self.line_height

    def _place(self, lines: QTextLayout, count: int, above: float) -> None:
        height = self.line_height
        for index in range(count):
            line = lines.lineAt(index)
            # A line with taller glyphs (another script, an emoji) sits in a box of the same height.
            top = above + index * height + (height - line.height()) / 2
            if abs(line.y() - top) > 0.01:
                line.setPosition(QPointF(line.x(), top))

    def _touch(self) -> None:
        self.documentSizeChanged.emit(self.documentSize())
        self.update.emit()
