"""What a template engine (Liquid, Nunjucks) does before Markdown: its tags are kept out of Markdown's way.

`fold` puts a stand-in without meaning for Markdown in the place of each tag, and `unfold` shows it in the HTML.
What stands in `raw` is text, and comments are left out, as in the engine; nothing else is run.
"""

import re
from html import escape

from editor.render.commonmark.flavour import FOLDED_LINE, Told
from editor.render.commonmark.placeholders import placeholder

MARKS = ("{{", "{%", "{#")
LIQUID_MARKS = ("{{", "{%")

_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
_BRACE = "\ufdd5"
"""A brace that the engine printed: it opens nothing any more."""

_TAG = re.compile(
    r"\{%(?P<trim>-?)\s*(?P<name>[\w.-]*)(?P<rest>(?:[^%\"']|%(?!\})|\"[^\"]*\"|'[^']*')*?)-?%\}"
    r"|\{\{-?(?P<output>(?:[^}\"']|\}(?!\})|\"[^\"]*\"|'[^']*')*?)-?\}\}"
    r"|(?P<comment>\{#.*?#\})",
    re.DOTALL,
)
_BEGINNINGS = {"njk": re.compile(r"\{[{%#]"), "liquid": re.compile(r"\{[{%]")}
_MOST_BROKEN = 50
"""An engine stops at the first tag without an end; to look for the ends of very many takes its time."""
_ENDS = {name: re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}") for name in ("raw", "comment", "verbatim")}
_LITERAL = re.compile(r"\s*(?:\"([^\"\\]*)\"|'([^'\\]*)')\s*")
_FOLDED = re.compile(f"{_OPEN}([0-9a-f]*){FOLDED_LINE}*{_CLOSE}")
_ENCODED = re.compile(r"%EF%B7%92([0-9a-f]*)(?:%EF%B7%94)*%EF%B7%93")
"""The same in an address, where it was encoded with it."""
_FOLDED_ADDRESS = "%EF%B7%94"
_IN_TAG = re.compile(r"<[a-zA-Z!/](?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def fold(text: str, engine: str, told: Told, *, lenient: bool = False) -> str:
    """Return `text` with a stand-in for each tag of the `engine` (`liquid`, `njk`); each is noted once by its name.

    One without an end stays, and is noted, but not where the generator is `lenient`.
    """
    parts: list[str] = []
    at = looked = broken = 0
    behind = ""
    """What is to stand at the end of the line."""
    endless: set[str] = set()
    while broken < _MOST_BROKEN and (begun := _BEGINNINGS[engine].search(text, looked)):
        found = _TAG.match(text, begun.start())
        if found is None:
            broken += 1
            if broken == _MOST_BROKEN or not lenient:
                told.note("template-broken")
            looked = begun.end()
            continue
        behind = _add(parts, text[at : found.start()], behind)
        at = looked = found.end()
        if found["comment"] is not None:
            behind += _leave_out(parts, text, found.start(), at)
            continue
        name = found["name"]
        end = _ENDS[name].search(text, at) if name in _ENDS and name not in endless else None
        if end is None and name in _ENDS:
            endless.add(name)
        if end is not None:
            inner = text[at : end.start()]
            at = looked = end.end()
            if name == "comment":
                behind += _leave_out(parts, text, found.start(), at)
            else:
                parts.append(inner.replace("{", _BRACE))
            continue
        literal = _LITERAL.fullmatch(found["output"] or "")
        if literal is not None:
            parts.append((literal[1] or literal[2] or "").replace("{", _BRACE))
            continue
        source = found.group()
        if not (name or "").startswith("end"):
            told.note("placeholder", " ".join((name or found["output"] or "").split())[:60])
        parts.append(f"{_OPEN}{source.encode('utf-8', 'surrogatepass').hex()}{_lines(source)}{_CLOSE}")
    parts.append(_add(parts, text[at:], behind))
    return "".join(parts)


def unfold(html: str) -> str:
    """Return HTML in which the stand-ins are placeholders, and in a tag, where none can be, their source."""
    html = _ENCODED.sub(lambda mark: escape(_source(mark)), html)
    if _OPEN in html:
        html = _IN_TAG.sub(lambda tag: _FOLDED.sub(lambda mark: escape(_source(mark)), tag.group()), html)
        html = _FOLDED.sub(_placeholder, html)
    return html.replace(FOLDED_LINE, "").replace(_FOLDED_ADDRESS, "").replace(_BRACE, "{")


def _add(parts: list[str], text: str, behind: str) -> str:
    """Add `text`, with `behind` at the end of its first line; return what of that is still to come."""
    if behind and "\n" in text:
        line, _, text = text.partition("\n")
        text, behind = f"{line}{behind}\n{text}", ""
    parts.append(text)
    return behind


def _leave_out(parts: list[str], text: str, start: int, end: int) -> str:
    """Add what stands for the comment in `text` from `start` to `end`; return what is to stand at the end of its line.

    Where it has its lines for itself, that is as many empty ones. Else the lines that it takes away are marked: behind
    the word before it, or at the end of the line where it begins one, so that the marks change nothing.
    """
    begins = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    count = text.count("\n", start, end)
    if begins and text[end : end + 1] in ("", "\n"):
        parts.append("\n" * count)
        return ""
    if begins:
        return FOLDED_LINE * count
    word = parts[-1].rstrip(" \t")
    parts[-1] = word + FOLDED_LINE * count + parts[-1][len(word) :]
    return ""


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
