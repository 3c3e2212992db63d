"""What a patched page must be: the page as it is rendered at once, whatever was typed before."""

from editor.render.commonmark.flavour import Flavour, Place
from editor.render.commonmark.page import CommonMarkPage
from editor.render.commonmark.renderer import whole_page
from editor.render.python_markdown.verification import tokens


class Typed:
    """A page that is typed into, with the blocks that somebody shows who only gets its patches."""

    def __init__(self, flavour: Flavour, body: str) -> None:
        self.flavour = flavour
        self.page = CommonMarkPage(flavour, Place())
        self.body = body
        self.blocks: list[str] = []
        self.lines: list[int | None] = []
        self._apply(self.page.open(body))

    def type(self, start: int, end: int, replacement: str) -> None:
        """Make an edit, and take its patch."""
        self.edit(start, end, replacement)
        self.take()

    def edit(self, start: int, end: int, replacement: str) -> None:
        self.body = self.body[:start] + replacement + self.body[end:]
        self.page.edit(start, end, replacement)

    def take(self) -> None:
        self._apply(self.page.patch())

    def _apply(self, patch) -> None:
        if patch.fresh:
            self.blocks, self.lines = [], []
        for change in reversed(patch.changes):
            removed = slice(change.start, change.start + change.removed)
            assert change.start + change.removed <= len(self.blocks)
            self.blocks[removed] = [block.html for block in change.blocks]
            self.lines[removed] = [block.lines for block in change.blocks]

    def check(self) -> None:
        """Assert that what is shown is the page."""
        assert self.page.body == self.body
        html, _told = whole_page(self.flavour, self.body, Place())
        assert tokens("\n".join(self.blocks)) == tokens(html)
        assert sum(line or 0 for line in self.lines) == len(self.body.splitlines(keepends=True)) or (
            "\x0b" in self.body or "\x0c" in self.body
        )
