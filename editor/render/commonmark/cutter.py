"""Cut a page's source into its top-level blocks by the line maps of their tokens, and keep the cut up with edits.

A block holds its element's lines and all up to the next element: blank lines, definitions. After an edit the source is
parsed again from some blocks above it, to the first old block below it at which a new one begins.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

from markdown_it.token import Token

from editor.render.commonmark.flavour import FOLDED_LINE, Flavour, Late

_BELOW = 2
"""Blocks below one that begins as it did that have to be seen: what decides where it begins may look so far ahead."""

_FAR = 64
"""Pieces that are stepped over at once on the way to a position."""


class Rendered:
    """What became of a piece."""

    def __init__(self, marked: str) -> None:
        self.marked = marked
        """The HTML with marks for the late values."""
        self.html = marked
        """The HTML with the values that hold now."""
        self.lates: list[Late] = []
        self.values: list[str] = []
        self.uses: frozenset[str] = frozenset()
        """The labels that were looked up."""
        self.raw = False
        """Whether it holds raw HTML."""
        self.opens = False
        """Whether it leaves elements open for those below."""
        self.notes: list[list[str]] = []
        self.files: list[str] = []


class Piece:
    """One top-level block of the source."""

    __slots__ = ("defines", "lines", "rendered", "shown", "source", "tokens")

    def __init__(self, source: str, tokens: list[Token], defines: dict[str, Any]) -> None:
        self.source = source
        self.lines = source.count("\n") + source.count(FOLDED_LINE) + (not source.endswith("\n"))
        self.tokens: list[Token] | None = tokens
        """Until it is rendered."""
        self.defines = defines
        """Label to definition, the first one of each."""
        self.rendered: Any = None
        self.shown: str | None = None
        """The HTML that was handed over for it last."""


class Cutter:
    """The pieces of one page, in their order."""

    def __init__(self, flavour: Flavour) -> None:
        self._flavour = flavour
        self.pieces: list[Piece] = []

    @property
    def body(self) -> str:
        """The source of all pieces."""
        return "".join(piece.source for piece in self.pieces)

    def open(self, body: str) -> None:
        """Cut another body."""
        self.pieces = self._cut(body)[0]

    def edit(self, start: int, end: int, replacement: str) -> tuple[int, int, int]:
        """Replace the characters from `start` to `end`.

        Returns the first piece that is another one now, how many were there and how many are.
        """
        old = self.pieces
        if not old:
            self.pieces = self._cut(replacement)[0]
            return 0, 0, len(self.pieces)
        first, before = _piece_at(old, start, 0, 0)
        last, behind = _piece_at(old, end, first, before)
        text = old[first].source[: start - before] + replacement + old[last].source[end - behind :]
        above, below = max(0, first - self._flavour.lookahead), last + 1 + 2 * _BELOW
        while True:
            window = (
                [piece.source for piece in old[above:first]],
                [piece.source for piece in old[last + 1 : below]],
            )
            pieces, leading = self._cut("".join((*window[0], text, *window[1])))
            if leading and above:  # what goes to the piece above
                above = max(0, above - 2 * (first - above + 1))
                continue
            if below >= len(old):
                return self._replace(above, len(old), pieces)
            met = self._meeting(pieces, old[last + 1 : below])
            if met is not None:
                kept, known = met
                return self._replace(above, below - known, pieces[:kept])
            below = last + 1 + 2 * (below - last)

    def _meeting(self, pieces: list[Piece], below: list[Piece]) -> tuple[int, int] | None:
        """Return how many of the new pieces come before the first one that begins where one of those below does.

        With it comes how many of the old ones follow from there. None: there is no such place that is sure.
        """
        lengths = accumulate(len(piece.source) for piece in reversed(below))
        ends = {length: count for count, length in enumerate(lengths, 1)}  # from the end of the window
        found = None
        length = 0
        for index in range(len(pieces) - 1, -1, -1):
            length += len(pieces[index].source)
            count = ends.get(length, 0)
            if count > _BELOW:
                found = index, count
        return found

    def _replace(self, start: int, end: int, pieces: list[Piece]) -> tuple[int, int, int]:
        """Put new pieces in the place of some; those at the ends that are as they were stay."""
        old = self.pieces
        head, tail, most = 0, 0, min(end - start, len(pieces))
        while head < most and old[start + head].source == pieces[head].source:
            head += 1
        while tail < most - head and old[end - 1 - tail].source == pieces[-1 - tail].source:
            tail += 1
        made = pieces[head : len(pieces) - tail]
        self.pieces[start + head : end - tail] = made
        return start + head, end - tail - start - head, len(made)

    def _cut(self, source: str) -> tuple[list[Piece], bool]:
        """Return the pieces of a source, and whether the first one begins with what belongs to one above."""
        if not source:
            return [], False
        env: dict[str, Any] = {"references": {}}
        groups = list(self._groups(self._flavour.tokens(source, env)))
        leading = (bool(groups) and groups[0][0] > 0) or not groups
        starts = [0, *(line for line, _tokens in groups[1:])]
        tokens = [tokens for _line, tokens in groups] or [[]]
        defined: list[dict[str, Any]] = [{} for _ in starts]
        for label, definition in _definitions(env):
            at = _last_not_above(starts, definition.get("map", (0, 0))[0])
            defined[at].setdefault(label, {key: definition[key] for key in definition if key != "map"})
        bounds = pairwise([*_offsets(source, starts), len(source)])
        pieces = [
            Piece(source[begin:end], own, defines)
            for (begin, end), own, defines in zip(bounds, tokens, defined, strict=True)
        ]
        return pieces, leading

    def _groups(self, tokens: list[Token]) -> Iterator[tuple[int, list[Token]]]:
        """Yield (line, tokens) of each top-level element, with those that can only be rendered with it."""
        group: list[Token] = []
        line = 0
        for element in _elements(tokens):
            begin = element[0].map
            if group and (begin is None or begin[0] <= line or self._flavour.continues(element)):
                group += element
                continue
            if group:
                yield line, group
            group, line = element, begin[0] if begin is not None else 0
        if group:
            yield line, group


def _elements(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each top-level element."""
    depth = begin = 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth <= 0:
            yield list(tokens[begin : index + 1])
            begin, depth = index + 1, 0
    if begin < len(tokens):
        yield list(tokens[begin:])


def _definitions(env: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (label, definition) of all definitions of a parse, each label's first one first."""
    yield from env["references"].items()
    for definition in env.get("duplicate_refs", ()):
        yield definition["label"], {key: definition[key] for key in definition if key != "label"}


def _offsets(source: str, lines: Sequence[int]) -> Iterator[int]:
    """Yield where each of some lines begins, in rising order."""
    at = line = 0
    for wanted in lines:
        while line < wanted:
            at = source.find("\n", at) + 1
            line += 1
        yield at


def _last_not_above(starts: Sequence[int], line: int) -> int:
    low, high = 0, len(starts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if starts[middle] <= line else (low, middle - 1)
    return low


def _piece_at(pieces: Sequence[Piece], position: int, piece: int, before: int) -> tuple[int, int]:
    """Return the piece that holds a position, the last one for the end, and what is before it; from a known one on."""
    while piece + _FAR < len(pieces):
        length = sum([len(one.source) for one in pieces[piece : piece + _FAR]])
        if before + length > position:
            break
        piece, before = piece + _FAR, before + length
    while piece + 1 < len(pieces) and before + len(pieces[piece].source) <= position:
        before += len(pieces[piece].source)
        piece += 1
    return piece, before
