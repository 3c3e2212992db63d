"""What a command works on and what it gives back, without Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from editor.post.text_edit import TextEdit


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole lines of a text (joined by line feeds) with a selection in them; positions are code points.

    The lines are those that the selection touches and, where there are any, one before and one after.
    """

    text: str
    start: int
    end: int
    code: bool = False
    """The selection stands in a code fence."""

    @property
    def selected(self) -> str:
        """The selected text."""
        return self.text[self.start : self.end]

    def line_span(self) -> tuple[int, int]:
        """Return where the selected lines start and end.

        A selection that ends at the very start of a line does not take that line in.
        """
        end = self.end
        if end > self.start and self.text[end - 1] == "\n":
            end -= 1
        first = self.text.rfind("\n", 0, self.start) + 1
        last = self.text.find("\n", end)
        return first, len(self.text) if last < 0 else last

    def lines(self) -> list[tuple[int, str]]:
        """Return the selected lines, each with its place."""
        start, end = self.line_span()
        found = []
        for line in self.text[start:end].split("\n"):
            found.append((start, line))
            start += len(line) + 1
        return found


@dataclass(frozen=True, slots=True)
class Change:
    """What a command does: edits of the passage (none overlap, in order) and the selection after them."""

    edits: tuple[TextEdit, ...]
    start: int
    end: int

    def apply(self, text: str) -> str:
        """Return `text` with the edits made."""
        for edit in reversed(self.edits):
            text = edit.apply(text)
        return text


Command = Callable[[Passage], Change | None]
"""None: there is nothing to do."""


def change(passage: Passage, edits: Sequence[TextEdit], selection: tuple[int, int] | None = None) -> Change:
    """Return the change; without `selection` (places in the new text) the old one moves along with the text.

    Text that is put in at the selection's start or end stays outside it; at a caret, the caret goes behind
    it.
    """
    if selection is None:
        if passage.start == passage.end:
            place = _moved(passage.start, edits, behind=True)
            selection = place, place
        else:
            start = _moved(passage.start, edits, behind=True)
            selection = start, max(start, _moved(passage.end, edits, behind=False))
    return Change(tuple(edits), *selection)


def rewrite_lines(passage: Passage, new_lines: Sequence[str]) -> list[TextEdit]:
    """Return the edits that make each selected line the new one; only what differs is touched."""
    edits = []
    for (start, old), new in zip(passage.lines(), new_lines, strict=True):
        edit = TextEdit.between(old, new)
        if edit:
            edits.append(TextEdit(start + edit.start, start + edit.end, edit.replacement))
    return edits


def _moved(place: int, edits: Sequence[TextEdit], *, behind: bool) -> int:
    moved = place
    for edit in edits:
        if edit.end < place or (edit.end == place and (behind or edit.start < edit.end)):
            moved += len(edit.replacement) - (edit.end - edit.start)
        elif edit.start < place:
            moved -= place - edit.start
    return moved
