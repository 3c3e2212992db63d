"""A page that was rendered as a whole, kept as top-level blocks so that only what changed is handed over."""

from __future__ import annotations

from editor.render.python_markdown.differences import same_ends
from editor.render.python_markdown.html_blocks import split_again, split_blocks
from editor.render.python_markdown.patches import Block, Change


class WholeHtml:
    """The HTML last shown, cut into blocks."""

    def __init__(self) -> None:
        self._html = ""
        self._cut: list[str] = []
        self._shown: list[str] = []

    def blocks(self, html: str) -> list[str]:
        """Take the page's HTML; return its blocks, which joined by line feeds are `html`."""
        self._cut = split_again(html, self._html, self._cut) if self._html else split_blocks(html)
        self._html = html
        shown: list[str] = []
        open_end = False
        for block in self._cut:
            if open_end:  # no line feed stands between the two: they can't be told apart by one
                shown[-1] += block
            else:
                shown.append(block)
            open_end = not block.endswith("\n")
            if not open_end:
                shown[-1] = shown[-1][:-1]
        if self._cut and not open_end:
            shown.append("")
        return shown

    def changes(self, html: str) -> list[Change]:
        """Take the page's HTML; return what changed since the last time."""
        before, self._shown = self._shown, self.blocks(html)
        after = self._shown
        same, tail = same_ends(before, after)
        if same == len(before) == len(after):
            return []
        new = [Block(block, None) for block in after[same : len(after) - tail]]
        return [Change(same, len(before) - tail - same, new)]
