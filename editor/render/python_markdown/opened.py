"""Render long lists, admonitions, details and tab sets part by part, so that a key in them costs as elsewhere.

The parts of a list are its items; those of a box are the blocks of its body, cut as a page is. Each is rendered
by the same steps as a block, between two marks that stand for its neighbours: the elements between the marks are
the part. What has lines that are not plainly of one of these kinds is left as it is.

A very long `<div markdown>` or `/// name` block, as each becomes for a while that is typed and has no end yet, is a
box too; its parts stand at the margin and need no neighbours.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from editor.render.python_markdown import tokens
from editor.render.python_markdown.differences import same_ends
from editor.render.python_markdown.html_blocks import common_prefix, common_suffix
from editor.render.python_markdown.rendered import Context, NotBetweenError
from editor.render.python_markdown.splitter import Splitter

if TYPE_CHECKING:
    from collections.abc import Callable

    from editor.render.python_markdown.block_renderer import BlockRenderer
    from editor.render.python_markdown.late_binding import Bound
    from editor.render.python_markdown.splitter import Piece

LONG = 1500
"""Characters: what is shorter is rendered as one."""

_RULE = re.compile(r" {0,3}(?:(?:-+ {0,2}){3,}|(?:_+ {0,2}){3,}|(?:\*+ {0,2}){3,}) *$")
_LAZY = re.compile(r"(?:\w|[-+_\"'(&$%@,.;/]|\*(?!\[)|`(?!``))(?=.*[^\W_])")
"""A line that can only go on with the paragraph above it: no heading, rule, table, quote, definition or box."""

_INDENT = "    "

HUGE = 20_000
"""Characters: boxes at the margin that are shorter are rendered as one."""

_DIV = re.compile(r"<(div|section|article) (?:[^<>]* )?markdown(?:=\"(?:1|block)\")?(?: [^<>]*)?>$")
_HTML_LINE = re.compile(r"^ *<(?!!--)", re.MULTILINE)
_GENERIC = re.compile(r"/{3,} *([\w-]+)(?: *\|.*)?$")
_GENERIC_BOXES = (
    "admonition",
    "note",
    "attention",
    "caution",
    "danger",
    "error",
    "tip",
    "hint",
    "warning",
    "details",
)


class Item(NamedTuple):
    source: str
    marker: str


class Opened:
    """A block that is kept as its parts; takes the place of `late_binding.Bound`."""

    def __init__(self, key: object) -> None:
        self.key = key
        """What it is: only a block of the same may take over its parts."""
        self.leaves: list[Bound] = []
        """In the order of the page; that of a box begins with the box itself."""
        self.splitters: list[Splitter] = []
        """The bodies of a box."""
        self.items: list[Item] = []
        """Of a list."""
        self.changed = True
        """Whether a part has other HTML since `html` was asked for."""
        self._html = ""

    @property
    def html(self) -> str:
        """The whole block's HTML."""
        if self.changed:
            self._html = self._box() if self.splitters else self._list()
            self.changed = False
        return self._html

    @property
    def seen(self) -> tuple[list[list[str]], list[str]]:
        """What was noted while its parts were rendered, and the files that were read."""
        notes = [note for leaf in self.leaves for note in leaf.seen[0]]
        return notes, [file for leaf in self.leaves for file in leaf.seen[1]]

    def take(self, leaves: list[Bound], old: Opened | None) -> None:
        """Be made of these parts; `old`, which had some of them, is of no use any more."""
        if old is not None:
            for leaf in old.leaves:  # a circle would be kept till the next collection of garbage
                leaf.owner = None
            old.leaves, old.splitters, old.items = [], [], []
        self.leaves = leaves
        for leaf in leaves:
            leaf.owner = self
        self.changed = True

    def _list(self) -> str:
        tag, attributes = self.leaves[0].rendered.around
        found = dict(attributes)
        classes = dict.fromkeys(leaf.rendered.around[1].get("class", "") for leaf in self.leaves)
        joined = " ".join(name for name in classes if name)
        if joined:
            found["class"] = joined
        opening = "".join(f' {name}="{escape(value)}"' for name, value in found.items())
        items = "\n".join(leaf.html for leaf in self.leaves)
        return f"<{tag}{opening}>\n{items}\n</{tag}>"

    def _box(self) -> str:
        html = self.leaves[0].html
        for number, splitter in enumerate(self.splitters):
            body = "\n".join(piece.rendered.html for piece in splitter.pieces)
            html = html.replace(f"<p>{tokens.mark(number)}</p>", body, 1)
        return html


class Opener:
    """Opens the blocks of one page."""

    def __init__(self, renderer: BlockRenderer, render: Callable[[Context], Bound]) -> None:
        """`render` renders a part; it raises NotBetweenError where that does not stand by itself."""
        self._constructs = constructs = renderer.constructs
        self._renderer = renderer
        self._render = render
        self._headers: dict[str, Any] = {}
        blocks = renderer.md.parser.blockprocessors
        for name, attribute, begin in (
            ("admonition", "RE", "!!!"),
            ("details", "START", "???"),
            ("tabbed", "START", "==="),
        ):
            if name in blocks and hasattr(blocks[name], attribute):
                self._headers[begin] = getattr(blocks[name], attribute)
        neutral = next((f"{begin} x" for begin in ("!!!", "???") if begin in self._headers), None)
        self._before = f"{neutral}\n\n{_INDENT}{tokens.mark(0)}\n\n" if neutral else None
        self._after = f"\n\n{_INDENT}{tokens.mark(1)}\n"
        tabs = blocks["tabbed"] if "===" in self._headers else None
        self._deeper = (2 if tabs.alternate_style else 1) if tabs is not None else 0
        self._lists = not constructs.fancy_lists
        self._marked_html = "markdown_block" in blocks

    def open(self, piece: Piece, old: Opened | None) -> Opened | None:
        """Return the block of a piece as its parts, or None where it has to be rendered as one.

        `old` is what stood in its place: parts that stayed the same are taken from there.
        """
        try:
            if len(piece.source) >= HUGE and piece.source[0] in "</":
                return self._open_margin(piece.source, piece.fenced, old)
            if self._constructs.rewrites(piece.source):
                return None
            source = piece.source.expandtabs(4)
            if source[:3] in self._headers:
                return self._open_box(source, piece.fenced, old) if self._before else None
            return self._open_list(source, piece.fenced, old) if self._lists else None
        except NotBetweenError:
            return None

    # ---- lists

    def _open_list(self, source: str, fenced: bool, old: Opened | None) -> Opened | None:
        items = self._items(source)
        if items is None or len(items) < 3:
            return None
        opened = Opened(("list", fenced))
        opened.items = items
        above = below = 0
        if old is not None and old.key == opened.key:
            above, below = _same_ends(old.items, items)
        leaves: list[Bound] = []
        for number, item in enumerate(items):
            if old is not None and number < above:
                leaves.append(old.leaves[number])
                continue
            if old is not None and number >= len(items) - below:
                leaves.append(old.leaves[number - len(items)])
                continue
            before = after = ""
            if number:
                gap = "\n\n" if items[number - 1].source.endswith("\n\n") else "\n"
                before = items[number - 1].marker + tokens.mark(0) + gap
            if number + 1 < len(items):
                after = items[number + 1].marker + tokens.mark(1) + "\n"
            context = Context(before, item.source, after, "list", fenced)
            leaves.append(self._render(context))
        if any(set(leaf.rendered.around[1]) - {"class"} for leaf in leaves[1:]):
            return None
        opened.take(leaves, old)
        return opened

    def _items(self, source: str) -> list[Item] | None:
        """Return the top-level items of a list, None where something else stands between or in them."""
        marker = self._constructs.list_marker
        items: list[tuple[list[str], str]] = []
        begins, indented = True, False
        for line in source.split("\n"):
            text = line.lstrip(" ")
            if not text:
                begins = True
                if items:
                    items[-1][0].append("")
                continue
            at_margin = len(line) - len(text) < 4
            if begins:
                begins, indented = False, not at_margin
                if indented and not items:
                    return None
            elif at_margin and indented:
                return None
            if at_margin:
                found = marker.match(line)
                if found is not None:
                    if _RULE.match(line):
                        return None
                    items.append(([], found.group()))
                elif not items or not items[-1][0] or not items[-1][0][-1] or not _LAZY.match(text):
                    return None
            items[-1][0].append(line)
        return [Item("\n".join(lines) + "\n", name) for lines, name in items]

    # ---- boxes

    def _open_box(self, source: str, fenced: bool, old: Opened | None) -> Opened | None:
        found = self._bodies(source)
        if found is None:
            return None
        headers, bodies = found
        outside = Context(
            "",
            "".join(f"{header}\n\n{_INDENT}{tokens.mark(k)}\n\n" for k, header in enumerate(headers)),
            "",
            "",
            fenced,
        )
        deeper = self._deeper if source.startswith("===") else 0

        def inside(inner: Piece, fences: bool) -> Context:
            lines = (_INDENT + line if line else line for line in inner.source.split("\n"))
            return Context(self._before or "", "\n".join(lines), self._after, "box", fences, deeper)

        return self._with_bodies(("box", source[:3], len(bodies)), outside, bodies, inside, old)

    def _open_margin(self, source: str, fenced: bool, old: Opened | None) -> Opened | None:
        header, _, body = source.partition("\n")
        div = _DIV.match(header)
        box = _GENERIC.match(header) if self._constructs.generic is not None else None
        lines = body.rstrip().rsplit("\n", 1)
        if div is not None and self._marked_html:
            end = f"</{div.group(1)}>"
            if lines[-1] == end:
                body = lines[0] + "\n"
            if _HTML_LINE.search(body) or end in body:
                return None
        elif box is not None and box.group(1) in _GENERIC_BOXES:
            end = header[: header.index(" ")] if " " in header else "///"
            if lines[-1] == end:
                body = lines[0] + "\n"
            if "///" in body or body.startswith((_INDENT, "\t")):  # these are options
                return None
        else:
            return None
        if self._constructs.rewrites(body):
            return None
        outside = Context("", f"{header}\n\n{tokens.mark(0)}\n\n{end}\n", "", "", fenced)

        def inside(inner: Piece, fences: bool) -> Context:
            return Context("", inner.source, "", "margin", fences, 1)

        return self._with_bodies(("margin", header), outside, [body], inside, old)

    def _with_bodies(
        self,
        key: tuple[Any, ...],
        outside: Context,
        bodies: list[str],
        inside: Callable[[Piece, bool], Context],
        old: Opened | None,
    ) -> Opened | None:
        """Return a box: what is `outside` with a mark for each of the bodies, and the parts of those."""
        at_margin = key[0] == "margin"
        splitters = old.splitters if old is not None and old.key == key else None
        skeleton = old.leaves[0] if old is not None and splitters is not None else None
        if skeleton is None or skeleton.context != outside:
            skeleton = self._render(outside)
            html = "".join(skeleton.rendered.parts)
            if any(html.count(f"<p>{tokens.mark(k)}</p>") != 1 for k in range(len(bodies))):
                return None
        if splitters is None:
            splitters = [Splitter(self._constructs) for _ in bodies]
        opened = Opened(key)
        leaves = [skeleton]
        for splitter, body in zip(splitters, bodies):  # noqa: B905
            _become(splitter, body)
            if splitter.whole or (at_margin and any(piece.pending for piece in splitter.pieces)):
                return None
            for inner in splitter.pieces:
                fences = outside.fenced and inner.fenced
                if inner.rendered is None or inner.rendered.context.fenced != fences:
                    inner.rendered = self._render(inside(inner, fences))
                leaves.append(inner.rendered)
        if self._renderer.combines_slugs and any(leaf.rendered.tabs for leaf in leaves[1:]):
            return None
        if len(leaves) < 3:
            return None
        opened.splitters = splitters
        opened.take(leaves, old)
        return opened

    def _bodies(self, source: str) -> tuple[list[str], list[str]] | None:
        """Return the header lines of a box or a tab set, and the text of the body of each."""
        begin = source[:3]
        headers: list[str] = []
        bodies: list[list[str]] = []
        for line in source.split("\n"):
            text = line.lstrip(" ")
            if not text:
                if not bodies:
                    return None
                bodies[-1].append("")
            elif line.startswith(_INDENT):
                if not bodies:
                    return None
                bodies[-1].append(line[4:])
            else:
                header = self._headers[begin].match(line)
                if header is None or header.end() != len(line) or not line.startswith(begin):
                    return None
                if headers and begin != "===":
                    return None
                headers.append(line)
                bodies.append([])
        return headers, ["\n".join(lines) + "\n" for lines in bodies]


def _same_ends(before: list[Item], after: list[Item]) -> tuple[int, int]:
    """Return how many items at the beginning and at the end have not changed, nor the one beside them."""
    above, below = same_ends(before, after)
    if above == len(before) == len(after):
        return above, 0
    return max(0, above - 1), max(0, below - 1)


def _become(splitter: Splitter, text: str) -> None:
    """Make the one edit that leads from the splitter's text to `text`."""
    before = "".join(piece.source for piece in splitter.pieces)
    if before == text:
        return
    start = common_prefix(before, text)
    tail = common_suffix(before, text, min(len(before), len(text)) - start)
    splitter.edit(start, len(before) - tail, text[start : len(text) - tail])
