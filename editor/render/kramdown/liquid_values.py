"""Values in Liquid: `page.title | prepend: "x"`.

Whatever is not known for certain raises UnknownValueError: nothing is guessed.
"""

# Lists of words read better as one text.
# ruff: noqa: SIM905

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FRAGMENT = r"\"[^\"]*\"|'[^']*'|[^\s|,:\"']+"
_EXPRESSION = re.compile(rf"\s*({_FRAGMENT})\s*((?:\|.*)?)", re.DOTALL)
_FILTER = re.compile(rf"\|\s*(\w+)\s*(?::\s*((?:{_FRAGMENT})(?:\s*,\s*(?:{_FRAGMENT}))*))?\s*")
_ARGUMENT = re.compile(_FRAGMENT)
_NAME = re.compile(r"\.?[\w-]+(?:\.[\w-]+|\[(?:\"[^\"]*\"|'[^']*')\])*")
_STEP = re.compile(r"[\w-]+|\"[^\"]*\"|'[^']*'")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_/.~#?&=+,;@-]*")
_PAGE_OWN = frozenset(
    "categories collection content date dir draft excerpt ext id name next output path previous relative_path slug "
    "tags url".split()
)
_SITE_OWN = frozenset(
    "categories collections config data docs documents drafts html_files html_pages pages posts related_posts "
    "source destination static_files tags time github pagination".split()
)
_OTHERS = frozenset("content include jekyll layout paginator theme forloop".split())


class UnknownValueError(Exception):
    """The value is not known before a build."""


class Values:
    """What names stand for."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        """`facts`: `site` and `page`, values by name, and `unknown`: names like `page.date` or `site.*`."""
        self._facts = facts
        self._unknown = frozenset(facts.get("unknown") or ())
        self._assigned: dict[str, Any] = {}
        self._lost = False

    def shown(self, expression: str) -> str:
        """Return what an expression with filters shows; raises UnknownValueError."""
        return _text(self._value(expression)) if expression else ""

    def assign(self, name: str, expression: str) -> None:
        """Let a name stand for an expression."""
        try:
            self._assigned[name] = self._value(expression)
        except UnknownValueError:
            self._assigned[name] = UnknownValueError

    def capture(self, name: str, text: str | None) -> None:
        """Let a name stand for a text; None: for one that is not known."""
        self._assigned[name] = UnknownValueError if text is None else text

    def forget(self) -> None:
        """Say that names may have been assigned in what is not known."""
        self._lost = True

    def _value(self, expression: str) -> Any:
        found = _EXPRESSION.fullmatch(expression)
        if found is None:
            raise UnknownValueError
        value = self._atom(found[1])
        place, filters = 0, found[2].rstrip()
        while place < len(filters):
            one = _FILTER.match(filters, place)
            if one is None:
                raise UnknownValueError
            arguments = [self._atom(argument) for argument in _ARGUMENT.findall(one[2] or "")]
            value = self._filtered(one[1], value, arguments)
            place = one.end()
        return value

    def _atom(self, text: str) -> Any:
        if text[0] in "\"'":
            return text[1:-1]
        if text in ("true", "false"):
            return text == "true"
        if text in ("nil", "null"):
            return None
        if re.fullmatch(r"-?\d{1,15}", text, re.ASCII):
            return int(text)
        if not _NAME.fullmatch(text):
            raise UnknownValueError
        return self._named([step.strip("\"'") for step in _STEP.findall(text)])

    def _named(self, path: list[str]) -> Any:
        first = path[0]
        if first in self._assigned and len(path) == 1:
            value = self._assigned[first]
            if value is UnknownValueError or self._lost:
                raise UnknownValueError
            return value
        if first not in ("site", "page") or len(path) < 2:
            if self._lost or first in _OTHERS or first in ("site", "page") or first in self._assigned:
                raise UnknownValueError
            return None
        values: Any = self._facts.get(first)
        own = _PAGE_OWN if first == "page" else _SITE_OWN
        if f"{first}.{path[1]}" in self._unknown or not isinstance(values, dict):
            raise UnknownValueError
        if path[1] not in values and (path[1] in own or f"{first}.*" in self._unknown):
            raise UnknownValueError
        for step in path[1:]:
            if not isinstance(values, dict):
                raise UnknownValueError
            values = values.get(step)
            if values is None:
                return None
        return values

    def _filtered(self, name: str, value: Any, arguments: list[Any]) -> Any:
        if name in ("relative_url", "absolute_url") and not arguments:
            return self._url(name, value)
        if name == "default" and len(arguments) == 1:
            return arguments[0] if value in (None, False, "") else value
        filters: dict[tuple[str, int], Callable[..., Any]] = {
            ("append", 1): lambda text, more: text + more,
            ("prepend", 1): lambda text, more: more + text,
            ("replace", 2): lambda text, old, new: text.replace(old, new),
            ("replace_first", 2): lambda text, old, new: text.replace(old, new, 1),
            ("remove", 1): lambda text, old: text.replace(old, ""),
            ("upcase", 0): str.upper,
            ("downcase", 0): str.lower,
            ("capitalize", 0): str.capitalize,
            ("strip", 0): str.strip,
            ("lstrip", 0): str.lstrip,
            ("rstrip", 0): str.rstrip,
            ("escape", 0): _escaped,
            ("xml_escape", 0): _escaped,
            ("strip_newlines", 0): lambda text: re.sub(r"\r?\n", "", text),
            ("newline_to_br", 0): lambda text: re.sub(r"\r?\n", "<br />\n", text),
        }
        known = filters.get((name, len(arguments)))
        if known is None or (name != "append" and name != "prepend" and not isinstance(value, str)):
            raise UnknownValueError
        return known(_text(value), *map(_text, arguments))

    def _url(self, name: str, value: Any) -> Any:
        site = self._facts.get("site") or {}
        if not isinstance(value, str) or not value or not _PLAIN_PATH.fullmatch(value) or "//" in value:
            raise UnknownValueError
        if "site.baseurl" in self._unknown or "./" in value or value.endswith("/.."):
            raise UnknownValueError
        base = _text(site.get("baseurl")).rstrip("/")
        base = f"/{base}" if base and not base.startswith("/") else base
        path = base + (value if value.startswith("/") else f"/{value}")
        host = site.get("url")
        if name == "relative_url" or not host:
            return path
        if "site.url" in self._unknown or not re.fullmatch(
            r"https?://[a-z0-9.-]+(?::\d+)?(?:/[a-z0-9/_-]*)?", host
        ):
            raise UnknownValueError
        return str(host) + path


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    raise UnknownValueError


def _escaped(text: str) -> str:
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(character, entity)
    return text
