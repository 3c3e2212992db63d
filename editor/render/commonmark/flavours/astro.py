"""Astro: remark with GitHub's extensions and typography, and the steps that Astro itself takes.

Options of the dialect, of the section `markdown` of the site's configuration: `gfm` (bool), `smartypants` (bool or
its options), `highlighter` (`shiki`, `prism` or empty), `exclude` (languages that it leaves alone), `shiki` (the
section `shikiConfig`), `rehype` (the options of remark-rehype), `keeps_hyphens` (whether ids may end in one), `remote`
(beginnings of addresses whose pictures are fetched).
Sources: @astrojs/markdown-remark 6.3 (index.js and what it uses), mdast-util-to-hast 13, micromark 4.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from editor.render.commonmark.flavour import Bound, Flavour, Late, Told, told
from editor.render.commonmark.plugins import astro_mdx
from editor.render.commonmark.plugins.astro_code import prism, shiki
from editor.render.commonmark.plugins.gfm_autolinks import gfm_autolinks
from editor.render.commonmark.plugins.gfm_footnotes import (
    FootnoteReference,
    FootnoteText,
    GithubFootnotes,
    gfm_footnotes,
    without_definitions,
)
from editor.render.commonmark.plugins.gfm_micromark import as_micromark
from editor.render.commonmark.plugins.gfm_raw import is_doubtful, is_of_table, rewritten
from editor.render.commonmark.plugins.gfm_slugs import GithubIds, github_slug
from editor.render.commonmark.plugins.gfm_stand_ins import unfold
from editor.render.commonmark.plugins.gfm_tables import gfm_tables
from editor.render.commonmark.plugins.gfm_tasks import gfm_tasks
from editor.render.commonmark.plugins.gfm_urls import Micromark
from editor.render.commonmark.plugins.heading_text import HeadingId
from editor.render.commonmark.plugins.javascript import javascript_blocks
from editor.render.commonmark.plugins.smartypants import smartypants_plugin

_RULES = (
    "fence",
    "code_block",
    "image",
    "footnote_reference",
    "s_open",
    "s_close",
    "td_open",
    "th_open",
    "html_block",
    "html_inline",
)
_TAG = re.compile(r"\n?<.*>\n?\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SPACE_AT_LINES = re.compile(r"[ \t]*\n[ \t]*")


def make(options: Mapping[str, Any]) -> "Astro":
    """Return the flavour."""
    return Astro(options)


class Astro(Flavour):
    """Astro as one site has set it up."""

    marks = astro_mdx.MARKS

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options
        self._rehype: Mapping[str, Any] = options.get("rehype") or {}
        md = Micromark("commonmark", {"strikethrough_single_tilde": True, "maxNesting": 100})
        javascript_blocks(md)
        gfm = options.get("gfm", True) is not False
        if gfm:
            md.enable("strikethrough")
            gfm_tables(md)
            gfm_footnotes(md)
        md.core.ruler.push("astro_texts", _join_texts)
        if gfm:
            gfm_autolinks(md)
            gfm_tasks(md)
        smartypants = options.get("smartypants", True)
        if smartypants:
            smartypants_plugin(md, smartypants if isinstance(smartypants, Mapping) else {})
        md.core.ruler.push("astro_headings", self._headings)
        for name in _RULES:
            rule = getattr(self, f"_{name}")
            md.add_render_rule(name, _without_renderer(rule))
        super().__init__(md)

    def prepare(self, body: str, told: Told) -> str:
        """See Flavour: what is JavaScript in an MDX page."""
        if not _is_mdx(told) or not any(mark in body for mark in self.marks):
            return body
        return astro_mdx.fold(body, told)

    def continues(self, tokens: Sequence[Token]) -> bool:
        """See Flavour: what becomes of indented code depends on whether a list ends above it."""
        return tokens[0].type == "code_block"

    def tokens(self, source: str, env: dict[str, Any]) -> list[Token]:
        """See Flavour."""
        source = source.removeprefix("\ufeff")
        return as_micromark(source, super().tokens(source, env))

    def html(self, source: str, tokens: list[Token], env: dict[str, Any]) -> str:
        """See Flavour."""
        page, definitions = without_definitions(tokens)
        html = super().html(source, page, env)
        for label, inner in definitions:
            first = len(told(env).lates)
            text = super().html(source, inner, env)
            told(env).late(FootnoteText(label, text, first))
        return unfold(html)

    def bind(self, blocks: Sequence[Sequence[Late]]) -> Bound:
        """See Flavour: ids of headings, footnotes."""
        notes = GithubFootnotes(blocks, self._rehype)
        values = [["" for _ in lates] for lates in blocks]
        ids = GithubIds()
        for block, index in notes.order:
            late = blocks[block][index]
            if isinstance(late, HeadingId):
                found = ids.unique(late.base)
                trim = found.endswith("-") and not self._options.get("keeps_hyphens")
                values[block][index] = found[:-1] if trim else found
            elif isinstance(late, FootnoteReference):
                values[block][index] = notes.value(block, index)
        return Bound(values, unfold(notes.section(values)))

    def _headings(self, state: StateCore) -> None:
        for heading, inline in pairwise(state.tokens):
            if heading.type != "heading_open":
                continue
            if any(token.type == "footnote_reference" for token in inline.children or ()):
                told(state.env).note("heading-ids")
            late = HeadingId(github_slug(_heading_text(inline.children or ())))
            heading.attrs["id"] = told(state.env).late(late)

    # ---- rendering

    def _fence(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        token = tokens[index]
        words = token.info.split()
        return self._code(token.content, words[0] if words else "", env)

    def _code_block(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        code = tokens[index].content
        if is_of_table(code):
            told(env).note("raw-table")
        if _is_mdx(told(env)):  # where it is none
            told(env).note("mdx")
        return self._code(code, "", env)

    def _code(self, code: str, language: str, env: Any) -> str:
        highlighter = self._options.get("highlighter", "shiki")
        name = language or "plaintext"
        if not highlighter or name == "math" or name in (self._options.get("exclude") or ()):
            attribute = f' class="language-{escapeHtml(language)}"' if language else ""
            return f"<pre><code{attribute}>{escapeHtml(code)}</code></pre>\n"
        if highlighter == "prism":
            html, coloured = prism(code, name)
        else:
            html, coloured = shiki(code, name, self._options.get("shiki") or {})
        if coloured:
            told(env).note("highlighter", "Prism" if highlighter == "prism" else "Shiki")
        return html

    def _image(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        token = tokens[index]
        source = str(token.attrs.get("src", ""))
        outside = _SCHEME.match(source) is not None
        if (not outside and not source.startswith("/")) or any(
            map(source.startswith, self._options.get("remote") or ())
        ):
            told(env).note("picture-optimized")
        html = f'<img src="{escapeHtml(source)}" alt="{escapeHtml(_picture_text(token.children or ()))}"'
        title = token.attrs.get("title")
        return f'{html} title="{escapeHtml(str(title))}">' if title else f"{html}>"

    def _footnote_reference(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        return told(env).late(FootnoteReference(tokens[index].meta["label"]))

    def _html_block(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        return self._html_inline(tokens, index, env)

    def _html_inline(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        html = tokens[index].content
        if is_doubtful(html):
            told(env).note("raw-attributes")
        return rewritten(html)

    def _th_open(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        return _cell(tokens[index], env)

    def _td_open(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        return _cell(tokens[index], env)

    def _s_open(self, _tokens: Sequence[Token], _index: int, _env: Any) -> str:
        return "<del>"

    def _s_close(self, _tokens: Sequence[Token], _index: int, _env: Any) -> str:
        return "</del>"


def _cell(token: Token, env: Any) -> str:
    """Return the start tag of a table's cell; MDX aligns by a style (hast-util-to-estree)."""
    align = token.attrs.get("align")
    if align is None:
        return f"<{token.tag}>"
    return (
        f'<{token.tag} style="text-align:{align}">'
        if _is_mdx(told(env))
        else f'<{token.tag} align="{align}">'
    )


def _is_mdx(told: Told) -> bool:
    return told.place.path.endswith(".mdx")


def _without_renderer(rule: Any) -> Any:
    def render(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
        html: str = rule(tokens, index, env)
        return html

    return render


def _join_texts(state: StateCore) -> None:
    """Make one text of those between which nothing but the end of a line stands."""
    for inline in state.tokens:
        children = inline.children
        if not children or (len(children) == 1 and children[0].type == "text"):
            continue
        joined: list[Token] = []
        for token in children:
            if token.type == "softbreak":
                token = Token("text", "", 0, content="\n")
            if token.type == "text" and joined and joined[-1].type == "text":
                joined[-1].content += token.content
            elif token.type != "text" or token.content:
                joined.append(token)
        for token in joined:
            if token.type == "text" and "\n" in token.content:
                token.content = _SPACE_AT_LINES.sub("\n", token.content)
        inline.children = joined


def _heading_text(children: Sequence[Token]) -> str:
    return "".join(
        token.content
        for token in children
        if token.type in ("text", "code_inline")
        or (token.type == "html_inline" and not _TAG.match(token.content))
    )


def _picture_text(children: Sequence[Token]) -> str:
    parts = []
    for token in children:
        if token.type == "image":
            parts.append(_picture_text(token.children or ()))
        elif token.type == "softbreak":
            parts.append("\n")
        elif token.type in ("text", "code_inline", "html_inline"):
            parts.append(token.content)
    return "".join(parts)
