"""What is noted, and which files are read, while a page is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from editor.render.python_markdown.splitter import Piece


class Watch:
    """What is noted and which files are read while something is rendered; this one sees nothing."""

    def begin(self) -> None:
        """Forget what was seen."""

    def seen(self) -> tuple[list[list[str]], list[str]]:
        """Return the notes and the files since `begin`."""
        return [], []


def seen_in(pieces: Iterable[Piece]) -> tuple[list[list[str]], list[str]]:
    """Return the notes and the files of all pieces, each once."""
    notes: dict[tuple[str, ...], None] = {}
    files: dict[str, None] = {}
    for piece in pieces:
        told, read = piece.rendered.seen
        if told or read:
            notes.update(dict.fromkeys(map(tuple, told)))
            files.update(dict.fromkeys(read))
    return [list(note) for note in notes], list(files)
