"""The sections above a Hugo page: their `_index` files, and what they give to its address.

https://gohugo.io/content-management/sections/; as Hugo 0.168 has it.
"""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from editor.errors import SiteError
from editor.site.generators.data_files import lowered
from editor.site.generators.hugo_linked import PAGES, Place
from editor.site.generators.rules import Source
from editor.translation import gettext as _


class Sections:
    """The sections of one site; their files are read when something is asked."""

    def __init__(self, read: Callable[[str], Source], inside: Callable[[Path], bool]) -> None:
        """`read` takes a page apart; `inside` tells whether a file may be read."""
        self._read = read
        self._inside = inside

    def front_matter(self, path: Path, place: Place) -> Iterator[Mapping[str, Any]]:
        """Yield the front matter of the sections above the page, the nearest last."""
        code = place.language.code if place.language else ""
        for folder in _folders_above(path, place):
            file = self._index_file(folder, code)
            if file is not None:
                yield self._front_matter_of(file)

    def above(self, path: Path, place: Place) -> tuple[list[Path], tuple[str, ...]]:
        """Return the folders that are sections above the page, and the path of the nearest one."""
        folders = _folders_above(path, place)[1:]
        code = place.language.code if place.language else ""
        sections = [
            folder for number, folder in enumerate(folders) if not number or self._index_file(folder, code)
        ]
        if not sections:
            return [], ()
        nearest = sections[-1].relative_to(place.mount.source).as_posix()
        whole = posixpath.join(place.mount.target, nearest).lower().replace(" ", "-")
        return sections, tuple(whole.split("/"))

    def published_folder(self, path: Path, place: Place) -> str:
        """Return the page's folder, with the slugs of the sections that set one in place of their names."""
        code = place.language.code if place.language else ""
        parts = [part for part in place.mount.target.split("/") if part]
        for folder in _folders_above(path, place)[1:]:
            file = self._index_file(folder, code)
            slug = lowered(self._front_matter_of(file)).get("slug") if file else None
            parts.append(str(slug).strip("-") if slug else folder.name)
        return "/".join(parts)

    def slugs(self, path: Path, place: Place) -> list[str]:
        """Return the slugs of the sections above the page; raises SiteError where one has nothing to make it of."""
        found = []
        code = place.language.code if place.language else ""
        for folder in self.above(path, place)[0]:
            file = self._index_file(folder, code)
            values = lowered(self._front_matter_of(file)) if file else {}
            slug = values.get("slug") or values.get("title")
            if not slug:
                raise SiteError(
                    _("The section {name} has no title, which its address is made of").format(
                        name=folder.name
                    )
                )
            found.append(str(slug))
        return found

    def _index_file(self, folder: Path, code: str) -> Path | None:
        names = ["_index", *([f"_index.{code}"] if code else [])]
        found = [folder / (name + suffix) for name in reversed(names) for suffix in PAGES]
        return next((file for file in found if file.is_file() and self._inside(file)), None)

    def _front_matter_of(self, file: Path) -> Mapping[str, Any]:
        try:
            return self._read(file.read_text("utf-8-sig")).values
        except (OSError, UnicodeDecodeError):
            return {}


def _folders_above(path: Path, place: Place) -> list[Path]:
    """Return the folders between the content folder and the page, that of a bundle left out."""
    inner = path.parent.parent if place.path.bundle else path.parent
    parts = inner.relative_to(place.mount.source).parts
    return [place.mount.source.joinpath(*parts[:count]) for count in range(len(parts) + 1)]
