"""What Pelican does to an article after Markdown: typogrify, then the links into the site.

Sources: pelican/readers.py (`Readers.read_file`) and contents.py (`_link_replacer`), Pelican 4.12. What a link
leads to only the site knows: its address comes with the facts of the page.
"""

from __future__ import annotations

import importlib
import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlparse, urlunparse

from editor.render.python_markdown import guessed_code
from editor.render.python_markdown.generator_steps import GeneratorSteps

if TYPE_CHECKING:
    from collections.abc import Mapping

    import markdown

    from editor.render.python_markdown.notes import Notes

_PYGMENTS_BELOW = (2, 20)
"""Pelican 4.12 is installed with an older Pygments than this."""

_LEFT_AS_IS = ("pre", "code", "kbd", "script", "style", "math", "samp", "var")
"""The elements that typogrify and smartypants leave alone in any case."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s>/])")

_FILES = ("filename", "static", "attach")
_PLACES = ("category", "tag", "author", "index")
_UNKNOWN = object()
"""Stands for the address of a link that was written since the facts of the page were told."""


class PelicanSteps(GeneratorSteps):
    """Typogrify and links."""

    pygments_below = _PYGMENTS_BELOW

    def __init__(self, options: Mapping[str, Any], notes: Notes) -> None:
        """`options`: `typogrify` (None, or its options) and `links`, the site's INTRASITE_LINK_REGEX."""
        self._notes = notes
        self._typography: Typography | None = None
        if options.get("typogrify") is not None:
            try:
                self._typography = Typography(options["typogrify"])
            except ImportError:
                notes.add("typogrify-missing")
        self._links = Links(str(options.get("links") or ""), notes)

    def end(self, md: markdown.Markdown) -> None:
        """Watch for code whose language is guessed."""
        version = _pygments_version()
        if version is not None and version >= _PYGMENTS_BELOW:
            guessed_code.watch(md, self._notes, "Pygments {}.{}".format(*version))

    def reaches_over(self, html: str) -> bool:
        """Return whether typography is left out of an element that begins in this block or ends in it."""
        return self._typography is not None and self._typography.leaves_open(html)

    def finish(self, html: str) -> str:
        """Return the HTML with typographic characters and the links replaced."""
        return self._links.run(self._typography.run(html) if self._typography is not None else html)

    def turn_to(self, facts: Mapping[str, Any]) -> None:
        """Take the addresses of what the page links to."""
        self._links.addresses = facts.get("addresses")


def _pygments_version() -> tuple[int, ...] | None:
    try:
        version = importlib.import_module("pygments").__version__
    except ImportError:
        return None
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


class Typography:
    """TYPOGRIFY: quotes, dashes, capitals and the last words of paragraphs."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        """Raises ImportError where typogrify is not installed."""
        self._filter: Any = importlib.import_module("typogrify.filters").typogrify
        self._smartypants: Any = importlib.import_module("smartypants")
        self._ignored = [str(tag) for tag in options.get("ignore_tags") or []]
        self._omitted = [str(name) for name in options.get("omit_filters") or []]
        self._dashes = {"oldschool": "set2", "oldschool_inverted": "set3"}.get(
            str(options.get("dashes")), "set1"
        )

    def leaves_open(self, html: str) -> bool:
        """Return whether an element that is left as it is begins or ends outside of this HTML."""
        names = {*_LEFT_AS_IS, *(re.split(r"[.#]", tag)[0].strip().lower() for tag in self._ignored)}
        depth = dict.fromkeys(names, 0)
        for match in _TAG.finditer(html):
            name = match[2].lower()
            if name in depth:
                depth[name] += -1 if match[1] else 1
        return any(depth.values())

    def run(self, text: str) -> str:
        """Return the HTML with typographic characters."""
        kinds: Any = getattr(self._smartypants, "Attr", None)
        if kinds is not None:
            # typogrify has no other way to say it; `w`: what Markdown wrote as &quot; is a quote too.
            kinds.default = getattr(kinds, self._dashes) | kinds.w
        try:
            made: str = self._filter(text, self._ignored, **dict.fromkeys(self._omitted, False))
        except TypeError:  # an older one
            made = self._filter(text)
        return made


class Links:
    """`{filename}`, `{static}`, `{attach}`, `{tag}`, `{category}`, `{author}` and `{index}` in addresses."""

    addresses: Mapping[str, Any] | None = None
    """What each leads to, by `what:path`; null where it is left as it stands, false where only a build knows.
    None: links are left alone."""

    def __init__(self, pattern: str, notes: Notes) -> None:
        self._notes = notes
        try:
            self._pattern: re.Pattern[str] | None = re.compile(
                r"""(?P<before><[^>]+(?:href|src|poster|data|cite|formaction|action|content)\s*=\s*)"""
                rf"""(?P<quote>["'])(?P<whole>(?x:{pattern}
                )(?P<value>.*?))(?P=quote)"""
            )
        except re.error:
            notes.add("links-pattern")
            self._pattern = None
        if self._pattern is not None and "what" not in self._pattern.groupindex:
            self._pattern = None

    def run(self, text: str) -> str:
        """Return the HTML with the links replaced."""
        if self.addresses is None or self._pattern is None:
            return text
        return self._pattern.sub(self._replaced, text)

    def _replaced(self, match: re.Match[str]) -> str:
        assert self.addresses is not None
        what, raw = match["what"], match["value"]
        try:
            value = urlparse(raw)
        except ValueError:
            return match[0]
        address = self._address(what, value.path)
        if not isinstance(address, str) and what in _FILES and unescape(raw) != raw:
            unescaped = urlparse(unescape(raw))
            address = self._address(what, unescaped.path)
            value = unescaped if isinstance(address, str) else value
        if address is False or (address is _UNKNOWN and what in (*_FILES, *_PLACES)):
            self._notes.add("link-address", match["whole"])
        path = address if isinstance(address, str) else match["whole"]
        replaced: str = urlunparse([*value[:2], path, *value[3:]])
        return match["before"] + match["quote"] + replaced + match["quote"]

    def _address(self, what: str, path: str) -> Any:
        assert self.addresses is not None
        found: Any = _UNKNOWN
        for name in (path, unquote(path)) if what in _FILES else (path,):
            found = self.addresses.get(f"{what}:{name}", found)
            if isinstance(found, str):
                break
        return found
