"""Astro's configuration and collections, as far as they are written in literals: nothing of it is run.

https://docs.astro.build/en/reference/configuration-reference/ and
https://docs.astro.build/en/guides/content-collections/.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError, SiteError
from editor.render.protocol import Dialect
from editor.site import files
from editor.site.generators import astro_dialect
from editor.site.generators.astro_routes import Route, Routes
from editor.site.generators.js_literals import Call, Script, Unread
from editor.translation import gettext as _

NAMES = ("astro.config.mjs", "astro.config.js", "astro.config.ts", "astro.config.mts", "astro.config.cjs")
_CONTENT = ("content.config", "content/config")
_SUFFIXES = (".ts", ".mts", ".js", ".mjs")
_CODE = (".astro", ".ts", ".js", ".mjs", ".tsx", ".jsx", ".svelte", ".vue")
_MAX_FILES = 400
_DEEPEST = 5
_ARROW = re.compile(r"^(?:async\s*)?\(\s*(?:\{[^{}]*\})?\s*\)\s*=>\s*")
_OBJECT = re.compile(r"z\s*\.\s*(?:strictObject|object|looseObject)\s*\(")
_TAKES_AWAY = re.compile(r"\)\s*\.\s*(?:omit|pick|partial)\s*\(\s*\{")


@dataclass(frozen=True, slots=True)
class Collection:
    """One content collection that is read from files."""

    name: str
    base: Path
    patterns: tuple[str, ...]
    own_ids: bool
    """Whether the site's code makes the ids, which can't be told then."""
    schema: Mapping[str, str]
    """The keys of its schema in `content.config`, each with its source; empty where they can't be told."""
    route: Route | None = None
    """Its pages, as the site's code says; None where it doesn't."""
    shown: bool = True
    """Whether a page may show each of its posts."""


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
    dialect: Dialect
    """How it writes Markdown."""


def read(file: Path, allowed: Callable[[Path], bool]) -> Configuration:
    """Read the configuration `file` and the site's collections; raises SiteError where it can't be read."""
    root = file.parent
    problems: list[CopydeskError] = []
    text = _text(file)
    values = Script(text).exported()
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
    routes = Routes(code, source)
    return Configuration(
        site=found["site"],
        base=found["base"],
        source=source,
        public=Path(os.path.normpath(root / found["publicDir"].replace("\0", ""))),
        as_files=isinstance(build, Mapping) and build.get("format") == "file",
        collections=tuple(
            _with_route(collection, routes) for collection in collections if allowed(collection.base)
        ),
        filters_drafts=any(re.search(r"\bdraft\b", text) for path, text in code.items() if path != config),
        files=(file, *([config] if config is not None else [])),
        problems=tuple(problems),
        dialect=astro_dialect.dialect(values, astro_dialect.imported(text)),
    )


def schema_fields(source: str, script: Script | None = None, depth: int = 0) -> dict[str, str]:
    """Return the keys of a schema's source with the source of each; `script` knows the names in it.

    That is `z.object({…})`, the name of one, or `name.extend({…})`, also as what a function returns. Of
    anything else, and where keys are taken away again, nothing can be told.
    """
    source = _ARROW.sub("", source.strip())
    named = re.match(r"([\w$]+)\s*(?:$|\.\s*extend\s*\()", source)
    found: dict[str, str] = {}
    if named is not None:
        bound = script.name(named[1]) if script is not None else None
        if not isinstance(bound, Unread) or depth > _DEEPEST or bound.source == source:
            return {}
        found = schema_fields(bound.source, script, depth + 1)
        if named.end() == len(source) or not found:
            return found
        rest = source[named.end() :]
    else:
        start = _OBJECT.match(source)
        if start is None or _TAKES_AWAY.search(source):
            return {}
        rest = source[start.end() :]
    own = Script("export default " + rest).exported()
    for key, value in own.items() if isinstance(own, Mapping) else ():
        if isinstance(value, Unread):
            bound = script.name(value.source) if script is not None else None
            found[key] = bound.source if isinstance(bound, Unread) else value.source
    return found


def _text(file: Path) -> str:
    try:
        return files.text_of(file, "replace")
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
        fields = schema_fields(schema.source, script) if isinstance(schema, Unread) else {}
        made = _collection(name, options, root, fields)
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


def _collection(
    name: str, options: Mapping[str, Any], root: Path, schema: Mapping[str, str]
) -> Collection | None:
    loader = options.get("loader")
    if loader is None and options.get("type", "content") == "content":  # before Astro 5
        return Collection(name, root / "src/content" / name, ("**/[!_]*.{md,mdx}",), False, schema)
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
    )


def _folders(source: Path) -> list[Collection]:
    """Return the folders of `src/content`, where the configuration names no collections."""
    try:
        folders = sorted(path for path in (source / "content").iterdir() if path.is_dir())
    except OSError:
        return []
    return [Collection(path.name, path, ("**/[!_]*.{md,mdx}",), False, {}) for path in folders]


def _code_of(source: Path, allowed: Callable[[Path], bool]) -> dict[Path, str]:
    """Return the site's own code below its source folder, what there is of a believable size."""
    found: dict[Path, str] = {}
    for path in files.walk(source, allowed, lambda folder: folder.name == "node_modules"):
        if path.suffix in _CODE and len(found) < _MAX_FILES:
            try:
                found[path] = files.start_of(path, 100_000).decode("utf-8", "replace")
            except OSError:
                continue
    return found


def _with_route(collection: Collection, routes: Routes) -> Collection:
    """Return the collection with its pages; where none asks for it, and all is told, it has none."""
    route = routes.of(collection.name)
    return replace(collection, route=route, shown=route is not None or not routes.known)
