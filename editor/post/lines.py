r"""Lines as files have them: ended by `\n`, `\r\n` or a bare `\r`, and by nothing else.

Python's `splitlines` and YAML's marks also count U+0085, U+2028 and others as line ends; editors and git
don't. All positions are code points.
"""

import re
from bisect import bisect_right

_END = re.compile(r"\r\n|\n|\r")


def line_start(text: str, index: int) -> int:
    """Return where the line begins that holds `index`."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_end(text: str, index: int) -> int:
    """Return where the line that holds `index` stops, its line end left out."""
    found = _END.search(text, index)
    return found.start() if found else len(text)


def next_line(text: str, index: int) -> int:
    """Return where the line behind the one that holds `index` begins (else the text's end)."""
    found = _END.search(text, index)
    return found.end() if found else len(text)


def ending_before(text: str, index: int) -> str:
    """Return the line end that stands directly before `index`, or an empty string."""
    if text.startswith("\r\n", index - 2) and index >= 2:
        return "\r\n"
    return text[index - 1] if index and text[index - 1] in "\r\n" else ""


def position(text: str, index: int) -> tuple[int, int]:
    """Return line and column of `index`, both counted from 1."""
    start = line_start(text, index)
    return sum(1 for _ in _END.finditer(text, 0, start)) + 1, index - start + 1


class LineIndex:
    """Tells line and column of many places in one text: its lines are looked for once, when the first is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []

    def position(self, index: int) -> tuple[int, int]:
        """Return line and column of `index`, both counted from 1."""
        if not self._starts:
            self._starts = [0, *(found.end() for found in _END.finditer(self._text))]
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1


def usual_ending(text: str) -> tuple[str, bool]:
    r"""Return the most common line end (`\n` where there is none), and whether there are others beside it."""
    pairs = text.count("\r\n")
    counts = {"\n": text.count("\n") - pairs, "\r\n": pairs, "\r": text.count("\r") - pairs}
    return max(counts, key=lambda ending: counts[ending]), sum(count > 0 for count in counts.values()) > 1
