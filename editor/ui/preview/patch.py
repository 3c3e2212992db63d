"""What to change on the page so that it shows other blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from editor.render.display import as_published
from editor.render.python_markdown.differences import differences
from editor.render.python_markdown.html_blocks import common_prefix, common_suffix

_SPLICED = 2_000
"""Characters of HTML from which on only what differs of a block is sent."""

Change = tuple[int, int | None, Sequence[tuple[str, int | None]]]
"""From which block on, how many go (None: all), and those that come, each as published and with its source lines."""


class ScreenBlock:
    """One block: as published, its lines in the source, and as the screen shows it."""

    __slots__ = ("heads", "lines", "marked", "published", "screen")

    def __init__(self, published: str, lines: int | None) -> None:
        self.published = published
        self.lines = lines
        self.screen: str | None = published if as_published(published) else None
        """None: the display step is still to be done."""
        self.heads = "<h1" in published
        """Whether it has a heading of the first level."""
        self.marked = False
        """Whether the page knows the lines of what is inside."""

    def __eq__(self, other: object) -> bool:
        """Return whether the page need not change to show `other`."""
        if not isinstance(other, ScreenBlock) or self.screen is None:
            return self is other
        return self.screen == other.screen and self.lines == other.lines

    def __hash__(self) -> int:
        return hash((self.screen, self.lines))


@dataclass(frozen=True, slots=True)
class Run:
    """Replace `removed` blocks from `start` on (counted in the blocks that the page shows) by `inserted`."""

    start: int
    removed: int
    inserted: tuple[Any, ...]


class Page:
    """The blocks that the page is to show, and those that it shows; what lies between them is sent."""

    def __init__(self) -> None:
        self.wanted: list[ScreenBlock] = []
        self.shown: list[ScreenBlock] = []
        self.heads = 0
        """How many of the wanted blocks have a heading of the first level."""
        self._head = self._tail = 0
        """So many blocks at the beginning and at the end are known to be the same in both."""

    def apply(self, changes: Iterable[Change]) -> list[ScreenBlock]:
        """Change the wanted blocks, from front to back in indices of the list before; return the new ones.

        Raises ValueError where a change is out of the list.
        """
        made: list[ScreenBlock] = []
        size = len(self.wanted)
        for start, removed, blocks in reversed(list(changes)):
            end = size if removed is None else start + removed
            if not 0 <= start <= end <= size:
                raise ValueError(f"no blocks {start} to {end} in a page of {size}")
            fresh = [ScreenBlock(html, lines) for html, lines in blocks]
            self.heads += sum(block.heads for block in fresh)
            self.heads -= sum(block.heads for block in self.wanted[start:end])
            self.wanted[start:end] = fresh
            self._head = min(self._head, start)
            self._tail = min(self._tail, size - end)
            made += fresh
        return made

    def anew(self, start: int, block: ScreenBlock) -> None:
        """Put `block` in the place of the one at `start`."""
        self._head = min(self._head, start)
        self._tail = min(self._tail, len(self.wanted) - start - 1)
        self.wanted[start] = block

    def clear_shown(self) -> None:
        """Take the page to be empty."""
        self.shown = []
        self._head = self._tail = 0

    def next_part(self, characters: int) -> tuple[list[Run], bool]:
        """Return the next runs that bring in about `characters` of HTML, and whether the page is complete then.

        They go as far as the display step has come. The page is taken to show them from now on.
        """
        head = min(self._head, len(self.shown), len(self.wanted))
        tail = min(self._tail, len(self.shown) - head, len(self.wanted) - head)
        runs = [
            Run(run.start + head, run.removed, run.inserted)
            for run in runs_between(
                self.shown[head : len(self.shown) - tail], self.wanted[head : len(self.wanted) - tail]
            )
        ]
        part = first_part(_prepared(runs), characters)
        complete = part == runs
        self.shown = patched(self.shown, part)
        if complete:
            self._head = self._tail = len(self.wanted)
        return part, complete


def runs_between(shown: Sequence[Any], wanted: Sequence[Any]) -> list[Run]:
    """Return the runs that make `wanted` of `shown`, from front to back."""
    return [
        Run(start, end - start, tuple(wanted[first:last]))
        for start, end, first, last in differences(shown, wanted)
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
            left -= len(block.screen or "") if isinstance(block, ScreenBlock) else len(block)
            count += 1
        if count == len(run.inserted):
            result.append(run)
            continue
        if count:
            result.append(Run(run.start, min(run.removed, count), run.inserted[:count]))
        break
    return result


def patched(shown: list[Any], runs: list[Run]) -> list[Any]:
    """Return the blocks of a page that showed `shown`, after `runs`."""
    result = list(shown)
    for run in reversed(runs):
        result[run.start : run.start + run.removed] = run.inserted
    return result


def message(run: Run, shown: Sequence[ScreenBlock]) -> list[Any]:
    """Return `run` as the page takes it: [start, removed, entries], `shown` being the blocks before it.

    An entry is [html, lines], or [what differs, lines, how much of the old HTML stays before it, and after it], in
    UTF-16 units.
    """
    entries: list[list[Any]] = []
    for offset, block in enumerate(run.inserted):
        html = _whole_line(block)
        old = _whole_line(shown[run.start + offset]) if run.removed == len(run.inserted) else ""
        if len(html) < _SPLICED or not old:
            entries.append([html, block.lines])
            continue
        head = common_prefix(old, html)
        tail = common_suffix(old, html, min(len(old), len(html)) - head)
        middle = html[head : len(html) - tail]
        entries.append([middle, block.lines, _units(html[:head]), _units(html[len(html) - tail :])])
    return [run.start, run.removed, entries]


def _whole_line(block: ScreenBlock) -> str:
    html = block.screen or ""
    return html if html.endswith("\n") else f"{html}\n"


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _prepared(runs: list[Run]) -> list[Run]:
    """Return `runs` up to the first block that the display step has not been done to."""
    result: list[Run] = []
    for run in runs:
        ready = next(
            (index for index, block in enumerate(run.inserted) if block.screen is None), len(run.inserted)
        )
        if ready == len(run.inserted):
            result.append(run)
            continue
        if ready:
            result.append(Run(run.start, min(run.removed, ready), run.inserted[:ready]))
        break
    return result
