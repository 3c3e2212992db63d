"""What lines two texts differ in, for people to read."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

_CONTEXT = 3
_MOST = 3_000
"""Lines: where more than so many differ on both sides, they are not paired, which would take seconds."""


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a diff."""

    kind: str
    """`same`, `gone`, `new`, or `skipped` where lines in between are left out."""
    text: str
    """Without its line ending."""
    line: int
    """Its number, from 1, in the text that it is of; in the later one for `same` and `skipped`."""


def diff_lines(before: str, after: str, context: int = _CONTEXT) -> list[DiffLine]:
    """Return the lines that differ, with `context` lines around; empty where the texts are equal.

    Lines that differ in their ending only are different, as they are for git.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head == len(old) == len(new):
        return []
    changes = list(_changes(old[head : len(old) - tail], new[head : len(new) - tail], head))
    found: list[DiffLine] = []
    done = 0
    for old_start, old_end, new_start, new_end in changes:
        start = max(done, new_start - context)
        if start > done:
            found.append(DiffLine("skipped", "", done + 1))
        found += [DiffLine("same", _bare(new[index]), index + 1) for index in range(start, new_start)]
        found += [DiffLine("gone", _bare(old[index]), index + 1) for index in range(old_start, old_end)]
        found += [DiffLine("new", _bare(new[index]), index + 1) for index in range(new_start, new_end)]
        done = new_end
        following = next(
            (change[2] for change in changes if change[2] >= new_end and change[0] >= old_end), None
        )
        end = min(len(new), new_end + context) if following is None else min(following, new_end + context)
        found += [DiffLine("same", _bare(new[index]), index + 1) for index in range(new_end, end)]
        done = max(done, end)
    if done < len(new):
        found.append(DiffLine("skipped", "", done + 1))
    return found


def count_changed(lines: list[DiffLine]) -> int:
    """Return how many lines a reader would say were changed: a changed line is gone and new at once."""
    count = gone = new = 0
    for line in [*lines, DiffLine("same", "", 0)]:
        if line.kind == "gone":
            gone += 1
        elif line.kind == "new":
            new += 1
        else:
            count += max(gone, new)
            gone = new = 0
    return count


def _changes(old: list[str], new: list[str], shift: int) -> Iterator[tuple[int, int, int, int]]:
    if len(old) > _MOST and len(new) > _MOST:
        yield shift, shift + len(old), shift, shift + len(new)
        return
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield shift + old_start, shift + old_end, shift + new_start, shift + new_end


def _bare(line: str) -> str:
    return line.rstrip("\r\n\u2028\u2029\x0b\x0c\x1c\x1d\x1e\x85")
