"""Places in a text that move with what is typed before them, however many there are."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from editor.ui.text_editor.lines_on_screen import Range


class MovingPlaces:
    """Places in order, none overlapping another, in the document's positions.

    Those behind the place that was typed in last are held without the shift that they have in common, so that a key
    costs the same with ten of them and with ten thousand.
    """

    def __init__(self, places: Sequence[Range] = ()) -> None:
        self._starts = [start for start, _end in places]
        self._ends = [end for _start, end in places]
        self._gap = len(self._starts)
        """From this one on, places lack the shift."""
        self._shift = 0

    def __len__(self) -> int:
        return len(self._starts)

    def shift(self, position: int, removed: int, added: int) -> None:
        """Follow a change of the text; places that it touches are dropped."""
        self._move_gap(self._index(self._ends, position))
        stop = bisect_left(self._starts, position + removed - self._shift, self._gap)
        del self._starts[self._gap : stop], self._ends[self._gap : stop]
        self._shift += added - removed

    def between(self, first: int, last: int) -> Iterator[Range]:
        """Give the places that reach behind `first` and start before `last`."""
        for index in range(self._index(self._ends, first), len(self._starts)):
            shift = self._shift if index >= self._gap else 0
            if self._starts[index] + shift >= last:
                return
            yield self._starts[index] + shift, self._ends[index] + shift

    def _index(self, places: list[int], position: int) -> int:
        """Return the first of `places` (starts or ends) behind `position`."""
        found = bisect_right(places, position, 0, self._gap)
        return found if found < self._gap else bisect_right(places, position - self._shift, self._gap)

    def _move_gap(self, index: int) -> None:
        by = self._shift if index > self._gap else -self._shift
        if by:
            for moved in range(min(index, self._gap), max(index, self._gap)):
                self._starts[moved] += by
                self._ends[moved] += by
        self._gap = index
