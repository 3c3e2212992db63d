"""Render the pieces of a page with what the page defines; long ones are opened and rendered part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.render.python_markdown.late_binding import Bound
from editor.render.python_markdown.opened import Opened, Opener
from editor.render.python_markdown.rendered import Context, Rendered, Wide

if TYPE_CHECKING:
    from collections.abc import Iterable

    from editor.render.python_markdown.block_renderer import BlockRenderer
    from editor.render.python_markdown.splitter import Piece
    from editor.render.python_markdown.watch import Watch


class PartRenderer:
    """Renders the pieces of one page, and their parts again; keeps with each what was seen meanwhile."""

    def __init__(self, renderer: BlockRenderer, watch: Watch, open_from: int) -> None:
        """Blocks of at least `open_from` characters are kept as their parts, where they have some."""
        self.renderer = renderer
        self.wide = Wide()
        """What the page defines."""
        self.count = 0
        """How many parts were rendered since this was set to nothing."""
        self._watch = watch
        self._open_from = open_from
        self._opener = Opener(renderer, self._part)

    def render(self, piece: Piece, spare: list[Opened], *, first: bool) -> None:
        """Render a piece, the page's `first` or another.

        The parts of the first of `spare` may serve again, which is taken out of the list then. Raises whatever an
        extension raises.
        """
        first = first and self.renderer.has_metadata
        opened = None
        if len(piece.source) >= self._open_from and not first:
            opened = self._opener.open(piece, spare[0] if spare else None)
        if opened is not None:
            piece.rendered = opened
            del spare[:1]
        else:
            piece.rendered = self._part(Context("", piece.source, "", "", piece.fenced, first=first))

    def render_again(self, leaves: Iterable[Bound]) -> None:
        """Render parts as the page is now. Raises whatever an extension raises."""
        for leaf in leaves:
            self._watch.begin()
            assert leaf.context is not None
            leaf.renew(self.renderer.render_part(leaf.context, self.wide))
            leaf.seen = self._watch.seen()
            self.count += 1

    def _part(self, context: Context) -> Bound:
        leaf = Bound(Rendered(), context)
        self.render_again([leaf])
        return leaf
