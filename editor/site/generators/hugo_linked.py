"""What the text of a Hugo page asks its site: the addresses of pages and files, and parameters.

https://gohugo.io/shortcodes/ref/, https://gohugo.io/render-hooks/links/#embedded; as Hugo 0.168 looks them up.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

_REFERENCE = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+(?:path\s*=\s*)?(?:\"([^\"\n]*)\"|`([^`]*)`|([^\s>%]+))")
_FIGURE = re.compile(r"\{\{[<%]\s*figure\s[^}]*?\bsrc\s*=\s*(?:\"([^\"\n]*)\"|`([^`]*)`|([^\s>%]+))")
_PARAMETER = re.compile(r"\{\{[<%]\s*param\s+(?:\"([^\"\n]*)\"|`([^`]*)`|([^\s>%]+))")
_DESTINATION = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|([^\s()]*(?:\([^\s()]*\)[^\s()]*)*))")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*(?:<([^<>\n]*)>|(\S+))", re.MULTILINE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def references(text: str) -> set[str]:
    """Return the paths that `ref` and `relref` ask for."""
    return {path.partition("#")[0] for path in _found(_REFERENCE, text)} - {""}


def parameters(text: str) -> set[str]:
    """Return the names that `param` asks for."""
    return set(_found(_PARAMETER, text))


def files(text: str, links: bool) -> set[str]:
    """Return the paths of figures, and of links and pictures where `links` says so, as they are asked for."""
    found = set(_found(_FIGURE, text))
    if links:
        found |= {*_found(_DESTINATION, text), *_found(_DEFINITION, text)}
    return {path_of(path) for path in found if path and not _SCHEME.match(path)} - {""}


def path_of(destination: str) -> str:
    """Return the path of a destination, as Hugo looks it up."""
    return unquote(urlsplit(destination).path).removeprefix("./")


def parameter(name: str, page: Mapping[str, Any], site: Mapping[str, Any]) -> Any:
    """Return a parameter of the page, else of the site; names are the same in any case."""
    for values in (page.get("params"), page, site):
        value: Any = values
        for key in name.lower().split("."):
            lower = {str(k).lower(): v for k, v in value.items()} if isinstance(value, Mapping) else {}
            value = lower.get(key)
        if isinstance(value, (str, int, float, bool)) and value not in ("", False, 0):
            return value
    return None


def escaped(path: str) -> str:
    """Return a path as it is written in an address."""
    return quote(path, safe="/!$&'()*+,-.:;=@_~")


def first(candidates: Iterable[Path], accept: Callable[[Path], bool]) -> Path | None:
    """Return the first of the files that is there and that `accept` takes."""
    return next((path for path in candidates if path.is_file() and accept(path)), None)


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return [
        next((part for part in found.groups() if part is not None), "") for found in pattern.finditer(text)
    ]
