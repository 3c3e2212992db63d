"""Raw HTML as rehype-raw writes it anew: its attributes are properties in between."""

import re

_TAG = re.compile(r"<[a-zA-Z][a-zA-Z0-9-]*(?:\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*)?>")
_ATTRIBUTE = re.compile(r"(\s)([^\s\"'<>/=]+)(\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_NAMES = {
    "classname": "class",
    "htmlfor": "for",
    "httpequiv": "http-equiv",
    "acceptcharset": "accept-charset",
}
"""The names that properties have in a script; in HTML they would be attributes without a meaning."""
_SWITCHES = frozenset(
    """
    allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate inert ismap
    itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed scoped selected
    """.split()  # noqa: SIM905
)
_WELL_FORMED = re.compile(
    r"<[a-zA-Z][a-zA-Z0-9-]*(?:\s+[^\s\"'<>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*\s*/?>"
)
_OF_TABLE = re.compile(r"\s*</?(?:t[dhr]|thead|tbody|tfoot|table)\b", re.IGNORECASE)


def rewritten(html: str) -> str:
    """Return raw HTML with attributes as they come out of it."""
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(_attribute, tag[0]), html) if "=" in html else html


def is_doubtful(html: str) -> bool:
    """Return whether attributes are written so that only a parser of HTML knows what becomes of them."""
    return any(_WELL_FORMED.fullmatch(tag[0]) is None for tag in _TAG.finditer(html))


def is_of_table(code: str) -> bool:
    """Return whether code is a piece of an HTML table: it is moved out of that."""
    return _OF_TABLE.match(code) is not None


def _attribute(found: re.Match[str]) -> str:
    name = found[2].lower()
    if name in _NAMES:
        return f"{found[1]}{_NAMES[name]}{found[3] or ''}"
    value = next((group for group in found.groups()[3:] if group is not None), None)
    if name in _SWITCHES and value is not None and value.lower() in (name, ""):
        return f'{found[1]}{found[2]}=""'
    return found[0]
