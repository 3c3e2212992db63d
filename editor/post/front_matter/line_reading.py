"""Front matter of `Key: value` lines: where it ends and what each line says, as its generator reads it.

Pelican's lines are those of Python-Markdown's extension `meta` (markdown/extensions/meta.py, 3.10), which sees
the text with tabs expanded; what becomes of their values is in pelican/readers.py (4.11). MkDocs reads bare
lines by itself (mkdocs/utils/meta.py, 1.6). Nikola takes all lines `.. key: value` of the first paragraph, in a
comment or not (nikola/metadata_extractors.py, 8.3).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from editor.post.front_matter.block import Block
from editor.post.lines import line_end, line_start, next_line

_KEY = re.compile(r" {0,3}([A-Za-z0-9_-]+):")
_MORE = re.compile(r" {4}")
_MORE_OF_MKDOCS = re.compile(r" {4}|\t")
_BEGIN = re.compile(r"-{3}")
_END = re.compile(r"-{3}|\.{3}")
_NIKOLA = re.compile(r"(\s*)\.\. (.*?):(?: |\Z)")
_PARAGRAPH_END = re.compile(r"(?:\r\n|\n|\r(?!\n))(?:\r\n|\n|\r)")

FIRST_WINS = frozenset(
    ("tags", "date", "modified", "status", "category", "author", "save_as", "url", "authors", "slug")
)
"""Keys of which Pelican takes the first definition, and of that the first line (readers.py)."""


@dataclass(slots=True)
class Line:
    """A line's value: where it stands, without the blanks around it, and what is read there."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Metadata:
    """One definition of a key."""

    key: str
    """As the generator calls it."""
    start: int
    end: int
    """The key's own text."""
    lines: list[Line] = field(default_factory=list)


def pelican_block(text: str) -> Block:
    """Return the lines that Pelican reads as metadata, maybe none; a blank line that ends them is in the block."""
    start = next_line(text, 0) if _BEGIN.match(text) else 0
    inner_end = end = at = start
    known = False
    while at < len(text):
        line = _expanded(text[at : line_end(text, at)])
        behind = next_line(text, at)
        if not line.strip() or _END.match(line):
            return Block("pelican", 0, start, at, behind)
        if not _KEY.match(line) and not (known and _MORE.match(line)):
            break
        known = True
        inner_end = end = at = behind
    return Block("pelican", 0, start, inner_end, end)


def multimarkdown_block(text: str) -> Block:
    """Return the lines that MkDocs reads as metadata, maybe none; a blank line that ends them is in the block."""
    at, known = 0, False
    while at < len(text):
        line = text[at : line_end(text, at)]
        if not line.strip():
            return Block("multimarkdown", 0, 0, at, next_line(text, at))
        if not _KEY.match(line) and not (known and _MORE_OF_MKDOCS.match(line)):
            break
        known = True
        at = next_line(text, at)
    return Block("multimarkdown", 0, 0, at, at)


def nikola_block(text: str) -> Block:
    """Return the paragraph in which Nikola looks for metadata; without one, the lines of the comment or of keys."""
    start = len(text) - len(text.lstrip())
    start = line_start(text, start)
    found = _PARAGRAPH_END.search(text, start)
    if found:
        first = next_line(text, found.start())
        return Block("nikola", 0, start, first, found.end())
    end = at = start
    while at < len(text):
        line = text[at : line_end(text, at)]
        at = next_line(text, at)
        if _NIKOLA.match(line) or line.strip() in ("<!--", "-->"):
            end = at
    return Block("nikola", 0, start, end, end)


def pelican_lines(text: str, block: Block) -> Iterator[Metadata]:
    """Yield what Pelican's reader finds, in the order of the text."""
    yield from _lines(text, block, expand=True)


def multimarkdown_lines(text: str, block: Block) -> Iterator[Metadata]:
    """Yield what MkDocs finds, in the order of the text."""
    yield from _lines(text, block, expand=False)


def nikola_lines(text: str, block: Block) -> Iterator[Metadata]:
    """Yield what Nikola finds, in the order of the text."""
    at = block.inner_start
    while at < block.inner_end:
        stop = line_end(text, at)
        found = _NIKOLA.match(text[at:stop])
        if found:
            start = at + found.start(2)
            colon = at + found.end(2) + 1
            yield Metadata(found[2], start, at + found.end(2), [_line(text, colon, stop)])
        at = next_line(text, at)


def _lines(text: str, block: Block, *, expand: bool) -> Iterator[Metadata]:
    at = block.inner_start
    current: Metadata | None = None
    while at < block.inner_end:
        stop = line_end(text, at)
        line = text[at:stop]
        key = _KEY.match(_expanded(line) if expand else line)
        if key and line.startswith(key[0]):
            if current:
                yield current
            colon = at + key.end()
            start, end = at + key.start(1), at + key.end(1)
            current = Metadata(key[1].lower(), start, end, [_line(text, colon, stop, at if expand else None)])
        elif current:
            current.lines.append(_line(text, at, stop, at if expand else None))
        at = next_line(text, at)
    if current:
        yield current


def _line(text: str, start: int, stop: int, whole: int | None = None) -> Line:
    """Return the value between `start` and `stop`; with tabs expanded as in the line that begins at `whole`."""
    value = text[start:stop].strip()
    if not value:
        # Where a value would go: behind the first blank, if there is one.
        at = start + 1 if text[start:stop][:1] in (" ", "\t") and whole != start else start
        return Line(min(at, stop), min(at, stop), "")
    first = start + len(text[start:stop]) - len(text[start:stop].lstrip())
    read = value
    if whole is not None:
        read = _expanded(text[whole : first + len(value)])[len(_expanded(text[whole:first])) :].strip()
    return Line(first, first + len(value), read)


def _expanded(line: str) -> str:
    """Return a line as Python-Markdown has it before it looks for metadata."""
    return line.replace("\u0002", "").replace("\u0003", "").expandtabs(4)
