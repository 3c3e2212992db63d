"""Cut a page's source into blocks that render by themselves, and keep the cut up to date from the edits alone.

A block is one chunk of lines, or several where one goes on with the other (`constructs`, `chunks`). Every
doubt is settled by joining: it costs time, never exactness. After an edit the cut is made anew from two
blocks above it (or from an earlier block with something unclosed that the edit may have closed) to the first
old block below it that a new one begins at.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from editor.render.python_markdown.chunks import Chunk, Lines, Reader
from editor.render.python_markdown.constructs import BACK, COLON, DEFINES, STICKY, TERMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from editor.render.python_markdown.constructs import Constructs

_ABOVE = 2
"""Blocks above an edit that are cut anew: what joins one with the next is seen from the one before."""


_STRIDE = 256
"""Pieces that are stepped over at once on the way to a position that is far."""

_FAR = 20_000

_MANY = 8
"""Chunks: a piece that has as many keeps them for the next time that it is cut."""


class Piece:
    """One block of the source."""

    __slots__ = (
        "chunks",
        "defines",
        "fenced",
        "kinds",
        "lines",
        "pending",
        "rendered",
        "shown",
        "source",
        "whole",
    )

    def __init__(self, source: str, fenced: bool) -> None:
        self.source = source
        """With the blank lines that follow; the first one also with those before it."""
        self.lines = source.count("\n") + (not source.endswith("\n"))
        self.fenced = fenced
        """Whether a fence may open in it: none may below one that never closes."""
        self.kinds = 0
        self.defines = True
        """Whether all of its chunks open with a definition: what is around it may touch through it."""
        self.chunks: tuple[int, dict[int, Chunk]] | None = None
        """The line that it began in when it was cut, and its chunks by their lines then, where they are many."""
        self.pending: tuple[str, ...] = ()
        self.whole = False
        self.rendered: Any = None
        """What a renderer keeps with it."""
        self.shown: str | None = None
        """The HTML that was handed over for it last."""

    def same(self, other: Piece) -> bool:
        """Return whether the other renders as this one does."""
        if self.source != other.source:
            return False
        return self.fenced == other.fenced or not ("```" in self.source or "~~~" in self.source)


class _KnownChunks:
    """The chunks of a long piece that an edit in it leaves as they are."""

    def __init__(self, piece: Piece, old: str, start: int, end: int, replacement: str) -> None:
        assert piece.chunks is not None
        self._base, self._chunks = piece.chunks
        self._above = 0
        self._first = old.count("\n", 0, start)
        self._last = self._first + old.count("\n", start, end)
        self._longer = replacement.count("\n") - (self._last - self._first)

    def shift(self, above: int) -> None:
        """Say how many lines stand above the piece."""
        self._above = above

    def at(self, line: int) -> Chunk | None:
        """Return the chunk that begins in a line, if it did so before the edit and was not touched."""
        old = line - self._above
        moved = old > self._last + self._longer
        if moved:
            old -= self._longer
        if moved and old <= self._last:
            return None
        chunk = self._chunks.get(self._base + old)
        if chunk is None or chunk.pending or not (moved or chunk.end - self._base < self._first):
            return None
        return chunk._replace(end=chunk.end + line - old - self._base)


class _OldBySource:
    """Which old piece each source of a new cut is: those above the edit, the edited text, those below."""

    def __init__(self, restart: int, above: int, edited: int, behind: int) -> None:
        self._restart = restart
        self._above = above
        self.below = above + edited
        """The number of the first source below the edit."""
        self._behind = behind

    def __getitem__(self, number: int) -> int | None:
        if number < self._above:
            return self._restart + number
        return None if number < self.below else self._behind + number - self.below


class Splitter:
    """The pieces of one text."""

    def __init__(self, constructs: Constructs) -> None:
        """Make an empty one, for the constructs of one Markdown instance."""
        self._constructs = constructs
        self._reader = Reader(constructs)
        self.pieces: list[Piece] = []
        self._sizes: list[int] = []
        """How many characters each piece has."""
        self._special: dict[int, Piece] = {}
        """The pieces with something unclosed, or that make their page one to be rendered at once, by `id`."""
        self._near = (0, 0)
        """A piece, and the position where it begins: edits mostly come close to the last one."""

    def open(self, text: str) -> None:
        """Cut another text."""
        self._near = (0, 0)
        self.pieces = self._cut(Lines([text]), True, None)[0] if text else []
        self._sizes = [len(piece.source) for piece in self.pieces]
        self._special = {}
        self._note_special([], self.pieces)

    @property
    def whole(self) -> bool:
        """Whether something in the text can only be rendered with all of it."""
        return any(piece.whole for piece in self._special.values())

    def _note_special(self, gone: list[Piece], made: list[Piece]) -> None:
        for piece in gone:
            self._special.pop(id(piece), None)
        for piece in made:
            if piece.pending or piece.whole:
                self._special[id(piece)] = piece

    def edit(self, start: int, end: int, replacement: str) -> tuple[int, list[Piece], list[Piece]]:
        """Replace the characters from `start` to `end`; return what became of the pieces.

        That is: the first piece that is another one, the old pieces from it on that are gone, and those that
        stand in their place.
        """
        pieces = self.pieces
        if not pieces:
            self.open(replacement)
            return 0, [], self.pieces
        first, begin = self._locate(start)
        last, behind = first, begin + self._sizes[first]
        while behind < end:
            last += 1
            behind += self._sizes[last]
        old = "".join(piece.source for piece in pieces[first : last + 1])
        dirty = old[: start - begin] + replacement + old[end - begin :]
        while not dirty.endswith("\n") and last + 1 < len(pieces):
            last += 1
            dirty += pieces[last].source
        restart = self._restart(first, old, dirty)
        known = None
        if first == last and pieces[first].chunks is not None and pieces[first].fenced:
            known = _KnownChunks(pieces[first], old, start - begin, end - begin, replacement)
            known.shift(sum(piece.lines for piece in pieces[restart:first]))
        self._near = (restart, begin - sum(self._sizes[restart:first]))
        above = [piece.source for piece in pieces[restart:first]]
        below = (piece.source for piece in pieces[last + 1 :])
        sources = chain(above, [dirty] if dirty else [], below)
        old_by_source = _OldBySource(restart, first - restart, 1 if dirty else 0, last + 1)
        made, met = self._cut(Lines(sources), pieces[restart].fenced, old_by_source, known)
        gone = pieces[restart:met]
        pieces[restart:met] = made
        self._sizes[restart:met] = [len(piece.source) for piece in made]
        self._note_special(gone, made)
        if self._near[0] > len(pieces) - 1:
            self._near = (0, 0)
        return _trimmed(restart, gone, made)

    # ---- where

    def _locate(self, position: int) -> tuple[int, int]:
        """Return the piece that holds a position, and where it begins; the last one for the very end."""
        sizes = self._sizes
        index, begin = self._near
        while position < begin:
            step = min(index, _STRIDE) if begin - position > _FAR else 1
            index -= step
            begin -= sum(sizes[index : index + step])
        last = len(sizes) - 1
        while index + _STRIDE < last and position - begin > _FAR:
            over = begin + sum(sizes[index : index + _STRIDE])
            if over > position:
                break
            index, begin = index + _STRIDE, over
        while index < last and position >= begin + sizes[index]:
            begin += sizes[index]
            index += 1
        return index, begin

    def _restart(self, first: int, old: str, dirty: str) -> int:
        """Return the piece from which the cut is to be made anew for an edit that begins in piece `first`."""
        pieces = self.pieces
        restart = max(0, first - _ABOVE)
        if self._constructs.terms or self._constructs.generic is not None:
            marks = (":", "/")
            if any(line.lstrip().startswith(marks) for line in chain(old.split("\n"), dirty.split("\n"))):
                # What reaches back does so through definitions.
                passed = 0
                restart = first
                while restart and passed < _ABOVE:
                    restart -= 1
                    passed += not pieces[restart].defines
        lowered = dirty.lower()
        closed = {
            id(piece)
            for piece in self._special.values()
            if any(closer in lowered for closer in piece.pending)
        }
        if closed:
            return next((at for at in range(restart) if id(pieces[at]) in closed), restart)
        return restart

    # ---- the cut

    def _cut(
        self,
        lines: Lines,
        fenced: bool,
        old_by_source: _OldBySource | None,
        known: _KnownChunks | None = None,
    ) -> tuple[list[Piece], int]:
        """Return the pieces of the lines, and the old piece before which they end."""
        made: list[Piece] = []
        met = len(self.pieces)

        def meets(line: int, fences: bool) -> bool:
            """Return whether all is as it was from this beginning of a block on."""
            nonlocal met
            number = lines.begins.get(line)
            if number is None or old_by_source is None or number < old_by_source.below:
                return False
            found = old_by_source[number]
            if found is None or self.pieces[found].fenced != fences:
                return False
            met = found
            return True

        for start, end, fences, chunks in self._blocks(lines, fenced, meets, known):
            piece = Piece(lines.text(start, end), fences)
            if len(chunks) >= _MANY and fences and all(chunk.fenced for chunk in chunks):
                begins = [start, *(chunk.end for chunk in chunks)]
                piece.chunks = (start, dict(zip(begins, chunks)))  # noqa: B905
            for chunk in chunks:
                piece.kinds |= chunk.kinds & STICKY
                piece.defines = piece.defines and bool(chunk.kinds & DEFINES)
                piece.pending += chunk.pending
                piece.whole = piece.whole or chunk.whole
            number = lines.begins.get(start)
            found = old_by_source[number] if number is not None and old_by_source is not None else None
            old = self.pieces[found] if found is not None else None
            if old is not None and old.same(piece):
                old.fenced, old.kinds, old.defines = piece.fenced, piece.kinds, piece.defines
                old.pending, old.whole = piece.pending, piece.whole
                piece = old
            made.append(piece)
        return made, met

    def _blocks(
        self,
        lines: Lines,
        fenced: bool,
        meets: Callable[[int, bool], bool],
        known: _KnownChunks | None,
    ) -> Iterator[tuple[int, int, bool, list[Chunk]]]:
        """Yield where each block begins and ends, whether fences may open in it, and its chunks.

        Ends before a block that `meets` the old ones, told where it begins and whether fences may open in it.
        """
        reader = self._reader
        reader.take(lines)
        read: dict[int, tuple[Chunk, bool]] = {}

        def chunk_at(line: int, fences: bool) -> Chunk | None:
            kept = read.get(line)
            if kept is not None and kept[1] == fences:
                return kept[0]
            if lines.get(line) is None:
                return None
            chunk = (known.at(line) if known is not None and fences else None) or reader.read(line, fences)
            read[line] = (chunk, fences)
            return chunk

        def reaches_back(chunk: Chunk) -> int:
            """Return the kinds of the next chunk that is no definition, if it reaches back."""
            following: Chunk | None = chunk
            while following is not None:
                following = chunk_at(following.end, following.fenced)
                if following is None or not following.kinds & DEFINES:
                    break
            return following.kinds & (BACK | COLON) if following is not None else 0

        def joins(chunk: Chunk, kinds: int) -> bool:
            if self._constructs.joins(chunk.text, chunk.kinds, kinds):
                return True
            if chunk.kinds & DEFINES and reaches_back(chunk):
                return True
            return bool(kinds & TERMS and self._constructs.terms and reaches_back(chunk) & COLON)

        start, fences = 0, fenced
        chunk = chunk_at(0, fences)
        while chunk is not None and not meets(start, fences):
            chunks = [chunk]
            kinds = chunk.kinds
            following = chunk_at(chunk.end, chunk.fenced)
            while following is not None and joins(following, kinds):
                chunks.append(following)
                kinds |= following.kinds
                following = chunk_at(following.end, following.fenced)
            end, below = chunks[-1].end, chunks[-1].fenced
            yield start, end, fences, chunks
            start, fences, chunk = end, below, following
            read = {line: kept for line, kept in read.items() if line >= end}


def _trimmed(start: int, gone: list[Piece], made: list[Piece]) -> tuple[int, list[Piece], list[Piece]]:
    """Leave out the pieces at both ends that stayed the same objects."""
    same = 0
    while same < len(gone) and same < len(made) and gone[same] is made[same]:
        same += 1
    gone, made = gone[same:], made[same:]
    while gone and made and gone[-1] is made[-1]:
        gone.pop()
        made.pop()
    return start + same, gone, made
