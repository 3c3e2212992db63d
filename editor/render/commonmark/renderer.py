"""The pages of the CommonMark family: front matter off, the flavour of the site, by blocks or as a whole."""

import gc
import json
import re
import weakref
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple

from editor.render.commonmark import flavours
from editor.render.commonmark.flavour import Flavour, Place, Told, filled
from editor.render.commonmark.page import CommonMarkPage
from editor.render.python_markdown.front_matter import other_body
from editor.render.python_markdown.heads import Head
from editor.render.python_markdown.notes import Notes
from editor.render.python_markdown.patches import PatchedPage

if TYPE_CHECKING:
    from editor.render.python_markdown.documents import Document

_KEPT = 4

_NO_TEXT = re.compile("[\0\ud800-\udfff\ufdd0-\ufdef]")


class _KeptPage(NamedTuple):
    document: "weakref.ref[Document]"
    page: CommonMarkPage
    head: Head
    prepared: bool
    """Whether the body went into Markdown otherwise than it is written."""


class CommonMarkRenderer:
    """Renders documents; keeps the flavours from one to the next."""

    def __init__(self) -> None:
        self._flavours: OrderedDict[str, Flavour] = OrderedDict()
        self._pages: OrderedDict[int, _KeptPage] = OrderedDict()
        """By the `id` of the document."""

    def render(self, document: "Document") -> tuple[str, list[list[str]], list[str]]:
        """Return the page's HTML before any template, the notes, and the files that were read for it."""
        flavour = self._flavour(document)
        html, told = whole_page(flavour, _body(document), Place(document.root, document.path, document.facts))
        notes = Notes()
        notes.extend([*flavour.notes, *told.notes.as_list()])
        return html, notes.as_list(), list(told.files)

    def patch(self, document: "Document") -> PatchedPage:
        """Return what changed in the page since the last patch of this document; all of it the first time.

        Clears the document's pending edits. Raises whatever a rule raises; the next patch is a fresh one then.
        """
        flavour = self._flavour(document)
        kept = self._pages.pop(id(document), None)
        if kept is not None and (kept.document() is not document or kept.page.flavour is not flavour):
            kept = None
        edits = kept.head.edits_of_body(document.pending) if kept is not None else None
        place = Place(document.root, document.path, document.facts)
        told = Told(place)
        if kept is not None and edits is not None and not kept.prepared:
            page, head = kept.page, kept.head
            for edit in edits:
                page.edit(edit[0], edit[1], _shown(edit[2]))
            body = page.body if flavour.marks else None
            prepared = body is not None and self._prepare(page, body, told)
            patch = page.patch()
        else:
            body = _body(document)
            head = Head(_shown(document.text), body, [], _rule(document), plain=True)
            ready = flavour.prepare(body, told)
            prepared = ready is not body
            if kept is None:
                page = CommonMarkPage(flavour, place)
                patch = page.open(ready)
            else:
                page = kept.page
                page.become(ready)
                patch = page.patch()
        notes = Notes()
        for some in (flavour.notes, told.notes.as_list(), page.notes):
            notes.extend(some)
        files = list(dict.fromkeys([*told.files, *page.files]))
        # Only now: after something was raised the page is not what it was.
        self._pages[id(document)] = _KeptPage(weakref.ref(document), page, head, prepared)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        document.pending.clear()
        if patch.fresh:
            gc.freeze()  # thousands of blocks that stay: looking through them would hold up a key
        return PatchedPage(patch, head.first_line, notes.as_list(), files)

    @staticmethod
    def _prepare(page: CommonMarkPage, body: str, told: Told) -> bool:
        """Prepare a page that had nothing to be prepared before; return whether it has now."""
        if not any(mark in body for mark in page.flavour.marks):
            return False
        ready = page.flavour.prepare(body, told)
        page.become(ready)
        return ready is not body

    def _flavour(self, document: "Document") -> Flavour:
        key = json.dumps(document.options, sort_keys=True, default=str)
        flavour = self._flavours.pop(key, None) or flavours.make(document.options)
        self._flavours[key] = flavour
        while len(self._flavours) > _KEPT:
            self._flavours.popitem(last=False)
        return flavour


def whole_page(flavour: Flavour, body: str, place: Place) -> tuple[str, Told]:
    """Return the HTML of a body, rendered at once, and what was told of it."""
    told = Told(place)
    body = flavour.prepare(body, told)
    env: dict[str, Any] = {"references": {}, "told": told}
    html = flavour.html(body, flavour.tokens(body, env), env)
    bound = flavour.bind([told.lates])
    page = filled(html, bound.values[0]).removesuffix("\n")
    return (f"{page}\n{bound.tail}" if bound.tail else page), told


def _rule(document: "Document") -> str:
    return str(document.options.get("front_matter", "fenced"))


def _body(document: "Document") -> str:
    text = document.text.replace("\r\n", "\n").replace("\r", "\n")
    return other_body(_shown(text), _rule(document))


def _shown(text: str) -> str:
    """Return `text` with the sign for what can't be shown in the place of NUL (CommonMark 2.3) and of what is no text.

    That are halves of surrogate pairs, and the characters that stand for other things in a page that is being made.
    """
    return _NO_TEXT.sub("\ufffd", text)
