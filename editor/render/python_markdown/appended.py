"""What a site adds to every page: text that is to be definitions alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.render.python_markdown.chunks import SWALLOWS
from editor.render.python_markdown.late_binding import Bound
from editor.render.python_markdown.splitter import Piece

if TYPE_CHECKING:
    from editor.render.python_markdown.block_renderer import BlockRenderer
    from editor.render.python_markdown.rendered import Wide
    from editor.render.python_markdown.watch import Watch


def appended_pieces(renderer: BlockRenderer, wide: Wide, watch: Watch) -> list[Piece]:
    """Render what the site adds to every page; return it as one piece, or none where it adds nothing."""
    if not renderer.appended:
        return []
    listed = "\n\n".join(renderer.appended)
    piece = Piece(f"\n\n-8<-\n{listed}\n-8<-\n", True)
    watch.begin()
    piece.rendered = Bound(renderer.render(piece.source, wide))
    piece.rendered.seen = watch.seen()
    return [piece]


def shows(appended: list[Piece], pieces: list[Piece]) -> bool:
    """Return whether what is added to a page's pieces is more than definitions, or the last one takes it in."""
    if not appended or not pieces:
        return False
    rendered = appended[0].rendered.rendered
    more = rendered.parts != [""] or bool(rendered.notes) or rendered.whole
    return more or SWALLOWS in pieces[-1].pending
