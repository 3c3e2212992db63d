"""Where something ends that has begun: found in time that grows with the text only, however often it is asked."""

import bisect
import re

from editor.proof.body.source import Span

_TAG = r"(?:\{%[^%\n]*+%\}[ \t]*+)?+"
_FENCE_END = re.compile(rf"[ \t>]*+{_TAG}(?P<marks>`{{3,}}+|~{{3,}}+)[ \t]*+{_TAG}$")
"""What is for a template engine is gone before Markdown is read."""


class Ends:
    """The next place of a mark; what was found, or not found, is kept for who asks from further on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, tuple[int, int | None]] = {}
        self._elements: dict[str, dict[int, int]] = {}

    def find(self, mark: str, start: int) -> int | None:
        """Return where the next `mark` from `start` on is over, or None."""
        return self._next(mark, re.escape(mark), start)

    def find_template(self, name: str, start: int) -> int | None:
        """Return where the next tag of a template that closes the block `name` is over, or None."""
        pattern = rf"\{{%-?\s*+(?:end{name})\b[^%\n]*+%\}}|\{{\{{[<%]\s*+/\s*+{name}\b[^%>\n]*+[>%]\}}\}}"
        return self._next(f"template {name}", pattern, start)

    def find_tag(self, name: str, start: int) -> int | None:
        """Return where the next closing tag of the element `name` is over, or None."""
        return self._next(f"tag {name}", rf"(?i)</{name}\s*+>", start)

    def find_element(self, name: str, start: int) -> int | None:
        """Return where the element whose first tag begins at `start` is over, those of its name within it over too."""
        if name not in self._elements:
            opened: list[int] = []
            ended: dict[int, int] = {}
            for tag in re.finditer(rf"(?i)<(/?){name}(?=[\s/>])[^<>]*+>", self._text):
                if not tag[1]:
                    opened.append(tag.start())
                elif opened:
                    ended[opened.pop()] = tag.end()
            self._elements[name] = ended
        return self._elements[name].get(start)

    def _next(self, key: str, pattern: str, start: int) -> int | None:
        asked, end = self._found.get(key, (start, -1))
        if asked <= start and (end is None or start < end):
            known = end
        else:
            known = -1
        if known == -1 or (known is not None and not self._is_ahead(pattern, known, start)):
            found = re.compile(pattern).search(self._text, start)
            known = found.end() if found else None
            self._found[key] = (start, known)
        return known

    def _is_ahead(self, pattern: str, end: int, start: int) -> bool:
        """Return whether what ends at `end` begins at `start` or later."""
        if end - start > len(pattern) + 40:
            return True
        found = re.compile(pattern).search(self._text, start, end)
        return found is not None


class FenceEnds:
    """The lines that may close a fence of code."""

    def __init__(self, text: str, spans: list[Span]) -> None:
        self._lines: dict[str, list[tuple[int, int]]] = {"`": [], "~": []}
        self._longest: dict[str, list[int]] = {}
        if "```" not in text and "~~~" not in text:
            return
        for number, (start, end) in enumerate(spans):
            found = _FENCE_END.match(text, start, end)
            if found:
                marks = found["marks"]
                self._lines[marks[0]].append((number, len(marks)))
        for sign, lines in self._lines.items():
            longest, known = 0, []
            for _number, length in reversed(lines):
                longest = max(longest, length)
                known.append(longest)
            self._longest[sign] = known[::-1]

    def find(self, number: int, marks: str) -> int | None:
        """Return the first line behind `number` that closes a fence opened with `marks`, or None."""
        lines = self._lines[marks[0]]
        index = bisect.bisect_right(lines, (number, 1 << 60))
        if index >= len(lines) or self._longest[marks[0]][index] < len(marks):
            return None
        return next(line for line, length in lines[index:] if length >= len(marks))
