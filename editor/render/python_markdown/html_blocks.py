"""Cut a page's HTML into its top-level blocks, so that the preview replaces only those that changed.

The cutter follows the browser's own rules as far as they decide where a top-level element ends: void
elements, raw text, comments, paragraphs that end without a tag, formatting that stays open across blocks (HTML
Living Standard, 13.2.6, "tree construction"). Joining the blocks always gives the page back.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r"<(?:(!--)|([!?])|(/?)([a-zA-Z][^\s/>]*))")
_REST_OF_TAG = re.compile(r"""[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>""")
_SPACE = re.compile(r"\s*")

_VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)
_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_SCOPES = frozenset(
    {"table", "td", "th", "caption", "button", "object", "marquee", "applet", "template", "svg", "math"}
)
_FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
_ENDS_PARAGRAPH = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
    }
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"hgroup", "hr", "li", "listing", "main", "menu", "nav", "ol", "p", "plaintext", "pre", "search"}
    | {"section", "summary", "table", "ul", "xmp"}
)


def split_blocks(html: str) -> list[str]:
    """Return the top-level blocks of `html`, each with the white space after it; joined they are `html`."""
    return list(_blocks(html, 0))


def split_again(html: str, previous: str, blocks: list[str]) -> list[str]:
    """Return `split_blocks(html)`, looking only at what changed since `previous` with its `blocks`."""
    ends = list(accumulate(map(len, blocks)))
    same = common_prefix(previous, html)
    kept = 0
    # Where a block ends may depend on the tag after it: the block after it must be the same too.
    while kept + 1 < len(ends) and ends[kept + 1] < same:
        kept += 1
    start = ends[kept - 1] if kept else 0
    longest = min(len(previous), len(html)) - start
    tail = common_suffix(previous, html, longest)
    shift = len(html) - len(previous)
    index_by_end = {end + shift: index for index, end in enumerate(ends) if end >= len(previous) - tail}
    result = blocks[:kept]
    position = start
    for block in _blocks(html, start):
        result.append(block)
        position += len(block)
        met = index_by_end.get(position)
        if met is not None:
            return result + blocks[met + 1 :]
    return result


def open_after(html: str, open_names: list[str]) -> list[str]:
    """Return the names of the elements, innermost last, that are open after `html`, where `open_names` are before it.

    A comment or a tag without an end counts as an element of the name `!`, which nothing closes.
    """
    names = list(open_names)
    start = 0
    if names and names[-1] in _RAW_TEXT:
        closing = _closing_tag(names[-1], html, 0)
        if closing is None:
            return names
        start = closing.end()
        del names[-1]
    for _end in _ends(html, start, names):
        pass
    return names


def _blocks(html: str, start: int) -> Iterator[str]:
    begin = start
    for end in _ends(html, start, []):
        yield html[begin:end]
        begin = end
    if begin < len(html):
        yield html[begin:]


def _ends(html: str, start: int, open_names: list[str]) -> Iterator[int]:
    """Yield where blocks end, with the space after them; keep `open_names` up with what is open."""
    begin = position = start
    while found := _TOKEN.search(html, position):
        comment, declaration, slash, name = found.groups()
        if comment:
            closing = html.find("-->", found.start() + 2)
            position = closing + 3 if closing >= 0 else len(html)
            if closing < 0:
                open_names.append("!")
            continue
        if declaration:
            closing = html.find(">", found.end())
            position = closing + 1 if closing >= 0 else len(html)
            continue
        rest = _REST_OF_TAG.match(html, found.end())
        if rest is None:  # the page ends inside a tag
            open_names.append("!")
            break
        position = rest.end()
        name = name.lower()
        if slash:
            _close(open_names, name)
        else:
            if name in _ENDS_PARAGRAPH and "p" in open_names:
                _close(open_names, "p")
                if not open_names and found.start() > begin:
                    yield found.start()
                    begin = found.start()
            if name in _RAW_TEXT:
                closing_tag = _closing_tag(name, html, position)
                if closing_tag is None:
                    open_names.append(name)
                    break
                position = closing_tag.end()
            elif name not in _VOID and not (rest.group().endswith("/>") and _in_foreign(open_names, name)):
                open_names.append(name)
        if not open_names:
            position = _end_of_space(html, position)
            yield position
            begin = position


def _closing_tag(name: str, html: str, position: int) -> re.Match[str] | None:
    return re.compile(rf"</{name}(?=[\s/>])[^>]*>", re.IGNORECASE).search(html, position)


def _close(open_names: list[str], name: str) -> None:
    """Take `name` and what stands in it off the stack; formatting left open goes on, as in a browser."""
    for index in range(len(open_names) - 1, -1, -1):
        if open_names[index] == name and name in _FORMATTING:
            del open_names[index]
            return
        if open_names[index] == name:
            left_open = [inner for inner in open_names[index + 1 :] if inner in _FORMATTING]
            open_names[index:] = left_open
            return
        if open_names[index] in _SCOPES and name not in _SCOPES:
            return


def _in_foreign(open_names: list[str], name: str) -> bool:
    return name in ("svg", "math") or "svg" in open_names or "math" in open_names


def _end_of_space(html: str, position: int) -> int:
    space = _SPACE.match(html, position)
    return space.end() if space else position


def common_prefix(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:  # by halves: slices compare at the speed of memcmp
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_suffix(one: str, other: str, most: int) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
