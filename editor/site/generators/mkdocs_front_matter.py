"""The front matter of MkDocs' pages: read as mkdocs does (utils/meta.py), merged as the meta plugin does."""

import copy
import re
from collections.abc import Mapping
from typing import Any

import yaml

from editor.errors import SiteError
from editor.post import bounded_yaml
from editor.schema import yaml_words
from editor.site.generators.rules import Source
from editor.translation import gettext as _

_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_MULTIMARKDOWN = re.compile(r" {0,3}([A-Za-z0-9_-]+):\s*(.*)")


def read_source(text: str) -> Source:
    """Take a page apart; what a blog refuses is told as its problem, a page has just no metadata then."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT_MATTER.match(text)
    if match is None:
        values, body = _multimarkdown(text)
        return Source(values, body, problem=_("The post has no front matter"))
    header, body = match.group(1), text[match.end() :].lstrip("\n")
    try:
        values = bounded_yaml.load(header, getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
    except yaml.MarkedYAMLError as error:
        # mkdocs shows the whole file as the body of a page then; a blog refuses it.
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        reason = yaml_words.reason(error, header)
        said = _("Line {line} is not valid YAML: {reason}").format(line=line, reason=reason)
        return Source({}, body, header, said)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError, KeyError) as error:
        return Source(
            {},
            body,
            header,
            _("The front matter is not valid YAML: {reason}").format(reason=yaml_words.reason(error)),
        )
    if not isinstance(values, dict):
        return Source({}, body, header, _("The front matter must be `name: value` lines"))
    return Source({str(key): value for key, value in values.items()}, body, header)


def merge_typesafe(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return `over` laid on `base` as the meta plugin does it: maps merged, lists joined, the rest replaced.

    Raises SiteError where the two have values of different types for a key.
    """
    merged = dict(base)
    for key, value in over.items():
        if key not in merged:
            merged[key] = copy.deepcopy(value)
            continue
        mine = merged[key]
        if isinstance(mine, Mapping) and isinstance(value, Mapping):
            merged[key] = merge_typesafe(mine, value)
        elif type(mine) is not type(value):
            raise SiteError(_("{key} has another type here than in the folder's metadata").format(key=key))
        else:
            merged[key] = [*mine, *value] if isinstance(mine, list) else copy.deepcopy(value)
    return merged


def _multimarkdown(text: str) -> tuple[dict[str, str], str]:
    """Take apart a page that starts with bare `Key: value` lines; they end at a blank or any other line."""
    values: dict[str, str] = {}
    lines = text.split("\n")
    key = ""
    while lines:
        line = lines[0]
        match = _MULTIMARKDOWN.match(line)
        if not line.strip():
            lines.pop(0)
            break
        if match:
            key, value = match.group(1).lower(), match.group(2).strip()
            values[key] = f"{values[key]} {value}" if key in values else value
        elif key and line.startswith(("    ", "\t")):
            values[key] += " " + line.strip()
        else:
            break
        lines.pop(0)
    return values, "\n".join(lines).lstrip("\n")
