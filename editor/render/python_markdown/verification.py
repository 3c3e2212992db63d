"""Whether the blocks that are shown are the page, as its full rendering has it, and what to show where they are not.

What counts is the tree that a browser makes of it: not the order of attributes, nor white space that nobody sees.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from editor.render.python_markdown.differences import differences
from editor.render.python_markdown.html_blocks import split_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_COMPARED = 1_000
"""Elements; where more than these differ, they are one correction."""

_BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
"""Elements at whose edges white space is not seen."""

_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr")
_SPACE = re.compile(r"[ \t\r\n\f]+")


class _Reader(HTMLParser):
    """Takes a page apart into (text or None, tag or an empty text, whether white space beside it is not seen)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str | None, str, bool]] = []
        self._preserving = 0

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002
        """Take `<![…>` for a comment, as a browser does; Python before 3.13 raises what it knows no name for."""
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        first: dict[str, str] = {}
        for name, value in attrs:
            first.setdefault(name, " ".join((value or "").split()))
        written = "".join(f' {name}="{value}"' for name, value in sorted(first.items()))
        self.parts.append((None, f"<{tag}{written}>", _BLOCK.fullmatch(tag) is not None))
        self._preserving += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if not _VOID.fullmatch(tag):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if _VOID.fullmatch(tag):
            return
        self.parts.append((None, f"</{tag}>", _BLOCK.fullmatch(tag) is not None))
        self._preserving = max(0, self._preserving - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        before = self.parts[-1] if self.parts else (None, "", True)
        if before[0] is not None:
            self.parts[-1] = (before[0] + data, "", before[2])
        else:
            self.parts.append((data, "", bool(self._preserving)))


def tokens(html: str) -> list[str]:
    """Return the tags and texts of `html` in their order, with all left out that makes no difference on the page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    parts = reader.parts
    result = []
    for at, (text, tag, flag) in enumerate(parts):
        value = tag
        if text is not None:
            value = text if flag else _SPACE.sub(" ", text)
            if not flag and (at == 0 or parts[at - 1][2]):
                value = value.lstrip(" ")
            if not flag and (at + 1 == len(parts) or parts[at + 1][2]):
                value = value.rstrip(" ")
        if value:
            result.append(value)
    return result


def corrections(shown: Sequence[str], page: str) -> list[tuple[int, int, str]]:
    """Return what has to change so that the blocks `shown` are `page`: (index, how many, what they show together).

    The runs are in order and apart from each other; none for equal pages. Of blocks that are none it can't say it.
    """
    if not shown:
        return []
    head, begin = _same_head(shown, page)
    tail, end = _same_tail(shown, page, head, begin)
    blocks, rest = shown[head:tail], page[begin:end]
    wanted = tokens(rest)
    if tokens("\n".join(blocks)) == wanted:
        return []
    if not blocks:  # something is missing between two blocks: it goes to one of them
        head, tail = (head - 1, tail) if head else (head, tail + 1)
        return [(head, 1, "\n".join((shown[head], rest) if begin else (rest, shown[head])))]
    found = list(_runs(blocks, rest))
    trial = list(blocks)
    for index, count, html in found:
        trial[index : index + count] = [html, *[""] * (count - 1)]
    if tokens("\n".join(trial)) != wanted:
        return [(head, len(blocks), rest)]
    return [(head + index, count, html) for index, count, html in found]


def _same_head(shown: Sequence[str], page: str) -> tuple[int, int]:
    """Return how many blocks the page begins with, and where in it the next one begins."""
    position = 0
    for index, block in enumerate(shown):
        end = position + len(block)
        if block and not (page.startswith(block, position) and page[end : end + 1] in ("\n", "")):
            return index, position
        position = end + 1 if block else position
    return len(shown), min(position, len(page))


def _same_tail(shown: Sequence[str], page: str, head: int, begin: int) -> tuple[int, int]:
    """Return the first of the blocks that the page ends with, and where in it they begin."""
    position = len(page)
    for index in range(len(shown) - 1, head - 1, -1):
        block = shown[index]
        start = position - len(block)
        if block and not (
            start >= begin and page.startswith(block, start) and (start == begin or page[start - 1] == "\n")
        ):
            return index + 1, position
        position = max(begin, start - 1) if block else position
    return head, position


def _runs(blocks: Sequence[str], page: str) -> Iterator[tuple[int, int, str]]:
    """Yield the runs of blocks that differ from the page, each with what it should be."""
    units = [(index, unit) for index, block in enumerate(blocks) for unit in split_blocks(block)]
    mine = [(index, key) for index, unit in units if (key := tuple(tokens(unit)))]
    pieces = [(unit, key) for unit in split_blocks(page) if (key := tuple(tokens(unit)))]
    owners = [index for index, _key in mine]
    run: list[int] | None = None  # first and last block, first and last piece (not included)
    compared = differences([key for _, key in mine], [key for _, key in pieces], _MOST_COMPARED)
    for low, high, first, last in compared:
        # The blocks that the differing elements are of; something missing goes to the block before it.
        at = min(low if high > low else max(0, low - 1), len(owners) - 1)
        start = owners[at] if owners else 0
        end = owners[max(at, high - 1)] + 1 if owners else len(blocks)
        # All other elements of these blocks are equal to the pieces beside.
        before = low - next((i for i, owner in enumerate(owners) if owner >= start), low)
        after = next((i for i, owner in enumerate(owners) if owner >= end), len(owners)) - high
        if run is not None and start < run[1]:
            run[1], run[3] = max(run[1], end), max(run[3], last + after)
            continue
        if run is not None:
            yield run[0], run[1] - run[0], "".join(unit for unit, _ in pieces[run[2] : run[3]]).strip("\n")
        run = [start, end, first - before, last + after]
    if run is not None:
        yield run[0], run[1] - run[0], "".join(unit for unit, _ in pieces[run[2] : run[3]]).strip("\n")
