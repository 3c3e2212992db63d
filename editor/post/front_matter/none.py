"""A post without front matter: the first field makes a block, in the format that the site has."""

from functools import cached_property
from typing import Any

from editor.errors import FrontMatterError
from editor.post.front_matter.formats import FORMATS
from editor.post.front_matter.interface import FrontMatter
from editor.post.front_matter.spliced import SplicedFrontMatter
from editor.post.lines import usual_ending
from editor.post.text_edit import TextEdit

_EMPTY = {
    "yaml": "---\n---\n",
    "toml": "+++\n+++\n",
    "json": "{\n}\n",
    "json-fenced": "---json\n{\n}\n---\n",
    "json-semicolons": ";;;\n;;;\n",
    "pelican": "",
    "multimarkdown": "",
    "nikola": "<!--\n-->\n",
}
"""An empty block of each format."""


class NoFrontMatter(FrontMatter):
    """The text is all body; `problem` where that is only so because a block is unfinished or misplaced."""

    format = "none"

    def __init__(self, text: str, problem: FrontMatterError | None = None, *, shape: str = "yaml") -> None:
        """Take `text` as a body; `problem` is why no block may be put before it.

        `shape` is the format of a new block: `yaml`, `toml`, `json` (`json-fenced` for one between `---json`
        and `---`, `json-semicolons` for Hexo's), `pelican`, `multimarkdown` or `nikola`.
        """
        self.text = text
        self.start = self.end = self.body_start = 0
        self.values = {}
        self.problem = problem
        self.writes = shape.partition("-")[0]
        self._shape = shape

    def begin(self) -> TextEdit | None:
        fenced = self.problem is None and self.writes in ("yaml", "toml", "json")
        return TextEdit(0, 0, self._block.text) if fenced else None

    def lock(self, key: str) -> str | None:
        return self.problem.message if self.problem else self._block.lock(key)

    def holds_lines(self, key: str) -> bool:
        return self._block.holds_lines(key)

    def span(self, key: str) -> tuple[int, int] | None:
        return self._block.span(key)

    def source(self, key: str) -> str | None:
        return self._block.source(key)

    def style(self, key: str) -> str | None:
        return self._block.style(key)

    def line(self, key: str) -> int | None:
        return self._block.line(key)

    def set(self, key: str, value: Any, *, after: str | None = None) -> TextEdit | None:
        return self._around(self._checked().set(key, value, after=after))

    def set_source(self, key: str, source: str) -> TextEdit | None:
        return self._around(self._checked().set_source(key, source))

    def unset(self, key: str) -> TextEdit | None:
        return self._around(self._checked().unset(key))

    def rename(self, key: str, new: str) -> TextEdit | None:
        return self._around(self._checked().rename(key, new))

    def move(self, key: str, after: str | None = None) -> TextEdit | None:
        return self._around(self._checked().move(key, after))

    def add(self, key: str, item: Any, *, again: bool = False) -> TextEdit | None:
        return self._around(self._checked().add(key, item, again=again))

    def remove(self, key: str, item: Any) -> TextEdit | None:
        return self._around(self._checked().remove(key, item))

    @cached_property
    def _block(self) -> SplicedFrontMatter:
        """An empty block with the line ends of the body, and a blank line that will stand before it."""
        newline = usual_ending(self.text)[0]
        text = _EMPTY[self._shape].replace("\n", newline)
        if self.text and self.text[0] not in "\r\n":
            text += newline
        known = FORMATS[self.writes]
        block = known.find(text)
        assert block is not None
        return known.kind(text, block)

    def _checked(self) -> SplicedFrontMatter:
        """Return the empty block; raises where none may be put before the text."""
        if self.problem:
            raise self.problem
        return self._block

    def _around(self, edit: TextEdit | None) -> TextEdit | None:
        return None if edit is None else TextEdit(0, 0, edit.apply(self._block.text))
