"""Zola: CommonMark as pulldown-cmark has it, and what Zola makes of its events.

Options of the dialect: `markdown` (the section of the site's configuration), `anchors` (its `slugify.anchors`),
`highlighted` (whether code is coloured). The facts of the page tell its `anchor_links` (`left`, `right`, `heading` or
empty) and the addresses of the `permalinks` that it links to by `@/`. Pictures beside the page keep their names: in
the published page their addresses are whole.
Sources: https://www.getzola.org/documentation/content/linking/ and the pages beside it, Zola's components/markdown,
pulldown-cmark's html.rs.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it.common.utils import escapeHtml, normalizeReference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from editor.render.commonmark.flavour import Bound, Flavour, Late, Told, filled, told
from editor.render.commonmark.plugins import zola_shortcodes
from editor.render.commonmark.plugins.gfm_footnotes import FootnoteText, gfm_footnotes, without_definitions
from editor.render.commonmark.plugins.gfm_stand_ins import unfold
from editor.render.commonmark.plugins.gfm_tables import gfm_tables
from editor.render.commonmark.plugins.gfm_tasks import gfm_tasks
from editor.render.commonmark.plugins.gfm_urls import Micromark
from editor.render.commonmark.plugins.goldmark_emoji import emoji
from editor.render.commonmark.plugins.javascript import javascript_blocks
from editor.render.commonmark.plugins.zola_headings import ZolaHeading, ZolaIds, zola_headings
from editor.render.commonmark.plugins.zola_typography import zola_typography

_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
_BOX = '<input disabled="" type="checkbox"{checked}>\n'
_RULES = (
    "fence",
    "code_block",
    "image",
    "link_open",
    "heading_open",
    "heading_close",
    "footnote_reference",
    "footnote_open",
    "footnote_close",
    "html_block",
    "html_inline",
    "raw_text",
    "s_open",
    "s_close",
)


@dataclass(frozen=True)
class More(Late):
    """The mark for the end of the summary: the first one of a page counts."""

    html: str


@dataclass(frozen=True)
class FootnoteNumber(Late):
    """A place that shows a footnote's number: a reference, or a definition in the page."""

    name: str
    reference: bool


def make(options: Mapping[str, Any]) -> "Zola":
    """Return the flavour."""
    return Zola(options)


class Zola(Flavour):
    """Zola as one site has set it up."""

    marks = zola_shortcodes.MARKS

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._markdown: Mapping[str, Any] = options.get("markdown") or {}
        self._highlighted = bool(options.get("highlighted"))
        self._bottom = bool(self._markdown.get("bottom_footnotes"))
        md = Micromark("commonmark", {"maxNesting": 100, "strikethrough_single_tilde": True})
        javascript_blocks(md)
        md.enable("strikethrough")
        gfm_tables(md)
        gfm_footnotes(md)
        if self._markdown.get("definition_list"):
            deflist_plugin(md)
        gfm_tasks(md, _BOX, classes=False)
        if self._markdown.get("render_emoji"):
            md.inline.ruler.push("emoji", emoji)
        if self._markdown.get("smart_punctuation"):
            zola_typography(md)
        zola_headings(md, str(options.get("anchors") or "on"))
        md.core.ruler.push("zola_tables", _tables)
        for name in _RULES:
            md.add_render_rule(name, _without_renderer(getattr(self, f"_{name}")))
        super().__init__(md)

    def prepare(self, body: str, told: Told) -> str:
        """See Flavour: shortcodes."""
        return zola_shortcodes.fold(body, told) if any(mark in body for mark in self.marks) else body

    def tokens(self, source: str, env: dict[str, Any]) -> list[Token]:
        """See Flavour."""
        return super().tokens(source.removeprefix("\ufeff"), env)

    def html(self, source: str, tokens: list[Token], env: dict[str, Any]) -> str:
        """See Flavour."""
        if not self._bottom:
            return unfold(super().html(source, tokens, env))
        page, definitions = without_definitions(tokens)
        html = super().html(source, page, env)
        for label, inner in definitions:
            first = len(told(env).lates)
            text = super().html(source, inner, env)
            told(env).late(FootnoteText(label, unfold(text), first))
        return unfold(html)

    def bind(self, blocks: Sequence[Sequence[Late]]) -> Bound:
        """See Flavour: ids of headings, numbers of footnotes, the end of the summary."""
        headings = [late for lates in blocks for late in lates if isinstance(late, ZolaHeading)]
        ids = ZolaIds(headings)
        numbers: dict[str, int] = {}
        counts: dict[str, int] = {}
        texts: dict[str, tuple[FootnoteText, int]] = {}
        more = False
        values = []
        for block, lates in enumerate(blocks):
            made = []
            for late in lates:
                value = ""
                if isinstance(late, ZolaHeading):
                    value = escape(ids.unique(late))
                elif isinstance(late, More):
                    value = late.html if more else '<span id="continue-reading"></span>'
                    more = True
                elif isinstance(late, FootnoteNumber):
                    number = numbers.setdefault(late.name, len(numbers) + 1)
                    counts[late.name] = counts.get(late.name, 0) + late.reference
                    value = self._number(late, number, counts[late.name])
                elif isinstance(late, FootnoteText):
                    texts.setdefault(late.label, (late, block))
                made.append(value)
            values.append(made)
        return Bound(values, self._notes(numbers, counts, texts, values))

    def _number(self, late: FootnoteNumber, number: int, count: int) -> str:
        name = escape(late.name)
        if not late.reference:
            return str(number)
        if self._bottom:
            return f'<sup class="footnote-reference" id="fr-{name}-{count}"><a href="#fn-{name}">{number}</a></sup>'
        return f'<sup class="footnote-reference"><a href="#{name}">{number}</a></sup>'

    @staticmethod
    def _notes(
        numbers: Mapping[str, int],
        counts: Mapping[str, int],
        texts: Mapping[str, tuple[FootnoteText, int]],
        values: Sequence[Sequence[str]],
    ) -> str:
        """Return the footnotes for the end of the page; none where they stand in it."""
        if not texts:
            return ""
        entries = []
        for name in numbers:
            found = texts.get(normalizeReference(name))
            if found is None:
                continue
            own = escape(name)
            backs = "".join(
                f' <a href="#fr-{own}-{count}">\u21a9{count if count > 1 else ""}</a>'
                for count in range(1, counts[name] + 1)
            )
            html = found[0].html.rstrip("\n")
            html = f"{html[:-4]}{backs}</p>" if html.endswith("</p>") else html + backs
            entries.append(f'<li id="fn-{own}">\n{filled(html, values[found[1]])}\n</li>\n')
        return f'<footer class="footnotes">\n<ol class="footnotes-list">\n{"".join(entries)}</ol>\n</footer>'

    # ---- rendering

    def _fence(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        token = tokens[index]
        words = [word.strip() for word in token.info.split(",")]
        language = words[0] if "=" not in words[0] and words[0] != "linenos" else ""
        if any("=" in word or word in ("linenos", "hide_lines") for word in words):
            told(env).note("highlighter", "Zola")
        return self._code(token.content, language, env)

    def _code_block(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        return self._code(tokens[index].content, "", env)

    def _code(self, code: str, language: str, env: Any) -> str:
        if self._highlighted:
            told(env).note("highlighter", "Zola")
        if not language:
            return f"<pre><code>{escapeHtml(code)}</code></pre>\n"
        name = escapeHtml(language)
        return (
            f'<pre data-lang="{name}" class="language-{name} "><code class="language-{name}" data-lang="{name}">'
            f"{escapeHtml(code)}</code></pre>\n"
        )

    def _image(self, tokens: Sequence[Token], index: int, _env: Any) -> str:
        token = tokens[index]
        source, text = str(token.attrs.get("src", "")), _text(token.children or ())
        html = f'<img src="{escapeHtml(source)}" alt="{escapeHtml(text)}"'
        title = token.attrs.get("title")
        html += f' title="{escapeHtml(str(title))}"' if title else ""
        return html + (' loading="lazy" decoding="async">' if self._markdown.get("lazy_async_image") else ">")

    def _link_open(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        token = tokens[index]
        href = str(token.attrs.get("href", ""))
        title = token.attrs.get("title")
        said = f' title="{escapeHtml(str(title))}"' if title else ""
        if href.startswith("@/"):
            name, _hash, anchor = href.partition("#")
            known = (told(env).place.facts.get("permalinks") or {}).get(name)
            if known is None:
                told(env).note("link-address", href)
            else:
                href = known + (f"#{anchor}" if anchor else "")
        elif href.startswith(("http://", "https://")):
            said = self._outside() + said
        return f'<a href="{escapeHtml(href)}"{said}>'

    def _outside(self) -> str:
        """Return the attributes of a link to another site, as the site asks for."""
        given = self._markdown
        rel = [
            word
            for word, asked in (
                ("noopener", given.get("external_links_target_blank")),
                ("nofollow", given.get("external_links_no_follow")),
                ("noreferrer", given.get("external_links_no_referrer")),
                ("external", given.get("external_links_external")),
            )
            if asked
        ]
        html = (
            f' class="{escape(str(given["external_links_class"]))}"'
            if given.get("external_links_class")
            else ""
        )
        html += f' rel="{" ".join(rel)}"' if rel else ""
        return html + (' target="_blank"' if given.get("external_links_target_blank") else "")

    def _heading_open(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        token = tokens[index]
        attributes = "".join(
            f' {key}="{value if key == "id" else escapeHtml(str(value))}"'
            for key, value in token.attrs.items()
        )
        html = f"<{token.tag}{attributes}>"
        where = told(env).place.facts.get("anchor_links")
        if where == "left":
            return html + _anchor(str(token.attrs["id"]))
        if where == "heading":
            return f'{html}<a class="zola-anchor" href="#{token.attrs["id"]}">'
        return html

    def _heading_close(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        token = tokens[index]
        where = told(env).place.facts.get("anchor_links")
        inner = _anchor(str(tokens[index - 2].attrs["id"])) if where == "right" else ""
        return f"{inner or ('</a>' if where == 'heading' else '')}</{token.tag}>\n"

    def _footnote_reference(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        return told(env).late(FootnoteNumber(tokens[index].meta["written"], True))

    def _footnote_open(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        name = tokens[index].meta["written"]
        mark = told(env).late(FootnoteNumber(name, False))
        label = f'<sup class="footnote-definition-label">{mark}</sup>'
        return f'<div class="footnote-definition" id="{escape(name)}">{label}\n'

    def _footnote_close(self, _tokens: Sequence[Token], _index: int, _env: Any) -> str:
        return "</div>\n"

    def _html_block(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        return self._html_inline(tokens, index, env)

    def _html_inline(self, tokens: Sequence[Token], index: int, env: Any) -> str:
        html = tokens[index].content
        return _MORE.sub(lambda found: told(env).late(More(found[0])), html) if "<!--" in html else html

    def _raw_text(self, tokens: Sequence[Token], index: int, _env: Any) -> str:
        return tokens[index].content

    def _s_open(self, _tokens: Sequence[Token], _index: int, _env: Any) -> str:
        return "<del>"

    def _s_close(self, _tokens: Sequence[Token], _index: int, _env: Any) -> str:
        return "</del>"


def _without_renderer(rule: Any) -> Any:
    def render(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
        html: str = rule(tokens, index, env)
        return html

    return render


def _anchor(mark: str) -> str:
    return f'<a class="zola-anchor" href="#{mark}" aria-label="Anchor link for: {mark}">\U0001f517</a>'


def _tables(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("th_open", "td_open") and "align" in token.attrs:
            token.attrs["style"] = f"text-align: {token.attrs.pop('align')}"


def _text(children: Sequence[Token]) -> str:
    parts = []
    for token in children:
        if token.type == "image":
            parts.append(_text(token.children or ()))
        elif token.type in ("text", "code_inline", "raw_text"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)
