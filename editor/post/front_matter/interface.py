"""FrontMatter: what every format of front matter can say about a post, and the edits that it can make."""

from abc import ABC, abstractmethod
from typing import Any

from editor.errors import FrontMatterError
from editor.post.text_edit import TextEdit


class FrontMatter(ABC):
    """The front matter of one text, as read; a changed text is read anew.

    Edits are returned, not made. Each gives None where there is nothing to change, and raises NotEditable,
    with a sentence, where it can't be made without touching more than its field, FrontMatterError where the
    whole block can't be read. A key is literal; where there is no such key and it has dots, they lead into
    maps (`date.updated`), and a number, from 0, to an item of a list (`links.0.name`). All positions are code
    points in the text.
    """

    format: str
    """`yaml`, `toml`, `json`, `pelican`, `multimarkdown`, `nikola`, or `none` where the post has none."""
    writes: str
    """The format of what is written: `format`, and where that is `none` the one that a new block has."""
    text: str
    """The whole text it was read from."""
    start: int
    end: int
    """The block with its fences and their line ends; equal where there is none."""
    body_start: int
    """Where the body begins."""
    values: dict[str, Any]
    """The values by key, in the file's order; one that can't be built (30 February) is its text.

    Keys are the text that stands in the file, in nested maps too; where a generator reads them in lower case,
    so they are here. Empty where the block can't be read.
    """
    problem: FrontMatterError | None
    """Why the block can't be read, with line and column in the file; it locks every field."""

    def begin(self) -> TextEdit | None:
        """Put an empty block before a text that has none; None where there is one, or it needs a field first."""
        return None

    @abstractmethod
    def lock(self, key: str) -> str | None:
        """Return why the field can't be edited (a sentence), or None where it can."""

    def holds_lines(self, key: str) -> bool:
        """Return whether the field can hold a text of several lines."""
        del key
        return True

    @abstractmethod
    def span(self, key: str) -> tuple[int, int] | None:
        """Return where the field's value stands (both ends are equal where it is empty), or None."""

    @abstractmethod
    def style(self, key: str) -> str | None:
        """Return how the field's value is written, or None where there is none.

        Scalars: `empty`, `plain`, `single`, `double` (quotes), `literal`, `folded`, `multiline` (TOML).
        Lists and maps: `flow` (brackets), `block` (YAML), `table`, `tables`, `implicit`, `dotted` (TOML),
        `line` (items on one line, divided by commas or semicolons), `lines` (an item a line).
        """

    @abstractmethod
    def set(self, key: str, value: Any, *, after: str | None = None) -> TextEdit | None:
        """Give the field a value: str, bool, int, float, date, datetime, time (TOML), None (null), list or
        dict of these.

        A new key comes behind the field `after`, else behind the last one.
        """

    @abstractmethod
    def set_source(self, key: str, source: str) -> TextEdit | None:
        """Give the field the value that `source` writes in this format; it is taken over as it stands."""

    @abstractmethod
    def unset(self, key: str) -> TextEdit | None:
        """Take the field, or the item of a list, away."""

    @abstractmethod
    def rename(self, key: str, new: str) -> TextEdit | None:
        """Give the field another key, `new`, in the same map; its value and place stay.

        `new` is that key as it stands, dots and all.
        """

    @abstractmethod
    def move(self, key: str, after: str | None = None) -> TextEdit | None:
        """Put the field behind the field `after` of the same map, or first in it, with its comments.

        Its comments are those in the lines directly above it, and those indented below it. Items of a list
        are moved in the same way.
        """

    @abstractmethod
    def add(self, key: str, item: Any, *, again: bool = False) -> TextEdit | None:
        """Append `item` to the field's list, made where it is missing, unless it is there already.

        `again`, even then: two maps of a list may well be alike.
        """

    @abstractmethod
    def remove(self, key: str, item: Any) -> TextEdit | None:
        """Take `item` out of the field's list, everywhere it stands."""

    @abstractmethod
    def source(self, key: str) -> str | None:
        """Return the text of the field's value as it stands in the file, or None where there is none.

        The lines of a block list or map come without the indentation that they share.
        """

    @abstractmethod
    def line(self, key: str) -> int | None:
        """Return the line of the file, from 1, on which the field begins, or None."""
