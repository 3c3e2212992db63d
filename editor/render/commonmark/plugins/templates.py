"""What a template engine (Liquid, Nunjucks) does before Markdown: its tags are kept out of Markdown's way.

`fold` puts a stand-in without meaning for Markdown in the place of each tag, and `unfold` shows it in the HTML.
What stands in `raw` is text, and comments are left out, as in the engine; nothing else is run.
"""

import re
from html import escape

from editor.render.commonmark.flavour import FOLDED_LINE, Told
from editor.render.commonmark.placeholders import placeholder

MARKS = ("{{", "{%")

_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
_BRACE = "\ufdd5"
"""A brace that the engine printed: it opens nothing any more."""

_TAG = re.compile(
    r"\{%(?P<trim>-?)\s*(?P<name>[\w.-]*)(?P<rest>(?:[^%\"']|%(?!\})|\"[^\"]*\"|'[^']*')*?)-?%\}"
    r"|\{\{-?(?P<output>(?:[^}\"']|\}(?!\})|\"[^\"]*\"|'[^']*')*?)-?\}\}"
    r"|(?P<comment>\{#.*?#\})",
    re.DOTALL,
)
_ENDS = {name: re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}") for name in ("raw", "comment", "verbatim")}
_LITERAL = re.compile(r"\s*(?:\"([^\"\\]*)\"|'([^'\\]*)')\s*")
_FOLDED = re.compile(f"{_OPEN}([0-9a-f]*){FOLDED_LINE}*{_CLOSE}")
_ENCODED = re.compile(r"%EF%B7%92([0-9a-f]*)(?:%EF%B7%94)*%EF%B7%93")
"""The same in an address, where it was encoded with it."""
_IN_TAG = re.compile(r"<[a-zA-Z!/](?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def fold(text: str, engine: str, told: Told) -> str:
    """Return `text` with a stand-in for each tag of the `engine` (`liquid`, `njk`); each is noted once by its name."""
    parts: list[str] = []
    at = 0
    while found := _TAG.search(text, at):
        parts.append(text[at : found.start()])
        at = found.end()
        if found["comment"] is not None:
            left = _left_out(text, found.start(), at) if engine == "njk" else found.group()
            parts.append(left)
            continue
        name = found["name"]
        end = _ENDS[name].search(text, at) if name in _ENDS else None
        if end is not None:
            inner = text[at : end.start()]
            at = end.end()
            is_comment = name == "comment"
            parts.append(_left_out(text, found.start(), at) if is_comment else inner.replace("{", _BRACE))
            continue
        literal = _LITERAL.fullmatch(found["output"] or "")
        if literal is not None:
            parts.append((literal[1] or literal[2] or "").replace("{", _BRACE))
            continue
        source = found.group()
        if not (name or "").startswith("end"):
            told.note("placeholder", " ".join((name or found["output"] or "").split())[:60])
        parts.append(f"{_OPEN}{source.encode('utf-8', 'surrogatepass').hex()}{_lines(source)}{_CLOSE}")
    parts.append(text[at:])
    return "".join(parts)


def unfold(html: str) -> str:
    """Return HTML in which the stand-ins are placeholders, and in a tag, where none can be, their source."""
    html = _ENCODED.sub(lambda mark: escape(_source(mark)), html)
    if _OPEN in html:
        html = _IN_TAG.sub(lambda tag: _FOLDED.sub(lambda mark: escape(_source(mark)), tag.group()), html)
        html = _FOLDED.sub(_placeholder, html)
    return html.replace(_BRACE, "{")


def _left_out(text: str, start: int, end: int) -> str:
    """Return what stands for a comment: as many lines where it has its lines for itself, which are empty then."""
    alone = text[:start].rpartition("\n")[2].strip() == "" and text[end : end + 1] in ("", "\n")
    return "\n" * text.count("\n", start, end) if alone else ""


def _lines(source: str) -> str:
    """Return what stands for the line feeds of a source that is left out."""
    return FOLDED_LINE * source.count("\n")


def _source(mark: re.Match[str]) -> str:
    return bytes.fromhex(mark[1]).decode("utf-8", "surrogatepass")


def _placeholder(mark: re.Match[str]) -> str:
    source = _source(mark)
    found = _TAG.fullmatch(source)
    name = found["name"] if found is not None else None
    kind, label = ("tag", name) if name else ("output", source[2:-2].strip("- \n"))
    return placeholder(kind, label, source)
