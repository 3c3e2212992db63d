"""A page that is kept by its top-level blocks, and tells after edits which of them became others.

Each block is rendered by itself, with the definitions of the whole page; what only the whole page decides is bound
when a block tells something else about it. Blocks whose raw HTML belongs together (`<div>`, Markdown, `</div>`) are
handed over as one.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from editor.render.commonmark.cutter import Cutter, Piece, Rendered
from editor.render.commonmark.flavour import Flavour, Late, Place, Told, filled
from editor.render.python_markdown.comparison import compared
from editor.render.python_markdown.html_blocks import common_prefix, common_suffix, open_after
from editor.render.python_markdown.notes import Notes
from editor.render.python_markdown.patches import Change, Patch

_MOST_JOINED = 100_000
"""Characters of HTML: an element that reaches farther is shown as if it ended with its own block."""

_RAW = frozenset({"html_block", "html_inline"})


class _References(dict[str, Any]):
    """The definitions of a page; keeps which labels were looked up."""

    def __init__(self, known: dict[str, Any]) -> None:
        super().__init__(known)
        self.asked: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:
        """Return a definition, if there is one."""
        self.asked.add(label)
        return super().get(label, default)

    def __contains__(self, label: object) -> bool:
        self.asked.add(str(label))
        return super().__contains__(label)

    def __getitem__(self, label: str) -> Any:
        self.asked.add(label)
        return super().__getitem__(label)


class _Html(NamedTuple):
    html: str


class _Unit:
    """Pieces that are one block of HTML."""

    def __init__(self, html: str, lines: int) -> None:
        self.rendered: Any = _Html(html)
        self.lines = lines
        self.shown: str | None = None


class _Span:
    """The pieces from one that leaves elements open to the one that closes them."""

    def __init__(self, pieces: list[Piece], begin: int) -> None:
        end = begin + 1
        names = open_after(pieces[begin].rendered.html, [])
        size = len(pieces[begin].rendered.html)
        while names and end < len(pieces) and size <= _MOST_JOINED:
            rendered = pieces[end].rendered
            if rendered.raw or "p" in names:  # what Markdown makes closes what it opens, and open paragraphs
                names = open_after(rendered.html, names)
            size += len(rendered.html)
            end += 1
        self.pieces = pieces[begin:end]
        self._html = [piece.rendered.html for piece in self.pieces]
        self._to_the_end = bool(names) and end == len(pieces)
        self.unit: _Unit | None = None
        """What is handed over; None where it reaches too far."""
        if not names or size <= _MOST_JOINED:
            html = "\n".join([html for html in self._html if html])
            self.unit = _Unit(html, sum([piece.lines for piece in self.pieces]))

    def holds(self, pieces: list[Piece], begin: int) -> bool:
        """Return whether the same stands in the page now, where the first piece is its `begin`-th."""
        end = begin + len(self.pieces)
        return (
            pieces[begin:end] == self.pieces
            and [piece.rendered.html for piece in self.pieces] == self._html
            and (not self._to_the_end or end == len(pieces))
        )


class CommonMarkPage:
    """One page's body and its blocks."""

    def __init__(self, flavour: Flavour, place: Place) -> None:
        self.flavour = flavour
        self._place = place
        self._cutter = Cutter(flavour)
        self._references = _References({})
        self._settled: list[Piece] = []
        """The pieces that the last patch told of."""
        self._window = (0, 0)
        """How many of those no edit touched since, at the beginning and at the end."""
        self._units: list[Piece | _Unit] = []
        """What was handed over, block by block."""
        self._spans: dict[int, _Span] = {}
        """Where pieces belong together, by the `id` of the first."""
        self._opening: set[int] = set()
        """The pieces, by `id`, that leave elements open."""
        self._tail = ""
        self._fresh = True
        self._rendered = 0
        self._noted = True
        self._seen: tuple[list[list[str]], list[str]] = ([], [])

    @property
    def body(self) -> str:
        """The body as it is now."""
        return self._cutter.body

    @property
    def notes(self) -> list[list[str]]:
        """What was noted about the page as it was handed over last."""
        return self._all_seen()[0]

    @property
    def files(self) -> list[str]:
        """The files that were read for the page as it was handed over last."""
        return self._all_seen()[1]

    def open(self, body: str) -> Patch:
        """Take another body; return all its blocks. Raises whatever a rule raises."""
        self._fresh = True
        self._cutter.open(body)
        return self.patch()

    def edit(self, start: int, end: int, replacement: str) -> None:
        """Replace the characters from `start` to `end` of the body. Raises whatever a rule raises."""
        count = len(self._cutter.pieces)
        first, gone, _made = self._cutter.edit(start, end, replacement)
        above, below = self._window
        self._window = (min(above, first), min(below, count - first - gone))

    def become(self, body: str) -> None:
        """Make the one edit that leads from the body as it is to `body`, if they differ."""
        before = self.body
        if body != before:
            start = common_prefix(before, body)
            tail = common_suffix(before, body, min(len(body), len(before)) - start)
            self.edit(start, len(before) - tail, body[start : len(body) - tail])

    def patch(self) -> Patch:
        """Return what changed since the last patch. Raises whatever a rule raises; the next one is fresh then."""
        fresh, self._fresh = self._fresh, True
        if fresh:
            self._settled, self._window = [], (0, 0)
            self._units, self._tail = [], ""
            self._spans, self._opening = {}, set()
        pieces = self._cutter.pieces
        above, below = self._window
        gone, made = self._settled[above : len(self._settled) - below], pieces[above : len(pieces) - below]
        self._rendered = 0
        elsewhere = self._settle(gone, made, fresh)
        changes = self._changes(elsewhere)
        if fresh:
            changes = [Change(0, 0, [block for change in changes for block in change.blocks])]
        self._settled, self._window = list(pieces), (len(pieces), len(pieces))
        self._fresh = False
        return Patch(changes, fresh, rendered=self._rendered)

    def _settle(self, gone: list[Piece], made: list[Piece], fresh: bool) -> bool:
        """Give all pieces their HTML; return whether others than those `made` may have another one now."""
        stale = self._redefine(gone, made, fresh)
        kept = set(map(id, made))
        others = [piece for piece in stale if id(piece) not in kept]
        before, values = (_lates(gone), _lates(others)), _values(gone)
        noted = _noted([*gone, *others])
        for piece in gone:
            self._opening.discard(id(piece))
        for piece in made:
            if piece.rendered is None:
                self._render(piece)
        for piece in stale:
            self._render(piece)
        for piece in (*made, *others):
            (self._opening.add if piece.rendered.opens else self._opening.discard)(id(piece))
        self._noted = self._noted or fresh or noted or _noted([*made, *others])
        if fresh or before != (_lates(made), _lates(others)):
            self._bind()
            return True
        for piece in others:
            _fill(piece, piece.rendered.values)
        at = 0
        for piece in made:
            count = len(piece.rendered.lates)
            _fill(piece, values[at : at + count])
            at += count
        return bool(others)

    def _render(self, piece: Piece) -> None:
        told = Told(self._place)
        self._references.asked = set()
        env: dict[str, Any] = {"references": self._references, "told": told}
        tokens, piece.tokens = piece.tokens, None
        if tokens is None:
            tokens = self.flavour.tokens(piece.source, {"references": {}})
        html = self.flavour.html(piece.source, tokens, env)
        rendered = Rendered(html.removesuffix("\n"))
        rendered.lates = told.lates
        before = piece.rendered.values if piece.rendered is not None else []
        rendered.values = before if len(before) == len(rendered.lates) else []
        rendered.uses = frozenset(self._references.asked)
        rendered.raw = _is_raw(tokens)
        rendered.opens = rendered.raw and bool(open_after(html, []))
        rendered.notes, rendered.files = told.notes.as_list(), list(told.files)
        piece.rendered = rendered
        self._rendered += 1

    def _bind(self) -> None:
        telling = [piece for piece in self._cutter.pieces if piece.rendered.lates]
        bound = self.flavour.bind([piece.rendered.lates for piece in telling])
        for piece, values in zip(telling, bound.values, strict=True):
            _fill(piece, values)
        self._tail = bound.tail

    def _redefine(self, gone: list[Piece], made: list[Piece], fresh: bool) -> list[Piece]:
        """Take together what is defined; return the pieces already rendered that look up something changed."""
        if not fresh and _defines(gone) == _defines(made):
            return []
        before = self._references
        known: dict[str, Any] = {}
        for piece in self._cutter.pieces:
            for label, definition in piece.defines.items():
                known.setdefault(label, definition)
        self._references = _References(known)
        labels = dict.keys(before) | dict.keys(known)
        changed = {label for label in labels if dict.get(before, label) != known.get(label)}
        return [
            piece
            for piece in self._cutter.pieces
            if piece.rendered is not None and not changed.isdisjoint(piece.rendered.uses)
        ]

    # ---- blocks as they are handed over

    def _changes(self, elsewhere: bool) -> list[Change]:
        before, after = self._units, self._as_units()
        if elsewhere:
            head = tail = 0
        else:  # lists of the same objects: compared as fast as they are walked
            head = _same_objects(before, after)
            tail = _same_objects(before[head:][::-1], after[head:][::-1])
        self._units = after
        return compared(head, before[head : len(before) - tail], after[head : len(after) - tail])

    def _as_units(self) -> list[Piece | _Unit]:
        pieces = self._cutter.pieces
        units: list[Piece | _Unit] = []
        spans: dict[int, _Span] = {}
        done = 0
        openers = (
            [at for at, piece in enumerate(pieces) if id(piece) in self._opening] if self._opening else []
        )
        for at in openers:
            if at < done:
                continue
            known = self._spans.get(id(pieces[at]))
            span = known if known is not None and known.holds(pieces, at) else _Span(pieces, at)
            spans[id(pieces[at])] = span
            if span.unit is not None:
                units += pieces[done:at]
                units.append(span.unit)
                done = at + len(span.pieces)
        units += pieces[done:]
        if self._tail:
            last = self._units[-1] if self._units else None
            known_tail = isinstance(last, _Unit) and last.lines == 0 and last.rendered.html == self._tail
            units.append(last if last is not None and known_tail else _Unit(self._tail, 0))
        self._spans = spans
        return units

    def _all_seen(self) -> tuple[list[list[str]], list[str]]:
        if self._noted:
            notes, files = Notes(), dict[str, None]()
            for piece in self._settled:
                if piece.rendered.notes or piece.rendered.files:
                    notes.extend(piece.rendered.notes)
                    files.update(dict.fromkeys(piece.rendered.files))
            self._seen = notes.as_list(), list(files)
            self._noted = False
        return self._seen


def _fill(piece: Piece, values: list[str]) -> None:
    rendered = piece.rendered
    if rendered.values != values or rendered.html is rendered.marked:
        rendered.values = values
        rendered.html = filled(rendered.marked, values)


def _is_raw(tokens: Iterable[Any]) -> bool:
    return any(token.type in _RAW or (token.children and _is_raw(token.children)) for token in tokens)


def _lates(pieces: Iterable[Piece]) -> list[Late]:
    return [late for piece in pieces if piece.rendered is not None for late in piece.rendered.lates]


def _values(pieces: Iterable[Piece]) -> list[str]:
    return [value for piece in pieces if piece.rendered is not None for value in piece.rendered.values]


def _defines(pieces: Iterable[Piece]) -> list[tuple[str, Any]]:
    return [found for piece in pieces for found in piece.defines.items()]


def _noted(pieces: Iterable[Piece]) -> bool:
    return any(
        piece.rendered is not None and (piece.rendered.notes or piece.rendered.files) for piece in pieces
    )


def _same_objects(one: Sequence[Any], other: Sequence[Any]) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low
