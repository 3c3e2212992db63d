"""A whole text in kramdown's syntax to HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.render.kramdown.blocks import BlockParser
from editor.render.kramdown.converter import Converter
from editor.render.kramdown.elements import Element
from editor.render.kramdown.late import Page, Written
from editor.render.kramdown.texts import TextReader

if TYPE_CHECKING:
    from editor.render.kramdown.options import Options


def source_of(text: str) -> str:
    """Return a text as kramdown takes it: line feeds alone, one at the end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n") + "\n"


def to_html(text: str, options: Options) -> str:
    """Return the HTML of a text."""
    parser = BlockParser(options)
    root = Element("root")
    parser.read(root, source_of(text))
    definitions = parser.definitions
    reader = TextReader(options, definitions, lambda _kind, _name: None)
    reader.read(root)
    converter = Converter(options, definitions)
    html = converter.inner(root, [], 0)

    def footnote(name: str) -> Element | None:
        content = definitions.footnotes.get(name)
        if content is None:
            return None
        copy = content.copy()
        reader.read(copy, in_root=False)
        return copy

    page = Page(options, definitions, footnote)
    return "".join(page.finished([Written(html, tuple(converter.late), tuple(converter.headings))]))
