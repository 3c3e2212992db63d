"""Items between brackets: adding one to a flow list, array or inline map, and taking one out.

The same for YAML and TOML. All positions are code points in the text; nothing here knows what the items mean,
and between them there are only commas, white space and comments.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editor.post.front_matter.moving import moved_lines, with_comments
from editor.post.lines import ending_before, line_end, line_start, next_line
from editor.post.text_edit import TextEdit

_COMMA = re.compile(r"(?:#[^\r\n]*+|[^,#])*+,")


@dataclass(frozen=True, slots=True)
class Brackets:
    """A list or map in brackets."""

    text: str
    start: int
    """At the opening bracket."""
    end: int
    """Behind the closing one."""
    items: Sequence[tuple[int, int]]
    """Where each item's own text stands, in order."""

    def append(self, spelled: str) -> Iterator[TextEdit]:
        """Yield edits that put `spelled` behind the last item."""
        text, close = self.text, self.end - 1
        if not self.items:
            if not text[self.start + 1 : close].strip():
                yield TextEdit(self.start + 1, close, spelled)
            yield TextEdit(self.start + 1, self.start + 1, spelled)
            return
        begin, last = self.items[-1]
        comma = self._comma_behind(last, close)
        own_line = not text[line_start(text, begin) : begin].strip() and line_end(text, last) < close
        if own_line:
            # Every item has a line of its own: so has the new one, below the last one's comment.
            indent = text[line_start(text, begin) : begin]
            below = next_line(text, last)
            newline = ending_before(text, below)
            behind = line_end(text, last)
            if comma is None:
                yield TextEdit(last, behind, "," + text[last:behind] + newline + indent + spelled)
            else:
                below = next_line(text, comma)
                yield TextEdit(below, below, indent + spelled + "," + ending_before(text, below))
        gap = self._usual_gap()
        if comma is None:
            yield TextEdit(last, last, "," + gap + spelled)
        else:
            yield TextEdit(comma + 1, comma + 1, gap + spelled + ",")

    def loses_comment(self, index: int, removal: TextEdit) -> bool:
        """Return whether a comment goes with the item `index` by one of the edits of `remove`."""
        begin, end = self.items[index]
        beside = self.text[removal.start : begin] + self.text[end : removal.end]
        return beside.count("#") > removal.replacement.count("#")

    def insert(self, index: int, spelled: str) -> Iterator[TextEdit]:
        """Yield edits that put `spelled` before the item `index`."""
        text = self.text
        begin = self.items[index][0]
        line = line_start(text, begin)
        if line > self.start and not text[line:begin].strip():
            newline = ending_before(text, line) or ending_before(text, next_line(text, begin))
            yield TextEdit(line, line, text[line:begin] + spelled + "," + newline)
        yield TextEdit(begin, begin, spelled + "," + self._usual_gap())

    def remove(self, index: int) -> Iterator[TextEdit]:
        """Yield edits that take the item `index` out, of several; the comments of the others stay."""
        text, close = self.text, self.end - 1
        begin, last = self.items[index]
        stop = self.items[index + 1][0] if index + 1 < len(self.items) else close
        comma = self._comma_behind(last, stop)
        line = line_start(text, begin)
        behind = last if comma is None else comma + 1
        alone = not text[line:begin].strip() and not _code(text[behind : line_end(text, behind)])
        if alone and line > self.start and line_end(text, behind) < close:
            if comma is not None:
                yield TextEdit(line, next_line(text, behind), "")
            elif index:
                # The last one: the comma before it goes too, from its place before the other's comment.
                before = self._comma_behind(self.items[index - 1][1], begin)
                if before is not None:
                    kept = text[before + 1 : line - len(ending_before(text, line))]
                    yield TextEdit(before, line_end(text, last), kept)
        if index + 1 < len(self.items):
            yield TextEdit(begin, stop, "")
        before_end = self.items[index - 1][1] if index else begin
        if comma is not None and index:
            before = self._comma_behind(before_end, begin)
            if before is not None:
                yield TextEdit(before + 1, comma + 1, "")
        yield TextEdit(before_end, last, "")

    def move(self, index: int, to: int) -> Iterator[TextEdit]:
        """Yield the edit that puts the item `index` before the one at `to`, where each has lines of its own.

        The comments on its lines, and those above it, go along; the commas stand as before.
        """
        stop = line_start(self.text, self.end - 1)
        last = len(self.items) - 1
        final = index if to > last else (last - 1 if index == last else last)
        text, spans = self.text, list(self.items)
        if final < last and self._comma_behind(spans[last][1], self.end - 1) is None:
            # Another one is to be the last: the comma that it has goes to the one that was.
            end = spans[final][1]
            comma = self._comma_behind(end, spans[final + 1][0])
            if comma is None or "#" in text[end:comma]:
                return
            gone = comma + 1 - end
            behind = spans[last][1]
            text = text[:end] + text[comma + 1 : behind] + "," + text[behind:]
            spans = [
                (first - gone, after - gone) if number > final else (first, after)
                for number, (first, after) in enumerate(spans)
            ]
            stop += 1 - gone
        lines = Brackets(text, self.start, self.end + len(text) - len(self.text), spans)
        extents = lines._lines(stop)
        if extents is None:
            return
        chunks = with_comments(text, extents, next_line(text, self.start), stop)
        start, end = chunks[index]
        target = chunks[to - 1][1] if to else chunks[0][0]
        for edit in moved_lines(text, start, end, target):
            whole = TextEdit.between(self.text, edit.apply(text))
            if whole:
                yield whole

    def _lines(self, stop: int) -> list[tuple[int, int]] | None:
        """Return each item with its comma, if no line up to `stop` holds anything of two, nor of the brackets."""
        extents = []
        above = next_line(self.text, self.start)
        for number, (begin, end) in enumerate(self.items):
            behind = self.items[number + 1][0] if number + 1 < len(self.items) else self.end - 1
            comma = self._comma_behind(end, behind)
            end = end if comma is None else comma + 1
            line = line_start(self.text, begin)
            if (
                line < above
                or self.text[line:begin].strip()
                or _code(self.text[end : line_end(self.text, end)])
            ):
                return None
            above = next_line(self.text, end)
            extents.append((begin, end))
        return extents if above <= stop else None

    def _comma_behind(self, index: int, stop: int) -> int | None:
        """Return where the comma stands between `index` and `stop`, outside comments."""
        found = _COMMA.match(self.text, index, stop)
        return found.end() - 1 if found else None

    def _usual_gap(self) -> str:
        """Return what stands between a comma and the item behind it on the same line."""
        for (_, before), (after, _) in zip(self.items, self.items[1:], strict=False):
            found = re.fullmatch(r",([ \t]*)", self.text[before:after])
            if found:
                return found[1]
        return " "


def _code(text: str) -> str:
    """Return `text` (from outside of any item) without its comment and the space around it."""
    return text.partition("#")[0].strip()
