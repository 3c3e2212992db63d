"""Which line of the text leads while it is scrolled, and scrolling the text to a line that the preview gives.

The line that leads moves through the view as the view moves through the text: at the beginning it is the first in
view, at the end the last, so that text and preview come to their ends together.
"""

from editor.ui.text_editor.text_view import TextView


def leading_line(view: TextView) -> tuple[float, float]:
    """Return the line that leads (from 0, with a fraction) and how far down in the view it stands, 0 to 1."""
    bar = view.verticalScrollBar()
    span = bar.maximum() - bar.minimum()
    down = (bar.value() - bar.minimum()) / span if span > 0 else 0.0
    place = down * view.viewport().height()
    line = 0.0
    for block, top, height in view.visible_blocks():
        line = block.blockNumber() + min(1.0, max(0.0, (place - top) / max(1.0, height)))
        if place < top + height:
            break
    return line, down


def scroll_to_leading(view: TextView, line: float, down: float) -> None:
    """Scroll so that `line` (from 0, with a fraction) stands `down` in the view, 0 to 1, or about there."""
    bar = view.verticalScrollBar()
    layout = view.line_layout()
    if layout is None:
        return
    if down <= 0 or down >= 1:
        bar.setValue(bar.minimum() if down <= 0 else bar.maximum())
        return
    block = view.document().findBlockByNumber(min(int(line), view.blockCount() - 1))
    while block.isValid() and not block.isVisible():
        block = block.next()
    if not block.isValid():
        return
    # Upwards from the line to the top of the view: how tall lines are is known only of those that are laid out, which
    # asking for their box does.
    height = layout.blockBoundingRect(block).height()
    above = down * view.viewport().height() - (line - int(line)) * height
    while above > 0 and block.previous().isValid():
        block = block.previous()
        if block.isVisible():
            above -= layout.blockBoundingRect(block).height()
    bar.setValue(block.firstLineNumber() + round(max(0.0, -above) / layout.line_height))
