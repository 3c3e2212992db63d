"""Hugo's shortcodes, found in the text before it is Markdown: `{{< name … >}}`, `{{% name … %}}`.

https://gohugo.io/content-management/shortcodes/; what may be written in one was observed with Hugo 0.168.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Value = str | int | float | bool

_OPENING = re.compile(r"\{\{[<%]")
_NAME = re.compile(r"[\w\-/]+(?:\.inline)?")
_WORD = re.compile(r"[\w\-.]+")
_QUOTED = re.compile(r'"((?:\\.|[^"\\\n])*)"')
_LITERAL = re.compile(r"`([^`]*)`")
_ESCAPED = re.compile(r'\\"((?:(?!\\")[^\n])*)\\"')
_BARE = re.compile(r"[^\s>%]+|[>%](?!\}\})")
_SPACES = re.compile(r"\s*")
_WHOLE = re.compile(r"[-+]?\d+\Z")
_FRACTION = re.compile(r"[-+]?\d+\.\d+\Z")


@dataclass(frozen=True)
class Tag:
    """One pair of braces with what is in it."""

    start: int
    end: int
    mark: str
    """`<` or `%`: the output of the latter is Markdown."""
    name: str
    closes: bool
    """Whether it is the second one of a pair."""
    closed: bool
    """Whether it closes itself."""
    positional: tuple[Value, ...] = ()
    named: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Shortcode:
    """A shortcode with what stands between its tags."""

    tag: Tag
    source: str
    """As it stands in the text, its inner part too."""
    inner: tuple[Shortcode | str, ...] | None = None
    """None where it has no second tag."""

    def get(self, key: str | int) -> Value:
        """Return an argument, an empty text where there is none."""
        if isinstance(key, str):
            return self.tag.named.get(key, "")
        return self.tag.positional[key] if key < len(self.tag.positional) else ""

    @property
    def label(self) -> str:
        """The first tag as it stands in the text, in one line."""
        return " ".join(self.source[: self.tag.end - self.tag.start].split())


def parts(text: str) -> tuple[list[Shortcode | str], list[str]]:
    """Return `text` as shortcodes and what is between them, and what can't be read as a shortcode.

    What is written as a comment, `{{</* … */>}}`, is text without the marks of the comment.
    """
    pieces, broken = _pieces(text)
    return _nested(text, pieces, broken), broken


def _pieces(text: str) -> tuple[list[Tag | str], list[str]]:
    pieces: list[Tag | str] = []
    broken: list[str] = []
    at = 0
    for opening in _OPENING.finditer(text):
        start = opening.start()
        if start < at:
            continue
        mark = text[start + 2]
        end_mark = (">" if mark == "<" else "%") + "}}"
        if text.startswith("/*", start + 3):
            close = text.find("*/" + end_mark, start + 5)
            if close < 0:
                broken.append(text[start : start + 40])
                continue
            pieces += [text[at : start + 3], text[start + 5 : close], end_mark]
            at = close + 2 + len(end_mark)
            continue
        tag = _tag(text, start)
        if tag is None:
            broken.append(" ".join(text[start : start + 40].split()))
            continue
        pieces += [text[at:start], tag]
        at = tag.end
    pieces.append(text[at:])
    return pieces, broken


def _tag(text: str, start: int) -> Tag | None:
    mark = text[start + 2]
    end_mark = (">" if mark == "<" else "%") + "}}"
    at = _skip(text, start + 3)
    closes = text.startswith("/", at)
    if closes:
        at = _skip(text, at + 1)
    name = _NAME.match(text, at)
    if name is None:
        return None
    at = _skip(text, name.end())
    positional: list[Value] = []
    named: dict[str, Value] = {}
    closed = name[0].endswith("/")
    while at < len(text) and not text.startswith(end_mark, at):
        if text[at] == "/":
            closed, at = True, _skip(text, at + 1)
            continue
        found = _argument(text, at)
        if found is None:
            return None
        key, value, at = found
        if key:
            named[key] = value
        else:
            positional.append(value)
        at = _skip(text, at)
    if at >= len(text) or (named and positional):
        return None
    return Tag(start, at + 3, mark, name[0].rstrip("/"), closes, closed, tuple(positional), named)


def _skip(text: str, at: int) -> int:
    found = _SPACES.match(text, at)
    return found.end() if found else at


def _argument(text: str, at: int) -> tuple[str, Value, int] | None:
    """Return the name of an argument (empty for a positional one), its value and the place behind it."""
    quoted = _string(text, at)
    if quoted is not None:
        return "", *quoted
    word = _WORD.match(text, at)
    if word is None:
        return None
    at = _skip(text, word.end())
    if not text.startswith("=", at):
        return "", _typed(word[0]), word.end()
    at = _skip(text, at + 1)
    value = _string(text, at)
    if value is not None:
        return word[0], *value
    bare = _BARE.match(text, at)
    return (word[0], _typed(bare[0]), bare.end()) if bare else (word[0], "", at)


def _string(text: str, at: int) -> tuple[str, int] | None:
    for pattern in (_QUOTED, _LITERAL, _ESCAPED):
        found = pattern.match(text, at)
        if found:
            value = found[1].replace('\\"', '"') if pattern is _QUOTED else found[1]
            return value, found.end()
    return None


def _typed(word: str) -> Value:
    if word in ("true", "false"):
        return word == "true"
    if _WHOLE.match(word):
        return int(word)
    return float(word) if _FRACTION.match(word) else word


def _nested(text: str, pieces: list[Tag | str], broken: list[str]) -> list[Shortcode | str]:
    """Return pieces with what stands between a pair of tags put into the first of them."""
    levels: list[tuple[Tag | None, list[Shortcode | str]]] = [(None, [])]
    for piece in pieces:
        if isinstance(piece, str):
            if piece:
                levels[-1][1].append(piece)
            continue
        if not piece.closes:
            if piece.closed:
                source = text[piece.start : piece.end]
                levels[-1][1].append(Shortcode(piece, source, ()))
            else:
                levels.append((piece, []))
            continue
        names = [tag.name for tag, _inner in levels if tag]
        if piece.name not in names:
            source = text[piece.start : piece.end]
            broken.append(" ".join(source.split()))
            levels[-1][1].append(source)
            continue
        while True:
            tag, inner = levels.pop()
            assert tag is not None
            if tag.name == piece.name:
                source = text[tag.start : piece.end]
                levels[-1][1].append(Shortcode(tag, source, tuple(inner)))
                break
            levels[-1][1].extend([Shortcode(tag, text[tag.start : tag.end]), *inner])
    while len(levels) > 1:
        tag, inner = levels.pop()
        assert tag is not None
        levels[-1][1].extend([Shortcode(tag, text[tag.start : tag.end]), *inner])
    return levels[0][1]
