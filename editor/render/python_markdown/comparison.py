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


def page_changes(
    shown: list[Piece], pieces: list[Piece], window: tuple[int, int], now: list[Piece], others: list[Piece]
) -> list[Change]:
    """Return the changes between the pieces that are `shown` of a page and those that are to be.

    That is `now` inside of the window, which is all but so many pieces at the beginning and at the end; `others`
    are the pieces outside of it that may have changed.
    """
    above, below = window
    changes: list[Change] = []
    shift = len(shown) - len(pieces)
    ids = {id(piece) for piece in others if piece.rendered.html != piece.shown}
    places = [index for index, key in enumerate(map(id, pieces)) if key in ids] if ids else []
    end = len(pieces) - below
    changes += [Change(index, 1, [block_of(pieces[index])]) for index in places if index < above]
    changes += compared(above, shown[above : len(shown) - below], now)
    changes += [
        Change(index + shift, 1, [block_of(pieces[index])]) for index in places if index >= max(above, end)
    ]
    return changes


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
