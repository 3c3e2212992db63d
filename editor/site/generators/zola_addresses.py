"""What a Zola site publishes besides its pages: sections, files beside them, and the lists that it makes.

https://www.getzola.org/documentation/content/overview/ (asset colocation), /content/taxonomies/, /templates/feeds/.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from editor.site import files
from editor.site.generators.data_files import as_text, mappings, texts
from editor.site.generators.published import Published, base_of, patterns

if TYPE_CHECKING:
    from editor.site.generators.zola import Zola

_MADE = (
    "atom.xml",
    "rss.xml",
    "feed.xml",
    "*/atom.xml",
    "*/rss.xml",
    "sitemap*.xml",
    "robots.txt",
    "404.html",
    "search_index.*",
    "elasticlunr.min.js",
    "fuse.js",
    "processed_images/",
    "page/*",
    "*/page/*",
    "*.css",
    "giallo*",
    "syntax-theme-*",
)


def published(site: "Zola") -> Published:
    """Return what is published besides pages."""
    base = site.content_dirs[0]
    pages: dict[str, Path] = {"/": base / "_index.md"}
    made = [*_MADE, *_taxonomies(site)]
    for path in files.walk(base, site.inside, site.skipped):
        if path.suffix != ".md":
            continue
        made += _aliases(site, path)
        if path.name.startswith("_index."):
            address = site.section_address(path)
            if address:
                pages[address] = path
    return Published(
        base=base_of(site.url),
        pages=pages,
        asset=site.static_file,
        beside=lambda source, name: beside(site, source, name),
        made=patterns(made),
        complete=True,
        assets_known=True,
    )


def beside(site: "Zola", source: Path, name: str) -> Path | None:
    """Return the file beside a page or a section with a folder of its own, which is copied with it."""
    if source.stem.split(".")[0] not in ("index", "_index") or not name or "\0" in name:
        return None
    file = Path(os.path.normpath(source.parent / name))
    if not file.is_relative_to(source.parent) or not file.is_file() or not site.inside(file):
        return None
    if file.suffix == ".md":
        return None
    between = file.parent
    while between != source.parent:  # those below are of pages and sections there
        if any((between / index).is_file() for index in ("index.md", "_index.md")):
            return None
        between = between.parent
    return file


def _taxonomies(site: "Zola") -> Iterator[str]:
    """Yield the beginnings of the addresses of taxonomies, in each language."""
    listed = site.values.get("languages")
    scopes = [("", site.values)]
    scopes += (
        [(f"{code}/", scope) for code, scope in listed.items() if isinstance(scope, dict)]
        if isinstance(listed, dict)
        else []
    )
    for prefix, scope in scopes:
        for entry in mappings(scope.get("taxonomies")):
            name = as_text(entry.get("name"))
            if name:
                yield f"{prefix}{name}/"
                yield f"{prefix}{site.slug(name)}/"
        for name in texts(scope.get("feed_filenames")) + texts(scope.get("feed_filename")):
            yield prefix + name
            yield f"{prefix}*/{name}"


def _aliases(site: "Zola", path: Path) -> Iterator[str]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return
    if "aliases" in text[:20_000]:
        for alias in texts(site.read(text).values.get("aliases")):
            yield alias.strip("/").removesuffix("/index.html")
