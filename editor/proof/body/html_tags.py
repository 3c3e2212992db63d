"""Tags of raw HTML, as CommonMark tells them from text: https://spec.commonmark.org/0.31.2/#raw-html."""

import re

from editor.proof.body.source import Tag

TEMPLATE = r"\{\{(?:[^}\n]|\}(?!\})){0,150}+\}\}|\{%(?:[^%\n]|%(?!\})){0,150}+%\}"
"""What a template engine replaces; there may be quotes and blanks in it."""
TAG = re.compile(
    r"<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9:._-]*+)"
    r"(?P<attributes>(?:\s++[A-Za-z_:@{][^\s\"'>/=<]*+(?:\s*+=\s*+"
    rf"(?:\"(?:{TEMPLATE}|[^\"])*+\"|'(?:{TEMPLATE}|[^'])*+'|(?:{TEMPLATE}|[^\s\"'=<>`{{])++|\{{[^{{}}\n]{{0,200}}+\}}))?+)*+)"
    r"\s*+(?P<alone>/?)>"
)
_ATTRIBUTE = re.compile(
    rf"\s([^\s\"'>/=<]++)(?:\s*+=\s*+(?:\"((?:{TEMPLATE}|[^\"])*+)\"|'((?:{TEMPLATE}|[^'])*+)'"
    rf"|((?:{TEMPLATE}|[^\s\"'=<>`])++)))?"
)
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|$)")
VERBATIM = ("script", "pre", "style", "textarea")
"""Elements whose content is no Markdown up to their closing tag, whatever stands in it."""
BLOCKS = frozenset(
    """
    address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link
    main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead
    title tr track ul
    """.split()  # noqa: SIM905
)
"""What begins a block of raw HTML wherever it stands first in a line."""
VOID = frozenset(
    "area base basefont br col embed frame hr img input link meta param source track wbr".split()  # noqa: SIM905
)
"""Elements that have no end."""


def tag_at(text: str, start: int, end: int, *, block: bool = False) -> Tag | None:
    """Return the tag that begins at `start` and is over at `end`, or None where it is text."""
    found = TAG.match(text, start, end)
    if found is None:
        return None
    attributes: dict[str, tuple[str, int, int]] = {}
    first = found.start("attributes")
    if first < found.end("attributes"):
        for one in _ATTRIBUTE.finditer(text, first, found.end("attributes")):
            group = next((number for number in (2, 3, 4) if one[number] is not None), 0)
            value = (one[group], *one.span(group)) if group else ("", one.end(), one.end())
            attributes.setdefault(one[1].lower(), value)
    return Tag(
        found["name"].lower(),
        bool(found["closing"]),
        bool(found["alone"]),
        found.start(),
        found.end(),
        attributes,
        block,
    )


def block_tag(text: str, at: int, end: int) -> str | None:
    """Return the name of the tag at `at` that begins a block of HTML, or None."""
    found = _TAG_NAME.match(text, at, end)
    name = found[1].lower() if found else ""
    return name if name in BLOCKS or name in VERBATIM else None
