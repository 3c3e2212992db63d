"""HTML between blocks, and the blocks within it where `markdown="1"` or an option asks for them.

Source: https://kramdown.gettalong.org/syntax.html#html-blocks
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from editor.render.kramdown import grammar
from editor.render.kramdown.elements import Element
from editor.render.kramdown.html_names import BODILESS, KNOWN, SPANS, content_model
from editor.render.kramdown.scanner import compiled

if TYPE_CHECKING:
    from re import Match

    from editor.render.kramdown.blocks import BlockParser

DEEPEST = 60
"""Elements in raw HTML; what is deeper is text."""

_REST_OF_LINE = compiled(r"[ \t]*\n")
_RAW = compiled(rf"<(?:{grammar.NAME}|/|!--|\?|!\[CDATA\[)")
MARKDOWN = {"0": "raw", "1": "default", "span": "span", "block": "block"}
"""The values of the attribute `markdown`."""


def read_html(parser: BlockParser, _found: Match[str]) -> bool | None:
    """Read HTML; False where it is none that stands by itself, None at the closing tag of what is being read."""
    src = parser.src
    start = src.pos
    begin = src.text.index("<", src.pos)
    if src.text.startswith("<!--", start):
        comment = src.scan(grammar.HTML_COMMENT)
        if comment is None:
            parser.unclosed = True
            return False
        parser.tree.children.append(Element("html_comment", comment[0]))
        src.scan(_REST_OF_LINE)
        return True
    tag = grammar.HTML_TAG.match(src.text, begin)
    if tag:
        if tag[1].lower() in SPANS:
            return False
        src.pos = tag.end()
        _start_tag(parser, tag)
        return True
    close = grammar.HTML_CLOSE.match(src.text, begin)
    if close is None:
        parser.unclosed = True
        return False
    name = close[1].lower()
    if name in SPANS:
        return False
    if parser.tree.kind == "html" and parser.tree.value == name:
        src.pos = close.end()
        return None
    return False


def attributes_of(text: str, known: bool) -> dict[str, str]:
    """Return the attributes that are written in a tag."""
    attributes: dict[str, str] = {}
    for name, bare, double, single in grammar.HTML_ATTRIBUTE.findall(text):
        attributes[name.lower() if known else name] = bare or double or single
    return attributes


def _start_tag(parser: BlockParser, tag: Match[str]) -> None:
    name = tag[1].lower() if tag[1].lower() in KNOWN else tag[1]
    element = Element("html", name, attributes_of(tag[2], name in KNOWN))
    element.closed = tag[3] is not None or name in BODILESS
    parser.tree.children.append(element)
    raw = name in ("script", "style")
    if raw:
        _unread(parser, element, name)
    _body(parser, element, read=not raw and not element.closed)


def _unread(parser: BlockParser, element: Element, name: str) -> None:
    """Take all up to the closing tag as it stands."""
    src = parser.src
    stop = compiled(rf"</{name}\s*>", re.IGNORECASE).search(src.text, src.pos)
    if stop is None:
        parser.unclosed = True
        text = src.rest()
    else:
        text, src.pos = src.text[src.pos : stop.start()], stop.end()
    if text:
        element.children.append(Element("raw", text, is_span=True))


def _body(parser: BlockParser, element: Element, *, read: bool) -> None:
    src, outer = parser.src, parser.tree
    if parser.pending is not None:
        element.listed, parser.pending = parser.pending, None
    in_raw = outer.kind == "html" and outer.model == "raw"
    model = content_model(element.value) if parser.options.parse_block_html and not in_raw else "raw"
    asked = MARKDOWN.get(element.attributes.pop("markdown", ""))
    if asked:
        model = content_model(element.value) if asked == "default" else asked
    element.model = model
    if model == "block":
        src.scan(_REST_OF_LINE)
    if not read:
        return
    if model == "block":
        if not parser.read(element):
            parser.unclosed = True
    elif model == "span":
        _span_body(parser, element)
    else:
        _raw_body(parser, element)
    if not in_raw:
        src.scan(_REST_OF_LINE)


def _span_body(parser: BlockParser, element: Element) -> None:
    src = parser.src
    stop = compiled(rf"</{element.value}\s*>", re.IGNORECASE).search(src.text, src.pos)
    if stop is None:
        parser.unclosed = True
        text = src.rest()
    else:
        text, src.pos = src.text[src.pos : stop.start()], stop.end()
    parser.with_text(element, text)


def _raw_body(parser: BlockParser, element: Element) -> None:
    """Read HTML in HTML up to the closing tag."""
    src, outer = parser.src, parser.tree
    parser.tree = element
    parser.depth += 1
    while True:
        found = _RAW.search(src.text, src.pos)
        if found is None:
            _text(element, src.rest())
            parser.unclosed = True
            break
        _text(element, src.text[src.pos : found.start()])
        src.pos = found.start()
        if _raw_part(parser, element):
            break
    parser.depth -= 1
    parser.tree = outer


def _raw_part(parser: BlockParser, element: Element) -> bool:
    """Read what begins with `<`; returns whether it was the closing tag of the element."""
    src = parser.src
    comment = src.scan(grammar.HTML_COMMENT)
    if comment:
        element.children.append(Element("html_comment", comment[0]))
        return False
    data = src.scan(grammar.HTML_CDATA)
    if data:
        _text(element, data[1])
        return False
    tag = src.check(grammar.HTML_TAG)
    if tag:
        if parser.depth > DEEPEST:
            parser.too_deep = True
            src.pos = tag.end()
            _text(element, tag[0])
            return False
        src.pos = tag.end()
        _start_tag(parser, tag)
        return False
    close = src.scan(grammar.HTML_CLOSE)
    if close:
        name = close[1].lower() if element.value in KNOWN else close[1]
        if name == element.value:
            return True
        _text(element, close[0])
        return False
    parser.unclosed = True
    _text(element, src.text[src.pos])
    src.pos += 1
    return False


def _text(element: Element, text: str) -> None:
    """Append text to raw HTML."""
    if not text:
        return
    if element.children and element.children[-1].kind == "text":
        element.children[-1].value += text
    else:
        element.children.append(Element("text", text))
