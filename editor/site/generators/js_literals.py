"""Literals in JavaScript and TypeScript, read without running anything.

Enough for configuration files: strings, numbers, true and false, objects and arrays of these, names bound to
such by `const`, and the arguments of calls. Whatever else an expression is, it is `Unread`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MAX_LENGTH = 200_000
_MAX_CALLS = 200
_MAX_DEPTH = 60
_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)
    |(?P<number>(?:0[xX][0-9a-fA-F]+|\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+))
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<sign>=>|\.\.\.|\?\?|\?\.|&&|\|\||[=!]==?|.)""",
    re.DOTALL | re.VERBOSE,
)
_REGEX = re.compile(r"/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_OPENING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Unread:
    """An expression that is no literal."""

    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Call:
    """A call in the source: `config.addPassthroughCopy("img")`."""

    name: str
    """The last name: `addPassthroughCopy`."""
    arguments: tuple[Any, ...]
    """Values, or `Unread`."""
    source: str
    """The text between the parentheses."""
    line: int


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int


class Script:
    """A file of JavaScript, taken apart once; nothing of it is run."""

    def __init__(self, source: str) -> None:
        self._source = source[:MAX_LENGTH]
        self._line_ends = [found.start() for found in re.finditer("\n", self._source)]
        self._tokens = list(_tokens(self._source))
        self._closing = _closings(self._tokens)
        self._names: dict[str, Any] = {}
        self._bindings: dict[str, int] = {}
        for number, token in enumerate(self._tokens):
            if token.kind == "name" and token.text in ("const", "let", "var"):
                self._bind(number + 1)

    def _bind(self, number: int) -> None:
        """Note the names that a declaration binds, from its first name on."""
        while number < len(self._tokens) and self._tokens[number].kind == "name":
            name, at = self._tokens[number].text, number + 1
            if self._text(at) == ":":  # a type of TypeScript
                while at < len(self._tokens) and self._text(at) not in ("=", ";"):
                    at = self._closing.get(at, at) + 1
            if self._text(at) != "=":
                return
            value, end = self._value(at + 1, 0)
            self._bindings.setdefault(name, at + 1)
            self._names.setdefault(name, value)
            if self._text(end) != ",":
                return
            number = end + 1

    def name(self, name: str) -> Any:
        """Return the value that `const name = …` binds, None where there is none."""
        return self._names.get(name)

    def names(self) -> dict[str, Any]:
        """Return all that `const`, `let` and `var` bind, `Unread` where it is no literal."""
        return dict(self._names)

    def bound_call(self, name: str) -> Call | None:
        """Return the call in `const name = call(…)`, None where there is none."""
        start = self._bindings.get(name)
        return None if start is None else self._call_at(start)

    def exported(self) -> Any:
        """Return what `export default` or `module.exports =` gives, also as the argument of one call.

        None where there is none; an object is a dict, and its values that can't be read are `Unread`.
        """
        for number in range(len(self._tokens)):
            start = self._starts(number, ("export", "default")) or self._starts(
                number, ("module", ".", "exports", "=")
            )
            if start is None:
                continue
            value, _end = self._value(start, 0)
            if isinstance(value, Unread):
                call = self._call_at(start)
                if call is not None and len(call.arguments) == 1:
                    value = call.arguments[0]
            return value
        return None

    def returned(self) -> Iterator[Any]:
        """Yield the objects that `return` gives anywhere in the file."""
        for number, token in enumerate(self._tokens):
            if token.text == "return" and token.kind == "name" and self._text(number + 1) == "{":
                yield self._value(number + 1, 0)[0]

    def calls(self, *names: str) -> Iterator[Call]:
        """Yield the calls of functions or methods of these names, in the order in which they begin."""
        found = 0
        for number, token in enumerate(self._tokens):
            if token.text in names and token.kind == "name" and self._text(number + 1) == "(":
                call = self._call_at(number)
                found += 1
                if call is not None:
                    yield call
                if found == _MAX_CALLS:
                    return

    def line(self, position: int) -> int:
        """Return the line, from 1, of a position in the source."""
        return bisect_left(self._line_ends, position) + 1

    def _text(self, number: int) -> str:
        return self._tokens[number].text if number < len(self._tokens) else ""

    def _starts(self, number: int, texts: tuple[str, ...]) -> int | None:
        if all(self._text(number + at) == text for at, text in enumerate(texts)):
            return number + len(texts)
        return None

    def _call_at(self, number: int) -> Call | None:
        """Return the call whose name, with dots, begins at a token."""
        name = ""
        while number < len(self._tokens) and self._tokens[number].kind == "name":
            name = self._tokens[number].text
            if self._text(number + 1) not in (".", "?."):
                break
            number += 2
        if self._text(number + 1) != "(" or not name:
            return None
        opening = number + 1
        arguments: list[Any] = []
        at = opening + 1
        while at < len(self._tokens) and self._text(at) != ")":
            value, at = self._value(at, 0)
            arguments.append(value)
            at += self._text(at) == ","
        end = self._tokens[at].start if at < len(self._tokens) else len(self._source)
        start = self._tokens[opening].start
        return Call(name, tuple(arguments), self._source[start + 1 : end], self.line(start))

    def _value(self, number: int, depth: int) -> tuple[Any, int]:
        """Return the value of the expression at a token, and the token behind it."""
        value, at = self._literal(number, depth)
        while not isinstance(value, Unread) and self._text(at) == "+":
            other, after = self._literal(at + 1, depth)
            if not isinstance(value, str) or not isinstance(other, str):
                break
            value, at = value + other, after
        if not isinstance(value, Unread) and self._text(at) in ("as", "satisfies"):
            at = self._skip(at)
        if isinstance(value, Unread) or self._text(at) not in (",", ")", "]", "}", ";", ""):
            next_line = at < len(self._tokens) and self._on_next_line(at)
            if isinstance(value, Unread) or not next_line:
                return self._unread(number)
        return value, at

    def _on_next_line(self, number: int) -> bool:
        """Return whether a token begins another statement, on a line of its own."""
        token = self._tokens[number]
        before = self._source[self._tokens[number - 1].start : token.start]
        return token.kind == "name" and "\n" in before

    def _literal(self, number: int, depth: int) -> tuple[Any, int]:
        if number >= len(self._tokens) or depth > _MAX_DEPTH:
            return self._unread(number)
        token = self._tokens[number]
        if token.kind == "string":
            if token.text[0] == "`" and "${" in token.text:
                return self._unread(number)
            return _unescaped(token.text[1:-1]), number + 1
        if token.kind == "number":
            return _number(token.text), number + 1
        if token.text == "-" and self._text(number + 1)[:1].isdigit():
            return -_number(self._text(number + 1)), number + 2
        if token.kind == "name" and self._text(number + 1) not in (".", "?.", "(", "[", "=>"):
            if token.text in ("true", "false"):
                return token.text == "true", number + 1
            if token.text in ("null", "undefined"):
                return None, number + 1
            if token.text in self._names:
                return self._names[token.text], number + 1
        if token.text == "[":
            return self._array(number, depth)
        if token.text == "{":
            return self._object(number, depth)
        return self._unread(number)

    def _array(self, number: int, depth: int) -> tuple[Any, int]:
        entries = []
        at = number + 1
        while at < len(self._tokens) and self._text(at) != "]":
            value, at = self._value(at, depth + 1)
            entries.append(value)
            at += self._text(at) == ","
            if self._text(at) in (")", "}"):
                return self._unread(number)
        return entries, at + 1

    def _object(self, number: int, depth: int) -> tuple[Any, int]:
        entries: dict[str, Any] = {}
        at = number + 1
        while at < len(self._tokens) and self._text(at) != "}":
            key = self._tokens[at]
            name = _unescaped(key.text[1:-1]) if key.kind == "string" else key.text
            if key.kind in ("string", "name", "number") and self._text(at + 1) == ":":
                entries[name], at = self._value(at + 2, depth + 1)
            elif key.kind == "name" and self._text(at + 1) in (",", "}"):
                entries[name] = self._names.get(name, Unread(name, self.line(key.start)))
                at += 1
            else:  # a method, a spread, a computed name
                end = self._skip(at)
                if key.kind == "name":
                    name = self._text(at + 1) if name in ("async", "get", "set") else name
                    entries[name] = self._unread(at)[0]
                at = max(end, at + 1)
            at += self._text(at) == ","
            if self._text(at) in (")", "]"):
                return self._unread(number)
        return entries, at + 1

    def _unread(self, number: int) -> tuple[Unread, int]:
        end = self._skip(number)
        if number >= len(self._tokens):
            return Unread("", self.line(len(self._source))), number
        start = self._tokens[number].start
        stop = self._tokens[end].start if end < len(self._tokens) else len(self._source)
        return Unread(self._source[start:stop].strip(), self.line(start)), end

    def _skip(self, number: int) -> int:
        """Return the token that ends the expression at a token: a comma, a semicolon or a closing bracket."""
        while number < len(self._tokens):
            token = self._tokens[number]
            if token.kind == "sign":
                if token.text in _OPENING:
                    number = self._closing.get(number, len(self._tokens))
                elif token.text in (",", ";", ")", "]", "}"):
                    return number
            number += 1
        return len(self._tokens)


def readable(value: Any) -> Any:
    """Return `value` without what can't be read."""
    if isinstance(value, Mapping):
        return {key: readable(entry) for key, entry in value.items() if not isinstance(entry, Unread)}
    if isinstance(value, list):
        return [readable(entry) for entry in value if not isinstance(entry, Unread)]
    return None if isinstance(value, Unread) else value


def _closings(tokens: list[_Token]) -> dict[int, int]:
    """Return for each opening bracket the token that closes it."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for number, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text in _OPENING:
            waiting.append(number)
        elif waiting and token.text == _OPENING[tokens[waiting[-1]].text]:
            found[waiting.pop()] = number
    return found


def _tokens(source: str) -> Iterator[_Token]:
    at = 0
    before = ""
    while at < len(source):
        if source[at] == "/" and source[at : at + 2] not in ("//", "/*") and _may_be_regex(before):
            match = _REGEX.match(source, at)
            if match:
                yield _Token("regex", match.group(0), at)
                at, before = match.end(), "regex"
                continue
        match = _TOKEN.match(source, at)
        if match is None:
            return
        kind = str(match.lastgroup)
        if kind != "space":
            yield _Token(kind, match.group(0), at)
            before = match.group(0) if kind in ("sign", "name") else kind
        at = match.end()


def _may_be_regex(before: str) -> bool:
    """Return whether a slash behind this token begins a regular expression, not a division."""
    return before in ("", "return", "typeof", "case") or (
        not re.fullmatch(r"[\w$]+|\)|\]|\}", before) and before != "regex"
    )


def _number(text: str) -> int | float:
    text = text.replace("_", "")
    try:
        return int(text, 0) if text[:2].lower() == "0x" else int(text)
    except ValueError:
        return float(text)


def _unescaped(text: str) -> str:
    def replaced(match: re.Match[str]) -> str:
        code = match.group(1) or match.group(2) or match.group(3)
        if code:
            value = int(code, 16)
            return chr(value) if value < 0x110000 else ""
        return _ESCAPES.get(match.group(4), match.group(4))

    return re.sub(
        r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", replaced, text, flags=re.DOTALL
    )
