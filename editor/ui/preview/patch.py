"""What to change on the page so that it shows other blocks."""

from dataclasses import dataclass
from difflib import SequenceMatcher

_MOST_COMPARED = 400
"""Blocks; where more than these differ, they are one run."""


@dataclass(frozen=True, slots=True)
class Run:
    """Replace `removed` blocks from `start` on (counted in the blocks that the page shows) by `inserted`."""

    start: int
    removed: int
    inserted: tuple[str, ...]


def runs_between(shown: list[str], wanted: list[str]) -> list[Run]:
    """Return the runs that make `wanted` of `shown`, from front to back."""
    most = min(len(shown), len(wanted))
    head = 0
    while head < most and shown[head] == wanted[head]:
        head += 1
    tail = 0
    while tail < most - head and shown[-1 - tail] == wanted[-1 - tail]:
        tail += 1
    old, new = shown[head : len(shown) - tail], wanted[head : len(wanted) - tail]
    if not old and not new:
        return []
    if not old or not new or max(len(old), len(new)) > _MOST_COMPARED:
        return [Run(head, len(old), tuple(new))]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        Run(head + start, end - start, tuple(new[low:high]))
        for kind, start, end, low, high in matcher.get_opcodes()
        if kind != "equal"
    ]


def first_part(runs: list[Run], characters: int) -> list[Run]:
    """Return as many of `runs`, the last one cut short if need be, as bring in about `characters` of HTML.

    At least one block comes in, so that sending part by part comes to its end. A run that is cut short
    removes no more blocks than it brings in.
    """
    result: list[Run] = []
    left = characters
    for run in runs:
        count = 0
        for block in run.inserted:
            if left <= 0 and (result or count):
                break
            left -= len(block)
            count += 1
        if count == len(run.inserted):
            result.append(run)
            continue
        if count:
            result.append(Run(run.start, min(run.removed, count), run.inserted[:count]))
        break
    return result


def patched(shown: list[str], runs: list[Run]) -> list[str]:
    """Return the blocks of a page that showed `shown`, after `runs`."""
    result = list(shown)
    for run in reversed(runs):
        result[run.start : run.start + run.removed] = run.inserted
    return result
