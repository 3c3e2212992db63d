"""Eleventy's configuration, as far as it is written in literals: nothing of it is run.

https://www.11ty.dev/docs/config/: an object that the file exports or its function returns, and the calls on
the function's argument. What can't be read is named.
"""

import os
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError, SiteError
from editor.site import files
from editor.site.generators.js_literals import Script, Unread, readable
from editor.translation import gettext as _

NAMES = (
    ".eleventy.js",
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    "eleventy.config.ts",
    "eleventy.config.mts",
)
_SETTERS = {
    "setInputDirectory": "input",
    "setOutputDirectory": "output",
    "setIncludesDirectory": "includes",
    "setLayoutsDirectory": "layouts",
    "setDataDirectory": "data",
}
_DEFAULTS = {"input": ".", "output": "_site", "includes": "_includes", "layouts": "", "data": "_data"}


@dataclass(frozen=True, slots=True)
class Configuration:
    """What an Eleventy configuration says."""

    input: str
    """The folder of all pages, relative to the site, without slashes around; empty for the site itself."""
    output: str
    reserved: tuple[str, ...]
    """Folders that hold no pages, relative to the site."""
    path_prefix: str
    passthrough: tuple[tuple[str, str], ...]
    """What is copied as it stands: folder, file or glob relative to the site, and its place in the output; an
    empty place is that of the source, below the input folder."""
    beside: bool
    """Whether files that a page's HTML names relatively are copied with it (`html-relative`)."""
    leaves_out_drafts: bool
    """Whether the site's own code leaves out pages with `draft: true`."""
    formats: tuple[str, ...] | None
    """The template formats, None where the usual ones hold."""
    ignores: tuple[str, ...]
    data_suffixes: tuple[str, ...]
    data_base: str
    """The name of directory data files where it is not that of the directory."""
    global_data: Mapping[str, Any]
    files: tuple[Path, ...]
    problems: tuple[CopydeskError, ...]


def read(file: Path) -> Configuration:
    """Read the configuration `file`; raises SiteError where it can't be read."""
    script = Script(text_of(file))
    problems: list[CopydeskError] = []
    dirs: dict[str, Any] = {}
    settings: dict[str, Any] = {}
    for found in (script.exported(), *script.returned(), script.name("config")):
        if isinstance(found, Mapping):
            named = found.get("dir")
            dirs.update(named if isinstance(named, Mapping) else {})
            settings.update({key: found[key] for key in found if key != "dir"})
            if isinstance(found.get("dir"), Unread):
                _report(found["dir"], "dir", file, problems)
    for call in script.calls(*_SETTERS):
        if call.arguments:
            dirs[_SETTERS[call.name]] = call.arguments[0]
    for name, value in list(dirs.items()):
        if not isinstance(value, str):
            _report(value, f"dir.{name}", file, problems)
            del dirs[name]
    folders = {**_DEFAULTS, **dirs}
    base = _clean(folders["input"])
    places = [posixpath.join(base, _clean(folders[name])) for name in ("includes", "data") if folders[name]]
    if folders["layouts"]:
        places.append(posixpath.join(base, _clean(folders["layouts"])))
    passthrough, beside = _passthrough(script, file, problems)
    prefix = settings.get("pathPrefix")
    if isinstance(prefix, Unread):
        _report(prefix, "pathPrefix", file, problems)
    suffixes = _words(script, "setDataFileSuffixes") or _strings(settings.get("dataFileSuffixes"))
    plugins = _plugin_files(file)
    return Configuration(
        input=base,
        output=_clean(folders["output"]),
        reserved=tuple(posixpath.normpath(place) for place in places),
        path_prefix=prefix if isinstance(prefix, str) else "",
        passthrough=passthrough,
        beside=beside,
        leaves_out_drafts=_leaves_out_drafts(script, plugins),
        formats=_formats(script, settings),
        ignores=tuple(
            call.arguments[0]
            for call in script.calls("add")
            if call.arguments and isinstance(call.arguments[0], str) and "/" in call.arguments[0]
        ),
        data_suffixes=tuple(suffixes) or (".11tydata", ""),
        data_base=next(iter(_words(script, "setDataFileBaseName")), ""),
        global_data=_global_data(script),
        files=(file, *plugins),
        problems=tuple(problems),
    )


def read_data_script(file: Path, problems: list[CopydeskError]) -> dict[str, Any]:
    """Return the literals that a data file in JavaScript exports; what can't be read is reported.

    A permalink that a function computes is None.
    """
    try:
        found = Script(text_of(file)).exported()
    except SiteError as error:
        problems.append(error)
        return {}
    if not isinstance(found, Mapping):
        _report(found, file.name, file, problems)
        return {}
    for key, value in found.items():
        if isinstance(value, Unread) and key != "eleventyComputed":
            _report(value, key, file, problems)
    values: dict[str, Any] = readable(found)
    computed = found.get("eleventyComputed")
    if isinstance(computed, Mapping) and isinstance(computed.get("permalink"), Unread):
        values["eleventyComputed"] = {**values.get("eleventyComputed", {}), "permalink": None}
    return values


def text_of(file: Path) -> str:
    """Return the text of one of the site's own files; raises SiteError where it can't be read."""
    try:
        return files.text_of(file, "replace")
    except OSError as error:
        reason = error.strerror or error
        raise SiteError(_("The file can't be read: {reason}").format(reason=reason), path=file) from error


def _report(value: Any, name: str, file: Path, problems: list[CopydeskError]) -> None:
    said = _("{name} is computed, and can't be read without running the site's code").format(name=name)
    line = value.line if isinstance(value, Unread) else None
    problems.append(SiteError(said, path=file, line=line))


def _passthrough(
    script: Script, file: Path, problems: list[CopydeskError]
) -> tuple[tuple[tuple[str, str], ...], bool]:
    copies: list[tuple[str, str]] = []
    beside = False
    for call in script.calls("addPassthroughCopy"):
        source = call.arguments[0] if call.arguments else None
        options = call.arguments[1] if len(call.arguments) > 1 else None
        if isinstance(options, Mapping) and options.get("mode") == "html-relative":
            beside = True
        elif isinstance(source, str):
            copies.append((_clean(source), ""))
        elif isinstance(source, Mapping):
            for key, value in source.items():
                if isinstance(value, str):
                    copies.append((_clean(key), _clean(value) or "."))
                else:
                    _report(value, "addPassthroughCopy", file, problems)
        else:
            _report(source, "addPassthroughCopy", file, problems)
    return tuple(copies), beside


def _plugin_files(file: Path) -> tuple[Path, ...]:
    """Return the site's own files that the configuration imports, by relative paths."""
    text = text_of(file)
    names = re.findall(r"""(?:from|import|require\()\s*["'](\.{1,2}/[^"']+)["']""", text)
    found: list[Path] = []
    for name in names[:50]:
        path = Path(os.path.normpath(file.parent / name))
        for candidate in (path, path.with_name(path.name + ".js"), path / "index.js"):
            if candidate.is_file() and candidate.resolve().is_relative_to(file.parent.resolve()):
                found.append(candidate)
                break
    return tuple(dict.fromkeys(found))


def _leaves_out_drafts(script: Script, plugins: tuple[Path, ...]) -> bool:
    """Return whether a preprocessor, or code of an older kind, gives up pages with `draft`."""
    for call in script.calls("addPreprocessor"):
        if re.search(r"\bdraft\b", call.source) and re.search(r"return\s+false", call.source):
            return True
    for source in plugins:
        text = text_of(source)
        if re.search(r"\.draft\b", text) and re.search(r"return\s+false|addPreprocessor", text):
            return True
    return any(
        ".draft" in call.source and "permalink" in call.source and "false" in call.source
        for call in script.calls("addGlobalData")
    )


def _formats(script: Script, settings: Mapping[str, Any]) -> tuple[str, ...] | None:
    found: Any = settings.get("templateFormats")
    for call in script.calls("setTemplateFormats"):
        found = call.arguments[0] if call.arguments else found
    if isinstance(found, str):
        return tuple(part.strip() for part in found.split(","))
    if isinstance(found, list) and all(isinstance(entry, str) for entry in found):
        added = [
            entry for call in script.calls("addTemplateFormats") for entry in _strings(call.arguments[0])
        ]
        return (*found, *added)
    return None


def _global_data(script: Script) -> dict[str, Any]:
    values = {}
    for call in script.calls("addGlobalData"):
        name, value = call.arguments if len(call.arguments) == 2 else (None, None)
        if isinstance(name, str) and not isinstance(value, Unread):
            values[name] = readable(value)
    return values


def _words(script: Script, name: str) -> list[str]:
    words: list[str] = []
    for call in script.calls(name):
        words = _strings(call.arguments[0]) if call.arguments else words
    return words


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def _clean(name: str) -> str:
    name = posixpath.normpath(name.replace("\0", "")).strip("/")
    return "" if name == "." else name
