"""How a Hexo site writes Markdown: from its configuration to the dialect that the render worker follows.

Sources: hexo-renderer-marked (README, lib/renderer.js), hexo's default_config.js.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from editor.errors import OpenError
from editor.post.disk import read_bytes
from editor.render.protocol import Dialect
from editor.translation import gettext as _

_RENDERERS = (
    "hexo-renderer-markdown-it hexo-renderer-markdown-it-plus hexo-renderer-kramed hexo-renderer-pandoc "
    "hexo-renderer-multi-markdown-it hexo-renderer-markdown-it-katex hexo-renderer-mathjax"
)
"""Packages that render Markdown in the place of marked."""

_CHANGING = re.compile(
    r"hexo-(?:filter-(?!sitemap|optimize)|lazyload|blog-encrypt|math\b|image-|img|asset-image|spoiler|reference|footnotes?|"
    r"tag-|admonition|prism|shiki|renderer-mermaid|wikilink|emoji|toc\b|pangu|katex|lightgallery|fancybox)"
)
"""Packages that change what a post's Markdown became."""

_FIRST = "marked"


def dialect(values: Mapping[str, Any], root: Path) -> Dialect:
    """Return the dialect of the site in `root` whose configuration is `values`."""
    marked = values.get(_FIRST)
    options = {
        "flavour": "hexo",
        "front_matter": "hexo",
        "marked": _plain(marked) if isinstance(marked, Mapping) else {},
        "highlighter": _highlighter(values),
        "highlight": _section(values, "highlight"),
        "prismjs": _section(values, "prismjs"),
        "root": _root(values),
        "url": str(values.get("url") or ""),
        "relative_link": bool(values.get("relative_link")),
        "templates": not (isinstance(marked, Mapping) and marked.get("disableNunjucks")),
        "trusted": False,
    }
    return Dialect("commonmark", options, tuple(_reasons(options["marked"], values, root)))


def _reasons(marked: Any, values: Mapping[str, Any], root: Path) -> Iterator[str]:
    packages = _packages(root)
    other = [name for name in _RENDERERS.split() if name in packages]
    if other:
        yield _("The site renders Markdown with {name}; the preview approximates it by marked.").format(
            name=other[0]
        )
    for name in sorted(packages):
        if _CHANGING.match(name):
            yield _("The plugin {name} changes pages: what it adds is missing in the preview.").format(
                name=name
            )
    if (root / "scripts").is_dir() and any((root / "scripts").glob("*.js")):
        yield _("The site's own scripts are not run in the preview.")
    for name in ("pedantic", "dompurify", "anchorAlias"):
        if marked.get(name):
            yield _("The option {name} of {package} is not known to the preview.").format(
                name=name, package="marked"
            )
    if marked.get("gfm") is False:
        yield _("The option {name} of {package} is not known to the preview.").format(
            name="gfm", package="marked"
        )
    external = values.get("external_link")
    if isinstance(external, Mapping) and external.get("enable", True) and external.get("field") == "post":
        yield _(
            "Links to other sites get attributes when the site is built, which the preview does not give them."
        )


def _highlighter(values: Mapping[str, Any]) -> str:
    """Return which program colours code: since Hexo 7 it is named, before that each could be switched on."""
    if "syntax_highlighter" in values:
        return str(values["syntax_highlighter"] or "")
    highlight, prismjs = values.get("highlight"), values.get("prismjs")
    if isinstance(prismjs, Mapping) and prismjs.get("enable"):
        return "prismjs"
    return "" if isinstance(highlight, Mapping) and highlight.get("enable") is False else "highlight.js"


def _root(values: Mapping[str, Any]) -> str:
    """Return the path that all addresses begin with: `root`, else that of `url`."""
    found = values.get("root")
    if not isinstance(found, str) or not found:
        found = re.sub(r"^[a-z]+://[^/]*", "", str(values.get("url") or ""))
    return "/" + found.strip("/") + "/" if found.strip("/") else "/"


def _section(values: Mapping[str, Any], name: str) -> Any:
    found = values.get(name)
    return _plain(found) if isinstance(found, Mapping) else {}


def _packages(root: Path) -> set[str]:
    try:
        found = json.loads(read_bytes(root / "package.json"))
        return set(found.get("dependencies") or {})
    except (OpenError, ValueError, AttributeError, TypeError):
        return set()


def _plain(value: Any) -> Any:
    """Return `value` with nothing in it that JSON does not have."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool | type(None)) else str(value)
