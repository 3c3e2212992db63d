"""What a Pelican site says of a post beside its own front matter: by default, by its path, by its name.

The rules are those of pelican/readers.py (`default_metadata`, `path_metadata`, `parse_path_metadata`), 4.11.
"""

import posixpath
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from editor.site.generators import pelican_reading
from editor.site.generators.pelican_settings import Settings


def handed_down(settings: Settings, path: Path, source: str) -> dict[str, Any]:
    """Return what DEFAULT_METADATA, a post's folder and its file's name say of it.

    `source` is the post's path relative to the content folder.
    """
    values = settings.values
    found: dict[str, Any] = dict(pairs(values["DEFAULT_METADATA"]))
    for key in ("tags", "authors"):
        if key in found:
            found[key] = pelican_reading.names(found[key], split=True)
    by_folder = values["USE_FOLDER_AS_CATEGORY"] and values["CATEGORY_SAVE_AS"]
    if values["DEFAULT_CATEGORY"] and values["CATEGORY_SAVE_AS"]:
        found["category"] = values["DEFAULT_CATEGORY"]
    default = values["DEFAULT_DATE"]
    if default == "fs":
        found["date"] = _file_time(path)
    elif isinstance(default, str) and default:
        found["date"] = default
    elif default:
        found["date"] = _moment_of(default)
    found.update(said_of_path(settings, source))
    found.update(_from_path(settings, source, by_folder=bool(by_folder)))
    return {key: value for key, value in found.items() if value is not None}


def said_of_path(settings: Settings, source: str) -> dict[str, Any]:
    """Return what EXTRA_PATH_METADATA says of a file, by its path in the content folder."""
    found: dict[str, Any] = {}
    for folder, said in sorted(pairs(settings.values["EXTRA_PATH_METADATA"])):
        if source == folder or source.startswith(folder.rstrip("/") + "/"):
            found.update(pairs(said))
    return found


def pairs(value: Any) -> list[tuple[str, Any]]:
    """Return a map's entries, or a sequence of pairs, whose keys are text."""
    entries = (
        value.items() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    )
    return [
        (entry[0], entry[1])
        for entry in entries
        if isinstance(entry, list | tuple) and len(entry) == 2 and isinstance(entry[0], str)
    ]


def _from_path(settings: Settings, source: str, *, by_folder: bool) -> dict[str, str]:
    """Return what the file's name and its folders say; the first of them that says something wins."""
    folder, file = posixpath.split(source)
    found: dict[str, str] = {}
    for pattern, text in (
        (settings.filename_metadata, posixpath.splitext(file)[0]),
        (settings.path_metadata, source),
    ):
        match = pattern.match(text) if pattern is not None and text else None
        for key, value in (match.groupdict() if match else {}).items():
            if value is not None and value.strip():
                found.setdefault(key.lower(), value)
    if by_folder and posixpath.basename(folder):
        found.setdefault("category", posixpath.basename(folder))
    return found


def _file_time(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).replace(microsecond=0)
    except OSError:
        return None


def _moment_of(parts: Any) -> datetime | None:
    try:
        return datetime(*parts)
    except (TypeError, ValueError):
        return None
