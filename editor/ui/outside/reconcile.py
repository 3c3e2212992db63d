"""What the writer made of a text and what somebody else made of it, brought together."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from editor.errors import GitError
from editor.git.merge import Conflict, Merged, merge
from editor.post.lines import usual_ending
from editor.post.text_edit import TextEdit
from editor.ui.text_editor.document_text import split_lines

_MOST_LINES = 2_000
"""Of more lines that may differ on either side, it is not worked out which: that takes its time."""

_MOST_EDITS = 60
"""More places than these are changed as one: each is a change of the document."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The outcome of three texts."""

    merged: Merged
    edits: tuple[TextEdit, ...]
    """What makes the merged text of the writer's, the last place first; nothing where there are conflicts."""
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
    """Return edits that make `after` of `before`, the last place first, and how many lines they change.

    They are small, so that a caret, a selection and the scroll place stand where they stood in the text, and none
    cuts a line ending in two.
    """
    if before == after:
        return [], 0
    old, new = split_lines(before), split_lines(after)
    start = 0
    most = min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(middle_old), len(middle_new)) > _MOST_LINES:
        hunks = [(0, len(middle_old), 0, len(middle_new))]
    else:
        matcher = SequenceMatcher(None, middle_old, middle_new)
        hunks = [(i, j, k, m) for kind, i, j, k, m in matcher.get_opcodes() if kind != "equal"]
    lines = sum(max(j - i, m - k) for i, j, k, m in hunks)
    if len(hunks) > _MOST_EDITS:
        hunks = [(0, len(middle_old), 0, len(middle_new))]
    offsets = [sum(map(len, old[:start]))]
    for line in middle_old:
        offsets.append(offsets[-1] + len(line))
    edits = []
    for i, j, k, m in reversed(hunks):
        edit = TextEdit.between("".join(middle_old[i:j]), "".join(middle_new[k:m]))
        if edit is not None:
            moved = TextEdit(offsets[i] + edit.start, offsets[i] + edit.end, edit.replacement)
            edits.append(_with_whole_endings(moved, before))
    return edits, lines


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
