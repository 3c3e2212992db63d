"""What a Jekyll site publishes besides its posts.

Rules are those of jekyll/reader.rb, page.rb, static_file.rb and collection.rb (4.3), and of usual plugins.
"""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from editor.site import files
from editor.site.generators.data_files import as_text, mappings, texts
from editor.site.generators.jekyll_places import place_of
from editor.site.generators.published import Published, base_of, of_template, patterns

if TYPE_CHECKING:
    from editor.site.generators.jekyll import Jekyll

_PLUGINS = frozenset(
    """
    jekyll-feed jekyll-sitemap jekyll-seo-tag jekyll-mentions jekyll-relative-links jekyll-redirect-from
    jekyll-titles-from-headings jekyll-optional-front-matter jekyll-paginate jekyll-paginate-v2 jekyll-archives jemoji
    jekyll-gist jekyll-coffeescript jekyll-default-layout jekyll-github-metadata jekyll-readme-index jekyll-avatar
    jekyll-commonmark jekyll-commonmark-ghpages jekyll-include-cache jekyll-remote-theme jekyll-sass-converter
    jekyll-toc jekyll-target-blank jekyll-external-links jekyll-last-modified-at jekyll-email-protect jekyll-spaceship
    jekyll-admin jekyll-compose jekyll-loading-lazy jekyll-data jekyll-twitter-plugin jekyll-youtube jekyll-postcss
    kramdown-parser-gfm kramdown-math-katex jekyll-katex jekyll-tidy jekyll-minifier jekyll-html-pipeline rouge
    """.split()  # noqa: SIM905
)
"""Plugins that make no pages, or whose pages are known here."""
_MARKDOWN = (".md", ".markdown", ".mkdn", ".mkd", ".mkdown")
_FRONT_MATTER = re.compile(rb"\A(?:\xef\xbb\xbf)?---\s*\r?\n")
_MADE = (
    "feed.xml",
    "atom.xml",
    "rss.xml",
    "feed/",
    "sitemap.xml",
    "robots.txt",
    "redirects.json",
    "404.html",
    "assets/css/",
    "assets/main.css",
    "assets/style.css",
    "assets/js/",
    "assets/fonts/",
    "css/",
    "js/",
    "favicon.ico",
    "page*/",
    "page/",
    "*/page/*",
    "tag/",
    "tags/",
    "category/",
    "categories/",
    "archive/",
    "archives/",
)
"""Feeds, lists and a theme's files."""


def published(site: "Jekyll") -> Published:
    """Return what is published besides posts."""
    pages: dict[str, Path] = {}
    redirected: list[str] = []
    now = datetime.now(UTC)
    bare = _takes_bare_pages(site)
    for path in files.walk(site.config.source, site.inside, lambda folder: _skipped(site, folder)):
        if site.is_post(path) or not (_is_page(path) or (bare and path.suffix in _MARKDOWN)):
            continue
        try:
            source = site.read(path.read_bytes().decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            continue
        found = site.publication(path, source, now)
        if found.published and found.url:
            pages["/" + unquote(urlsplit(found.url).path).lstrip("/")] = path
        redirected += redirects(source.values.get("redirect_from"))
    for path in site.post_paths():
        try:
            head = path.read_bytes()[:20_000]
        except OSError:
            continue
        if b"redirect_from" in head:
            redirected += redirects(
                site.read(head.decode("utf-8-sig", "replace")).values.get("redirect_from")
            )
    plugins = texts(site.config.values["plugins"]) + texts(site.config.values.get("gems"))
    return Published(
        base=base_of(site.url),
        pages=pages,
        asset=lambda name: _asset(site, name),
        made=patterns([*_MADE, *_made(site), *redirected]),
        complete=_PLUGINS.issuperset(plugins) and not _has_code(site),
        assets_known=not _has_code(site),
        folders_known=True,
    )


def _takes_bare_pages(site: "Jekyll") -> bool:
    """Return whether Markdown without front matter makes a page: by a plugin, which GitHub Pages has switched on."""
    return "jekyll-optional-front-matter" in texts(site.config.values["plugins"]) or _on_github(site)


def _on_github(site: "Jekyll") -> bool:
    """Return whether the site is built with the plugins that GitHub Pages has switched on."""
    try:
        return "github-pages" in (site.root / "Gemfile").read_text("utf-8", "replace")
    except OSError:
        return False


def redirects(value: object) -> list[str]:
    """Return the addresses that lead to a page by its `redirect_from`."""
    return [text.rstrip("/").removesuffix(".html") for text in texts(value)] + texts(value)


def source_link(site: "Jekyll", url: str, path: Path) -> Path | None:
    """Return the Markdown file that a relative link names, where the plugin jekyll-relative-links is on.

    In posts and other documents it is on only with `collections: true`
    (https://github.com/benbalter/jekyll-relative-links).
    """
    options = site.config.values.get("relative_links")
    collections = isinstance(options, dict) and options.get("collections") is True
    listed = texts(site.config.values["plugins"])
    if "jekyll-relative-links" not in listed and not _on_github(site):
        return None
    if not collections and place_of(site.config, path) is not None:
        return None
    name = files.linked_path(url)
    if not name or not name.endswith(_MARKDOWN):
        return None
    file = Path(
        os.path.normpath((site.config.source if name.startswith("/") else path.parent) / name.lstrip("/"))
    )
    return file if file.is_file() and site.inside(file) else None


def _asset(site: "Jekyll", name: str) -> Path | None:
    """Return the static file that is served at a path: one without front matter, in no special folder."""
    if not name or "\0" in name:
        return None
    file = Path(os.path.normpath(site.config.source / name))
    if not file.is_relative_to(site.config.source) or not file.is_file() or not site.inside(file):
        return _in_collection(site, name)
    parts = name.split("/")
    special = any(part.startswith(("_", ".", "#", "~")) for part in parts) or name.endswith("~")
    if special and not site.config.included(name):
        return None
    for count in range(1, len(parts) + 1):
        if site.config.excluded("/".join(parts[:count]), is_folder=count < len(parts)):
            return None
    return None if _is_page(file) else file


def _in_collection(site: "Jekyll", name: str) -> Path | None:
    """Return the static file of a collection with output: it is served below the collection's name."""
    label, _slash, inner = name.partition("/")
    settings = site.config.collection(label)
    if not inner or not settings or (not settings.get("output") and label != "posts"):
        return None
    file = site.config.source / as_text(site.config.values["collections_dir"]) / f"_{label}" / inner
    return file if file.is_file() and site.inside(file) and not _is_page(file) else None


def _is_page(path: Path) -> bool:
    """Return whether a file begins with front matter: all others are copied as they are."""
    try:
        with path.open("rb") as stream:
            return _FRONT_MATTER.match(stream.read(64)) is not None
    except OSError:
        return False


def _skipped(site: "Jekyll", folder: Path) -> bool:
    """Return whether no page lies below a folder: pages of collections do, in folders with an underscore."""
    source = files.relative(folder, site.config.source)
    if folder.name.startswith("_"):
        collection = site.config.collection(folder.name[1:])
        return place_of(site.config, folder / "x.md") is None or not (collection or folder.name == "_posts")
    return site.skipped(folder) and not site.config.included(source)


def _made(site: "Jekyll") -> Iterator[str]:
    """Yield what the configuration says of the addresses of lists."""
    values = site.config.values
    feed = values.get("feed")
    if isinstance(feed, dict):
        yield as_text(feed.get("path"))
    for name in ("paginate_path",):
        if as_text(values.get(name)):
            yield of_template(re.sub(r":num", "{n}", as_text(values.get(name)))).rstrip("/") + "/"
    archives = values.get("jekyll-archives")
    permalinks = archives.get("permalinks") if isinstance(archives, dict) else None
    for pattern in permalinks.values() if isinstance(permalinks, dict) else ():
        yield of_template(as_text(pattern)).rstrip("/") or "*"
    for entry in mappings(values.get("autopages")):
        yield from texts(list(entry.values()))


def _has_code(site: "Jekyll") -> bool:
    """Return whether the site has plugins of its own, which may make pages."""
    folders = texts(site.config.values.get("plugins_dir")) or ["_plugins"]
    return any(
        next((site.config.source / name).glob("**/*.rb"), None) for name in folders if "\0" not in name
    )
