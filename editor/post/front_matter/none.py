"""A post without front matter: the first field makes a block of YAML."""

from functools import cached_property
from typing import Any

from editor.errors import FrontMatterError
from editor.post.front_matter.block import find_block
from editor.post.front_matter.interface import FrontMatter
from editor.post.front_matter.yaml_format import YamlFrontMatter
from editor.post.lines import usual_ending
from editor.post.text_edit import TextEdit


class NoFrontMatter(FrontMatter):
    """The text is all body; `problem` where that is only so because a block is unfinished or misplaced."""

    format = "none"

    def __init__(self, text: str, problem: FrontMatterError | None = None) -> None:
        """Take `text` as a body; `problem` is why no block may be put before it."""
        self.text = text
        self.start = self.end = self.body_start = 0
        self.values = {}
        self.problem = problem

    def lock(self, key: str) -> str | None:
        return self.problem.message if self.problem else self._block.lock(key)

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

    def add(self, key: str, item: Any) -> TextEdit | None:
        return self._around(self._checked().add(key, item))

    def remove(self, key: str, item: Any) -> TextEdit | None:
        return self._around(self._checked().remove(key, item))

    @cached_property
    def _block(self) -> YamlFrontMatter:
        return _new_block(self.text)

    def _checked(self) -> YamlFrontMatter:
        """Return the empty block; raises where none may be put before the text."""
        if self.problem:
            raise self.problem
        return self._block

    def _around(self, edit: TextEdit | None) -> TextEdit | None:
        return None if edit is None else TextEdit(0, 0, edit.apply(self._block.text))


def _new_block(body: str) -> YamlFrontMatter:
    """Return an empty block with the line ends of `body`, and a blank line that will stand before it."""
    newline = usual_ending(body)[0]
    text = f"---{newline}---{newline}"
    if body and body[0] not in "\r\n":
        text += newline
    block = find_block(text)
    assert block is not None
    return YamlFrontMatter(text, block)
