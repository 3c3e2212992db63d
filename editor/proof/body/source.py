"""BodySource: what stands where in the Markdown below the front matter.

All positions are code points in the whole text of the post, its byte order mark left out; `end` is behind the last
character.
"""

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.proof.body.grammar import Grammar

BLANK = "blank"
TEXT = "text"
"""A line of a paragraph."""
HEADING = "heading"
UNDERLINE = "underline"
"""The line below the words of a heading."""
RULE = "rule"
FENCE = "fence"
"""The first or the last line of a fenced block of code."""
CODE = "code"
"""A line within a fence, or one that is indented as code."""
MATH = "math"
COMMENT = "comment"
HTML = "html"
"""A line of raw HTML, in which Markdown is not read."""
TABLE = "table"
DEFINITION = "definition"
"""The address of a reference, `[label]: address`."""
CALL = "call"
"""What opens an admonition, a fold or a tab; the marks of a `///` or `:::` block."""
TEMPLATE = "template"
"""Liquid, a shortcode or MDX that fills the line."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body."""

    start: int
    end: int
    """Its line end left out."""
    kind: str
    content: int
    """Where it begins, behind marks of quotes and lists."""
    indent: int
    """Columns before its first mark or word, counted from the margin; tabs reach to the next multiple of four."""
    depth: int = 0
    """How many list entries, admonitions, folds and tabs it is in."""
    quoted: bool = False
    """Whether it is in a block quote."""
    marker: str = ""
    """The marker of the list entry that begins here (the innermost): `-`, `1.`"""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body."""

    level: int
    start: int
    end: int
    """Its words, without marks and attributes."""
    line: int
    """The index of its line in `BodySource.lines`; that of the words for one that is underlined."""
    marks: Span
    """The marks before the words, or the line below them."""
    id: str = ""
    """The id that is set in braces, `{#id}`; empty where the generator makes one."""
    id_span: Span = (0, 0)
    """Where that stands."""
    nested: bool = False
    """Whether it is in a quote, a list, an admonition or a tab."""


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block of code."""

    start: int
    end: int
    """Its first line, from the marks on."""
    line: int
    """The index of its first line."""
    last: int
    """The index of its last line: the one that closes it, else the last of the body."""
    marks: str
    info: str
    closed: bool
    indent: int = 0
    """Columns before its marks."""
    nested: bool = False
    """Whether it is in a quote, a list, an admonition or a tab."""


@dataclass(frozen=True, slots=True)
class Call:
    """What opens an admonition, a fold or a tab."""

    start: int
    end: int
    line: int
    mark: str
    """`!!!`, `???`, `???+`, `===`."""
    words: str
    """The type, or what stands in its place."""
    title: str | None
    """The title in quotes; None where there is none."""
    indent: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture of Markdown."""

    kind: str
    """`inline` `[text](address)`, `reference` `[text][label]`, `collapsed` `[label][]`, `shortcut` `[label]`,
    `auto` `<https://…>`, `bare` (an address in the text)."""
    picture: bool
    start: int
    end: int
    text: Span
    """Between the first brackets; the address of one without."""
    destination: str
    """The address as it is written, without angle brackets and blanks around it; for a reference that of its
    definition, empty where there is none."""
    target: Span
    """Where the address is written: in the link, or in the definition."""
    label: str = ""
    """The label of a reference, as it is written."""
    defined: bool = True
    title: str = ""
    attributes: str = ""
    """What follows in braces, `{ … }`, braces left out."""
    in_link: bool = False
    """Whether it is within the text of another link."""


@dataclass(frozen=True, slots=True)
class Definition:
    """The address of a reference, or the text of a footnote."""

    label: str
    """As it is written, without the sign of a footnote."""
    start: int
    end: int
    """From its first bracket to the end of the line, as far as it belongs to it."""
    name: Span
    """Where the label stands."""
    destination: str = ""
    target: Span = (0, 0)
    title: str = ""


@dataclass(frozen=True, slots=True)
class FootnoteUse:
    """Where a footnote is called, `[^label]`."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of raw HTML."""

    name: str
    """In lower case."""
    closing: bool
    alone: bool
    """Whether it closes itself, `<br/>`."""
    start: int
    end: int
    attributes: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    """Name in lower case -> value (character references as written), where the value begins and ends."""
    block: bool = False
    """Whether it stands in a block of raw HTML, and not in a line of Markdown."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of HTML."""

    start: int
    end: int
    closed: bool = True
    """Whether it has an end; else it runs to that of the body."""


@dataclass(frozen=True, slots=True)
class BodySource:
    """The body of a post, scanned; made by `scan` of `editor.proof.body.blocks`."""

    text: str
    """The whole text of the post."""
    start: int
    """Where the body begins."""
    grammar: Grammar = field(default_factory=Grammar)
    lines: tuple[Line, ...] = ()
    headings: tuple[Heading, ...] = ()
    fences: tuple[Fence, ...] = ()
    calls: tuple[Call, ...] = ()
    links: tuple[Link, ...] = ()
    """Links and pictures, in the order of their beginnings."""
    definitions: tuple[Definition, ...] = ()
    footnotes: tuple[Definition, ...] = ()
    footnote_uses: tuple[FootnoteUse, ...] = ()
    tags: tuple[Tag, ...] = ()
    comments: tuple[Comment, ...] = ()
    templates: tuple[Span, ...] = ()
    """Liquid tags, shortcodes, includes: what is replaced before Markdown is read."""
    hidden: tuple[Span, ...] = ()
    """Code, formulas, comments and templates, in order, none overlapping: no words of the post."""

    @property
    def end(self) -> int:
        """Where the body ends."""
        return len(self.text)

    def line_at(self, offset: int) -> int:
        """Return the index of the line that holds `offset`, which is in the body."""
        starts = bisect.bisect_right(self.lines, offset, key=lambda line: line.start)
        return max(starts - 1, 0)

    def is_hidden(self, offset: int) -> bool:
        """Return whether `offset` is within code, a formula, a comment or a template."""
        index = bisect.bisect_right(self.hidden, offset, key=lambda span: span[0]) - 1
        return index >= 0 and offset < self.hidden[index][1]

    def is_in_comment(self, offset: int) -> bool:
        """Return whether `offset` is within a comment."""
        index = bisect.bisect_right(self.comments, offset, key=lambda comment: comment.start) - 1
        return index >= 0 and offset < self.comments[index].end
