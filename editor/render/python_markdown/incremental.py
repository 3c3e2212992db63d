"""A page that is kept, and tells after each edit which of its blocks became others.

Open a body, make any number of edits (code points of the body), ask for a patch. What is done for an edit: the
source is cut anew around it (`splitter`), the blocks that are others are rendered (`part_renderer`), and
where something changed that the whole page decides, that is put in anew (`late_binding`). A page with
something whose reach is not known is rendered at once and compared (`whole`).

Where many blocks are to be rendered, a patch may be had before all are: it says that there is `more`, and each later
one goes on with them, what was edited last first.
"""

# What is paired here is as long as its pair; `strict` came with Python 3.10.
# ruff: noqa: B905
from __future__ import annotations

from typing import TYPE_CHECKING

from editor.render.python_markdown.appended import appended_pieces, shows
from editor.render.python_markdown.comparison import page_changes
from editor.render.python_markdown.definitions import (
    Changed,
    counts_differ,
    definitions_of,
    is_stale,
    taken_together,
)
from editor.render.python_markdown.differences import same_ends
from editor.render.python_markdown.html_blocks import common_prefix, common_suffix
from editor.render.python_markdown.late_binding import Binder
from editor.render.python_markdown.leaves import (
    holding,
    leaves_of,
    rendered_of,
    summaries,
    wide_of,
    wide_with_homes,
)
from editor.render.python_markdown.opened import LONG, Opened
from editor.render.python_markdown.part_renderer import PartRenderer
from editor.render.python_markdown.patches import Block, Change, Patch
from editor.render.python_markdown.rendered import Wide
from editor.render.python_markdown.splitter import Piece, Splitter
from editor.render.python_markdown.unfinished import shown_meanwhile
from editor.render.python_markdown.watch import Watch, seen_in
from editor.render.python_markdown.whole import WholeHtml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from editor.render.python_markdown.block_renderer import BlockRenderer
    from editor.render.python_markdown.late_binding import Bound

_URGENT = 3
"""Pieces from an edit on that are rendered first."""


class IncrementalPage:
    """One page's body and its blocks."""

    def __init__(
        self,
        renderer: BlockRenderer | None,
        whole: Callable[[str], str],
        watch: Watch | None = None,
        open_from: int = LONG,
    ) -> None:
        """Make an empty page.

        `renderer` renders its blocks, None where the site's extensions don't let pages be cut; `whole` renders
        a body at once; blocks of at least `open_from` characters are kept as their parts, where they have some.
        """
        self.renderer = renderer
        self._render_whole = whole
        self._watch = watch or Watch()
        self._body = ""
        """The body, where it is not kept as pieces."""
        self._splitter = Splitter(renderer.constructs) if renderer is not None else None
        self._binder = Binder(renderer) if renderer is not None else None
        self._parts = PartRenderer(renderer, self._watch, open_from) if renderer is not None else None
        self._appended: list[Piece] = []
        """What the site adds to every page, where it is definitions alone."""
        self._whole_html: WholeHtml | None = None
        """What was handed over last, where that was rendered at once."""
        self._shown: list[Piece] = []
        """The pieces whose blocks were handed over last."""
        self._shown_notes = ""
        self._window = (0, 0)
        """How many of `_shown` no edit touched since, at the beginning and at the end."""
        self._fresh = True
        """Whether the next patch can't build on the last one."""
        self._first: Piece | None = None
        self._wholes: set[int] = set()
        """The pieces, by `id`, that can only be rendered with the whole page."""
        self._seen_whole: tuple[list[list[str]], list[str]] = ([], [])
        self._seen: tuple[list[list[str]], list[str]] | None = None
        self._urgent: dict[int, Piece] = {}
        """The pieces, by `id`, that edits made since the last patch."""
        self._unfinished = False
        """Whether some pieces are still to be rendered."""
        self._stale: dict[int, Bound] = {}
        """The parts, by `id`, that are to be rendered again with other definitions."""
        self._guess: Wide | None = None
        """What the page defines, as far as can be told while it is not rendered to its end."""

    @property
    def wide(self) -> Wide:
        """What the page defines."""
        return self._parts.wide if self._parts is not None else Wide()

    @property
    def body(self) -> str:
        """The body as it is now."""
        if self._splitter is None:
            return self._body
        return "".join(piece.source for piece in self._splitter.pieces)

    @property
    def notes(self) -> list[list[str]]:
        """What was noted about the page as it was handed over last."""
        return self._all_seen()[0]

    @property
    def files(self) -> list[str]:
        """The files that were read for the page as it was handed over last."""
        return self._all_seen()[1]

    def open(
        self, body: str, enough: Callable[[], bool] | None = None, head: IncrementalPage | None = None
    ) -> Patch:
        """Take another body; return all its blocks. Raises whatever an extension raises.

        `enough` is that of `patch`. `head` is a page of the same renderer that begins alike and defines about the
        same, so that this one can be shown as it will be before it is rendered to its end; it is of no use then.
        """
        self._fresh = True
        self._guess = head.wide if head is not None else None
        if self._splitter is None:
            self._body = body
        else:
            self._splitter.open(body)
            if head is not None and head._splitter is not None:
                for piece, same in zip(self._splitter.pieces, head._splitter.pieces):
                    if not piece.same(same):
                        break
                    piece.rendered = same.rendered
        return self.patch(enough)

    def edit(self, start: int, end: int, replacement: str) -> None:
        """Replace the characters from `start` to `end` of the body. Raises whatever an extension raises."""
        if self._splitter is None:
            self._body = self._body[:start] + replacement + self._body[end:]
            return
        count = len(self._splitter.pieces)
        first, gone, made = self._splitter.edit(start, end, replacement)
        self._urgent = {id(piece): piece for piece in made[:_URGENT]} | self._urgent
        above, below = self._window
        self._window = (min(above, first), min(below, count - first - len(gone)))

    def become(self, body: str) -> None:
        """Make the one edit that leads from the body as it is to `body`, if they differ."""
        before = self.body
        if body != before:
            start = common_prefix(before, body)
            tail = common_suffix(before, body, min(len(body), len(before)) - start)
            self.edit(start, len(before) - tail, body[start : len(body) - tail])

    def patch(self, enough: Callable[[], bool] | None = None) -> Patch:
        """Return what changed since the last patch. Raises whatever an extension raises.

        `enough` is asked between two blocks: once it says so, the others are left to the patches after this one.
        """
        fresh, self._fresh = self._fresh, True  # which it is again where something is raised
        if self._splitter is None or self._splitter.whole:
            patch = self._patch_whole(fresh)
        else:
            patch = self._patch_blocks(fresh, enough or _never)
        self._fresh = False
        self._urgent = {}
        return patch

    # ---- at once

    def _patch_whole(self, fresh: bool) -> Patch:
        if fresh or self._whole_html is None:
            self._whole_html = WholeHtml()
            fresh = True
        self._watch.begin()
        html = self._render_whole(self.body)
        self._seen_whole = self._watch.seen()
        self._shown = []
        self._unfinished, self._stale, self._guess = False, {}, None
        changes = self._whole_html.changes(html)
        if fresh and not changes:
            changes = [Change(0, 0, [])]
        count = sum(len(change.blocks) for change in changes)
        return Patch(changes, fresh, rendered=count, whole=True)

    # ---- block by block

    def _patch_blocks(self, fresh: bool, enough: Callable[[], bool]) -> Patch:
        assert self._splitter is not None and self._binder is not None and self._parts is not None
        self._parts.count = 0
        pieces = self._splitter.pieces
        if fresh or self._whole_html is not None:
            fresh = True
            self._shown, self._shown_notes = [], ""
            self._window = (0, 0)
            self._parts.wide = self._guess or Wide()
            self._unfinished, self._stale = False, {}
            self._wholes = set()
            self._appended = appended_pieces(self._parts.renderer, self._parts.wide, self._watch)
        above = self._window[0]
        below = min(self._window[1], len(pieces) - above)
        self._window = (above, below)
        gone = self._shown[above : len(self._shown) - below]
        made = pieces[above : len(pieces) - below]
        shown, others = self._settle(gone, made, fresh, enough)
        self._note_whole(gone, pieces if fresh else [*made, *others])
        if self._wholes or shows(self._appended, pieces):
            return self._patch_whole(fresh)
        self._whole_html = None
        count = len(self._shown)
        changes = page_changes(self._shown, pieces, (above, below), shown, others)
        notes = self._binder.notes_html
        if (notes != self._shown_notes or fresh) and not self._unfinished:
            last = [Block(notes, 0)] if notes else []
            if last or self._shown_notes:
                changes.append(Change(count, 1 if self._shown_notes else 0, last))
            self._shown_notes = notes
        if fresh:
            changes = [Change(0, 0, [block for change in changes for block in change.blocks])]
        if changes:
            self._seen = None
        self._shown = [*pieces[:above], *shown, *pieces[len(pieces) - below :]]
        self._window = (len(pieces), len(pieces))
        if self._unfinished:
            head, tail = same_ends(shown, made)
            self._window = (above + head, below + tail)
        more = self._unfinished or bool(self._stale)
        return Patch(changes, fresh, rendered=self._parts.count, more=more)

    def _note_whole(self, gone: list[Piece], made: list[Piece]) -> None:
        """Keep account of the pieces in which something came up that only the whole page decides."""
        self._wholes.difference_update(map(id, gone))
        for piece in made:
            if piece.rendered is not None and any(leaf.rendered.whole for leaf in piece.rendered.leaves):
                self._wholes.add(id(piece))
            else:
                self._wholes.discard(id(piece))

    def _settle(
        self, gone: list[Piece], made: list[Piece], fresh: bool, enough: Callable[[], bool]
    ) -> tuple[list[Piece], list[Piece]]:
        """Render what is to be; return what is to be shown in the place of `gone`, and the pieces, also outside of
        `made`, that may have other HTML now.
        """
        assert self._splitter is not None and self._parts is not None
        pieces = self._splitter.pieces
        known = (summaries(gone), definitions_of(rendered_of(gone)))
        values = [leaf.values for leaf in wide_of(gone)]
        others = self._first_changes(pieces)
        self._render_all(others, [], _never)
        waiting = [piece for piece in made if piece.rendered is None]
        kept = {id(piece) for piece in made}
        went_on = self._unfinished
        early = (fresh or went_on) and self._guess is None
        left = [piece for piece in gone if id(piece) not in kept]
        self._render_all(self._in_order(waiting), left, enough, early)
        self._unfinished = any(piece.rendered is None for piece in waiting)
        rebind = fresh or went_on or self._unfinished
        if self._unfinished:
            if not (fresh or went_on):
                self._guess = self._parts.wide
            self._redefine(pieces, [])
        elif rebind or known[1] != definitions_of(rendered_of(made)):
            self._guess = None
            self._redefine(pieces, pieces if rebind else made)
            rebind = True
        others += self._render_stale(pieces, enough)
        if not (rebind or others or known[0] != summaries(made)):
            for found, leaf in zip(values, wide_of(made)):
                leaf.finish(found)
            return made, others
        shown = shown_meanwhile(gone, made) if self._unfinished else made
        return shown, others + self._bind(shown)

    def _bind(self, shown: list[Piece]) -> list[Piece]:
        """Put in what the page decides, with `shown` in the window; return what has other HTML for it outside."""
        assert self._splitter is not None and self._binder is not None and self._parts is not None
        pieces = self._splitter.pieces
        above, below = self._window
        leaves, homes = wide_with_homes([*pieces[:above], *shown, *pieces[len(pieces) - below :]])
        inside = {id(piece.rendered) for piece in shown}
        others: list[Piece] = []
        for _ in range(3):
            changed = self._binder.bind(leaves, self._guess.notes if self._guess is not None else ())
            self._parts.wide.notes = self._binder.note_counts
            stale = [
                leaf
                for leaf in leaves
                if leaf.rendered.counts and counts_differ(leaf.rendered, self._parts.wide)
            ]
            self._parts.render_again(stale)
            keys = {id(leaf.owner or leaf) for leaf in (*changed, *stale)} - inside
            others += [homes[key] for key in keys]
            if not stale:
                break
        return others

    def _in_order(self, pieces: list[Piece]) -> list[Piece]:
        """Return pieces in the order to render them in: what was edited, what others may ask for, the rest."""
        if len(pieces) < 2:
            return pieces
        every = {id(piece): piece for piece in pieces}
        first = {key: every[key] for key in self._urgent if key in every}
        if self._guess is None:
            first |= {key: piece for key, piece in every.items() if "]:" in piece.source}
        return list((first | every).values())

    def _render_all(
        self, pieces: Iterable[Piece], gone: list[Piece], enough: Callable[[], bool], early: bool = False
    ) -> None:
        """Render pieces, the first of them at least; where they stand in the place of one that is kept as parts,
        those may serve again. `early`: whether what they define is not known yet.
        """
        assert self._splitter is not None and self._parts is not None
        defined = not early
        spare = [piece.rendered for piece in gone if isinstance(piece.rendered, Opened)]
        for piece in pieces:
            if self._parts.count and enough():
                break
            if not defined and "]:" not in piece.source:
                defined = True
                self._widen()
            self._parts.render(piece, spare, first=piece is self._splitter.pieces[0])

    def _first_changes(self, pieces: list[Piece]) -> list[Piece]:
        """Have the first piece rendered anew, and the one that was: only the first may hold metadata."""
        first = pieces[0] if pieces else None
        if first is self._first or self.renderer is None or not self.renderer.has_metadata:
            self._first = first
            return []
        found = [piece for piece in pieces if piece is self._first or piece is first]
        for piece in found:
            piece.rendered = None
        self._first = first
        return found

    # ---- definitions

    def _widen(self) -> Changed:
        """Take together what all pieces define; return what is another definition for it."""
        assert self._splitter is not None and self._parts is not None
        before = self._parts.wide
        known = rendered_of([*self._splitter.pieces, *self._appended])
        self._parts.wide = taken_together(known, self._parts.renderer.glossary, before, self._guess)
        return Changed(before, self._parts.wide)

    def _redefine(self, pieces: list[Piece], unsure: list[Piece]) -> None:
        """Find the parts that use a definition which changed; those of pieces that are `unsure` may have been
        rendered with any.
        """
        assert self._parts is not None
        changed = self._widen()
        checked = {id(piece) for piece in unsure}
        for piece in pieces if changed else unsure:
            for leaf in leaves_of([piece]):
                stale = (
                    is_stale(leaf.rendered, self._parts.wide)
                    if id(piece) in checked
                    else changed.concern(leaf.rendered)
                )
                if stale:
                    self._stale[id(leaf)] = leaf

    def _render_stale(self, pieces: list[Piece], enough: Callable[[], bool]) -> list[Piece]:
        """Render anew what was found to use other definitions; return the pieces that it is of."""
        assert self._parts is not None
        if not self._stale:
            return []
        there = {id(leaf) for leaf in leaves_of(pieces)}
        rendered = []
        while self._stale and not (self._parts.count and enough()):
            key = next(iter(self._stale))
            leaf = self._stale.pop(key)
            if key in there:
                self._parts.render_again([leaf])
                rendered.append(leaf)
        return holding(rendered, pieces)

    # ---- what was seen

    def _all_seen(self) -> tuple[list[list[str]], list[str]]:
        if self._whole_html is not None or self._splitter is None:
            return self._seen_whole
        if self._seen is None:
            self._seen = seen_in([*self._shown, *self._appended])
        return self._seen


def _never() -> bool:
    """Never have enough."""
    return False
