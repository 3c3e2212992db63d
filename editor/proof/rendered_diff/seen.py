"""What of a page's HTML a reader sees: two pieces with the same key look the same, whatever else their tags say."""

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape

from editor.proof.rendered_diff.elements import BLOCKS, Element, attributes

_UNSEEN = frozenset(
    (
        *("#comment", "#stray", "script", "style", "template", "meta", "link", "title", "base"),
        *("noscript", "source", "track", "param"),
    )
)
_REPLACED = frozenset(
    (
        *("img", "svg", "math", "hr", "br", "input", "video", "audio", "iframe", "object", "embed"),
        *("canvas", "select", "textarea", "button", "meter", "progress", "picture", "map", "area"),
        *("image", "wbr", "copydesk-placeholder", "#broken"),
    )
)
"""Elements that show something without any text."""
_WHOLE = (_REPLACED - {"br", "hr", "wbr"}) | frozenset(
    (
        *("script", "style", "template", "noscript", "ruby", "applet", "frameset", "dialog", "xmp"),
        *("listing", "plaintext", "noembed", "noframes"),
    )
)
"""Elements that are the same or another one, never changed inside."""
_WHOLE_CLASSES = ("arithmatex", "MathJax_Preview", "mermaid", "katex", "mathjax", "twemoji", "lightgallery")
_STRUCTURE = frozenset(
    (
        *("table", "thead", "tbody", "tfoot", "tr", "td", "th", "li", "dt", "dd", "ul", "ol"),
        *("dl", "hr"),
    )
)
"""What is there although it is empty."""
_SHOWN = {
    "a": ("href",),
    "img": ("src", "srcset", "alt"),
    "input": ("type", "checked", "value"),
    "source": ("src", "srcset"),
    "area": ("href",),
    "object": ("data",),
    "video": ("src", "poster"),
}
_OTHERS_SHOWN = ("src",)
_NUMBERS = re.compile(
    r"<(?P<tag>span|td|div|a)\b[^<>]*?\bclass=\"(?:[^\"]* )?(?:linenos?|lineno|linenodiv|lnt?|gutter)[\" ]"
)
_NUMBER_SPAN = re.compile(
    r"<(span|a)\b[^<>]*?\bclass=\"(?:linenos?|lineno|lnt?)\"[^<>]*>(?:[^<]|<(?!/?\1\b)[^<>]*>)*</\1>"
)
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_SPACE = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W\u2e80-\u9fff\uf900-\ufaff]+")
"""A word, or a sign of a script that is written without spaces."""
_DEEPEST = 120
"""Levels: what is deeper is compared as it is written."""
_LONGEST = 20_000
"""Characters whose words are counted to tell how much two blocks are alike."""


class Seen:
    """What is seen of the elements of one text; asked for as needed, and kept."""

    def __init__(self, html: str) -> None:
        self.html = html
        self._keys: dict[int, int | None] = {}
        self._blocks: dict[int, bool] = {}
        self._words: dict[tuple[int, int], Counter[str]] = {}

    def key(self, element: Element, depth: int = 0, *, pre: bool = False) -> int | None:
        """Return what stands for how `element` looks; None where nothing is seen of it."""
        known = id(element)
        if known not in self._keys:
            self._keys[known] = self._key(element, depth, pre=pre)
        return self._keys[known]

    def assume(self, element: Element, key: int) -> None:
        """Take `key` for that of `element`, which is written just as one of the other page."""
        self._keys[id(element)] = key

    def keys(self, elements: Iterable[Element], depth: int = 0, *, pre: bool = False) -> tuple[int, ...]:
        """Return the keys of those of `elements` that are seen."""
        found = (self.key(element, depth, pre=pre) for element in elements)
        return tuple(key for key in found if key is not None)

    def is_block(self, element: Element, depth: int = 0) -> bool:
        """Return whether `element` is not a part of a line of text: a block, or around one."""
        if element.name in BLOCKS:
            return True
        if not element.children or self.is_whole(element) or depth > _DEEPEST:
            return False
        known = id(element)
        if known not in self._blocks:
            self._blocks[known] = any(self.is_block(child, depth + 1) for child in element.children)
        return self._blocks[known]

    def is_whole(self, element: Element) -> bool:
        """Return whether nothing inside of `element` is looked at: a formula, a diagram, a film."""
        if element.name in _WHOLE:
            return True
        if element.name[0] == "#":
            return False
        tag = self.html[element.start : element.inner]
        return "class" in tag and any(name in tag for name in _WHOLE_CLASSES)

    def is_numbers(self, element: Element) -> bool:
        """Return whether `element` numbers lines of code."""
        tag = self.html[element.start : element.inner]
        return element.name[0] != "#" and "class" in tag and _NUMBERS.match(tag) is not None

    def is_unseen(self, element: Element) -> bool:
        """Return whether nothing is seen of `element` whatever stands in it."""
        return element.name in _UNSEEN or self.is_numbers(element)

    def text(self, start: int, end: int) -> str:
        """Return what is written from `start` to `end`, without tags and line numbers, spaces as they are."""
        source = self.html[start:end]
        if "<" in source:
            if "class=" in source:
                source = _NUMBER_SPAN.sub("", source)
            source = _TAG.sub("", source)
        return unescape(source) if "&" in source else source

    def words(self, start: int, end: int) -> Counter[str]:
        """Return how often each word is written from `start` to `end`."""
        place = start, end
        if place not in self._words:
            source = _TAG.sub(" ", self.html[start : min(end, start + _LONGEST)])
            self._words[place] = words_of(source)
        return self._words[place]

    def _key(self, element: Element, depth: int, *, pre: bool) -> int | None:
        name = element.name
        if name == "#text":
            return text_key(self.html[element.start : element.end], pre=pre)
        source = self.html[element.start : element.end]
        if name == "script" and "math/tex" in source[:200]:
            return hash((name, source))
        if self.is_unseen(element):
            return None
        if name in ("pre", "textarea") and not self.is_whole(element):
            return hash((name, self.text(element.inner, element.outer).rstrip("\n")))
        if depth > _DEEPEST or self.is_whole(element) or not element.children:
            empty = not element.children and name not in _REPLACED and name not in _STRUCTURE
            return None if empty else hash((name, self._as_shown(element)))
        children = self.keys(element.children, depth + 1, pre=pre)
        if self.is_block(element):
            children = tuple(key for key in children if key != _SPACE_KEY)
        if all(key == _SPACE_KEY for key in children) and name not in _STRUCTURE:
            return None if not children else hash((name, children))
        return hash((name, self.shown_attributes(element), children))

    def _as_shown(self, element: Element) -> object:
        if element.name in ("img", "input", "hr", "br", "wbr", *_STRUCTURE):
            return self.shown_attributes(element)
        return self.html[element.start : element.end]

    def shown_attributes(self, element: Element) -> tuple[str | None, ...]:
        """Return what the start tag says that a reader sees: where a link leads, which picture it is."""
        names = _SHOWN.get(element.name, _OTHERS_SHOWN)
        tag = self.html[element.start : element.inner]
        if not any(name in tag for name in names):
            return ()
        found = attributes(tag)
        values = tuple(unescape(found[name]) if name in found else None for name in names)
        # The marks beside headings and of footnotes lead to names that a generator makes up.
        inside = element.name == "a" and (values[0] or "").startswith("#")
        if inside and not _LETTER.search(self.text(element.inner, element.outer)):
            return ()
        return values


def text_key(text: str, *, pre: bool = False) -> int | None:
    """Return the key of a text: spaces count as one, or, with `pre`, each by itself."""
    if "&" in text:
        text = unescape(text)
    if pre:
        return hash(text) if text else None
    return hash(_SPACE.sub(" ", text)) if text else None


_SPACE_KEY = hash(" ")


def is_space(key: int | None) -> bool:
    """Return whether a key is that of a space."""
    return key == _SPACE_KEY


def words_of(text: str) -> Counter[str]:
    """Return how often each word stands in `text`, in lower case."""
    return Counter(_WORD.findall(text.lower()))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return how much of the words of two blocks is common to them, 0 to 1."""
    total = one.total() + other.total()
    if not total:
        return 1.0
    if len(one) > len(other):
        one, other = other, one
    common = sum(min(count, other[word]) for word, count in one.items() if word in other)
    return 2 * common / total
