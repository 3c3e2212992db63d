"""What stands within a line of kramdown: emphasis, code, links, HTML and the rest.

Source: https://kramdown.gettalong.org/syntax.html#span-level-elements, tried against kramdown 2.4.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from editor.render.kramdown import grammar
from editor.render.kramdown.attributes import read_into
from editor.render.kramdown.elements import AttributeList, Definitions, Element, apply
from editor.render.kramdown.emphasis import read_emphasis
from editor.render.kramdown.entities import character, code_point
from editor.render.kramdown.extensions import extension
from editor.render.kramdown.links import read_link
from editor.render.kramdown.scanner import compiled
from editor.render.kramdown.smart_quotes import QUOTE, read_quotes
from editor.render.kramdown.span_html import read_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from re import Match, Pattern

    from editor.render.kramdown.options import Options

DEEPEST = 40
"""Spans in spans beyond this are text; each level takes several calls."""

_STEPS_LEAST = 8_000
_STEPS_A_CHARACTER = 4
"""After so many steps in one text, markup that may lead nowhere is text."""

_WHITE = " \t\r\n\f\v"
_EMPHASIS = compiled(r"\*\*?|__?")
_TICKS = compiled(r"`+")
_ALNUM = r"[^\W_]"
_AUTOLINK = re.compile(
    rf"<((mailto|https?|ftps?):[^\n]+?|(?:{_ALNUM}|[-_.])+@(?:{_ALNUM}|[-_.])+?(?:\.(?:{_ALNUM}|[-_.])+?)*\.[a-z]+)>"
)
_SPAN_HTML = compiled(rf"<(?:{grammar.NAME}|\?|!--|/|!\[CDATA\[)")
_FOOTNOTE = compiled(rf"\[\^({grammar.LIST_NAME})\]")
_LINK = compiled(r"!?\[(?=[^^])")
_MATH = compiled(r"\$\$(.*?)\$\$", re.DOTALL)
_EXTENSION = compiled(rf"{grammar.EXTENSION_OPEN}|{grammar.EXTENSION_CLOSE}")
_LISTED = compiled(rf"\{{:((?:{grammar.ANY})+)\}}")
_SYMBOL = compiled(r"---|--|\.\.\.|\\<<|\\>>|<< | >>|<<|>>")
_BREAK = compiled(r"(?:  |\\\\)(?=\n)")
_ESCAPED = compiled(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=-])")
_ESCAPED_GFM = compiled(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=~-])")
_STRIKE = compiled(r"~~(?![\s~])(.*?[^\s~])~~", re.DOTALL)
_ANY_START = r"[*_`<\[&]|!\[|\$\$|\{:|--|\.\.\.|(?:\\| )?>>|(?:  |\\\\)(?=\n)|\\|~~"
_START = compiled(_ANY_START + r"""|[^\\]?["']""", re.DOTALL)
_CODE_START = compiled("`")
_CODE_HTML_START = compiled("[`<]")
_HTML_START = compiled("<")
_NAMES = {
    "---": "mdash",
    "--": "ndash",
    "...": "hellip",
    "\\<<": "&lt;&lt;",
    "\\>>": "&gt;&gt;",
    "<< ": "laquo_space",
    " >>": "raquo_space",
    "<<": "laquo",
    ">>": "raquo",
}


class SpanParser:
    """Reads one text into elements."""

    def __init__(
        self, text: str, options: Options, definitions: Definitions, asked: Callable[[str, str], None]
    ) -> None:
        """`asked` is told what is looked up: `link`, `list` or `footnote`, and a name."""
        self.text = text
        self.pos = 0
        self.options = options
        self.definitions = definitions
        self.asked = asked
        self.stack: list[Element] = []
        """The elements that are open, the innermost last."""
        self.given_up = False
        """Whether something was left as text because reading it takes too long or goes too deep."""
        self._steps = max(_STEPS_LEAST, _STEPS_A_CHARACTER * len(text))
        self._no_ticks_from: dict[int, int] = {}
        self.lost_emphasis: set[tuple[int, str, tuple[str, ...]]] = set()
        """Where emphasis was begun that has no end: place, marks and `context`."""
        self._readers = _readers(options.gfm, options.hard_wrap, options.auto_typographic)

    @property
    def tree(self) -> Element:
        """The element that is being read."""
        return self.stack[-1]

    def read(
        self,
        element: Element,
        stop: Pattern[str] | None = None,
        accept: Callable[[Match[str]], bool] | None = None,
        only: str = "",
    ) -> bool:
        """Read spans into an element up to what matches `stop`, if `accept` agrees; returns whether that came.

        `only` is `html` where nothing but HTML is read, `code` or `code html` likewise.
        """
        self.stack.append(element)
        readers, start = _some_readers(only) if only else (self._readers, _START)
        if stop is not None:
            start = _either(stop, start)
        text = self.text
        found = False
        while self.pos < len(text):
            self._steps -= 1
            hit = start.search(text, self.pos)
            if hit is None:
                if stop is None:
                    self.add_text(text[self.pos :])
                    self.pos = len(text)
                break
            place = hit.start()
            if place > self.pos:
                self.add_text(text[self.pos : place])
                self.pos = place
            here = stop.match(text, place) if stop else None
            if here and (accept is None or accept(here)):
                found = True
                break
            for pattern, reader in readers:
                match = pattern.match(text, place)
                if match:
                    reader(self, match)
                    break
            else:
                self.add_text(text[place])
                self.pos = place + 1
        self.stack.pop()
        return found

    def add_text(self, text: str) -> None:
        """Append text to what is being read."""
        if not text:
            return
        children = self.stack[-1].children
        if children and children[-1].kind == "text":
            children[-1].value += text
        else:
            children.append(Element("text", text))

    def spend(self) -> None:
        """Count a step of reading."""
        self._steps -= 1

    def may_try(self) -> bool:
        """Return whether there is time left, and room, for markup that may lead nowhere."""
        if self._steps > 0 and len(self.stack) < DEEPEST:
            return True
        self.given_up = True
        return False

    def context(self) -> tuple[str, ...]:
        """Return what the outcome of reading depends on besides the place: the kinds of what is open."""
        return tuple(element.kind for element in self.stack)

    def emphasis(self, found: Match[str]) -> None:
        """Read `*` and `_`."""
        read_emphasis(self, found)

    def code(self, found: Match[str]) -> None:
        """Read code between backticks."""
        ticks, text = found[0], self.text
        self.pos = found.end()
        before, after = text[found.start() - 1 : found.start()], text[self.pos : self.pos + 1]
        if len(ticks) == 1 and before in _WHITE and after and after in _WHITE:
            self.add_text(ticks)
            return
        end = -1
        if self.pos < self._no_ticks_from.get(len(ticks), len(text) + 1):
            end = text.find(ticks, self.pos)
        if end < 0:
            self._no_ticks_from[len(ticks)] = min(self.pos, self._no_ticks_from.get(len(ticks), self.pos))
            self.add_text(ticks)
            return
        value = text[self.pos : end]
        self.pos = end + len(ticks)
        if len(ticks) > 1:
            value = value.removeprefix(" ")
            value = value.removesuffix(" ")
        self.tree.children.append(Element("codespan", value, is_span=True))

    def autolink(self, found: Match[str]) -> None:
        """Read `<https://…>` and `<mail@…>`."""
        self.pos = found.end()
        href = found[1] if found[2] else f"mailto:{found[1]}"
        element = Element("a", attributes={"href": href})
        element.children.append(Element("text", found[1].removeprefix("mailto:")))
        self.tree.children.append(element)

    def html(self, _found: Match[str]) -> None:
        """Read HTML in text."""
        read_html(self)

    def footnote(self, found: Match[str]) -> None:
        """Read the mark of a footnote."""
        self.pos = found.end()
        self.asked("footnote", found[1])
        if found[1] in self.definitions.footnotes:
            self.tree.children.append(Element("footnote", found[1]))
        else:
            self.add_text(found[0])

    def quotes(self, _found: Match[str]) -> None:
        """Read straight quotes."""
        quotes = read_quotes(self.text, self.pos)
        assert quotes is not None
        self.pos += quotes.length
        self.add_text(quotes.before)
        self.tree.children += [Element("smart_quote", name) for name in quotes.names]

    def math(self, found: Match[str]) -> None:
        """Read `$$ … $$`."""
        self.pos = found.end()
        self.tree.children.append(Element("math", found[1].strip(_WHITE + "\0"), is_span=True))

    def extensions(self, _start: Match[str]) -> None:
        """Read extensions and attribute lists."""
        if self.text.find("}", self.pos) < 0:
            self.add_text(self.text[self.pos])
            self.pos += 1
            return
        found = _EXTENSION.match(self.text, self.pos)
        if found:
            self._extension(found)
            return
        listed = _LISTED.match(self.text, self.pos)
        last = self.tree.children[-1] if self.tree.children else None
        if listed is None or last is None or last.kind == "text":
            self.add_text(self.text[self.pos])
            self.pos += 1
            return
        self.pos = listed.end()
        given = AttributeList()
        read_into(given, listed[1])
        mine = last.attribute_list()
        mine.refs += given.refs
        for key, value in given.values.items():
            if key == "class":
                mine.add_class(value)
            else:
                mine.values[key] = value
        self.apply(last.attributes, given)

    def _extension(self, found: Match[str]) -> None:
        name, end, body = found[1], found.end(), None
        element = None
        if name and not found[3]:
            stop = compiled(rf"\{{:/(?:{name})?\}}").search(self.text, end)
            if stop:
                body, end = self.text[end : stop.start()], stop.end()
        if name and (found[3] or body is not None):
            element = extension(None, name, found[2] or "", body, is_span=True)
            self.given_up = self.given_up or name == "options"
        if element is None:
            self.add_text(self.text[self.pos])
            self.pos += 1
            return
        self.pos = end
        if element.kind != "nothing":
            self.tree.children.append(element)

    def apply(self, attributes: dict[str, str], listed: AttributeList) -> None:
        """Lay an attribute list over attributes."""
        for ref in listed.refs:
            self.asked("list", ref)
        apply(attributes, listed, self.definitions.attributes)

    def entity(self, found: Match[str]) -> None:
        """Read `&name;` and the like; what is not known is an ampersand."""
        number = int(found[2]) if found[2] else int(found[3], 16) if found[3] else code_point(found[1])
        self.pos = found.end()
        if number is None:
            self.tree.children.append(Element("entity", "&", raw="&amp;"))
            self.add_text(found[0][1:])
            return
        self.tree.children.append(Element("entity", character(number), raw=found[0]))

    def symbol(self, found: Match[str]) -> None:
        """Read dashes, dots and angle quotes."""
        self.pos = found.end()
        name = _NAMES[found[0]]
        if name.startswith("&"):
            for _ in range(2):
                self.tree.children.append(Element("entity", "<" if name == "&lt;&lt;" else ">", raw=name[:4]))
        else:
            self.tree.children.append(Element("symbol", name))

    def line_break(self, found: Match[str]) -> None:
        """Read two spaces or backslashes at a line's end."""
        self.pos = found.end()
        self.tree.children.append(Element("br"))

    def escaped(self, found: Match[str]) -> None:
        """Read a backslash before what would mean something."""
        self.pos = found.end()
        self.add_text(found[1])

    def unescaped(self, text: str) -> str:
        """Return a text without the backslashes that take a meaning away."""
        return (_ESCAPED_GFM if self.options.gfm else _ESCAPED).sub(r"\1", text)

    def strike(self, found: Match[str]) -> None:
        """Read `~~deleted~~`."""
        self.pos = found.end()
        element = Element("html", "del", is_span=True, model="span")
        self.tree.children.append(element)
        inner = SpanParser(found[1], self.options, self.definitions, self.asked)
        inner.read(element)

    def link(self, found: Match[str]) -> None:
        """Read a link or a picture."""
        read_link(self, found)


@functools.lru_cache(maxsize=64)
def _either(stop: Pattern[str], start: Pattern[str]) -> Pattern[str]:
    return re.compile(f"{stop.pattern}|{start.pattern}", stop.flags | start.flags)


_Readers = tuple[tuple["Pattern[str]", "Callable[[SpanParser, Match[str]], None]"], ...]


@functools.lru_cache(maxsize=8)
def _readers(gfm: bool, hard_wrap: bool, auto_typographic: bool) -> _Readers:
    """Return what is tried at a place, in this order."""
    readers: list[tuple[Pattern[str], Callable[[SpanParser, Match[str]], None]]] = [
        (_EMPHASIS, SpanParser.emphasis),
        (_TICKS, SpanParser.code),
        (_AUTOLINK, SpanParser.autolink),
        (_SPAN_HTML, SpanParser.html),
        (_FOOTNOTE, SpanParser.footnote),
        (_LINK, SpanParser.link),
        (QUOTE, SpanParser.quotes),
        (_MATH, SpanParser.math),
        (compiled(r"\{:"), SpanParser.extensions),
        (grammar.HTML_ENTITY, SpanParser.entity),
    ]
    if auto_typographic or not gfm:
        readers.append((_SYMBOL, SpanParser.symbol))
    if not (gfm and hard_wrap):
        readers.append((_BREAK, SpanParser.line_break))
    readers.append((_ESCAPED_GFM if gfm else _ESCAPED, SpanParser.escaped))
    if gfm:
        readers.append((_STRIKE, SpanParser.strike))
    return tuple(readers)


def _some_readers(only: str) -> tuple[_Readers, Pattern[str]]:
    code, html = (_TICKS, SpanParser.code), (_SPAN_HTML, SpanParser.html)
    if only == "code":
        return (code,), _CODE_START
    return ((html,), _HTML_START) if only == "html" else ((code, html), _CODE_HTML_START)


def only_code(text: str, options: Options, *, html: bool = False) -> list[Element]:
    """Return a text cut into code and what is not."""
    root = Element("root")
    parser = SpanParser(text, options, Definitions(), lambda _kind, _name: None)
    parser.read(root, only="code html" if html else "code")
    return root.children
