"""A long text that is edited piece by piece: an edit costs what it touches, not what the text is long."""

from __future__ import annotations

_CHUNK = 8_192
"""Characters: about so long are the chunks."""


class ChunkedText:
    """A text in chunks; offsets are code points."""

    def __init__(self, text: str) -> None:
        self._chunks = _cut(text)
        self._text: str | None = text
        self._length = len(text)

    def __len__(self) -> int:
        return self._length

    @property
    def text(self) -> str:
        """The whole text."""
        if self._text is None:
            self._text = "".join(self._chunks)
        return self._text

    def copy(self) -> ChunkedText:
        """Return a text of its own that is equal for now."""
        made = ChunkedText("")
        made._chunks, made._text, made._length = list(self._chunks), self._text, self._length
        return made

    def slice(self, start: int, end: int) -> str:
        """Return what stands from `start` to `end`, as far as there is text."""
        parts = []
        position = 0
        for chunk in self._chunks:
            after = position + len(chunk)
            if after > start:
                parts.append(chunk[max(0, start - position) : max(0, end - position)])
            if after >= end:
                break
            position = after
        return "".join(parts)

    def edit(self, start: int, end: int, replacement: str) -> None:
        """Replace what stands from `start` to `end`. Raises ValueError where that lies outside."""
        if not 0 <= start <= end <= self._length:
            raise ValueError(f"no characters {start} to {end} in a text of {self._length}")
        first, before = self._chunk_of(start, 0, 0)
        last, behind = self._chunk_of(end, first, before)
        fresh = self._chunks[first][: start - before] + replacement + self._chunks[last][end - behind :]
        if len(fresh) < _CHUNK // 4 and last + 1 < len(self._chunks):
            last += 1
            fresh += self._chunks[last]
        self._chunks[first : last + 1] = _cut(fresh) if len(fresh) > 2 * _CHUNK else [fresh]
        self._length += len(replacement) - (end - start)
        self._text = None

    def _chunk_of(self, offset: int, chunk: int, position: int) -> tuple[int, int]:
        """Return the chunk in which or at whose end `offset` is, and what is before it, from a known place on."""
        while chunk + 1 < len(self._chunks) and position + len(self._chunks[chunk]) < offset:
            position += len(self._chunks[chunk])
            chunk += 1
        return chunk, position


def _cut(text: str) -> list[str]:
    return [text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)] or [""]
