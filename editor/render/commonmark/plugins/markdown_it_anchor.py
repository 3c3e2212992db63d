"""Ids and permalinks of headings, as the package markdown-it-anchor makes them (version 9)."""

from collections.abc import Callable, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from editor.render.commonmark.flavour import told
from editor.render.commonmark.plugins.heading_text import HeadingId, plain_text

KINDS: dict[str, dict[str, Any]] = {
    "linkInsideHeader": {"space": True, "placement": "after", "ariaHidden": False},
    "ariaHidden": {"space": True, "placement": "after", "ariaHidden": True},
    "headerLink": {"safariReaderFix": False},
}
"""The permalinks that are made here, each with what it does where no option says otherwise."""


def anchor_plugin(
    md: MarkdownIt, options: Mapping[str, Any], slug: Callable[[str], str], tab_index: str | None = "-1"
) -> None:
    """Give headings ids, made of their text by `slug`; `tab_index` is an attribute that they get beside it.

    `options` are those of the package: `level` (a number or a list of them) and `permalink`: {"kind": one of KINDS,
    and its options}.
    """
    levels = options.get("level", 1)
    permalink = options.get("permalink") or None

    def anchor(state: StateCore) -> None:
        for index, token in enumerate(state.tokens):
            if token.type != "heading_open":
                continue
            level = int(token.tag[1:])
            if level not in levels if isinstance(levels, list) else level < levels:
                continue
            inline = state.tokens[index + 1]
            own = token.attrGet("id")
            late = (
                HeadingId(str(own), True) if own is not None else HeadingId(slug(plain_text(inline.children)))
            )
            mark = told(state.env).late(late)
            token.attrSet("id", mark)
            if tab_index is not None:
                token.attrSet("tabindex", tab_index)
            if permalink:
                inline.children = _linked(mark, permalink, inline.children or [])

    md.core.ruler.push("anchor", anchor)


def _linked(mark: str, permalink: Mapping[str, Any], children: list[Token]) -> list[Token]:
    """Return the tokens of a heading with its permalink."""
    options = {"class": "header-anchor", "symbol": "#", **KINDS[permalink["kind"]], **permalink}
    attributes: dict[str, str | int | float] = {"class": options["class"]} if options["class"] else {}
    attributes["href"] = f"#{mark}"
    if options.get("ariaHidden"):
        attributes["aria-hidden"] = "true"
    link = Token("link_open", "a", 1, attrs=attributes)
    if permalink["kind"] == "headerLink":
        fix = [Token("span_open", "span", 1)], [Token("span_close", "span", -1)]
        inside = [*fix[0], *children, *fix[1]] if options["safariReaderFix"] else children
        return [link, *inside, Token("link_close", "a", -1)]
    symbol = [link, Token("html_inline", "", 0, content=options["symbol"]), Token("link_close", "a", -1)]
    space = options["space"]
    gap = [_space(space)] if space else []
    after = options["placement"] in ("after", False)
    return [*children, *gap, *symbol] if after else [*symbol, *gap, *children]


def _space(space: Any) -> Token:
    if isinstance(space, str):
        return Token("html_inline", "", 0, content=space)
    return Token("text", "", 0, content=" ")
