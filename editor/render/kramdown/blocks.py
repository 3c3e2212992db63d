"""kramdown's blocks: the source becomes elements, the text in them is left for `spans`.

Source: https://kramdown.gettalong.org/syntax.html#block-boundaries and what follows there, tried against
kramdown 2.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.render.kramdown import grammar, html_blocks, lists, tables
from editor.render.kramdown.attributes import read_into
from editor.render.kramdown.elements import AttributeList, Definitions, Element, Link
from editor.render.kramdown.extensions import block_extension
from editor.render.kramdown.links import link_name
from editor.render.kramdown.scanner import Scanner, compiled

if TYPE_CHECKING:
    from collections.abc import Callable
    from re import Match, Pattern

    from editor.render.kramdown.options import Options

DEEPEST = 40
"""Blocks in blocks beyond this are paragraphs; each level takes several calls."""

_DEFINES = ("link_def", "abbrev_def", "footnote_def")
_CLOSING_MARKS = compiled(r"[\t ]\#+\Z")
_CODE_GOES_ON = compiled(r"\n( {0,3}[^\s])")
"""A line of code that is not indented goes on with the one above."""
_FENCE_HEAD = compiled(r" {0,3}([~`]{3,})(?:([^\S\n]*)(\S+)[^\S\n]*|[^\S\n]*)\n")
_TEXT = compiled(r" {0,3}[^ \t]")
_MARKS_TRIED = 20


class BlockParser:
    """Reads blocks into the element `tree`, from the text of `src`."""

    def __init__(self, options: Options, definitions: Definitions | None = None) -> None:
        self.options = options
        self.definitions = definitions if definitions is not None else Definitions()
        self.tree = Element("root")
        self.src = Scanner("")
        self.pending: AttributeList | None = None
        """The attribute list above the next block."""
        self.depth = 0
        self.unclosed = False
        """Whether something was looked for down to the end and not found: text added there may be it."""
        self.too_deep = False
        self.changed_options = False
        """Whether the text sets options of its own."""
        self._starts = _starts(options.gfm)
        quirk = options.gfm and options.paragraph_end
        self._paragraph_end = grammar.PARAGRAPH_END_GFM if quirk else grammar.PARAGRAPH_END

    def read(self, element: Element, text: str | None = None) -> bool:
        """Read blocks into an element: of a text, or of what comes now, up to the element's closing tag.

        Returns whether that tag was found.
        """
        outer = (self.tree, self.src, self.pending)
        self.tree, self.pending = element, None
        if text is not None:
            self.src = Scanner(text)
        self.depth += 1
        found = False
        while not found and not self.src.at_end:
            found = self.read_one()
        self.depth -= 1
        src = self.src
        self.tree, self.src, self.pending = outer
        if text is None:
            self.src = src
        return found

    def read_one(self) -> bool:
        """Read one block; returns whether it was the closing tag that ends the element."""
        src = self.src
        if self.depth > DEEPEST:
            self.too_deep = True
            blank = src.scan(grammar.BLANK)
            if blank:
                self.blank(blank)
            else:
                self.paragraph()
            return False
        for start, read in self._starts:
            found = start.match(src.text, src.pos)
            if found:
                done = read(self, found)
                if done is None:
                    return True
                if done:
                    return False
        if _TEXT.match(src.text, src.pos):
            self.paragraph()
        else:  # white space and text behind a tag
            text = src.line()
            children = self.tree.children
            if children and children[-1].kind == "raw_text":
                children[-1].value += text
            else:
                children.append(Element("raw_text", text))
        return False

    def add(self, element: Element) -> Element:
        """Append a block, with the attribute list that stands above it."""
        if self.pending is not None:
            element.listed, self.pending = self.pending, None
        self.tree.children.append(element)
        return element

    def with_text(self, element: Element, text: str) -> Element:
        """Give an element text that is yet to be read."""
        if text:
            element.children.append(Element("raw_text", text))
        return element

    def after_boundary(self) -> bool:
        """Return whether a block may begin here that must stand by itself."""
        if not self.tree.children or self.pending is not None:
            return True
        last = self.tree.children[-1]
        return last.kind == "blank" or (last.kind == "boundary" and not last.value)

    def before_boundary(self) -> bool:
        """Return whether a block that must stand by itself may end here."""
        return self.src.check(grammar.BLOCK_BOUNDARY) is not None

    def blank(self, found: Match[str]) -> bool:
        """Take blank lines."""
        self.src.pos = found.end()
        children = self.tree.children
        if children and children[-1].kind == "blank":
            children[-1].value += found[0]
        else:
            self.add(Element("blank", found[0]))
        return True

    def paragraph(self) -> None:
        """Take lines up to what ends a paragraph; one right below another goes on with it."""
        src = self.src
        above = src.text[max(0, src.pos - 3) : src.pos]
        lines = [src.line()]
        end = self._paragraph_end
        while not end.match(src.text, src.pos):
            lines.append(src.line())
        text = "".join(lines).rstrip(" \t\r\n\f\v\0")
        children = self.tree.children
        if children and children[-1].kind == "p":
            joiner = "  \n" if above == "  \n" else "\n"
            first = children[-1].children
            if first:
                first[0].value += joiner + text
            else:
                first.append(Element("raw_text", text))
            return
        self.with_text(self.add(Element("p")), text.lstrip(" \t\r\n\f\v\0"))


def _blank(parser: BlockParser, found: Match[str]) -> bool:
    return parser.blank(found)


def _code(parser: BlockParser, _found: Match[str]) -> bool:
    found = parser.src.scan(grammar.CODE)
    if found is None or not found[0]:
        return False
    code = _CODE_GOES_ON.sub(r" \1", found[0])
    parser.add(Element("codeblock", grammar.INDENT.sub("", code)))
    return True


def _fence(parser: BlockParser, _found: Match[str]) -> bool:
    src = parser.src
    head = _FENCE_HEAD.match(src.text, src.pos)
    if head is None:
        return False
    marks, language = head[1], head[3] or ""
    if head[2] and language:
        shortest = len(marks)
    else:  # the last marks of the line may be taken for the language
        shortest = max(3, len(marks) - _MARKS_TRIED)
    lead = r"^ {0,3}" if parser.options.gfm else "^"
    end = None
    for length in range(len(marks), shortest - 1, -1):
        closing = compiled(rf"{lead}{marks[:length]}{marks[length - 1]}*[^\S\n]*\n")
        end = closing.search(src.text, head.end())
        if end:
            language = marks[length:] + language
            break
    if end is None:
        parser.unclosed = True
        return False
    element = Element("codeblock", src.text[head.end() : end.start()])
    if language:
        element.raw = language
        element.attributes["class"] = "language-" + language.partition("?")[0]
    src.pos = end.end()
    parser.add(element)
    return True


def _quote(parser: BlockParser, _found: Match[str]) -> bool:
    src = parser.src
    lines = [src.line()]
    while not grammar.LAZY_END.match(src.text, src.pos):
        lines.append(src.line())
    element = parser.add(Element("blockquote"))
    parser.read(element, grammar.QUOTED.sub("", "".join(lines)))
    return True


def _header(parser: BlockParser, level: int, contents: str, end: int, marked: bool) -> bool:
    text = contents.rstrip(" \t\r\n\f\v\0")
    name = None
    given = grammar.HEADER_ID.search(text)
    if given:
        name = given[1]
        text = text[: given.start()].rstrip(" \t\r\n\f\v\0")
    if marked:
        text = _CLOSING_MARKS.sub("", text).rstrip(" \t\r\n\f\v\0")
    if not text:
        return False
    parser.src.pos = end
    element = parser.add(Element("header", level=level, raw=text))
    parser.with_text(element, text)
    if name:
        element.attributes["id"] = name
    return True


def _atx(parser: BlockParser, found: Match[str]) -> bool:
    if not (parser.options.gfm and parser.options.paragraph_end) and not parser.after_boundary():
        return False
    return _header(parser, len(found[1]), found[2], found.end(), marked=True)


def _setext(parser: BlockParser, found: Match[str]) -> bool:
    if not parser.after_boundary():
        return False
    return _header(parser, 2 if found[2] == "-" else 1, found[1], found.end(), marked=False)


def _rule(parser: BlockParser, found: Match[str]) -> bool:
    parser.src.pos = found.end()
    parser.add(Element("hr"))
    return True


def _math(parser: BlockParser, _found: Match[str]) -> bool:
    src = parser.src
    if not parser.after_boundary():
        return False
    found = src.check(grammar.MATH)
    if found is None:
        parser.unclosed = True
        return False
    if found[1]:
        if found[3]:
            src.pos = src.text.index("\\", src.pos) + 1
        return False
    before, src.pos = src.pos, found.end()
    if not parser.before_boundary():
        src.pos = before
        return False
    parser.add(Element("math", found[2].strip(" \t\r\n\f\v\0")))
    return True


def _footnote(parser: BlockParser, found: Match[str]) -> bool:
    parser.src.pos = found.end()
    element = Element("footnote_def")
    parser.read(element, grammar.INDENT.sub("", found[2]))
    parser.definitions.footnotes[found[1]] = element
    parser.add(Element("boundary", "footnote_def"))
    return True


_TITLE_LIKE = compiled(r"[ \t]+[\"']")


def _link(parser: BlockParser, found: Match[str]) -> bool:
    if found[3] and _TITLE_LIKE.search(found[3]):
        return False
    parser.src.pos = found.end()
    place = parser.add(Element("boundary", "link_def"))
    url = found[2] if found[2] is not None else found[3]
    parser.definitions.links[link_name(found[1])] = Link(url, found[5], place)
    return True


def _abbreviation(parser: BlockParser, found: Match[str]) -> bool:
    parser.src.pos = found.end()
    place = parser.add(Element("boundary", "abbrev_def"))
    parser.definitions.abbreviations[found[1]] = (found[2].strip(" \t\r\n\f\v\0"), place)
    return True


def _extensions(parser: BlockParser, _found: Match[str]) -> bool:
    src = parser.src
    definition = src.scan(grammar.ALD)
    if definition:
        read_into(parser.definitions.attributes.setdefault(definition[1], AttributeList()), definition[2])
        parser.add(Element("boundary", "ald"))
        return True
    extension = src.check(grammar.EXTENSION_BLOCK)
    if extension:
        return block_extension(parser, extension)
    listed = src.scan(grammar.IAL_BLOCK)
    if listed is None:
        return False
    last = parser.tree.children[-1] if parser.tree.children else None
    if last is not None and last.kind != "blank" and (last.kind != "boundary" or last.value in _DEFINES):
        read_into(last.attribute_list(), listed[1])
        if not src.check(grammar.IAL_BLOCK):
            parser.add(Element("boundary", "ial"))
    else:
        if parser.pending is None:
            parser.pending = AttributeList()
        read_into(parser.pending, listed[1])
    return True


def _boundary(parser: BlockParser, found: Match[str]) -> bool:
    parser.src.pos = found.end()
    parser.add(Element("boundary"))
    return True


_Starts = tuple[tuple["Pattern[str]", "Callable[[BlockParser, Match[str]], bool | None]"], ...]


def _starts(gfm: bool) -> _Starts:
    """Return what a block may begin with, in the order in which it is tried, and what reads it."""
    return (
        (grammar.BLANK, _blank),
        (grammar.CODE_START, _code),
        (grammar.FENCE_GFM if gfm else grammar.FENCE, _fence),
        (grammar.QUOTE, _quote),
        (grammar.ATX_GFM if gfm else grammar.ATX, _atx),
        (grammar.RULE, _rule),
        (grammar.ANY_LIST, lists.read_list),
        (grammar.DEFINITION, lists.read_definitions),
        (grammar.HTML_BLOCK, html_blocks.read_html),
        (grammar.SETEXT, _setext),
        (grammar.MATH_START, _math),
        (tables.TABLE_START, tables.read_table),
        (grammar.FOOTNOTE, _footnote),
        (grammar.LINK, _link),
        (grammar.ABBREVIATION, _abbreviation),
        (compiled(r" {0,3}\{:"), _extensions),
        (grammar.BOUNDARY_MARK, _boundary),
    )
