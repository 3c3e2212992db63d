"""What an Eleventy site publishes besides its Markdown pages: other templates, copied files, lists.

https://www.11ty.dev/docs/permalinks/, https://www.11ty.dev/docs/copy/, https://www.11ty.dev/docs/pagination/.
"""

import os
import posixpath
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from editor.site import files
from editor.site.generators.published import Published, base_of, patterns

if TYPE_CHECKING:
    from editor.site.generators.eleventy import Eleventy

_TEMPLATES = (".njk", ".liquid", ".html", ".hbs", ".mustache", ".ejs", ".haml", ".pug", ".webc")
_SCRIPTS = (".11ty.js", ".11ty.cjs", ".11ty.mjs", ".11ty.ts", ".jsx", ".tsx", ".mdx")
_PERMALINK = re.compile(r"(?m)^permalink:[ \t]*(.+?)[ \t]*$")
_PAGINATED = re.compile(r"(?m)^pagination:")
_FILLED = re.compile(r"\{[{%].*?[%}]\}")
_SUFFIX = re.compile(r"\.[a-z0-9]+$", re.IGNORECASE)


def published(site: "Eleventy") -> Published:
    """Return what is published besides Markdown pages that are posts."""
    pages: dict[str, Path] = {}
    made = ["feed/", "sitemap.xml", "robots.txt", "favicon.*", "bundle/", "dist/", "img/built/", ".11ty/"]
    complete, known = True, True
    base = site.content_dirs[0]
    now = datetime.now(UTC)
    for path in files.walk(base, site.inside, lambda folder: _skipped(site, folder)):
        if path.name.endswith(_SCRIPTS):
            complete = False  # its own code tells where it is published
        if not path.name.endswith(_TEMPLATES) or not site.is_template(path):
            continue
        text = _text(path)
        link = _PERMALINK.search(text)
        given = link[1].strip("\"'") if link else ""
        if given == "false":
            continue
        if given.startswith(("|", ">")):
            complete = False
        elif _FILLED.search(given) or (not given and _PAGINATED.search(text)):
            wanted = (
                _FILLED.sub("*", given).strip("/") if given else f"{site.usual_address(path).strip('/')}*"
            )
            made.append(wanted if not wanted.startswith("*") else "*")
            made.append(wanted.removesuffix("index.html") or "index.html")
            complete = complete and not wanted.startswith("*")
        else:
            address = site.usual_address(path) if not given else "/" + given.strip("/")
            pages[unquote(address)] = path
    if any(not site.publication(path, site.read(_text(path)), now).url for path in site.post_paths()):
        complete = False  # a template makes its address
    if any("*" in source or not source for source, _place in site.config.passthrough) or site.problems:
        known = False
    return Published(
        base=base_of("/" + site.config.path_prefix.strip("/")),
        pages=pages,
        asset=lambda name: _asset(site, name),
        beside=lambda source, name: _beside(site, source, name),
        made=patterns(made),
        complete=complete and not site.problems and not _has_plugins(site),
        assets_known=known,
        folders_known=True,
    )


def _asset(site: "Eleventy", name: str) -> Path | None:
    """Return the file that is copied to a path: a folder, a file or a glob of the configuration names it."""
    if not name or "\0" in name:
        return None
    for file in site.published_at([name]):
        found = Path(os.path.normpath(file))
        if found.is_file() and site.inside(found):
            return found
    return None


def _beside(site: "Eleventy", source: Path, name: str) -> Path | None:
    """Return the file beside a page that is copied with it, where the site has that switched on."""
    if not site.config.beside or "\0" in name:
        return None
    file = Path(os.path.normpath(source.parent / name))
    return file if file.is_file() and site.inside(file) and not file.name.endswith(".md") else None


def _skipped(site: "Eleventy", folder: Path) -> bool:
    inner = files.relative(folder, site.root)
    reserved = (*site.config.reserved, site.config.output)
    return site.skipped(folder) or inner in reserved or bool(site.ignored.match_file(inner + "/"))


def _has_plugins(site: "Eleventy") -> bool:
    """Return whether a plugin may make pages, or its code adds templates."""
    for file in site.config.files:
        if re.search(r"\baddTemplate\(|feedPlugin|\beleventy\.after\b|InputPathToUrl", _text(file)):
            return "InputPathToUrl" not in _text(file)
    return False


def _text(path: Path) -> str:
    try:
        return path.read_bytes()[:200_000].decode("utf-8-sig", "replace")
    except OSError:
        return ""


def source_link(site: "Eleventy", url: str, path: Path) -> Path | None:
    """Return the source that a link names, where a plugin writes its address in its place.

    InputPathToUrl does so for templates, the transform of eleventy-img for pictures.
    """
    name = files.linked_path(url)
    code = "".join(_text(file) for file in site.config.files)
    if name and re.search(r"eleventyImageTransformPlugin|eleventy-img", code):
        picture = Path(os.path.normpath(path.parent / name))
        if not name.startswith("/") and picture.is_file() and site.inside(picture):
            return picture
    if not name or "InputPathToUrl" not in code:
        return None
    base = site.content_dirs[0] if name.startswith("/") else path.parent
    for folder in (base, site.content_dirs[0], site.root):
        file = Path(os.path.normpath(folder / name.lstrip("/")))
        if file.is_file() and site.inside(file) and (site.is_post(file) or file.name.endswith(_TEMPLATES)):
            return file
    return None


def usual_address(site: "Eleventy", path: Path) -> str:
    """Return the address of a template that sets none itself."""
    found = site.relative(path)
    folder, name = posixpath.split(found[1] if found else path.name)
    stem = _SUFFIX.sub("", name)
    if stem == "index" or posixpath.basename(folder) == stem:
        stem = ""
    return posixpath.join("/", folder, stem, "").replace("//", "/")
