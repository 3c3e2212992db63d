"""JSON as values with their places: the json module says what is there, a scanner where.

The scanner only ever sees what the json module has accepted.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from editor.errors import FrontMatterError
from editor.post.front_matter.block import Block
from editor.post.front_matter.values import Entry, Value
from editor.post.lines import position
from editor.translation import gettext as _

TEXT = "str"

_BLANK = re.compile(r"[ \t\r\n]*")
_GAP = re.compile(r"[ \t\r\n,:]*")
_TEXT = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
"""Never gives a sign back: a text may have millions of them."""
_STRING = re.compile(_TEXT)
_SCALAR = re.compile(_TEXT + r"|[^,\]}\s]+")
_CODE = re.compile(_TEXT + '|[{}"]')
_BRACE = re.compile("[{}]")

_LINE_END = r"[ \t]*(?:\r\n|\n|\r|\Z)"
_OPENING = re.compile(r"(---json|;{3,})[ \t]*(?:\r\n|\n|\r)")
_SEMICOLONS = re.compile(r"(?<![^\r\n]);{3,}" + _LINE_END)
_DASHES = re.compile(r"(?<![^\r\n])---" + _LINE_END)
_OBJECT = re.compile(r'\{[ \t\r\n]*(?:"(?:[^"\\\r\n]|\\.)*"[ \t\r\n]*:|\})')
_MEMBERS = re.compile(r'[ \t\r\n]*"(?:[^"\\\r\n]|\\.)*"[ \t]*:')
_END = re.compile(_LINE_END)


def find_json(text: str) -> Block | None:
    """Return the block of JSON that begins `text`, or None where there is none.

    It is an object at the very beginning (Hugo), one between `---json` and `---` (Eleventy), or what stands
    above `;;;`, with that line above it too or not, and without braces (Hexo). Raises FrontMatterError where
    it is never closed.
    """
    opening = _OPENING.match(text)
    if opening:
        ending = _DASHES if opening[1].startswith("-") else _SEMICOLONS
        closing = ending.search(text, opening.end())
        if closing is None:
            raise _unclosed(opening[1])
        return Block("json", 0, opening.end(), closing.start(), closing.end())
    if _OBJECT.match(text):
        return _bare_object(text)
    closing = _SEMICOLONS.search(text) if _MEMBERS.match(text) else None
    return Block("json", 0, 0, closing.start(), closing.end()) if closing else None


def _bare_object(text: str) -> Block:
    depth = 0
    for found in _braces(text):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth and found[0] == "}":
            end = _END.match(text, found.end())
            below = _SEMICOLONS.match(text, end.end()) if end else None
            stop = below or end
            return Block("json", 0, 0, found.end(), stop.end() if stop else found.end())
    raise _unclosed("{")


def _braces(text: str) -> Iterator[re.Match[str]]:
    """Yield the strings and the braces outside of them; behind a string that has no end, the braces alone."""
    for found in _CODE.finditer(text):
        if found[0] == '"':  # no other string behind it has an end, and to look at each takes time
            yield from _BRACE.finditer(text, found.end())
            return
        yield found


def _unclosed(fence: str) -> FrontMatterError:
    message = _("The front matter is opened by {fence} and never closed").format(fence=fence)
    return FrontMatterError(message, line=1, column=1)


def has_braces(text: str, block: Block) -> bool:
    """Return whether the block is a whole object, not just what Hexo has between the braces."""
    return not _MEMBERS.match(text, block.inner_start, block.inner_end) and bool(
        text[block.inner_start : block.inner_end].strip()
    )


def read_json(text: str, start: int, end: int, *, braces: bool = True) -> Value:
    """Return the value that `text[start:end]` holds; without `braces`, the map whose inside it is.

    Raises FrontMatterError with the line and column in `text`.
    """
    source = text[start:end]
    shift = 0 if braces else 1
    try:
        json.loads(
            source if braces else "{" + source + "}",
            object_pairs_hook=_distinct,
            parse_constant=_no_constant,
        )
        scanner = _Scanner(text, start)
        return scanner.value() if braces else scanner.members(start - 1, end)
    except json.JSONDecodeError as error:
        line, column = position(text, min(start + max(0, error.pos - shift), end))
        message = _("The front matter is not valid JSON: {problem}").format(problem=error.msg)
        raise FrontMatterError(message, line=line, column=column) from error
    except _TwiceError as error:
        line, column = position(text, _second(text, start, error.key))
        message = _("“{key}” is there twice").format(key=error.key)
        raise FrontMatterError(message, line=line, column=column) from None
    except _ConstantError as error:
        line, column = position(text, start + source.index(error.name))
        message = _("The front matter is not valid JSON: {problem}").format(problem=error.name)
        raise FrontMatterError(message, line=line, column=column) from None
    except (RecursionError, ValueError) as error:  # nested too deeply; a number of thousands of digits
        line, column = position(text, start)
        raise FrontMatterError(_("The front matter can't be read"), line=line, column=column) from error


class _TwiceError(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class _ConstantError(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which the json module takes and no generator does."""
    raise _ConstantError(name)


def _second(text: str, start: int, key: str) -> int:
    """Return about where a key stands for the second time."""
    spelled = json.dumps(key, ensure_ascii=False)
    first = text.find(spelled, start)
    return max(text.find(spelled, first + 1), start)


class _Scanner:
    """Finds the places of everything in a valid JSON text."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._at = start

    def value(self) -> Value:
        """Return the value that begins here or behind white space."""
        self._skip(_BLANK)
        start, first = self._at, self._text[self._at]
        if first == "[":
            return self._list()
        if first == "{":
            self._at += 1
            return self.members(start, None)
        found = _SCALAR.match(self._text, start)
        assert found is not None
        self._at = found.end()
        built = json.loads(found[0])
        style = "double" if first == '"' else "plain"
        return Value(start, self._at, "scalar", style, type(built).__name__, text=found[0], built=built)

    def members(self, start: int, end: int | None) -> Value:
        """Return the map whose keys begin here, up to its brace or to `end`, which stands for one."""
        value = Value(start, start, "map", "flow", "map", built={})
        while self._skip(_GAP) != end and self._text[self._at] != "}":
            found = _STRING.match(self._text, self._at)
            assert found is not None
            self._at = found.end()
            self._skip(_GAP)
            inner = self.value()
            key = json.loads(found[0])
            value.entries.append(Entry(key, TEXT, found.start(), found.end(), inner))
            value.built[key] = inner.built
        self._at += 1
        value.end = self._at
        return value

    def _list(self) -> Value:
        value = Value(self._at, self._at, "list", "flow", "list", built=[])
        self._at += 1
        while self._text[self._skip(_GAP)] != "]":
            value.items.append(self.value())
        self._at += 1
        value.end = self._at
        value.built = [item.built for item in value.items]
        return value

    def _skip(self, what: re.Pattern[str]) -> int:
        found = what.match(self._text, self._at)
        assert found is not None
        self._at = found.end()
        return self._at
