"""Hugo's configuration, read as data: its files, languages, content and static folders.

https://gohugo.io/configuration/introduction/: one file `hugo.*` or `config.*` in the site's folder, and under
it the files of `config/_default`, then of `config/production`. Keys are the same in any case; here they are
in lower case. Where its content is, `hugo_mounts` reads of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from editor.errors import CopydeskError, SiteError
from editor.site import files
from editor.site.generators import hugo_mounts
from editor.site.generators.data_files import as_text, lowered, read_data, read_or_report, texts
from editor.site.generators.hugo_mounts import NAMES, SUFFIXES, Mount
from editor.site.generators.mkdocs_config import merge
from editor.translation import gettext as _

_NO_SIMPLE_VALUES = ("permalinks", "uglyurls")
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
    values: Mapping[str, Any]
    """The site's settings as they are for it, with keys in lower case: its own replace those of all."""


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
    content = []
    for mount in hugo_mounts.content_mounts(values, root, tuple(languages)):
        if allowed(mount.source):
            content.append(mount)
            continue
        said = _("The folder {folder} lies outside the site, and is not read").format(folder=mount.source)
        problems.append(SiteError(said, path=read_files[0] if read_files else root))
    return Configuration(
        root=root,
        values=values,
        files=tuple(read_files),
        languages=languages,
        content=tuple(content) or (Mount(root / "content", ""),),
        static=tuple(path for path in hugo_mounts.static_folders(values, root) if allowed(path)),
        assets=(root / (as_text(values.get("assetdir")) or "assets"),),
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
    default = as_text(values.get("defaultcontentlanguage")).lower() or (
        "en" if "en" in known or not known else ""
    )
    if default not in known:
        default = next(iter(known), default)
    inside = switch(values.get("defaultcontentlanguageinsubdir"))
    hosts = any("baseurl" in options for options in known.values())
    title = as_text(values.get("title"))
    made = {}
    for code in (default, *(code for code in known if code != default)):
        options = known.get(code, {})
        several = len(known) > 1
        prefix = code if (inside if code == default else True) and (several or inside) and not hosts else ""
        zone = _zone(as_text(options.get("timezone")) or as_text(values.get("timezone")), root, problems)
        own = _for_language(values, options)
        made[code] = Language(code, prefix, as_text(options.get("title")) or title, zone, own)
    return made


def _for_language(values: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings for a language: what it sets takes the place of the site's, maps as a whole.

    https://gohugo.io/configuration/languages/; its `_merge` may ask for the site's values below its own
    (https://gohugo.io/configuration/introduction/#merge-configuration-settings). Of the settings that are no
    simple values, a language may set only maps (config/allconfig/allconfig.go).
    """
    own = {
        key: value
        for key, value in options.items()
        if key not in _NO_SIMPLE_VALUES or isinstance(value, Mapping)
    }
    made = {**values, **own}
    for key, value in own.items():
        whole = values.get(key)
        strategy = value.get("_merge") if isinstance(value, Mapping) else None
        if isinstance(whole, Mapping) and strategy in ("deep", "shallow"):
            made[key] = merge(whole, value) if strategy == "deep" else {**whole, **value}
    return made


def _zone(name: str, root: Path, problems: list[CopydeskError]) -> tzinfo:
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        problems.append(SiteError(_("The time zone {name} is not known").format(name=name), path=root))
        return UTC
