"""Configuration and data files of a site, read as data: TOML, YAML and JSON."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError, SiteError
from editor.post.toml import read_toml_values
from editor.site.files import start_of
from editor.site.generators import mkdocs_config
from editor.translation import gettext as _

_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_data(file: Path) -> dict[str, Any]:
    """Return the mapping that `file` holds, in the format that its suffix names.

    Raises SiteError, with line and column, for a file that can't be read or holds anything else.
    """
    try:
        source = start_of(file, mkdocs_config.MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or error
        raise SiteError(_("The file can't be read: {reason}").format(reason=reason), path=file) from error
    if file.suffix.lower() in (".yml", ".yaml"):
        values, _problems = mkdocs_config.parse(source, file)
        return values
    if len(source) > mkdocs_config.MAX_BYTES:
        raise SiteError(_("The configuration is too large to be read"), path=file)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise SiteError(_("The file is not UTF-8 text"), path=file, line=line) from error
    return _read_toml(text, file) if file.suffix.lower() == ".toml" else _read_json(text, file)


def read_or_report(file: Path, problems: list[CopydeskError]) -> dict[str, Any]:
    """Return what `read_data` does; what is wrong is added to `problems`, and nothing returned."""
    try:
        return read_data(file)
    except SiteError as error:
        problems.append(error)
        return {}


def lowered(value: Any) -> Any:
    """Return `value` with the keys of its maps, at every depth, as text in lower case."""
    if isinstance(value, Mapping):
        return {str(key).lower(): lowered(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [lowered(entry) for entry in value]
    return value


def texts(value: Any) -> list[str]:
    """Return a text, or a list's texts, as a list."""
    entries = value if isinstance(value, list | tuple) else [value]
    return [entry for entry in entries if isinstance(entry, str)]


def as_text(value: Any) -> str:
    """Return a text; an empty one for any other value."""
    return value if isinstance(value, str) else ""


def mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield a map, or a list's maps."""
    for entry in value if isinstance(value, list | tuple) else [value]:
        if isinstance(entry, Mapping):
            yield entry


def _read_toml(text: str, file: Path) -> dict[str, Any]:
    try:
        return read_toml_values(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _TOML_PLACE.search(str(error))
        reason = _TOML_PLACE.sub("", str(error)).strip()
        raise SiteError(
            _("This is not valid TOML: {reason}").format(reason=reason),
            path=file,
            line=int(place[1]) if place else None,
            column=int(place[2]) if place else None,
        ) from error


def _read_json(text: str, file: Path) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise SiteError(
            _("This is not valid JSON: {reason}").format(reason=error.msg),
            path=file,
            line=error.lineno,
            column=error.colno,
        ) from error
    except (ValueError, RecursionError) as error:  # a number of more digits than Python reads
        raise SiteError(_("This is not valid JSON: {reason}").format(reason=error), path=file) from error
    if not isinstance(values, dict):
        raise SiteError(_("The file must hold a map of settings"), path=file)
    return values
