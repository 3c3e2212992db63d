"""Text cut into sentences and words, as the package parse-latin (version 7) does it for smartypants.

What a quotation mark becomes depends on its neighbours in a sentence or a word, and those on how parse-latin puts the
pieces together: an apostrophe between letters belongs to the word, one behind a full stop to the sentence before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

SPACE, MARK, SYMBOL, WORD, SENTENCE, TEXT = "space", "mark", "symbol", "word", "sentence", "text"

_SYMBOLS = "#%&*@\u2020\u2021\u2030\u2031\u203b"
"""Punctuation that parse-latin takes for symbols."""
_INNER = re.compile(r"(?:[&'\-.:=?@\u00ad\u00b7\u2010\u2011\u2019\u2027]|_+)\Z")
_TERMINAL = re.compile(r"[!.?\u2026\u203d]+\Z")
_ABBREVIATION = re.compile(
    r"(?:[0-9]{1,3}|[a-z]|al|ca|cap|cca|cent|cf|cit|con|cp|cwt|ead|etc|ff|fl|ibid|id|nem|op|pro|seq|sic|stat|tem|viz)\Z"
)
_LINES = re.compile(r"\r\n|\r|\n")


class Part:
    """A sentence, a word, or what stands in one."""

    __slots__ = ("children", "kind", "value")

    def __init__(self, kind: str, value: str = "", children: list[Part] | None = None) -> None:
        self.kind = kind
        self.value = value
        self.children = children

    def __str__(self) -> str:
        return self.value if self.children is None else "".join(map(str, self.children))

    @property
    def inner(self) -> list[Part]:
        """The children of what has some."""
        return self.children if self.children is not None else []

    @property
    def signs(self) -> bool:
        """Whether it is punctuation or a symbol."""
        return self.kind in (MARK, SYMBOL)


_Step = Callable[[list[Part], int], int | None]


def sentences(text: str) -> list[Part]:
    """Return the sentences of a text and the white space between them."""
    parts = list(_pieces(text))
    for step in _IN_WORDS:
        _walk(parts, step)
    found = _split(parts)
    for step in _IN_SENTENCES:
        _walk(found, step)
    for part in found:
        _full_stops(part)
    _spaces_out(found)
    _walk(found, _implicit_end)
    return found


@lru_cache(maxsize=2000)
def _kind(letter: str) -> str:
    if letter > "\uffff":
        return SYMBOL
    if letter in "\t\n\x0b\x0c\r\x85":
        return SPACE
    category = unicodedata.category(letter)
    if category[0] == "Z":
        return SPACE
    if category[0] == "P" and letter not in _SYMBOLS:
        return MARK
    return WORD if category[0] in "LMN" else SYMBOL


def _pieces(text: str) -> Iterator[Part]:
    start, before = 0, ""
    for at, letter in enumerate(text):
        kind = _kind(letter)
        if at > start and not (
            kind == before and (kind in (WORD, SPACE) or letter == text[at - 1] or letter > "\uffff")
        ):
            yield _piece(before, text[start:at])
            start = at
        before = kind
    if start < len(text):
        yield _piece(before, text[start:])


def _piece(kind: str, value: str) -> Part:
    return Part(WORD, children=[Part(TEXT, value)]) if kind == WORD else Part(kind, value)


def _walk(parts: list[Part], step: _Step) -> None:
    """Take a step at each part; it returns at which to go on, where that is not the next one."""
    at = 0
    while at < len(parts):
        result = step(parts, at)
        at = at + 1 if result is None else max(result, 0)


def _is(parts: list[Part], at: int, kind: str) -> bool:
    return 0 <= at < len(parts) and parts[at].kind == kind


# ---- words


def _initial_word_symbol(parts: list[Part], at: int) -> int | None:
    if (
        not parts[at].signs
        or parts[at].value != "&"
        or _is(parts, at - 1, WORD)
        or not _is(parts, at + 1, WORD)
    ):
        return None
    parts[at + 1].inner.insert(0, parts.pop(at))
    return at - 1


def _final_word_symbol(parts: list[Part], at: int) -> int | None:
    if (
        not parts[at].signs
        or parts[at].value != "-"
        or not _is(parts, at - 1, WORD)
        or _is(parts, at + 1, WORD)
    ):
        return None
    parts[at - 1].inner.append(parts.pop(at))
    return at


def _inner_word_symbol(parts: list[Part], at: int) -> int | None:
    if not parts[at].signs or not _is(parts, at - 1, WORD):
        return None
    taken: list[Part] = []
    waiting: list[Part] = []
    end = at
    while end < len(parts):
        part = parts[end]
        if part.kind == WORD:
            taken += [*waiting, *part.inner]
            waiting = []
        elif part.signs and _INNER.match(part.value):
            waiting.append(part)
        else:
            break
        end += 1
    if not taken:
        return None
    del parts[at : end - len(waiting)]
    parts[at - 1].inner.extend(taken)
    return at


def _inner_slash(parts: list[Part], at: int) -> int | None:
    if not _is(parts, at - 1, WORD) or not parts[at].signs or parts[at].value != "/":
        return None
    following = parts[at + 1] if _is(parts, at + 1, WORD) else None
    if len(str(parts[at - 1])) >= 3 or (following is not None and len(str(following)) >= 3):
        return None
    parts[at - 1].inner.extend([parts[at], *(following.inner if following is not None else ())])
    del parts[at : at + (1 if following is None else 2)]
    return at


def _initialism(parts: list[Part], at: int) -> int | None:
    if parts[at].kind != MARK or parts[at].value != "." or not _is(parts, at - 1, WORD):
        return None
    word = parts[at - 1].inner
    if len(word) == 1 or len(word) % 2 == 0:
        return None
    numbers = True
    for position in range(len(word) - 1, -1, -1):
        value = str(word[position])
        if position % 2 == 0:
            if len(value) > 1:
                return None
            numbers = numbers and unicodedata.category(value)[0] == "N"
        elif value != ".":
            if position < len(word) - 2:
                break
            return None
    if numbers:
        return None
    word.append(parts.pop(at))
    return at


# ---- sentences


def _split(parts: list[Part]) -> list[Part]:
    found: list[Part] = []
    start = 0
    for at, part in enumerate(parts):
        if at == len(parts) - 1 or (part.kind == MARK and _TERMINAL.match(part.value)):
            found.append(Part(SENTENCE, children=parts[start : at + 1]))
            start = at + 1
    return found


def _wordless(found: list[Part], at: int) -> int | None:
    """Merge what has no words into the sentence before, else into the one behind."""
    if any(part.kind == WORD for part in found[at].inner):
        return None
    if at > 0:
        found[at - 1].inner.extend(found.pop(at).inner)
        return at
    if at + 1 < len(found):
        inner = found.pop(at).inner
        found[at].inner[:0] = inner
    return None


def _affix(found: list[Part], at: int) -> int | None:
    """Move closing punctuation to the sentence that it closes."""
    children = found[at].inner
    if at == 0 or not children or not children[0].signs:
        return None
    value = children[0].value
    if not (value[0] in "!\"').?\u2026\u203d" or unicodedata.category(value[0]) in ("Pe", "Pf")):
        return None
    found[at - 1].inner.append(children.pop(0))
    return at - 1


def _first_sign(children: list[Part]) -> Part | None:
    return next((part for part in children if part.kind != SPACE), None)


def _lower_initial(found: list[Part], at: int) -> int | None:
    first = _first_sign(found[at].inner)
    if at == 0 or first is None or first.kind != WORD:
        return None
    if unicodedata.category(str(first)[0]) != "Ll":
        return None
    found[at - 1].inner.extend(found.pop(at).inner)
    return at


def _digit_initial(found: list[Part], at: int) -> int | None:
    children = found[at].inner
    if at == 0 or not children or children[0].kind != WORD or str(children[0])[0] not in "0123456789":
        return None
    found[at - 1].inner.extend(found.pop(at).inner)
    return at


def _abbreviation(found: list[Part], at: int) -> int | None:
    children = found[at].inner
    if len(children) < 2 or not children[-1].signs or children[-1].value != ".":
        return None
    word = children[-2]
    if word.kind != WORD or not _ABBREVIATION.match(str(word).lower()):
        return None
    word.inner.append(children.pop())
    if at + 1 < len(found):
        children.extend(found.pop(at + 1).inner)
        return at - 1
    return None


def _comma(found: list[Part], at: int) -> int | None:
    first = _first_sign(found[at].inner)
    if at == 0 or first is None or not first.signs or first.value not in (",", ";"):
        return None
    found[at - 1].inner.extend(found.pop(at).inner)
    return at


def _full_stops(sentence: Part) -> None:
    """Merge full stops within a sentence into the word before, else into the one behind."""
    children = sentence.inner
    ended = False
    at = len(children)
    while at > 0:
        at -= 1
        part = children[at] if at < len(children) else None
        if part is None:
            return
        if not part.signs:
            ended = ended or part.kind == WORD
            continue
        if not _TERMINAL.match(part.value):
            continue
        if not ended:
            ended = True
            continue
        if part.value != ".":
            continue
        if _is(children, at - 1, WORD):
            more = str(children[at + 2]) if at + 2 < len(children) else ""
            if _is(children, at + 1, SPACE) and more == ".":
                continue
            children[at - 1].inner.append(children.pop(at))
            at -= 1
        elif _is(children, at + 1, WORD):
            children[at + 1].inner.insert(0, children.pop(at))


def _spaces_out(found: list[Part]) -> None:
    """Move white space at both ends of sentences out of them."""
    at = 0
    while at < len(found):
        children = found[at].inner
        if children and children[0].kind == SPACE:
            found.insert(at, children.pop(0))
        at += 1
    at = 0
    while at < len(found):
        children = found[at].inner
        if children and children[-1].kind == SPACE:
            found.insert(at + 1, children.pop())
            continue
        at += 1


def _implicit_end(found: list[Part], at: int) -> int | None:
    """End a sentence where a line is left empty."""
    children = found[at].inner
    for position in range(1, len(children) - 1):
        part = children[position]
        if part.kind == SPACE and len(_LINES.split(part.value)) >= 3:
            found[at].children = children[:position]
            found[at + 1 : at + 1] = [part, Part(SENTENCE, children=children[position + 1 :])]
            return at + 1
    return None


_IN_WORDS: tuple[_Step, ...] = (
    _initial_word_symbol,
    _final_word_symbol,
    _inner_word_symbol,
    _inner_slash,
    _initialism,
)
_IN_SENTENCES: tuple[_Step, ...] = (
    _wordless,
    _affix,
    _lower_initial,
    _digit_initial,
    _abbreviation,
    _comma,
)
