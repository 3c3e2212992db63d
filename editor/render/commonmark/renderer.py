"""The pages of the CommonMark family: front matter off, the flavour of the site, by blocks or as a whole."""

import json
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from editor.render.commonmark import flavours
from editor.render.commonmark.flavour import Flavour, Place, Told, filled
from editor.render.python_markdown.front_matter import other_body
from editor.render.python_markdown.notes import Notes
from editor.render.python_markdown.patches import Block, Change, Patch, PatchedPage

if TYPE_CHECKING:
    from editor.render.python_markdown.documents import Document

_KEPT = 4


class CommonMarkRenderer:
    """Renders documents; keeps the flavours from one to the next."""

    def __init__(self) -> None:
        self._flavours: OrderedDict[str, Flavour] = OrderedDict()

    def render(self, document: "Document") -> tuple[str, list[list[str]], list[str]]:
        """Return the page's HTML before any template, the notes, and the files that were read for it."""
        flavour = self._flavour(document)
        told = Told(Place(document.root, document.path, document.facts))
        told.notes.extend(flavour.notes)
        body = flavour.prepare(_body(document), told)
        env: dict[str, Any] = {"references": {}, "told": told}
        html = flavour.html(body, flavour.tokens(body, env), env)
        bound = flavour.bind([told.lates])
        page = filled(html, bound.values[0])
        if bound.tail:
            page = f"{page}\n{bound.tail}"
        return page, told.notes.as_list(), list(told.files)

    def patch(self, document: "Document") -> PatchedPage:
        """Return what changed in the page since the last patch of this document; all of it the first time."""
        html, notes, files = self.render(document)
        document.pending.clear()
        told = Notes()
        told.extend(notes)
        return PatchedPage(
            Patch([Change(0, 0, [Block(html, None)])], fresh=True, rendered=1, whole=True),
            0,
            told.as_list(),
            files,
        )

    def _flavour(self, document: "Document") -> Flavour:
        key = json.dumps(document.options, sort_keys=True, default=str)
        flavour = self._flavours.pop(key, None) or flavours.make(document.options)
        self._flavours[key] = flavour
        while len(self._flavours) > _KEPT:
            self._flavours.popitem(last=False)
        return flavour


def _body(document: "Document") -> str:
    text = document.text.replace("\r\n", "\n").replace("\r", "\n")
    return other_body(text, str(document.options.get("front_matter", "fenced"))).replace("\0", "\ufffd")
