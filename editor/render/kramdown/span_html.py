"""HTML within a line.

Source: https://kramdown.gettalong.org/syntax.html#html-spans
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from editor.render.kramdown import grammar
from editor.render.kramdown.elements import Element
from editor.render.kramdown.html_blocks import MARKDOWN, attributes_of
from editor.render.kramdown.html_names import BLOCK_CONTENT, BLOCKS, BODILESS, KNOWN, SPAN_CONTENT
from editor.render.kramdown.scanner import compiled

if TYPE_CHECKING:
    from re import Match

    from editor.render.kramdown.spans import SpanParser


def read_html(parser: SpanParser) -> None:
    """Read HTML in text, or its bracket as text."""
    text, start = parser.text, parser.pos
    # What becomes of processing instructions depends on the version of Ruby's XML.
    parser.given_up = parser.given_up or text.startswith("<?", start)
    opens = text.startswith("<!--", start) and text.find("-->", start) > 0
    comment = grammar.HTML_COMMENT.match(text, start) if opens else None
    if comment:
        parser.pos = comment.end()
        parser.tree.children.append(Element("html_comment", comment[0], is_span=True))
        return
    opens = text.startswith("<![", start) and text.find("]]>", start) > 0
    data = (grammar.HTML_CDATA.match(text, start) if opens else None) or grammar.HTML_CLOSE.match(text, start)
    if data:
        parser.pos = data.end()
        parser.add_text(data[1] if data.re is grammar.HTML_CDATA else data[0])
        return
    tag = grammar.HTML_TAG.match(text, start)
    if tag is None:
        parser.pos += 1
        parser.add_text(text[start])
        return
    name = tag[1].lower() if tag[1].lower() in KNOWN else tag[1]
    parser.pos = tag.end()
    if name in BLOCKS or not parser.may_try():
        parser.add_text(tag[0])
        return
    _element(parser, tag, name)


def _element(parser: SpanParser, tag: Match[str], name: str) -> None:
    attributes = attributes_of(tag[2], name in KNOWN)
    for key, value in attributes.items():
        if "\n" in value:
            attributes[key] = re.sub(r"\n+", " ", value)
    parsed = (
        name in SPAN_CONTENT | BLOCK_CONTENT and parser.tree.model != "raw" and parser.options.parse_span_html
    )
    asked = MARKDOWN.get(attributes.pop("markdown", ""))
    if asked in ("span", "raw"):
        parsed = asked == "span"
    elif asked == "default":
        parsed = name in SPAN_CONTENT | BLOCK_CONTENT
    element = Element("html", name, attributes, is_span=True, model="span" if parsed else "raw")
    element.closed = tag[3] is not None
    parser.tree.children.append(element)
    if element.closed or name in BODILESS:
        return
    stop = compiled(rf"</{re.escape(name)}\s*>", re.IGNORECASE if name in KNOWN else 0)
    if parser.read(element, stop, only="" if parsed else "html"):
        end = stop.match(parser.text, parser.pos)
        assert end is not None
        parser.pos = end.end()
    else:
        rest = parser.text[parser.pos :]
        parser.pos = len(parser.text)
        parser.stack.append(element)
        parser.add_text(rest)
        parser.stack.pop()
