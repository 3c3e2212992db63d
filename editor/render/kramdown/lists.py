"""Lists and definition lists.

Source: https://kramdown.gettalong.org/syntax.html#lists, task lists: kramdown-parser-gfm.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from editor.render.kramdown import grammar
from editor.render.kramdown.attributes import read_into
from editor.render.kramdown.elements import Element
from editor.render.kramdown.scanner import compiled

if TYPE_CHECKING:
    from re import Match, Pattern

    from editor.render.kramdown.blocks import BlockParser

_TABS = compiled(r"( *)(\t+)")
_LEADING = compiled(r"\t+")
_WHITE = compiled(r"\s*")
_UNCHECKED = compiled(r"\s*\[ \]\s+")
_CHECKED = compiled(r"\s*\[x\]\s+", re.IGNORECASE)
_BOX = '<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />'
_BOX_CHECKED = _BOX.replace(" />", ' checked="checked" />')


class _Shape(NamedTuple):
    """What belongs to an item whose text is indented so far."""

    inside: Pattern[str]
    lazy: Pattern[str]
    indent: str


class _Item:
    """An item while its lines are gathered."""

    def __init__(self, element: Element, text: str, indentation: int) -> None:
        self.element = element
        self.indentation = indentation
        self.shape = _shape(indentation)
        self.parts = [[text]]
        """Lines; a list that opens in the item begins a part of its own."""

    def texts(self) -> list[str]:
        return ["".join(part) for part in self.parts]


def read_list(parser: BlockParser, _found: Match[str]) -> bool:
    """Read a list with all of its items."""
    src = parser.src
    kind = "ul" if src.check(grammar.UNORDERED) else "ol"
    start = grammar.UNORDERED if kind == "ul" else grammar.ORDERED
    listed = Element(kind)
    if parser.pending is not None:
        listed.listed, parser.pending = parser.pending, None
    items: list[_Item] = []
    ended = nested = last_is_blank = False
    while not src.at_end:
        if last_is_blank and src.check(grammar.RULE):
            break
        if src.scan(grammar.BOUNDARY_MARK):
            ended = True
            break
        opened = src.scan(start)
        if opened:
            item = _first_line(opened, Element("li"))
            items.append(item)
            start = _next_start(kind, item.indentation)
            nested = grammar.ANY_LIST.match(item.parts[0][0]) is not None
            last_is_blank = False
            continue
        line = _continuation(parser, items[-1], last_is_blank)
        if line is not None:
            item = items[-1]
            text, indented = line
            if grammar.ANY_LIST.match(text):
                if not nested and indented:
                    item.parts.append([])
                    nested = True
                elif nested and not indented:
                    text = " " * (item.indentation + 4) + text
            item.parts[-1].append(text)
            last_is_blank = False
            continue
        blank = src.scan(grammar.BLANK)
        if blank is None:
            break
        nested = last_is_blank = True
        items[-1].parts[-1].append(blank[0])
    parser.tree.children.append(listed)
    last = _read_items(parser, listed, items, ended)
    if last is not None and not ended:
        parser.tree.children.append(last)
    if parser.options.gfm:
        _mark_tasks(listed)
    return True


def _read_items(parser: BlockParser, listed: Element, items: list[_Item], ended: bool) -> Element | None:
    """Read the blocks of all items; returns the blank lines at the end."""
    listed.children = [item.element for item in items]
    last: Element | None = None
    loose_before = False
    for number, item in enumerate(items):
        element = item.element
        is_last = number == len(items) - 1
        for text in item.texts():
            parser.read(element, text)
        children = element.children
        if children:
            first = children[0]
            if first.kind == "p" and len(children) > 1 and children[1].kind == "boundary" and first.listed:
                del children[1]
            if (
                first.kind == "p"
                and (
                    len(children) < 2
                    or children[1].kind != "blank"
                    or (is_last and len(children) == 2 and not ended)
                )
                and (not is_last or len(items) == 1 or loose_before)
            ):
                if len(children) > 1 and children[1].kind != "blank":
                    _end_line(first)
                first.transparent = True
            last = children.pop() if children[-1].kind == "blank" else None
        if not children or children[0].kind != "p" or children[0].transparent:
            loose_before = True
    return last


def read_definitions(parser: BlockParser, _found: Match[str]) -> bool:
    """Read the definitions of the terms in the paragraph above; False where there is none."""
    above = parser.tree.children
    if not above:
        return False
    if above[-1].kind != "p" and (
        len(above) < 2 or above[-1].kind != "blank" or above[-1].value != "\n" or above[-2].kind != "p"
    ):
        return False
    listed = Element("dl")
    if parser.pending is not None:
        listed.listed, parser.pending = parser.pending, None
    paragraph = above.pop()
    spaced = paragraph.kind == "blank"
    if spaced:
        paragraph = above.pop()
    _terms(listed, paragraph)
    items, spaced_items = _definitions(parser, spaced)
    last: Element | None = None
    for item in items:
        element = item.element
        listed.children.append(element)
        parser.read(element, item.texts()[0])
        children = element.children
        if not children:
            continue
        last = children.pop() if children[-1].kind == "blank" else None
        if children and children[0].kind == "p" and id(element) not in spaced_items:
            if len(children) > 1:
                _end_line(children[0])
            children[0].transparent = True
    if above and above[-1].kind == "dl":
        above[-1].children += listed.children
    elif len(above) > 1 and above[-1].kind == "blank" and above[-2].kind == "dl":
        above.pop()
        above[-1].children += listed.children
    else:
        above.append(listed)
    if last is not None:
        above.append(last)
    return True


def _terms(listed: Element, paragraph: Element) -> None:
    listed.listed = paragraph.listed
    text = paragraph.children[0].value if paragraph.children else ""
    for line in text.rstrip("\n").split("\n"):
        element = Element("dt")
        found = grammar.ITEM_IAL.match(line)
        if found:
            read_into(element.attribute_list(), found[1])
            line = line[found.end() :]
        element.raw = line
        if line:
            element.children.append(Element("raw_text", line))
        listed.children.append(element)


def _definitions(parser: BlockParser, spaced: bool) -> tuple[list[_Item], set[int]]:
    """Gather the lines of all definitions; returns them and which of them keep their paragraph."""
    src = parser.src
    items: list[_Item] = []
    spaced_items: set[int] = set()
    start = grammar.DEFINITION
    last_is_blank = False
    while not src.at_end:
        opened = src.scan(start)
        if opened:
            item = _first_line(opened, Element("dd"))
            items.append(item)
            if spaced:
                spaced_items.add(id(item.element))
            start = _next_start("dl", item.indentation)
            spaced = last_is_blank = False
            continue
        if src.check(grammar.BOUNDARY_MARK):
            break
        line = _continuation(parser, items[-1], last_is_blank)
        if line is not None:
            items[-1].parts[-1].append(line[0])
            spaced = last_is_blank = False
            continue
        blank = src.scan(grammar.BLANK)
        if blank is None:
            break
        spaced = last_is_blank = True
        items[-1].parts[-1].append(blank[0])
    return items, spaced_items


def _first_line(opened: Match[str], element: Element) -> _Item:
    """Take the first line of an item, of which `opened` has the mark and the rest."""
    indentation, content = len(opened[1]), opened[2]
    if grammar.ITEM_IAL_ALONE.match(content):
        indentation = 4
    else:
        while True:
            tabs = _TABS.match(content)
            if tabs is None:
                break
            column = len(tabs[1]) + indentation
            width = 4 - column % 4 + (len(tabs[2]) - 1) * 4
            content = tabs[1] + " " * width + content[tabs.end() :]
        indentation += len(content) - len(content.lstrip(" "))
    white = _WHITE.match(content)
    assert white is not None
    content = content[white.end() :]
    listed = grammar.ITEM_IAL.match(content)
    if listed:
        read_into(element.attribute_list(), listed[1])
        content = content[listed.end() :]
    return _Item(element, content, indentation)


def _continuation(parser: BlockParser, item: _Item, last_is_blank: bool) -> tuple[str, bool] | None:
    """Take a line that belongs to the item; returns it without its indentation, and whether it had that."""
    shape = item.shape
    found = parser.src.scan(shape.inside)
    if found is None and not last_is_blank:
        found = parser.src.scan(shape.lazy)
    if found is None:
        return None
    line = found[0]
    tabs = _LEADING.match(line)
    if tabs:
        line = " " * (4 * tabs.end()) + line[tabs.end() :]
    if line.startswith(shape.indent):
        return line[len(shape.indent) :], True
    return line, False


@functools.lru_cache(maxsize=64)
def _shape(indentation: int) -> _Shape:
    fours, ones = divmod(indentation, 4)
    inside = rf"(?:(?:\t| {{4}}){{{fours}}} {{{ones}}}|(?:\t| {{4}}){{{fours + 1}}})[^\n]*\S[^\n]*\n"
    stops = rf"{grammar.IAL}|{grammar.HTML_LAZY_STOP}|{grammar.HTML_LAZY_START}"
    lazy = rf"(?! {{0,{min(indentation, 3)}}}(?:{stops}))[^\n]*\S[^\n]*\n"
    return _Shape(compiled(inside), compiled(lazy), " " * indentation)


@functools.lru_cache(maxsize=64)
def _next_start(kind: str, indentation: int) -> Pattern[str]:
    mark = {"ul": "[+*-]", "ol": r"\d+\.", "dl": ":"}[kind]
    return compiled(rf"( {{0,{min(3, indentation - 1)}}}{mark})([\t| ][^\n]*?\n)")


def _end_line(paragraph: Element) -> None:
    if paragraph.children:
        paragraph.children[0].value += "\n"
    else:
        paragraph.children.append(Element("raw_text", "\n"))


def _mark_tasks(listed: Element) -> None:
    """Put boxes in the place of `[ ]` and `[x]`, as GFM has them."""
    is_tasks = False
    for item in listed.children:
        if not item.children or item.children[0].kind != "p" or not item.children[0].children:
            continue
        text = item.children[0].children[0]
        for mark, box in ((_UNCHECKED, _BOX), (_CHECKED, _BOX_CHECKED)):
            found = mark.match(text.value)
            if found:
                text.value = box + text.value[found.end() :]
                is_tasks = True
        if is_tasks:
            item.attributes["class"] = "task-list-item"
    if is_tasks:
        listed.attributes["class"] = "task-list"
