"""goldmark as a Hugo site sets it up, made of its parts on markdown-it.

https://gohugo.io/configuration/markup/#goldmark; the defaults are those of Hugo 0.168.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from editor.render.commonmark.plugins import (
    goldmark_definition_lists,
    goldmark_emoji,
    goldmark_footnotes,
    goldmark_html,
    goldmark_linkify,
    goldmark_links,
    goldmark_pairs,
    goldmark_paragraphs,
    goldmark_passthrough,
    goldmark_tables,
    goldmark_typographer,
)
from editor.render.commonmark.plugins.goldmark_attributes import block_attributes, escaped
from editor.render.commonmark.plugins.goldmark_inline import (
    GoldmarkInline,
    brackets,
    escape_rule,
    html_rule,
    text_rule,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_INLINE = "text newline escape backticks emphasis link image autolink html_inline entity"


class Settings:
    """The settings `markup.goldmark`; their names are the same in any case."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values: Mapping[str, Any] = _lowered(values)

    def get(self, name: str, default: Any) -> Any:
        """Return the setting of a dotted name."""
        value: Any = self._values
        for key in name.lower().split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        return default if value is None else value

    def on(self, name: str, default: bool) -> bool:
        """Return whether the setting of a dotted name is on."""
        return bool(self.get(name, default))

    def delimiters(self, name: str) -> list[tuple[str, str]]:
        """Return the delimiters of what goes through as it is: `block` or `inline`."""
        if not self.on("extensions.passthrough.enable", False):
            return []
        pairs = self.get(f"extensions.passthrough.delimiters.{name}", [])
        return [
            (str(pair[0]), str(pair[1]))
            for pair in (pairs if isinstance(pairs, list) else [])
            if isinstance(pair, list) and len(pair) == 2 and pair[0] and pair[1]
        ]


def goldmark(settings: Settings, *, emoji: bool) -> MarkdownIt:
    """Return markdown-it with goldmark's rules; `emoji` says whether names between colons are emoji."""
    md = MarkdownIt("commonmark", {"html": True, "xhtmlOut": settings.on("renderer.xhtml", False)})
    md.inline = GoldmarkInline()
    md.inline.ruler.enableOnly(_INLINE.split())
    md.inline.ruler2.enableOnly(["balance_pairs", "emphasis"])
    unsafe, hard_wraps = settings.on("renderer.unsafe", False), settings.on("renderer.hardWraps", False)
    goldmark_html.goldmark_html(md, unsafe, hard_wraps)
    goldmark_links.goldmark_links(md)
    _inline_rules(md, settings, emoji)
    _block_rules(md, settings)
    md.add_render_rule("table_open", _table_open)
    return md


def _inline_rules(md: MarkdownIt, settings: Settings, emoji: bool) -> None:
    inline = md.inline
    assert isinstance(inline, GoldmarkInline)
    marks = [r"[\n!&*<\[\]\\_`]"]
    tags = _pairs(settings)
    tokenize, finish = goldmark_pairs.pairs(tags)
    inline.ruler.at("emphasis", tokenize)
    inline.ruler2.at("emphasis", finish)
    marks += ["\\" + mark for mark in tags if mark not in "*_"]
    blocks, inlines = settings.delimiters("block"), settings.delimiters("inline")
    if blocks or inlines:
        through, begin = goldmark_passthrough.passthrough(blocks, inlines)
        inline.ruler.before("escape", "passthrough", through)
        marks.append(begin)
    if emoji:
        inline.ruler.before("entity", "emoji", goldmark_emoji.emoji)
        marks.append(":(?=[0-9a-zA-Z+_-]+:)")
    if settings.on("extensions.linkify", True):
        protocol = str(settings.get("extensions.linkifyProtocol", "https"))
        inline.ruler.after("html_inline", "linkify_goldmark", goldmark_linkify.linkify(protocol))
    if not settings.on("extensions.typographer.disable", False):
        words = {
            key: str(settings.get(f"extensions.typographer.{key}", default))
            for key, default in goldmark_typographer.DEFAULTS.items()
        }
        inline.ruler.before("entity", "typographer", goldmark_typographer.typographer(words))
        marks.append(goldmark_typographer.MARKS)
    inline.ruler.at("escape", escape_rule(settings.on("extensions.cjk.escapedSpace", False)))
    inline.ruler.push("brackets", brackets)
    inline.ruler.at("text", text_rule("|".join(marks)))
    inline.ruler.at("html_inline", html_rule(_rule(md, "html_inline")))
    inline.ruler.at("image", inline.label(_rule(md, "image")))


def _pairs(settings: Settings) -> dict[str, tuple[str, ...]]:
    tags: dict[str, tuple[str, ...]] = {"*": ("em", "strong"), "_": ("em", "strong")}
    strike = settings.on("extensions.strikethrough", True)
    delete = settings.on("extensions.extras.delete.enable", False)
    sub = settings.on("extensions.extras.subscript.enable", False)
    if strike or delete or sub:
        one = "sub" if sub else "del"
        two = "del" if strike or delete else "sub"
        tags["~"] = ("1" if sub or strike else "2", one, two)
    if settings.on("extensions.extras.insert.enable", False):
        tags["+"] = ("2", "ins", "ins")
    if settings.on("extensions.extras.mark.enable", False):
        tags["="] = ("2", "mark", "mark")
    if settings.on("extensions.extras.superscript.enable", False):
        tags["^"] = ("1", "sup", "sup")
    return tags


def _block_rules(md: MarkdownIt, settings: Settings) -> None:
    goldmark_paragraphs.goldmark_paragraphs(md)
    if settings.on("extensions.table", True):
        md.enable("table")
        goldmark_tables.goldmark_tables(md)
    if settings.on("extensions.definitionList", True):
        goldmark_definition_lists.goldmark_definition_lists(md)
    if settings.on("extensions.footnote.enable", True):
        goldmark_footnotes.goldmark_footnotes(md)
    if settings.on("parser.attribute.block", False):
        block_attributes(md)


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


def _lowered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key).lower(): _lowered(inner) for key, inner in value.items()}
    return value
