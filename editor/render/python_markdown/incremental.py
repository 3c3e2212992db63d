"""A page that is kept, and tells after each edit which of its blocks became others.

page = IncrementalPage()
page.open(body, whole)         # a fresh Patch: the whole list
page.edit(10, 12, "words")     # code points of the body; any number of them
page.patch(whole)              # what changed since the last patch
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.render.python_markdown.html_blocks import common_prefix, common_suffix
from editor.render.python_markdown.patches import Patch
from editor.render.python_markdown.whole import WholeHtml

if TYPE_CHECKING:
    from collections.abc import Callable


class IncrementalPage:
    """One page's body and its blocks."""

    def __init__(self) -> None:
        self._body = ""
        self._shown = WholeHtml()

    @property
    def body(self) -> str:
        """The body as it is now."""
        return self._body

    def open(self, body: str, whole: Callable[[str], str]) -> Patch:
        """Take another body; return all its blocks. `whole` renders a body at once.

        Raises whatever an extension raises.
        """
        self._body = body
        self._shown = WholeHtml()
        patch = self.patch(whole)
        patch.fresh = True
        return patch

    def edit(self, start: int, end: int, replacement: str) -> None:
        """Replace the characters from `start` to `end` of the body."""
        self._body = self._body[:start] + replacement + self._body[end:]

    def become(self, body: str) -> None:
        """Make the one edit that leads from the body as it is to `body`, if they differ."""
        if body != self._body:
            start = common_prefix(self._body, body)
            tail = common_suffix(self._body, body, min(len(body), len(self._body)) - start)
            self.edit(start, len(self._body) - tail, body[start : len(body) - tail])

    def patch(self, whole: Callable[[str], str]) -> Patch:
        """Return what changed since the last patch. Raises whatever an extension raises."""
        changes = self._shown.changes(whole(self._body))
        return Patch(changes, rendered=sum(len(change.blocks) for change in changes), whole=True)
