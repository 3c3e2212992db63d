"""What a patched page must be: the page as it is rendered at once, whatever was typed before."""

from editor.render.commonmark.renderer import CommonMarkRenderer
from editor.render.python_markdown.chunked_text import ChunkedText
from editor.render.python_markdown.documents import Document
from editor.render.python_markdown.verification import tokens


def document_of(text, options, facts=None):
    """Return a document of the family, as the worker makes it."""
    return Document(1, ChunkedText(text), options, "/site", "post.md", facts or {}, family="commonmark")


def html_of(text, **options):
    """Return the page of a text."""
    return CommonMarkRenderer().render(document_of(text, options))[0]


class Typed:
    """A text that is typed into, with the blocks that somebody shows who only gets its patches."""

    def __init__(self, options, text):
        self.renderer = CommonMarkRenderer()
        self.document = document_of(text, options)
        self.blocks = []
        self.lines = []
        self.first_line = 0
        self.rendered = 0
        self.take()

    @property
    def text(self):
        return self.document.text

    def edit(self, start, end, replacement):
        """Make an edit of the text."""
        self.document.content.edit(start, end, replacement)
        self.document.pending.append((start, end, replacement))

    def type(self, start, end, replacement):
        """Make an edit, and take its patch."""
        self.edit(start, end, replacement)
        self.take()

    def take(self):
        page = self.renderer.patch(self.document)
        self.first_line, self.rendered = page.first_line, page.patch.rendered
        if page.patch.fresh:
            self.blocks, self.lines = [], []
        for change in reversed(page.patch.changes):
            assert change.start + change.removed <= len(self.blocks)
            removed = slice(change.start, change.start + change.removed)
            self.blocks[removed] = [block.html for block in change.blocks]
            self.lines[removed] = [block.lines for block in change.blocks]
        self.notes, self.files = page.notes, page.files

    def check(self):
        """Assert that what is shown is the page, notes and lines included."""
        html, notes, _files = CommonMarkRenderer().render(self.document)
        assert tokens("\n".join(self.blocks)) == tokens(html)
        assert sorted(self.notes) == sorted(notes)
        lines = self.text.count("\n") + (not self.text.endswith("\n"))
        assert not self.blocks or self.first_line + sum(self.lines) == lines
