"""The HTML that goldmark writes where it is not what markdown-it writes, observed with Hugo 0.168."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from editor.render.commonmark.plugins.goldmark_attributes import escaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

OMITTED = "<!-- raw HTML omitted -->"

_GLOBAL = (
    "accesskey autocapitalize autofocus class contenteditable dir draggable enterkeyhint hidden id inert "
    "inputmode is itemid itemprop itemref itemscope itemtype lang part role slot spellcheck style tabindex "
    "title translate"
)
_OWN = {
    "blockquote": "cite",
    "ul": "start reversed type",
    "ol": "start reversed type",
    "li": "value",
    "hr": "align color noshade size width",
    "img": "align border crossorigin decoding height importance intrinsicsize ismap loading referrerpolicy "
    "sizes srcset usemap width",
}
_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&'()*+,-./:;=?@_~"
_DANGEROUS = re.compile(
    r"(?:javascript|vbscript|file):|data:(?!image/(?:png|gif|jpeg|webp|svg\+xml);)", re.IGNORECASE
)
_CLOSED = re.compile(
    r"<(?:(?P<tag>script|pre|style|textarea)(?=[\s>])|\?|!\[CDATA\[|![A-Za-z])", re.IGNORECASE
)
_TAG_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_ENDS = {"<?": re.compile(r"\?>"), "<![CDATA[": re.compile(r"\]\]>")}
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")


def goldmark_html(md: MarkdownIt, unsafe: bool, hard_wraps: bool) -> None:
    """Let `md` write HTML as goldmark does: raw HTML only where `unsafe`, line ends as breaks where `hard_wraps`."""
    md.normalizeLink = escaped_url  # type: ignore[method-assign]
    md.normalizeLinkText = str  # type: ignore[method-assign,assignment]
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    md.add_render_rule("html_block", _raw_block if unsafe else _omitted_block)
    md.add_render_rule("html_inline", _raw if unsafe else _omitted)
    md.add_render_rule("raw_text", _raw)
    md.add_render_rule("passthrough", _raw)
    md.add_render_rule("text_special", _text)
    md.add_render_rule("softbreak", _hard_break if hard_wraps else _soft_break)
    md.add_render_rule("hardbreak", _hard_break)
    md.add_render_rule("code_block", _code_block)
    md.add_render_rule("image", _image)
    for name in (
        "paragraph",
        "blockquote",
        "bullet_list",
        "ordered_list",
        "list_item",
        "heading",
        "dl",
        "dt",
        "dd",
    ):
        md.add_render_rule(f"{name}_open", _opening)
    md.add_render_rule("hr", _opening)
    if not unsafe:
        md.add_render_rule("link_open", _safe_link)


def escaped_url(url: str) -> str:
    """Return an address as goldmark escapes it."""
    parts = []
    at = 0
    for found in _ESCAPED.finditer(url):
        parts += [quote(url[at : found.start()], safe=_SAFE), found[0]]
        at = found.end()
    return "".join(parts) + quote(url[at:], safe=_SAFE, errors="surrogatepass")


def is_dangerous(url: str) -> bool:
    """Tell whether goldmark leaves an address out unless raw HTML is allowed."""
    return bool(_DANGEROUS.match(url))


def kept_attributes(token: Token) -> str:
    """Return the attributes of a block as HTML, those alone that goldmark lets its element have."""
    attributes = token.meta.get("attributes") if token.meta else None
    if not attributes:
        return ""
    if token.type == "heading_open":
        allowed = None
    else:
        allowed = {*_GLOBAL.split(), *_OWN.get(token.tag, "").split()}
    parts = []
    for name, value in attributes.items():
        if allowed is None:
            if not name.lower().startswith("on"):
                parts.append(f' {name}="{escaped(value)}"')
        elif name in allowed or name.startswith("data-"):
            parts.append(f' {name}="{escaped(value if isinstance(value, str) else "")}"')
    return "".join(parts)


def without_wrappers(tokens: list[Token]) -> list[Token]:
    """Return block tokens, parsed, without the paragraphs that hold a picture alone; it gets their attributes."""
    made: list[Token] = []
    for token in tokens:
        previous = made[-1] if made else None
        pictures = [child for child in token.children or () if child.type == "image"]
        alone = len(pictures) == 1 and len(token.children or ()) == 1
        if alone and previous is not None and previous.type == "paragraph_open":
            pictures[0].meta["attributes"] = previous.meta.get("attributes", {})
            token.meta["unwrapped"] = True
            made[-1] = token
            continue
        if token.type == "paragraph_close" and previous is not None and previous.meta.get("unwrapped"):
            continue
        made.append(token)
    return made


def alternative(tokens: Sequence[Token] | None) -> str:
    """Return the text of a picture as HTML."""
    parts = []
    for token in tokens or ():
        if token.type in ("text", "text_special", "code_inline"):
            parts.append(escape(token.content))
        elif token.type == "raw_text":
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append("\n")
        elif token.type == "hardbreak":
            parts.append("&lt;br&gt;\n")
        elif token.type == "image":
            parts.append(alternative(token.children))
    return "".join(parts)


def _raw(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    return tokens[index].content


def _text(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    return escape(tokens[index].content)


def _omitted(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    # Hugo takes comments out without a word.
    return "" if tokens[index].content.startswith("<!--") else OMITTED


def _raw_block(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    return _below_text(tokens, index) + tokens[index].content


def _omitted_block(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    if tokens[index].meta.get("passthrough"):
        return tokens[index].content
    html = tokens[index].content.lstrip()
    if html.startswith("<!--"):
        return _below_text(tokens, index)
    closed = _CLOSED.match(html)
    # The line that closes a block is left out by itself.
    twice = closed and "\n" in html.rstrip("\n") and _ends(html, closed)
    return _below_text(tokens, index) + f"{OMITTED}\n" * (2 if twice else 1)


def _ends(html: str, opening: re.Match[str]) -> bool:
    """Tell whether the block ends in a line below its first one."""
    end = _ENDS.get(opening[0], _TAG_END if opening["tag"] else re.compile(">"))
    first, _, rest = html.partition("\n")
    return bool(end.search(rest)) and not end.search(first, len(opening[0]))


def _below_text(tokens: Sequence[Token], index: int) -> str:
    """Return the line feed that stands below the text of a tight item."""
    return "\n" if index and tokens[index - 1].hidden else ""


def _soft_break(_renderer: Any, _tokens: Sequence[Token], _index: int, _options: Any, _env: Any) -> str:
    return "\n"


def _hard_break(_renderer: Any, _tokens: Sequence[Token], _index: int, options: Any, _env: Any) -> str:
    return "<br />\n" if options.xhtmlOut else "<br>\n"


def _code_block(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    return f"<pre><code>{escape(tokens[index].content)}</code></pre>\n"


def _image(_renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    source = str(token.attrs.get("src", ""))
    if is_dangerous(source) and not env.get("unsafe"):
        source = ""
    title = f' title="{escape(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
    end = " />" if options.xhtmlOut else ">"
    return (
        f'<img src="{escape(source)}" alt="{alternative(token.children)}"{title}{kept_attributes(token)}{end}'
    )


def _safe_link(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    if is_dangerous(str(token.attrs.get("href", ""))):
        token.attrs["href"] = ""
    return str(renderer.renderToken(tokens, index, options, env))


def _opening(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    html = str(renderer.renderToken(tokens, index, options, env))
    more = kept_attributes(tokens[index])
    return html.replace(">", more + ">", 1) if more and html else html
