"""OtherPosts: what a rule may know of the site's other posts."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from editor.errors import FrontMatterError, OpenError
from editor.post.document import PostDocument
from editor.post.front_matter.block import find_block
from editor.site.generators.rules import Source
from editor.site.index import PostSummary
from editor.site.site import Site

_NAMES = {
    "tags": "tags",
    "tag": "tags",
    "categories": "categories",
    "category": "categories",
    "authors": "authors",
    "author": "authors",
}
_UNCLOSED = re.compile(r"---[ \t]*\r?\n(?:[\w-]+:.*\r?\n)+[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Address:
    """A post that is published at an address."""

    path: Path
    title: str
    published: bool
    """Whether the next build writes it."""


@dataclass(frozen=True, slots=True)
class OtherPosts:
    """Facts of all posts of a site; the post that is checked may be among them."""

    addresses: Mapping[str, tuple[Address, ...]] = field(default_factory=dict)
    """Address -> the posts that are published there."""
    words: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """`tags`, `categories`, `authors` -> name -> how many posts have it."""
    keys: Mapping[str, int] = field(default_factory=dict)
    """Key of the front matter -> how many posts have it; empty where that is not known."""

    unclosed: int = 0
    """How many posts open their front matter and end it by a blank line, which Pelican is content with."""

    @staticmethod
    def of_summaries(posts: Iterable[PostSummary], keys: Mapping[str, int] | None = None) -> "OtherPosts":
        """Return the facts that a list of posts holds."""
        addresses: dict[str, tuple[Address, ...]] = {}
        words: dict[str, Counter[str]] = {name: Counter() for name in ("tags", "categories", "authors")}
        for post in posts:
            if post.url and post.state not in ("invalid", "hidden"):
                found = Address(post.path, post.title, post.published)
                addresses[post.url] = (*addresses.get(post.url, ()), found)
            words["tags"].update(post.tags)
            words["categories"].update(post.categories)
            words["authors"].update(post.authors)
        return OtherPosts(addresses, words, keys or {})

    @staticmethod
    def of(site: Site, now: datetime | None = None) -> "OtherPosts":
        """Return the facts of all posts on disk; one that can't be read is left out."""
        now = now or datetime.now(UTC)
        addresses: dict[str, tuple[Address, ...]] = {}
        words: dict[str, Counter[str]] = {name: Counter() for name in ("tags", "categories", "authors")}
        keys: Counter[str] = Counter()
        unclosed = 0
        for path in site.post_paths():
            try:
                text = PostDocument.open(path).text
            except OpenError:
                continue
            unclosed += _UNCLOSED.match(text) is not None and is_unclosed(text)
            source = site.read(text)
            keys.update(str(key) for key in source.values)
            for key, value in source.values.items():
                if key in _NAMES:
                    words[_NAMES[key]].update(_texts(value))
            found = _address(site, path, source, now)
            if found is not None:
                url, address = found
                addresses[url] = (*addresses.get(url, ()), address)
        return OtherPosts(addresses, words, keys, unclosed)


def is_unclosed(text: str) -> bool:
    """Return whether `text` opens its front matter and never closes it."""
    try:
        find_block(text)
    except FrontMatterError:
        return True
    return False


def _address(site: Site, path: Path, source: Source, now: datetime) -> tuple[str, Address] | None:
    publication = site.publication(path, source, now)
    if not publication.url or publication.state in ("invalid", "hidden"):
        return None
    title = site.title(path, source.values, source.body)
    return publication.url, Address(path, title, publication.published)


def _texts(value: Any) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(entry for entry in entries if isinstance(entry, str)))
