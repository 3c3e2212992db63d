"""kramdown's extensions: comments, text that is no Markdown, and options within a text.

Source: https://kramdown.gettalong.org/syntax.html#extensions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.render.kramdown.attributes import read_into
from editor.render.kramdown.elements import AttributeList, Element
from editor.render.kramdown.scanner import compiled

if TYPE_CHECKING:
    from re import Match

    from editor.render.kramdown.blocks import BlockParser

_WHITE = " \t\r\n\f\v\0"


def block_extension(parser: BlockParser, found: Match[str]) -> bool:
    """Read an extension between blocks; returns False where it is none that is known."""
    src = parser.src
    name = found[1]
    if not name:  # a closing tag without an opening one
        return False
    end = found.end()
    body = None
    if not found[3]:
        stop = compiled(rf"^ {{0,3}}\{{:/(?:{name})?\}}[^\S\n]*\n").search(src.text, end)
        if stop is None:
            parser.unclosed = True
            return False
        body, end = src.text[end : stop.start()].removesuffix("\n"), stop.end()
    element = extension(parser, name, found[2] or "", body, is_span=False)
    if element is None:
        return False
    src.pos = end
    if element.kind != "nothing":
        parser.tree.children.append(element)
    return True


def extension(
    parser: BlockParser | None, name: str, listed: str, body: str | None, *, is_span: bool
) -> Element | None:
    """Return what an extension leaves in the text (`nothing` for options); None where it is not known."""
    if name == "comment":
        return Element("comment", body or "", is_span=is_span) if body is not None else Element("nothing")
    if name == "nomarkdown":
        if body is None:
            return Element("nothing")
        given = AttributeList()
        read_into(given, listed)
        kinds = given.values.get("type", "html").split()
        return Element("raw", body, is_span=is_span) if "html" in kinds else Element("nothing")
    if name == "options":
        if parser is not None:
            parser.changed_options = True
        return Element("nothing")
    return None
