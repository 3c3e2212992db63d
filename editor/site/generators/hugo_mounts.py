"""Where Hugo's content and static files are: the site's own folders, its mounts, and those of its themes.

https://gohugo.io/configuration/module/: a mount shows a folder at another place; a setting of mounts for
`content` takes the place of `contentDir`. Themes and modules that lie in the site's own folders bring theirs
along (hugofs, modules/collect.go), those of other repositories aren't there to be read.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.errors import SiteError
from editor.site.generators import globs
from editor.site.generators.data_files import as_text, lowered, mappings, read_data, texts

NAMES = ("hugo", "config")
SUFFIXES = ("toml", "yaml", "yml", "json")
_MAX_MODULES = 50


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder whose files Hugo sees at another place."""

    source: Path
    target: str
    """Below Hugo's content folder, without slashes around; empty for the folder itself."""
    languages: tuple[str, ...] = ()
    """The codes of its files' languages; empty where the files' names say it."""
    patterns: tuple[str, ...] = ()
    """Which files of the folder it shows; empty for all."""

    def shows(self, relative: str) -> bool:
        """Return whether the mount shows the file `relative` to its source.

        A glob slice, https://gohugo.io/quick-reference/glossary/glob-slice/: a match of `! pattern` leaves
        the file out; where there are others, one of them must match.
        """
        wanted = [pattern for pattern in self.patterns if not pattern.startswith("! ")]
        for pattern in self.patterns:
            if pattern.startswith("! ") and _matches(pattern[2:], relative):
                return False
        return not wanted or any(_matches(pattern, relative) for pattern in wanted)


def content_mounts(values: Mapping[str, Any], root: Path, languages: Sequence[str]) -> list[Mount]:
    """Return the mounts of content in the order in which they win over each other, the site's own first.

    `values` is the configuration with keys in lower case, `languages` the codes of those that are published.
    """
    own = [mount for mount in _mounts(values, root, languages) if mount is not None]
    mounts = own or _usual(values, root, languages)
    for folder, given, replaced in _modules(values, root):
        theirs = _mounts(given, folder, languages) if replaced else [Mount(folder / "content", "")]
        mounts += [mount for mount in theirs if mount.source.is_dir()]
    return list(dict.fromkeys(mounts))


def static_folders(values: Mapping[str, Any], root: Path) -> list[Path]:
    """Return the folders that serve `/x`: mounted ones, else `staticDir` and those of the themes."""
    mounted = [
        _folder(root, as_text(mount.get("source")))
        for mount in _listed(values)
        if as_text(mount.get("target")).strip("/") == "static" and as_text(mount.get("source"))
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
    themes = root / (as_text(values.get("themesdir")) or "themes")
    in_themes = [themes / name / "static" for name in texts(values.get("theme"))]
    return [_folder(root, name) for name in names or ["static"]] + in_themes


def _usual(values: Mapping[str, Any], root: Path, languages: Sequence[str]) -> list[Mount]:
    """Return the mounts that `contentDir` makes, which each language may set for itself."""
    base = as_text(values.get("contentdir")) or "content"
    listed = values.get("languages")
    folders = {
        code: as_text(options.get("contentdir")) or base
        for code, options in (listed if isinstance(listed, Mapping) else {}).items()
        if code in languages and isinstance(options, Mapping)
    }
    if not folders:
        return [Mount(_folder(root, base), "")]
    made = [
        Mount(_folder(root, folder), "", (code,) if folder != base else ())
        for code, folder in folders.items()
    ]
    return list(dict.fromkeys(made))


def _mounts(values: Mapping[str, Any], root: Path, languages: Sequence[str]) -> list[Mount]:
    """Return the mounts of content that a configuration lists."""
    mounts = []
    for mount in _listed(values):
        target, source = as_text(mount.get("target")).strip("/"), as_text(mount.get("source"))
        if source and (target == "content" or target.startswith("content/")):
            patterns = [*texts(mount.get("files")), *texts(mount.get("includefiles"))]
            patterns += [f"! {pattern}" for pattern in texts(mount.get("excludefiles"))]
            inner = target[len("content") :].strip("/")
            mounts.append(
                Mount(_folder(root, source), inner, _languages_of(mount, languages), tuple(patterns))
            )
    return mounts


def _listed(values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    module = values.get("module")
    return list(mappings(module.get("mounts"))) if isinstance(module, Mapping) else []


def _languages_of(mount: Mapping[str, Any], languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages of a mount: `lang`, or in the newer form those that its sites matrix matches."""
    named = as_text(mount.get("lang")).lower()
    if named:
        return (named,)
    value: Any = mount
    for key in ("sites", "matrix", "languages"):
        value = value.get(key) if isinstance(value, Mapping) else None
    patterns = [pattern.lower() for pattern in texts(value)]
    if not patterns:
        return ()
    refused = [pattern[2:] for pattern in patterns if pattern.startswith("! ")]
    wanted = [pattern for pattern in patterns if not pattern.startswith("! ")] or ["**"]
    return tuple(
        code
        for code in languages
        if any(globs.matches_as_go(pattern, code) for pattern in wanted)
        and not any(globs.matches_as_go(pattern, code) for pattern in refused)
    )


def theme_folders(values: Mapping[str, Any], root: Path) -> list[Path]:
    """Return the folders of the themes and modules that are in the site's folder."""
    return [folder for folder, _given, _listed in _modules(values, root)]


def _modules(values: Mapping[str, Any], root: Path) -> Iterator[tuple[Path, Mapping[str, Any], bool]]:
    """Yield the themes and modules that are in the site's folder, each with what it is configured with.

    The last of the three says whether that lists mounts, which take the place of its folder `content`.
    """
    themes = root / (as_text(values.get("themesdir")) or "themes")
    waiting = list(_imports(values))
    seen: set[Path] = set()
    while waiting and len(seen) < _MAX_MODULES:
        name, options = waiting.pop(0)
        if options.get("disable") is True or "\0" in name:
            continue
        places = (_folder(themes, name), _folder(root / "_vendor", name))
        folder = next((place for place in places if place.is_dir() and place != themes), None)
        if folder is None or folder in seen:
            continue
        seen.add(folder)
        given = {} if options.get("ignoreconfig") is True else _configuration(folder)
        # What a module imports itself comes right after it.
        waiting = [*([] if options.get("ignoreimports") is True else _imports(given)), *waiting]
        if options.get("nomounts") is True:
            continue
        listed = list(mappings(options.get("mounts")))
        given = {"module": {"mounts": listed}} if listed else given
        yield folder, given, bool(_listed(given))


def _imports(values: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in texts(values.get("theme")):
        yield name, {}
    module = values.get("module")
    for entry in mappings(module.get("imports")) if isinstance(module, Mapping) else ():
        if as_text(entry.get("path")):
            yield as_text(entry.get("path")), entry


def _configuration(folder: Path) -> Mapping[str, Any]:
    """Return what the theme's own main file says; nothing where it can't be read."""
    for name in NAMES:
        for suffix in SUFFIXES:
            file = folder / f"{name}.{suffix}"
            if file.is_file():
                try:
                    return dict(lowered(read_data(file)))
                except SiteError:
                    return {}
    return {}


def _matches(pattern: str, relative: str) -> bool:
    return globs.matches_as_go("/" + pattern.lstrip("/").lower(), "/" + relative.lower())


def _folder(root: Path, name: str) -> Path:
    return Path(os.path.normpath(root / name)) if "\0" not in name else root / "content"
