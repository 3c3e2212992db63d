"""What is kept of a block that was rendered, and what it is rendered with: plain data."""

from __future__ import annotations

from typing import Any, NamedTuple

from editor.render.python_markdown import tokens


class Wide:
    """What a page's definitions give to each of its blocks."""

    def __init__(self) -> None:
        self.references: dict[str, tuple[str, str | None]] = {}
        self.abbreviations: dict[str, str] = {}
        self.notes: dict[str, int] = {}
        """The footnotes that are defined: how often each is referred to."""

    def abbreviations_in(self, text: str) -> dict[str, str]:
        """Return those that a text holds."""
        return {key: title for key, title in self.abbreviations.items() if key in text}


class Tab(NamedTuple):
    """A tab that is named by its label."""

    slug: str
    above: bool
    """Whether the slug of the last heading above the block is to stand before it."""


class Reference(NamedTuple):
    """One mark of a footnote in the text."""

    depth: int
    """How deep in the tree it stands."""
    name: str
    holder: str | None
    """The footnote in whose text it stands."""


class Context(NamedTuple):
    """A part of a block, and what stands for its neighbours while it is rendered."""

    before: str
    source: str
    after: str
    kind: str
    """`list`: the part is an item; `box`: it is what stands between two paragraphs; `margin`: it is all in a box;
    empty: it is all."""
    fenced: bool = True
    deeper: int = 0
    """How much deeper in the tree it stands on the page."""
    first: bool = False
    """Whether it is the page's first block, which may hold metadata."""


class NotBetweenError(Exception):
    """A part does not come out between what stands for its neighbours."""


class Rendered:
    """One block's HTML, and all that others must know of it."""

    def __init__(self) -> None:
        self.parts: list[str] = [""]
        """As `tokens.parts` gives it."""
        self.headings: list[str] = []
        """The slugs of the headings that have no id of their own."""
        self.ids: list[str] = []
        """The ids of its own elements."""
        self.last_heading: str | None = None
        """The id of its last top-level heading."""
        self.tabs: list[Tab] = []
        self.codes = 0
        self.tab_sets = 0
        self.referred: list[Reference] = []
        """The footnotes that it refers to."""
        self.notes: list[tuple[str, list[str]]] = []
        """The footnotes that it defines: id, and HTML as `tokens.parts` gives it."""
        self.contents: list[dict[str, Any]] = []
        """The entries that its headings make in a table of contents."""
        self.references: dict[str, tuple[str, str | None]] = {}
        """The link definitions in it."""
        self.abbreviations: list[tuple[str, str | None]] = []
        """The abbreviations that it defines, or (None) takes back, in their order."""
        self.asked: dict[str, tuple[str, str | None] | None] = {}
        """The link definitions that it asked for, and what it got."""
        self.asked_notes: dict[str, bool] = {}
        self.counts: dict[str, int] = {}
        """How often the footnotes that it defines were taken to be referred to."""
        self.used_abbreviations: dict[str, str] = {}
        self.text: str = ""
        """Its text, for those who look for abbreviations; empty where the site has none."""
        self.around: tuple[str, dict[str, str]] = ("", {})
        """The tag and the attributes of the list that it is an item of."""
        self.defines = False
        """Whether others may depend on its definitions."""
        self.wide = False
        """Whether the whole page decides over something in it, or it over something elsewhere."""
        self.holds_contents = False
        """Whether a table of contents stands in it."""
        self.whole = False
        """Whether something in it can only be rendered with the whole page."""

    def settle(self) -> None:
        """Sum up what was found out; a page with thousands of blocks asks for that with each key."""
        self.defines = bool(self.references or self.abbreviations or self.notes)
        self.wide = bool(
            len(self.parts) > 1
            or self.headings
            or self.ids
            or self.last_heading
            or self.tabs
            or self.codes
            or self.tab_sets
            or self.referred
            or self.notes
        )
        self.holds_contents = tokens.CONTENTS + "0" in self.parts

    def summary(self) -> tuple[Any, ...]:
        """Return all of it that the rest of the page depends on."""
        return (
            self.headings,
            self.ids,
            self.last_heading,
            self.tabs,
            self.codes,
            self.tab_sets,
            self.referred,
            self.notes,
            self.contents,
            self.holds_contents,
        )
