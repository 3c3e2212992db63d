"""The page of what changed between two, block by block."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from editor.proof.rendered_diff.alignment import align
from editor.proof.rendered_diff.compare import Comparison, in_order
from editor.proof.rendered_diff.elements import HEADINGS, Element, parse
from editor.proof.rendered_diff.marks import GONE, NEW, Marks, accepted, key_for, rejected
from editor.proof.rendered_diff.pieces import Page, Piece

_MOST_MOVED = 900
"""Pairs of blocks that are compared to find what has moved and was edited too."""
_FEWEST_WORDS = 6
_EDITED = 0.75
"""How much of their words two blocks far from each other have in common that are one."""


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block of the marked page, with what nobody sees before it."""

    html: str
    kind: str
    """`same`, `changed` (inside), `new`, `gone`, or `unseen` (spaces, comments)."""
    name: str
    """The element's name (`p`, `h2`); `#run` of text without one; empty where nothing is seen."""
    changes: tuple[int, int] = (0, 0)
    """The first of the page's changes that is inside, and the last, from 1; (0, 0): none."""

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.name in HEADINGS


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """Two pages as one, with marks."""

    blocks: tuple[MarkedBlock, ...]
    key: str
    """What all marks hold, and nothing else (see `marks`)."""
    count: int
    """How many changes there are to be seen."""

    @property
    def html(self) -> str:
        """The whole page with its marks."""
        return "".join(block.html for block in self.blocks)


def rendered_diff(before: str, after: str) -> MarkedPage:
    """Return the page `after` with what differs from `before` marked in place; both are any HTML.

    Words are marked where they stand, between tags; blocks that are new or gone as a whole. What nobody sees (the ids
    of headings, classes, comments) differs without a mark to be seen. `accept` and `reject` give both pages again.
    """
    key = key_for(before, after)
    one, two = Page(before), Page(after)
    root, other = parse(before), parse(after)
    _assume_equal(one, root, two, other)
    marks = Marks(key)
    writer = _Writer(one, two, marks)
    olds, news = one.blocks(root), two.blocks(other)
    pairs = writer.pairs(olds, news)
    writer.note_moved(olds, news, pairs)
    places = in_order(pairs, len(olds), len(news))
    writer.sequence(olds, 0, len(before), news, 0, len(after), places, 0)
    return MarkedPage(writer.finished(), key, marks.count)


def accept(page: MarkedPage) -> str:
    """Return the later of the two pages, just as it was written."""
    return accepted(page.html, page.key)


def reject(page: MarkedPage) -> str:
    """Return the earlier of the two pages, just as it was written."""
    return rejected(page.html, page.key)


def cut(html: str) -> list[str]:
    """Return a page in pieces, each with one thing of its top level and the spaces before it."""
    pieces: list[str] = []
    start = 0
    for child in parse(html).children:
        if child.name not in ("#text", "#comment") or html[child.start : child.end].strip():
            pieces.append(html[start : child.end])
            start = child.end
    if start < len(html):
        pieces.append(html[start:])
    return pieces


class _Writer(Comparison):
    """A comparison that keeps the blocks of the top level apart."""

    def __init__(self, before: Page, after: Page, marks: Marks) -> None:
        super().__init__(before, after, marks)
        self._blocks: list[MarkedBlock] = []
        self._level = 0
        self._moved: set[int | None] = set()
        """The keys of blocks that are gone in one place and new in another."""

    def note_moved(
        self, olds: Sequence[Piece], news: Sequence[Piece], pairs: Sequence[tuple[int, int]]
    ) -> None:
        """Find what stands elsewhere now."""
        stay, stayed = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
        gone = [piece for index, piece in enumerate(olds) if index not in stay]
        fresh = [piece for index, piece in enumerate(news) if index not in stayed]
        self._moved = {piece.key for piece in gone} & {piece.key for piece in fresh}
        if len(gone) * len(fresh) <= _MOST_MOVED:
            for old in gone:
                self._moved |= {
                    key for new in fresh if self._is_edited(old, new) for key in (old.key, new.key)
                }

    def _is_edited(self, old: Piece, new: Piece) -> bool:
        """Return whether `new` is what became of `old`, wherever it stands."""
        words = self.before.seen.words(old.start, old.end)
        return words.total() >= _FEWEST_WORDS and self._likeness(old, new) >= _EDITED

    def pair(self, old: Piece, new: Piece, depth: int = 0) -> None:
        """Write a pair; at the top level, it is a block."""
        if self._level:
            super().pair(old, new, depth)
            return
        self._level, before = 1, self.marks.count
        super().pair(old, new, depth)
        self._level = 0
        count = self.marks.count
        self._end("same" if count == before else "changed", new.name, before)

    def whole(self, page: Page, piece: Piece, kind: str, words: str = "") -> None:
        """Write what is in one page only; at the top level, it is a block."""
        if self._level:
            super().whole(page, piece, kind, words)
            return
        before = self.marks.count
        super().whole(page, piece, kind, "moved" if piece.key in self._moved else words)
        self._end(kind, piece.name, before)

    def finished(self) -> tuple[MarkedBlock, ...]:
        """Return the blocks."""
        rest = self.marks.take()
        if rest and self._blocks:
            self._blocks[-1] = replace(self._blocks[-1], html=self._blocks[-1].html + rest)
        elif rest:
            self._blocks.append(MarkedBlock(rest, "unseen", ""))
        return tuple(self._blocks)

    def _end(self, kind: str, name: str, before: int) -> None:
        count = self.marks.count
        if kind in (GONE, NEW):
            changes = (count, count)
        else:
            changes = (before + 1, count) if count > before else (0, 0)
        self._blocks.append(MarkedBlock(self.marks.take(), kind, name, changes))


def _assume_equal(one: Page, root: Element, two: Page, other: Element) -> None:
    """Spare what is written alike in both a closer look."""
    olds = [child for child in root.children if child.name[0] != "#"]
    news = [child for child in other.children if child.name[0] != "#"]
    sources = [one.source(child.start, child.end) for child in olds]
    others = [two.source(child.start, child.end) for child in news]
    for place, counterpart in align(sources, others):
        old = olds[place]
        if one.seen.text(old.start, old.end).strip() and not one.seen.is_unseen(old):
            key = hash(sources[place])
            one.seen.assume(old, key)
            two.seen.assume(news[counterpart], key)
