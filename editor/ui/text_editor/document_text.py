"""The post's text, kept in step with the QTextDocument that is typed into.

QTextDocument can't be asked for the text: it forgets which line ending a line had, turns no-break spaces into spaces
and counts in UTF-16 units. So the text is a list of lines of our own, brought up to date from the document's
`contentsChange`, and the line endings ride on the blocks as a format property, which undo brings back.
"""

import re

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat

from editor.post.text_edit import TextEdit
from editor.ui.text_editor.line_layout import LineLayout

LINE_ENDING = int(QTextFormat.Property.UserProperty) + 1
"""The block-format property with the ending of the block's line; not set: a line feed."""

# Every character at which QTextDocument begins a new block (QTextCursor.insertText). To the writer U+2029 and the two
# noncharacters are no line ends, but the document can't hold them otherwise, and they have to come back.
_ENDING = re.compile("\r\n|[\n\r\u2029\ufdd0\ufdd1]")

_UNUSUAL = ("\r", "\u2029", "\ufdd0", "\ufdd1")
"""What every ending but the line feed begins with."""

_SPAN = 256
"""So many lines are skipped at a time where a place is looked for."""

_GUARD = "\u00b7"
"""Any character: a U+FEFF at the very beginning of a text is dropped on its way into Qt, one behind it is not."""


def split_lines(text: str) -> list[str]:
    """Return the lines of `text` as the document's blocks hold them, each with its ending; the last has none."""
    if _is_usual(text):
        *lines, last = text.split("\n")
        return [f"{line}\n" for line in lines] + [last]
    lines = []
    start = 0
    for ending in _ENDING.finditer(text):
        lines.append(text[start : ending.end()])
        start = ending.end()
    lines.append(text[start:])
    return lines


def _is_usual(text: str) -> bool:
    """Return whether all lines of `text` end with a line feed."""
    return not any(sign in text for sign in _UNUSUAL)


def without_ending(line: str) -> str:
    """Return `line` without its line ending."""
    if line.endswith("\r\n"):
        return line[:-2]
    if line and _ENDING.fullmatch(line[-1]):
        return line[:-1]
    return line


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 units, which is how Qt counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def code_points(text: str, units: int) -> int:
    """Return how many code points the first `units` UTF-16 units of `text` are."""
    if text.isascii():
        return units
    return len(text.encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "ignore"))


class DocumentText(QObject):
    """One text in a QTextDocument with one undo stack.

    Signals:
        edited: the text changed by this TextEdit (code points in the text before it).
    """

    edited = Signal(object)

    def __init__(self, text: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = QTextDocument(self)
        # At once the one that shows it: another layout later would be told to us as a change of the whole text.
        self.document.setDocumentLayout(LineLayout(self.document))
        self._lines: list[str] = []
        self._text: str | None = None
        self._length = 0
        self._near = (0, 0)
        """A line and the code points before it: where the last look-up was, as the next one is likely nearby."""
        self._load(text)
        self.document.contentsChange.connect(self._contents_changed)
        self.document.undoAvailable.connect(self._undo_available)

    @property
    def text(self) -> str:
        """The whole text with its own line endings."""
        if self._text is None:
            self._text = "".join(self._lines)
        return self._text

    @property
    def length(self) -> int:
        """The length of the text in code points, without joining it."""
        return self._length

    def line_count(self) -> int:
        """Return how many lines there are, which is how many blocks the document has."""
        return len(self._lines)

    def lines(self, start: int, end: int) -> list[str]:
        """Return the lines from `start` to before `end` (from 0), with their endings."""
        return self._lines[start:end]

    def offset_of_line(self, line: int) -> int:
        """Return how many code points stand before `line` (from 0)."""
        near_line, near_offset = self._near
        if line >= near_line:
            offset = near_offset + sum(map(len, self._lines[near_line:line]))
        elif line > near_line // 2:
            offset = near_offset - sum(map(len, self._lines[line:near_line]))
        else:
            offset = sum(map(len, self._lines[:line]))
        self._near = (line, offset)
        return offset

    def place_of(self, offset: int) -> tuple[int, int]:
        """Return the line and column (from 0, code points) of `offset`."""
        line, start = self._near if self._near[1] <= offset else (0, 0)
        lines = self._lines
        last = len(lines) - 1
        while line + _SPAN < last:
            length = sum(map(len, lines[line : line + _SPAN]))
            if start + length > offset:
                break
            line, start = line + _SPAN, start + length
        while line < last and start + len(lines[line]) <= offset:
            start += len(lines[line])
            line += 1
        self._near = (line, start)
        return line, offset - start

    def slice(self, start: int, end: int) -> str:
        """Return `text[start:end]` (neither negative), without joining the whole."""
        start, end = min(start, self._length), min(end, self._length)
        if self._text is not None or start >= end:
            return self.text[start:end] if start < end else ""
        first, column = self.place_of(start)
        last, end_column = self.place_of(end)
        if first == last:
            return self._lines[first][column:end_column]
        lines = self._lines[first:last]
        lines[0] = lines[0][column:]
        return "".join([*lines, self._lines[last][:end_column]])

    def position_of(self, offset: int) -> int:
        """Return the document's position (UTF-16 units) of `offset` (code points in the text)."""
        line, column = self.place_of(offset)
        content = without_ending(self._lines[line])
        return self.document.findBlockByNumber(line).position() + utf16_length(content[:column])

    def offset_of(self, position: int) -> int:
        """Return the offset in the text (code points) of a `position` in the document (UTF-16 units)."""
        block = self.document.findBlock(position)
        line = block.blockNumber()
        return self.offset_of_line(line) + code_points(self._lines[line], position - block.position())

    def apply(self, edit: TextEdit, *, join_previous: bool = False) -> None:
        """Make `edit` in the document, as one step of undo (with `join_previous`: as a part of the last step)."""
        cursor = QTextCursor(self.document)
        if join_previous:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        first, _column = self.place_of(edit.start)
        expected = self._endings_after(edit)
        cursor.setPosition(self.position_of(edit.start))
        cursor.setPosition(self.position_of(edit.end), QTextCursor.MoveMode.KeepAnchor)
        replacement = _ENDING.sub("\n", edit.replacement)
        if replacement.startswith("\ufeff"):
            cursor.insertText(_GUARD + replacement)
            guard = QTextCursor(self.document)
            guard.setPosition(self.position_of(edit.start))
            guard.deleteChar()
        else:
            cursor.insertText(replacement)
        block = self.document.findBlockByNumber(first)
        for ending in expected:
            if _ending_of(block) != ending:
                self._plain = False
                _set_ending(QTextCursor(block), ending)
            block = block.next()
        cursor.endEditBlock()

    def _endings_after(self, edit: TextEdit) -> list[str]:
        """Return the endings that the lines touched by `edit` have afterwards, where it changes any.

        The last line keeps the ending behind it; the last of the whole text has none.
        """
        first, column = self.place_of(edit.start)
        last, end_column = self.place_of(edit.end)
        if first == last and not _ENDING.search(edit.replacement):
            return []
        if self._plain and _is_usual(edit.replacement):
            return []
        lines = split_lines(self._lines[first][:column] + edit.replacement + self._lines[last][end_column:])
        endings = [line[len(without_ending(line)) :] for line in lines]
        return endings[:-1]  # what stands behind the last ending is the line below, or nothing

    def _load(self, text: str) -> None:
        self._lines = split_lines(text)
        self._first_lines = tuple(self._lines)
        self._text = text
        self._length = len(text)
        self._usual = _is_usual(text)
        """Whether no line was read with another ending than a line feed."""
        self._plain = self._usual
        """Whether no block was ever given another one: undo, too, brings back none then."""
        document = self.document
        document.setUndoRedoEnabled(False)
        guard = _GUARD if text.startswith("\ufeff") else ""
        document.setPlainText(guard + (text if self._usual else _ENDING.sub("\n", text)))
        if guard:
            QTextCursor(document).deleteChar()
        endings = [] if self._usual else [line[len(without_ending(line)) :] for line in self._lines[:-1]]
        if endings:
            common = max(set(endings), key=endings.count)
            if common != "\n":
                cursor = QTextCursor(document)
                cursor.select(QTextCursor.SelectionType.Document)
                _set_ending(cursor, common)
            for line, ending in enumerate(endings):
                if ending != common:
                    _set_ending(QTextCursor(document.findBlockByNumber(line)), ending)
            # What is typed behind the last line goes on as that line's neighbour does.
            _set_ending(QTextCursor(document.lastBlock()), endings[-1])
        document.setUndoRedoEnabled(True)
        document.setModified(False)

    def _undo_available(self, available: bool) -> None:
        """Give every line the ending it was read with once everything is undone.

        In a file of mixed endings, lines that were joined and split again may have lost theirs on the way.
        """
        if available or self._usual or len(self._lines) != len(self._first_lines):
            return
        for line, (now, first) in enumerate(zip(self._lines, self._first_lines, strict=True)):
            if now != first and without_ending(now) == without_ending(first):
                start = self.offset_of_line(line)
                content = len(without_ending(now))
                self._lines[line] = first
                self._length += len(first) - len(now)
                self._text = None
                self.edited.emit(TextEdit(start + content, start + len(now), first[content:]))

    def _contents_changed(self, position: int, _removed: int, added: int) -> None:
        """Take over the lines that changed.

        `removed` is not needed, and Qt counts it differently from case to case: what lies behind `position + added`
        is as it was, so the number of blocks tells how many old lines the new ones replace.
        """
        document = self.document
        first = document.findBlock(position).blockNumber()
        last_block = document.findBlock(min(position + added, max(0, document.characterCount() - 1)))
        last = last_block.blockNumber()
        grown = document.blockCount() - len(self._lines)
        first = min(first, max(0, last - max(grown, 0)))
        # Joining blocks of different formats is told in two steps, the first with a place that is not quite right.
        while (
            first > 0
            and without_ending(self._lines[first - 1]) != document.findBlockByNumber(first - 1).text()
        ):
            first -= 1
        count = document.blockCount()
        while last + 1 < count and (
            last + 1 - grown < 0
            or without_ending(self._lines[last + 1 - grown]) != document.findBlockByNumber(last + 1).text()
        ):
            last += 1
        self._take_over(first, last, last - grown)

    def _take_over(self, first: int, last: int, old_last: int) -> None:
        """Replace our lines `first` to `old_last` by the document's blocks `first` to `last`."""
        old = self._lines[first : old_last + 1]
        new = []
        block = self.document.findBlockByNumber(first)
        plain = self._plain  # a third of the time for a whole book, where it is not asked block by block
        for _ in range(first, last):
            new.append(block.text() + ("\n" if plain else _ending_of(block)))
            block = block.next()
        new.append(block.text() + self._ending_behind(first, block, old))
        before, after = "".join(old), "".join(new)
        edit = TextEdit.between(before, after)
        if edit is None:
            return
        start = self.offset_of_line(first)
        self._lines[first : old_last + 1] = new
        self._length += len(after) - len(before)
        self._text = None
        self.edited.emit(TextEdit(start + edit.start, start + edit.end, edit.replacement))

    def _ending_behind(self, first: int, last_block: QTextBlock, old: list[str]) -> str:
        """Return the ending of the last line of a change, which the change did not touch.

        Joining two lines leaves the block with the first one's format, so our own old line knows better, except where
        undo has just brought a block of another format back.
        """
        if not last_block.next().isValid():
            return ""
        kept = old[-1][len(without_ending(old[-1])) :] if old else ""
        own = _ending_of(last_block)
        first_block = self.document.findBlockByNumber(first)
        brought_back = last_block.blockNumber() - first >= len(old) and own != _ending_of(first_block)
        return own if brought_back or not kept else kept


def searchable_text(document: QTextDocument) -> str:
    """Return the text of `document` with one line feed between two blocks: places in it are places in the document.

    Of a DocumentText's, whose lines are at hand, that takes a tenth of the time that Qt needs.
    """
    owner = document.parent()
    if isinstance(owner, DocumentText) and _is_usual(owner.text):
        return owner.text
    return document.toRawText().replace("\u2029", "\n")  # toPlainText would change no-break spaces


def _ending_of(block: QTextBlock) -> str:
    ending = block.blockFormat().property(LINE_ENDING)
    return ending if isinstance(ending, str) and ending else "\n"


def _set_ending(cursor: QTextCursor, ending: str) -> None:
    block_format = QTextBlockFormat()
    block_format.setProperty(LINE_ENDING, ending)
    cursor.mergeBlockFormat(block_format)
