"""Where two versions of a file differ, as pieces that can be taken one by one; every byte as it is."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

_MOST_STEPS = 500_000
"""What a search may cost, about a quarter of a second; what is left then is taken as one piece."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that stand on one side only, or differ: `gone` are replaced by `new`.

    Lines are counted from 0, the ends are exclusive; a line ends with its line feed, nothing else ends one.
    """

    before_start: int
    before_end: int
    after_start: int
    after_end: int
    gone: tuple[bytes, ...]
    """The lines of the earlier version, with their endings."""
    new: tuple[bytes, ...]
    """The lines of the later one."""


def lines_of(content: bytes) -> list[bytes]:
    """Return the lines of `content` with their endings; together they are `content`.

    Only a line feed ends a line, as for git: a carriage return is a sign of the line that it stands in.
    """
    lines = content.split(b"\n")
    last = lines.pop()
    found = [line + b"\n" for line in lines]
    return [*found, last] if last else found


def hunks(before: bytes, after: bytes) -> list[Hunk]:
    """Return where `after` differs from `before`, from the top; empty where they are equal.

    Between two hunks is at least one line that both have.
    """
    old, new = lines_of(before), lines_of(after)
    return [
        Hunk(*places, gone=tuple(old[places[0] : places[1]]), new=tuple(new[places[2] : places[3]]))
        for places in _joined(_Search(old, new).differing())
    ]


def with_hunks(before: bytes, after: bytes, chosen: Collection[int]) -> bytes:
    """Return `before` with only those hunks of `after` whose numbers, from 0, are in `chosen`.

    All of them give `after`, none gives `before`. A number that no hunk has is ignored.
    """
    return put_in(before, hunks(before, after), chosen)


def put_in(before: bytes, found: Iterable[Hunk], chosen: Collection[int]) -> bytes:
    """Return what `with_hunks` does, of hunks that were found already: to find them takes most of the time."""
    old = lines_of(before)
    kept: list[bytes] = []
    done = 0
    for number, hunk in enumerate(found):
        if number not in chosen:
            continue
        kept += old[done : hunk.before_start]
        kept += hunk.new
        done = hunk.before_end
    kept += old[done:]
    return b"".join(kept)


_Places = tuple[int, int, int, int]


def _joined(places: Iterator[_Places]) -> list[_Places]:
    """Join what touches: pieces between landmarks are looked at singly."""
    found: list[_Places] = []
    for start, end, new_start, new_end in places:
        if found and found[-1][1] == start and found[-1][3] == new_start:
            found[-1] = (found[-1][0], end, found[-1][2], new_end)
        else:
            found.append((start, end, new_start, new_end))
    return found


class _Search:
    """The search for what differs in two lists of lines, with a bound on what it may cost."""

    def __init__(self, old: Sequence[bytes], new: Sequence[bytes]) -> None:
        self._old, self._new = old, new
        self._steps = _MOST_STEPS + 8 * (len(old) + len(new))

    def differing(self) -> Iterator[_Places]:
        """Yield the places that differ; lines that both sides of a part have exactly once are landmarks in it."""
        old, new = self._old, self._new
        parts = [(0, len(old), 0, len(new))]
        while parts:
            start, end, new_start, new_end = parts.pop()
            while start < end and new_start < new_end and old[start] == new[new_start]:
                start, new_start = start + 1, new_start + 1
            while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
                end, new_end = end - 1, new_end - 1
            if start == end or new_start == new_end:
                if start < end or new_start < new_end:
                    yield start, end, new_start, new_end
                continue
            landmarks = self._landmarks(start, end, new_start, new_end)
            if not landmarks:
                yield from self._paired(start, end, new_start, new_end)
                continue
            between: list[_Places] = []
            for place, new_place in landmarks:
                between.append((start, place, new_start, new_place))
                start, new_start = place + 1, new_place + 1
            parts += [*between, (start, end, new_start, new_end)][::-1]

    def _landmarks(self, start: int, end: int, new_start: int, new_end: int) -> list[tuple[int, int]]:
        """Return the lines that are there once on both sides and in the same order on both: the most that can be.

        Source of the way: Bram Cohen's patience diff.
        """
        self._steps -= end - start + new_end - new_start
        if self._steps < 0:
            return []
        once = _once(self._old, start, end)
        new_once = _once(self._new, new_start, new_end)
        pairs = [(once[line], place) for line, place in new_once.items() if line in once]
        pairs.sort()
        ends: list[int] = []
        last: list[int] = []
        before: list[int] = []
        for number, (_place, new_place) in enumerate(pairs):
            at = bisect_left(ends, new_place)
            before.append(last[at - 1] if at else -1)
            if at == len(ends):
                ends.append(new_place)
                last.append(number)
            else:
                ends[at], last[at] = new_place, number
        found: list[tuple[int, int]] = []
        number = last[-1] if last else -1
        while number >= 0:
            found.append(pairs[number])
            number = before[number]
        return found[::-1]

    def _paired(self, start: int, end: int, new_start: int, new_end: int) -> Iterator[_Places]:
        """Yield what differs where there is no landmark, by the fewest lines; all of it where that is too dear."""
        for old_from, new_from, length in self._common(start, end, new_start, new_end):
            if start < old_from or new_start < new_from:
                yield start, old_from, new_start, new_from
            start, new_start = old_from + length, new_from + length
        if start < end or new_start < new_end:
            yield start, end, new_start, new_end

    def _common(self, start: int, end: int, new_start: int, new_end: int) -> list[tuple[int, int, int]]:
        """Return the runs of lines that stay: where in both, and how many.

        Source of the way: Eugene W. Myers, An O(ND) Difference Algorithm and Its Variations, figure 2.
        """
        old, new = self._old, self._new
        count, new_count = end - start, new_end - new_start
        furthest = {1: 0}
        trail: list[dict[int, int]] = []
        for edits in range(count + new_count + 1):
            trail.append(dict(furthest))
            self._steps -= edits + 1
            if self._steps < 0:
                return []
            for diagonal in range(-edits, edits + 1, 2):
                below = furthest.get(diagonal - 1, -1)
                above = furthest.get(diagonal + 1, -1)
                x = above if diagonal == -edits or (diagonal != edits and below < above) else below + 1
                y = x - diagonal
                while x < count and y < new_count and old[start + x] == new[new_start + y]:
                    x, y = x + 1, y + 1
                furthest[diagonal] = x
                if x >= count and y >= new_count:
                    return _runs(trail, count, new_count, start, new_start)
        return []


def _runs(
    trail: list[dict[int, int]], x: int, y: int, start: int, new_start: int
) -> list[tuple[int, int, int]]:
    """Walk back along the trail of `_common`, from the end of both, and return the runs on the way."""
    runs: list[tuple[int, int, int]] = []
    for edits in range(len(trail) - 1, -1, -1):
        furthest = trail[edits]
        diagonal = x - y
        below, above = furthest.get(diagonal - 1, -1), furthest.get(diagonal + 1, -1)
        back = diagonal + 1 if diagonal == -edits or (diagonal != edits and below < above) else diagonal - 1
        from_x = furthest.get(back, 0) if edits else 0
        from_y = from_x - back if edits else 0
        run_x = from_x + 1 if edits and back == diagonal - 1 else from_x
        if x > run_x:
            runs.append((start + run_x, new_start + run_x - diagonal, x - run_x))
        x, y = from_x, from_y
    return runs[::-1]


def _once(lines: Sequence[bytes], start: int, end: int) -> dict[bytes, int]:
    places: dict[bytes, int] = {}
    again: set[bytes] = set()
    for place in range(start, end):
        line = lines[place]
        if line in places:
            again.add(line)
        places[line] = place
    return {line: place for line, place in places.items() if line not in again}
