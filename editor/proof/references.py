"""The links and pictures that a post's text has, of Markdown and of raw HTML, and where its page has them."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from editor.proof.body.source import BodySource, Span
from editor.proof.page import Page

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SOURCES = {"img": "src", "video": "src", "audio": "src", "source": "src", "embed": "src"}
_MARKUP = re.compile(r"<[^<>]*>|\{[^{}\n]*\}|!?\[|\](?:\([^()\s]*\)|\[[^\[\]]*\])?")
_PAGES = (".md", ".markdown", ".mdx", ".html")
_LONGEST = 2_000
"""Characters: what is longer is no address of a page."""
_NAME = re.compile(r"[^\s/\"'{}|]+\.\w+(?=[^/]*$)")
"""The name of the file that a link leads to, whatever a generator puts before it."""
_NAMED = re.compile(r"""\b(src|href|link)\s*=\s*(?:"([^"{}\n]+)"|'([^'{}\n]+)')""")
"""What a shortcode, or an include, says of a picture or a link."""
_NO_WORDS = re.compile(r"[\W_]+")


HTML, HTML_SOURCE, TEMPLATE = "html", "html-source", "template"


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or a picture of the text."""

    href: str
    """The address, without the escapes of Markdown and HTML."""
    target: Span
    """Where the address is written."""
    picture: bool
    words: str
    """The letters and digits of what the link shows, or of the picture's description."""
    kind: str
    """As `Link.kind`, or `HTML`, `HTML_SOURCE` for what shows a file in itself, `TEMPLATE`."""
    whole: Span
    """The link with all that belongs to it."""


def references_of(body: BodySource) -> tuple[Reference, ...]:
    """Return the links and pictures of a post that have an address, in the order of the text."""
    found = (*_of_markdown(body), *_of_html(body), *_of_templates(body))
    short = (reference for reference in found if len(reference.href) <= _LONGEST)
    return tuple(sorted(short, key=lambda reference: reference.whole))


def plain_address(text: str) -> str:
    """Return an address as a browser gets it from Markdown: without escapes and character references."""
    return html.unescape(_ESCAPED.sub(r"\1", text)).strip()


def words_of(text: str) -> str:
    """Return the letters and digits of a text with markup: they are the same on the page."""
    return _NO_WORDS.sub("", html.unescape(_MARKUP.sub("", text)))


class Addresses:
    """The addresses that a page has, of its links or of its pictures, to be found by what the text has for them."""

    def __init__(self, shown: Iterable[tuple[str, str]]) -> None:
        """Take pairs of an address and of what is shown for it."""
        self._by_key: dict[str, str] = {}
        self._by_words: dict[str, set[str]] = {}
        self._by_name: dict[str, set[str]] = {}
        for address, text in shown:
            key = _key(address)
            self._by_key.setdefault(key, address)
            self._by_words.setdefault(words_of(text), set()).add(address)
            self._by_name.setdefault(key.rsplit("/", 1)[-1], set()).add(address)

    def of(self, wanted: Reference) -> str | None:
        """Return the address by which the page has what the text has; None where it hasn't, or that is not sure."""
        same = self._by_key.get(_key(wanted.href))
        if same is not None:
            return same
        name = _NAME.search(wanted.href.partition("#")[0])
        if name is not None and name[0].endswith(_PAGES):
            name = None  # a page has another name once it is published
        for alike in (
            self._by_words.get(wanted.words) if wanted.words else None,
            self._by_name.get(unquote(name[0])) if name else None,
        ):
            if alike is not None and len(alike) == 1:
                return next(iter(alike))
        return None


class OnPage:
    """What a page has of the links and the pictures of its text."""

    def __init__(self, page: Page) -> None:
        self._links = Addresses((link.href, link.text) for link in page.links if not link.made)
        self._pictures = Addresses((shown.src, shown.alt or "") for shown in page.pictures)

    def address(self, wanted: Reference) -> str | None:
        """Return the address by which the page has a link or a picture; None where it hasn't, or that is not sure."""
        shown = wanted.picture or wanted.kind == HTML_SOURCE
        return (self._pictures if shown else self._links).of(wanted)


def _key(address: str) -> str:
    return unquote(address).strip().removeprefix("./")


def _of_markdown(body: BodySource) -> Iterator[Reference]:
    for link in body.links:
        if link.kind == "bare" or not link.defined or not link.destination:
            continue
        words = words_of(body.text[slice(*link.text)])
        href = plain_address(link.destination)
        yield Reference(href, link.target, link.picture, words, link.kind, (link.start, link.end))


def _of_html(body: BodySource) -> Iterator[Reference]:
    for tag in body.tags:
        name = "href" if tag.name == "a" else _SOURCES.get(tag.name, "")
        if tag.closing or name not in tag.attributes:
            continue
        value, start, end = tag.attributes[name]
        if not value.strip():
            continue
        picture = tag.name == "img"
        described = tag.attributes.get("alt", ("", 0, 0))[0] if picture else ""
        kind = HTML if tag.name in ("a", "img") else HTML_SOURCE
        yield Reference(
            html.unescape(value).strip(),
            (start, end),
            picture,
            words_of(described),
            kind,
            (tag.start, tag.end),
        )


def _of_templates(body: BodySource) -> Iterator[Reference]:
    """Yield what shortcodes and includes are told to show: the page alone tells whether they do."""
    for start, end in body.templates:
        for match in _NAMED.finditer(body.text, start, end):
            group = 2 if match[2] is not None else 3
            picture = match[1] == "src"
            target = (match.start(group), match.end(group))
            yield Reference(match[group].strip(), target, picture, "", TEMPLATE, (start, end))
