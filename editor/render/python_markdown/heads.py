"""Where a page's body begins in its text, and which edits leave that as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.render.python_markdown.front_matter import may_become_metadata

if TYPE_CHECKING:
    from collections.abc import Sequence


class Head:
    """What stands above the body of one text."""

    def __init__(self, text: str, body: str, told: list[list[str]], rule: str, plain: bool) -> None:
        """Compare the text, line endings as they are, with its body, line endings as line feeds.

        `told` is what was noted when the body was taken, by the `rule` of front_matter; `plain` says whether it
        is the end of the text, unchanged but for line endings.
        """
        self.told = told
        lines = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        known = plain and lines.endswith(body)
        self._length = len(lines) - len(body)
        self.first_line = lines.count("\n", 0, self._length) if known else 0
        """The line of the text, from 0, where the body begins."""
        # The first line may be taken for metadata, or vanish; a block that is open may be closed anywhere.
        end_of_line = body.find("\n")
        fixed = known and lines is text and end_of_line >= 0
        fixed = fixed and (self._length > 0 or not may_become_metadata(text, rule))
        self._fixed_from = self._length + end_of_line + 1 if fixed else None

    def edits_of_body(self, edits: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]] | None:
        """Return the edits of the text as such of the body; None where the body has to be taken anew."""
        if self._fixed_from is None:
            return None
        if any(start <= self._fixed_from or "\r" in replacement for start, _, replacement in edits):
            return None
        return [(start - self._length, end - self._length, replacement) for start, end, replacement in edits]
