"""SiteTypes: what the files of a site say of its posts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError, SiteError
from editor.site import files
from editor.site.content_types import astro, copydesk_toml, decap, front_matter_cms, pages_cms
from editor.site.content_types.declared import BUILD, CMS, COPYDESK, Declared, Description
from editor.site.content_types.documents import Document, read_document

_Read = Callable[[Document, Description], list[Declared]]
_SOURCES = (BUILD, CMS, COPYDESK)
"""The weakest first."""
_HIGHEST = 3
"""Folders above the site in which its repository's top is looked for."""


@dataclass(frozen=True, slots=True)
class SiteTypes:
    """The content types that a site's files declare."""

    root: Path
    declared: tuple[Declared, ...] = ()
    files: tuple[Path, ...] = ()
    """Every file that was read."""
    places: tuple[Path, ...] = ()
    """The folders in which such files are looked for, whether they are there or not."""
    problems: tuple[CopydeskError, ...] = ()
    """What in them could not be read or understood, with file and line."""
    severities: Mapping[str, str] = field(default_factory=dict)
    """Code of a rule -> `off`, `info`, `warning` or `error`, where the site takes it otherwise than the rule."""

    def of(self, path: Path, values: Mapping[str, Any] | None = None) -> tuple[Declared, ...]:
        """Return the types that are for the post `path` with the front matter `values`, the weakest first.

        That is one at the most of the build, of a content management system and of `copydesk.toml` each: the
        one that is closest to the post, and of two alike the first.
        """
        if not self.declared:
            return ()
        name = files.relative(path, self.root)
        best: dict[str, tuple[int, Declared]] = {}
        for declared in self.declared:
            fit = declared.match(name, values or {})
            if fit > best.get(declared.source, (0,))[0]:
                best[declared.source] = (fit, declared)
        return tuple(best[source][1] for source in _SOURCES if source in best)


def read_site_types(root: Path) -> SiteTypes:
    """Return what the files of the site at `root` say of its posts; nothing in them is ever fatal.

    Of several content management systems, the first one that is found says it. Their files may also be at the
    top of the repository, where the site is in a folder of it.
    """
    folders = _folders(root)
    top = folders[-1].resolve()
    declared: list[Declared] = []
    found: list[Path] = []
    problems: list[CopydeskError] = []
    severities: dict[str, str] = {}

    def take(path: Path, read: _Read) -> bool:
        try:
            if not path.is_file() or not path.resolve().is_relative_to(top):
                return False
        except OSError:
            return False
        found.append(path)
        try:
            document = read_document(path)
            description = Description(document, root)
            declared.extend(read(document, description))
            if read is copydesk_toml.read:
                severities.update(copydesk_toml.severities(document))
            problems.extend(description.problems)
            found.extend(description.files)
        except SiteError as error:
            problems.append(error)
        return True

    for name in copydesk_toml.NAMES:
        take(root / name, copydesk_toml.read)
    for names, read in (
        (front_matter_cms.NAMES, front_matter_cms.read),
        (pages_cms.NAMES, pages_cms.read),
        (decap.NAMES, decap.read),
    ):
        if any(take(folder / name, read) for folder in folders for name in names):
            break
    for path in astro.files(root):
        take(path, astro.read)
    return SiteTypes(root, tuple(declared), tuple(found), _places(root, folders), tuple(problems), severities)


def _places(root: Path, folders: list[Path]) -> tuple[Path, ...]:
    """Return the folders in which descriptions of posts are looked for."""
    names = (*front_matter_cms.NAMES, *pages_cms.NAMES, *decap.NAMES)
    found = [(folder / name).parent for folder in folders for name in names]
    found += [root / folder for folder in (front_matter_cms.CONFIG, astro.FOLDER)]
    return tuple(dict.fromkeys(found))


def _folders(root: Path) -> list[Path]:
    """Return the site's folder and those above it, up to the top of the repository where that is near."""
    folders = [root, *root.parents][: _HIGHEST + 1]
    for number, folder in enumerate(folders):
        if (folder / ".git").exists():
            return folders[: number + 1]
    return [root]
