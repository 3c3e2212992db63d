"""Links and pictures in kramdown.

Source: https://kramdown.gettalong.org/syntax.html#links-and-images
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from editor.render.kramdown.elements import AttributeList, Element
from editor.render.kramdown.scanner import compiled

if TYPE_CHECKING:
    from re import Match

    from editor.render.kramdown.spans import SpanParser

_BRACKET = compiled(r"(\])|!?\[")
_NAME = compiled(r"\s*?\[([^\]]+)?\]")
_PARENTHESIS = compiled(r"(\()|(\))|\s(?=['\"])")
_ANGLED = compiled(r"\(<([^\n]*?)>")
_TITLE = compiled(r"\s*?([\"'])(.+?)\1\s*?\)", re.DOTALL)
_SPACES = compiled(r"\s+")
_WHITE = " \t\r\n\f\v\0"


def link_name(text: str) -> str:
    """Return the name under which a link's definition is found."""
    return _SPACES.sub(" ", text).lower()


def read_link(parser: SpanParser, found: Match[str]) -> None:
    """Read a link or a picture, or its bracket as text."""
    start = parser.pos = found.end()
    kind = "img" if found[0] == "![" else "a"
    nested = kind == "a" and any(element.kind in ("img", "a") for element in parser.stack)
    if nested or not parser.may_try() or parser.text.find("]", start) < 0:
        parser.add_text(found[0])
        return
    element = Element(kind)
    if not _content(parser, element) or not _destination(parser, element, start):
        parser.pos = start
        parser.add_text(found[0])


def _content(parser: SpanParser, element: Element) -> bool:
    """Read up to the bracket that closes the link's text."""
    depth = 1

    def ends(here: Match[str]) -> bool:
        nonlocal depth
        depth += -1 if here[1] else 1
        depth -= sum(child.kind == "img" for child in element.children)
        return depth == 0

    return parser.read(element, _BRACKET, ends)


def _destination(parser: SpanParser, element: Element, start: int) -> bool:
    """Read what stands behind the text; returns whether the link is one."""
    text = parser.text
    shown = parser.unescaped(text[start : parser.pos])
    parser.pos += 1
    named = _NAME.match(text, parser.pos)
    if named or not text.startswith("(", parser.pos):
        if named:
            parser.pos = named.end()
        name = link_name((named[1] if named else None) or shown)
        parser.asked("link", name)
        definition = parser.definitions.links.get(name)
        if definition is None:
            return False
        _add(parser, element, definition.url, definition.title, shown, definition.place.listed)
        return True
    angled = _ANGLED.match(text, parser.pos)
    if angled:
        url, parser.pos = angled[1], angled.end()
        if text.startswith(")", parser.pos):
            parser.pos += 1
            _add(parser, element, url, None, shown)
            return True
    else:
        begin, brackets = parser.pos, 0
        while True:
            mark = _PARENTHESIS.search(text, parser.pos)
            if mark is None or not parser.may_try():
                break
            parser.spend()
            parser.pos = mark.end()
            if mark[2]:
                brackets -= 1
                if brackets == 0:
                    break
            elif mark[1]:
                brackets += 1
            else:
                break
        url = text[begin + 1 : parser.pos - 1].strip(_WHITE)
        if brackets == 0:
            _add(parser, element, url, None, shown)
            return True
    title = _TITLE.match(text, parser.pos)
    if title is None:
        return False
    parser.pos = title.end()
    _add(parser, element, url, title[2], shown)
    return True


def _add(
    parser: SpanParser,
    element: Element,
    url: str,
    title: str | None,
    shown: str,
    listed: AttributeList | None = None,
) -> None:
    if listed is not None:
        element.listed = AttributeList(dict(listed.values), list(listed.refs))
        parser.apply(element.attributes, listed)
    if element.kind == "a":
        element.attributes["href"] = url
    else:
        element.attributes["src"] = url
        element.attributes["alt"] = shown
        element.children.clear()
    if title:
        element.attributes["title"] = title
    parser.tree.children.append(element)
