"""The files in which sites describe their posts, read as data that knows its lines: YAML, TOML, JSON."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from editor.errors import SiteError
from editor.post import bounded_yaml
from editor.post.toml import read_toml_values
from editor.schema import yaml_words
from editor.site.files import start_of
from editor.translation import gettext as _

MAX_BYTES = 2_000_000
"""No description of a site is larger; whatever is, is something else."""
_MAX_NODES = 200_000
Place = tuple[str | int, ...]
"""The keys and numbers that lead to a value."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_JSON_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_JSON_COMMA = re.compile(r'"(?:[^"\\\n]|\\.)*"|,(?=\s*[\]}])')
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[][{},:]')


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says."""

    path: Path
    values: Mapping[str, Any]
    lines: Mapping[Place, int]
    """The line of each key and entry, from 1."""

    def line(self, *place: str | int) -> int | None:
        """Return the line of what is at `place`, or of the nearest thing around it."""
        for length in range(len(place), 0, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return None


def read_document(path: Path) -> Document:
    """Read a map from a file, in the format that its suffix names.

    JSON may have comments and commas at the ends of lists, as editors allow. Raises SiteError with the line
    for a file that can't be read or holds anything else.
    """
    try:
        data = start_of(path, MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise SiteError(_("The file is too large to be read"), path=path)
        text = data.decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or error
        raise SiteError(_("The file can't be read: {reason}").format(reason=reason), path=path) from error
    except UnicodeDecodeError as error:
        raise SiteError(
            _("The file is not UTF-8 text"), path=path, line=data.count(b"\n", 0, error.start) + 1
        ) from error
    text = text.replace("\r\n", "\n")
    read = {".toml": _read_toml, ".json": _read_json}.get(path.suffix.lower(), _read_yaml)
    try:
        values, lines = read(text, path)
    except RecursionError as error:
        raise SiteError(_("The file is nested too deeply"), path=path) from error
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise SiteError(_("The file must hold a map of settings"), path=path, line=1)
    return Document(path, values, lines)


def _read_yaml(text: str, path: Path) -> tuple[Any, dict[Place, int]]:
    try:
        values = bounded_yaml.load(text, _LOADER)
        node = yaml.compose(text, _LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise SiteError(
            _("This is not valid YAML: {reason}").format(reason=yaml_words.reason(error, text)),
            path=path,
            line=mark.line + 1 if mark else None,
            column=mark.column + 1 if mark else None,
        ) from error
    except (yaml.YAMLError, ValueError) as error:  # PyYAML lets a bad date's ValueError through
        raise SiteError(
            _("This is not valid YAML: {reason}").format(reason=yaml_words.reason(error)), path=path
        ) from error
    lines: dict[Place, int] = {}
    waiting: list[tuple[Place, Any]] = [((), node)]
    while waiting and len(lines) < _MAX_NODES:
        place, current = waiting.pop()
        if len(place) > 30:
            continue  # an alias to what is around it
        if isinstance(current, yaml.MappingNode):
            inner: list[tuple[Any, Any]] = [(key.value, value) for key, value in current.value]
            marks = [key.start_mark for key, _value in current.value]
        elif isinstance(current, yaml.SequenceNode):
            inner = list(enumerate(current.value))
            marks = [value.start_mark for value in current.value]
        else:
            continue
        for (name, value), mark in zip(inner, marks, strict=True):
            if isinstance(name, str | int):
                lines[(*place, name)] = mark.line + 1
                waiting.append(((*place, name), value))
    return values, lines


def _read_toml(text: str, path: Path) -> tuple[Any, dict[Place, int]]:
    try:
        values = read_toml_values(text)
    except tomllib.TOMLDecodeError as error:
        at = _TOML_PLACE.search(str(error))
        raise SiteError(
            _("This is not valid TOML: {reason}").format(reason=_TOML_PLACE.sub("", str(error))),
            path=path,
            line=int(at[1]) if at and at[1] else text.count("\n") + 1,
            column=int(at[2]) if at and at[2] else None,
        ) from error
    lines: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.split("\n"), start=1):
        header = re.match(r"\s*\[(?!\[)(.+)\]\s*(?:#.*)?$", line)
        key = re.match(r"""\s*((?:[\w-]++|"[^"]*+"|'[^']*+'|\s*+\.\s*+)++)\s*=""", line)
        if header:
            table = _toml_names(f"[{header[1]}]")
            found = table
        elif key:
            found = (*table, *_toml_names(f"{key[1]}=0"))
        else:
            continue
        for length in range(1, len(found) + 1):
            lines.setdefault(found[:length], number)
    return values, lines


def _toml_names(source: str) -> Place:
    """Return the names in a table's header or a key."""
    try:
        inner: Any = read_toml_values(source)
    except (tomllib.TOMLDecodeError, RecursionError):
        return ()  # inside a text of several lines
    names = []
    while isinstance(inner, dict) and inner:
        name, inner = next(iter(inner.items()))
        names.append(name)
    return tuple(names)


def _read_json(text: str, path: Path) -> tuple[Any, dict[Place, int]]:
    plain = _JSON_COMMA.sub(_without_remark, _JSON_COMMENT.sub(_without_remark, text))
    try:
        values = json.loads(plain)
    except json.JSONDecodeError as error:
        raise SiteError(
            _("This is not valid JSON: {reason}").format(reason=error.msg),
            path=path,
            line=error.lineno,
            column=error.colno,
        ) from error
    except ValueError as error:  # a number with thousands of digits
        raise SiteError(_("This is not valid JSON: {reason}").format(reason=error), path=path) from error
    return values, dict(_json_lines(plain))


def _json_lines(text: str) -> Iterator[tuple[Place, int]]:
    """Yield the place and line of each key and entry of valid JSON."""
    place: list[str | int] = []
    line, at, last, key_next = 1, 0, "", False
    for token in _JSON_TOKEN.finditer(text):
        line += text.count("\n", at, token.start())
        at = token.start()
        mark = token[0]
        if mark in "{[":
            place.append(0 if mark == "[" else "")
            key_next = mark == "{"
            if mark == "[":
                yield tuple(place), line
        elif mark in "}]":
            place.pop()
            key_next = False
        elif mark == ",":
            inner = place[-1]
            if isinstance(inner, int):
                place[-1] = inner + 1
                after = re.compile(r"\s*").match(text, token.end())
                yield tuple(place), line + (after[0].count("\n") if after else 0)
            else:
                key_next = True
        elif mark == ":":
            place[-1], key_next = json.loads(last), False
            yield tuple(place), line
        elif key_next:
            last = mark


def _without_remark(found: re.Match[str]) -> str:
    """Return a text as it is, and spaces in place of anything else; line ends stay."""
    return found[0] if found[0][0] == '"' else re.sub(r"[^\n]", " ", found[0])
