"""TOML as values with their places: tomllib says what is there, a token scanner where.

The scanner only ever sees what tomllib has accepted, so it has to find the ends of things, not to judge them.
"""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from editor.errors import FrontMatterError
from editor.post.front_matter.values import Entry, Value
from editor.post.lines import position
from editor.post.toml import read_toml_values
from editor.translation import gettext as _

TEXT = "str"

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*")
_GAP = re.compile(r"(?:[ \t\r\n,]|#[^\r\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\r\n]*[^,\]}#\r\n \t]")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""+|\'\'\'.*?\'\'\'+|"(?:[^"\\\r\n]|\\.)*"|\'[^\'\r\n]*\'', re.DOTALL
)
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")


def read_toml(text: str, start: int, end: int) -> Value:
    """Return the map that `text[start:end]` holds.

    Raises FrontMatterError with the line and column in `text`.
    """
    source = text[start:end]
    first = position(text, start)[0]
    try:
        built = read_toml_values(source)
        root = _Scanner(text, start, end).root()
        _build(root, built)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        if place and place[1]:
            line, column = first + int(place[1]) - 1, int(place[2])
        else:
            line, column = position(text, end)
        problem = _PLACE.sub("", str(error))
        raise FrontMatterError(
            _("The front matter is not valid TOML: {problem}").format(problem=problem),
            line=line,
            column=column,
        ) from error
    except RecursionError as error:
        raise FrontMatterError(_("The front matter is nested too deeply"), line=first, column=1) from error
    return root


def _build(value: Value, built: Any) -> None:
    """Give `value` and all that is in it what tomllib made of them."""
    value.built = built
    value.tag = {"list": "list", "map": "map"}.get(value.kind) or type(built).__name__
    for item, inner in zip(value.items, built if value.items else (), strict=True):
        _build(item, inner)
    for entry in value.entries:
        _build(entry.value, built[entry.key])


@dataclass(frozen=True, slots=True)
class _Name:
    """One part of a key."""

    text: str
    start: int
    end: int


class _Scanner:
    """Finds the places of everything in a valid TOML source."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._at = start
        self._end = end

    def root(self) -> Value:
        """Return the map of the whole source."""
        root = Value(self._at, self._end, "map", "root", "")
        table = root
        while self._skip(_BLANK):
            start = self._at
            if self._text[start] == "[":
                table = self._header(root)
            else:
                self._statement(table)
        return root

    def _header(self, root: Value) -> Value:
        """Read `[name]` or `[[name]]` and return the table that the following keys belong to."""
        start = self._at
        several = self._text.startswith("[[", start)
        self._at += 2 if several else 1
        names = self._names()
        key_start, key_end = names[0].start, self._at
        self._at = self._text.index("]", self._at) + (2 if several else 1)
        table = root
        for part in names[:-1]:
            table = self._inside(table, part, start, key_end, "implicit")
        name, place = names[-1].text, (names[-1].start, names[-1].end)
        known = next((entry for entry in table.entries if entry.key == name), None)
        if several:
            if known is None:
                known = Entry(name, TEXT, key_start, key_end, Value(start, self._at, "list", "tables", ""))
                table.entries.append(known)
            known.names.append(place)
            new = Value(start, self._at, "map", "table", "")
            known.value.items.append(new)
            return new
        if known is None:
            known = Entry(name, TEXT, key_start, key_end, Value(start, self._at, "map", "table", ""))
            table.entries.append(known)
        else:  # so far only tables inside it were named
            known.start, known.end = key_start, key_end
            known.value.start, known.value.end, known.value.style = start, self._at, "table"
        known.names.append(place)
        return known.value

    def _inside(self, table: Value, part: "_Name", start: int, key_end: int, style: str) -> Value:
        """Return the map that `part` of a key leads to in `table`, made with `style` where it is not there."""
        place = (part.start, part.end)
        for entry in table.entries:
            if entry.key == part.text:
                entry.names.append(place)
                return entry.value.items[-1] if entry.value.kind == "list" else entry.value
        made = Value(start, key_end, "map", style, "")
        table.entries.append(Entry(part.text, TEXT, start, key_end, made, [place]))
        return made

    def _statement(self, table: Value) -> None:
        """Read `key = value` into `table`."""
        names = self._names()
        start, key_end = names[0].start, self._at
        self._at = self._text.index("=", self._at) + 1
        while self._text[self._at] in " \t":
            self._at += 1
        value = self._value()
        table.end = value.end
        for part in names[:-1]:
            table = self._inside(table, part, start, key_end, "dotted")
            table.end = value.end
        name = names[-1]
        table.entries.append(Entry(name.text, TEXT, start, key_end, value, [(name.start, name.end)]))

    def _names(self) -> "list[_Name]":
        """Read a key, dotted or not; return its parts."""
        names = []
        self._spaces()
        while True:
            found = _BARE_KEY.match(self._text, self._at)
            if found:
                text = found[0]
            else:
                found = _STRING.match(self._text, self._at)
                assert found is not None
                text = next(iter(tomllib.loads(f"{found[0]} = 0")))
            names.append(_Name(text, found.start(), found.end()))
            behind = self._at = found.end()
            self._spaces()
            if self._text[self._at] != ".":
                self._at = behind
                return names
            self._at += 1
            self._spaces()

    def _value(self) -> Value:
        start = self._at
        first = self._text[start]
        if first in "[{":
            return self._collection(first)
        found = (_STRING if first in "\"'" else _BARE_VALUE).match(self._text, start, self._end)
        assert found is not None
        self._at = found.end()
        style = {'"': "double", "'": "single"}.get(first, "plain")
        if found[0][:3] in ('"""', "'''") and len(found[0]) > 2:
            style = "multiline"
        return Value(start, self._at, "scalar", style, "", text=found[0])

    def _collection(self, bracket: str) -> Value:
        """Read an array or an inline table."""
        kind, closing = ("list", "]") if bracket == "[" else ("map", "}")
        value = Value(self._at, self._at, kind, "flow", "")
        self._at += 1
        while self._skip(_GAP) and self._text[self._at] != closing:
            if kind == "list":
                value.items.append(self._value())
            else:
                self._statement(value)
        self._at += 1
        value.end = self._at
        return value

    def _skip(self, what: re.Pattern[str]) -> bool:
        """Go on behind `what`; return whether there is more."""
        found = what.match(self._text, self._at, self._end)
        assert found is not None
        self._at = found.end()
        return self._at < self._end

    def _spaces(self) -> None:
        while self._text[self._at] in " \t":
            self._at += 1
