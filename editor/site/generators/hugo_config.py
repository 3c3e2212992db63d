"""Hugo's configuration, read as data: its files, languages, content and static folders.

https://gohugo.io/configuration/introduction/: one file `hugo.*` or `config.*` in the site's folder, and under
it the files of `config/_default`, then of `config/production`. Keys are the same in any case; here they are
in lower case. What modules and themes of other repositories bring along is not read.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from editor.errors import CopydeskError, SiteError
from editor.site import files
from editor.site.generators.data_files import lowered, mappings, read_data, read_or_report, texts
from editor.site.generators.mkdocs_config import merge
from editor.translation import gettext as _

NAMES = ("hugo", "config")
SUFFIXES = ("toml", "yaml", "yml", "json")
_ENVIRONMENTS = ("_default", "production")


@dataclass(frozen=True, slots=True)
class Language:
    """One language of a site; a site that names none has one."""

    code: str
    """In lower case; empty where the site names no language."""
    prefix: str
    """What its addresses begin with; empty for none."""
    title: str
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder whose files Hugo sees at another place."""

    source: Path
    target: str
    """Below Hugo's content folder, without slashes around; empty for the folder itself."""
    language: str
    """The code of its files' language; empty where the files' names say it."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a site's files of configuration say together."""

    root: Path
    values: Mapping[str, Any]
    """Keys in lower case."""
    files: tuple[Path, ...]
    languages: Mapping[str, Language]
    """By code, the default one first."""
    content: tuple[Mount, ...]
    static: tuple[Path, ...]
    assets: tuple[Path, ...]
    problems: tuple[CopydeskError, ...]


def find_file(folder: Path) -> Path | None:
    """Return the main file of configuration of the site in `folder`, or the first one below `config`."""
    for name in NAMES:
        for suffix in SUFFIXES:
            file = folder / f"{name}.{suffix}"
            if file.is_file():
                return file
    for name in NAMES:
        for suffix in SUFFIXES:
            file = folder / "config/_default" / f"{name}.{suffix}"
            if file.is_file():
                return file
    return None


def read(root: Path, allowed: Callable[[Path], bool]) -> Configuration:
    """Read the configuration of the site in `root`, and of it only folders that `allowed` allows.

    Raises SiteError where the main file can't be read.
    """
    problems: list[CopydeskError] = []
    main = find_file(root)
    read_files = [main] if main is not None and main.parent == root else []
    values = lowered(read_data(read_files[0])) if read_files else {}
    for environment in _ENVIRONMENTS:
        folder = root / "config" / environment
        for file in files.walk(folder, allowed) if folder.is_dir() else ():
            if file.suffix.lstrip(".") in SUFFIXES:
                values = merge(values, _placed(file, lowered(read_or_report(file, problems))))
                read_files.append(file)
    languages = _languages(values, root, problems)
    content = _content(values, root, languages)
    for mount in list(content):
        if not allowed(mount.source):
            said = _("The folder {folder} lies outside the site, and is not read").format(folder=mount.source)
            problems.append(SiteError(said, path=read_files[0] if read_files else root))
            content.remove(mount)
    return Configuration(
        root=root,
        values=values,
        files=tuple(read_files),
        languages=languages,
        content=tuple(content) or (Mount(root / "content", "", ""),),
        static=tuple(path for path in _static(values, root) if allowed(path)),
        assets=(root / (_text(values.get("assetdir")) or "assets"),),
        problems=tuple(problems),
    )


def switch(value: Any) -> bool:
    """Return what a value of a switch means to Hugo: text counts only as 1, t, true and their like."""
    if isinstance(value, str):
        return value in ("1", "t", "T", "TRUE", "true", "True")
    return bool(value) if isinstance(value, bool | int | float) else False


def _placed(file: Path, values: dict[str, Any]) -> dict[str, Any]:
    """Return what a file below `config` holds, at the place that its name tells (`params.en.toml`)."""
    name, dot, language = file.stem.lower().partition(".")
    if name in NAMES and not dot:
        return values
    inner: Any = values
    if len(values) == 1 and name in values:
        inner = values[name]
    if not language:
        return {name: inner}
    if name in ("menu", "menus", "params"):
        inner = {"menus" if name != "params" else name: inner}
    return {"languages": {language: inner}}


def _languages(values: Mapping[str, Any], root: Path, problems: list[CopydeskError]) -> dict[str, Language]:
    listed = values.get("languages")
    listed = listed if isinstance(listed, Mapping) else {}
    disabled = {code.lower() for code in texts(values.get("disablelanguages"))}
    known = {
        code: options
        for code, options in listed.items()
        if isinstance(options, Mapping) and code not in disabled and not switch(options.get("disabled"))
    }
    default = _text(values.get("defaultcontentlanguage")).lower() or (
        "en" if "en" in known or not known else ""
    )
    if default not in known:
        default = next(iter(known), default)
    inside = switch(values.get("defaultcontentlanguageinsubdir"))
    hosts = any("baseurl" in options for options in known.values())
    title = _text(values.get("title"))
    made = {}
    for code in (default, *(code for code in known if code != default)):
        options = known.get(code, {})
        several = len(known) > 1
        prefix = code if (inside if code == default else True) and (several or inside) and not hosts else ""
        zone = _zone(_text(options.get("timezone")) or _text(values.get("timezone")), root, problems)
        made[code] = Language(code, prefix, _text(options.get("title")) or title, zone)
    return made


def _zone(name: str, root: Path, problems: list[CopydeskError]) -> tzinfo:
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        problems.append(SiteError(_("The time zone {name} is not known").format(name=name), path=root))
        return UTC


def _content(values: Mapping[str, Any], root: Path, languages: Mapping[str, Language]) -> list[Mount]:
    mounts = []
    for mount in _mounts(values):
        target = _text(mount.get("target")).strip("/")
        source = _text(mount.get("source"))
        if source and (target == "content" or target.startswith("content/")):
            language = _text(mount.get("lang")).lower() or _matrix_language(mount)
            mounts.append(Mount(_folder(root, source), target[len("content") :].strip("/"), language))
    if mounts:
        return mounts
    base = _text(values.get("contentdir")) or "content"
    listed = values.get("languages")
    folders = {
        code: _text(options.get("contentdir")) or base
        for code, options in (listed if isinstance(listed, Mapping) else {}).items()
        if code in languages and isinstance(options, Mapping)
    }
    if not folders:
        return [Mount(_folder(root, base), "", "")]
    made = [
        Mount(_folder(root, folder), "", code if folder != base else "") for code, folder in folders.items()
    ]
    return list(dict.fromkeys(made))


def _static(values: Mapping[str, Any], root: Path) -> list[Path]:
    mounted = [
        _folder(root, _text(mount.get("source")))
        for mount in _mounts(values)
        if _text(mount.get("target")).strip("/") == "static" and _text(mount.get("source"))
    ]
    if mounted:
        return mounted
    scopes: list[Any] = [values]
    listed = values.get("languages")
    scopes += list(listed.values()) if isinstance(listed, Mapping) else []
    names: list[str] = []
    for scope in scopes:
        if isinstance(scope, Mapping):
            for key in ("staticdir", *(f"staticdir{number}" for number in range(11))):
                names += texts(scope.get(key))
    themes = root / (_text(values.get("themesdir")) or "themes")
    in_themes = [themes / name / "static" for name in texts(values.get("theme"))]
    return [_folder(root, name) for name in names or ["static"]] + in_themes


def _mounts(values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    module = values.get("module")
    return list(mappings(module.get("mounts"))) if isinstance(module, Mapping) else []


def _matrix_language(mount: Mapping[str, Any]) -> str:
    """Return the language of the newer form, `sites.matrix.languages`, where it is a single one."""
    value: Any = mount
    for key in ("sites", "matrix", "languages"):
        value = value.get(key) if isinstance(value, Mapping) else None
    named = texts(value)
    return named[0].lower() if len(named) == 1 and "*" not in named[0] else ""


def _folder(root: Path, name: str) -> Path:
    return Path(os.path.normpath(root / name)) if "\0" not in name else root / "content"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
