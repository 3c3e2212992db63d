"""HTML as a tree of elements that knows where each stands in its text, however the HTML is written.

Nothing is put right and nothing is lost: an element is a span of the text, what it holds lies inside, and the spans of
one level follow each other without a gap. Tags that may be left out end where the HTML standard has them end
("optional tags"); an end tag without a beginning is a leaf of its own.
"""

import re
from collections import Counter

_ATTRIBUTES = (
    r"(?>[\s/]++|(?>=[^\s/>=]*+|[^\s/>=]++)"
    r"(?>\s*+=\s*+(?>\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|))?+)*+"
)
_TOKEN = re.compile(
    r"<!--(?>-?>|.*?(?>--!?>|\Z))"
    rf"|<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+){_ATTRIBUTES}>"
    r"|<[!?][^>]*+(?>>|\Z)"
    r"|</(?![a-zA-Z])[^>]*+(?>>|\Z)"
    r"|<(?=/?[a-zA-Z])",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"[\s/]++(?P<name>=[^\s/>=]*+|[^\s/>=]++)"
    r"(?>\s*+=\s*+(?>\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s>\"'][^\s>]*+)|))?+"
)

VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    )
)
"""Elements without an end tag."""
_RAW = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])
"""What stands in them is no markup."""
_FOREIGN = frozenset(("svg", "math"))
_ENDS_PARAGRAPH = frozenset(
    (
        *("address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hgroup", "hr", "li", "listing", "main", "menu", "nav", "ol"),
        *("p", "plaintext", "pre", "search", "section", "summary", "table", "ul", "xmp"),
    )
)
_TABLE = frozenset(("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"))
BLOCKS = _ENDS_PARAGRAPH | _TABLE | frozenset(["legend", "optgroup", "option", "body", "html"])
"""Elements that are not part of a line of text."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_WALLS = frozenset(["table", "td", "th", "caption", "object", "template", "button", "marquee", "applet"])
"""An end tag does not reach beyond these, but for those of tables."""
_LISTS_END = (BLOCKS | _WALLS) - {"address", "div", "p"}
_DEEPEST = 100
"""Levels; what is deeper is not looked into (browsers stop at 512)."""


class Element:
    """A span of the text: an element, or a leaf whose name begins with `#`.

    Leaves are `#text`, `#comment`, `#raw` (no markup, such as a script), `#stray` (an end tag of nothing) and
    `#broken` (a tag that never ends). The element's tags go from `start` to `inner` and from `outer` to `end`.
    """

    __slots__ = ("children", "end", "inner", "name", "outer", "start")

    def __init__(self, name: str, start: int, inner: int, end: int) -> None:
        self.name = name
        self.start = start
        self.inner = inner
        self.outer = end
        self.end = end
        self.children: list[Element] = []


def parse(html: str) -> Element:
    """Return the element `#page` whose children are what `html` has at its top level; any text is HTML."""
    page = Element("#page", 0, 0, len(html))
    stack = [page]
    open_names: Counter[str] = Counter()
    position = 0

    def close(index: int, at: int) -> None:
        for element in stack[index:]:
            element.outer = element.end = at
            open_names[element.name] -= 1
        del stack[index:]

    while (found := _TOKEN.search(html, position)) is not None:
        start, end = found.span()
        if start > position:
            stack[-1].children.append(Element("#text", position, start, start))
        name = found["name"]
        if name is None:
            kind, end = ("#broken", len(html)) if end == start + 1 else ("#comment", end)
            stack[-1].children.append(Element(kind, start, end, end))
            position = end
            continue
        name = name.lower()
        if found["slash"]:
            index = _opening(stack, name) if open_names[name] else 0
            if index:
                element = stack[index]
                close(index, start)
                element.end = end
            else:
                stack[-1].children.append(Element("#stray", start, end, end))
            position = end
            continue
        index = _ended_by(stack, name, open_names)
        if index:
            close(index, start)
        element = Element(name, start, end, end)
        stack[-1].children.append(element)
        position = end
        if name in _RAW or name in _FOREIGN or name == "plaintext":
            if not (name in _FOREIGN and html[end - 2] == "/"):
                position = _take_raw(html, element)
        elif name not in VOID and len(stack) < _DEEPEST:
            if name in ("pre", "listing") and (line_feed := _LINE_FEED.match(html, end)):
                position = element.inner = line_feed.end()  # the browser drops it
            stack.append(element)
            open_names[name] += 1
    if position < len(html):
        stack[-1].children.append(Element("#text", position, len(html), len(html)))
    close(1, len(html))
    return page


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a start tag as they are written (character references stay), names in lower case."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), value)
    return found


_LINE_FEED = re.compile(r"\r?\n")


def _take_raw(html: str, element: Element) -> int:
    """Find the end of an element whose content is not looked into; return where the text goes on."""
    name = element.name
    depth, place = 1, element.inner
    element.outer = element.end = len(html)
    if name != "plaintext":
        tag = re.compile(rf"<(/?){name}(?=[\s/>])[^>]*+>", re.IGNORECASE)
        while depth and (found := tag.search(html, place)) is not None:
            place = found.end()
            if found[1]:
                depth -= 1
            elif name in _FOREIGN and html[place - 2] != "/":
                depth += 1
            if not depth:
                element.outer, element.end = found.span()
    if element.outer > element.inner:
        element.children.append(Element("#raw", element.inner, element.outer, element.outer))
    return element.end


def _opening(stack: list[Element], name: str) -> int:
    """Return the place in `stack` of what an end tag `name` ends, or 0."""
    walls = ("table",) if name in _TABLE and name != "table" else () if name == "table" else _WALLS
    for index in range(len(stack) - 1, 0, -1):
        if stack[index].name == name:
            return index
        if stack[index].name in walls:
            return 0
    return 0


def _ended_by(stack: list[Element], name: str, open_names: Counter[str]) -> int:
    """Return the place in `stack` of what a start tag `name` ends although no tag says so, or 0."""
    if name not in BLOCKS:
        return 0
    ended: tuple[str, ...] = ()
    walls: frozenset[str] = _WALLS
    if name == "li":
        ended, walls = ("li",), _LISTS_END
    elif name in ("dt", "dd"):
        ended, walls = ("dt", "dd"), _LISTS_END
    elif name == "tr":
        ended, walls = ("tr",), frozenset(("table",))
    elif name in ("td", "th"):
        ended, walls = ("td", "th"), frozenset(("table", "tr"))
    elif name in ("thead", "tbody", "tfoot"):
        ended, walls = ("thead", "tbody", "tfoot"), frozenset(("table",))
    elif name in ("option", "optgroup"):
        ended, walls = ("option",), frozenset(("select",))
    elif name in HEADINGS and stack[-1].name in HEADINGS:
        return len(stack) - 1
    index = _inside(stack, ended, walls) if any(open_names[end] for end in ended) else 0
    if not index and name in _ENDS_PARAGRAPH and open_names["p"]:
        index = _inside(stack, ("p",), _WALLS)
    return index


def _inside(stack: list[Element], names: tuple[str, ...], walls: frozenset[str]) -> int:
    for index in range(len(stack) - 1, 0, -1):
        if stack[index].name in names:
            return index
        if stack[index].name in walls:
            return 0
    return 0
