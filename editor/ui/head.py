"""Head: the front matter at the beginning of a text that is typed into, read no more often than it may change."""

import re
from collections.abc import Callable

from editor.post.front_matter import FrontMatter
from editor.post.text_edit import TextEdit
from editor.ui.text_editor.document_text import DocumentText, split_lines, without_ending

_FENCES = {
    "---": re.compile(r"(?:---|\.\.\.)[ \t]*(?:\r?\n|\r|$)"),
    "+++": re.compile(r"\+\+\+[ \t]*(?:\r?\n|\r|$)"),
}
"""The fences that front matter may begin with, each with the line that ends it."""
_CLOSING = re.compile(r"(?:---|\+\+\+|\.\.\.|;{3,}|\}|-->)[ \t]*(?:\r?\n|\r|$)")
"""A line that may end front matter of whatever format."""
_BEGINNING = re.compile(r"(?:\{|;;;|<!--|\.\. |\"|[A-Za-z][\w -]{0,60}:)")
"""How a text begins whose first lines may become front matter without fences as they are typed."""
_LINE_FORMATS = ("pelican", "multimarkdown", "nikola")
"""Formats that end where a line is none of theirs."""
_FAR = 20_000
"""Front matter without fences that is longer (in code points) is noticed when it is opened, not while it is typed."""


class Head:
    """Reads the front matter of one text."""

    def __init__(self, content: DocumentText) -> None:
        self._content = content
        self._reach = 0
        """Up to which offset an edit may change where the front matter is, or what it says."""

    def read(self, reader: Callable[[str], FrontMatter]) -> FrontMatter:
        """Return the front matter as the text is now, by `reader`."""
        found = self._read(reader)
        self._reach = self._reach_of(found)
        return found

    def is_changed_by(self, edit: TextEdit, found: FrontMatter) -> bool:
        """Return whether an edit, which was made, may make another front matter of `found`."""
        return edit.start <= self._reach or self._may_close(edit, found)

    def _may_close(self, edit: TextEdit, found: FrontMatter) -> bool:
        """Return whether the edit has made a line that may close front matter that was left open."""
        if found.problem is None:
            return False
        line, _column = self._content.place_of(edit.start)
        touched = self._content.lines(line, line + len(split_lines(edit.replacement)))
        return any(_CLOSING.fullmatch(content) for content in touched)

    def _read(self, reader: Callable[[str], FrontMatter]) -> FrontMatter:
        """Read the front matter, between fences from the head of the text alone: its cost is not that of the post."""
        content = self._content
        closing = _FENCES.get(without_ending(content.lines(0, 1)[0]).rstrip(" \t"))
        if closing is not None:
            for line in range(1, content.line_count()):
                if closing.fullmatch(content.lines(line, line + 1)[0]):
                    found = reader("".join(content.lines(0, line + 1)))
                    if found.end:
                        return found
                    break  # its generator has it end elsewhere
        return reader(content.text)

    def _reach_of(self, found: FrontMatter) -> int:
        """Return the offset for `_reach`."""
        content = self._content
        if found.end and found.format not in _LINE_FORMATS:
            return max(found.end, 4)
        line = content.place_of(found.end)[0]
        while line < content.line_count() - 1 and not content.lines(line, line + 1)[0].strip():
            line += 1
        first = content.lines(line, line + 1)[0]
        if not found.end and _BEGINNING.match(first.lstrip()):
            return _FAR
        return max(content.offset_of_line(line) + len(first), 4)
