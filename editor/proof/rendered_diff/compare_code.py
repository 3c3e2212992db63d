"""Marks the lines of code that differ, and words within a line."""

from editor.proof.rendered_diff.alignment import align, pair_alike
from editor.proof.rendered_diff.compare_words import WordComparison
from editor.proof.rendered_diff.elements import Element
from editor.proof.rendered_diff.marks import GONE, NEW
from editor.proof.rendered_diff.pieces import Page, Piece
from editor.proof.rendered_diff.seen import likeness, words_of

_ALIKE = 0.5
"""How much of their words two lines have in common that are one line changed."""


class CodeComparison(WordComparison):
    """Compares blocks of code too, in which every space counts."""

    def _code(self, old: Element, new: Element, depth: int) -> None:
        """Write two blocks of code: lines are paired, and words within a line marked."""
        one, two = self._core(self.before, old), self._core(self.after, new)
        self._gap(old.inner, one.inner, new.inner, two.inner)
        olds, news = self.before.lines(one), self.after.lines(two)
        texts = [self._line(self.before, line) for line in olds]
        others = [self._line(self.after, line) for line in news]
        words = [words_of(text) for text in texts]
        other_words = [words_of(text) for text in others]

        def alike(i: int, j: int) -> float:
            if not words[i] or _margin(texts[i]) != _margin(others[j]):
                return 0.0
            return likeness(words[i], other_words[j])

        low = first = 0
        for place, counterpart in [*align(texts, others), (len(olds), len(news))]:
            found = pair_alike(
                place - low,
                counterpart - first,
                lambda i, j, low=low, first=first: alike(low + i, first + j),  # type: ignore[misc]
                _ALIKE,
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
        for line in lines:
            self.marks.change(kind, _span(page, line), "line")

    def _line(self, page: Page, line: list[Piece]) -> str:
        return page.seen.text(line[0].start, line[-1].end).rstrip("\n")

    def _core(self, page: Page, element: Element) -> Element:
        """Return the element inside of a `pre` that holds its lines."""
        shown = [child for child in element.children if page.seen.key(child, pre=True) is not None]
        return shown[0] if len(shown) == 1 and shown[0].name == "code" else element


def _span(page: Page, pieces: list[Piece]) -> str:
    return page.source(pieces[0].start, pieces[-1].end)


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
