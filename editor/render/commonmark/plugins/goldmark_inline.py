"""Goldmark's way through a line: what it takes for text, and where it looks for bare addresses.

Observed with Hugo 0.168. Goldmark tries its parsers at punctuation, at white space, at the beginning of a
line and right behind anything that it has recognised; bare addresses are found at those places alone, and
not within square brackets that are still open.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    Rule = Callable[[Any, bool], bool]

SPACES = " \t\n\x0b\x0c\r"
"""What goldmark takes off the ends of lines, cells and labels: no other white space."""
_SEPARATORS = "\x1c\x1d\x1e\x1f"
"""White space to Python, and not to Go (unicode.IsSpace)."""
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_PLAIN = ("text", "newline", "escape", "entity", "brackets")
"""The rules that recognise nothing: what they take is text."""


class GoldmarkState(StateInline):
    """One stretch of inline text, with what goldmark remembers of it."""

    open_brackets = 0
    """How many `[` stand open before the place."""
    in_label = False
    """Whether the whole stretch is the text of a picture."""
    recognised = 0
    """The end of what was recognised last: bare addresses may begin there."""

    def before(self) -> str:
        """Return the character before the place; a line feed at the beginning."""
        return self.src[self.pos - 1] if self.pos else "\n"


class GoldmarkInline(ParserInline):
    """markdown-it's inline parser, with the state that goldmark's rules need."""

    def __init__(self) -> None:
        super().__init__()
        self._labels = 0

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """See `ParserInline.parse`."""
        state = GoldmarkState(src, md, env, tokens)
        state.in_label = self._labels > 0
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """See `ParserInline.tokenize`; notes where something was recognised."""
        assert isinstance(state, GoldmarkState)
        plain = [rule.fn for rule in self.ruler.__rules__ if rule.name in _PLAIN]
        rules = [(rule, rule in plain) for rule in self.ruler.getRules("")]
        end, deepest = state.posMax, state.md.options["maxNesting"]
        while state.pos < end:
            taken = False
            for rule, is_plain in rules if state.level < deepest else ():
                taken = rule(state, False)
                if taken:
                    if not is_plain:
                        state.recognised = state.pos
                    break
            if not taken:
                state.append_pending(state.src[state.pos])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def label(self, rule: Rule) -> Rule:
        """Return the rule `rule` with what it parses taken for the text of a picture."""

        def wrapped(state: StateInline, silent: bool) -> bool:
            self._labels += 1
            try:
                return rule(state, silent)
            finally:
                self._labels -= 1

        return wrapped


def html_rule(rule: Rule) -> Rule:
    """Return the rule `rule` for raw HTML, with an anchor being nothing special: goldmark does not look into tags."""

    def html(state: StateInline, silent: bool) -> bool:
        level = state.linkLevel
        taken = rule(state, silent)
        state.linkLevel = level
        return taken

    return html


def is_ascii_punctuation(character: str) -> bool:
    """Tell whether a character is ASCII punctuation."""
    return character in _PUNCTUATION


def is_punctuation(character: str) -> bool:
    """Tell whether goldmark takes a character for punctuation where it looks at what is around a mark."""
    return unicodedata.category(character)[0] in "PS"


def is_space(character: str) -> bool:
    """Tell whether goldmark takes a character for white space."""
    return character.isspace() and character not in _SEPARATORS


def flanking(state: StateInline, start: int, length: int, after: str = "") -> tuple[bool, bool]:
    """Return whether a run of marks can open and can close; `after` stands for the character behind it."""
    before = state.src[start - 1] if start else "\n"
    end = start + length
    after = after or (state.src[end] if end < len(state.src) else " ")
    left = not is_space(after) and (not is_punctuation(after) or is_space(before) or is_punctuation(before))
    right = not is_space(before) and (not is_punctuation(before) or is_space(after) or is_punctuation(after))
    if state.src[start] == "_":
        return left and (not right or is_punctuation(before)), right and (not left or is_punctuation(after))
    return left, right


_ADDRESS = r"(?:https?:|ftp:|www\.|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@)"


def text_rule(marks: str) -> Rule:
    """Return the rule that takes plain text up to the next of `marks`.

    `marks` is a regular expression of what other rules may begin with; places where an address may begin
    are added.
    """
    stop = re.compile(rf"{marks}|[ \t(](?={_ADDRESS})")

    def text(state: GoldmarkState, silent: bool) -> bool:
        found = stop.search(state.src, state.pos, state.posMax)
        end = found.start() if found else state.posMax
        if end == state.pos:
            return False
        if state.pos in (0, state.recognised) or state.src[state.pos - 1] == "\n":
            return False
        if not silent:
            state.append_pending(state.src[state.pos : end])
        state.pos = end
        return True

    return text


def brackets(state: StateInline, silent: bool) -> bool:
    """Count brackets that became nothing: within open ones goldmark makes no links of addresses."""
    assert isinstance(state, GoldmarkState)
    character = state.src[state.pos]
    if silent or character not in "[]":
        return False
    if character == "[":
        state.open_brackets += 1
        token = state.push("text", "", 0)
        token.content = character
        token.meta["mark"] = True
    else:
        state.open_brackets = max(0, state.open_brackets - 1)
        state.append_pending(character)
    state.pos += 1
    return True


def escape_rule(spaces: bool) -> Rule:
    """Return the rule for a backslash; `spaces` whether an escaped space is left out."""

    def escape(state: GoldmarkState, silent: bool) -> bool:
        source, at = state.src, state.pos
        if source[at] != "\\" or at + 1 >= state.posMax:
            return False
        character = source[at + 1]
        if character == "\n":
            if not silent:
                state.push("hardbreak", "br", 0)
            state.pos = at + 2
            while state.pos < state.posMax and state.src[state.pos] in " \t":
                state.pos += 1
            return True
        if not (is_ascii_punctuation(character) or (spaces and character == " ")):
            return False
        if not silent:
            token = state.push("text_special", "", 0)
            token.content = "" if character == " " else character
            token.markup = source[at : at + 2]
            token.info = "escape"
        state.pos = at + 2
        return True

    return escape
