"""Where the front matter stands in a text: its fences, whatever is between them."""

import re
from dataclasses import dataclass

from editor.errors import FrontMatterError
from editor.post.lines import position
from editor.translation import gettext as _

FORMATS = {"---": "yaml", "+++": "toml"}

_END = r"[ \t]*(?:\r\n|\n|\r|\Z)"
_OPENING = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)")
_CLOSING = {
    # YAML's own end of a document closes the block too: MkDocs and Jekyll take both.
    "yaml": re.compile(r"(?<![^\r\n])(?:---|\.\.\.)" + _END),
    "toml": re.compile(r"(?<![^\r\n])\+\+\+" + _END),
}
_CLOSING_ONLY = re.compile(r"(?<![^\r\n])-{3,}" + _END)
_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))+")
_FOREIGN = re.compile(r"---([A-Za-z][A-Za-z0-9]*)[ \t]*(?:\r\n|\n|\r)|%\{[ \t]*(?:\r\n|\n|\r)")
_FAR_ENOUGH = 1000
"""Front matter further down than this many code points was not meant as such."""


@dataclass(frozen=True, slots=True)
class Block:
    """The fenced block at the beginning of a text; positions in code points."""

    format: str
    start: int
    inner_start: int
    """Behind the opening fence's line end."""
    inner_end: int
    """At the closing fence."""
    end: int
    """Behind the closing fence's line end."""


def find_block(text: str, start: int = 0) -> Block | None:
    """Return the block of front matter of `text` (its byte order mark left out), or None where it has none.

    The opening fence is the first line, from `start`; one below blank lines counts for some generators only and
    is no block here. Raises FrontMatterError where it is opened and never closed.
    """
    return _block_at(text, start)


def find_marked_block(text: str) -> Block | None:
    """Return the block that stands behind a second byte order mark, or more; None where there is none.

    Hugo takes no notice of such marks, all else finds no front matter there. Raises as `find_block`.
    """
    start = len(text) - len(text.lstrip("\ufeff"))
    return _block_at(text, start) if start else None


def find_unopened(text: str) -> Block | None:
    """Return the block of YAML that begins with the text and is closed by `---` alone, as Hexo takes it.

    Whether it is YAML, and not just text above a rule, is the reader's to judge.
    """
    closing = _CLOSING_ONLY.search(text, 0, _FAR_ENOUGH * 20)
    if closing is None or not text[: closing.start()].strip():
        return None
    return Block("yaml", 0, 0, closing.start(), closing.end())


def check_foreign(text: str) -> None:
    """Raise FrontMatterError where `text` begins with metadata in a language that is not edited here."""
    opening = _FOREIGN.match(text)
    if opening and _CLOSING_ONLY.search(text, opening.end()):
        language = opening[1] or "Elixir"
        message = _("The front matter is written in {language}: change it in the text")
        raise FrontMatterError(message.format(language=language), line=1, column=1)


def misplaced_block(text: str) -> Block | None:
    """Return the block that stands below blank lines, where some generators see it and others don't."""
    blank = _BLANK_LINES.match(text, 0, _FAR_ENOUGH)
    try:
        return _block_at(text, blank.end()) if blank else None
    except FrontMatterError:
        return None


def _block_at(text: str, start: int) -> Block | None:
    opening = _OPENING.match(text, start)
    if opening is None:
        return None
    name = FORMATS[opening[1]]
    closing = _CLOSING[name].search(text, opening.end())
    if closing is None:
        line, column = position(text, start)
        raise FrontMatterError(
            _("The front matter is opened by {fence} and never closed").format(fence=opening[1]),
            line=line,
            column=column,
        )
    return Block(name, start, opening.end(), closing.start(), closing.end())
