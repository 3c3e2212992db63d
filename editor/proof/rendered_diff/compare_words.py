"""Marks the words that differ between two runs of text, where they stand between their tags."""

from collections.abc import Sequence

from editor.proof.rendered_diff.alignment import Pair, align, pair_alike
from editor.proof.rendered_diff.marks import GONE, NEW, Marks
from editor.proof.rendered_diff.pieces import RUN, SPACE, UNSEEN, WORD, Page, Piece
from editor.proof.rendered_diff.seen import is_space, likeness

ALIKE = 0.4
"""How much of their words two blocks have in common that are one block changed."""
ALIKE_ALONE = 0.25
"""The same where each stands alone between others that are paired."""
TEXT_NAMES = frozenset((RUN, "p"))
"""What may be one thing changed although its name is another."""
_TITLES = frozenset(("summary", "caption", "figcaption", "legend", "label"))
_TITLE_CLASS = "admonition-title"
_FEW = 12
"""Letters between two changes that are not worth to be kept apart, if both changes are as long."""

Step = tuple[int, int, int, int, str]
"""From a piece to another (not included) in the one text, and in the other; and whether they are the `same`, a `pair`
of elements that are alike, or `other`."""


class WordComparison:
    """Compares runs of text of two pages into marks."""

    def __init__(self, before: Page, after: Page, marks: Marks) -> None:
        self.before = before
        self.after = after
        self.marks = marks

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

    def _likeness(self, old: Piece, new: Piece) -> float:
        if old.key == new.key:
            return 1.0
        if old.name != new.name and not {old.name, new.name} <= TEXT_NAMES:
            return 0.0
        if any(
            piece.element is not None and page.seen.is_whole(piece.element)
            for page, piece in ((self.before, old), (self.after, new))
        ):
            return 0.0
        words = self.before.seen.words(old.start, old.end), self.after.seen.words(new.start, new.end)
        are_titles = self._is_title(self.before, old) and self._is_title(self.after, new)
        return max(likeness(*words), ALIKE if are_titles else 0.0)

    def _is_title(self, page: Page, piece: Piece) -> bool:
        """Return whether `piece` is what a box has one of: however it is changed, it is that."""
        element = piece.element
        if element is None:
            return False
        return element.name in _TITLES or _TITLE_CLASS in page.source(element.start, element.inner)

    def _gap(self, old_start: int, old_end: int, new_start: int, new_end: int) -> None:
        self.marks.unseen(self.before.source(old_start, old_end), self.after.source(new_start, new_end))

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

    def _steps(self, old: list[Piece], new: list[Piece]) -> list[Step]:
        """Return how to come from `old` to `new`: runs that are the same, pairs of elements, and what is replaced."""
        sure = align([piece.key for piece in old], [piece.key for piece in new])
        steps: list[Step] = []
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

        return [(ours[i], theirs[j]) for i, j in pair_alike(len(ours), len(theirs), alike, ALIKE_ALONE)]

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


def _is_seen(piece: Piece, *, pre: bool) -> bool:
    return piece.key is not None and (pre or not is_space(piece.key))


def _is_block(page: Page, piece: Piece) -> bool:
    return piece.element is not None and page.seen.is_block(piece.element)


def _joined(steps: list[Step], weights: list[int], others: list[int]) -> list[Step]:
    """Make one change of two with next to nothing between them: single letters amid marks can't be read."""
    result: list[Step] = []
    for index, step in enumerate(steps):
        low, high, _first, last, kind = step
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
            if here <= 1 or (here <= _FEW and here <= left and here <= right):
                result[-1] = (result[-1][0], high, result[-1][2], last, "other")
                continue
        if kind == "other" and result and result[-1][4] == "other":
            result[-1] = (result[-1][0], high, result[-1][2], last, "other")
            continue
        result.append(step)
    return result


def _weight(step: Step, weights: list[int], others: list[int]) -> int:
    low, high, first, last, _kind = step
    return max(sum(weights[low:high]), sum(others[first:last]))
