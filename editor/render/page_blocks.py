"""The page as a list of blocks: its published HTML piece by piece, and the source lines that each came from."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from editor.render.python_markdown.differences import differences


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page that stands by itself."""

    html: str
    """As published; empty where the source leaves nothing on the page (a definition)."""
    lines: int | None = None
    """Source lines from its first one to the first of the next block; None where that is not known."""
    kinds: int = 0
    """What `editor.render.withheld.kinds` found in it."""


@dataclass(frozen=True, slots=True)
class Change:
    """Replace `removed` blocks from `start` on by `blocks`.

    Several count in the same list, from front to back, and do not overlap.
    """

    start: int
    removed: int
    blocks: Sequence[Block]


@dataclass(slots=True)
class _Correction:
    """A run of blocks that shows other HTML than the worker gave it, and what it gave."""

    start: int
    originals: list[Block]

    @property
    def end(self) -> int:
        return self.start + len(self.originals)

    def is_reached_by(self, start: int, count: int) -> bool:
        """Return whether `count` blocks from `start` on, or something put in there, are inside."""
        return start < self.end and start + count > self.start


class PageBlocks:
    """All blocks of one page in their order; a change costs what it changes, not what the page is long.

    Methods that change the page return what they changed.
    """

    def __init__(self) -> None:
        self.first_line = 0
        """The line of the file (from 0) where the first block begins."""
        self._html: list[str] = []
        self._lines: list[int] = []  # -1: not known
        self._kinds: list[int] = []
        self._unknown = 0
        self._kind_counts: Counter[int] = Counter()
        self._corrections: list[_Correction] = []

    def __len__(self) -> int:
        return len(self._html)

    def __getitem__(self, index: int) -> Block:
        lines = self._lines[index]
        return Block(self._html[index], None if lines < 0 else lines, self._kinds[index])

    def blocks(self) -> list[Block]:
        """Return all blocks."""
        return [self[index] for index in range(len(self))]

    def pieces(self) -> list[str]:
        """Return the HTML of each block."""
        return list(self._html)

    def html(self) -> str:
        """Return the page, published HTML."""
        # A page that was cut up afterwards is whole again with all its line feeds only.
        return "\n".join(filter(None, self._html) if self.lines_known else self._html)

    @property
    def kinds(self) -> int:
        """What is found in any of the blocks (see `Block.kinds`)."""
        result = 0
        for kinds in self._kind_counts:
            result |= kinds
        return result

    # ---- lines

    @property
    def lines_known(self) -> bool:
        """Whether each block says which source lines it came from."""
        return not self._unknown and bool(self._html)

    # ---- changes

    def apply(self, changes: Iterable[Change]) -> list[Change]:
        """Make `changes`; return them, with the corrections that one of them reached into and that go by that.

        Raises ValueError, with the page as it was, where they do not fit.
        """
        ordered = list(changes)
        _check(ordered, len(self))
        touched = [(change.start, change.removed) for change in ordered]
        gone = [c for c in self._corrections if any(c.is_reached_by(*place) for place in touched)]
        if not gone:
            self._replace_each(ordered)
            return ordered
        return self._made(ordered, gone)

    def replace_all(self, blocks: Sequence[Block]) -> list[Change]:
        """Take another page in the place of this one; return in what it differs."""
        self._corrections = []
        changes = [
            Change(start, end - start, blocks[first:last])
            for start, end, first, last in differences(self.blocks(), blocks)
        ]
        self._replace_each(changes)
        return changes

    def correct(self, corrections: Iterable[tuple[int, int, Block]]) -> list[Change]:
        """Let runs of blocks, (start, how many, what they show together), show what they should.

        The list keeps its length: the first block of a run shows it all, the others nothing. A correction stands
        until one of its blocks changes. Raises ValueError, with the page as it was, where one does not fit.
        """
        ordered = list(corrections)
        if any(count < 1 for _start, count, _block in ordered):
            raise ValueError("a correction of nothing")
        _check([Change(start, count, ()) for start, count, _block in ordered], len(self))
        gone = [c for c in self._corrections if any(c.is_reached_by(*place[:2]) for place in ordered)]
        back = self._made([], gone)
        made = []
        for start, count, block in ordered:
            originals = [self[index] for index in range(start, start + count)]
            shown = [Block(block.html, originals[0].lines, block.kinds)]
            shown += [Block("", original.lines) for original in originals[1:]]
            made.append(Change(start, count, shown))
            self._corrections.append(_Correction(start, originals))
        self._replace_each(made, move_corrections=False)
        return self._united([(change.start, change.removed, len(change.blocks)) for change in (*back, *made)])

    def _made(self, ordered: list[Change], gone: list[_Correction]) -> list[Change]:
        """Take the corrections `gone` back, then make the changes; return all of it."""
        for correction in gone:
            self._corrections.remove(correction)
            self._replace(correction.start, len(correction.originals), correction.originals)
        self._replace_each(ordered)
        spans = [(change.start, change.removed, len(change.blocks)) for change in ordered]
        spans += [(c.start, len(c.originals), len(c.originals)) for c in gone]
        return self._united(spans)

    def _united(self, spans: list[tuple[int, int, int]]) -> list[Change]:
        """Return changes for spans (start, removed, added) that count in the list before, and may overlap.

        Those that overlap are equally long before and after, or lie inside one that is so.
        """
        runs: list[list[int]] = []  # start, end, how many more blocks there are after it
        for start, removed, added in sorted(spans):
            if runs and start < runs[-1][1]:
                runs[-1][1] = max(runs[-1][1], start + removed)
                runs[-1][2] += added - removed
            else:
                runs.append([start, start + removed, added - removed])
        result: list[Change] = []
        moved = 0
        for start, end, grown in runs:
            now = range(start + moved, end + moved + grown)
            result.append(Change(start, end - start, [self[index] for index in now]))
            moved += grown
        return result

    def _replace_each(self, changes: list[Change], *, move_corrections: bool = True) -> None:
        for change in reversed(changes):
            self._replace(change.start, change.removed, change.blocks)
            if move_corrections:
                for correction in self._corrections:
                    if correction.start >= change.start + change.removed:
                        correction.start += len(change.blocks) - change.removed

    def _replace(self, start: int, removed: int, blocks: Sequence[Block]) -> None:
        end = start + removed
        lines = [-1 if block.lines is None else block.lines for block in blocks]
        kinds = [block.kinds for block in blocks]
        self._unknown += lines.count(-1) - self._lines[start:end].count(-1)
        self._kind_counts.subtract(self._kinds[start:end])
        self._kind_counts.update(kinds)
        self._kind_counts = +self._kind_counts
        self._html[start:end] = [block.html for block in blocks]
        self._lines[start:end] = lines
        self._kinds[start:end] = kinds


def _check(changes: list[Change], length: int) -> None:
    end = 0
    for change in changes:
        if change.start < end or change.removed < 0:
            raise ValueError("changes overlap")
        end = change.start + change.removed
    if end > length:
        raise ValueError("a change lies outside the page")
