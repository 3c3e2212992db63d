"""Stand-ins without a meaning for Markdown, in the place of what only a build makes, and the labels they become."""

import re
from html import escape

from editor.render.commonmark.flavour import FOLDED_LINE
from editor.render.commonmark.placeholders import placeholder

_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
_FOLDED = f"{_OPEN}([a-z]+)x([0-9a-f]*)x([0-9a-f]*){FOLDED_LINE}*{_CLOSE}"
_INLINE = re.compile(_FOLDED)
_ALONE = re.compile(rf"<p>\s*{_FOLDED}\s*</p>")
_ENCODED = re.compile(r"%EF%B7%92([a-z]+)x([0-9a-f]*)x([0-9a-f]*)(?:%EF%B7%94)*%EF%B7%93")
"""The same in an address, where it was encoded with it."""
_IN_TAG = re.compile(r"<[a-zA-Z!/](?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def stand_in(kind: str, name: str, source: str) -> str:
    """Return what stands for `source`; `kind` and `name` are those of its placeholder."""
    return f"{_OPEN}{kind}x{_hex(name)}x{_hex(source)}{folded_lines(source)}{_CLOSE}"


def folded_lines(source: str) -> str:
    """Return what stands for the line feeds of a source that is left out."""
    return FOLDED_LINE * source.count("\n")


def unfold(html: str) -> str:
    """Return HTML in which the stand-ins are placeholders, and in a tag, where none can be, their source."""
    if _OPEN in html or "%EF%B7%92" in html:
        html = _ENCODED.sub(lambda mark: escape(_text(mark[3])), html)
        html = _IN_TAG.sub(lambda tag: _INLINE.sub(lambda mark: escape(_text(mark[3])), tag.group()), html)
        html = _ALONE.sub(lambda mark: _placeholder(mark, block=True), html)
        html = _INLINE.sub(_placeholder, html)
    return html


def _hex(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").hex()


def _text(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-8", "surrogatepass")


def _placeholder(mark: re.Match[str], *, block: bool = False) -> str:
    return placeholder(mark[1], _text(mark[2]), _text(mark[3]), block=block)
