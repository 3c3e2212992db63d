"""Elements to HTML, as kramdown writes it.

What depends on the whole page (ids of headers, numbers of footnotes, the table of contents) is left as a
mark, which `late` puts its text in the place of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from editor.render.kramdown.elements import Element
from editor.render.kramdown.highlighting import escaped, highlighted, is_known
from editor.render.kramdown.html_names import BODILESS
from editor.render.kramdown.ids import gfm_name, own_name
from editor.render.kramdown.texts import QUOTES, SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from editor.render.kramdown.elements import Definitions
    from editor.render.kramdown.options import Options

MARK = "\x02{}\x03"
"""Stands for something that is known late; the number is its place in `Converter.late`."""

_REFERENCE = re.compile(r"&(?!(?:[A-Za-z0-9_:][-A-Za-z0-9_:.]*|#[0-9]+|#x[0-9a-fA-F]+);)")
_LANGUAGE = re.compile(r"\blanguage-\S+")


class Late(NamedTuple):
    """Something that is known once the whole page is."""

    kind: str
    """`gfm-id`, `own-id`, `footnote`, `footnotes` or `toc`."""
    name: str
    """What an id is made of; the name of a footnote; the element of a table of contents."""
    attributes: Mapping[str, str]


class Heading(NamedTuple):
    """A header, as the table of contents needs it."""

    level: int
    id: str | int
    """The number of the late id, where it is not given."""
    html: str
    listed: bool
    """Whether it belongs into the table."""


class Converter:
    """Writes elements as HTML."""

    def __init__(self, options: Options, definitions: Definitions) -> None:
        self._options = options
        self._definitions = definitions
        self.late: list[Late] = []
        self.headings: list[Heading] = []
        self._in_contents = False
        self._writers: dict[str, Callable[[Element, list[Element], int], str]] = {
            "blank": lambda *_: "\n",
            "text": lambda element, *_: text_escaped(element.value),
            "p": self._paragraph,
            "header": self._header,
            "hr": lambda element, _outer, indent: (
                f"{' ' * indent}<hr{attributes_html(element.attributes)} />\n"
            ),
            "codeblock": self._code_block,
            "blockquote": self._holder,
            "ul": self._list,
            "ol": self._list,
            "dl": self._holder,
            "li": self._item,
            "dd": self._item,
            "dt": self._term,
            "table": self._holder,
            "thead": self._holder,
            "tbody": self._holder,
            "tfoot": self._holder,
            "tr": self._row,
            "html": self._html,
            "html_comment": self._html_comment,
            "comment": self._comment,
            "raw": lambda element, *_: (
                element.value + ("" if element.is_span else "\n" * (not element.model))
            ),
            "math": self._math,
            "em": self._span,
            "strong": self._span,
            "a": self._link,
            "img": lambda element, *_: f"<img{attributes_html(element.attributes)} />",
            "br": lambda *_: "<br />",
            "codespan": self._code,
            "entity": lambda element, *_: _entity(element, self._options),
            "smart_quote": self._quote,
            "symbol": self._symbol,
            "abbreviation": self._abbreviation,
            "footnote": self._footnote,
        }

    def inner(self, element: Element, outer: list[Element], indent: int) -> str:
        """Return the HTML of what an element holds; `outer` are the elements around, the innermost last."""
        around = [*outer, element]
        writers = self._writers
        return "".join([writers[child.kind](child, around, indent) for child in element.children])

    def write(self, element: Element, outer: list[Element], indent: int) -> str:
        """Return the HTML of an element."""
        return self._writers[element.kind](element, outer, indent)

    def _mark(self, late: Late) -> str:
        self.late.append(late)
        return MARK.format(len(self.late) - 1)

    def _paragraph(self, element: Element, outer: list[Element], indent: int) -> str:
        if element.transparent:
            return self.inner(element, outer, indent + 2)
        children = element.children
        if len(children) == 1 and children[0].kind == "img" and children[0].has_ref("standalone"):
            return self._figure(children[0], indent)
        content = self.inner(element, outer, indent + 2)
        return f"{' ' * indent}<p{attributes_html(element.attributes)}>{content}</p>\n"

    def _figure(self, picture: Element, indent: int) -> str:
        attributes = dict(picture.attributes)
        own: dict[str, str] = {name: attributes.pop(name) for name in ("class", "id") if name in attributes}
        space = " " * (indent + 2)
        caption = text_escaped(attributes.get("alt", ""))
        return (
            f"{' ' * indent}<figure{attributes_html(own)}>\n{space}<img{attributes_html(attributes)} />\n"
            f"{space}<figcaption>{caption}</figcaption>\n{' ' * indent}</figure>\n"
        )

    def _header(self, element: Element, outer: list[Element], indent: int) -> str:
        attributes = dict(element.attributes)
        name: str | int = attributes.get("id", "")
        if "id" not in attributes and self._options.auto_ids and not self._in_contents:
            gfm = element.model == "gfm"
            base = gfm_name(element.raw) if gfm else own_name(element.raw)
            name = len(self.late)
            attributes["id"] = self._mark(Late("gfm-id" if gfm else "own-id", base, {}))
        content = self.inner(element, outer, indent + 2)
        if "id" in attributes:
            listed = element.level in self._options.toc_levels
            listed = listed and "no_toc" not in attributes.get("class", "").split()
            self.headings.append(
                Heading(element.level, name, self._in_toc(element) if listed else "", listed)
            )
        level = min(max(element.level + self._options.header_offset, 1), 6)
        return f"{' ' * indent}<h{level}{attributes_html(attributes)}>{content}</h{level}>\n"

    def _in_toc(self, element: Element) -> str:
        copy = Element("root", children=_for_contents(element.children))
        return self.inner(copy, [], 0)

    def _holder(self, element: Element, outer: list[Element], indent: int) -> str:
        return indented(element.kind, element.attributes, self.inner(element, outer, indent + 2), indent)

    def _list(self, element: Element, outer: list[Element], indent: int) -> str:
        if element.has_ref("toc"):
            own = indented(element.kind, element.attributes, self.inner(element, outer, indent + 2), indent)
            return self._mark(Late("toc", element.kind, {**element.attributes, "\x02": own}))
        if element.has_ref("footnotes"):
            own = indented(element.kind, element.attributes, self.inner(element, outer, indent + 2), indent)
            return self._mark(Late("footnotes", "", {"\x02": own}))
        return self._holder(element, outer, indent)

    def _item(self, element: Element, outer: list[Element], indent: int) -> str:
        content = self.inner(element, outer, indent + 2)
        space = " " * indent
        opening = f"{space}<{element.kind}{attributes_html(element.attributes)}>"
        children = element.children
        if not children or (children[0].kind == "p" and children[0].transparent):
            content += space if content.endswith("\n") else ""
        else:
            content = f"\n{content}{space}"
        return f"{opening}{content}</{element.kind}>\n"

    def _term(self, element: Element, outer: list[Element], indent: int) -> str:
        attributes = dict(element.attributes)
        holder = outer[-1]
        for ref in holder.listed.refs if holder.listed else ():
            if ref == "auto_ids" or ref.startswith("auto_ids-"):
                attributes["id"] = ref.removeprefix("auto_ids").removeprefix("-") + own_name(element.raw)
        content = self.inner(element, outer, indent + 2)
        return f"{' ' * indent}<dt{attributes_html(attributes)}>{content}</dt>\n"

    def _row(self, element: Element, outer: list[Element], indent: int) -> str:
        name = "th" if outer[-1].kind == "thead" else "td"
        around = [*outer, element]
        space = " " * (indent + 2)
        cells = []
        for cell, alignment in zip(element.children, outer[-2].alignment, strict=True):
            attributes = cell.attributes
            if alignment:
                style = f"{attributes['style']}; " if "style" in attributes else ""
                attributes = {**attributes, "style": f"{style}text-align: {alignment}"}
            content = self.inner(cell, around, indent + 4) or "\u00a0"
            cells.append(f"{space}<{name}{attributes_html(attributes)}>{content}</{name}>\n")
        return indented("tr", element.attributes, "".join(cells), indent)

    def _code_block(self, element: Element, _outer: list[Element], indent: int) -> str:
        attributes = dict(element.attributes)
        language = _language(attributes)
        if language:
            rest = _LANGUAGE.sub("", attributes["class"], count=1).strip()
            attributes["class"] = rest
            if not rest:
                del attributes["class"]
        options = self._options
        asked = element.raw or language or options.default_language or ""
        if options.highlighter and options.blocks_highlighted and is_known(asked):
            _mark_highlighted(attributes, language or options.default_language, options.highlighter)
            code = highlighted(element.value, asked)
            pre = f'<div class="highlight"><pre class="highlight"><code>{code}</code></pre></div>'
            return f"{' ' * indent}<div{attributes_html(attributes)}>{pre}{' ' * indent}</div>\n"
        code = escaped(element.value).removesuffix("\n")
        own = attributes_html({"class": f"language-{language}"}) if language else ""
        return f"{' ' * indent}<pre{attributes_html(attributes)}><code{own}>{code}\n</code></pre>\n"

    def _code(self, element: Element, _outer: list[Element], _indent: int) -> str:
        attributes = dict(element.attributes)
        language = _language(attributes)
        options = self._options
        asked = language or options.default_language or ""
        code = escaped(element.value)
        if options.highlighter and options.spans_highlighted and is_known(asked):
            _mark_highlighted(attributes, language or options.default_language, options.highlighter)
            code = highlighted(element.value, asked)
        return f"<code{attributes_html(attributes)}>{code}</code>"

    def _html(self, element: Element, outer: list[Element], indent: int) -> str:
        content = self.inner(element, outer, indent + 2)
        opening = f"<{element.value}{attributes_html(element.attributes)}"
        if element.is_span:
            if not content and element.value in BODILESS:
                return f"{opening} />"
            return f"{opening}>{content}</{element.value}>"
        loose = outer[-1].kind != "html" or outer[-1].model != "raw"
        space = " " * indent
        if element.closed and element.model == "raw":
            made = f"{opening} />"
        elif content and element.model != "block":
            made = f"{opening}>{content}</{element.value}>"
        elif content:
            made = f"{opening}>\n{content.removesuffix(chr(10))}\n{space}</{element.value}>"
        elif element.value in BODILESS:
            made = f"{opening} />"
        else:
            made = f"{opening}></{element.value}>"
        return f"{space}{made}\n" if loose else made

    def _html_comment(self, element: Element, outer: list[Element], indent: int) -> str:
        if not element.is_span and (outer[-1].kind != "html" or outer[-1].model != "raw"):
            return f"{' ' * indent}{element.value}\n"
        return element.value

    def _comment(self, element: Element, _outer: list[Element], indent: int) -> str:
        if element.is_span:
            return f"<!-- {element.value} -->"
        return f"{' ' * indent}<!-- {element.value} -->\n"

    def _math(self, element: Element, _outer: list[Element], indent: int) -> str:
        value = escaped(element.value)
        given = dict(element.attributes)
        if self._options.math_engine is None:
            given["class"] = f"{given.get('class', '')} kdmath".lstrip()
        attributes = attributes_html(given)
        if element.is_span:
            return f"<span{attributes}>${element.value}$</span>" if attributes else f"\\({value}\\)"
        formula = f"\\[{value}\\]\n" if self._options.math_engine else f"$$\n{value}\n$$"
        return f"{' ' * indent}<div{attributes}>{formula}</div>\n" if attributes else formula

    def _span(self, element: Element, outer: list[Element], indent: int) -> str:
        content = self.inner(element, outer, indent)
        return f"<{element.kind}{attributes_html(element.attributes)}>{content}</{element.kind}>"

    def _link(self, element: Element, outer: list[Element], indent: int) -> str:
        content = self.inner(element, outer, indent)
        return f"<a{attributes_html(element.attributes)}>{content}</a>"

    def _quote(self, element: Element, _outer: list[Element], _indent: int) -> str:
        name = self._options.smart_quotes[QUOTES[element.value]]
        return _named(name)

    def _symbol(self, element: Element, _outer: list[Element], _indent: int) -> str:
        own = self._options.typographic_symbols.get(element.value)
        return own if own is not None else SYMBOLS[element.value]

    def _abbreviation(self, element: Element, _outer: list[Element], _indent: int) -> str:
        title, place = self._definitions.abbreviations[element.value]
        attributes = dict(place.attributes)
        if place.listed is not None:
            from editor.render.kramdown.elements import apply

            apply(attributes, place.listed, self._definitions.attributes)
        if title:
            attributes["title"] = title
        return f"<abbr{attributes_html(attributes)}>{escaped(element.value)}</abbr>"

    def _footnote(self, element: Element, _outer: list[Element], _indent: int) -> str:
        return self._mark(Late("footnote", element.value, {}))


def text_escaped(text: str) -> str:
    """Return a text as HTML; what is a character reference in it stays one."""
    return _REFERENCE.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def attributes_html(attributes: Mapping[str, str]) -> str:
    """Return attributes as they stand in a tag; empty ones of `id` and the like are left out."""
    return "".join(
        f' {name}="{text_escaped(value).replace(chr(34), "&quot;")}"'
        for name, value in attributes.items()
        if value is not None and not (name == "id" and not value.strip())
    )


def indented(name: str, attributes: Mapping[str, str], content: str, indent: int) -> str:
    """Return an element that holds blocks."""
    space = " " * indent
    return f"{space}<{name}{attributes_html(attributes)}>\n{content}{space}</{name}>\n"


def _for_contents(children: list[Element]) -> list[Element]:
    """Return the content of a header for the table of contents: no links, no footnotes, no ids."""
    made: list[Element] = []
    for child in children:
        if child.kind == "footnote":
            continue
        inner = _for_contents(child.children)
        if child.kind == "a":
            made += inner
            continue
        attributes = {name: value for name, value in child.attributes.items() if name != "id"}
        made.append(
            Element(
                child.kind,
                child.value,
                attributes,
                inner,
                child.listed,
                is_span=child.is_span,
                raw=child.raw,
                model=child.model,
                closed=child.closed,
            )
        )
    return made


def _language(attributes: Mapping[str, str]) -> str:
    found = _LANGUAGE.search(attributes.get("class", ""))
    return found[0].removeprefix("language-") if found else ""


def _mark_highlighted(attributes: dict[str, str], language: str | None, highlighter: str) -> None:
    classes = f"{attributes.get('class', '')} highlighter-{highlighter}".lstrip()
    if language and _LANGUAGE.search(classes):
        classes = _LANGUAGE.sub(f"language-{language}", classes, count=1)
    elif language:
        classes = f"language-{language} {classes}"
    attributes["class"] = classes


def _entity(element: Element, options: Options) -> str:
    if element.value in "<>&":
        return element.raw
    if options.entity_output == "as_input":
        return element.raw
    return element.value


def _named(name: str) -> str:
    from editor.render.kramdown.entities import character, code_point

    if name.isdigit():
        return character(int(name))
    number = code_point(name)
    return escaped(character(number)) if number is not None else name
