"""What a Hexo site publishes besides its posts: pages, copied files, and the lists that generators make.

https://hexo.io/docs/asset-folders, https://hexo.io/docs/configuration; hexo/dist/plugins/generator (7.3).
"""

import json
import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from editor.site import files
from editor.site.generators import globs
from editor.site.generators.data_files import as_text, texts
from editor.site.generators.published import Published, patterns

if TYPE_CHECKING:
    from editor.site.generators.hexo import Hexo

_RENDERED = {
    ".md": ".html",
    ".markdown": ".html",
    ".mkd": ".html",
    ".mkdn": ".html",
    ".mdwn": ".html",
    ".mdtxt": ".html",
    ".mdtext": ".html",
    ".mdown": ".html",
    ".ejs": ".html",
    ".njk": ".html",
    ".pug": ".html",
    ".styl": ".css",
}
_HARMLESS = re.compile(
    r"hexo|hexo-cli|hexo-(?:renderer|generator|server|deployer|theme|filter|highlight|math|word|lazyload|prism|front-matter"
    r"|browsersync|blog-encrypt|excerpt|reading-time|all-minifier|html-minifier|abbrlink|toc|util|log|fs).*"
)
_MADE = (
    "archives/",
    "tags/",
    "categories/",
    "page/*",
    "atom.xml",
    "rss*.xml",
    "feed.*",
    "sitemap.*",
    "baidusitemap.xml",
    "search.*",
    "content.json",
    "robots.txt",
    "css/",
    "js/",
    "lib/",
    "fonts/",
    "fancybox/",
    "favicon.*",
    "404.html",
)


def published(site: "Hexo") -> Published:
    """Return what is published besides posts."""
    pages: dict[str, Path] = {"/": site.source_dir / "index.md"}
    for path in files.walk(site.source_dir, site.inside, lambda folder: folder.name.startswith(("_", "."))):
        inner = files.relative(path, site.source_dir)
        if path.suffix.lower() not in _RENDERED or _is_raw(site, inner):
            continue
        own = as_text(_values(site, path).get("permalink"))
        target = own.strip("/") or inner[: -len(path.suffix)] + _RENDERED[path.suffix.lower()]
        pages["/" + target] = path
    return Published(
        base=posixpath.join("/", as_text(site.values.get("root"))).rstrip("/"),
        pages=pages,
        asset=lambda name: _asset(site, name),
        beside=lambda source, name: _beside(site, source, name),
        made=patterns([*_MADE, *_lists(site)]),
        complete=_is_plain(site),
        assets_known=_is_plain(site),
    )


def _asset(site: "Hexo", name: str) -> Path | None:
    """Return the file of the source folder, or of the theme's, that is copied to a path."""
    if not name or "\0" in name:
        return None
    theme = as_text(site.values.get("theme"))
    themed = [site.root / "themes" / theme / "source"] if theme else []
    for folder in (site.source_dir, *themed):
        file = Path(os.path.normpath(folder / name))
        inner = files.relative(file, folder)
        if not file.is_relative_to(folder) or not file.is_file() or not site.inside(file):
            continue
        if re.search(r"(?:^|/)[_.]", inner) and not _included(site, inner):
            continue
        if file.suffix.lower() not in _RENDERED or _is_raw(site, inner):
            return file
    return None


def _beside(site: "Hexo", source: Path, name: str) -> Path | None:
    """Return the file of a post's own folder, which is copied below its address."""
    if not site.values.get("post_asset_folder") or "\0" in name:
        return None
    folder = source.with_suffix("")
    file = Path(os.path.normpath(folder / name))
    return file if file.is_relative_to(folder) and file.is_file() and site.inside(file) else None


def _is_raw(site: "Hexo", inner: str) -> bool:
    return any(globs.matches(pattern, inner) for pattern in texts(site.values.get("skip_render")))


def _included(site: "Hexo", inner: str) -> bool:
    return any(globs.matches(pattern, inner) for pattern in texts(site.values.get("include")))


def _lists(site: "Hexo") -> Iterator[str]:
    """Yield the beginnings of addresses of lists, as the configuration names their folders."""
    for key in ("archive_dir", "tag_dir", "category_dir", "code_dir"):
        name = as_text(site.values.get(key)).strip("/")
        if name:
            yield f"{name}/"
    for key in ("feed", "sitemap", "search"):
        options = site.values.get(key)
        yield from texts(options.get("path")) if isinstance(options, Mapping) else ()


def _is_plain(site: "Hexo") -> bool:
    """Return whether neither scripts of the site nor unknown plugins may make pages."""
    if next((site.root / "scripts").glob("**/*.js"), None) is not None:
        return False
    try:
        package = json.loads((site.root / "package.json").read_text("utf-8", "replace"))
    except (OSError, ValueError):
        return True
    listed = package.get("dependencies") if isinstance(package, Mapping) else None
    names = [str(name) for name in listed] if isinstance(listed, Mapping) else []
    return all(_HARMLESS.fullmatch(name) for name in names if name.startswith("hexo"))


def _values(site: "Hexo", path: Path) -> Mapping[str, object]:
    try:
        return site.read(path.read_text("utf-8-sig")).values
    except (OSError, UnicodeDecodeError):
        return {}
