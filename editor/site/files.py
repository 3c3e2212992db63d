"""Files of a site: walking its folders, paths relative to it, values as JSON."""

import itertools
import math
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

_MAX_FOLDERS = 20_000
"""A folder with more subfolders than that is no site, but someone's disk."""
_MAX_DEPTH = 20
_MAX_VALUES = 2_000


def walk(
    folder: Path, inside: Callable[[Path], bool], skip: Callable[[Path], bool] | None = None
) -> Iterator[Path]:
    """Yield the files below `folder` by name, a folder's own before those of its subfolders.

    Links are followed as far as `inside` allows, none of them in circles; folders that `skip` names are left
    out.
    """
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting and len(seen) < _MAX_FOLDERS:
        current = waiting.pop()
        try:
            status = current.stat()
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError:
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in seen or not inside(current):
            continue
        seen.add(identity)
        subfolders = []
        for entry in entries:
            path = current / entry.name
            if entry.is_symlink() and not inside(path):
                continue
            if entry.is_dir():
                if skip is None or not skip(path):
                    subfolders.append(path)
            elif entry.is_file():
                yield path
        waiting += reversed(subfolders)


def relative(path: Path, root: Path) -> str:
    """Return `path` relative to `root` with forward slashes; one outside of it stays absolute."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def linked_path(url: str) -> str | None:
    """Return the path that a link of a post names, decoded; empty where it stays in the post.

    None where it leads out of the site, or is none.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = unquote(parts.path)
    return None if parts.scheme or parts.netloc or "\0" in path else path


def quoted(path: str) -> str:
    """Return a path as part of an address; bytes of a file's name that are no text stay themselves."""
    return quote(path, errors="surrogateescape")


def as_json(value: Any) -> Any:
    """Return a value of front matter as JSON data: dates as ISO text, keys as text, the unknown as its text.

    Aliases make YAML larger than its text, even endless: past a depth and a size that no post needs, it is
    cut.
    """
    return _as_json(value, 0, itertools.count())


def _as_json(value: Any, depth: int, counter: Iterator[int]) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, Mapping | list | tuple | set):
        return str(value)
    if depth > _MAX_DEPTH or next(counter) > _MAX_VALUES:
        return None
    if isinstance(value, Mapping):
        return {str(key): _as_json(entry, depth + 1, counter) for key, entry in value.items()}
    return [_as_json(entry, depth + 1, counter) for entry in value]
