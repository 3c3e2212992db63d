"""Where two versions of a file differ, as pieces that can be taken one by one; every byte as it is."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_MOST = 1_000
"""Lines: where more than so many without a landmark stand on both sides, they are not paired, which is slow."""


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
        for places in _joined(_differing(old, new, 0, len(old), 0, len(new)))
    ]


def with_hunks(before: bytes, after: bytes, chosen: Collection[int]) -> bytes:
    """Return `before` with only those hunks of `after` whose numbers, from 0, are in `chosen`.

    All of them give `after`, none gives `before`. A number that no hunk has is ignored.
    """
    old = lines_of(before)
    kept: list[bytes] = []
    done = 0
    for number, hunk in enumerate(hunks(before, after)):
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


def _differing(
    old: Sequence[bytes], new: Sequence[bytes], start: int, end: int, new_start: int, new_end: int
) -> Iterator[_Places]:
    """Yield the differing places between two landmarks: lines that both sides have exactly once are such."""
    while start < end and new_start < new_end and old[start] == new[new_start]:
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
        end, new_end = end - 1, new_end - 1
    if start == end and new_start == new_end:
        return
    if start == end or new_start == new_end:
        yield start, end, new_start, new_end
        return
    landmarks = _landmarks(old, new, start, end, new_start, new_end)
    if not landmarks:
        yield from _paired(old, new, start, end, new_start, new_end)
        return
    for place, new_place in landmarks:
        yield from _differing(old, new, start, place, new_start, new_place)
        start, new_start = place + 1, new_place + 1
    yield from _differing(old, new, start, end, new_start, new_end)


def _paired(
    old: Sequence[bytes], new: Sequence[bytes], start: int, end: int, new_start: int, new_end: int
) -> Iterator[_Places]:
    if end - start > _MOST and new_end - new_start > _MOST:
        yield start, end, new_start, new_end
        return
    matcher = SequenceMatcher(None, old[start:end], new[new_start:new_end], autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag != "equal":
            yield start + old_from, start + old_to, new_start + new_from, new_start + new_to


def _landmarks(
    old: Sequence[bytes], new: Sequence[bytes], start: int, end: int, new_start: int, new_end: int
) -> list[tuple[int, int]]:
    """Return the lines that are there once on both sides and in the same order on both: the most that can be.

    Source of the way: Bram Cohen's patience diff.
    """
    once = _once(old, start, end)
    new_once = _once(new, new_start, new_end)
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


def _once(lines: Sequence[bytes], start: int, end: int) -> dict[bytes, int]:
    places: dict[bytes, int] = {}
    again: set[bytes] = set()
    for place in range(start, end):
        line = lines[place]
        if line in places:
            again.add(line)
        places[line] = place
    return {line: place for line, place in places.items() if line not in again}
