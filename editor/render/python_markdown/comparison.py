"""The changes between the pieces that were handed over and those that are there now."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from editor.render.python_markdown.patches import Block, Change


class Shown(Protocol):
    """A piece of the page that is handed over as one block."""

    rendered: Any
    """Has its `html` as it is now."""
    shown: str | None
    """The HTML that was handed over last."""

    @property
    def lines(self) -> int:
        """The lines of its source."""
        ...


Piece = TypeVar("Piece", bound=Shown)


def compared(start: int, before: list[Piece], after: list[Piece]) -> list[Change]:
    """Return the changes from one run of pieces to the other; those that are in both keep their order.

    Each piece of `after` counts as handed over then.
    """
    places = {id(piece): index for index, piece in enumerate(before)}
    changes: list[Change] = []
    at = 0
    made: list[Piece] = []
    for piece in [*after, None]:
        place = places.get(id(piece)) if piece is not None else len(before)
        if place is None:
            assert piece is not None
            made.append(piece)
            continue
        changes += _replaced(start + at, before[at:place], made)
        if piece is not None and piece.rendered.html != piece.shown:
            changes.append(Change(start + place, 1, [block_of(piece)]))
        at, made = place + 1, []
    return changes


def block_of(piece: Shown) -> Block:
    """Return the piece as it is handed over."""
    piece.shown = piece.rendered.html
    return Block(piece.shown or "", piece.lines)


def _replaced(start: int, gone: list[Piece], made: list[Piece]) -> list[Change]:
    """Return the change from some pieces to others, without those at its ends that look alike."""
    while gone and made and _alike(gone[0], made[0]):
        start, gone, made = start + 1, gone[1:], made[1:]
    while gone and made and _alike(gone[-1], made[-1]):
        gone, made = gone[:-1], made[:-1]
    return [Change(start, len(gone), [block_of(piece) for piece in made])] if gone or made else []


def _alike(gone: Shown, made: Shown) -> bool:
    if (gone.shown, gone.lines) != (made.rendered.html, made.lines):
        return False
    made.shown = gone.shown
    return True
