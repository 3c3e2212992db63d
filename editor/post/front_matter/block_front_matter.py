"""BlockFrontMatter: the front matter of one block, as it is read; what it says of its fields."""

import re
from abc import abstractmethod
from typing import Self

from editor.errors import FrontMatterError, NotEditable
from editor.post.front_matter.block import Block, find_block
from editor.post.front_matter.interface import FrontMatter
from editor.post.front_matter.values import Place, Value, find
from editor.post.lines import line_start, position
from editor.translation import gettext as _


class BlockFrontMatter(FrontMatter):
    """The front matter that stands in a block of the text; `root` is the map of its values and their places."""

    text_tag: str
    """What the format calls text, in `Value.tag`."""

    def __init__(self, text: str, block: Block) -> None:
        """Read the block of `text`; never raises, see `problem`."""
        self.text = text
        self.block = block
        self.format = self.writes = block.format
        self.start, self.end, self.body_start = block.start, block.end, block.end
        self.problem = None
        try:
            self.root = self._read()
        except FrontMatterError as error:
            self.problem = error
            self.root = self._empty()
        self.values = self.root.built

    def _block_of(self, text: str) -> Block | None:
        """Return the block of the changed `text`, found as this one was; raises FrontMatterError."""
        return find_block(text, self.block.start)

    @abstractmethod
    def _read(self) -> Value:
        """Return the map that the block holds; raises FrontMatterError with line and column."""

    def _find(self, key: str) -> Place:
        """Return where `key` leads."""
        return find(self.root, key)

    def lock(self, key: str) -> str | None:
        if self.problem:
            return self.problem.message
        place = self._find(key)
        for holder in place.holders:
            if holder.lock:
                return holder.lock
        if place.entry is None:
            holder = place.holders[-1]
            inherited = holder.kind == "map" and place.missing[0] in holder.built  # but no entry of its own
            return _("This value comes from a merge key: change it in the text") if inherited else None
        return next((value.lock for value in place.entry.value.inside() if value.lock), None)

    def span(self, key: str) -> tuple[int, int] | None:
        value = self._value(key)
        return None if value is None else (value.start, value.end)

    def source(self, key: str) -> str | None:
        value = self._value(key)
        if value is None:
            return None
        source = self.text[value.start : value.end]
        if value.style == "block":
            column = value.start - line_start(self.text, value.start)
            source = re.sub(rf"(?<=[\r\n]) {{1,{column}}}", "", source) if column else source
        return source

    def style(self, key: str) -> str | None:
        value = self._value(key)
        return None if value is None else value.style

    def line(self, key: str) -> int | None:
        place = self._find(key)
        if place.entry is None or place.stopped:
            return None
        return position(self.text, place.entry.start)[0]

    def _read_again(self, text: str) -> Self | None:
        """Return what is read after an edit, or None where the front matter would be gone."""
        try:
            block = self._block_of(text)
        except FrontMatterError:
            return None
        return type(self)(text, block) if block and block.format == self.format else None

    def _value(self, key: str) -> Value | None:
        place = self._find(key)
        return None if place.entry is None or place.stopped else place.entry.value

    def _empty(self) -> Value:
        at_end = self.block.inner_end
        return Value(at_end, at_end, "map", "block", "", built={})

    def _refused(self, message: str, index: int) -> NotEditable:
        line, column = position(self.text, index)
        return NotEditable(message, line=line, column=column)
