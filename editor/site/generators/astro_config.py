"""Astro's configuration and collections, as far as they are written in literals: nothing of it is run.

https://docs.astro.build/en/reference/configuration-reference/ and
https://docs.astro.build/en/guides/content-collections/.
"""

import os
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError, SiteError
from editor.site import files
from editor.site.generators.js_literals import Call, Script, Unread
from editor.translation import gettext as _

NAMES = ("astro.config.mjs", "astro.config.js", "astro.config.ts", "astro.config.mts", "astro.config.cjs")
_CONTENT = ("content.config", "content/config")
_SUFFIXES = (".ts", ".mts", ".js", ".mjs")
_CODE = (".astro", ".ts", ".js", ".mjs", ".tsx", ".jsx", ".svelte", ".vue")
_MAX_FILES = 400


@dataclass(frozen=True, slots=True)
class Collection:
    """One content collection that is read from files."""

    name: str
    base: Path
    patterns: tuple[str, ...]
    own_ids: bool
    """Whether the site's code makes the ids, which can't be told then."""
    schema: str
    """The source of its schema in `content.config`; empty where there is none."""
    route: str | None
    """The path of its pages with `{}` for the id, as the site's pages say; None where none says so."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What an Astro site's configuration says."""

    site: str
    base: str
    source: Path
    public: Path
    as_files: bool
    """Whether pages are `x.html`, not `x/index.html`."""
    collections: tuple[Collection, ...]
    filters_drafts: bool
    """Whether the site's code asks for `draft` where it lists its posts."""
    files: tuple[Path, ...]
    problems: tuple[CopydeskError, ...]


def read(file: Path, allowed: Callable[[Path], bool]) -> Configuration:
    """Read the configuration `file` and the site's collections; raises SiteError where it can't be read."""
    root = file.parent
    problems: list[CopydeskError] = []
    values = Script(_text(file)).exported()
    values = values if isinstance(values, Mapping) else {}
    found: dict[str, str] = {}
    for key, default in (("site", ""), ("base", ""), ("srcDir", "src"), ("publicDir", "public")):
        value = values.get(key, default)
        if not isinstance(value, str):
            _report(value, key, file, problems)
            value = default
        found[key] = value
    build = values.get("build")
    source = Path(os.path.normpath(root / found["srcDir"].replace("\0", "")))
    code = _code_of(source, allowed)
    config = next(
        (
            source / (name + end)
            for name in _CONTENT
            for end in _SUFFIXES
            if (source / (name + end)).is_file()
        ),
        None,
    )
    collections = _collections(config, root, problems) if config is not None else []
    collections = collections or _folders(source)
    return Configuration(
        site=found["site"],
        base=found["base"],
        source=source,
        public=Path(os.path.normpath(root / found["publicDir"].replace("\0", ""))),
        as_files=isinstance(build, Mapping) and build.get("format") == "file",
        collections=tuple(
            _with_route(collection, code, source) for collection in collections if allowed(collection.base)
        ),
        filters_drafts=any(re.search(r"\bdraft\b", text) for path, text in code.items() if path != config),
        files=(file, *([config] if config is not None else [])),
        problems=tuple(problems),
    )


def schema_fields(source: str) -> dict[str, str]:
    """Return the keys of the first `z.object({…})` in a schema's source, with the source of each."""
    start = re.search(r"\bz\s*\.\s*(?:strictObject|object|looseObject)\s*\(", source)
    if start is None:
        return {}
    found = Script("export default " + source[start.end() :]).exported()
    if not isinstance(found, Mapping):
        return {}
    return {key: value.source for key, value in found.items() if isinstance(value, Unread)}


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig", "replace")
    except OSError as error:
        reason = error.strerror or error
        raise SiteError(_("The file can't be read: {reason}").format(reason=reason), path=file) from error


def _report(value: Any, name: str, file: Path, problems: list[CopydeskError]) -> None:
    said = _("{name} is computed, and can't be read without running the site's code").format(name=name)
    line = value.line if isinstance(value, Unread) else None
    problems.append(SiteError(said, path=file, line=line))


def _collections(config: Path, root: Path, problems: list[CopydeskError]) -> list[Collection]:
    script = Script(_text(config))
    listed = script.name("collections")
    if not isinstance(listed, Mapping):
        _report(listed, "collections", config, problems)
        return []
    found = []
    for name, value in listed.items():
        call = _definition(script, name, value)
        options = call.arguments[0] if call is not None and call.arguments else None
        if not isinstance(options, Mapping):
            _report(value, name, config, problems)
            continue
        schema = options.get("schema")
        made = _collection(name, options, root, schema.source if isinstance(schema, Unread) else "")
        if made is None:
            loader = options.get("loader")
            if not (isinstance(loader, Unread) and re.match(r"file\s*\(", loader.source)):
                _report(loader, f"{name}.loader", config, problems)
        else:
            found.append(made)
    return found


def _definition(script: Script, name: str, value: Any) -> Call | None:
    """Return the call of `defineCollection` that a collection is, named before or written in place."""
    if isinstance(value, Unread):
        if re.fullmatch(r"[\w$]+", value.source):
            return script.bound_call(value.source)
        return next(Script(value.source).calls("defineCollection"), None)
    return script.bound_call(name)


def _collection(name: str, options: Mapping[str, Any], root: Path, schema: str) -> Collection | None:
    loader = options.get("loader")
    if loader is None and options.get("type", "content") == "content":  # before Astro 5
        return Collection(name, root / "src/content" / name, ("**/[!_]*.{md,mdx}",), False, schema, None)
    if not isinstance(loader, Unread):
        return None
    call = next(Script(loader.source).calls("glob"), None)
    given = call.arguments[0] if call is not None and call.arguments else None
    if not isinstance(given, Mapping):
        return None
    base, pattern = given.get("base", "."), given.get("pattern")
    patterns = [pattern] if isinstance(pattern, str) else pattern
    if not isinstance(base, str) or not isinstance(patterns, list) or "\0" in base:
        return None
    return Collection(
        name,
        Path(os.path.normpath(root / base.lstrip("/"))),
        tuple(entry.removeprefix("./") for entry in patterns if isinstance(entry, str)),
        "generateId" in given,
        schema,
        None,
    )


def _folders(source: Path) -> list[Collection]:
    """Return the folders of `src/content`, where the configuration names no collections."""
    try:
        folders = sorted(path for path in (source / "content").iterdir() if path.is_dir())
    except OSError:
        return []
    return [Collection(path.name, path, ("**/[!_]*.{md,mdx}",), False, "", None) for path in folders]


def _code_of(source: Path, allowed: Callable[[Path], bool]) -> dict[Path, str]:
    """Return the site's own code below its source folder, what there is of a believable size."""
    found: dict[Path, str] = {}
    for path in files.walk(source, allowed, lambda folder: folder.name == "node_modules"):
        if path.suffix in _CODE and len(found) < _MAX_FILES:
            try:
                with path.open("rb") as stream:
                    found[path] = stream.read(100_000).decode("utf-8", "replace")
            except OSError:
                continue
    return found


def _with_route(collection: Collection, code: Mapping[Path, str], source: Path) -> Collection:
    """Return the collection with the path of the page that asks for it by `getCollection("name")`."""
    pages = source / "pages"
    asked = re.compile(r"getCollection\(\s*[\"'`]" + re.escape(collection.name) + r"[\"'`]")
    routes = []
    for path, text in code.items():
        if path.is_relative_to(pages) and path.suffix == ".astro" and asked.search(text):
            inner = path.relative_to(pages).with_suffix("").as_posix()
            names = re.findall(r"\[(?:\.\.\.)?\w+\]", inner)
            if len(names) == 1 and posixpath.basename(inner) == names[0]:
                routes.append("/" + inner.replace(names[0], "{}"))
    route = min(routes, key=len) if routes else None
    return Collection(
        collection.name,
        collection.base,
        collection.patterns,
        collection.own_ids,
        collection.schema,
        route,
    )
