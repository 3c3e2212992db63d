"""Folding the front matter away: its lines are hidden, and nothing of the editor's reaches into them."""

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

_KEEP = QTextCursor.MoveMode.KeepAnchor


class FrontMatterFold:
    """Knows which blocks of a document are front matter, hides them, and keeps cursors out of them.

    The first position of the body is held by a cursor of the document, so that it stays right while the
    front matter is edited and before anybody has counted its lines again.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._lines = 0
        self._folded = True
        self._body = QTextCursor(document)
        self._body.setKeepPositionOnInsert(True)  # what is typed at the body's very start belongs to the body

    @property
    def folded(self) -> bool:
        """Whether the front matter is folded away (where there is one)."""
        return self._folded

    @property
    def lines(self) -> int:
        """How many lines at the start are front matter, fences included."""
        return self._lines

    @property
    def hides(self) -> bool:
        """Whether there are hidden lines now."""
        return self._folded and self._lines > 0

    def set_lines(self, count: int) -> None:
        """Take the first `count` lines as front matter."""
        self._lines = max(0, count)
        body = self._document.findBlockByNumber(self._lines)
        if body.isValid():
            self._body.setPosition(body.position())
        else:
            self._body.movePosition(QTextCursor.MoveOperation.End)
        self.show_and_hide()

    def set_folded(self, folded: bool) -> None:
        """Hide the front matter's lines, or show them."""
        self._folded = folded
        self.show_and_hide()

    def first_visible(self) -> QTextBlock:
        """Return the first block that is shown."""
        if not self.hides:
            return self._document.firstBlock()
        return self._body.block()

    def body_start(self) -> int:
        """Return the first position that a cursor may take, in UTF-16 units."""
        return self._body.position() if self.hides else 0

    def body_is_missing(self) -> bool:
        """Return whether the file ends with the front matter, without a line for a body."""
        return self._lines > 0 and self._lines >= self._document.blockCount()

    def add_body_line(self, cursor: QTextCursor) -> None:
        """Begin the body's first line behind the front matter, and put `cursor` there."""
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock()
        self._body.setPosition(cursor.position())

    def clamped(self, cursor: QTextCursor) -> QTextCursor | None:
        """Return `cursor` with both its ends in the body, or None where they are already."""
        start = self.body_start()
        if cursor.position() >= start and cursor.anchor() >= start:
            return None
        moved = QTextCursor(cursor)
        moved.setPosition(max(cursor.anchor(), start))
        moved.setPosition(max(cursor.position(), start), _KEEP)
        return moved

    def contents_changed(self, position: int) -> None:
        """Hide lines that a change at `position` has put into the front matter."""
        if self.hides and position < self._body.position():
            self._set_visible_until(self._body.block(), visible=False, relayout=False)

    def show_and_hide(self) -> None:
        """Give every line of and around the front matter the visibility that it should have."""
        body = self.first_visible()
        if self.hides:
            self._set_visible_until(body, visible=False)
        # What is behind was front matter a moment ago, perhaps; hidden lines are found at the start only.
        block = body
        changed_from = block.position()
        while block.isValid() and not block.isVisible():
            block.setVisible(True)
            block = block.next()
        end = block.position() if block.isValid() else self._document.characterCount()
        if end > changed_from:
            self._document.markContentsDirty(changed_from, end - changed_from)

    def _set_visible_until(self, end: QTextBlock, *, visible: bool, relayout: bool = True) -> None:
        block = self._document.firstBlock()
        changed = False
        while block.isValid() and block.blockNumber() < end.blockNumber():
            if block.isVisible() != visible:
                block.setVisible(visible)
                changed = True
            block = block.next()
        if changed and relayout:
            self._document.markContentsDirty(0, end.position())
