"""The places of a text that stand out: what was found in it, brackets that belong together, problems."""

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QColor, QPainter

from editor.ui.text_editor.lines_on_screen import Range, SeenBlock, blocks_at, mixed, paint_range
from editor.ui.text_editor.moving_places import MovingPlaces
from editor.ui.text_editor.problem_marks import MovingUnderlines, Underline, colour_of, paint_wave
from editor.ui.theme import Theme

_MATCH_STRENGTH = 0.22
_MATCH_LINE = 2
"""Pixels of the line below a match, which shows where code or marked text has a wash of its own."""


class TextMarks:
    """The marks of one text, in the document's positions (UTF-16 units); they move with what is typed."""

    def __init__(self) -> None:
        self.matches = MovingPlaces()
        self.current_match: Range | None = None
        self.brackets: list[Range] = []
        self.underlines = MovingUnderlines()

    def shift_matches(self, position: int, removed: int, added: int) -> None:
        """Let the matches follow a change of the text; those that it touches are dropped."""
        self.matches.shift(position, removed, added)
        self.current_match = None

    def shift_underlines(self, position: int, removed: int, added: int) -> None:
        """Let the waves follow a change of the text."""
        self.underlines.shift(position, removed, added)

    def problems_of(self, blocks: Sequence[SeenBlock]) -> Iterator[tuple[SeenBlock, list[Underline]]]:
        """Give each of `blocks` in which a problem begins, with all that do."""
        for seen in blocks:
            first, last = seen[0].position(), seen[0].position() + seen[0].length()
            here = [line for line in self.underlines.between(first, last) if line.start >= first]
            if here:
                yield seen, here

    def paint_below(self, painter: QPainter, blocks: Sequence[SeenBlock], dx: float, theme: Theme) -> None:
        """Paint what stands behind the letters of `blocks`, which can be seen; `dx` is the text's left."""
        first, last = _span(blocks)
        # Not the wash of marked text, which is yellow as well.
        match_wash = mixed(theme.pane, theme.good, _MATCH_STRENGTH)
        for match in self.matches.between(first, last):
            paint_range(painter, blocks_at(blocks, match), dx, match, match_wash)
        if self.current_match is not None:
            paint_range(painter, blocks, dx, self.current_match, mixed(theme.pane, theme.warn, 0.35))
        for bracket in self.brackets:
            paint_range(painter, blocks, dx, bracket, mixed(theme.pane, theme.accent, 0.22))
        for underline in self.underlines.between(first, last):
            place = (underline.start, max(underline.end, underline.start + 1))
            colour = QColor(colour_of(underline.severity, theme))
            paint_wave(painter, blocks_at(blocks, place), dx, underline, colour)

    def paint_above(self, painter: QPainter, blocks: Sequence[SeenBlock], dx: float, theme: Theme) -> None:
        """Paint the lines below the matches, over the letters; the arguments are those of `paint_below`."""
        first, last = _span(blocks)
        colour = QColor(theme.good)
        for match in self.matches.between(first, last):
            paint_range(painter, blocks_at(blocks, match), dx, match, colour, thickness=_MATCH_LINE)


def _span(blocks: Sequence[SeenBlock]) -> Range:
    return blocks[0][0].position(), blocks[-1][0].position() + blocks[-1][0].length()
