"""The front matter of Pelican's posts: `Key: value` lines, or YAML where the plugin yaml-metadata is active.

The lines are read as Python-Markdown's extension `meta` reads them, the values as pelican/readers.py does; a
`---` around them does not make them YAML.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from editor.post import bounded_yaml
from editor.schema import yaml_words
from editor.site.generators.rules import Source
from editor.translation import gettext as _

_KEY = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*)")
_MORE = re.compile(r"[ ]{4,}(?P<value>.*)")
_BEGIN = re.compile(r"-{3}(\s.*)?")
_END = re.compile(r"(-{3}|\.{3})(\s.*)?")
_YAML = re.compile(r"\s*^---$(?P<metadata>.+?)^(?:---|\.\.\.)$(?P<content>.*)", re.MULTILINE | re.DOTALL)
_FIRST_WINS = (
    "tags",
    "date",
    "modified",
    "status",
    "category",
    "author",
    "save_as",
    "url",
    "authors",
    "slug",
)
_LISTS = ("tags", "authors")


def read_lines(text: str) -> Source:
    """Take a post with `Key: value` lines apart; keys are in lower case, tags and authors are lists."""
    lines = _normalised(text)
    found: dict[str, list[str]] = {}
    key = ""
    at = 0
    if _BEGIN.match(lines[0]):
        at = 1
    first = at
    end = at
    while at < len(lines):
        line = lines[at]
        end = at
        if not line.strip() or _END.match(line):
            at += 1
            break
        match = _KEY.match(line)
        more = _MORE.match(line)
        if match:
            key = match["key"].lower()
            found.setdefault(key, []).append(match["value"].strip())
        elif more and key:
            found[key].append(more["value"].strip())
        else:
            break
        at += 1
        end = at
    body = "\n".join(lines[at:]).strip("\n") + "\n"
    return Source(_values(found), body, "\n".join(lines[first:end]))


def read_yaml(text: str) -> Source:
    """Take a post with a YAML block apart; one without is read as `Key: value` lines."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    match = _YAML.fullmatch(text)
    if match is None:
        return read_lines(text)
    header, body = match["metadata"].strip("\n"), match["content"].lstrip("\n")
    try:
        loaded = bounded_yaml.load(match["metadata"], getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError, KeyError) as error:
        # The plugin says so in its log, and goes on without any metadata.
        reason = yaml_words.reason(error)
        said = _("The front matter is not valid YAML: {reason}").format(reason=reason)
        return Source({}, body, header, said)
    if not isinstance(loaded, dict):
        return Source({}, body, header, _("The front matter must be `name: value` lines"))
    values: dict[str, Any] = {}
    for key, value in loaded.items():
        name = str(key).lower()
        if value is None:
            continue
        if isinstance(value, list):
            value = [entry for entry in value if entry is not None]
            if len(value) > 1 and name == "author":
                name = "authors"
            elif name in _FIRST_WINS and name not in _LISTS:
                value = value[0] if value else ""
        values[name] = value
    return Source(values, body, header)


def names(value: Any, *, split: bool) -> list[str]:
    """Return tags or authors as a list: a text is split at semicolons, else at commas, where it is to be."""
    if isinstance(value, str) and split:
        value = value.split(";" if ";" in value else ",")
    entries = value if isinstance(value, list | tuple) else [value]
    found = (str(entry).strip() for entry in entries if entry is not None)
    return list(dict.fromkeys(entry for entry in found if entry))


def text_of(value: Any) -> str:
    """Return a value of the front matter as the text that Pelican makes dates and names of."""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def _values(found: Mapping[str, list[str]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, entries in found.items():
        if key in _LISTS:
            values[key] = names(entries[0], split=True)
        elif key in _FIRST_WINS or len(entries) == 1:
            values[key] = entries[0]
        elif key in ("title", "summary"):
            values[key] = "\n".join(entries)
        else:
            values[key] = entries
    return values


def _normalised(text: str) -> list[str]:
    """Return the lines as Python-Markdown has them before it reads the metadata."""
    text = text.removeprefix("\ufeff").replace("\u0002", "").replace("\u0003", "")
    text = text.replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
    return re.sub(r"(?<=\n) +\n", "\n", text.expandtabs(4)).split("\n")
