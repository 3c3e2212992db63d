"""What a Hugo site publishes besides its posts: sections, files of bundles, and the lists that it makes.

Rules are those of Hugo 0.168 (hugolib/content_map_page.go, resources/page/page_paths.go);
https://gohugo.io/content-management/organization/, /page-bundles/, /taxonomies/, /urls/#aliases.
"""

import os
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from editor.site import files
from editor.site.generators import hugo_dialect, hugo_paths
from editor.site.generators.data_files import as_text, lowered, mappings, texts
from editor.site.generators.hugo_linked import PAGES, references
from editor.site.generators.published import Published, base_of, patterns

if TYPE_CHECKING:
    from editor.site.generators.hugo import Hugo

_OTHERS = (".org", ".adoc", ".asciidoc", ".ad", ".pandoc", ".pdc", ".rst")
"""Pages in languages that other programs read."""
_MADE = (
    "index.*",
    "*/index.*",
    "sitemap.xml",
    "robots.txt",
    "404.html",
    "page/*",
    "*/page/*",
    "feed.xml",
    "rss.xml",
)
_HEAD = 20_000


def published(site: "Hugo") -> Published:
    """Return what is published besides posts."""
    pages: dict[str, Path] = {"/": site.content_dirs[0] / "_index.md" if site.content_dirs else site.root}
    made = [*_MADE, *_taxonomies(site)]
    complete = True
    codes = set(site.config.languages)
    for folder in site.content_dirs:
        for path in files.walk(folder, site.inside, site.skipped):
            if path.name.startswith("_content."):
                complete = False  # code that makes pages
            if path.name.endswith(_OTHERS) or (path.suffix in (".html", ".htm") and _has_front_matter(path)):
                complete = False
            if not path.name.endswith(PAGES):
                continue
            made += _aliases(site, path)
            if path.name.startswith("_index."):
                address = _section_address(site, folder, path)
                if address:
                    pages[address] = path
        for inner in sorted(folder.iterdir()) if folder.is_dir() else ():
            if inner.is_dir() and not inner.name.startswith(".") and not site.is_bundle(inner):
                for code in codes:  # a folder of its own is a section, with or without an index
                    prefix = site.config.languages[code].prefix
                    pages.setdefault(_joined(prefix, site.slug(inner.name)), inner / "_index.md")
    for language in site.config.languages.values():
        if language.prefix:
            pages.setdefault(_joined(language.prefix), pages["/"])
    themed = bool(list(hugo_dialect.missing_themes(site.config.values, site.root)))
    return Published(
        base=base_of(site.url),
        pages=pages,
        asset=site.static_file,
        beside=lambda source, name: beside(site, source, name),
        made=patterns(made),
        complete=complete,
        assets_known=not themed and not _mounts_below_static(site),
        folders_known=True,
    )


def source_link(site: "Hugo", url: str, path: Path) -> Path | None:
    """Return the file that a link names where a template for links, of the site or of a theme, may look it up."""
    hooks = site.dialect.options["hooks"]
    if not hooks and not list(hugo_dialect.missing_themes(site.config.values, site.root)):
        return None
    name = files.linked_path(url)
    return site.target(url, path) if name and not name.startswith("/") else None


def missing_references(site: "Hugo", path: Path, text: str) -> list[str]:
    """Return what `ref` and `relref` ask for, and no page or section has as its path or its name."""
    asked = references(text)
    if not asked or as_text(site.config.values.get("reflinkserrorlevel")).lower() == "warning":
        return []
    known = None
    missing = []
    for name in sorted(asked):
        wanted = name.strip("/")
        starts = [*site.content_dirs, *([] if name.startswith("/") else [path.parent, path.parent.parent])]
        if any(_is_some_page(start / wanted) for start in starts) or "\0" in name or not wanted:
            continue
        if known is None:
            known = {inner.lower() for folder in site.content_dirs for inner in _names_in(site, folder)}
        if posixpath.basename(wanted).lower() not in known:
            missing.append(name)
    return missing


def _is_some_page(file: Path) -> bool:
    found = Path(os.path.normpath(file))
    return found.exists() or any(
        found.with_name(found.name + suffix).exists() for suffix in (*PAGES, *_OTHERS)
    )


def _names_in(site: "Hugo", folder: Path) -> Iterator[str]:
    """Yield what pages may be called below a folder: files with and without what follows a dot, and folders."""
    for path in files.walk(folder, site.inside, site.skipped):
        yield path.name
        yield path.stem
        yield path.name.split(".")[0]
        yield path.parent.name


def beside(site: "Hugo", source: Path, name: str) -> Path | None:
    """Return the file that is served below the page of a source: of its bundle, or of its section's folder."""
    stem = source.name.split(".")[0]
    if stem not in ("index", "_index") or not name or "\0" in name:
        return None
    file = Path(os.path.normpath(source.parent / name))
    if not file.is_relative_to(source.parent) or not file.is_file() or not site.inside(file):
        return None
    if file.name.endswith((*PAGES, *_OTHERS)) or any(part.startswith(".") for part in name.split("/")):
        return None
    between = file.parent
    while stem == "_index" and between != source.parent:
        if site.is_bundle(between):  # those are of that page
            return None
        between = between.parent
    return file


def _mounts_below_static(site: "Hugo") -> bool:
    """Return whether a mount shows a folder somewhere below what is served, which is not looked into."""
    module = site.config.values.get("module")
    listed = mappings(module.get("mounts")) if isinstance(module, Mapping) else ()
    return any(as_text(mount.get("target")).startswith("static/") for mount in listed)


def _section_address(site: "Hugo", folder: Path, path: Path) -> str:
    """Return the address of the section of an `_index` file; empty where it has none that is known."""
    values = {str(key).lower(): value for key, value in _values(site, path).items()}
    inner = path.parent.relative_to(folder).as_posix()
    code = path.name.split(".")[1].lower() if path.name.count(".") > 1 else ""
    mount = next((known for known in site.config.content if known.source == folder), None)
    code = code or next(iter((mount.languages if mount else ()) or site.config.languages), "")
    language = site.config.languages.get(code)
    if language is None:
        return ""
    url = as_text(values.get("url"))
    if url:
        return "/" + unquote(url).strip("/") + "/" if url.strip("/") else "/"
    parts = [
        part
        for part in posixpath.join(mount.target if mount else "", inner).split("/")
        if part not in ("", ".")
    ]
    return _joined(language.prefix, *(site.slug(part) for part in parts))


def _joined(*parts: str) -> str:
    inner = "/".join(part.strip("/") for part in parts if part.strip("/"))
    return f"/{inner}/" if inner else "/"


def _taxonomies(site: "Hugo") -> Iterator[str]:
    """Yield the beginnings of the addresses of lists by tag, category and the like."""
    for language in site.config.languages.values():
        listed = language.values.get("taxonomies")
        names = list(listed.values()) if isinstance(listed, Mapping) else ["tags", "categories"]
        for name in texts(names):
            yield posixpath.join(language.prefix, name.lower()) + "/"
            yield posixpath.join(language.prefix, hugo_paths.sanitized(name).lower()) + "/"


def _aliases(site: "Hugo", path: Path) -> Iterator[str]:
    """Yield the further addresses of a page, which lead to it."""
    try:
        head = files.start_of(path, _HEAD)
    except OSError:
        return
    if b"aliases" not in head.lower():
        return
    listed = lowered(_values(site, path)).get("aliases")
    for alias in texts(listed):
        text = unquote(urlsplit(alias).path)
        if text.startswith("/"):
            yield text.strip("/")
        else:  # from the folder above the page's own
            yield "*/" + text.strip("/")
            yield text.strip("/")


def _values(site: "Hugo", path: Path) -> Mapping[str, object]:
    try:
        return site.read(path.read_text("utf-8-sig")).values
    except (OSError, UnicodeDecodeError):
        return {}


def _has_front_matter(path: Path) -> bool:
    try:
        return files.start_of(path, 3) in (b"---", b"+++")
    except OSError:
        return False
