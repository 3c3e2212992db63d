"""What to change on the page so that it shows other blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from editor.render.display import as_published
from editor.render.python_markdown.differences import differences
from editor.render.python_markdown.html_blocks import common_prefix, common_suffix

_SPLICED = 2_000
"""Characters of HTML from which on only what differs of a block is sent."""
_AWAKE = 192 * 1024
"""Characters of published HTML that come to the page at once; what follows in a longer post sleeps until it is near."""
_NEAR, _AHEAD = 2_500, 6_000
"""Pixels: where something sleeps nearer to what is seen, all is woken as far as this."""
_AT_ONCE = 3_000
"""Blocks in one patch."""

_HEAD = 1
"""Blocks at the beginning of any page: the title."""

Change = tuple[int, int | None, Sequence[tuple[str, int | None]]]
"""From which block on, how many go (None: all), and those that come, each as published and with its source lines."""


class ScreenBlock:
    """One block: as published, its lines in the source, and as the screen shows it.

    Far from what is seen, a block of a long page sleeps: a gap stands for it, about as tall.
    """

    __slots__ = ("asleep", "heads", "lines", "marked", "published", "screen")

    def __init__(self, published: str, lines: int | None, *, asleep: bool = False) -> None:
        self.published = published
        self.lines = lines
        self.asleep = asleep
        self.screen: str | None = None
        """None: the display step is still to be done."""
        if asleep:
            self.screen = _gap(published, lines)
        elif as_published(published):
            self.screen = published
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
    inserted: tuple[ScreenBlock, ...]


@dataclass(frozen=True, slots=True)
class _Region:
    """Where the page may differ: from a block to another (not included) of those shown, and of those wanted."""

    shown: tuple[int, int]
    wanted: tuple[int, int]


class Page:
    """The blocks that the page is to show, and those that it shows; what lies between them is sent.

    Raises ValueError where a change is out of the list.
    """

    def __init__(self) -> None:
        self.wanted: list[ScreenBlock] = []
        self.shown: list[ScreenBlock] = []
        self.heads = 0
        """How many of the wanted blocks have a heading of the first level."""
        self.sleeps = True
        """Whether blocks far from what is seen sleep."""
        self._regions: list[_Region] = []
        """From front to back, with blocks in between; outside of them both lists are the same."""

    def apply(self, changes: Iterable[Change]) -> list[ScreenBlock]:
        """Change the wanted blocks, from front to back in indices of the list before; return the new ones."""
        made: list[ScreenBlock] = []
        size = len(self.wanted)
        for start, removed, blocks in reversed(list(changes)):
            end = size if removed is None else start + removed
            if not 0 <= start <= end <= size:
                raise ValueError(f"no blocks {start} to {end} in a page of {size}")
            fresh = self._fresh(start, end, blocks)
            self.heads += sum(block.heads for block in fresh)
            self.heads -= sum(block.heads for block in self.wanted[start:end])
            self._replace(start, end, fresh)
            made += fresh
        return made

    def anew(self, start: int, block: ScreenBlock) -> None:
        """Put `block` in the place of the one at `start`."""
        self._replace(start, start + 1, [block])

    def wake(self, first: int, last: int) -> list[ScreenBlock]:
        """Wake what sleeps from block `first` to `last`, if there are such; return the new blocks."""
        made = []
        for index in range(max(0, first), min(last + 1, len(self.wanted))):
            block = self.wanted[index]
            if block.asleep:
                awake = ScreenBlock(block.published, block.lines)
                self.anew(index, awake)
                made.append(awake)
        return made

    def wake_around(self, first: int, last: int) -> list[ScreenBlock]:
        """Wake what sleeps near the blocks from `first` to `last`, which are seen; return as `wake`."""
        low, high = self._within(first, last, _NEAR)
        if not any(block.asleep for block in self.wanted[low : high + 1]):
            return []
        return self.wake(*self._within(first, last, _AHEAD))

    def asleep_with(self, name: str) -> int | None:
        """Return the sleeping block that has an element with the id or, of an anchor, the name `name`."""
        marks = [f'{attribute}="{name}"' for attribute in ("id", "name")]
        for index, block in enumerate(self.wanted):
            if block.asleep and any(mark in block.published for mark in marks):
                return index
        return None

    def clear_shown(self) -> None:
        """Take the page to be empty."""
        self.shown = []
        self._regions = [_Region((0, 0), (0, len(self.wanted)))] if self.wanted else []

    def snapshot(self) -> list[ScreenBlock]:
        """Return copies of the wanted blocks, without a title; those without a display step yet are as published."""
        copies = []
        for index, block in enumerate(self.wanted):
            copy = ScreenBlock(block.published if index else "", block.lines)
            copy.screen = (
                block.screen if index and block.screen is not None and not block.asleep else copy.published
            )
            copies.append(copy)
        return copies

    def take_shown(self, shown: list[ScreenBlock]) -> None:
        """Take the page to show `shown`, whatever it showed before."""
        self.shown = shown
        self._regions = [_Region((0, len(shown)), (0, len(self.wanted)))]

    def sleep_again(self) -> list[ScreenBlock]:
        """Let blocks sleep again, of a page that is shown from its beginning; return the blocks, all made anew."""
        self.sleeps = True
        again = [(block.published, block.lines) for block in self.wanted]
        self.wanted = self._fresh(0, 0, again)
        self.clear_shown()
        return self.wanted

    def next_part(self, characters: int) -> tuple[list[Run], bool]:
        """Return the next runs that bring in about `characters` of HTML, and whether the page is complete then.

        They go as far as the display step has come; small changes come first: what is typed does not wait for the
        rest of a long page. At least one block comes in, if any is ready. The page is taken to show them from now on.
        """
        pieces = list(chain.from_iterable(map(self._differences, self._regions)))
        taken: dict[_Region, int] = {}
        left, blocks_left = characters, _AT_ONCE
        for piece in sorted(pieces, key=lambda piece: piece.wanted[1] - piece.wanted[0]):
            ready = 0
            for block in self.wanted[slice(*piece.wanted)]:
                if block.screen is None or ((left <= 0 or blocks_left <= 0) and (ready or taken)):
                    break
                left -= len(block.screen)
                blocks_left -= 1
                ready += 1
            if ready or piece.wanted[0] == piece.wanted[1]:
                taken[piece] = ready
        runs: list[Run] = []
        rest: list[_Region] = []
        moved = 0
        for piece in pieces:
            (start, end), (first, last) = piece.shown, piece.wanted
            count = taken.get(piece)
            whole = count == last - first
            # A run that is cut short removes no more blocks than it brings in.
            removed = end - start if whole else min(end - start, count or 0)
            if count is not None:
                runs.append(Run(start, removed, tuple(self.wanted[first : first + count])))
                moved += count - removed
            if not whole:
                behind = start + removed + moved
                rest.append(_Region((behind, end + moved), (first + (count or 0), last)))
        self._regions = rest
        self.shown = patched(self.shown, runs)
        return runs, not rest

    def _fresh(self, start: int, end: int, blocks: Sequence[tuple[str, int | None]]) -> list[ScreenBlock]:
        """Return the blocks that come for those from `start` to `end`: the first awake if what they follow is."""
        around = self.wanted[max(0, start - 1) : end + 1]
        kept = {block.published for block in around if not block.asleep and block.published}
        left = _AWAKE if kept or end <= _HEAD else 0
        fresh = []
        for html, lines in blocks:
            asleep = self.sleeps and left <= 0 and html not in kept and html != ""
            fresh.append(ScreenBlock(html, lines, asleep=asleep))
            left -= len(html)
        return fresh

    def _within(self, first: int, last: int, most: int) -> tuple[int, int]:
        """Return the first and the last block of those up to about `most` pixels around the ones given."""
        # What is seen may still be told of a page that was longer.
        low, high = min(max(0, first), len(self.wanted)), min(last, len(self.wanted) - 1)
        above = below = 0
        while low > 0 and above < most:
            low -= 1
            above += tallness(self.wanted[low].published, self.wanted[low].lines)
        while high + 1 < len(self.wanted) and below < most:
            high += 1
            below += tallness(self.wanted[high].published, self.wanted[high].lines)
        return low, high

    def _replace(self, start: int, end: int, blocks: list[ScreenBlock]) -> None:
        """Put `blocks` in the place of the wanted ones from `start` to `end`, and note where the page differs now."""
        self.wanted[start:end] = blocks
        more = len(blocks) - (end - start)
        before = [region for region in self._regions if region.wanted[1] < start]
        after = [region for region in self._regions if region.wanted[0] > end]
        touched = self._regions[len(before) : len(self._regions) - len(after)]
        away = before[-1].shown[1] - before[-1].wanted[1] if before else 0
        low, first = start + away, start
        if touched and touched[0].wanted[0] <= start:
            low, first = touched[0].shown[0], touched[0].wanted[0]
        if touched:
            away = touched[-1].shown[1] - touched[-1].wanted[1]
        high, last = end + away, end
        if touched and touched[-1].wanted[1] >= end:
            high, last = touched[-1].shown[1], touched[-1].wanted[1]
        moved = [
            _Region(region.shown, (region.wanted[0] + more, region.wanted[1] + more)) for region in after
        ]
        self._regions = [*before, _Region((low, high), (first, last + more)), *moved]

    def _differences(self, region: _Region) -> list[_Region]:
        from_shown, from_wanted = region.shown[0], region.wanted[0]
        return [
            _Region((from_shown + start, from_shown + end), (from_wanted + first, from_wanted + last))
            for start, end, first, last in differences(
                self.shown[slice(*region.shown)], self.wanted[slice(*region.wanted)]
            )
        ]


def patched(shown: Sequence[ScreenBlock], runs: list[Run]) -> list[ScreenBlock]:
    """Return the blocks of a page that showed `shown`, after `runs`."""
    result = list(shown)
    for run in reversed(runs):
        result[run.start : run.start + run.removed] = run.inserted
    return result


def tallness(published: str, lines: int | None) -> int:
    """Return about how many pixels tall a block will be, from its HTML and how many lines of source it has."""
    if "<pre" in published and lines is not None:
        return 40 + 22 * lines
    if len(published) < 3:
        return 0
    text = len(published) - 12 * published.count("<")
    return 16 + 27 * max(1, round(text / 74)) + (320 if "<img" in published else 0)


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


def _gap(published: str, lines: int | None) -> str:
    return f'<div class="copydesk-asleep" style="height:{tallness(published, lines)}px"></div>'


def _whole_line(block: ScreenBlock) -> str:
    html = block.screen or ""
    return html if html.endswith("\n") else f"{html}\n"


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
