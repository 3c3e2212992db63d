"""What a browser makes of a page with marks, once they are resolved there, against the page itself."""

import html5lib

from editor.proof.rendered_diff import MarkedPage

_ATTRIBUTE = "data-copydesk-mark"
Tree = tuple[str, tuple[tuple[str, str], ...], tuple["Tree | str", ...]]


def same_trees(page: MarkedPage, before: str, after: str) -> bool:
    """Return whether the marked page, read as a browser reads it, becomes either page by its marks alone.

    Text and elements are compared, not the comments and tags that nobody sees; those stand in the marks as text.
    """
    marked = _parsed(page.html)
    return _resolved(marked, page.key, "new") == _resolved(_parsed(after), page.key, "") and _resolved(
        marked, page.key, "gone", texts_only=True
    ) == _resolved(_parsed(before), page.key, "", texts_only=True)


def _parsed(html: str) -> list[object]:
    return list(html5lib.parseFragment(html, treebuilder="dom", namespaceHTMLElements=False).childNodes)


def _resolved(parts: list[object], key: str, kept: str, *, texts_only: bool = False) -> object:
    return _tidy(_resolve(parts, key, kept), texts_only=texts_only)


def _resolve(parts: list[object], key: str, kept: str) -> list[Tree | str]:
    made: list[Tree | str] = []
    for part in parts:
        if part.nodeType == part.TEXT_NODE:
            made.append(part.data)
        elif part.nodeType == part.ELEMENT_NODE:
            attributes = dict(part.attributes.items())
            mark = attributes.get(_ATTRIBUTE, "").split()
            ours = bool(mark) and mark[0] == key
            inside = part.childNodes
            if not ours:
                made.append(
                    (part.nodeName, tuple(sorted(attributes.items())), tuple(_resolve(inside, key, kept)))
                )
                continue
            del attributes[_ATTRIBUTE]
            whole = mark[1] in ("new", "gone")
            kind = mark[1] if whole else {"ins": "new", "del": "gone"}[part.nodeName]
            if kind != kept:
                continue
            children = _resolve(inside, key, kept)
            if whole:
                made.append((part.nodeName, tuple(sorted(attributes.items())), tuple(children)))
            else:
                made += children
    return made


def _tidy(tree: list[Tree | str], *, texts_only: bool) -> object:
    if texts_only:
        return "".join("".join(_texts(tree)).split())
    made: list[object] = []
    for part in tree:
        if isinstance(part, str):
            if made and isinstance(made[-1], str):
                made[-1] += part
            elif part:
                made.append(part)
        else:
            name, attributes, children = part
            made.append((name, attributes, _tidy(list(children), texts_only=False)))
    return [
        " ".join(part.split()) if isinstance(part, str) else part
        for part in made
        if not isinstance(part, str) or part.strip()
    ]


def _texts(tree: list[Tree | str] | tuple[Tree | str, ...]) -> list[str]:
    found: list[str] = []
    for part in tree:
        if isinstance(part, str):
            found.append(part)
        elif part[0] not in ("script", "style"):
            found += _texts(part[2])
    return found
