"""Hugo's Markdown: goldmark, as the site's configuration sets it up, and what Hugo does before and after.

https://gohugo.io/configuration/markup/. All rules are those of Hugo 0.168.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from editor.render.commonmark.flavour import Bound, Flavour, Late, Told, filled, told
from editor.render.commonmark.placeholders import placeholder
from editor.render.commonmark.plugins import (
    chroma,
    goldmark_definition_lists,
    goldmark_emoji,
    goldmark_footnotes,
    goldmark_headings,
    goldmark_html,
    goldmark_linkify,
    goldmark_links,
    goldmark_pairs,
    goldmark_paragraphs,
    goldmark_passthrough,
    goldmark_tables,
    goldmark_task_lists,
    goldmark_typographer,
    hugo_hooks,
    hugo_pages,
    hugo_shortcodes,
)
from editor.render.commonmark.plugins.goldmark_attributes import block_attributes, escaped, placed_attributes
from editor.render.commonmark.plugins.goldmark_inline import (
    GoldmarkInline,
    brackets,
    escape_rule,
    html_rule,
    text_rule,
)
from editor.render.commonmark.plugins.shortcodes import Shortcode, parts


def make(options: Mapping[str, Any]) -> "Hugo":
    """Return the flavour for the options that `hugo_dialect` makes."""
    return Hugo(options)


class Hugo(Flavour):
    """Goldmark with a site's settings."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._settings: Mapping[str, Any] = _lowered(options.get("goldmark", {}))
        self._unsafe = self._on("renderer", "unsafe", False)
        self._id_kind = str(self._get("parser", "autoIDType", "github"))
        self._highlighting = chroma.Highlighting(**options.get("highlight", {}))
        self._shortcodes = frozenset(options.get("shortcodes", ()))
        """Those of the site's own, which go before Hugo's."""
        self._hooks = frozenset(options.get("hooks", ()))
        """The site's own templates for links, pictures, headings …"""
        self._embedded = frozenset(options.get("embedded", ()))
        self._inline = bool(options.get("inline_shortcodes"))
        self._emoji = bool(options.get("emoji"))
        self._privacy: Mapping[str, Any] = options.get("privacy", {})
        super().__init__(self._markdown())

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
        if self._on("parser", "attribute.block", False):
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

    def html(self, source: str, tokens: list[Token], env: dict[str, Any]) -> str:
        """See `Flavour.html`."""
        if self._on("parser", "attribute.title", True):
            goldmark_headings.heading_attributes(tokens)
        if self._on("extensions", "taskList", True):
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
        if not self._on("parser", "wrapStandAloneImageWithinParagraph", True):
            tokens = goldmark_html.without_wrappers(tokens)
        rest, definitions = goldmark_footnotes.without_definitions(tokens)
        self._identify(rest, env)
        made = [self._rendered(rest, env)]
        if definitions and self._on("extensions", "footnote.enableAutoIDPrefix", False):
            told(env).note("hugo-footnote-prefix")
        markup = str(told(env).place.facts.get("markup") or "")
        if markup not in ("", "markdown", "goldmark", "md", "mdown"):
            told(env).note("hugo-markup", markup)
        for definition in definitions:
            made.append(self._footnote(definition, env))
        html = hugo_pages.without_divider("".join(made))
        if any(hugo_pages.has_lower_word(str(late)) for late in told(env).lates):
            told(env).note("hugo-heading-shortcode")
        return hugo_pages.with_shortcodes(
            html, lambda source, alone: self._expanded(source, alone, told(env))
        )

    def bind(self, blocks: Sequence[Sequence[Late]]) -> Bound:
        """See `Flavour.bind`."""
        values = [["" for _ in lates] for lates in blocks]
        goldmark_headings.identifiers(blocks, values, self._id_kind)
        goldmark_typographer.bind_quotes(blocks, values)
        back = str(self._get("extensions", "footnote.backlinkHTML", "&#x21a9;&#xfe0e;"))
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

    def _identify(self, tokens: Sequence[Token], env: dict[str, Any]) -> None:
        """Give headings, and terms of definition lists, the ids that the whole page decides."""
        automatic = self._on("parser", "autoHeadingID", True)
        terms = self._on("parser", "autoDefinitionTermID", False)
        for opening, inline in zip(tokens, tokens[1:], strict=False):
            if opening.type not in ("heading_open", "dt_open"):
                continue
            attributes = opening.meta.setdefault("attributes", {})
            given = attributes.get("id")
            kind = "heading" if opening.type == "heading_open" else "term"
            text = goldmark_headings.plain_text(inline.children or [])
            if kind == "heading":
                text = goldmark_headings.last_line(text) if "\n" in inline.content else text
            if given is not None or (text and (automatic if kind == "heading" else terms)):
                late = goldmark_headings.Identifier(kind, text, None if given is None else str(given))
                attributes["id"] = told(env).late(late)
            for name, value in opening.meta.get("below", {}).items():
                attributes.setdefault(name, value)

    def _get(self, part: str, name: str, default: Any) -> Any:
        value: Any = self._settings.get(part, {})
        for key in name.lower().split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        return default if value is None else value

    def _on(self, part: str, name: str, default: bool) -> bool:
        return bool(self._get(part, name, default))

    def _markdown(self) -> MarkdownIt:
        md = MarkdownIt("commonmark", {"html": True, "xhtmlOut": self._on("renderer", "xhtml", False)})
        md.inline = GoldmarkInline()
        md.inline.ruler.enableOnly(
            [
                "text",
                "newline",
                "escape",
                "backticks",
                "emphasis",
                "link",
                "image",
                "autolink",
                "html_inline",
                "entity",
            ]
        )
        md.inline.ruler2.enableOnly(["balance_pairs", "emphasis"])
        goldmark_html.goldmark_html(md, self._unsafe, self._on("renderer", "hardWraps", False))
        goldmark_links.goldmark_links(md)
        self._inline_rules(md)
        self._block_rules(md)
        if "link" in self._embedded:
            md.renderer.rules["link_open"] = self._link  # type: ignore[attr-defined]
        if "image" in self._embedded:
            md.renderer.rules["image"] = self._picture  # type: ignore[attr-defined]
        md.renderer.rules["fence"] = self._fence  # type: ignore[attr-defined]
        md.add_render_rule("table_open", _table_open)
        return md

    def _inline_rules(self, md: MarkdownIt) -> None:
        inline = md.inline
        assert isinstance(inline, GoldmarkInline)
        marks = [r"[\n!&*<\[\]\\_`]"]
        tags = self._pairs()
        tokenize, finish = goldmark_pairs.pairs(tags)
        inline.ruler.at("emphasis", tokenize)
        inline.ruler2.at("emphasis", finish)
        for mark in tags:
            if mark not in "*_":
                marks.append("\\" + mark)
        self._formulas: tuple[str, ...] = ("\0",)
        passthrough = self._get("extensions", "passthrough", {})
        if isinstance(passthrough, Mapping) and passthrough.get("enable"):
            blocks, inlines = (_delimiters(passthrough, name) for name in ("block", "inline"))
            self._formulas = tuple(opening for opening, _closing in blocks) or self._formulas
            if blocks or inlines:
                through, begin = goldmark_passthrough.passthrough(blocks, inlines)
                inline.ruler.before("escape", "passthrough", through)
                marks.append(begin)
        if self._emoji:
            inline.ruler.before("entity", "emoji", goldmark_emoji.emoji)
            marks.append(":(?=[0-9a-zA-Z+_-]+:)")
        if self._on("extensions", "linkify", True):
            protocol = str(self._get("extensions", "linkifyProtocol", "https"))
            inline.ruler.after("html_inline", "linkify_goldmark", goldmark_linkify.linkify(protocol))
        if not self._on("extensions", "typographer.disable", False):
            words = {
                key: str(self._get("extensions", f"typographer.{key}", default))
                for key, default in goldmark_typographer.DEFAULTS.items()
            }
            inline.ruler.before("entity", "typographer", goldmark_typographer.typographer(words))
            marks.append(goldmark_typographer.MARKS)
        inline.ruler.at("escape", escape_rule(self._on("extensions", "cjk.escapedSpace", False)))
        inline.ruler.push("brackets", brackets)
        inline.ruler.at("text", text_rule("|".join(marks)))
        inline.ruler.at("html_inline", html_rule(_rule(md, "html_inline")))
        inline.ruler.at("image", inline.label(_rule(md, "image")))

    def _pairs(self) -> dict[str, tuple[str, ...]]:
        tags: dict[str, tuple[str, ...]] = {"*": ("em", "strong"), "_": ("em", "strong")}
        strike = self._on("extensions", "strikethrough", True)
        delete = self._on("extensions", "extras.delete.enable", False)
        sub = self._on("extensions", "extras.subscript.enable", False)
        if strike or delete or sub:
            one = "sub" if sub else "del"
            two = "del" if strike or delete else "sub"
            tags["~"] = ("1" if sub or strike else "2", one, two)
        if self._on("extensions", "extras.insert.enable", False):
            tags["+"] = ("2", "ins", "ins")
        if self._on("extensions", "extras.mark.enable", False):
            tags["="] = ("2", "mark", "mark")
        if self._on("extensions", "extras.superscript.enable", False):
            tags["^"] = ("1", "sup", "sup")
        return tags

    def _block_rules(self, md: MarkdownIt) -> None:
        goldmark_paragraphs.goldmark_paragraphs(md)
        if self._on("extensions", "table", True):
            md.enable("table")
            goldmark_tables.goldmark_tables(md)
        if self._on("extensions", "definitionList", True):
            goldmark_definition_lists.goldmark_definition_lists(md)
        if self._on("extensions", "footnote.enable", True):
            goldmark_footnotes.goldmark_footnotes(md)
        if self._on("parser", "attribute.block", False):
            block_attributes(md)

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


def _rule(md: MarkdownIt, name: str) -> Any:
    return next(rule.fn for rule in md.inline.ruler.__rules__ if rule.name == name)


def _table_open(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    attributes = tokens[index].meta.get("attributes", {}) if tokens[index].meta else {}
    written = "".join(
        f' {name.lower()}="{escaped(value)}"'
        for name, value in sorted(attributes.items())
        if value and not name.lower().startswith("on")
    )
    return f"<table{written}>\n"


def _reference(facts: Mapping[str, Any], path: str, absolute: bool) -> str | None:
    """Return the address that `ref` (absolute) or `relref` gives for a path, as far as the site told of it."""
    name, mark, fragment = path.partition("#")
    if not name:
        return path
    found = facts.get("pages", {}).get(name)
    if not isinstance(found, list) or len(found) != 2:
        return None
    return f"{found[0 if absolute else 1]}{mark}{fragment}"


def _delimiters(passthrough: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    given = passthrough.get("delimiters")
    pairs = given.get(name) if isinstance(given, Mapping) else None
    return [
        (str(pair[0]), str(pair[1]))
        for pair in (pairs if isinstance(pairs, list) else [])
        if isinstance(pair, list) and len(pair) == 2 and pair[0] and pair[1]
    ]


def _lowered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key).lower(): _lowered(inner) for key, inner in value.items()}
    return value
