"""What Nikola does beside a site's own extensions: its patterns and shortcodes, its code, headings one level down.

Sources: nikola/plugins/compile/markdown, nikola/shortcodes.py and `Post.text` of nikola/post.py, Nikola 8.3.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from markdown.inlinepatterns import InlineProcessor, SimpleTagPattern
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from editor.render.python_markdown.generator_steps import GeneratorSteps
from editor.render.python_markdown.nikola_code import formatter
from editor.render.python_markdown.nikola_shortcodes import Shortcodes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import markdown

    from editor.render.python_markdown.notes import Notes

_CODE = re.compile(r'<div class="codehilite"><pre>(.*?)</pre></div>', re.DOTALL)
_HEADING = re.compile(r"(</?[hH])([1-6])(?=[\s>/])")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s>/])")
_OPENING = re.compile(r"<[a-zA-Z][^>]*>")
_ADDRESS = re.compile(r"""(\s(?:href|src|action)\s*=\s*)(["'])(.*?)\2""", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\w+|\w+);")
_TO_QUOTE = re.compile(r"[^\x21-\x7e]+")
_LINK = re.compile(r"""(\s(?:href|src|poster|data)=)(["'])(link:[^"']*)\2""")
_ENDS_PARAGRAPH = frozenset(
    """
    address blockquote center dd dir div dl dt fieldset form h1 h2 h3 h4 h5 h6 hr li menu noscript ol p pre table
    tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905
)
"""The elements that end a paragraph for libxml2, which Nikola reads the page with."""


class NikolaSteps(GeneratorSteps):
    """Nikola's own extension, and what it does to a post's HTML before a template has it."""

    def __init__(self, options: Mapping[str, Any], notes: Notes) -> None:
        """`options`: `demote`, by how many levels headings go down."""
        self._notes = notes
        self._shortcodes = Shortcodes(notes)
        self._page = _Page(int(options.get("demote") or 0), notes)
        self._links = _Links(notes)

    def configure(self, extension: str, config: dict[str, Any]) -> None:
        """Have codehilite write code as Nikola does, whatever formatter it is told to take."""
        if extension.partition(":")[0] in ("codehilite", "markdown.extensions.codehilite"):
            with suppress(ImportError):  # without Pygments nothing is coloured
                config["pygments_formatter"] = formatter()

    def begin(self, md: markdown.Markdown) -> None:
        """Register what Nikola's own plugins do, in their order."""
        md.inlinePatterns.register(_Gist(r"\[:gist:\s*(\S+)(?:\s*(.+?))?\s*\]", self._notes), "gist", 175)
        rest = r"(?m)^\.\.\s*gist::\s*([^\]\s]+)(?:\s*(.+?))?\s*$"
        md.inlinePatterns.register(_Gist(rest, self._notes), "gist-rst", 176)
        md.inlinePatterns.register(SimpleTagPattern(r"(~{2})(.+?)(~{2})", "del"), "strikethrough", 175)
        md.postprocessors.register(_Code(), "nikola_post_processor", 1)
        md.inlinePatterns.register(_Podcast(r"\[podcast\](.+)\[/podcast\]"), "podcast", 175)

    def end(self, md: markdown.Markdown) -> None:
        """Have shortcodes taken out before anything else sees them."""
        md.preprocessors.register(_TakeOut(self._shortcodes), "nikola_shortcodes", 1000)

    def finish(self, html: str) -> str:
        """Return the HTML as a template gets it."""
        return self._links.run(self._page.run(self._shortcodes.put_in(html)))

    def turn_to(self, facts: Mapping[str, Any]) -> None:
        """Take the addresses of what the page links to."""
        self._links.addresses = facts.get("addresses")


class _TakeOut(Preprocessor):
    def __init__(self, shortcodes: Shortcodes) -> None:
        super().__init__()
        self._shortcodes = shortcodes

    def run(self, lines: list[str]) -> list[str]:
        return self._shortcodes.take_out("\n".join(lines)).split("\n")


class _Code(Postprocessor):
    def run(self, text: str) -> str:
        return _CODE.sub(r'<pre class="code literal-block">\1</pre>', text)


class _Page:
    """What reading the page as HTML and writing it again comes to, and headings one level down."""

    def __init__(self, demote: int, notes: Notes) -> None:
        self._demote = demote
        self._notes = notes

    def run(self, text: str) -> str:
        if self._demote:
            text = _HEADING.sub(self._deeper, text)
        return self._without_stray_ends(_OPENING.sub(_quoted, text))

    def _deeper(self, match: re.Match[str]) -> str:
        return match[1] + str(min(6, max(1, int(match[2]) + self._demote)))

    def _without_stray_ends(self, html: str) -> str:
        """Leave out each `</p>` whose paragraph a block in it ended: Nikola's reader drops it."""
        made: list[str] = []
        inside = False
        at = 0
        for match in _TAG.finditer(html):
            name = match[2].lower()
            if match[1]:
                if name == "p":
                    if not inside:
                        made.append(html[at : match.start()])
                        at = html.find(">", match.end()) + 1 or len(html)
                    inside = False
                elif inside and name in _ENDS_PARAGRAPH:
                    self._notes.add("html-repaired", f"</{name}>")
            elif name == "p":
                inside = True
            elif name in _ENDS_PARAGRAPH:
                inside = False
        return "".join([*made, html[at:]])


def _quoted(tag: re.Match[str]) -> str:
    """Return an opening tag with its addresses as Nikola's reader writes them: quoted by percent signs."""
    return _ADDRESS.sub(lambda found: found[1] + found[2] + _address(found[3]) + found[2], tag[0])


def _address(value: str) -> str:
    value = _ENTITY.sub(lambda found: found[0] if unescape(found[0]).isascii() else unescape(found[0]), value)
    return _TO_QUOTE.sub(lambda found: quote(found[0]), value.strip(" \t\n"))


class _Podcast(InlineProcessor):
    """`[podcast]address[/podcast]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        del data
        audio = Element("audio", {"controls": ""})
        SubElement(audio, "source", {"src": m[1].strip(), "type": "audio/mpeg"})
        return audio, m.start(0), m.end(0)


class _Gist(InlineProcessor):
    """`[:gist: id file]`: what a build fetches from the network is missing."""

    def __init__(self, pattern: str, notes: Notes) -> None:
        super().__init__(pattern)
        self._notes = notes

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        del data
        self._notes.add("gist", m[1])
        box = Element("div", {"class": "gist"})
        file = f"?file={m[2]}" if m[2] else ""
        SubElement(box, "script", {"src": f"https://gist.github.com/{m[1]}.js{file}"})
        SubElement(SubElement(box, "noscript"), "pre")
        return box, m.start(0), m.end(0)


class _Links:
    """Addresses of the scheme `link:`."""

    addresses: Mapping[str, Any] | None = None
    """What each leads to; one that is not there, only a build knows. None: links are left alone."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def run(self, text: str) -> str:
        if self.addresses is None or "link:" not in text:
            return text
        return _LINK.sub(self._replaced, text)

    def _replaced(self, match: re.Match[str]) -> str:
        assert self.addresses is not None
        address = self.addresses.get(match[3])
        if not isinstance(address, str):
            self._notes.add("link-address", match[3])
            address = match[3]
        return match[1] + match[2] + address + match[2]
