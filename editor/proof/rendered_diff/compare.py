"""Writes two pages as one with marks: blocks are paired; what has no counterpart is marked as a whole."""

from collections.abc import Sequence

from editor.proof.rendered_diff.alignment import Pair, align, pair_alike
from editor.proof.rendered_diff.compare_code import CodeComparison
from editor.proof.rendered_diff.compare_words import ALIKE, ALIKE_ALONE, TEXT_NAMES
from editor.proof.rendered_diff.elements import VOID, Element
from editor.proof.rendered_diff.marks import GONE, NEW
from editor.proof.rendered_diff.pieces import RUN, Page, Piece

_DEEPEST = 60
"""Levels; deeper blocks are replaced as a whole."""
_MARKED_DEEPEST = 40
_PARALLEL = ("tabbed-set", "tabbed-labels", "tabbed-content")
"""Classes of elements whose children belong together by their place."""

Places = list[tuple[int | None, int | None]]
"""Which of two lists of children belong together, in order; None: it has no counterpart."""


class Comparison(CodeComparison):
    """Compares two pages into the marks of one."""

    def pairs(self, old: Sequence[Piece], new: Sequence[Piece]) -> list[Pair]:
        """Return which of two lists of blocks belong together, in order."""
        sure = align([piece.key for piece in old], [piece.key for piece in new])
        pairs: list[Pair] = []
        low = first = 0
        for place, counterpart in [*sure, (len(old), len(new))]:
            pairs += self._alike(old, low, place, new, first, counterpart)
            if place < len(old):
                pairs.append((place, counterpart))
            low, first = place + 1, counterpart + 1
        return pairs

    def _alike(
        self, old: Sequence[Piece], low: int, high: int, new: Sequence[Piece], first: int, last: int
    ) -> list[Pair]:
        alone = high - low == last - first == 1
        found = pair_alike(
            high - low,
            last - first,
            lambda i, j: self._likeness(old[low + i], new[first + j]),
            ALIKE_ALONE if alone else ALIKE,
        )
        return [(low + i, first + j) for i, j in found]

    def between(self, old: Element, new: Element, depth: int) -> None:
        """Write what lies inside of two blocks that hold other blocks."""
        olds, news = self.before.blocks(old), self.after.blocks(new)
        forced = self._forced(old, new, olds, news)
        places = forced if forced is not None else in_order(self.pairs(olds, news), len(olds), len(news))
        self.sequence(olds, old.inner, old.outer, news, new.inner, new.outer, places, depth)

    def sequence(
        self,
        old: Sequence[Piece],
        old_start: int,
        old_end: int,
        new: Sequence[Piece],
        new_start: int,
        new_end: int,
        places: Places,
        depth: int,
    ) -> None:
        """Write blocks in the order of `places`, with what nobody sees between them."""
        at, there = old_start, new_start
        index = 0
        while index < len(places):
            place, counterpart = places[index]
            if place is not None and counterpart is not None:
                self._gap(at, old[place].start, there, new[counterpart].start)
                self.pair(old[place], new[counterpart], depth)
                at, there = old[place].end, new[counterpart].end
                index += 1
                continue
            # What is gone comes before what is new; the spaces before the first of each are one.
            gone: list[Piece] = []
            fresh: list[Piece] = []
            while index < len(places) and None in places[index]:
                place, counterpart = places[index]
                if place is not None:
                    gone.append(old[place])
                elif counterpart is not None:
                    fresh.append(new[counterpart])
                index += 1
            self._gap(at, gone[0].start if gone else at, there, fresh[0].start if fresh else there)
            for number, piece in enumerate(gone):
                if number:
                    self.marks.unseen(self.before.source(gone[number - 1].end, piece.start), "")
                self.whole(self.before, piece, GONE)
            for number, piece in enumerate(fresh):
                if number:
                    self.marks.unseen("", self.after.source(fresh[number - 1].end, piece.start))
                self.whole(self.after, piece, NEW)
            at = gone[-1].end if gone else at
            there = fresh[-1].end if fresh else there
        self._gap(at, old_end, there, new_end)

    def pair(self, old: Piece, new: Piece, depth: int = 0) -> None:
        """Write two blocks that belong together, or two runs of text."""
        before, after = self.before.of(old), self.after.of(new)
        if before == after:
            self.marks.same(after)
            return
        self.marks.end_change()
        if old.key == new.key:
            self.marks.unseen(before, after)
            self.marks.end_change()
            return
        wholes = (
            piece.element is not None and page.seen.is_whole(piece.element)
            for page, piece in ((self.before, old), (self.after, new))
        )
        if (
            depth > _DEEPEST
            or any(wholes)
            or (old.name != new.name and not {old.name, new.name} <= TEXT_NAMES)
        ):
            self.whole(self.before, old, GONE)
            self.whole(self.after, new, NEW)
        else:
            self._inside(old, new, depth)
        self.marks.end_change()

    def _inside(self, old: Piece, new: Piece, depth: int) -> None:
        source, other = self.before.source, self.after.source
        one, two = _opened(old), _opened(new)
        self.marks.unseen(source(one.start, one.inner), other(two.start, two.inner))
        if old.name == "pre":
            self._code(one, two, depth)
        elif self.before.holds_blocks(one) or self.after.holds_blocks(two):
            self.between(one, two, depth + 1)
        else:
            self.text(self.before.words(one.children), self.after.words(two.children), depth)
        self.marks.unseen(source(one.outer, one.end), other(two.outer, two.end))

    def _forced(
        self, old: Element, new: Element, olds: Sequence[Piece], news: Sequence[Piece]
    ) -> Places | None:
        """Return which children belong together where that is by their place: cells of a row, tabs."""
        same_count = len(olds) == len(news) and [p.name for p in olds] == [p.name for p in news]
        tags = (self.before.source(old.start, old.inner), self.after.source(new.start, new.inner))
        parallel = all(any(name in tag for name in _PARALLEL) for tag in tags)
        if same_count and (parallel or old.name == "tr"):
            return [(index, index) for index in range(len(olds))]
        return None

    def whole(self, page: Page, piece: Piece, kind: str, words: str = "") -> None:
        """Write a block that is in one of the pages only."""
        element = piece.element
        if element is None:
            self.marks.change(kind, page.of(piece), words)
        elif page.seen.is_whole(element) or element.name in ("#broken", "#stray"):
            self.marks.change(kind, page.of(piece), " ".join(filter(None, ("block", words))))
        else:
            self.marks.begin_block(kind, page.source(element.start, element.inner), words)
            self._content(page, element, kind, 0)
            self.marks.plain(page.source(element.outer, element.end))
            unclosed = element.outer == element.end and element.name not in VOID
            self.marks.end_block(element.name if unclosed else "")

    def _content(self, page: Page, element: Element, kind: str, depth: int) -> None:
        """Mark the text of a block, where it stands; around blocks there is no place for marks."""
        if element.name in VOID:
            return
        if depth > _MARKED_DEEPEST:
            self.marks.plain(page.source(element.inner, element.outer))
            return
        if element.name == "pre":
            core = self._core(page, element)
            self.marks.plain(page.source(element.inner, core.inner))
            self._lines(page.lines(core), page, kind)
            self.marks.plain(page.source(core.outer, element.outer))
            return
        at = element.inner
        for piece in page.blocks(element):
            self.marks.plain(page.source(at, piece.start))
            if piece.element is None:
                self.marks.change(kind, page.of(piece))
            elif page.seen.is_whole(piece.element):
                self.marks.change(kind, page.of(piece), "block")
            else:
                inner = piece.element
                self.marks.plain(page.source(inner.start, inner.inner))
                self._content(page, inner, kind, depth + 1)
                self.marks.plain(page.source(inner.outer, inner.end))
            at = piece.end
        self.marks.plain(page.source(at, element.outer))


def _opened(piece: Piece) -> Element:
    """Return the element of a block; of a run of text, one without tags."""
    if piece.element is not None:
        return piece.element
    run = Element(RUN, piece.start, piece.start, piece.end)
    run.children = piece.inside
    return run


def in_order(pairs: list[Pair], first: int, second: int) -> Places:
    """Return the places of two lists of `first` and `second` elements, those of `pairs` together."""
    places: Places = []
    low = other = 0
    for place, counterpart in [*pairs, (first, second)]:
        places += [(index, None) for index in range(low, place)]
        places += [(None, index) for index in range(other, counterpart)]
        if place < first:
            places.append((place, counterpart))
        low, other = place + 1, counterpart + 1
    return places
