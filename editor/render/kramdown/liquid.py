"""Liquid in a post, as far as its outcome is known without a build.

Jekyll runs it over the text before kramdown. Comments, `raw`, `highlight`, `assign`, `capture`, links to posts and
files, and values of the site and the page with simple filters are done; for everything else a mark goes
through kramdown, in the place of which a placeholder is put.

Source: https://shopify.github.io/liquid/ and https://jekyllrb.com/docs/liquid/, tried against Jekyll 4.3.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from editor.render.commonmark.placeholders import placeholder
from editor.render.kramdown.highlighting import escaped, highlighted, is_known
from editor.render.kramdown.liquid_values import UnknownValueError, Values

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"\{%-?\s*(\w+|#)\s*(.*?)-?%\}", re.DOTALL)
_OUTPUT = re.compile(r"\{\{-?(.*?)-?\}\}", re.DOTALL)
_ENDRAW = re.compile(r"\{%\s*endraw\s*%\}")
_ASSIGN = re.compile(r"([\w-]+)\s*=\s*(.*)", re.DOTALL)
_HIGHLIGHT = re.compile(r"([a-zA-Z0-9.+#_-]+)((?:\s+\w+(?:=(?:\w+|\"[0-9]+(?: [0-9]+)*\"))?)*)\s*")
_EDGES = re.compile(r"\A[\n\r]+|[\n\r]+\Z")

_OPENS, _CLOSES = "\U000f0000", "\U000f0001"
_PARAGRAPH = re.compile(rf"<p>\s*{_OPENS}(\d+){_CLOSES}\s*</p>")
_IN_TAG = re.compile(rf"<[a-zA-Z][^<>]*{_OPENS}[^<>]*>")
_MARK = re.compile(rf"{_OPENS}(\d+){_CLOSES}")


class Unknown(NamedTuple):
    """A piece of Liquid that only the site's own build can answer."""

    name: str
    """As people are told of it: `{% include %}`, `{{ page.date }}`."""
    source: str


class Filled:
    """A text after Liquid."""

    def __init__(self) -> None:
        self.text = ""
        self.unknown: list[Unknown] = []
        self.broken = False
        """Whether Liquid would stop at the text."""
        self._starts: list[int] = []
        self._sources: list[tuple[int, int]] = []

    def take(self, parts: list[tuple[str, int, bool]]) -> None:
        """Take the parts of the text: each with where it comes from, and whether it stands there as it is."""
        at = 0
        texts = []
        for text, source, verbatim in parts:
            if text:
                self._starts.append(at)
                self._sources.append((source, int(verbatim)))
                texts.append(text)
                at += len(text)
        self.text = "".join(texts)

    def source_of(self, place: int) -> int:
        """Return the place in the source that a place in the text comes from."""
        at = bisect_right(self._starts, place) - 1
        if at < 0:
            return 0
        source, verbatim = self._sources[at]
        return source + (place - self._starts[at] if verbatim else 0)

    def shown(self, html: str) -> str:
        """Put placeholders into HTML in the places of their marks."""
        if _OPENS not in html:
            return html

        def label(mark: re.Match[str], *, block: bool = False) -> str:
            unknown = self._unknown(mark[1])
            return placeholder("liquid", unknown.name, unknown.source, block=block) if unknown else ""

        def source(mark: re.Match[str]) -> str:
            unknown = self._unknown(mark[1])
            return escape(unknown.source) if unknown else ""

        html = _PARAGRAPH.sub(lambda mark: label(mark, block=True), html)
        html = _IN_TAG.sub(lambda tag: _MARK.sub(source, tag[0]), html)
        return _MARK.sub(label, html)

    def _unknown(self, number: str) -> Unknown | None:
        return self.unknown[int(number)] if int(number) < len(self.unknown) else None


def has_liquid(text: str) -> bool:
    """Return whether there is anything for Liquid in a text."""
    return "{%" in text or "{{" in text


def filled(text: str, facts: Mapping[str, Any]) -> Filled:
    """Return a text after Liquid; `facts` as `editor.site.generators.jekyll` makes them."""
    made = Filled()
    run = _Run(text, facts, made)
    made.take(run.until(())[0])
    return made


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    name: str
    """Of a tag; empty for output."""
    rest: str


class _Run:
    """Goes through the text once."""

    def __init__(self, text: str, facts: Mapping[str, Any], made: Filled) -> None:
        self._text = text
        self._facts = facts
        self._made = made
        self._values = Values(facts)
        self._pos = 0
        self._trims = False

    def until(self, ends: tuple[str, ...]) -> tuple[list[tuple[str, int, bool]], bool]:
        """Return the parts up to a tag of `ends`, and whether it came."""
        parts: list[tuple[str, int, bool]] = []
        while True:
            closes = self._text.find("}", self._pos) >= 0  # else each brace would be looked at to the end
            found = _TOKEN.search(self._text, self._pos) if closes else None
            stop = found.start() if found else len(self._text)
            before = self._text[self._pos : stop]
            start = self._pos
            if self._trims:
                start += len(before) - len(before.lstrip())
                before = before.lstrip()
                self._trims = False
            if found is None:
                parts.append((before, start, True))
                self._pos = len(self._text)
                return parts, False
            token = _token(found)
            if token.text.startswith(("{%-", "{{-")):
                before = before.rstrip()
            parts.append((before, start, True))
            self._pos = token.end
            self._trims = token.text.endswith(("-%}", "-}}"))
            if token.name in ends:
                return parts, True
            parts += self._done(token)

    def _done(self, token: _Token) -> list[tuple[str, int, bool]]:
        """Return what a token becomes."""
        if token.text.startswith("{{"):
            output = _OUTPUT.fullmatch(token.text)
            expression = (output[1] if output else "").strip()
            try:
                return [(self._values.shown(expression), token.start, False)]
            except UnknownValueError:
                return self._mark("{{ " + _short(expression) + " }}", token.start, token.end)
        answer = {
            "raw": self._raw,
            "comment": self._comment,
            "assign": self._assign,
            "capture": self._capture,
            "highlight": self._highlight,
            "link": self._link,
            "post_url": self._link,
            "#": _nothing,
        }.get(token.name, self._unknown_tag)
        return answer(token)

    def _raw(self, token: _Token) -> list[tuple[str, int, bool]]:
        end = _ENDRAW.search(self._text, token.end)
        if end is None:
            return self._stop(token)
        inner = self._text[token.end : end.start()]
        start = token.end
        if self._trims:
            start += len(inner) - len(inner.lstrip())
            inner, self._trims = inner.lstrip(), False
        self._pos = end.end()
        return [(inner, start, True)]

    def _comment(self, token: _Token) -> list[tuple[str, int, bool]]:
        end = self._end_of("comment", token.end)
        if end is None:
            return self._stop(token)
        self._pos = end
        return []

    def _assign(self, token: _Token) -> list[tuple[str, int, bool]]:
        found = _ASSIGN.fullmatch(token.rest.strip())
        if found:
            self._values.assign(found[1], found[2])
        return [] if found else self._stop(token)

    def _capture(self, token: _Token) -> list[tuple[str, int, bool]]:
        count = len(self._made.unknown)
        parts, closed = self.until(("endcapture",))
        if not closed:
            return self._stop(token)
        known = len(self._made.unknown) == count
        text = "".join(text for text, _, _ in parts)
        self._values.capture(token.rest.strip().strip("\"'"), text if known else None)
        return []

    def _highlight(self, token: _Token) -> list[tuple[str, int, bool]]:
        parts, closed = self.until(("endhighlight",))
        found = _HIGHLIGHT.fullmatch(token.rest.strip())
        if not closed or found is None:
            return self._stop(token)
        code = _EDGES.sub("", "".join(text for text, _, _ in parts))
        language = found[1].lower()
        html = highlighted(code, language) if is_known(language) else escaped(code)
        if "linenos" in found[2] and "linenos=false" not in found[2]:
            html = html if html.endswith("\n") else html + "\n"
            numbers = "".join(f"{number}\n" for number in range(1, html.count("\n") + 1))
            html = (
                '<table class="rouge-table"><tbody><tr><td class="gutter gl"><pre class="lineno">'
                f'{numbers}</pre></td><td class="code"><pre>{html}</pre></td></tr></tbody></table>'
            )
        else:
            html = html.removesuffix("\n")
        css_class = language.replace("+", "-")
        code_tag = f'<code class="language-{css_class}" data-lang="{language}">'
        figure = f'<figure class="highlight"><pre>{code_tag}{html}</code></pre></figure>'
        return [(figure, token.start, False)]

    def _link(self, token: _Token) -> list[tuple[str, int, bool]]:
        urls = self._facts.get("urls")
        url = urls.get(f"{token.name} {token.rest.strip()}") if isinstance(urls, dict) else None
        if isinstance(url, str):
            return [(url, token.start, False)]
        return self._mark("{% " + token.name + " %}", token.start, token.end)

    def _unknown_tag(self, token: _Token) -> list[tuple[str, int, bool]]:
        end = self._end_of(token.name, token.end)
        if end is not None:
            self._values.forget()
        self._pos = end or token.end
        return self._mark("{% " + token.name + " %}", token.start, self._pos)

    def _end_of(self, name: str, start: int) -> int | None:
        """Return where the block that the tag `name` opens ends; None where there is no such tag."""
        depth = 1
        pattern = re.compile(rf"\{{%-?\s*(end)?{re.escape(name)}\b.*?%\}}", re.DOTALL)
        for found in pattern.finditer(self._text, start):
            depth += -1 if found[1] else 1
            if depth == 0:
                return found.end()
            if depth > 50:
                break
        return None

    def _mark(self, name: str, start: int, end: int) -> list[tuple[str, int, bool]]:
        self._made.unknown.append(Unknown(name, self._text[start:end]))
        return [(f"{_OPENS}{len(self._made.unknown) - 1}{_CLOSES}", start, False)]

    def _stop(self, token: _Token) -> list[tuple[str, int, bool]]:
        """Show a token that Liquid stops at as it is written."""
        self._made.broken = True
        return [(token.text, token.start, True)]


def _nothing(_token: _Token) -> list[tuple[str, int, bool]]:
    return []


def _token(found: re.Match[str]) -> _Token:
    tag = _TAG.fullmatch(found[0])
    name, rest = (tag[1], tag[2]) if tag else ("", "")
    return _Token(found.start(), found.end(), found[0], name, rest)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
