"""The front matter of Nikola's posts: its own comment, YAML, TOML, or Markdown's `Key: value` lines.

The rules are those of nikola/metadata_extractors.py and post.py (8.3).
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from editor.post.toml import read_toml_values
from editor.schema import yaml_words
from editor.site.generators import pelican_reading
from editor.site.generators.rules import Source
from editor.site.generators.yaml_values import load_yaml
from editor.translation import gettext as _

_FIELD = re.compile(r"\s*\.\. (.*?): (.*)")


def read_post(text: str, mapping: Mapping[str, Any], *, lines: bool) -> Source:
    """Take a post apart; `lines` says whether Markdown reads `Key: value` lines (the extension meta).

    `mapping` is METADATA_MAPPING: other names for fields, by format.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for fence, read in (("---", _yaml), ("+++", _toml)):
        if text.startswith(fence + "\n"):
            source = read(text)
            if source.problem or source.values:
                return _mapped(source, mapping, "yaml" if fence == "---" else "toml")
    source = _nikola(text)
    if lines and not text.startswith("---\n"):
        found = pelican_reading.read_lines(text)
        if found.values:
            values = _mapped(found, mapping, "markdown_metadata").values
            body = source.body if source.values else found.body
            return Source({**values, **source.values}, body, found.header)
    return _mapped(source, mapping, "nikola")


def read_meta(text: str, mapping: Mapping[str, Any]) -> Source:
    """Take the `.meta` file of a post in two files apart."""
    return read_post(text, mapping, lines=False)


def truth(value: Any) -> bool | None:
    """Return a value as Nikola takes it for yes or no; None for an empty one, False for a strange one."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str):
        return value.strip().lower() in ("true", "yes", "1")
    return bool(value) if isinstance(value, int) else False


def tags(value: Any) -> list[str]:
    """Return the tags: a text is split at its commas."""
    entries = value if isinstance(value, list | tuple | set) else str(value or "").split(",")
    found = (str(entry).strip() for entry in entries if entry is not None)
    return list(dict.fromkeys(entry for entry in found if entry))


def _nikola(text: str) -> Source:
    """Take `.. key: value` lines apart; they end at the first blank line."""
    text = text.lstrip()
    header, blank, body = text.partition("\n\n")
    values = {}
    for line in header.split("\n"):
        match = _FIELD.match(line)
        if match and match[2]:
            values[match[1]] = match[2]
    if not values:
        return Source({}, text)
    return Source(values, body.lstrip("\n") if blank else "", header)


def _yaml(text: str) -> Source:
    header, _fence, body = text[4:].partition("\n---\n")
    try:
        loaded = load_yaml(header, dates=True)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        reason = yaml_words.reason(error)
        return Source(
            {}, body, header, _("The front matter is not valid YAML: {reason}").format(reason=reason)
        )
    if loaded is None:
        return Source({}, body, header, _("The front matter must be `name: value` lines"))
    values = {key: "" if value is None else value for key, value in loaded.items()}
    return Source(values, body.lstrip("\n"), header)


def _toml(text: str) -> Source:
    header, _fence, body = text[4:].partition("\n+++\n")
    try:
        values = read_toml_values(header)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Source(
            {}, body, header, _("The front matter is not valid TOML: {reason}").format(reason=error)
        )
    return Source(values, body.lstrip("\n"), header)


def _mapped(source: Source, mapping: Mapping[str, Any], kind: str) -> Source:
    """Return the source with the names that METADATA_MAPPING gives fields of this format added."""
    named = mapping.get(kind)
    values = dict(source.values)
    for foreign, ours in named.items() if isinstance(named, Mapping) else ():
        if foreign in values and isinstance(ours, str):
            values[ours] = values[foreign]
    return Source(values, source.body, source.header, source.problem)
