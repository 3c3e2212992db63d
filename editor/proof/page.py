"""Page: what a post is published as, taken from its HTML."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from editor.render.protocol import RenderResult

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SILENT = ("script", "style", "template")
"""Elements whose content is no part of the page's text, and whose links lead nowhere."""
_SOURCES = {"img": "src", "source": "src", "video": "src", "audio": "src", "embed": "src", "object": "data"}
_PLACEHOLDER = re.compile(r"<copydesk-placeholder\b[^>]*>(.*?)</copydesk-placeholder>", re.DOTALL)
"""What stands for a shortcode or a template that was not run: its source is shown, within addresses, too."""
_UNNAMED = "¶#§🔗⚓\ufe0e\ufe0f"
"""What the link that a generator puts into a heading shows."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of the page."""

    href: str
    """As it is published."""
    text: str
    """What it shows, its white space as single blanks."""
    made: bool = False
    """Whether the generator made it: of a footnote, or of a heading to itself."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture of the page, or another file that it shows in itself."""

    src: str
    alt: str | None
    """None where there is no such attribute."""
    element: str = "img"


@dataclass(frozen=True, slots=True)
class PageHeading:
    """A heading of the page."""

    level: int
    id: str
    """Empty where it has none."""
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """The published page of a post: the part that its Markdown becomes, without its theme."""

    html: str = ""
    links: Sequence[PageLink] = ()
    pictures: Sequence[PagePicture] = ()
    headings: Sequence[PageHeading] = ()
    ids: Mapping[str, int] = field(default_factory=dict)
    """Every `id`, and every `name` of a link, with how often it is there."""
    whole: bool = True
    """Whether nothing is known to be missing."""
    files: tuple[str, ...] = ()
    """The absolute paths of further files that it was made of."""

    @staticmethod
    def of(result: RenderResult) -> "Page":
        """Return the page that a rendering gives."""
        page = Page.parse(result.html)
        return Page(
            page.html,
            page.links,
            page.pictures,
            page.headings,
            page.ids,
            whole=not result.reasons,
            files=result.files,
        )

    @staticmethod
    def parse(html: str) -> "Page":
        """Return what a page's HTML holds; HTML that is not well formed is read as far as it goes."""
        parser = _Parser()
        parser.feed(_PLACEHOLDER.sub(r"\1", html))
        parser.close()
        parser.finish()
        return Page(html, tuple(parser.links), tuple(parser.pictures), tuple(parser.headings), parser.ids)


class _Parser(HTMLParser):
    """Collects what a `Page` holds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[PageLink] = []
        self.pictures: list[PagePicture] = []
        self.headings: list[PageHeading] = []
        self.ids: dict[str, int] = {}
        self._link: tuple[int, str, list[str], bool] | None = None
        """The place in `links`, the address and the text of the link that is open, and whether it was made."""
        self._heading: tuple[int, str, list[str]] | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `HTMLParser`."""
        attributes = {name: value or "" for name, value in reversed(attrs)}
        if tag in _SILENT:
            self._silent += 1
        if self._silent:
            return
        for name in dict.fromkeys(filter(None, (attributes.get("id"), self._name(tag, attributes)))):
            self.ids[name] = self.ids.get(name, 0) + 1
        if tag == "a" and "href" in attributes:
            self._end_link()
            self._link = (len(self.links), attributes["href"], [], _is_made(attributes))
            self.links.append(PageLink(attributes["href"], ""))
        elif tag in _SOURCES and _SOURCES[tag] in attributes:
            source = attributes[_SOURCES[tag]]
            self.pictures.append(PagePicture(source, attributes.get("alt"), tag))
        elif tag in _HEADINGS:
            self._end_heading()
            self._heading = (int(tag[1]), attributes.get("id", ""), [])

    def handle_endtag(self, tag: str) -> None:
        """See `HTMLParser`."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a":
            self._end_link()
        elif tag in _HEADINGS:
            self._end_heading()

    def handle_data(self, data: str) -> None:
        """See `HTMLParser`."""
        if self._silent:
            return
        if self._link is not None:
            self._link[2].append(data)
        if self._heading is not None:
            self._heading[2].append(data)

    def finish(self) -> None:
        """Close what is still open."""
        self._end_link()
        self._end_heading()

    @staticmethod
    def _name(tag: str, attributes: Mapping[str, str]) -> str:
        return attributes.get("name", "") if tag == "a" else ""

    def _end_link(self) -> None:
        if self._link is not None:
            place, href, words, made = self._link
            self.links[place] = PageLink(href, _line(words), made)
            self._link = None

    def _end_heading(self) -> None:
        if self._heading is not None:
            level, name, words = self._heading
            self.headings.append(PageHeading(level, name, _line(words).rstrip(_UNNAMED).rstrip()))
            self._heading = None


def _is_made(attributes: Mapping[str, str]) -> bool:
    """Return whether a link is one that generators make: they mark them by their classes or roles."""
    names = {*attributes.get("class", "").split(), attributes.get("role", "")}
    made = ("headerlink", "footnote-ref", "footnote-backref", "toclink", "footnote", "reversefootnote")
    return not names.isdisjoint(
        (*made, "header-anchor", "anchor", "zola-anchor", "doc-backlink", "doc-noteref")
    )


def _line(words: list[str]) -> str:
    return " ".join("".join(words).split())
