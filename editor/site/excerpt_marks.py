"""Marks that look as if they ended an excerpt, and may not: each generator knows its own, to the letter."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_LIKE = re.compile(
    r"<!?[-–—]{1,3}[ \t]*/?(?:read[ _-]?more|more|teaser[ _-]?end|end[ _-]?teaser|(?:end[ _-]?)?excerpt|"
    r"truncate|fold|summary|pelican_end_summary)(?::[^\n>]{0,80})?[ \t]*/?[-–—]{1,3}>",
    re.IGNORECASE,
)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^\n]*)")


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Something that another generator, or a slip, would write for the end of an excerpt."""

    written: str
    line: int
    """In the whole text, from 0."""


def lookalike(body: str, text: str, takes: Callable[[str], bool]) -> Lookalike | None:
    """Return the first mark in `body`, the end of `text`, that the generator does not take (`takes`) for its own.

    What stands in code is none.
    """
    if "<" not in body:
        return None
    before = text[: len(text) - len(body)].count("\n") if text.endswith(body) else 0
    for number, line in _outside_code(body):
        for found in _LIKE.finditer(line):
            if not takes(found[0]) and line.count("`", 0, found.start()) % 2 == 0:
                return Lookalike(found[0], before + number)
    return None


def _outside_code(body: str) -> Iterator[tuple[int, str]]:
    """Yield the lines (from 0) that are not in a fence and not indented as code."""
    fence = ""
    for number, line in enumerate(body.split("\n")):
        found = _FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not found[2].strip():
                fence = ""
        elif found:
            fence = found[1]
        elif not line.startswith(("    ", "\t")):
            yield number, line
