"""Where the documents of a Jekyll site lie: in which collection, and below which folder.

The rules are those of jekyll/reader.rb, collection.rb and entry_filter.rb (4.3).
"""

import posixpath
from dataclasses import dataclass
from pathlib import Path

from editor.site.generators.jekyll_config import JekyllConfig


@dataclass(frozen=True)
class Place:
    """Where in the site a document lies."""

    label: str
    """Its collection: `posts` for drafts too."""
    folder: str
    """The path of the collection's own folder from the source folder: `_posts`, `a/b/_drafts`."""
    source: str
    """Its path from the source folder."""
    inner: str
    """Its path below the collection's folder."""

    @property
    def draft(self) -> bool:
        """Whether it lies in `_drafts`."""
        return self.label == "posts" and posixpath.basename(self.folder) == "_drafts"


def place_of(config: JekyllConfig, path: Path) -> Place | None:
    """Return where a document lies; None where Jekyll takes the file for none."""
    if not path.is_relative_to(config.source):
        return None
    source = path.relative_to(config.source).as_posix()
    parts = source.split("/")
    base = config.values["collections_dir"]
    for at, part in enumerate(parts[:-1]):
        folder = "/".join(parts[: at + 1])
        if config.excluded(folder, is_folder=True):
            return None
        if not part.startswith("_"):
            if part.startswith((".", "#", "~")) and not config.included(folder):
                return None
            continue
        label = "posts" if part in ("_posts", "_drafts") else part[1:]
        home = "/".join(parts[:at])
        if label == "posts" and base and not home.startswith(base):
            return None
        if label != "posts" and (home != base or label not in config.collections):
            return None
        inner = "/".join(parts[at + 1 :])
        if _filtered(config, inner, source):
            return None
        return Place(label, folder, source, inner)
    return None


def below_collections(config: JekyllConfig, source: str) -> str:
    """Return a path from the source folder as one below the folder of the collections."""
    base = config.values["collections_dir"]
    return source.removeprefix(base + "/") if base else source


def path_categories(config: JekyllConfig, place: Place) -> list[str]:
    """Return the folders above `_posts`: each is a category."""
    if place.label != "posts":
        return []
    above = posixpath.dirname(below_collections(config, place.folder))
    return [part for part in above.split("/") if part]


def _filtered(config: JekyllConfig, inner: str, source: str) -> bool:
    """Return whether Jekyll leaves out a file in a collection's folder for its name."""
    if config.excluded(source, is_folder=False):
        return True
    name = posixpath.basename(inner)
    special = inner.startswith((".", "_", "#", "~")) or name.startswith((".", "_", "#", "~"))
    hidden = any(part.startswith(".") for part in inner.split("/"))
    return (special or hidden or inner.endswith("~")) and not config.included(inner)
