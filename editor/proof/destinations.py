"""Where the links of a published page lead, and whether that is there."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from editor.proof.page import Page
from editor.proof.reading import Reading
from editor.site.published_places import Place

_SCHEME = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
_UNFILLED = re.compile(r"\{\{|\{%|\}\}|<%|\$\{|\(MISSING\)|\bundefined\b")
"""What a template or a shortcode leaves behind where it was not run."""
_NO_IDS = re.compile(
    r"content|main|comments?|comment-.*|disqus.*|respond|utterances|giscus|isso-.*|footer|header|nav|navigation|toc"
    r"|sidebar|skip.*|:~:.*|__.*|[/!].*|.*:~:.*",
    re.IGNORECASE,
)
"""Names of what themes put around a post, and fragments that are read by scripts or name words of the page."""
_PAGES = (".html", ".htm")
_MOST_HTML = 2_000_000


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link leads that stays in the site."""

    place: Place
    fragment: str
    """The anchor, decoded; empty for none."""
    own: bool
    """Whether it leads to the page that it stands on."""
    anchored: bool | None
    """Whether the page has the anchor; None where that can't be known. True without an anchor."""

    @property
    def arrives(self) -> bool | None:
        """Whether the link shows what it is meant to; None where only a build can know."""
        if not self.place.exists:
            return self.place.exists
        return self.anchored


def destination(reading: Reading, href: str, *, anchors: bool = True) -> Destination | None:
    """Return where a link of the published page leads; None where it leaves the site, or can't be told.

    Pages that it names an anchor of are rendered for that, unless `anchors` says otherwise.
    """
    places, publication = reading.others.places, reading.publication
    if places is None or reading.path is None or not href.strip() or _UNFILLED.search(unquote(href)):
        return None
    if is_external(href) and not href.lstrip().startswith(("http:", "https:", "//")):
        return None
    own = publication.url if publication is not None else places.address_of(reading.path)
    if not own and publication is None:
        return None  # no page of the site: what reads it follows rules of its own
    if not own and not href.startswith(("/", "#")) and not is_external(href):
        return None
    try:
        lead = places.lead(href, own or "/", reading.path)
    except (OSError, ValueError):  # a name that no file can have
        return None
    if lead is None:
        return None
    anchored: bool | None = True
    if lead.fragment and lead.place.exists:
        anchored = None
    if anchors and anchored is None:
        anchored = _has_anchor(reading, lead.place, lead.own, href)
    return Destination(lead.place, lead.fragment, lead.own, anchored)


def is_external(href: str) -> bool:
    """Return whether a link is a whole address, or none of a page."""
    return _SCHEME.match(href) is not None or not href.strip()


def _has_anchor(reading: Reading, place: Place, own: bool, href: str) -> bool | None:
    raw = urlsplit(href).fragment
    names = {raw, unquote(raw)}
    if "top" in names:
        return True  # https://html.spec.whatwg.org/multipage/browsing-the-web.html#scrolling-to-a-fragment
    if own:
        page = reading.page
    elif place.source is not None:
        page = reading.page_of(place.source)
    elif place.file is not None and place.file.suffix in _PAGES:
        page = _page_of_file(place.file)
    else:
        return None
    if page is None:
        return None
    if not names.isdisjoint(page.ids):
        return True
    if not _knows_ids(reading, page) or any(_NO_IDS.fullmatch(name) for name in names):
        return None
    return False


def _knows_ids(reading: Reading, page: Page) -> bool:
    """Return whether a page has all the anchors that the published one will have, but for those of its theme."""
    if reading.is_guessed or not page.whole or not page.html.strip():
        return False  # an empty page is what a source became that is no Markdown here
    dialect = reading.site.dialect
    if reading.site.generator == "zola" and not all(heading.text.isascii() for heading in page.headings):
        return False  # Zola spells emoji and other signs out in ids
    if not dialect.reasons:
        return True
    usual = dialect.family in ("python-markdown", "kramdown") or reading.site.generator in ("hugo", "zola")
    return usual and any(heading.id for heading in page.headings)


def _page_of_file(file: Path) -> Page | None:
    try:
        with file.open("rb") as stream:
            return Page.parse(stream.read(_MOST_HTML).decode("utf-8", "replace"))
    except OSError:
        return None


def linked_file(reading: Reading, href: str) -> Path | None:
    """Return the site's file that a link of the text means, as the generator looks it up; None where there is none."""
    if reading.path is None:
        return None
    try:
        return reading.site.resolve(href, reading.path)
    except (OSError, ValueError):
        return None
