"""What a Pelican site publishes besides its articles.

Rules are those of pelican/generators.py and settings.py, Pelican 4.12: pages, static files, lists.
"""

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from editor.site import files
from editor.site.generators import pelican_metadata
from editor.site.generators.published import Published, base_of, of_template, patterns

if TYPE_CHECKING:
    from editor.site.generators.pelican import Pelican

_LISTS: Mapping[str, Any] = {
    "AUTHOR_FEED_ATOM": "feeds/{slug}.atom.xml",
    "AUTHOR_FEED_RSS": "feeds/{slug}.rss.xml",
    "AUTHOR_SAVE_AS": "author/{slug}.html",
    "CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml",
    "CATEGORY_FEED_RSS": None,
    "CATEGORY_SAVE_AS": "category/{slug}.html",
    "TAG_FEED_ATOM": None,
    "TAG_FEED_RSS": None,
    "TAG_SAVE_AS": "tag/{slug}.html",
    "FEED_ALL_ATOM": "feeds/all.atom.xml",
    "FEED_ALL_RSS": None,
    "FEED_ATOM": None,
    "FEED_RSS": None,
    "TRANSLATION_FEED_ATOM": "feeds/all-{lang}.atom.xml",
    "TRANSLATION_FEED_RSS": None,
    "YEAR_ARCHIVE_SAVE_AS": "",
    "MONTH_ARCHIVE_SAVE_AS": "",
    "DAY_ARCHIVE_SAVE_AS": "",
}
_NAMED = re.compile(r"[{|](?:static|attach)[|}]")
_MAKERS = re.compile(
    r"alias|redirect|i18n|sites|gallery|photos|notebook|ipynb|jupyter|pdf|static|categor|page|hierarch|permalink|slug"
    r"|archive|micro|json|organi|url|linker|import|link|multi|event|group|collect|comment|search|talk|bib|pub"
)
"""What the names of plugins have in them that may make pages, or other addresses."""
_DRAWERS = re.compile(
    r"gallery|photo|image|thumb|asset|favicon|avatar|plot|graph|svg|tikz|diagram|notebook|ipynb|jupyter"
)
"""What the names of plugins have in them that may make pictures."""
_DIRECT = ("index", "tags", "categories", "authors", "archives")
_SOURCES = (".md", ".markdown", ".mkd", ".mdown", ".rst", ".html", ".htm", ".xml")
_NOT_MARKDOWN = (".rst", ".html", ".htm", ".ipynb", ".adoc", ".asc", ".org", ".textile")


def published(site: "Pelican") -> Published:
    """Return what is published besides articles."""
    pages: dict[str, Path] = {}
    complete = True
    base = site.settings.path
    for path in files.walk(base, site.inside, lambda folder: folder.name in ("node_modules", ".git")):
        if site.is_page(path):
            address = site.content_address(path)
            if address:
                pages["/" + unquote(address).lstrip("/")] = path
        elif path.suffix in _NOT_MARKDOWN and site.may_be_content(path):
            complete = False  # an article or a page whose address its own reader tells
    given = site.settings.values["PLUGINS"]
    plugins = [str(name) for name in given] if isinstance(given, list | tuple) else []
    known = "PLUGINS" not in site.settings.unread
    linked: dict[str, Path] = {}
    for path in (*site.post_paths(), *pages.values()):
        linked.update(_linked(site, path))
    return Published(
        base=base_of(site.url),
        pages=pages,
        asset=lambda name: asset(site, name) or linked.get(name),
        made=patterns(_made(site)),
        from_root=bool(site.settings.values["RELATIVE_URLS"]),
        complete=complete and known and not any(map(_MAKERS.search, plugins)),
        assets_known=known and not any(map(_DRAWERS.search, plugins)),
        folders_known=True,
    )


def asset(site: "Pelican", name: str) -> Path | None:
    """Return the file that is served at a path: of STATIC_PATHS, or one that a link names by `{static}`."""
    for source, said in pelican_metadata.pairs(site.settings.values["EXTRA_PATH_METADATA"]):
        if posixpath.normpath(str(dict(pelican_metadata.pairs(said)).get("path", ""))) == name:
            file = site.settings.path / source
            return file if file.is_file() and site.inside(file) else None
    if "\0" in name or site.settings.values["STATIC_SAVE_AS"] != "{path}":
        return None
    file = Path(os.path.normpath(site.settings.path / name))
    if not file.is_file() or not site.inside(file) or not file.is_relative_to(site.settings.path):
        return None
    if file.suffix in _SOURCES and (site.is_post(file) or site.is_page(file)):
        return None
    return file if site.is_static(file) else None


def _linked(site: "Pelican", path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files that a post names by `{static}` or `{attach}`, with where they are published for that."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return
    if not _NAMED.search(text):
        return
    found = site.linked(path, site.read(text).values, text)["addresses"]
    for key, address in found.items():
        kind, _colon, name = key.partition(":")
        file = site.target(f"{{{kind}}}{files.quoted(name)}", path) if kind in ("static", "attach") else None
        if file is not None and isinstance(address, str):
            yield unquote(urlsplit(address).path).removeprefix(base_of(site.url)).lstrip("/"), file


def _made(site: "Pelican") -> Iterator[str]:
    """Yield what the addresses of lists, feeds and a theme's files look like."""
    values = site.settings.values
    for name, usual in _LISTS.items():
        given = values.get(name, usual)
        if isinstance(given, str) and given:
            pattern = of_template(given)
            yield pattern
            yield pattern.removesuffix(".html")
            yield pattern.removesuffix("index.html") or pattern
            yield pattern.removesuffix(".html") + "*.html"  # further pages of a list
    listed = values.get("DIRECT_TEMPLATES", _DIRECT)
    for name in listed if isinstance(listed, list | tuple) else _DIRECT:
        given = values.get(f"{str(name).upper()}_SAVE_AS", f"{name}.html")
        if isinstance(given, str) and given:
            yield of_template(given)
            yield of_template(given).removesuffix("index.html") or given
            yield of_template(given).removesuffix(".html") + "*.html"
    further = values.get("TEMPLATE_PAGES")
    for target in further.values() if isinstance(further, Mapping) else ():
        yield str(target)
        yield str(target).removesuffix("index.html")
    theme = values.get("THEME_STATIC_DIR", "theme")
    yield f"{theme}/" if isinstance(theme, str) else "theme/"
    yield "drafts/"
    yield "page/*"
    yield "sitemap.xml"
