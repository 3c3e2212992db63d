"""Finding and opening Jekyll sites."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editor.site.files import start_of
from editor.site.generators import data_files, jekyll_config
from editor.site.generators.jekyll import Jekyll
from editor.site.generators.rules import Author

if TYPE_CHECKING:
    from editor.errors import CopydeskError

_NAMES = ("_config.yml", "_config.yaml", "_config.toml")


def find(folder: Path, _path: Path | None = None) -> Path | None:
    """Return the configuration file of the site in `folder`, the one that Jekyll takes, or None.

    Jekyll needs none (https://jekyllrb.com/docs/configuration/default/): where there is none, the folder
    `_posts` is returned if there are Jekyll's layouts, or its gem, beside it.
    """
    for name in _NAMES:
        if (folder / name).is_file():
            return folder / name if jekyll_config.tells_jekyll(folder / name) else None
    posts = folder / "_posts"
    return posts if posts.is_dir() and (_has_gem(folder) or _has_layouts(folder)) else None


def read(config: Path, _limit: Path, is_trusted: Callable[[Path], bool]) -> Jekyll:
    """Read the site of `config`, which `find` found; raises SiteError where it can't be read."""
    root = config.parent
    settings = jekyll_config.read_config(root, (config,) if config.name in _NAMES else ())
    problems: list[CopydeskError] = list(settings.problems)
    base = settings.source / settings.values["collections_dir"]
    read_files = list(settings.files)
    authors: dict[str, Author] = {}
    for name in ("authors.yml", "authors.yaml", "authors.json"):
        file = settings.source / settings.values["data_dir"] / name
        if file.is_file() and file.resolve().is_relative_to(root.resolve()):
            authors = _authors(data_files.read_or_report(file, problems))
            read_files.append(file)
            break
    return Jekyll(
        root=root,
        trusted=is_trusted(root),
        configuration=tuple(read_files),
        problems=tuple(problems),
        content_dirs=_folders(base, root),
        static_dirs=(settings.source,),
        config=settings,
        known_authors=authors,
    )


def _has_gem(folder: Path) -> bool:
    try:
        start = start_of(folder / "Gemfile", 100_000)
    except OSError:
        return False
    return re.search(rb"""(?m)^\s*gem[ (]+["'](jekyll|github-pages)["']""", start) is not None


def _has_layouts(folder: Path) -> bool:
    """Return whether the folder has layouts with Liquid, as Jekyll's are."""
    for file in sorted((folder / "_layouts").glob("*.html"))[:20]:
        try:
            start = start_of(file, 20_000)
        except OSError:
            continue
        if re.search(rb"\{\{-?\s*content\s*-?\}\}", start):
            return True
    return False


def _folders(base: Path, limit: Path) -> tuple[Path, ...]:
    """Return the folders `_posts` and `_drafts` in `base` and below: those below make categories."""
    found: list[Path] = []
    waiting = [(base, 0)]
    while waiting and len(found) < 200:
        folder, depth = waiting.pop()
        try:
            inner = sorted(child for child in folder.iterdir() if child.is_dir())
        except OSError:
            continue
        found += [child for child in inner if child.name in ("_posts", "_drafts")]
        if depth < 5:
            deeper = [
                (child, depth + 1)
                for child in inner
                if not child.name.startswith((".", "_", "#", "~"))
                and child.name not in ("node_modules", "vendor")
                and child.resolve().is_relative_to(limit.resolve())
            ]
            waiting += reversed(deeper)
    first = base / "_posts"
    return (first, *(folder for folder in found if folder != first))


def _authors(listed: Mapping[str, Any]) -> dict[str, Author]:
    """Return the authors of the data file, as themes have it: by id, each with a name."""
    authors: dict[str, Author] = {}
    for key, entry in listed.items():
        said = entry if isinstance(entry, Mapping) else {}
        name, about, picture = (str(said.get(part) or "") for part in ("name", "bio", "avatar"))
        authors[str(key)] = Author(name or str(key), about, picture)
    return authors
