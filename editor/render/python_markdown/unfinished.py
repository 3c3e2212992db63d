"""What is shown of a page while it is not rendered to its end: what is there, and for the rest what was there
before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.render.python_markdown.late_binding import Bound
from editor.render.python_markdown.opened import Opened
from editor.render.python_markdown.rendered import Rendered
from editor.render.python_markdown.splitter import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable


def shown_meanwhile(before: list[Piece], after: list[Piece]) -> list[Piece]:
    """Return what is to be shown in the place of `before` until all of `after` is rendered.

    That is what is rendered of it; for the rest the pieces of `before` that stood in its lines, and where there were
    none an empty piece of as many lines. Those that are in both keep their order.
    """
    return _Meanwhile(before, after).shown


class _Meanwhile:
    def __init__(self, before: list[Piece], after: list[Piece]) -> None:
        self.shown: list[Piece] = []
        self._before = before
        self._used = 0
        """How many of `before` stand in `shown` already, or have no place there any more."""
        self._line = 0
        """Where the first of the others began, in lines of `before`."""
        places = {id(piece): index for index, piece in enumerate(before)}
        # What takes long stands below an edit: the ends of the two are the same lines.
        at = sum(piece.lines for piece in before) - sum(piece.lines for piece in after)
        missing: int | None = None
        for piece in after:
            if piece.rendered is None:
                missing = at if missing is None else missing
            else:
                place = places.get(id(piece))
                if missing is not None:
                    self._fill(missing, at, len(before) if place is None else place)
                    missing = None
                self.shown.append(piece)
                if place is not None:
                    self._pass(place + 1)
            at += piece.lines
        if missing is not None:
            self._fill(missing, at, len(before))

    def _pass(self, index: int) -> None:
        self._line += _lines(self._before[self._used : index])
        self._used = max(self._used, index)

    def _fill(self, start: int, end: int, most: int) -> None:
        """Show what stood in the lines from `start` to `end`, of those before the piece `most`."""
        at = start
        while self._used < most:
            piece = self._before[self._used]
            behind = self._line + piece.lines
            if behind > end:
                break
            if self._line >= at and not is_gap(piece):
                self._leave_out(self._line - at)
                _freeze(piece)
                self.shown.append(piece)
                at = behind
            self._used += 1
            self._line = behind
        self._leave_out(end - at)

    def _leave_out(self, lines: int) -> None:
        if lines > 0:
            self.shown.append(_gap(lines))


def is_gap(piece: Piece) -> bool:
    """Return whether a piece stands for lines of which nothing is shown."""
    return not piece.source


def _freeze(piece: Piece) -> None:
    """Let a piece be what it shows: its parts go over to what comes in its place."""
    if isinstance(piece.rendered, Opened):
        still = Bound(Rendered())
        still.html = piece.rendered.html
        piece.rendered = still


def _gap(lines: int) -> Piece:
    piece = Piece("", True)
    piece.lines = lines
    piece.rendered = Bound(Rendered())
    return piece


def _lines(pieces: Iterable[Piece]) -> int:
    return sum(piece.lines for piece in pieces)
