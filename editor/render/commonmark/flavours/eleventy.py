"""Eleventy: markdown-it with the site's options and plugins, behind a template engine.

Options of the dialect: `preset` and `markdown_it` (options) of the instance, `enable` and `disable` (lists of rules),
`plugins` (list of [name of the package, options]), `templates` (`liquid`, `njk` or empty), `excerpt_separator` (what
marks the end of an excerpt), `heading_ids` (whether Eleventy's own plugin gives ids), `highlighter` (the name of one
that is not run here), `changes` (list of [part of the HTML, what changes it]).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from editor.render.commonmark.flavour import Bound, Flavour, Late, Told, told
from editor.render.commonmark.plugins import templates
from editor.render.commonmark.plugins.delimiters import pairs_plugin
from editor.render.commonmark.plugins.heading_text import (
    HeadingId,
    TakenIds,
    encoded_slug,
    is_latin,
    sindre_slug,
)
from editor.render.commonmark.plugins.javascript import (
    JavascriptMarkdownIt,
    bounded_addresses,
    javascript_blocks,
    javascript_pictures,
    without_indented_code,
)
from editor.render.commonmark.plugins.markdown_it_anchor import anchor_plugin
from editor.render.commonmark.plugins.markdown_it_attrs import attrs_plugin, is_of_the_block_above
from editor.render.commonmark.plugins.markdown_it_footnote import Footnotes, footnote_plugin

SLUGS: dict[str, Callable[[str], str]] = {"encoded": encoded_slug, "slugify": sindre_slug}
"""How an id is made of a heading's text."""

_OPTIONS = ("html", "breaks", "linkify", "typographer", "quotes", "xhtmlOut", "langPrefix")

_WITHOUT_ID = re.compile(r"<h[1-6](?![^<>]*\sid=)(?=[\s>])|<(?!h[1-6]\b)[a-zA-Z][^<>]*\sid=", re.IGNORECASE)
"""A heading in raw HTML, and an id there, which a heading must not have then."""


def make(options: Mapping[str, Any]) -> "Eleventy":
    """Return the flavour."""
    return Eleventy(options)


class Eleventy(Flavour):
    """markdown-it as one site has set it up."""

    marks: tuple[str, ...] = templates.MARKS

    def __init__(self, options: Mapping[str, Any]) -> None:
        preset = {"default": "js-default"}.get(options.get("preset", "default"), options.get("preset"))
        md = JavascriptMarkdownIt(str(preset))
        given = options.get("markdown_it") or {}
        md.options.update({name: given[name] for name in _OPTIONS if name in given})
        super().__init__(md)
        self._engine = str(options.get("templates") or "")
        self._separator = str(options.get("excerpt_separator") or "")
        if self._separator:
            self.marks = (*templates.MARKS, self._separator)
        self._first_number = 1
        self._slug: Callable[[str], str] | None = None
        self._all_headings = False
        """Whether those in raw HTML get ids too."""
        self._attrs = False
        for name, settings in options.get("plugins") or ():
            self._use(name, settings)
        if options.get("heading_ids"):
            self._first_number, self._slug, self._all_headings = 2, sindre_slug, True
            anchor_plugin(md, {}, sindre_slug, tab_index=None)
        md.enable(list(options.get("enable") or ()), True)
        disabled = list(options.get("disable") or ())
        if "code" in disabled:
            disabled.remove("code")
            without_indented_code(md)
        md.disable(disabled, True)
        javascript_blocks(md)
        javascript_pictures(md)
        bounded_addresses(md)
        self._changes = [(str(part), str(name)) for part, name in options.get("changes") or ()]
        self._highlighter = str(options.get("highlighter") or "")
        if self._highlighter:

            def fence(_renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
                return self._fence(tokens, index, options, env)

            md.add_render_rule("fence", fence)

    def prepare(self, body: str, told: Told) -> str:
        """See Flavour: the template engine comes before Markdown."""
        if self._separator:
            body = _without_separator(body, self._separator)
        engine = _engine(told, self._engine)
        marks = templates.MARKS if engine == "njk" else templates.LIQUID_MARKS
        if engine not in ("liquid", "njk") or not any(mark in body for mark in marks):
            return body
        return templates.fold(body, engine, told)

    def continues(self, tokens: Sequence[Token]) -> bool:
        """See Flavour."""
        return self._attrs and is_of_the_block_above(tokens)

    def html(self, source: str, tokens: list[Token], env: dict[str, Any]) -> str:
        """See Flavour."""
        if self._slug is sindre_slug:
            self._check_headings(tokens, env)
        html = templates.unfold(super().html(source, tokens, env))
        if self._all_headings and _WITHOUT_ID.search(html):
            told(env).note("heading-ids")
        for part, name in self._changes:
            if part in html:
                told(env).note("changed-in-build", name)
        return html

    def bind(self, blocks: Sequence[Sequence[Late]]) -> Bound:
        """See Flavour: ids of headings, footnotes."""
        notes = Footnotes(blocks)
        taken = TakenIds(self._first_number)
        values = [
            [
                taken.unique(late) if isinstance(late, HeadingId) else notes.value(block, index, late) or ""
                for index, late in enumerate(lates)
            ]
            for block, lates in enumerate(blocks)
        ]
        return Bound(values, notes.section(values))

    @staticmethod
    def _check_headings(tokens: Sequence[Token], env: dict[str, Any]) -> None:
        for heading, inline in pairwise(tokens):
            if heading.type == "heading_open" and not is_latin(inline.content):
                told(env).note("heading-ids")

    def _use(self, name: str, settings: Mapping[str, Any]) -> None:
        if name == "markdown-it-anchor":
            slug = SLUGS[settings.get("slugify", "encoded")]
            tab_index = settings.get("tabIndex", "-1")
            anchor_plugin(self.md, settings, slug, None if tab_index is False else str(tab_index))
            self._first_number = int(settings.get("uniqueSlugStartIndex", 1))
            self._slug = slug
        elif name == "markdown-it-attrs":
            self._attrs = True
            attrs_plugin(self.md)
        elif name == "markdown-it-footnote":
            footnote_plugin(self.md)
        elif name == "markdown-it-deflist":
            deflist_plugin(self.md)
        elif name == "markdown-it-sub":
            sub_plugin(self.md)
        elif name == "markdown-it-sup":
            superscript_plugin(self.md)
        elif name == "markdown-it-mark":
            pairs_plugin(self.md, "mark", "=")
        elif name == "markdown-it-ins":
            pairs_plugin(self.md, "ins", "+")

    def _fence(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        """Return code as the plugin for Prism wraps it, without Prism's own elements."""
        token = tokens[index]
        language = token.info.strip().split()[0] if token.info.strip() else ""
        if not language:
            assert isinstance(self.md.renderer, RendererHTML)
            return self.md.renderer.fence(tokens, index, options, env)
        code = token.content.removesuffix("\n")
        if language != "text":  # which the plugin does not even escape
            told(env).note("highlighter", self._highlighter)
            code = escapeHtml(code)
        name = escapeHtml(language.split("/")[0])
        return f'<pre class="language-{name}"><code class="language-{name}">{code}</code></pre>\n'


def _engine(told: Told, otherwise: str) -> str:
    """Return the template engine that goes before Markdown: a page may name another one than its site."""
    named = (told.place.facts.get("meta") or {}).get("templateEngineOverride")
    if not isinstance(named, str) or not named:
        return otherwise
    return next((name.strip() for name in named.split(",") if name.strip() != "md"), "")


def _without_separator(body: str, separator: str) -> str:
    """Return the body without the mark for the end of its excerpt, as Eleventy takes it out (TemplateContent.js)."""
    excerpt, found, rest = body.partition(separator)
    if not found or not excerpt:
        return body
    return f"{excerpt.strip()}{rest}" if rest.startswith("\n") else f"{excerpt}{rest}"
