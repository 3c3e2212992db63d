"""What a Nikola site publishes besides its posts.

Rules are those of nikola/nikola.py and plugins/task (copy_files, galleries, listings, sources, taxonomies), Nikola 8.3.
"""

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from editor.site import files
from editor.site.generators.published import Published, base_of, patterns

if TYPE_CHECKING:
    from editor.site.generators.nikola import Nikola

_LISTS = (
    "archive.html",
    "index*.html",
    "rss.xml",
    "*.atom",
    "*rss.xml",
    "feed.xsl",
    "rss.xsl",
    "atom.xsl",
    "sitemap*.xml",
    "robots.txt",
    "404.html",
    "assets/",
    "authors/",
    "archive/",
    "categories/",
    "sections/",
    "page-*.html",
)
_FOLDERS = (
    "AUTHOR_PATH",
    "TAG_PATH",
    "CATEGORY_PATH",
    "SECTION_PATH",
    "ARCHIVE_PATH",
    "TAGS_INDEX_PATH",
    "INDEX_PATH",
)
_SOURCES = (".md", ".markdown", ".rst", ".txt")
_SKIPPED = ("node_modules", ".git", "cache", "output", "__pycache__")


def published(site: "Nikola") -> Published:
    """Return what is published besides posts."""
    pages: dict[str, Path] = {}
    complete = not site.settings.unread.keys() & {"POSTS", "PAGES"}
    now = datetime.now(UTC)
    seen: set[Path] = set()
    for collection in site.settings.collections:
        folder = Path(os.path.normpath(site.root / collection.folder))
        if folder in seen or not folder.is_dir() or not site.inside(folder):
            continue
        seen.add(folder)
        for path in files.walk(folder, site.inside, lambda inner: inner.name in _SKIPPED):
            if site.is_page(path):
                address = site.permalink(path, None, now)
                if address:
                    pages[unquote(address)] = path
            elif site.is_other_source(path):
                complete = False  # its own reader tells where it is published
    return Published(
        base=base_of(site.url),
        rooted=True,
        pages=pages,
        asset=lambda name: _asset(site, name),
        beside=lambda source, name: source if name == f"index{source.suffix}" else None,
        made=patterns([*_LISTS, *_made(site)]),
        complete=complete,
        assets_known=True,
    )


def _asset(site: "Nikola", name: str) -> Path | None:
    """Return the file that is served at a path: of the folders that are copied, or a source beside its page."""
    if not name or "\0" in name:
        return None
    for source, target in _copied(site):
        below = target.strip("/")
        if below and not name.startswith(below + "/"):
            continue
        inner = name[len(below) :].lstrip("/") if below else name
        for variant in (inner, inner.removesuffix(".html")):  # a listing has a page of its own
            file = Path(os.path.normpath(site.root / source / variant))
            if file.is_file() and site.inside(file):
                return file
    return None


def _copied(site: "Nikola") -> Iterator[tuple[str, str]]:
    values, others = site.settings.values, site.settings.others
    for setting in ("FILES_FOLDERS", "IMAGE_FOLDERS"):
        for folder, target in values[setting].items():
            yield str(folder), str(target)
    for setting, usual in (("LISTINGS_FOLDERS", "listings"), ("GALLERY_FOLDERS", "galleries")):
        given = others.get(setting)
        for folder, target in given.items() if isinstance(given, Mapping) else ((usual, usual),):
            yield str(folder), str(target)


def _made(site: "Nikola") -> Iterator[str]:
    """Yield what the addresses of lists look like that the settings name, and of what is made of a source."""
    others = site.settings.others
    for name in _FOLDERS:
        given = others.get(name)
        for folder in given.values() if isinstance(given, Mapping) else (given,):
            if isinstance(folder, str) and folder.strip("/"):
                yield folder.strip("/") + "/"
    for key in ("GALLERY_FOLDERS", "LISTINGS_FOLDERS"):
        given = others.get(key)
        for target in given.values() if isinstance(given, Mapping) else (key.split("_")[0].lower(),):
            yield str(target).strip("/") + "/index.html"
            yield str(target).strip("/")
    for language, folder in site.settings.translations.items():
        if language != site.settings.default_lang and folder:
            yield folder.strip("/") + "/"  # posts that are not translated are shown there all the same
    for number in range(10):
        yield f"{number}*.html"  # archives by year
        yield f"{number}*/index.html"
    listed = others.get("REDIRECTIONS")
    for entry in listed if isinstance(listed, list | tuple) else ():
        if isinstance(entry, list | tuple) and entry and isinstance(entry[0], str):
            yield entry[0].removesuffix("index.html")
    for collection in site.settings.collections:
        for target in collection.destinations.values():
            yield f"{target.strip('/')}/index*.html".lstrip("/")
            yield target.strip("/") or "index"
            if not site.settings.values["PRETTY_URLS"]:
                for suffix in _SOURCES:
                    yield f"{target.strip('/')}/*{suffix}".lstrip("/")  # copies of sources
