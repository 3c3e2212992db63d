"""What the text of a Hugo page asks its site: the addresses of pages and files, and parameters.

https://gohugo.io/shortcodes/ref/, https://gohugo.io/render-hooks/links/#embedded; as Hugo 0.168 looks them up.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from editor.site.generators import hugo_dialect, hugo_paths
from editor.site.generators.content_site import ContentSite
from editor.site.generators.hugo_config import Configuration, Language
from editor.site.generators.hugo_mounts import Mount

PAGES = (".md", ".markdown", ".mdown", ".html", ".htm")

_REFERENCE = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+(?:path\s*=\s*)?(?:\"([^\"\n]*)\"|`([^`]*)`|([^\s>%]+))")
_FIGURE = re.compile(r"\{\{[<%]\s*figure\s[^}]*?\bsrc\s*=\s*(?:\"([^\"\n]*)\"|`([^`]*)`|([^\s>%]+))")
_PARAMETER = re.compile(r"\{\{[<%]\s*param\s+(?:\"([^\"\n]*)\"|`([^`]*)`|([^\s>%]+))")
_DESTINATION = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|([^\s()]*(?:\([^\s()]*\)[^\s()]*)*))")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*(?:<([^<>\n]*)>|(\S+))", re.MULTILINE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands in the site."""

    mount: Mount
    path: hugo_paths.ContentPath
    language: Language | None
    """None where its language is switched off."""


@dataclass(frozen=True)
class LinkedPages(ContentSite):
    """The part of a Hugo site's rules that finds what a page's text asks for."""

    config: Configuration

    def _place(self, path: Path) -> Place | None:
        raise NotImplementedError

    def _settings(self, language: Language | None) -> Mapping[str, Any]:
        raise NotImplementedError

    def _pages(self, file: Path) -> Iterator[Path]:
        raise NotImplementedError

    def linked(self, path: Path, values: Mapping[str, Any], text: str) -> dict[str, Any]:
        """See `Rules.linked`: pages and files that shortcodes and links ask for, and parameters."""
        place = self._place(path)
        if place is None:
            return {}
        mine = self._addresses(path)
        site = self._settings(place.language).get("params")
        names = parameters(text)
        values = self.merged(path, values)
        links = hugo_dialect.uses_embedded_hooks(self.config)
        pages = {name: self._page_for(name, path) for name in references(text)}
        wanted = files(text, links)
        found = {name: self._resource_for(name, path, mine) for name in wanted}
        if links:
            pages |= {name: self._page_for(name, path, anywhere=False) for name in wanted}
        return {
            "permalink": mine[1] if mine else "",
            "pages": {name: list(address) for name, address in pages.items() if address},
            "resources": {name: address for name, address in found.items() if address},
            "parameters": {
                name: parameter(name, values, site if isinstance(site, Mapping) else {}) for name in names
            },
            "markup": str({str(key).lower(): value for key, value in values.items()}.get("markup") or ""),
        }

    def _addresses(self, path: Path) -> tuple[str, str] | None:
        """Return a page's address, whole and from the root of the host; None where it has none."""
        try:
            source = self.read(path.read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            return None
        url = self.publication(path, source, datetime.now(UTC)).url
        if not url:
            return None
        base = urlsplit(self.url)
        inner = base.path.rstrip("/") + url
        return f"{base.scheme}://{base.netloc}{inner}" if base.netloc else inner, inner

    def _page_for(self, name: str, path: Path, anywhere: bool = True) -> tuple[str, str] | None:
        """Return the addresses of the page that `name` means in the page `path`; `anywhere`: by its name alone, too."""
        place = self._place(path)
        if place is None or "\0" in name:
            return None
        folder = path.parent if not place.path.bundle else path.parent.parent
        starts = [path.parent, folder] if not name.startswith("/") else []
        starts += list(self.content_dirs)
        wanted = name.strip("/")
        code = place.language.code if place.language else ""
        candidates = [
            file
            for start in starts
            for page in self._pages(Path(os.path.normpath(start / wanted)))
            for file in ([page.with_name(with_code(page, code)), page] if code else [page])
        ]

        def is_meant(file: Path) -> bool:
            other = self._place(file) if self.inside(file) and self.is_post(file) else None
            return other is not None and other.language == place.language

        found = _first(candidates, is_meant)
        if found is None and anywhere and "/" not in wanted:
            stem = wanted.removesuffix(".md")
            named = [
                file for file in self.post_paths() if self.file_slug(file) == stem.lower() and is_meant(file)
            ]
            found = named[0] if len(named) == 1 else None
        return self._addresses(found) if found else None

    def _resource_for(self, name: str, path: Path, page: tuple[str, str] | None) -> str | None:
        """Return the address of a file of the page's bundle, or of the site's assets."""
        place = self._place(path)
        if place is None or "\0" in name:
            return None
        inner = name.lstrip("/")
        if place.path.bundle and page and not name.startswith("/"):
            file = Path(os.path.normpath(path.parent / inner))
            if file.is_relative_to(path.parent) and file.is_file() and not file.name.endswith(PAGES):
                return page[1] + escaped(inner)
        for folder in self.config.assets:
            if (folder / inner).is_file():
                return urlsplit(self.url).path.rstrip("/") + "/" + escaped(inner)
        return None


def with_code(path: Path, code: str) -> str:
    """Return the file's name with a language's code; the name itself where there is none."""
    return f"{path.stem}.{code}{path.suffix}" if code else path.name + ".none"


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


def _first(candidates: Iterable[Path], accept: Callable[[Path], bool]) -> Path | None:
    """Return the first of the files that is there and that `accept` takes."""
    return next((path for path in candidates if path.is_file() and accept(path)), None)


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return [
        next((part for part in found.groups() if part is not None), "") for found in pattern.finditer(text)
    ]
