"""How a post looks from outside: what search engines and links shared elsewhere show of its page.

Both read the page's head, which the theme writes: what nearly all themes put there is told here, and what stands in
for a field that is missing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from editor.site.site import Site

TITLE_LENGTH = 60
"""Characters of a title that search engines show, about: they go by its width."""
DESCRIPTION_LENGTH = 155
"""The same of a description."""

_DESCRIPTIONS = ("description", "summary", "excerpt", "subtitle", "abstract", "lead")
_PICTURES = (
    *("og_image", "social_image", "share_image", "previewimage", "image", "images", "cover", "thumbnail"),
    *(
        "featured_image",
        "featuredimage",
        "feature_image",
        "featureimage",
        "heroimage",
        "hero",
        "banner",
        "teaser",
    ),
    *("header", "photo", "ogimage", "social"),
)
_INNER = ("og_image", "image", "path", "src", "url", "relative", "feature", "teaser", "overlay_image")
_HIDDEN = re.compile(
    r"<(script|style|template|svg|math|pre)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE
)
_HEADING = re.compile(r"<(h[1-6])\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(/?[a-zA-Z][\w-]*)[^>]*>")
_INLINE = frozenset(
    """
    a abbr b bdi bdo code del dfn em i ins kbd mark q s samp small span strong sub sup u var
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Card:
    """What others show of a post's page."""

    title: str
    site_name: str
    host: str
    """Of the site's published address; empty where it has none."""
    trail: tuple[str, ...]
    """The parts of the page's path."""
    description: str
    description_field: str
    """The field that it stands in; empty where it is the beginning of the text."""
    picture: str
    """The address of the picture as the post has it; empty where it names none."""
    picture_field: str

    @property
    def shown_title(self) -> str:
        """The title as a result of a search shows it."""
        return shortened(self.title, TITLE_LENGTH)

    @property
    def shown_description(self) -> str:
        """The description as a result of a search shows it."""
        return shortened(self.description, DESCRIPTION_LENGTH)


def card_of(site: Site, path: Path, text: str, beginning: str) -> Card:
    """Return what others show of the post `path` with this `text`; `beginning` is the HTML that it begins with."""
    source = site.read(text)
    values = site.rules.merged(path, source.values)
    field, description = next(_descriptions(values), ("", ""))
    if not field:
        description = words_of(beginning)
    picture_field, picture = next(_pictures(values), ("", ""))
    base = urlsplit(site.url)
    url = site.post_url(path, source.values, source.body)
    parts = (base.path.rstrip("/") + url).strip("/").split("/")
    return Card(
        title=words_of(site.title(path, source.values, source.body)),
        site_name=site.name,
        host=base.netloc,
        trail=tuple(part for part in parts if part and part != "index.html"),
        description=" ".join(description.split()),
        description_field=field,
        picture=picture,
        picture_field=picture_field,
    )


def shortened(text: str, length: int) -> str:
    """Return `text`, cut at a word with an ellipsis where it has more than `length` characters."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    if not text[length - 1].isspace():
        head, space, _rest = cut.rpartition(" ")
        cut = head if space and len(head) > length // 2 else cut
    return cut.rstrip(" ,;:.–—-") + " …"


def words_of(html: str) -> str:
    """Return the text of HTML, without its headings, its code blocks and what does not show."""
    text = _HEADING.sub(" ", _HIDDEN.sub(" ", html))
    text = _TAG.sub(lambda tag: "" if tag[1].lower().lstrip("/") in _INLINE else " ", text)
    return " ".join(unescape(text).split())


def _descriptions(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = {str(key).lower(): (str(key), value) for key, value in values.items()}
    for name in _DESCRIPTIONS:
        key, value = known.get(name, ("", None))
        if isinstance(value, str) and value.strip():
            yield key, words_of(value)


def _pictures(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = {str(key).replace("-", "_").lower(): (str(key), value) for key, value in values.items()}
    params = next((value for key, value in known.values() if key.lower() == "params"), None)
    if isinstance(params, Mapping):
        known = {
            **{str(key).replace("-", "_").lower(): (f"params.{key}", value) for key, value in params.items()},
            **known,
        }
    for name in _PICTURES:
        key, value = known.get(name, ("", None))
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, Mapping):
            inner = next((part for part in _INNER if isinstance(value.get(part), str) and value[part]), None)
            key, value = f"{key}.{inner}", value.get(inner) if inner else None
        if isinstance(value, str) and value.strip():
            yield key, value.strip()
