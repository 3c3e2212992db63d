"""What Hugo does to a page's text before goldmark sees it, and to its HTML afterwards: shortcodes, `<!--more-->`.

https://gohugo.io/content-management/shortcodes/, https://gohugo.io/content-management/summaries/; observed with
Hugo 0.168. A shortcode goes through goldmark as one word; here the word carries the shortcode's source, so
that a block can be rendered without knowing of the others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from editor.render.commonmark.flavour import FOLDED_LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from markdown_it.token import Token

    from editor.render.commonmark.plugins.shortcodes import Shortcode

ADDED_LINE = "\ufdd5"
"""Stands in a prepared body for a line feed that the source does not have."""

DIVIDER = "HUGOMORE42"
_MORE = re.compile(r"<!--more-->\s*")
_WORD = re.compile(
    r"(?P<open><p>)?HAHAHUGOSHORTCODE(?P<source>(?:[0-9a-f]{2})+)HBHB(?(open)(?P<close></p>)?)"
)
_LOWER_WORD = "hahahugoshortcode"


def word_for(source: str) -> str:
    """Return the word that stands for a shortcode, given its source."""
    return f"HAHAHUGOSHORTCODE{source.encode('utf-8', 'surrogatepass').hex()}HBHB"


def with_shortcodes(html: str, render: Callable[[str, bool], str]) -> str:
    """Return `html` with what `render` makes of each shortcode in the place of its word.

    `render` gets the source and whether it stands alone: then the paragraph around it goes too.
    """

    def made(found: re.Match[str]) -> str:
        source = bytes.fromhex(found["source"]).decode("utf-8", "surrogatepass")
        alone = bool(found["close"])
        return ("" if alone else found["open"] or "") + render(source, alone)

    return _WORD.sub(made, html) if "HAHAHUGOSHORTCODE" in html else html


def has_lower_word(html: str) -> bool:
    """Tell whether a shortcode's word became part of an id, where Hugo puts a number of its own."""
    return _LOWER_WORD in html


def without_divider(html: str) -> str:
    """Return `html` without what stands for `<!--more-->`."""
    if DIVIDER not in html:
        return html
    return html.replace(f"<p>{DIVIDER}</p>\n", "").replace(f"<p>{DIVIDER}</p>", "").replace(DIVIDER, "")


def divided(text: str) -> str:
    """Return `text` with the first `<!--more-->` made a paragraph of its own."""
    found = _MORE.search(text)
    if found is None:
        return text
    return text[: found.start()] + fitted(f"\n\n{DIVIDER}\n\n", found[0]) + text[found.end() :]


def fitted(made: str, source: str) -> str:
    """Return `made` with as many line feeds as `source`: those left out and those added are marked."""
    lines, wanted = made.count("\n"), source.count("\n")
    if lines > wanted:
        made = made.replace("\n", ADDED_LINE, lines - wanted)
    return made + FOLDED_LINE * (wanted - lines)


def unfolded(source: str) -> tuple[str, list[int]]:
    """Return a prepared source as goldmark gets it, and for each of its lines that of the source."""
    if ADDED_LINE not in source and FOLDED_LINE not in source:
        return source, []
    lines: list[int] = []
    for number, line in enumerate(source.split("\n")):
        lines += [number] * (line.count(ADDED_LINE) + 1)
    return source.replace(FOLDED_LINE, "").replace(ADDED_LINE, "\n"), lines


def mapped_back(tokens: Sequence[Token], definitions: Iterable[dict[str, Any]], lines: Sequence[int]) -> None:
    """Give tokens and definitions the lines of the source; those that begin within one are marked `joined`."""

    def back(span: Sequence[int]) -> list[int]:
        start, end = span
        last = lines[min(max(end - 1, start), len(lines) - 1)]
        return [lines[min(start, len(lines) - 1)], last + 1]

    for token in tokens:
        if token.map is not None:
            start = token.map[0]
            if 0 < start < len(lines) and lines[start] == lines[start - 1]:
                token.meta["joined"] = True
            token.map = back(token.map)
    for definition in definitions:
        if "map" in definition:
            definition["map"] = back(definition["map"])


def indented(made: str, before: str) -> str:
    """Return the output of a shortcode with its further lines as far in as its first one."""
    indent = before[before.rfind("\n") + 1 :]
    return made.replace("\n", f"\n{indent}") if indent and not indent.strip(" \t") else made


def joined(parts: Sequence[Shortcode | str], insert: Callable[[Shortcode, str], str]) -> str:
    """Return the text of parts, with what `insert` makes of a shortcode, given what stands before it."""
    made = ""
    for part in parts:
        made += part if isinstance(part, str) else insert(part, made)
    return made
