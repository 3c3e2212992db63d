"""Compare two pieces of HTML as trees.

What does not count: comments; white space at the edges of blocks, and how much of it stands between words,
outside of <pre>; the order of attributes; and of relative addresses all but a picture's file name, since a
generator rewrites them to its own. Where only the generator's own highlighter could make its spans (Chroma), the
code's text counts alone (`flat_code`).
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

import html5lib

BLOCKS = frozenset(
    """
    address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th
    thead tr ul
    """.split()  # noqa: SIM905
)

_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|/", re.IGNORECASE)
_FILE = re.compile(r"([^/?#]+\.(?:png|jpe?g|gif|svg|webp|avif|mp4|pdf))(?:[?#].*)?$", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


class _Part(NamedTuple):
    """A tag, or the text between two tags."""

    value: str
    text: bool
    edge: bool
    """Of a tag: whether white space beside it does not count. Of a text: whether all of its white space does."""


class Difference(NamedTuple):
    """Where two trees begin to differ."""

    published: str
    previewed: str


def parts(html: str, *, flat_code: bool = False) -> list[str]:
    """Return the tree as the list of its tags and texts, in the order of the page, without what does not count."""
    root = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    found = _joined(_walk(root, preserved=False, flat_code=flat_code))
    kept = []
    for at, part in enumerate(found):
        value = part.value
        if part.text and not part.edge:
            if at == 0 or found[at - 1].edge:
                value = value.lstrip(" ")
            if at + 1 == len(found) or found[at + 1].edge:
                value = value.rstrip(" ")
        if value:
            kept.append(value)
    return kept


def difference(published: str, previewed: str, *, flat_code: bool = False) -> Difference | None:
    """Return where the two begin to differ, with a little of what follows there; None where they are equal."""
    one, other = parts(published, flat_code=flat_code), parts(previewed, flat_code=flat_code)
    for at, (left, right) in enumerate(zip_longest(one, other)):
        if left != right:
            return Difference(" ".join(one[at : at + 3]), " ".join(other[at : at + 3]))
    return None


def _walk(element: Any, *, preserved: bool, flat_code: bool) -> Iterator[_Part]:
    yield _text(element.text, preserved)
    for child in element:
        if isinstance(child.tag, str):  # else a comment
            yield from _element(child, preserved=preserved, flat_code=flat_code)
        yield _text(child.tail, preserved)


def _element(element: Any, *, preserved: bool, flat_code: bool) -> Iterator[_Part]:
    name = element.tag
    if flat_code and name == "pre":
        yield _Part("<pre>" + "".join(element.itertext()).strip("\n"), False, True)
        return
    if flat_code and name == "div" and element.get("class", "").startswith("highlight"):
        yield from _walk(element, preserved=preserved, flat_code=flat_code)
        return
    edge = name in BLOCKS
    attributes = [f'{key}="{_attribute(key, value)}"' for key, value in sorted(element.attrib.items())]
    yield _Part(f"<{' '.join([name, *attributes])}>", False, edge)
    yield from _walk(element, preserved=preserved or name == "pre", flat_code=flat_code)
    yield _Part(f"</{name}>", False, edge)


def _text(text: str | None, preserved: bool) -> _Part:
    text = text or ""
    return _Part(text if preserved else _SPACE.sub(" ", text), True, preserved)


def _joined(found: Iterator[_Part]) -> list[_Part]:
    """Return the parts with texts in one piece where a comment or nothing stood between them."""
    kept: list[_Part] = []
    for part in found:
        if not part.text:
            kept.append(part)
        elif kept and kept[-1].text:
            joined = kept[-1].value + part.value
            kept[-1] = _Part(joined if part.edge else _SPACE.sub(" ", joined), True, part.edge)
        elif part.value:
            kept.append(part)
    return kept


def _attribute(key: str, value: str) -> str:
    if key in {"href", "src"} and not _ABSOLUTE.match(value):
        file = _FILE.search(value)
        value = f"(relative) {file[1]}" if file else "(relative)"
    return " ".join(value.split())
