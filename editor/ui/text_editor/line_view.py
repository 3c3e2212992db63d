"""The lines of a text in their view: their height, where they stand, and which one the mouse means."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import QMouseEvent, QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

from editor.ui.text_editor.line_layout import LineLayout
from editor.ui.text_editor.lines_on_screen import Range, SeenBlock, snapped, with_position


class LineView(QPlainTextEdit):
    """A plain text edit with a line height, which knows where its lines stand."""

    def setDocument(self, document: QTextDocument) -> None:
        """Show `document`; it gets the layout with our line height."""
        # Qt does not survive a document that is deleted while it is shown: hold whoever owns it.
        self._shown = document, document.parent()
        if not isinstance(document.documentLayout(), LineLayout):
            document.setDocumentLayout(LineLayout(document))
        super().setDocument(document)

    def line_layout(self) -> LineLayout | None:
        """Return the layout of the document, where it is ours already."""
        layout = self.document().documentLayout()
        return layout if isinstance(layout, LineLayout) else None

    def visible_blocks(self) -> Iterator[SeenBlock]:
        """Give every block that can be seen, with its top and its height in the viewport."""
        layout = self.line_layout()
        block = self.firstVisibleBlock()
        if layout is None or not block.isValid():
            return
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        bottom = self.viewport().height()
        while block.isValid() and top < bottom:
            height = layout.blockBoundingRect(block).height()
            if block.isVisible():
                yield block, top, height
            top += height
            block = block.next()

    def visible_range(self) -> Range:
        """Return the numbers of the first and the last block that can be seen."""
        numbers = [block.blockNumber() for block, _top, _height in self.visible_blocks()]
        return (numbers[0], numbers[-1]) if numbers else (0, 0)

    def top_of(self, block: QTextBlock) -> float | None:
        """Return the top of `block` in the viewport; None where it can't be seen.

        Qt's blockBoundingGeometry walks through all blocks between the window and the one that it is asked
        for.
        """
        for seen, top, _height in self.visible_blocks():
            if seen == block:
                return top
        return None

    def caret_line_rect(self) -> QRectF | None:
        """Return the box of the caret's line in the viewport."""
        layout = self.line_layout()
        cursor = self.textCursor()
        block = cursor.block()
        top = self.top_of(block)
        if layout is None or top is None:
            return None
        line = block.layout().lineForTextPosition(cursor.positionInBlock())
        if not line.isValid():
            return None
        start, end = layout.line_box(block, line.lineNumber())
        return QRectF(0, top + start, self.viewport().width(), end - start)

    # -- mouse -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Let the margins beside the text column take part: they scroll, and set the caret in their line."""
        kind = event.type()
        if kind == QEvent.Type.Wheel:
            self.wheelEvent(event)  # type: ignore[arg-type]
            return True
        if isinstance(event, QMouseEvent) and kind in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseMove,
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.MouseButtonDblClick,
        ):
            inside = QPointF(self.viewport().mapFrom(self, event.position().toPoint()))
            moved = with_position(event, inside)
            {
                QEvent.Type.MouseButtonPress: self.mousePressEvent,
                QEvent.Type.MouseMove: self.mouseMoveEvent,
                QEvent.Type.MouseButtonRelease: self.mouseReleaseEvent,
                QEvent.Type.MouseButtonDblClick: self.mouseDoubleClickEvent,
            }[kind](moved)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(snapped(event, self.visible_blocks()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(snapped(event, self.visible_blocks()) if event.buttons() else event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(snapped(event, self.visible_blocks()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(snapped(event, self.visible_blocks()))
