"""Which elements of two lists belong together, in order: fast where little differs, bounded where everything does."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence

_MOST_EDITS = 300
"""Elements that may differ between two anchors; beyond that, all between them is taken to differ."""
_LARGEST_TABLE = 2_500
"""Pairs that are all compared; of more, only those that are near each other."""
_NEAR = 6

Pair = tuple[int, int]
"""A place in the one list, and one in the other."""


def align(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[Pair]:
    """Return pairs of equal elements, rising on both sides; as many as there are, where little differs."""
    pairs: list[Pair] = []
    _align(one, 0, len(one), other, 0, len(other), pairs)
    return pairs


def pair_alike(first: int, second: int, likeness: Callable[[int, int], float], enough: float) -> list[Pair]:
    """Return pairs of places in lists of `first` and `second` elements, rising on both sides, that are alike.

    `likeness` gives how much two are alike, 0 to 1; below `enough` they are not paired.
    """
    if not first or not second:
        return []
    if first * second > _LARGEST_TABLE:
        return _pair_near(first, second, likeness, enough)
    # best[i][j]: the most that can be had of what follows i and j
    best = [[0.0] * (second + 1) for _row in range(first + 1)]
    like = [[likeness(i, j) for j in range(second)] for i in range(first)]
    for i in range(first - 1, -1, -1):
        for j in range(second - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if like[i][j] >= enough:
                best[i][j] = max(best[i][j], best[i + 1][j + 1] + like[i][j])
    pairs: list[Pair] = []
    i = j = 0
    while i < first and j < second:
        if like[i][j] >= enough and best[i][j] == best[i + 1][j + 1] + like[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _pair_near(first: int, second: int, likeness: Callable[[int, int], float], enough: float) -> list[Pair]:
    pairs: list[Pair] = []
    next_other = 0
    for i in range(first):
        found = [(likeness(i, j), -j) for j in range(next_other, min(second, next_other + _NEAR))]
        like, place = max(found, default=(0.0, 0))
        if like >= enough:
            pairs.append((i, -place))
            next_other = 1 - place
        elif second - next_other > first - i:
            next_other += 1  # both come to their ends together
    return pairs


def _align(
    one: Sequence[Hashable],
    low: int,
    high: int,
    other: Sequence[Hashable],
    first: int,
    last: int,
    pairs: list[Pair],
) -> None:
    while low < high and first < last and one[low] == other[first]:
        pairs.append((low, first))
        low, first = low + 1, first + 1
    tail = 0
    while low < high - tail and first < last - tail and one[high - 1 - tail] == other[last - 1 - tail]:
        tail += 1
    high, last = high - tail, last - tail
    if low < high and first < last:
        anchors = _anchors(one, low, high, other, first, last)
        if anchors:
            for place, counterpart in [*anchors, (high, last)]:
                if place > low or counterpart > first:
                    # Between two anchors only what is next to them can be alike without being an anchor itself, or
                    # what stands there more than once.
                    _align(one, low, place, other, first, counterpart, pairs)
                if place < high:
                    pairs.append((place, counterpart))
                low, first = place + 1, counterpart + 1
        else:
            pairs += _fewest_edits(one, low, high, other, first, last)
    pairs += [(high + step, last + step) for step in range(tail)]


def _anchors(
    one: Sequence[Hashable], low: int, high: int, other: Sequence[Hashable], first: int, last: int
) -> list[Pair]:
    """Return the pairs of what stands once on either side, the most that rise on both."""
    counts, other_counts = Counter(one[low:high]), Counter(other[first:last])
    places = {
        key: index
        for index, key in enumerate(other[first:last], first)
        if other_counts[key] == counts[key] == 1
    }
    common = [(index, places[key]) for index, key in enumerate(one[low:high], low) if key in places]
    ends: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for index, (_place, counterpart) in enumerate(common):
        length = bisect_left(ends, counterpart)
        before.append(holders[length - 1] if length else -1)
        ends[length : length + 1] = [counterpart]
        holders[length : length + 1] = [index]
    found: list[Pair] = []
    index = holders[-1] if holders else -1
    while index >= 0:
        found.append(common[index])
        index = before[index]
    return found[::-1]


def _fewest_edits(
    one: Sequence[Hashable], low: int, high: int, other: Sequence[Hashable], first: int, last: int
) -> list[Pair]:
    """Return the pairs that leave the fewest elements over (Myers, 1986); none where more than a bound differ."""
    length, width = high - low, last - first
    reach = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(length + width, _MOST_EDITS) + 1):
        trace.append(reach.copy())
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
            x = reach[diagonal + 1] if down else reach[diagonal - 1] + 1
            y = x - diagonal
            while x < length and y < width and one[low + x] == other[first + y]:
                x, y = x + 1, y + 1
            reach[diagonal] = x
            if x >= length and y >= width:
                return _walk_back(trace, length, width, low, first)
    return []


def _walk_back(trace: list[dict[int, int]], x: int, y: int, low: int, first: int) -> list[Pair]:
    pairs: list[Pair] = []
    for edits in range(len(trace) - 1, -1, -1):
        reach, diagonal = trace[edits], x - y
        down = diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
        from_x = reach[diagonal + 1] if down else reach[diagonal - 1]
        from_y = from_x - (diagonal + 1 if down else diagonal - 1)
        start_x = from_x if down else from_x + 1
        while x > max(start_x, 0) and y > 0 and x > start_x:
            x, y = x - 1, y - 1
            pairs.append((low + x, first + y))
        x, y = max(from_x, 0), max(from_y, 0)
    return pairs[::-1]
