"""What the writer made of a text and what somebody else made of it, brought together."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from editor.errors import GitError
from editor.git.merge import Conflict, Merged, merge
from editor.post.lines import usual_ending
from editor.post.text_edit import TextEdit
from editor.ui.text_editor.document_text import split_lines

_SMALL = 250_000
"""Lines of the one times lines of the other: so many are compared each with each."""

_MOST_EDITS = 60
"""Of more places than these, neighbours are changed as one: each is a change of the document."""

_Hunk = tuple[int, int, int, int]
"""Lines from, to before, of the one text, and of the other."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The outcome of three texts."""

    merged: Merged
    edits: tuple[TextEdit, ...]
    """What makes the merged text of the writer's, see `line_edits`; nothing where there are conflicts."""
    lines: int
    """How many lines that changes."""
    by_lines: bool = True
    """Whether the texts were compared line by line; without git, there is one conflict of the whole texts."""


def reconcile(base: str, ours: str, theirs: str) -> Reconciled:
    """Merge what became of `base` here and elsewhere; not for the GUI thread.

    Where all line endings were changed elsewhere, the lines of `ours` take the new ones.
    """
    by_lines = True
    base, here = _with_endings_of(theirs, base, ours)
    try:
        merged = merge(base, here, theirs)
    except GitError:
        merged = Merged((Conflict(here, base, theirs),))
        by_lines = False
    if not merged.clean:
        return Reconciled(merged, (), 0, by_lines)
    edits, lines = line_edits(ours, merged.text())
    return Reconciled(merged, tuple(edits), lines)


def line_edits(before: str, after: str) -> tuple[list[TextEdit], int]:
    """Return edits that make `after` of `before`, each of the text that those in front of it leave.

    And how many lines they change. They are small, so that a caret, a selection and the scroll place stand where
    they stood in the text, and none cuts a line ending in two.
    """
    if before == after:
        return [], 0
    old, new = split_lines(before), split_lines(after)
    hunks = list(_hunks(old, new))
    lines = sum(max(j - i, m - k) for i, j, k, m in hunks)
    edits = []
    line = offset = shift = 0
    for i, j, k, m in _fewer(hunks):
        offset += sum(map(len, old[line:i]))
        line = i
        edit = TextEdit.between("".join(old[i:j]), "".join(new[k:m]))
        if edit is None:
            continue
        edit = _with_whole_endings(TextEdit(offset + edit.start, offset + edit.end, edit.replacement), before)
        edits.append(TextEdit(edit.start + shift, edit.end + shift, edit.replacement))
        shift += len(edit.replacement) - (edit.end - edit.start)
    return edits, lines


def _hunks(old: list[str], new: list[str]) -> Iterator[_Hunk]:
    """Give the places that differ, in their order.

    Lines that are there once in both hold the texts together (the "patience" of version control), so that it takes
    no time that grows with the square of their length; what is between two of them is compared line with line.
    """
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        i, j, k, m = waiting.pop()
        while i < j and k < m and old[i] == new[k]:
            i, k = i + 1, k + 1
        while i < j and k < m and old[j - 1] == new[m - 1]:
            j, m = j - 1, m - 1
        if i == j and k == m:
            continue
        anchors = _anchors(old, new, (i, j, k, m)) if (j - i) * (m - k) > _SMALL else []
        if anchors:
            ends = [*anchors, (j, m)]
            starts = [(i, k), *((one + 1, other + 1) for one, other in anchors)]
            gaps = [(a, b, c, d) for (a, c), (b, d) in zip(starts, ends, strict=True)]
            waiting.extend(reversed(gaps))
        elif (j - i) * (m - k) > _SMALL:
            yield i, j, k, m
        else:
            matcher = SequenceMatcher(None, old[i:j], new[k:m])
            for kind, a, b, c, d in matcher.get_opcodes():
                if kind != "equal":
                    yield i + a, i + b, k + c, k + d


def _anchors(old: list[str], new: list[str], within: _Hunk) -> list[tuple[int, int]]:
    """Return the lines that are there once in both, as far as their order is the same in both."""
    i, j, k, m = within
    here, there = Counter(old[i:j]), Counter(new[k:m])
    places = {new[number]: number for number in range(k, m) if there[new[number]] == 1}
    pairs = [
        (number, places[old[number]])
        for number in range(i, j)
        if here[old[number]] == 1 and old[number] in places
    ]
    # The longest row of them that goes up on both sides: the ends of the shortest ones, and what stood before each.
    ends: list[int] = []
    row: list[int] = []
    before: list[int] = []
    for index, (_one, other) in enumerate(pairs):
        place = bisect_left(ends, other)
        ends[place : place + 1] = [other]
        row[place : place + 1] = [index]
        before.append(row[place - 1] if place else -1)
    found = []
    index = row[-1] if row else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _fewer(hunks: list[_Hunk]) -> list[_Hunk]:
    """Join those that are nearest to each other, where there are too many."""
    if len(hunks) <= _MOST_EDITS:
        return hunks
    gaps = sorted(range(1, len(hunks)), key=lambda number: hunks[number][0] - hunks[number - 1][1])
    joined = set(gaps[: len(hunks) - _MOST_EDITS])
    fewer = hunks[:1]
    for number, hunk in enumerate(hunks[1:], 1):
        if number in joined:
            before = fewer.pop()
            fewer.append((before[0], hunk[1], before[2], hunk[3]))
        else:
            fewer.append(hunk)
    return fewer


def _with_whole_endings(edit: TextEdit, before: str) -> TextEdit:
    r"""Return `edit` so that no `\r\n`, of the text before or after it, is begun or ended outside of it."""
    start, end, text = edit.start, edit.end, edit.replacement
    behind = before[end : end + 1]
    if behind == "\n" and (text[-1:] == "\r" or before[end - 1 : end] == "\r"):
        end, text = end + 1, text + behind
    if start and before[start - 1] == "\r" and (text[:1] == "\n" or before[start : start + 1] == "\n"):
        start, text = start - 1, "\r" + text
    return TextEdit(start, end, text)


def _with_endings_of(theirs: str, base: str, ours: str) -> tuple[str, str]:
    """Return `base` and `ours` with the line endings of `theirs`, where only those of all lines were changed."""
    before, before_mixed = usual_ending(base)
    now, now_mixed = usual_ending(theirs)
    if before == now or before_mixed or now_mixed or "\r" in (before, now) or ours == base:
        return base, ours
    return _with_ending(base, now), _with_ending(ours, now)


def _with_ending(text: str, ending: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", ending)
