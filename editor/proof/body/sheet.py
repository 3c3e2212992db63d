"""Sheet: what the scan of a body has found so far, and what is open."""

import bisect
import re
from dataclasses import dataclass

from editor.proof.body.grammar import Grammar
from editor.proof.body.lookahead import Ends, FenceEnds
from editor.proof.body.source import Call, Comment, Definition, Fence, Heading, Line, Span

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(slots=True)
class Container:
    """A quote, or what the lines of belong to it that are indented so far."""

    quote: bool
    needed: int = 0
    """The column from which a line belongs to it."""
    code: int = 0
    """The column from which a line in it is code."""


class Sheet:
    """A body while it is scanned: what was found so far, and what is open."""

    def __init__(self, text: str, start: int, grammar: Grammar) -> None:
        self.text = text
        self.grammar = grammar
        self.start = start
        self.spans: list[Span] = lines_of(text, start)
        self.lines: list[Line] = []
        self.headings: list[Heading] = []
        self.fences: list[Fence] = []
        self.calls: list[Call] = []
        self.definitions: list[Definition] = []
        self.footnotes: list[Definition] = []
        self.comments: list[Comment] = []
        self.templates: list[Span] = []
        self.hidden: list[Span] = []
        self.runs: list[tuple[int, int, bool]] = []
        """What is to be scanned for what stands in lines: start, end, whether only for tags."""
        self.containers: list[Container] = []
        self.paragraph = -1
        """The index of the first line of the paragraph that is open, or -1."""
        self.run_start = 0
        self.ends = Ends(text)
        self.fence_ends = FenceEnds(text, self.spans)
        self.table = False

    def through(self, number: int, last: int, kind: str, at: int, end: int | None = None) -> int:
        """Take the lines from `number` to `last` as of one kind, hidden up to `end`; what is behind that is scanned."""
        self.close_paragraph()
        self.add(number, kind, at)
        for inner in range(number + 1, last + 1):
            self.add(inner, kind, self.spans[inner][0])
        stop = self.spans[last][1]
        hidden = stop if end is None else end
        self.hidden.append((at, hidden))
        if hidden < stop:
            self.runs.append((hidden, stop, False))
        return last + 1

    def alone(self, number: int, kind: str, at: int, indent: int, marker: str) -> int:
        """Take a line that is a block of its own."""
        self.close_paragraph()
        self.add(number, kind, at, indent, marker)
        return number + 1

    def close_paragraph(self) -> None:
        """End the paragraph, or the table, that is open."""
        if self.paragraph >= 0:
            self.runs.append((self.run_start, self.lines[-1].end, False))
            self.paragraph = -1
        self.table = False

    def add(self, number: int, kind: str, at: int, indent: int = -1, marker: str = "") -> None:
        """Add the line `number`; what it is indented by is looked up where it is not given."""
        start, end = self.spans[number]
        if indent < 0:
            indent = skip_blanks(self.text, start, end, 0)[1]
        quoted = any(container.quote for container in self.containers) if self.containers else False
        depth = len(self.containers) - quoted
        self.lines.append(Line(start, end, kind, at, indent, depth, quoted, marker))

    def number_at(self, offset: int) -> int:
        """Return the line that holds what ends at `offset`."""
        return max(bisect.bisect_left(self.spans, (offset, -1)) - 1, 0)

    def blank_from(self, number: int) -> int:
        """Return the last line before the next blank one, or before the end of the quote."""
        quoted = any(container.quote for container in self.containers)
        while number + 1 < len(self.spans):
            line = self.text[slice(*self.spans[number + 1])]
            if not line.strip(" \t>" if quoted else None) or (quoted and line.lstrip()[0] != ">"):
                break
            number += 1
        return number


def lines_of(text: str, start: int) -> list[Span]:
    """Return the lines of the body, without their ends; an empty last one is none."""
    found = []
    at = start
    for ending in _LINE_END.finditer(text, start):
        found.append((at, ending.start()))
        at = ending.end()
    if at < len(text):
        found.append((at, len(text)))
    return found


def skip_blanks(text: str, at: int, end: int, column: int) -> tuple[int, int]:
    """Return the next place from `at` that is no blank, and its column."""
    while at < end:
        if text[at] == " ":
            column += 1
        elif text[at] == "\t":
            column += 4 - column % 4
        else:
            break
        at += 1
    return at, column


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch each other made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return tuple(found)
