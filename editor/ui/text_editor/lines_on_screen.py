"""The lines that can be seen: painting below them, and finding the one that the mouse means."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QTextBlock, QTextLine

from editor.ui.text_editor.line_layout import LineLayout

Range = tuple[int, int]
"""Start and end in the document, UTF-16 units."""
SeenBlock = tuple[QTextBlock, float, float]
"""A block, its top and its height in the viewport."""

_LINE_END = 7
"""Pixels of a selected line end."""


def blocks_at(blocks: Sequence[SeenBlock], place: Range) -> Sequence[SeenBlock]:
    """Return those of `blocks`, which are in order, that `place` reaches into."""
    first = bisect_right(blocks, place[0], key=_position_of) - 1
    return blocks[max(0, first) : bisect_left(blocks, place[1], key=_position_of)]


def paint_range(
    painter: QPainter,
    blocks: Iterable[SeenBlock],
    dx: float,
    place: Range,
    colour: QColor,
    *,
    thickness: float | None = None,
) -> None:
    """Fill the boxes of the lines' parts in `place`, without gaps between the lines; `dx` is the text's left.

    `thickness`: only so many pixels of each box, at its bottom.
    """
    for block, top, _height in blocks:
        layout = _layout_of(block)
        for line, _top, left, right in line_parts([(block, top, _height)], place):
            box_top, box_bottom = layout.line_box(block, line.lineNumber())
            if thickness is not None:
                box_top = box_bottom - thickness
            painter.fillRect(QRectF(left + dx, top + box_top, right - left, box_bottom - box_top), colour)


def line_parts(blocks: Iterable[SeenBlock], place: Range) -> Iterator[tuple[QTextLine, float, float, float]]:
    """Give every line that can be seen of `place`: the line, the top of its block, left and right in the text."""
    for block, top, _height in blocks:
        start, end = place[0] - block.position(), place[1] - block.position()
        if end <= 0 or start >= block.length():
            continue
        lines = block.layout()
        for index in range(lines.lineCount()):
            line = lines.lineAt(index)
            line_end = line.textStart() + line.textLength()
            last = index == lines.lineCount() - 1
            if start > line_end or end < line.textStart() or (start == line_end and not last):
                continue
            left = _x(line.cursorToX(max(start, line.textStart())))
            right = _x(line.cursorToX(min(end, line_end)))
            if last and end > line_end:
                right += _LINE_END
            yield line, top, min(left, right), max(left, right)


def mixed(under: str, over: str, strength: float) -> QColor:
    """Return the colour `under` with `over` laid on it, from 0 to 1."""
    low, high = QColor(under), QColor(over)
    return QColor.fromRgbF(
        low.redF() + (high.redF() - low.redF()) * strength,
        low.greenF() + (high.greenF() - low.greenF()) * strength,
        low.blueF() + (high.blueF() - low.blueF()) * strength,
    )


def snapped(event: QMouseEvent, blocks: Iterable[SeenBlock]) -> QMouseEvent:
    """Return the event with its place moved from between two lines onto the line that is meant.

    Qt looks at the letters' height alone, and takes the room between two lines for the end of the upper one.
    """
    y = event.position().y()
    for block, top, height in blocks:
        if not top <= y < top + height:
            continue
        lines = block.layout()
        for index in range(lines.lineCount()):
            start, end = _layout_of(block).line_box(block, index)
            if top + start <= y < top + end:
                rect = lines.lineAt(index).naturalTextRect()
                inside = min(max(y, top + rect.top() + 1), top + rect.bottom() - 1)
                return with_position(event, QPointF(event.position().x(), inside))
    return event


def with_position(event: QMouseEvent, place: QPointF) -> QMouseEvent:
    """Return the event as if it had happened at `place`."""
    if event.position() == place:
        return event
    return QMouseEvent(
        event.type(),
        place,
        event.scenePosition(),
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )


def _position_of(seen: SeenBlock) -> int:
    return seen[0].position()


def _layout_of(block: QTextBlock) -> LineLayout:
    layout = block.document().documentLayout()
    assert isinstance(layout, LineLayout)
    return layout


def _x(place: object) -> float:
    """Return the coordinate of what QTextLine.cursorToX gives: PySide adds the position that was used."""
    return float(place[0] if isinstance(place, tuple) else place)  # type: ignore[arg-type]
