"""Hugo's render hooks: its own for links and pictures, and which of the site's a page would need.

https://gohugo.io/render-hooks/; observed with Hugo 0.168. The site's hooks are templates, which are not run.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from editor.render.commonmark.plugins.goldmark_attributes import escaped
from editor.render.commonmark.plugins.goldmark_headings import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ALERT = re.compile(r"\[![A-Za-z]+\]")
_KINDS = {
    "link_open": "link",
    "image": "image",
    "heading_open": "heading",
    "table_open": "table",
    "passthrough": "passthrough",
}


def hooks_needed(tokens: Sequence[Token], hooks: frozenset[str]) -> Iterator[str]:
    """Yield the names of the site's hooks, of those there are, that tokens would be rendered by."""
    for index, token in enumerate(tokens):
        if token.children:
            yield from hooks_needed(token.children, hooks)
        kind = _KINDS.get(token.type, "")
        names = [kind]
        if token.type == "fence":
            names = [f"codeblock-{token.info.strip().split(' ', 1)[0].partition('{')[0]}", "codeblock"]
        elif token.type == "blockquote_open":
            text = tokens[index + 2].content if index + 2 < len(tokens) else ""
            names = [f"blockquote-{'alert' if _ALERT.match(text) else 'regular'}", "blockquote"]
        elif token.type == "passthrough":
            names += ["passthrough-block" if token.block else "passthrough-inline"]
        yield from (name for name in names if name in hooks)


def link_address(url: str, facts: Mapping[str, Any]) -> str:
    """Return the address that Hugo's own hook writes for a link."""
    parts = urlsplit(url)
    if url.startswith("#"):
        return _safe(f"{facts.get('permalink', '')}#{parts.fragment}")
    if not url or _SCHEME.match(url):
        return _safe(url)
    path = unquote(parts.path).removeprefix("./")
    page = facts.get("pages", {}).get(path)
    found = page[1] if isinstance(page, list) and len(page) == 2 else facts.get("resources", {}).get(path)
    return _safe(_with_rest(found, url) if found else url)


def picture(token: Token, facts: Mapping[str, Any]) -> str:
    """Return the HTML that Hugo's own hook writes for a picture."""
    source = str(token.attrs.get("src", ""))
    if not _SCHEME.match(source):
        path = unquote(urlsplit(source).path).removeprefix("./")
        found = facts.get("resources", {}).get(path)
        source = _with_rest(found, source) if found else source
    title = f' title="{escape(str(token.attrs["title"]))}"' if token.attrs.get("title") else ""
    attributes = token.meta.get("attributes", {}) if token.meta else {}
    more = "".join(
        f' {name.lower()}="{escaped(value)}"'
        for name, value in sorted(attributes.items())
        if value and not name.lower().startswith("on")
    )
    return (
        f'<img src="{escape(_safe(source))}" alt="{escape(plain_text(token.children or []))}"{title}{more}>'
    )


def _with_rest(found: str, url: str) -> str:
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{found}{query}#{parts.fragment}" if parts.fragment else f"{found}{query}"


def _safe(url: str) -> str:
    """Return an address as a template of Hugo lets it into an attribute."""
    scheme = _SCHEME.match(url)
    return "#ZgotmplZ" if scheme and scheme[1].lower() not in ("http", "https", "mailto") else url
