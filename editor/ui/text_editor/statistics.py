"""How long a text is: words as a writer counts them, and the minutes that reading takes."""

import re
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple, Self

from editor.ui.text_editor.line_state import TEXT, LineState, state_after

WORDS_PER_MINUTE = 265
"""What Material for MkDocs counts with when nothing else is configured (`post_readtime_words_per_minute`)."""
_SIGNS_PER_MINUTE = 500
"""Characters of Chinese, Japanese and Korean that are read in a minute, as Medium counts them."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff"
_SIGN = re.compile(f"[{_CJK}]")
# A word holds a letter or a digit; apostrophes, hyphens, points and commas inside it do not part it.
_WORD = re.compile(rf"(?:(?![{_CJK}])\w)+(?:['’.,:/@-](?:(?![{_CJK}])\w)+)*")
_NO_WORDS = re.compile(
    r"<!--.*?-->|</?[A-Za-z][^<>]*>"
    r"|\]\([^()]*(?:\([^()]*\)[^()]*)*\)|\]\[[^\]]*\]|https?://\S+"
    r"|\{[:.#%{][^{}]*\}+|\{[ \t]*[\w-]+=[^{}]*\}"
)
_MARK_LINE = re.compile(
    r"[ \t]*(?:(?:!!!|\?\?\?\+?|===[!+]*|/{3,})[ \t]*[\w-]*|\[[^\]]+\]:.*|-+8<-+.*|[-*+][ \t]+\[[ xX]\])"
)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The length of a text."""

    words: int = 0
    """Words; of Chinese, Japanese and Korean every character."""
    signs: int = 0
    """The Chinese, Japanese and Korean characters among them."""

    @property
    def minutes(self) -> int:
        """The minutes that reading takes, at least 1 where there is something to read."""
        return ceil((self.words - self.signs) / WORDS_PER_MINUTE + self.signs / _SIGNS_PER_MINUTE)


class LineLength(NamedTuple):
    """What a line adds to the length of its text."""

    words: int
    signs: int
    """The Chinese, Japanese and Korean characters among them."""

    def more(self, other: Self) -> Self:
        """Return the sum."""
        return self._make((self.words + other.words, self.signs + other.signs))

    def less(self, other: Self) -> Self:
        """Return the difference."""
        return self._make((self.words - other.words, self.signs - other.signs))


NOTHING = LineLength(0, 0)


def count(body: str) -> Statistics:
    """Count a post's body; code, comments, formulas in blocks and addresses do not count."""
    state = TEXT
    length = NOTHING
    for line in body.splitlines():
        after = state_after(line, state)
        length = length.more(line_length(line, state, after))
        state = after
    return Statistics(*length)


def line_length(line: str, state: LineState, after: LineState) -> LineLength:
    """Return what `line`, which starts in `state` and leaves `after`, adds to the length of the text."""
    if not line or state.kind in ("fence", "comment", "math") or after.kind in ("fence", "math"):
        return NOTHING
    if after.kind == "comment":
        line = line[: line.rfind("<!--")]
    if line.lstrip()[:1] in ("!", "?", "=", "/", "[", "-", "*", "+"):
        mark = _MARK_LINE.match(line)
        line = line[mark.end() :] if mark else line
    if "<" in line or "](" in line or "][" in line or "://" in line or "{" in line:
        line = _NO_WORDS.sub(" ", line)
    if line.isascii():
        return LineLength(len(_WORD.findall(line)), 0)
    signs = len(_SIGN.findall(line))
    return LineLength(len(_WORD.findall(line)) + signs, signs)
