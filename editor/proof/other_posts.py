"""OtherPosts: what a rule may know of the site's other posts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from editor.schema.content_type import ContentType
from editor.site.content_types.learning import Learned
from editor.site.content_types.outliers import Slips
from editor.site.index import PostIndex, PostSummary
from editor.site.published_places import PublishedPlaces
from editor.site.site import Site

_FEWEST_POSTS, _NEARLY_ALL = 10, 0.9


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
    problems: Mapping[str, int] = field(default_factory=dict)
    """Why a post is refused -> how many are."""
    slips: Slips | None = None
    """What the posts have in common, and a post may differ from by a slip; None where that is not known."""
    places: PublishedPlaces | None = None
    """What is published at the addresses of the site; None where that is not known."""
    excerpt_marks: Mapping[str, str] = field(default_factory=dict)
    """Folder of the site (`Site.content_folder`) -> the comment with which nearly all posts in it end their excerpt."""

    @staticmethod
    def of(site: Site) -> "OtherPosts":
        """Return the facts of all posts on disk; this reads them."""
        index = PostIndex(site)
        return OtherPosts.of_summaries(index.refresh(), index.learned, site.content_type, site)

    @staticmethod
    def of_summaries(
        posts: Iterable[PostSummary],
        learned: Learned | None = None,
        content_type: ContentType | None = None,
        site: Site | None = None,
    ) -> "OtherPosts":
        """Return the facts that a list of posts holds, and what was learnt of them beside.

        With their `site`, the addresses that it publishes are known as well.
        """
        posts = tuple(posts)
        addresses: dict[str, tuple[Address, ...]] = {}
        problems: Counter[str] = Counter()
        for post in posts:
            if post.problem:
                problems[post.problem] += 1
            if post.url and post.state not in ("invalid", "hidden"):
                found = Address(post.path, post.title, post.published)
                addresses[post.url] = (*addresses.get(post.url, ()), found)
        slips = Slips(learned, content_type) if learned is not None and learned.posts else None
        places = PublishedPlaces(site, posts) if site is not None else None
        return OtherPosts(addresses, problems, slips, places, _usual_marks(site, posts))


def _usual_marks(site: Site | None, posts: Iterable[PostSummary]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = {}
    for post in posts:
        if site is not None and post.state not in ("invalid", "hidden"):
            counts.setdefault(site.content_folder(post.path), Counter())[post.excerpt_mark] += 1
    usual = {}
    for folder, marks in counts.items():
        mark, count = marks.most_common(1)[0]
        if mark and marks.total() >= _FEWEST_POSTS and count >= _NEARLY_ALL * marks.total():
            usual[folder] = mark
    return usual
