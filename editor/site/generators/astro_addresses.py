"""What an Astro site publishes besides the posts of its collections: routes, and the files of `public`.

https://docs.astro.build/en/guides/routing/; what a route with a parameter makes, only a build knows.
"""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from editor.site import files
from editor.site.generators.published import Published, base_of, patterns

if TYPE_CHECKING:
    from editor.site.generators.astro import Astro

_PAGES = (".astro", ".md", ".mdx", ".markdown", ".html")
_ENDPOINTS = (".ts", ".js", ".mjs")
_PARAMETER = re.compile(r"\[[^\]]*\]")


def published(site: "Astro") -> Published:
    """Return what is published besides posts."""
    pages: dict[str, Path] = {}
    made = ["_astro/", "sitemap*.xml", "rss.xml", "robots.txt", "404.html", "pagefind/", "_image"]
    complete = True
    folder = site.config.source / "pages"
    for path in files.walk(folder, site.inside, lambda inner: inner.name.startswith((".", "_"))):
        inner = files.relative(path, folder)
        if path.name.startswith(("_", ".")):
            continue
        if not inner.endswith((*_PAGES, *_ENDPOINTS)):
            continue
        route = inner[: -len(path.suffix)]
        route = re.sub(r"(?:^|/)index$", "", route)
        if "[" in route:
            if _shows_posts(site, route):
                continue  # the index of posts tells its addresses
            wanted = _PARAMETER.sub("*", route)
            made.append(wanted)
            complete = complete and not wanted.startswith("*")  # a parameter at the root may be any page
        else:
            pages["/" + route] = path
    redirects = _redirects(site)
    return Published(
        base=base_of("/" + site.config.base.strip("/")),
        pages=pages,
        asset=site.static_file,
        made=patterns([*made, *redirects]),
        complete=complete and folder.is_dir() and not _has_integrations(site),
        assets_known=True,
    )


def source_link(site: "Astro", url: str, path: Path) -> Path | None:
    """Return the file that a relative picture names, which Astro takes into the build."""
    name = files.linked_path(url)
    if not name or name.startswith("/"):
        return None
    file = Path(os.path.normpath(path.parent / name))
    is_page = file.suffix in _PAGES
    return file if not is_page and file.is_file() and site.inside(file) else None


def _shows_posts(site: "Astro", route: str) -> bool:
    wanted = "/" + _PARAMETER.sub("{}", route)
    routes = [
        known.route for known in site.config.collections if known.route is not None and not known.own_ids
    ]
    return any(known.path == wanted and known.told for known in routes)


def _redirects(site: "Astro") -> list[str]:
    found = []
    for text in _configuration(site):
        for block in re.findall(r"redirects\s*:\s*\{(.*?)\n\s*\}", text, re.DOTALL):
            found += [
                _PARAMETER.sub("*", key).strip("/") for key in re.findall(r"[\"'](/[^\"']*)[\"']\s*:", block)
            ]
    return found


def _has_integrations(site: "Astro") -> bool:
    """Return whether an integration may inject routes."""
    return any(
        re.search(r"starlight|injectRoute|keystatic|decap|\bi18n\s*:", text) for text in _configuration(site)
    )


def _configuration(site: "Astro") -> list[str]:
    texts = []
    for file in site.configuration[:1]:
        try:
            texts.append(file.read_text("utf-8", "replace"))
        except OSError:
            continue
    return texts
