"""What could not be done as the site asks for: collected while rendering, told with the answer."""

from __future__ import annotations


class Notes:
    """An ordered set of (code, subject); `editor.render.reasons` has a sentence for each code."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], None] = {}

    def add(self, code: str, subject: str = "") -> None:
        """Note `code` about `subject` (a name, a path); a second time is not noted again."""
        self._seen.setdefault((code, subject))

    def extend(self, others: list[list[str]]) -> None:
        """Take over the notes of `as_list`."""
        for code, subject in others:
            self.add(code, subject)

    def clear(self) -> None:
        """Forget all."""
        self._seen.clear()

    def as_list(self) -> list[list[str]]:
        """Return the notes as JSON data, in the order in which they came up."""
        return [list(note) for note in self._seen]
