"""Hugo's Markdown: goldmark, as the site's configuration sets it up, and what Hugo does before and after.

https://gohugo.io/configuration/markup/. All rules are those of Hugo 0.168.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from markdown_it.token import Token

from editor.render.commonmark.flavour import Bound, Flavour, Late, Told, filled, told
from editor.render.commonmark.placeholders import placeholder
from editor.render.commonmark.plugins import (
    chroma,
    goldmark_definition_lists,
    goldmark_footnotes,
    goldmark_headings,
    goldmark_html,
    goldmark_paragraphs,
    goldmark_passthrough,
    goldmark_task_lists,
    goldmark_typographer,
    hugo_hooks,
    hugo_pages,
    hugo_shortcodes,
)
from editor.render.commonmark.plugins.goldmark import Settings, goldmark
from editor.render.commonmark.plugins.goldmark_attributes import placed_attributes
from editor.render.commonmark.plugins.shortcodes import Shortcode, parts


def make(options: Mapping[str, Any]) -> "Hugo":
    """Return the flavour for the options that `hugo_dialect` makes."""
    return Hugo(options)


class Hugo(Flavour):
    """Goldmark with a site's settings."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._settings = Settings(options.get("goldmark", {}))
        self._highlighting = chroma.Highlighting(**options.get("highlight", {}))
        self._shortcodes = frozenset(options.get("shortcodes", ()))
        """Those of the site's own, which go before Hugo's."""
        self._hooks = frozenset(options.get("hooks", ()))
        """The site's own templates for links, pictures, headings …"""
        self._inline = bool(options.get("inline_shortcodes"))
        self._privacy: Mapping[str, Any] = options.get("privacy", {})
        self._unsafe = self._settings.on("renderer.unsafe", False)
        openings = tuple(opening for opening, _closing in self._settings.delimiters("block"))
        self._formulas = openings or ("\0",)
        super().__init__(goldmark(self._settings, emoji=bool(options.get("emoji"))))
        rules: dict[str, Any] = self.md.renderer.rules  # type: ignore[attr-defined]
        rules["fence"] = self._fence
        if "link" in options.get("embedded", ()):
            rules["link_open"] = self._link
        if "image" in options.get("embedded", ()):
            rules["image"] = self._picture

    marks = ("{{<", "{{%", "<!--more-->")

    def prepare(self, body: str, told: Told) -> str:
        """See `Flavour.prepare`: shortcodes become words, those written with `%` Markdown."""
        made = body
        if "{{<" in body or "{{%" in body:
            found, broken = parts(body)
            for source in broken:
                told.note("hugo-shortcode-broken", source)
            made = hugo_pages.joined(found, lambda code, before: self._inserted(code, before, told))
        return hugo_pages.divided(made)

    def tokens(self, source: str, env: dict[str, Any]) -> list[Token]:
        """See `Flavour.tokens`."""
        text, lines = hugo_pages.unfolded(source)
        found = super().tokens(text, env)
        if self._settings.on("parser.attribute.block", False):
            found = placed_attributes(found)
        found = goldmark_definition_lists.joined_lists(found)
        goldmark_paragraphs.empty_lines(found)
        if lines:
            definitions = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
            hugo_pages.mapped_back(found, definitions, lines)
        return found

    def continues(self, tokens: Sequence[Token]) -> bool:
        """See `Flavour.continues`: what begins in the midst of a line, and what has no line of its own in the page."""
        first = tokens[0]
        if first.meta.get("joined"):
            return True
        # Between comments for raw HTML that is left out, and around formulas, a line feed would be seen.
        formula = first.type == "paragraph_open" and tokens[1].content.startswith(self._formulas)
        return formula or (first.type == "html_block" and not self._unsafe)

    def html(self, _source: str, tokens: list[Token], env: dict[str, Any]) -> str:
        """See `Flavour.html`."""
        if self._settings.on("parser.attribute.title", True):
            goldmark_headings.heading_attributes(tokens)
        if self._settings.on("extensions.taskList", True):
            goldmark_task_lists.take_boxes(tokens)
        env["unsafe"] = self._unsafe
        env["quotes"] = goldmark_typographer.Quotes()
        for token in tokens:
            if token.type == "inline":
                token.children = []
                self.md.inline.parse(token.content, self.md, env, token.children)
                goldmark_task_lists.put_box(token, self.md.options.xhtmlOut)
        env["quotes"].tell_all(env)
        for name in hugo_hooks.hooks_needed(tokens, self._hooks):
            told(env).note("hugo-render-hook", name)
        tokens = goldmark_passthrough.apart(tokens)
        if not self._settings.on("parser.wrapStandAloneImageWithinParagraph", True):
            tokens = goldmark_html.without_wrappers(tokens)
        rest, definitions = goldmark_footnotes.without_definitions(tokens)
        goldmark_headings.identify(
            rest,
            env,
            headings=self._settings.on("parser.autoHeadingID", True),
            terms=self._settings.on("parser.autoDefinitionTermID", False),
        )
        made = [self._rendered(rest, env)]
        if definitions and self._settings.on("extensions.footnote.enableAutoIDPrefix", False):
            told(env).note("hugo-footnote-prefix")
        markup = str(told(env).place.facts.get("markup") or "")
        if markup not in ("", "markdown", "goldmark", "md", "mdown"):
            told(env).note("hugo-markup", markup)
        made += [self._footnote(definition, env) for definition in definitions]
        html = hugo_pages.without_divider("".join(made))
        if any(hugo_pages.has_lower_word(str(late)) for late in told(env).lates):
            told(env).note("hugo-heading-shortcode")
        return hugo_pages.with_shortcodes(
            html, lambda source, alone: self._expanded(source, alone, told(env))
        )

    def bind(self, blocks: Sequence[Sequence[Late]]) -> Bound:
        """See `Flavour.bind`."""
        values = [["" for _ in lates] for lates in blocks]
        goldmark_headings.identifiers(blocks, values, str(self._settings.get("parser.autoIDType", "github")))
        goldmark_typographer.bind_quotes(blocks, values)
        back = str(self._settings.get("extensions.footnote.backlinkHTML", "&#x21a9;&#xfe0e;"))
        return goldmark_footnotes.bind_footnotes(blocks, values, back)

    def _inserted(self, code: Shortcode, before: str, told: Told) -> str:
        """Return what goes into Markdown for a shortcode."""
        if code.tag.mark == "<":
            return hugo_pages.fitted(hugo_pages.word_for(code.source), code.source)
        html = self._own(code, told)
        if html is not None:
            if code.inner is None:
                html = hugo_pages.indented(html, before)
            return hugo_pages.fitted(html, code.source)
        # What the site's template makes of it is not known: a label, and the Markdown inside as it stands.
        first = code.source[: code.tag.end - code.tag.start]
        made = hugo_pages.fitted(hugo_pages.word_for(first), first)
        if code.inner:
            inner = hugo_pages.joined(code.inner, lambda nested, text: self._inserted(nested, text, told))
            last = code.source[code.source.rfind("{{") :]
            made += inner + hugo_pages.fitted("", last)
        return made

    def _expanded(self, source: str, alone: bool, told: Told) -> str:
        """Return the HTML for a shortcode, given its source."""
        found, _broken = parts(source)
        made = ""
        for code in found:
            if isinstance(code, str):
                made += code
                continue
            html = self._own(code, told)
            if html is None:
                told.note("placeholder", code.tag.name)
                html = placeholder("shortcode", code.tag.name, code.label, block=alone)
                if code.inner:
                    html += self._markdown_inside(self._inner(code, told), True, told)
            made += html
        return made

    def _own(self, code: Shortcode, told: Told) -> str | None:
        """Return the HTML of a shortcode that Hugo brings; None for others, and where it can't be made here."""
        if code.tag.name in self._shortcodes:
            return None
        if code.tag.name.endswith(".inline") and not self._inline:
            return ""  # Hugo leaves them out unless the site allows them
        facts = told.place.facts
        around = hugo_shortcodes.Surroundings(
            inner=self._inner(code, told),
            markdown=lambda text, block: self._markdown_inside(text, block, told),
            highlight=self._highlighted,
            link=lambda path, absolute: _reference(facts, path, absolute),
            resource=lambda path: facts.get("resources", {}).get(path),
            parameter=lambda name: facts.get("parameters", {}).get(name),
            privacy=self._privacy,
        )
        return hugo_shortcodes.render(code, around)

    def _inner(self, code: Shortcode, told: Told) -> str:
        """Return what stands between the tags, the shortcodes in it done as far as they can be."""

        def insert(nested: Shortcode, _before: str) -> str:
            html = self._own(nested, told)
            return hugo_pages.word_for(nested.source) if html is None else html

        return hugo_pages.joined(code.inner or (), insert)

    def _markdown_inside(self, text: str, block: bool, outer: Told) -> str:
        """Return Markdown that a template has rendered, as a block or in a line."""
        inner = Told(outer.place)
        env: dict[str, Any] = {"references": {}, "told": inner}
        html = self.html(text, self.tokens(text, env), env)
        bound = self.bind([inner.lates])
        html = filled(html, bound.values[0]) + bound.tail
        outer.notes.extend(inner.notes.as_list())
        plain = html.strip()
        if not block and plain.startswith("<p>") and plain.endswith("</p>") and plain.count("<p>") == 1:
            return plain[3:-4]
        return html.strip() if not block else html

    def _highlighted(self, code: str, language: str, options: str) -> str:
        pairs = (option.partition("=") for option in options.split(",") if "=" in option)
        wanted = {key.strip().lower(): value for key, _sign, value in pairs}
        settings = chroma.with_options(self._highlighting, wanted)
        return chroma.highlighted(code, language, settings)

    def _footnote(self, tokens: list[Token], env: dict[str, Any]) -> str:
        """Tell of a definition; it leaves nothing where it stands."""
        inner, nested = goldmark_footnotes.without_definitions(tokens[1:-1])
        env["in_footnote"] = True
        html = self._rendered(inner, env)
        for definition in nested:
            self._footnote(definition, env)
        env["in_footnote"] = False
        told(env).late(goldmark_footnotes.footnote_text(tokens[0].meta["label"], html, inner))
        return ""

    def _rendered(self, tokens: list[Token], env: dict[str, Any]) -> str:
        return str(self.md.renderer.render(tokens, self.md.options, env))

    def _link(self, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
        token = tokens[index]
        url = hugo_hooks.link_address(str(token.attrs.get("href", "")), told(env).place.facts)
        title = f' title="{escape(str(token.attrs["title"]))}"' if token.attrs.get("title") else ""
        return f'<a href="{escape(url)}"{title}>'

    def _picture(self, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
        return hugo_hooks.picture(tokens[index], told(env).place.facts)

    def _fence(self, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
        token = tokens[index]
        info = token.info.strip()
        if not self._highlighting.code_fences:
            language = info.split(" ", 1)[0]
            named = f' class="language-{escape(language)}"' if language else ""
            return f"<pre><code{named}>{escape(token.content)}</code></pre>\n"
        if info.split(" ", 1)[0].partition("{")[0] == "goat":  # drawn by Hugo itself, as a picture
            told(env).note("placeholder", "goat")
            return placeholder("diagram", "goat", token.content, block=True) + "\n"
        html = chroma.fence(token.content, info, self._highlighting, token.meta.get("attributes"))
        if html is None:
            told(env).note("hugo-attributes", info)
            html = chroma.fence(token.content, info.partition("{")[0].strip(), self._highlighting)
        return str(html)


def _reference(facts: Mapping[str, Any], path: str, absolute: bool) -> str | None:
    """Return the address that `ref` (absolute) or `relref` gives for a path, as far as the site told of it."""
    name, mark, fragment = path.partition("#")
    if not name:
        return path
    found = facts.get("pages", {}).get(name)
    if not isinstance(found, list) or len(found) != 2:
        return None
    return f"{found[0 if absolute else 1]}{mark}{fragment}"
