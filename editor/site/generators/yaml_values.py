"""The front matter that YAML readers other than PyYAML see in the same lines.

The readers of Go, Rust and JavaScript keep to YAML 1.2: `yes`, `no`, `on` and `off` are text, so are `12:30`
and `1_000`, and `010` is ten. Those of JavaScript (js-yaml 3 and 4) know dates; the others leave them as text.
"""

import re
from typing import Any

import yaml

from editor.post import bounded_yaml
from editor.translation import gettext as _

_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_DATE = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?"
)
_SCALARS = (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|0b[01]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+0123456789.",
    ),
    ("merge", r"<<", "<"),
)
"""The plain scalars of YAML 1.2's core schema: tag, pattern, what they begin with."""


def _resolvers(*, dates: bool) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Return PyYAML's table of implicit resolvers, by the first letter of a scalar."""
    table: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name, pattern, first in (*_SCALARS, *([("timestamp", _DATE, "0123456789")] if dates else [])):
        for letter in [*first, *([""] if name == "null" else [])]:
            table.setdefault(letter, []).append((_TAG + name, re.compile(rf"(?:{pattern})\Z")))
    return table


def _boolean(_loader: Any, scalar: Any) -> bool:
    return bool(scalar.value.lower() == "true")


def _integer(_loader: Any, scalar: Any) -> int:
    text = scalar.value.lstrip("+-")
    base = {"0x": 16, "0o": 8, "0b": 2}.get(text[:2], 10)
    value = int(text[2:] if base != 10 else text, base)
    return -value if scalar.value.startswith("-") else value


class Yaml12Loader(_BASE):  # type: ignore[misc]
    """PyYAML's safe loader with the plain scalars of YAML 1.2, and dates."""

    yaml_implicit_resolvers = _resolvers(dates=True)
    yaml_constructors = {  # noqa: RUF012  PyYAML's own name for the table, never changed here
        **yaml.SafeLoader.yaml_constructors,
        _TAG + "bool": _boolean,
        _TAG + "int": _integer,
    }

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """See PyYAML's constructor; a key that is there twice is refused."""
        keys = set()
        for key, _value in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode):
                if key.value in keys and key.value != "<<":
                    reason = _("the key {key} is there twice").format(key=key.value)
                    raise yaml.constructor.ConstructorError(None, None, reason, key.start_mark)
                keys.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


class Yaml12TextLoader(Yaml12Loader):
    """The same without dates."""

    yaml_implicit_resolvers = _resolvers(dates=False)


def load_yaml(source: str, *, dates: bool) -> dict[str, Any] | None:
    """Return the mapping in `source`, None where it is none; with `dates`, those are dates, else text.

    Raises yaml.YAMLError, ValueError for a date that can't be.
    """
    try:
        values = bounded_yaml.load(source, Yaml12Loader if dates else Yaml12TextLoader)
    except (AttributeError, KeyError, TypeError) as error:  # a tag that does not fit its text: `!!bool maybe`
        raise ValueError(_("a value does not fit its tag")) from error
    if values is None:
        return {}
    return {str(key): value for key, value in values.items()} if isinstance(values, dict) else None
