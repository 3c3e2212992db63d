"""What lines two texts differ in, for people to read."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
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


# ---- words within lines

_WITHOUT_BLANKS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""The signs of scripts that write no blanks between words: each is a word."""
_TOKEN = re.compile(rf"[{_WITHOUT_BLANKS}]|(?:(?![{_WITHOUT_BLANKS}])\w)+|\s+|[^\w\s]")
_ALIKE = 0.35
"""Below this share of equal signs two lines are two lines, and not one that was changed."""
_MOST_TOKENS = 1_500
"""Of both lines together: longer ones are compared by their beginning and end alone."""
_LONGEST_ALIKE = 2_000
"""Code points of a line that are looked at for how alike two are."""
_MOST_PAIRED = 40
"""Lines on a side: of more, those at the same place belong together."""


def changed_words(before: str, after: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the spans, in code points, that differ in two forms of one line: of the earlier and of the later one.

    Spans begin and end between words and signs; blanks between two changed words are taken in.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(inner_old) + len(inner_new) > _MOST_TOKENS:
        opcodes = [("replace", 0, len(inner_old), 0, len(inner_new))]
    else:
        opcodes = list(difflib.SequenceMatcher(None, inner_old, inner_new, autojunk=False).get_opcodes())
    gone, come = [], []
    for tag, old_start, old_end, new_start, new_end in opcodes:
        if tag != "equal":
            gone.append((head + old_start, head + old_end))
            come.append((head + new_start, head + new_end))
    return _spans(old, gone), _spans(new, come)


def paired(gone: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Return which lines of two runs that stand for each other are forms of one line, in the order to be read in.

    A line without a partner stands with None in the other's place. The order of neither run is changed.
    """
    if len(gone) > _MOST_PAIRED or len(new) > _MOST_PAIRED:
        both = min(len(gone), len(new))
        rest = [(index, None) for index in range(both, len(gone))]
        return [*((index, index) for index in range(both)), *rest, *_alone(both, len(new))]
    likeness = [[_likeness(one, other) for other in new] for one in gone]
    # The best sum of likenesses, from the end on: as with the longest common subsequence.
    best = [[0.0] * (len(new) + 1) for _line in range(len(gone) + 1)]
    for i in range(len(gone) - 1, -1, -1):
        for k in range(len(new) - 1, -1, -1):
            together = likeness[i][k] + best[i + 1][k + 1] if likeness[i][k] >= _ALIKE else 0.0
            best[i][k] = max(together, best[i + 1][k], best[i][k + 1])
    pairs: list[tuple[int | None, int | None]] = []
    i = k = 0
    while i < len(gone) and k < len(new):
        alike = likeness[i][k] >= _ALIKE
        if alike and best[i][k] == likeness[i][k] + best[i + 1][k + 1]:
            pairs.append((i, k))
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, k))
            k += 1
    return [*pairs, *((index, None) for index in range(i, len(gone))), *_alone(k, len(new))]


def _alone(start: int, end: int) -> list[tuple[int | None, int | None]]:
    return [(None, index) for index in range(start, end)]


def _likeness(one: str, other: str) -> float:
    """Return the share of signs that two lines have in common, from 0 to 1, blanks at their ends left out."""
    one, other = one[:_LONGEST_ALIKE].strip(), other[:_LONGEST_ALIKE].strip()
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    words, others = _TOKEN.findall(one), _TOKEN.findall(other)
    matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    same = sum(
        len(word) for block in matcher.get_matching_blocks() for word in words[block.a : block.a + block.size]
    )
    return 2 * same / (len(one) + len(other))


def _spans(tokens: Sequence[str], ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the code points of ranges of tokens; those with nothing but blanks in between become one."""
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    spans: list[tuple[int, int]] = []
    last = -1
    for start, end in ranges:
        if start == end:
            continue
        if spans and not "".join(tokens[last:start]).strip():
            spans[-1] = (spans[-1][0], starts[end])
        else:
            spans.append((starts[start], starts[end]))
        last = end
    return spans
