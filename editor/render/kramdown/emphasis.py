"""Emphasis in kramdown.

Source: https://kramdown.gettalong.org/syntax.html#emphasis, tried against kramdown 2.4.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from editor.render.kramdown.elements import Element
from editor.render.kramdown.scanner import compiled

if TYPE_CHECKING:
    from re import Match

    from editor.render.kramdown.spans import SpanParser

_WHITE = " \t\r\n\f\v"


def read_emphasis(parser: SpanParser, found: Match[str]) -> None:
    """Read `*` and `_`: emphasis, or the marks as text."""
    start, marks = parser.pos, found[0]
    parser.pos = found.end()
    kind = "strong" if len(marks) == 2 else "em"
    after = parser.text[parser.pos : parser.pos + 1]
    if (
        (after and after in _WHITE)
        or any(element.kind == kind for element in parser.stack)
        or (marks[0] == "_" and _letter_before(parser, start))
        or not parser.may_try()
    ):
        parser.add_text(marks)
        return
    element = _emphasized(parser, marks, kind)
    if element is None and kind == "strong" and parser.tree.kind != "em":
        parser.pos, marks = start + 1, marks[0]
        element = _emphasized(parser, marks, "em")
        marks = marks[0]
    if element is not None:
        parser.pos += len(marks)
        parser.tree.children.append(element)
    else:
        parser.pos = found.end()
        parser.add_text(found[0])


def _letter_before(parser: SpanParser, start: int) -> bool:
    at = start - 1
    if at > 0 and parser.text[at] == "-":
        at -= 1
    return at >= 0 and _is_letter(parser.text[at])


def _emphasized(parser: SpanParser, marks: str, kind: str) -> Element | None:
    key = (parser.pos, marks, parser.context())
    if key in parser.lost_emphasis or parser.text.find(marks, parser.pos) < 0:
        return None
    element = Element(kind)
    text, mark = parser.text, marks[0]

    def ends(here: Match[str]) -> bool:
        at = here.start()
        if (at and text[at - 1] in _WHITE) or not element.children:
            return False
        if kind == "em" and text.startswith(mark * 2, at) and text[at + 2 : at + 3] != mark:
            return False
        return mark != "_" or not text[here.end() : here.end() + 1].isalnum()

    if parser.read(element, compiled(re.escape(marks)), ends):
        return element
    parser.lost_emphasis.add(key)
    return None


def _is_letter(character: str) -> bool:
    """Return whether a character is alphabetic; marks that stand for vowels are."""
    return character.isalpha() or unicodedata.category(character) in ("Mn", "Mc", "Nl")
