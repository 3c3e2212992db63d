"""The pages of Jekyll: front matter off, Liquid as far as it is known, kramdown."""

from __future__ import annotations

import gc
import re
import weakref
from bisect import bisect_right
from collections import OrderedDict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from editor.render.kramdown import liquid
from editor.render.kramdown.options import Options, options_of
from editor.render.kramdown.pieces import Pieces
from editor.render.kramdown.text_page import source_of
from editor.render.python_markdown.front_matter import other_body
from editor.render.python_markdown.notes import Notes
from editor.render.python_markdown.patches import Block, Change, Patch, PatchedPage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from editor.render.python_markdown.documents import Document

_KEPT = 4

_MARKS = re.compile("[\x02-\x05\U000f0000\U000f0001]")
"""Characters by which pieces are marked here; kramdown would take them as they are."""

_MENTION = re.compile(r"(?:^|[^\w/`@])@[A-Za-z0-9]")
_EMOJI = re.compile(r":[a-z0-9_+-]{2,}:")
_LINK_TO_SOURCE = re.compile(r"(?:\]\(|\]:\s*)(?![a-z]+:|/|#)[^\s)]+\.(?:md|markdown|mkd|mkdn|mkdown)\b")
_OUTWARD = re.compile(r"https?://")
_PICTURE = re.compile(r"!\[|<img\b")
_PLUGINS = {
    "jekyll-mentions": _MENTION,
    "jemoji": _EMOJI,
    "jekyll-relative-links": _LINK_TO_SOURCE,
    "jekyll-target-blank": _OUTWARD,
    "jekyll-loading-lazy": _PICTURE,
    "jekyll-lazy-load-image": _PICTURE,
    "jekyll-commonmark": re.compile(""),
}
"""Plugins that change what has this in its source."""


class _KeptPage(NamedTuple):
    document: weakref.ref[Document]
    page: KramdownPage


class KramdownPage:
    """One page, kept up by the texts that it becomes."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._plugins = [name for name in options.get("plugins", []) if name in _PLUGINS]
        self._rule = str(options.get("front_matter", "fenced"))
        self._new_footnotes = bool(options.get("new_footnotes"))
        self._pieces = Pieces(_options(options))
        self._shown: list[Block] | None = None
        self._filled = liquid.Filled()
        self._body = ""
        self.first_line = 0
        self.notes = Notes()

    def become(self, text: str, facts: Mapping[str, Any]) -> None:
        """Take the text of a file."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        body = other_body(text, self._rule)
        self.first_line = text.count("\n", 0, len(text) - len(body)) if text.endswith(body) else 0
        self.notes = Notes()
        self._body = body
        source = source_of(body)
        if _MARKS.search(source):
            source = _MARKS.sub("\ufffd", source)
            self.notes.add("kramdown-differs")
        self._filled = liquid.Filled()
        known = {**(facts.get("liquid") or {}), "urls": facts.get("liquid_urls") or {}}
        if liquid.has_liquid(source) and known.get("enabled", True):
            self._filled = liquid.filled(source, known)
            for unknown in self._filled.unknown:
                self.notes.add("placeholder", unknown.name)
            if self._filled.broken:
                self.notes.add("liquid-broken")
            source = source_of(self._filled.text)
        else:
            self._filled.take([(source, 0, True)])
        for name in self._plugins:
            if _PLUGINS[name].search(body):
                self.notes.add("plugin-changes", name)
        self._pieces.become(source)

    def blocks(self) -> list[Block]:
        """Return the page's blocks in final form."""
        htmls = self._pieces.render()
        if self._pieces.given_up or (self._pieces.tail and self._new_footnotes):
            self.notes.add("kramdown-differs")
        starts: list[int] = []
        place = 0
        for piece in self._pieces.pieces:
            starts.append(place)
            place += len(piece.source)
        lines = self._lines(starts)
        made = [Block(self._filled.shown(html), count) for html, count in zip(htmls, lines, strict=True)]
        tail = self._pieces.tail
        if tail:
            made.append(Block(self._filled.shown(tail).removesuffix("\n"), 0))
        return made

    def _lines(self, starts: list[int]) -> list[int]:
        """Return how many source lines each piece takes up."""
        if not self._filled.unknown and self._filled.text.count("\n") == self._body.count("\n"):
            return [piece.lines for piece in self._pieces.pieces]
        ends = [at for at, character in enumerate(self._body) if character == "\n"]
        firsts = [bisect_right(ends, self._filled.source_of(start) - 1) for start in starts]
        firsts.append(len(ends) + 1)
        return [max(0, after - before) for before, after in pairwise(firsts)]

    def patch(self) -> Patch:
        """Return what changed since the last time; everything the first time."""
        before, after = self._shown, self.blocks()
        self._shown = after
        if before is None:
            return Patch([Change(0, 0, after)], fresh=True, rendered=self._pieces.rendered)
        return Patch(_changes(before, after), rendered=self._pieces.rendered)


class KramdownRenderer:
    """Renders documents; keeps the pages of those that are being edited."""

    def __init__(self) -> None:
        self._pages: OrderedDict[int, _KeptPage] = OrderedDict()
        """By the `id` of the document."""

    def render(self, document: Document) -> tuple[str, list[list[str]], list[str]]:
        """Return the page's HTML before any template, the notes, and the files that were read for it: none."""
        page = KramdownPage(document.options)
        page.become(document.text, document.facts)
        html = "\n".join(block.html for block in page.blocks())
        return html, page.notes.as_list(), []

    def patch(self, document: Document) -> PatchedPage:
        """Return what changed in the page since the last patch of this document; all of it the first time.

        Clears the document's pending edits.
        """
        kept = self._pages.pop(id(document), None)
        if kept is not None and kept.document() is document:
            page = kept.page
        else:
            page = KramdownPage(document.options)
        page.become(document.text, document.facts)
        patch = page.patch()
        # Only now: after something was raised the page is not what it was.
        self._pages[id(document)] = _KeptPage(weakref.ref(document), page)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        document.pending.clear()
        if patch.fresh:
            gc.freeze()  # thousands of blocks that stay: looking through them would hold up a key
        return PatchedPage(patch, page.first_line, page.notes.as_list(), [])


def _changes(before: list[Block], after: list[Block]) -> list[Change]:
    """Return the changes from one list of blocks to the other."""
    if len(before) == len(after):
        changes: list[Change] = []
        for at, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                if changes and changes[-1].start + changes[-1].removed == at:
                    changes[-1].removed += 1
                    changes[-1].blocks.append(new)
                else:
                    changes.append(Change(at, 1, [new]))
        return changes
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    end = next((at for at in range(shorter - start) if before[-1 - at] != after[-1 - at]), shorter - start)
    return [Change(start, len(before) - end - start, after[start : len(after) - end])]


def _options(options: Mapping[str, Any]) -> Options:
    given = options.get("kramdown")
    return options_of(given if isinstance(given, dict) else {})
