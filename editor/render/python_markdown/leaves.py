"""The parts that pieces of a page are rendered as; a piece that is not rendered has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from editor.render.python_markdown.late_binding import Bound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from editor.render.python_markdown.rendered import Rendered
    from editor.render.python_markdown.splitter import Piece


def leaves_of(pieces: Iterable[Piece]) -> list[Bound]:
    """Return the parts of the pieces in their order."""
    found: list[Bound] = []
    for piece in pieces:
        rendered = piece.rendered
        if isinstance(rendered, Bound):
            found.append(rendered)
        elif rendered is not None:
            found += rendered.leaves
    return found


def wide_of(pieces: Iterable[Piece]) -> list[Bound]:
    """Return the parts over which the whole page decides something, or which do so over others."""
    return wide_with_homes(pieces)[0]


def wide_with_homes(pieces: Iterable[Piece]) -> tuple[list[Bound], dict[int, Piece]]:
    """Return what `wide_of` does, and the pieces that hold any of it by the `id` of their `rendered`."""
    found: list[Bound] = []
    homes: dict[int, Piece] = {}
    for piece in pieces:
        rendered = piece.rendered
        if rendered.__class__ is Bound:  # as nearly all of thousands are, for a key in a heading
            if rendered.wide:
                found.append(rendered)
                homes[id(rendered)] = piece
        elif rendered is not None:
            found += [leaf for leaf in rendered.leaves if leaf.wide]
            homes[id(rendered)] = piece
    return found, homes


def rendered_of(pieces: Iterable[Piece]) -> list[Rendered]:
    """Return what is kept of each part."""
    return [leaf.rendered for leaf in leaves_of(pieces)]


def summaries(pieces: Iterable[Piece]) -> list[Any]:
    """Return all of the pieces that the rest of the page depends on, definitions aside; to be compared."""
    return [leaf.rendered.summary() for leaf in wide_of(pieces)]


def holding(leaves: Iterable[Bound], pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces that the parts are of."""
    ids = {id(leaf.owner or leaf) for leaf in leaves}
    return [piece for piece in pieces if id(piece.rendered) in ids] if ids else []
