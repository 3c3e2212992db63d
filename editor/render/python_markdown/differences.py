"""Where two lists differ."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def same_ends(one: Sequence[Any], other: Sequence[Any]) -> tuple[int, int]:
    """Return how many elements the two begin with alike, and how many of the others they end with alike."""
    most = min(len(one), len(other))
    head = 0
    while head < most and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < most - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return head, tail


def differences(
    one: Sequence[Any], other: Sequence[Any], most: int = 400
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the runs in which the two differ, from front to back: begin and end in one, begin and end in the other.

    Elements must be hashable. Between the ends that are alike, more than `most` elements are one run: to compare
    them takes time that grows with their square.
    """
    head, tail = same_ends(one, other)
    low, high = len(one) - tail, len(other) - tail
    if max(low, high) - head > most:
        yield head, low, head, high
        return
    matcher = SequenceMatcher(None, one[head:low], other[head:high], autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            yield head + start, head + end, head + first, head + last
