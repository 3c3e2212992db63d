"""Counting the words of a post, line by line: the same for the list of posts and for the window."""

import re
from typing import NamedTuple, Self

from editor.post.line_state import TEXT, LineState
from editor.post.open_fences import OpenFences

# Korean has spaces between its words.
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_SIGN = re.compile(f"[{_CJK}]")
# A word holds a letter or a digit; apostrophes, hyphens, points and commas inside it do not part it.
_WORD = re.compile(rf"[^\W{_CJK}]+(?:['’.,:/@-][^\W{_CJK}]+)*")
_NO_WORDS = re.compile(
    r"<!--.*?-->|</?[A-Za-z][^<>]*>"
    r"|\]\([^()]*(?:\([^()]*\)[^()]*)*\)|\]\[[^\]]*\]|https?://\S+"
    r"|\{[:.#%{][^{}]*\}+|\{[ \t]*[\w-]+=[^{}]*\}"
)
_MARK_LINE = re.compile(
    r"[ \t]*(?:(?:!!!|\?\?\?\+?|===[!+]*|/{3,})[ \t]*[\w-]*|\[[^\]]+\]:.*|-+8<-+.*|[-*+][ \t]+\[[ xX]\])"
)


class LineLength(NamedTuple):
    """What a line adds to the length of its text."""

    words: int
    signs: int
    """The Chinese and Japanese characters among them."""

    def more(self, other: Self) -> Self:
        """Return the sum."""
        return type(self)(self.words + other.words, self.signs + other.signs)

    def less(self, other: Self) -> Self:
        """Return the difference."""
        return type(self)(self.words - other.words, self.signs - other.signs)


NOTHING = LineLength(0, 0)


def count_words(body: str, *, fences_need_end: bool = False) -> int:
    """Return how many words people read in the Markdown text `body`.

    What stands between spaces and holds a letter or a digit is one; each Chinese or Japanese character is,
    too. Code, formulas in blocks, comments, tags and addresses are none. `fences_need_end`: in the site's
    dialect, a fence that nothing closes is text.
    """
    return text_length(body, fences_need_end=fences_need_end).words


def text_length(body: str, *, fences_need_end: bool = False) -> LineLength:
    """Return what all lines of `body` add up to."""
    fences = OpenFences()
    lines = body.splitlines()
    opened = 0, TEXT, NOTHING
    number, state, length = opened
    while number < len(lines):
        line = lines[number]
        after = fences.state_after(number, line, state)
        if after.kind == "fence" and after is not state:
            opened = number, state, length
        length = length.more(line_length(line, state, after))
        state = after
        number += 1
        if number == len(lines) and state.kind == "fence" and fences_need_end:
            fences.has_no_end(opened[0], state)
            number, state, length = opened
    return length


def line_length(line: str, state: LineState, after: LineState) -> LineLength:
    """Return what `line`, which starts in `state` and leaves `after`, adds to the length of the text."""
    if not line or state.kind in ("fence", "math") or after.kind in ("fence", "math"):
        return NOTHING
    if state.kind == "comment":
        end = line.find("-->")
        if end < 0:
            return NOTHING
        line = line[end + 3 :]
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
