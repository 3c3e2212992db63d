"""A text cut into pieces that render by themselves, kept up by its edits.

A piece ends below blank lines, where what comes next is read as if it were the first of a text. What it
needs of the others are definitions (links, footnotes, abbreviations, attribute lists), which it is asked for
while it is read, and what `late` puts in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from editor.render.kramdown import grammar
from editor.render.kramdown.blocks import BlockParser
from editor.render.kramdown.converter import Converter
from editor.render.kramdown.elements import Definitions, Element
from editor.render.kramdown.late import Page, Written
from editor.render.kramdown.scanner import Scanner
from editor.render.kramdown.texts import TextReader

if TYPE_CHECKING:
    from editor.render.kramdown.options import Options


class Piece:
    """One piece of the source."""

    __slots__ = (
        "asked",
        "definitions",
        "first",
        "given_up",
        "html",
        "lines",
        "rendered",
        "root",
        "source",
        "unclosed",
        "written",
    )

    def __init__(self, source: str, parser: BlockParser, *, first: bool) -> None:
        self.source = source
        self.first = first
        self.lines = source.count("\n")
        self.root: Element | None = parser.tree
        """What was read of it; used up by rendering."""
        self.definitions = parser.definitions
        self.unclosed = parser.unclosed
        self.given_up = parser.too_deep or parser.changed_options
        """Whether something in it is not shown as kramdown does."""
        self.written = Written("", (), ())
        self.asked: dict[tuple[str, str], Any] = {}
        """What was looked up for it, and what was found."""
        self.rendered = False
        self.html = ""
        """As it stands on the page."""


class Pieces:
    """The pieces of one text."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.pieces: list[Piece] = []
        self.rendered = 0
        """How many pieces the last rendering read anew."""
        self.tail = ""
        """The footnotes, where they stand at the end."""
        self._text = ""
        self._definitions = Definitions()
        self._abbreviations: tuple[Any, ...] = ()
        self._notes: dict[str, tuple[Any, Element]] = {}
        self._notes_given_up = False

    @property
    def given_up(self) -> bool:
        """Whether something on the page is not shown as kramdown does."""
        return self._notes_given_up or any(piece.given_up for piece in self.pieces)

    def become(self, text: str) -> None:
        """Take a text (line feeds alone, one at the end), in the place of the one before."""
        before = self._text
        start = _common_start(before, text)
        most = min(len(before), len(text)) - start
        behind = _common_end(before, text, most)
        if start == len(before) == len(text):
            return
        restart, place = self._restart(start)
        unchanged_from = len(text) - behind
        offset = len(before) - len(text)
        ends = self._starts_after(len(before) - behind)
        made: list[Piece] = []
        while place < len(text):
            if place >= unchanged_from and place + offset in ends:
                break
            piece = self._cut(text, place, first=place == 0)
            made.append(piece)
            place += len(piece.source)
        old = ends.get(place + offset, len(self.pieces)) if place < len(text) else len(self.pieces)
        self.pieces[restart:old] = self._reused(self.pieces[restart:old], made)
        self._text = text

    @staticmethod
    def _reused(gone: list[Piece], made: list[Piece]) -> list[Piece]:
        """Return the new pieces, or old ones in their place that are the same."""
        known = {(piece.source, piece.first): piece for piece in gone}
        return [known.pop((piece.source, piece.first), piece) for piece in made]

    def _restart(self, start: int) -> tuple[int, int]:
        """Return from which piece on an edit at `start` cuts anew, and where that begins."""
        place = 0
        starts: list[int] = []
        for piece in self.pieces:
            starts.append(place)
            place += len(piece.source)
            if place > start:
                break
        # The end of the piece above depends on what the edited one begins with.
        number = max(0, len(starts) - 2)
        for above in range(number):
            if self.pieces[above].unclosed:
                number = above
                break
        return number, starts[number] if starts else 0

    def _starts_after(self, least: int) -> dict[int, int]:
        """Return the pieces that begin at or below a place, by where they begin."""
        starts: dict[int, int] = {}
        place = 0
        for number, piece in enumerate(self.pieces):
            if place >= least:
                starts[place] = number
            place += len(piece.source)
        return starts

    def _cut(self, text: str, start: int, *, first: bool) -> Piece:
        """Read the piece that begins at a place."""
        parser = BlockParser(self.options)
        parser.src = Scanner(text)
        parser.src.pos = start
        parser.depth = 1
        children = parser.tree.children
        if not first:
            children.append(_above())
        while not parser.src.at_end:
            parser.read_one()
            if children and children[-1].kind == "blank" and parser.pending is None:
                if len(children) > 1 and children[-2].kind == "dl":
                    continue
                if grammar.DEFINITION.match(text, parser.src.pos):
                    continue
                break
        return Piece(text[start : parser.src.pos], parser, first=first)

    def render(self) -> list[str]:
        """Render what needs it; returns the HTML of each piece, its last line feed left off."""
        definitions = Definitions()
        for piece in self.pieces:
            definitions.update(piece.definitions)
        self._definitions = definitions
        abbreviations = tuple(
            (name, title, _listed(place)) for name, (title, place) in definitions.abbreviations.items()
        )
        fresh = abbreviations != self._abbreviations
        self._abbreviations = abbreviations
        self.rendered = 0
        for piece in self.pieces:
            if fresh or not piece.rendered or not self._holds(piece.asked):
                self._render(piece)
                self.rendered += 1
        self._notes_given_up = False
        page = Page(self.options, definitions, self._footnote)
        made = page.finished([piece.written for piece in self.pieces])
        self.tail = made.pop() if len(made) > len(self.pieces) else ""
        for piece, html in zip(self.pieces, made, strict=True):
            piece.html = html.removesuffix("\n")
        return [piece.html for piece in self.pieces]

    def _holds(self, asked: dict[tuple[str, str], Any]) -> bool:
        return all(self._answer(kind, name) == answer for (kind, name), answer in asked.items())

    def _answer(self, kind: str, name: str) -> Any:
        definitions = self._definitions
        if kind == "footnote":
            return name in definitions.footnotes
        if kind == "link":
            link = definitions.links.get(name)
            return (link.url, link.title, _listed(link.place)) if link else None
        listed = definitions.attributes.get(name)
        return (list(listed.values.items()), list(listed.refs)) if listed else None

    def _render(self, piece: Piece) -> None:
        root = piece.root
        if root is None:
            parser = BlockParser(self.options)
            root = Element("root", children=[] if piece.first else [_above()])
            parser.read(root, piece.source)
            piece.definitions = parser.definitions
            # The page's own have it too: footnotes are read into what is there.
            self._definitions.footnotes.update(parser.definitions.footnotes)
        piece.root = None
        asked: dict[tuple[str, str], Any] = {}
        reader = self._reader(asked)
        reader.read(root, below_blank=not piece.first)
        converter = Converter(self.options, self._definitions)
        html = converter.inner(root, [], 0)
        piece.written = Written(html, tuple(converter.late), tuple(converter.headings))
        piece.asked = asked
        piece.given_up = piece.given_up or reader.given_up
        piece.rendered = True

    def _reader(self, asked: dict[tuple[str, str], Any]) -> TextReader:
        def look_up(kind: str, name: str) -> None:
            asked[kind, name] = self._answer(kind, name)

        return TextReader(self.options, self._definitions, look_up)

    def _footnote(self, name: str) -> Element | None:
        """Return the content of a footnote, its text read."""
        content = self._definitions.footnotes.get(name)
        if content is None:
            return None
        copy = content.copy()
        reader = self._reader({})
        reader.read(copy, in_root=False)
        self._notes_given_up = self._notes_given_up or reader.given_up
        return copy


def _above() -> Element:
    """Return the blank lines above a piece."""
    return Element("blank", "\n")


def _listed(place: Element) -> tuple[Any, ...] | None:
    listed = place.listed
    return (tuple(listed.values.items()), tuple(listed.refs)) if listed else None


def _common_start(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(one: str, other: str, most: int) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
