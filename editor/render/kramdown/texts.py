"""The second reading: the text in the blocks becomes spans, and attribute lists are laid over what they are for.

Abbreviations, the line breaks of GFM and the ids of its headers come with it.
"""

# Lists of words read better as one text.
# ruff: noqa: SIM905

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from editor.render.kramdown.elements import Definitions, Element, apply
from editor.render.kramdown.scanner import compiled
from editor.render.kramdown.spans import SpanParser

if TYPE_CHECKING:
    from collections.abc import Callable
    from re import Pattern

    from editor.render.kramdown.options import Options

_BREAK = compiled(r"\\\n")
_BLOCKS = frozenset(
    "root p header blockquote li dd dt td footnote_def ul ol dl table thead tbody tfoot tr codeblock".split()
)

QUOTES = {"left-single": 0, "right-single": 1, "left-double": 2, "right-double": 3}
"""The places of the kinds of quotes in the option `smart_quotes`."""
STRAIGHT = "‘’“”"
SYMBOLS = {
    "mdash": "—",
    "ndash": "–",
    "hellip": "…",
    "laquo_space": "«\u00a0",
    "raquo_space": "\u00a0»",
    "laquo": "«",
    "raquo": "»",
}


class TextReader:
    """Reads the text in blocks."""

    def __init__(self, options: Options, definitions: Definitions, asked: Callable[[str, str], None]) -> None:
        """`asked` is told what is looked up in the definitions: its kind and its name."""
        self._options = options
        self._definitions = definitions
        self._asked = asked
        self._abbreviations: tuple[Pattern[str], Pattern[str]] | None = None
        if definitions.abbreviations:
            names = sorted(definitions.abbreviations, key=len, reverse=True)
            union = "|".join(map(re.escape, names))
            self._abbreviations = (re.compile(union), re.compile(rf"(?:{union})(?![A-Za-z0-9_])"))
        self.given_up = False
        """Whether some text could not be read to its end."""

    def read(self, element: Element, *, in_root: bool = True, below_blank: bool = False) -> None:
        """Read all text in an element.

        `in_root` is false for what is no part of the page's own tree, `below_blank` says that blank lines are
        above it.
        """
        self._spans(element, below_blank=below_blank)
        if self._abbreviations is not None:
            self._abbreviate(element)
        if self._options.gfm and in_root:
            self._gfm(element)

    def _spans(self, element: Element, *, below_blank: bool = False) -> None:
        children: list[Element] = []
        blank = below_blank
        for child in element.children:
            if child.kind == "blank":
                if not blank:
                    children.append(child)
                blank = True
                continue
            if child.kind == "boundary":
                continue
            blank = False
            if child.kind == "raw_text":
                children += self._text(child.value)
                continue
            if child.children:
                self._spans(child)
            if child.listed is not None:
                for ref in child.listed.refs:
                    self._asked("list", ref)
                apply(child.attributes, child.listed, self._definitions.attributes)
            if child.kind in ("header", "dt") and (self._options.gfm or self._options.auto_id_stripping):
                child.raw = plain_text(child)
            children.append(child)
        element.children = children

    def _text(self, text: str) -> list[Element]:
        holder = Element("raw_text")
        parser = SpanParser(text, self._options, self._definitions, self._asked)
        parser.read(holder)
        self.given_up = self.given_up or parser.given_up
        return holder.children

    def _abbreviate(self, element: Element) -> None:
        assert self._abbreviations is not None
        anywhere, whole = self._abbreviations
        children: list[Element] = []
        for child in element.children:
            if child.kind != "text":
                if child.kind != "html" or child.model != "raw":
                    self._abbreviate(child)
                children.append(child)
            elif anywhere.search(child.value):
                children += self._abbreviated(child.value, whole)
            else:
                children.append(child)
        element.children = children

    def _abbreviated(self, text: str, whole: Pattern[str]) -> list[Element]:
        made: list[Element] = []
        done = 0
        at = 0
        while True:
            found = whole.search(text, at)
            if found is None:
                break
            start = found.start()
            if start > done and re.match(r"[A-Za-z0-9_]", text[start - 1]):
                at = start + 1
                continue
            if start > done:
                made.append(Element("text", text[done:start]))
            made.append(Element("abbreviation", found[0]))
            done = at = found.end()
        if done < len(text):
            made.append(Element("text", text[done:]))
        return made

    def _gfm(self, element: Element) -> None:
        """Make the line breaks that a backslash at a line's end asks for, and mark headers for GFM's ids."""
        mark = "\n" if self._options.hard_wrap else "\\\n"
        children: list[Element] = []
        for child in element.children:
            if child.kind == "text" and mark in child.value:
                is_last = element.kind in _BLOCKS and element.children[-1] is child
                children += _broken(child.value.split(mark), is_last)
                continue
            if child.kind == "header" and self._options.auto_ids and "id" not in child.attributes:
                child.model = "gfm"
            elif child.kind != "html":
                self._gfm(child)
            children.append(child)
        element.children = children


def _broken(lines: list[str], is_last: bool) -> list[Element]:
    made: list[Element] = []
    omit = is_last and not lines[-1]
    for number, line in enumerate(lines):
        made.append(Element("text", f"\n{line}" if number else line))
        if number < len(lines) - 2 or (number == len(lines) - 2 and not omit):
            made.append(Element("br"))
    return made


def plain_text(element: Element) -> str:
    """Return the text that an element shows, as ids are made of it."""
    parts: list[str] = []
    for child in element.children:
        if child.kind in ("text", "codespan", "math", "entity"):
            parts.append(child.value)
        elif child.kind == "smart_quote":
            parts.append(STRAIGHT[QUOTES[child.value]])
        elif child.kind == "symbol":
            parts.append(SYMBOLS[child.value])
        else:
            parts.append(plain_text(child))
    return "".join(parts)
