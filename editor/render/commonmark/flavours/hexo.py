"""Hexo: its renderer with marked, between the steps that Hexo itself takes before and after Markdown.

Options of the dialect: `marked` (the section of the site's configuration), `highlighter` (`highlight.js`, `prismjs` or
empty), `highlight` and `prismjs` (their sections), `root` (what the site's addresses begin with), `url`,
`relative_link`, `templates` (whether Nunjucks runs).
"""

# ruff: noqa: ARG002  The arguments are those of the rules of markdown-it.

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from editor.render.commonmark.flavour import Bound, Flavour, Late, Told, told
from editor.render.commonmark.plugins import templates
from editor.render.commonmark.plugins.heading_text import HeadingId
from editor.render.commonmark.plugins.hexo_code import Code, highlighted, prism
from editor.render.commonmark.plugins.hexo_urls import (
    encode_url,
    slugized,
    unescaped,
    url_for,
    without_tags,
)
from editor.render.commonmark.plugins.javascript import javascript_blocks
from editor.render.commonmark.plugins.marked import (
    Marked,
    addresses_plugin,
    marked_plugin,
    smartypants_plugin,
)

_QUOTES = "\u201c\u201d\u2018\u2019"
_MORE = re.compile(r"<!-- ?more ?-->", re.IGNORECASE)
_CODE = re.compile(
    r"^(?:(?:[^\S\n]*>){0,3}|[-*+]|[0-9]+\.)[^\S\n]*(`{3,}|~{3,})[^\n]*\n(?:[\s\S]*?\n)??(?:[^\S\n]*>){0,3}[^\S\n]*\1"
    r"[^\S\n]?$|(`+)(?:(?!\n\n)[\s\S])*?(?<!`)\2(?!`)|<!--[\s\S]*?-->",
    re.MULTILINE,
)
"""What Hexo keeps Nunjucks out of: fenced code, code in a line, comments."""
_TERM = re.compile(r"(?:^|\s)(\S.+)<br>:\s+(\S.+)")
_OUTSIDE = re.compile(r"#|//|https?:")

_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)


@dataclass(frozen=True)
class More(Late):
    """A mark for the end of the excerpt: the first one of a page counts."""

    comment: str


def make(options: Mapping[str, Any]) -> "Hexo":
    """Return the flavour."""
    return Hexo(options)


class Hexo(Flavour):
    """Hexo as one site has set it up."""

    marks: tuple[str, ...] = templates.MARKS

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options
        self._marked: Mapping[str, Any] = options.get("marked") or {}
        md = Marked("js-default")
        md.options.update(
            {
                "html": True,
                "breaks": bool(self._marked.get("breaks", True)),
                "strikethrough_single_tilde": True,
            }
        )
        javascript_blocks(md)
        if self._marked.get("autolink", True):
            addresses_plugin(md)
        if self._marked.get("smartypants", True):
            quotes = self._marked.get("quotes")
            fitting = isinstance(quotes, str) and len(quotes) == 4
            smartypants_plugin(
                md, str(quotes) if fitting else _QUOTES, bool(self._marked.get("autolink", True))
            )
        marked_plugin(md)
        md.core.ruler.push("hexo_headings", self._headings)
        md.core.ruler.push("hexo_terms", self._terms)
        for name in ("fence", "image", "link_open", "hardbreak", "softbreak"):
            self._add(md, name)
        super().__init__(md)

    def prepare(self, body: str, told: Told) -> str:
        """See Flavour: Nunjucks, but for code and comments."""
        meta = told.place.facts.get("meta") or {}
        off = meta.get("disableNunjucks", not self._options.get("templates", True))
        if off or not any(mark in body for mark in self.marks):
            return body
        parts, at = [], 0
        for code in _CODE.finditer(body):
            parts += [templates.fold(body[at : code.start()], "njk", told, lenient=True), code.group()]
            at = code.end()
        parts.append(templates.fold(body[at:], "njk", told, lenient=True))
        return "".join(parts)

    def html(self, source: str, tokens: list[Token], env: dict[str, Any]) -> str:
        """See Flavour."""
        if self._options.get("highlighter") and any(map(_holds_fence, tokens)):
            told(env).note("code-ends")
        html = templates.unfold(super().html(source, tokens, env))
        if "](" in html and any(map(_holds_half_a_link, tokens)):
            told(env).note("link-ends")
        own = "excerpt" in (told(env).place.facts.get("meta") or {})
        if own or "<!--" not in html:
            return html
        return _MORE.sub(lambda found: told(env).late(More(found[0])), html)

    def bind(self, blocks: Sequence[Sequence[Late]]) -> Bound:
        """See Flavour: ids of headings, the end of the excerpt."""
        counts: dict[str, int] = {}
        excerpt = False
        values = []
        for lates in blocks:
            made = []
            for late in lates:
                value = ""
                if isinstance(late, HeadingId):
                    again = counts.get(late.base, 0)
                    counts[late.base] = again + 1
                    value = f"{late.base}-{again}" if again else late.base
                elif isinstance(late, More):
                    value = late.comment if excerpt else '<span id="more"></span>'
                    excerpt = True
                made.append(value)
            values.append(made)
        return Bound(values)

    def _add(self, md: Marked, name: str) -> None:
        rule = getattr(self, f"_{name}")

        def render(_renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
            html: str = rule(tokens, index, options, env)
            return html

        md.add_render_rule(name, render)

    # ---- blocks

    def _fence(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        name = str(self._options.get("highlighter") or "")
        code = Code(token.content.removesuffix("\n"), token.info.strip())
        first, end = token.map or (0, 0)
        lines = token.content.count("\n") + (token.content[-1:] not in ("", "\n"))
        open_end = bool(name) and end - first != lines + 2
        if open_end:  # Hexo looks for an end behind the list or the quotation that it stands in
            told(env).note("code-ends")
        if name not in ("highlight.js", "prismjs") or not code.highlighted or open_end:
            language = token.info.strip().split()[0] if token.info.strip() else ""
            attribute = f' class="language-{escape(language)}"' if language else ""
            return f"<pre><code{attribute}>{escape(token.content)}</code></pre>\n"
        wrap = highlighted if name == "highlight.js" else prism
        html, coloured = wrap(code, self._options.get(name.removesuffix(".js")) or {})
        if coloured:
            told(env).note("highlighter", name)
        return html + "\n"

    def _headings(self, state: StateCore) -> None:
        if not self._marked.get("headerIds", True):
            return
        for index, token in enumerate(state.tokens):
            if token.type != "heading_open":
                continue
            inline = state.tokens[index + 1]
            html = self.md.renderer.render([inline], state.md.options, state.env)
            base = slugized(
                without_tags(unescaped(html)).strip(), int(self._marked.get("modifyAnchors") or 0)
            )
            mark = told(state.env).late(HeadingId(base))
            token.attrs["id"] = mark
            title = without_tags(html)
            link = f'<a href="#{mark}" class="headerlink" title="{title}"></a>'
            inline.children = [Token("html_inline", "", 0, content=link), *(inline.children or [])]

    def _terms(self, state: StateCore) -> None:
        """Make a term and its description of two lines, the second of which begins with a colon."""
        if not self._marked.get("descriptionLists", True):
            return
        for index, token in enumerate(state.tokens):
            if token.type != "paragraph_open" or token.hidden or "\n:" not in state.tokens[index + 1].content:
                continue
            inline = state.tokens[index + 1]
            html = self.md.renderer.render([inline], state.md.options, state.env)
            if "<br>:" not in html or not _TERM.search(html):
                continue
            html = _TERM.sub(r"<dl><dt>\1</dt><dd>\2</dd></dl>", html, count=1)
            token.hidden = state.tokens[index + 2].hidden = True
            inline.children = [Token("html_inline", "", 0, content=html)]

    # ---- in a line

    def _hardbreak(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return "<br>"

    def _softbreak(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return "<br>" if options.breaks else "\n"

    def _link_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        href = str(token.attrs.get("href", ""))
        if self._marked.get("sanitizeUrl") and href.startswith(("javascript:", "vbscript:", "data:")):
            href = ""
        try:
            written = encode_url(href)
        except ValueError:
            written = href
        title = token.attrs.get("title")
        attributes = f' title="{escape(str(title))}"' if title else ""
        return f'<a href="{escape(written)}"{attributes}{self._outside(href)}>'

    def _outside(self, href: str) -> str:
        """Return the attributes of a link to another site, as the site asks for."""
        external = self._marked.get("external_link")
        if not isinstance(external, Mapping) or not (external.get("enable") or external.get("nofollow")):
            return ""
        host = urlsplit(href).hostname if href.startswith(("http:", "https:", "//")) else None
        excluded = external.get("exclude") or []
        if host is None or host == urlsplit(str(self._options.get("url") or "")).hostname or host in excluded:
            return ""
        rel = "noopener external nofollow noreferrer" if external.get("nofollow") else "noopener"
        return (' target="_blank"' if external.get("enable") else "") + f' rel="{rel}"'

    def _image(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        source = str(token.attrs.get("src", ""))
        own = not _OUTSIDE.match(source)
        if own and self._marked.get("prependRoot", True) and not self._options.get("relative_link"):
            if self._marked.get("postAsset") and not source.startswith(("/", "\\")):
                told(env).note("changed-in-build", "postAsset")
            source = url_for(source, str(self._options.get("root") or "/"))
        text = re.sub(r"\\([\[\]])", r"\1", token.content)
        title = token.attrs.get("title")
        html = f'<img src="{escape(encode_url(source))}"'
        html += f' alt="{escape(text)}"' if text else ""
        html += f' title="{escape(str(title))}"' if title else ""
        html += ' loading="lazy">' if self._marked.get("lazyload") else ">"
        if self._marked.get("figcaption") and text:
            return f'<figure>{html}<figcaption aria-hidden="true">{text}</figcaption></figure>'
        return html


def _holds_fence(token: Token) -> bool:
    """Return whether Hexo finds code in what is none to Markdown: it looks for fences in raw HTML too."""
    return token.type in ("inline", "html_block", "code_block") and _FENCE.search(token.content) is not None


def _holds_half_a_link(token: Token) -> bool:
    """Return whether text looks like a link that Markdown takes for none: marked may take it for one."""
    return any(child.type == "text" and "](" in child.content for child in token.children or ())
