"""Finding the bracket that belongs to the one at the caret."""

from PySide6.QtGui import QTextCursor

_OPEN = "([{"
_CLOSE = ")]}"
_LINES = 60
"""How far to look, up and down."""


def matching_brackets(cursor: QTextCursor) -> list[tuple[int, int]]:
    """Return the places of the bracket at the caret and of its partner; none where one is missing."""
    if cursor.hasSelection():
        return []
    text = _by_units(cursor.block().text())
    column = cursor.positionInBlock()
    for place in (column - 1, column):
        if 0 <= place < len(text) and text[place] in _OPEN + _CLOSE:
            partner = _partner(cursor, place, text[place])
            if partner is not None:
                here = cursor.block().position() + place
                return sorted([(here, here + 1), (partner, partner + 1)])
    return []


def _partner(cursor: QTextCursor, place: int, bracket: str) -> int | None:
    forward = bracket in _OPEN
    other = _CLOSE[_OPEN.index(bracket)] if forward else _OPEN[_CLOSE.index(bracket)]
    depth = 0
    block = cursor.block()
    for _ in range(_LINES):
        if not block.isValid() or not block.isVisible():
            return None
        text = _by_units(block.text())
        places = range(place, len(text)) if forward else range(min(place, len(text) - 1), -1, -1)
        for index in places:
            if text[index] == bracket:
                depth += 1
            elif text[index] == other:
                depth -= 1
                if depth == 0:
                    return block.position() + index
        block = block.next() if forward else block.previous()
        place = 0 if forward else block.length()
    return None


def _by_units(text: str) -> str:
    """Return `text` with two places for every character that takes two UTF-16 units."""
    return text if text.isascii() else "".join("\0\0" if ord(sign) > 0xFFFF else sign for sign in text)
