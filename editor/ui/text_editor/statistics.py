"""How long a text is: words as a writer counts them, and the minutes that reading takes."""

import re
from dataclasses import dataclass
from math import ceil

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


def count(body: str) -> Statistics:
    """Count a post's body; code, comments, formulas in blocks and addresses do not count.

    1.5 MB take some 100 ms, line by line: for a thread, whose lock the window gets back every few
    milliseconds.
    """
    state = TEXT
    words = signs = 0
    for line in body.splitlines():
        more_words, more_signs, state = _count_line(line, state)
        words += more_words
        signs += more_signs
    return Statistics(words, signs)


def _count_line(line: str, state: LineState) -> tuple[int, int, LineState]:
    """Return a line's words, how many of them are signs, and the state after it; it starts in `state`."""
    after = state_after(line, state)
    if not line or state.kind in ("fence", "comment", "math") or after.kind in ("fence", "math"):
        return 0, 0, after
    if after.kind == "comment":
        line = line[: line.rfind("<!--")]
    if line.lstrip()[:1] in ("!", "?", "=", "/", "[", "-", "*", "+"):
        line = _MARK_LINE.sub("", line, count=1)
    if "<" in line or "](" in line or "][" in line or "://" in line or "{" in line:
        line = _NO_WORDS.sub(" ", line)
    if line.isascii():
        return len(_WORD.findall(line)), 0, after
    signs = len(_SIGN.findall(line))
    return len(_WORD.findall(line)) + signs, signs, after
