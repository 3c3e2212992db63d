"""Writes two pages as one with marks: blocks are paired, words within a pair marked where they stand."""

from collections import Counter
from collections.abc import Sequence

from editor.proof.rendered_diff.alignment import Pair, align, pair_alike
from editor.proof.rendered_diff.elements import VOID, Element
from editor.proof.rendered_diff.marks import GONE, NEW, Marks
from editor.proof.rendered_diff.pieces import RUN, SPACE, UNSEEN, WORD, Page, Piece
from editor.proof.rendered_diff.seen import is_space, likeness

_ALIKE = 0.4
"""How much of their words two blocks have in common that are one block changed."""
_ALIKE_ALONE = 0.25
"""The same where each stands alone between blocks that are paired."""
_LINES_ALIKE = 0.5
_DEEPEST = 60
"""Levels; deeper blocks are replaced as a whole."""
_MARKED_DEEPEST = 40
_PARALLEL = ("tabbed-set", "tabbed-labels", "tabbed-content")
"""Classes of elements whose children belong together by their place."""
_TEXT_NAMES = frozenset((RUN, "p"))

Places = list[tuple[int | None, int | None]]
"""Which of two lists of children belong together, in order; None: it has no counterpart."""


class Comparison:
    """Compares two pages into the marks of one."""

    def __init__(self, before: Page, after: Page, marks: Marks) -> None:
        self.before = before
        self.after = after
        self.marks = marks

    # ---- blocks

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
            _ALIKE_ALONE if alone else _ALIKE,
        )
        return [(low + i, first + j) for i, j in found]

    def _likeness(self, old: Piece, new: Piece) -> float:
        if old.key == new.key:
            return 1.0
        if old.name != new.name and not {old.name, new.name} <= _TEXT_NAMES:
            return 0.0
        if any(
            piece.element is not None and page.seen.is_whole(piece.element)
            for page, piece in ((self.before, old), (self.after, new))
        ):
            return 0.0
        return likeness(self.before.seen.words(old.start, old.end), self.after.seen.words(new.start, new.end))

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

    def _gap(self, old_start: int, old_end: int, new_start: int, new_end: int) -> None:
        self.marks.unseen(self.before.source(old_start, old_end), self.after.source(new_start, new_end))

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
            or (old.name != new.name and not {old.name, new.name} <= _TEXT_NAMES)
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

    # ---- words

    def text(self, old: list[Piece], new: list[Piece], depth: int, *, pre: bool = False) -> None:
        """Write two runs of text, the words marked that differ."""
        for change in _joined(
            self._steps(old, new), self._letters(self.before, old), self._letters(self.after, new)
        ):
            low, high, first, last, kind = change
            if kind == "same":
                for one, two in zip(old[low:high], new[first:last], strict=True):
                    self._same(one, two)
            elif kind == "pair":
                self._within(old[low], new[first], depth, pre=pre)
            else:
                self._replaced(old[low:high], new[first:last], pre=pre)

    def _same(self, old: Piece, new: Piece) -> None:
        before, after = self.before.of(old), self.after.of(new)
        if before != after:
            self.marks.unseen(before, after)
        elif new.name in (SPACE, UNSEEN):
            self.marks.plain(after)
            return
        else:
            self.marks.same(after)
        if new.name not in (SPACE, UNSEEN):
            self.marks.end_change()

    def _within(self, old: Piece, new: Piece, depth: int, *, pre: bool) -> None:
        one, two = old.element, new.element
        assert one is not None and two is not None
        self.marks.unseen(self.before.source(one.start, one.inner), self.after.source(two.start, two.inner))
        words = self.before.words(one.children, pre=pre), self.after.words(two.children, pre=pre)
        self.text(*words, depth + 1, pre=pre)
        self.marks.unseen(self.before.source(one.outer, one.end), self.after.source(two.outer, two.end))

    def _replaced(self, old: Sequence[Piece], new: Sequence[Piece], *, pre: bool) -> None:
        before = self.before.source(old[0].start, old[-1].end) if old else ""
        after = self.after.source(new[0].start, new[-1].end) if new else ""
        if not any(_is_seen(piece, pre=pre) for piece in (*old, *new)):
            self.marks.unseen(before, after)
            return
        for kind, page, pieces, source in ((GONE, self.before, old, before), (NEW, self.after, new, after)):
            if any(_is_seen(piece, pre=pre) for piece in pieces):
                words = "block" if any(_is_block(page, piece) for piece in pieces) else ""
                self.marks.change(kind, source, words)
            elif kind == GONE:
                self.marks.unseen(source, "")
            else:
                self.marks.unseen("", source)

    def _steps(self, old: list[Piece], new: list[Piece]) -> list[tuple[int, int, int, int, str]]:
        """Return how to come from `old` to `new`: runs that are the same, pairs of elements, and what is replaced."""
        sure = align([piece.key for piece in old], [piece.key for piece in new])
        steps: list[tuple[int, int, int, int, str]] = []
        low = first = 0
        for place, counterpart in [*sure, (len(old), len(new))]:
            start, beginning = low, first
            if start < place and beginning < counterpart:
                for i, j in self._elements_alike(old, start, place, new, beginning, counterpart):
                    if low < i or first < j:
                        steps.append((low, i, first, j, "other"))
                    steps.append((i, i + 1, j, j + 1, "pair"))
                    low, first = i + 1, j + 1
            if low < place or first < counterpart:
                steps.append((low, place, first, counterpart, "other"))
            if place < len(old):
                if steps and steps[-1][4] == "same":
                    low, _high, first, _last, _kind = steps.pop()
                else:
                    low, first = place, counterpart
                steps.append((low, place + 1, first, counterpart + 1, "same"))
            low, first = place + 1, counterpart + 1
        return steps

    def _elements_alike(
        self, old: list[Piece], low: int, high: int, new: list[Piece], first: int, last: int
    ) -> list[Pair]:
        ours = [i for i in range(low, high) if self._can_change(self.before, old[i])]
        theirs = [j for j in range(first, last) if self._can_change(self.after, new[j])]

        def alike(i: int, j: int) -> float:
            one, two = old[ours[i]], new[theirs[j]]
            assert one.element is not None and two.element is not None
            shown = (
                self.before.seen.shown_attributes(one.element),
                self.after.seen.shown_attributes(two.element),
            )
            return self._likeness(one, two) if shown[0] == shown[1] else 0.0

        return [(ours[i], theirs[j]) for i, j in pair_alike(len(ours), len(theirs), alike, _ALIKE_ALONE)]

    def _can_change(self, page: Page, piece: Piece) -> bool:
        element = piece.element
        return (
            element is not None
            and element.name[0] != "#"
            and piece.key is not None
            and bool(element.children)
            and not page.seen.is_whole(element)
            and not page.seen.is_block(element)
        )

    def _letters(self, page: Page, pieces: list[Piece]) -> list[int]:
        """Return how much each piece weighs for a reader: its letters, and much for a picture."""
        weights = []
        for piece in pieces:
            if piece.name in (SPACE, UNSEEN):
                weights.append(0)
            elif piece.name == WORD:
                source = page.of(piece)
                weights.append(len(source) if source[0].isalnum() or source[0] == "&" else 0)
            else:
                weights.append(max(8, len(page.seen.text(piece.start, piece.end))))
        return weights

    # ---- code

    def _code(self, old: Element, new: Element, depth: int) -> None:
        """Write two blocks of code: lines are paired, and words within a line marked."""
        one, two = self._core(self.before, old), self._core(self.after, new)
        self._gap(old.inner, one.inner, new.inner, two.inner)
        olds, news = self.before.lines(one), self.after.lines(two)
        texts = [self._line(self.before, line) for line in olds]
        others = [self._line(self.after, line) for line in news]
        words = [Counter(_words(text)) for text in texts]
        other_words = [Counter(_words(text)) for text in others]

        def alike(i: int, j: int) -> float:
            margins = (_margin(texts[i]), _margin(others[j]))
            return likeness(words[i], other_words[j]) if margins[0] == margins[1] else 0.0

        low = first = 0
        for place, counterpart in [*align(texts, others), (len(olds), len(news))]:
            found = pair_alike(
                place - low,
                counterpart - first,
                lambda i, j, low=low, first=first: alike(low + i, first + j),  # type: ignore[misc]
                _LINES_ALIKE,
            )
            for i, j in [*((low + i, first + j) for i, j in found), (place, counterpart)]:
                self._lines(olds[low:i], self.before, GONE)
                self._lines(news[first:j], self.after, NEW)
                if (i, j) != (place, counterpart):
                    self.marks.end_change()
                    self.text(olds[i], news[j], depth, pre=True)
                    self.marks.end_change()
                low, first = i + 1, j + 1
            if place < len(olds):
                before, after = _span(self.before, olds[place]), _span(self.after, news[counterpart])
                self.marks.unseen(before, after)
                self.marks.end_change()
        self._gap(one.outer, old.outer, two.outer, new.outer)

    def _lines(self, lines: list[list[Piece]], page: Page, kind: str) -> None:
        if lines:
            source = page.source(lines[0][0].start, lines[-1][-1].end)
            self.marks.change(kind, source, "line")

    def _line(self, page: Page, line: list[Piece]) -> str:
        return page.seen.text(line[0].start, line[-1].end).rstrip("\n")

    def _core(self, page: Page, element: Element) -> Element:
        """Return the element inside of a `pre` that holds its lines."""
        shown = [child for child in element.children if page.seen.key(child, pre=True) is not None]
        return shown[0] if len(shown) == 1 and shown[0].name == "code" else element

    # ---- whole blocks

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
            self.marks.end_block()

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
            self.marks.change(kind, page.source(core.inner, core.outer), "line")
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


def _is_seen(piece: Piece, *, pre: bool) -> bool:
    return piece.key is not None and (pre or not is_space(piece.key))


def _is_block(page: Page, piece: Piece) -> bool:
    return piece.element is not None and page.seen.is_block(piece.element)


def _joined(
    steps: list[tuple[int, int, int, int, str]], weights: list[int], others: list[int]
) -> list[tuple[int, int, int, int, str]]:
    """Make one change of two with next to nothing between them: single letters amid marks can't be read."""
    result: list[tuple[int, int, int, int, str]] = []
    for index, step in enumerate(steps):
        low, high, first, last, kind = step
        following = steps[index + 1] if index + 1 < len(steps) else None
        if (
            kind == "same"
            and result
            and result[-1][4] == "other"
            and following is not None
            and following[4] == "other"
        ):
            here = sum(weights[low:high])
            left = _weight(result[-1], weights, others)
            right = _weight(following, weights, others)
            if here <= 1 or (here <= 12 and here <= left and here <= right):
                result[-1] = (result[-1][0], high, result[-1][2], last, "other")
                continue
        if kind == "other" and result and result[-1][4] == "other":
            result[-1] = (result[-1][0], high, result[-1][2], last, "other")
            continue
        result.append(step)
    return result


def _weight(step: tuple[int, int, int, int, str], weights: list[int], others: list[int]) -> int:
    low, high, first, last, _kind = step
    return max(sum(weights[low:high]), sum(others[first:last]))


def _span(page: Page, pieces: list[Piece]) -> str:
    return page.source(pieces[0].start, pieces[-1].end)


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _words(text: str) -> list[str]:
    return text.split()
