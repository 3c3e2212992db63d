"""Notes a page with coloured code where the site is published with another Pygments: each version colours otherwise.

Nothing is changed. Both extensions that call Pygments (codehilite, pymdownx.highlight) put away what it wrote as raw
HTML, with a short class, or a style, on each token.
"""

from __future__ import annotations

import re
from contextlib import suppress
from importlib import metadata
from typing import TYPE_CHECKING, Any

from markdown.treeprocessors import Treeprocessor

from editor.render.python_markdown.versions import PYGMENTS, difference

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    import markdown

    from editor.render.python_markdown.notes import Notes

_TOKEN = re.compile(r'<span (?:class="[a-z]{1,3}\d?"|style="[^"<>]*")>[^<]*</span>')
_HOLDING = re.compile(r"<(?:pre|code)\b")


def watch(
    md: markdown.Markdown, wanted: Mapping[str, Any], below: tuple[int, ...] | None, notes: Notes
) -> None:
    """Have it noted for each page of `md` with coloured code that the site is published with another Pygments.

    `wanted` are the `versions` of the dialect; `below`: where they say nothing of Pygments, the generator is installed
    with one below this.
    """
    if PYGMENTS in wanted:
        differing = difference(wanted, PYGMENTS)
        if differing:
            _register(md, notes, "version-differs", differing)
    elif below is not None:
        with suppress(metadata.PackageNotFoundError):
            here = metadata.version(PYGMENTS)
            if tuple(int(part) for part in re.findall(r"\d+", here)[:2]) >= below:
                _register(md, notes, "coloured-code", f"{PYGMENTS} {here}")


def _register(md: markdown.Markdown, notes: Notes, code: str, subject: str) -> None:
    # After all that colours code; the last of Markdown's own has the number 0.
    md.treeprocessors.register(_Coloured(md, notes, code, subject), "coloured_code", -100)


class _Coloured(Treeprocessor):
    def __init__(self, md: markdown.Markdown, notes: Notes, code: str, subject: str) -> None:
        super().__init__(md)
        self._notes, self._code, self._subject = notes, code, subject

    def run(self, root: Element) -> None:
        del root
        for stored in self.md.htmlStash.rawHtmlBlocks:
            if not isinstance(stored, str):
                continue
            # Code in a line is put away without what holds it.
            if _TOKEN.match(stored) or (_HOLDING.search(stored) and _TOKEN.search(stored)):
                self._notes.add(self._code, self._subject)
                return
