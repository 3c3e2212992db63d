"""How a block of YAML is laid out, so that what is added looks like the rest."""

from collections import Counter

from editor.post.front_matter.values import Value
from editor.post.front_matter.yaml_spelling import Steps
from editor.post.lines import ending_before, line_start, next_line


class Habits:
    """Columns, indentation and line ends of one block."""

    def __init__(self, text: str, root: Value) -> None:
        """Take the text, and the map that was read from it."""
        self._text = text
        self._root = root

    def column(self, mapping: Value) -> int:
        """Return the column at which the keys of a block map begin."""
        if not mapping.entries:
            return 0
        start = mapping.entries[0].start
        if self._text.startswith("?", mapping.start):
            start = mapping.start  # `? key`
        return start - line_start(self._text, start)

    def newline(self, index: int) -> str:
        """Return the line end of the line that holds `index`."""
        return ending_before(self._text, next_line(self._text, index)) or "\n"

    def dashes(self) -> int:
        """Return by how many columns the lists of this block are indented below their keys."""
        found: Counter[int] = Counter()
        for value in self._root.inside():
            for entry in value.entries:
                inner = entry.value
                if inner.kind == "list" and inner.style == "block" and inner.start > entry.end:
                    column = inner.start - line_start(self._text, inner.start)
                    found[column - (entry.start - line_start(self._text, entry.start))] += 1
        return max(0, found.most_common(1)[0][0]) if found else 2

    def step(self, old: Value | None = None) -> int:
        """Return by how many columns the maps in `old`, else in this block, are indented below their keys."""
        found: Counter[int] = Counter()
        for value in (old or self._root).inside():
            for entry in value.entries:
                inner = entry.value
                if inner.kind == "map" and inner.style == "block" and inner.start > entry.end:
                    column = inner.start - line_start(self._text, inner.start)
                    found[column - (entry.start - line_start(self._text, entry.start))] += 1
        if not found and old is not None:
            return self.step()
        return max(1, found.most_common(1)[0][0]) if found else 2

    def steps(self, old: Value | None = None) -> Steps:
        """Return `step` and `dashes` together."""
        return Steps(self.step(old), self.dashes())
