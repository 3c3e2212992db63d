"""PublishWay: how each generator tells drafts from posts that it publishes, in its own words.

Sources: https://squidfunk.github.io/mkdocs-material/plugins/blog/#post-metadata,
https://docs.getpelican.com/en/latest/content.html#file-metadata, https://getnikola.com/handbook.html#metadata-fields,
https://gohugo.io/content-management/front-matter/, https://jekyllrb.com/docs/posts/#drafts,
https://www.getzola.org/documentation/content/page/#front-matter, https://hexo.io/docs/writing#Drafts. Eleventy and
Astro have no drafts of their own; `draft` is what their documentation proposes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PublishWay:
    """What Publish and Unpublish change in a post, and how what comes of it is told."""

    label: str
    """The generator's name as its own people write it; empty where there is none."""
    key: str = "draft"
    draft: bool | str = True
    """The value of the key that makes a draft."""
    published: bool | str = False
    """The value that makes none; a post without the key is none either."""
    any_case: bool = False
    """Whether `Draft` is read as `draft` is."""
    drafts_folder: str = ""
    """The folder of drafts; a post in there is one, whatever its front matter says."""
    posts_folder: str = ""
    """The folder, beside that of drafts, which a published post is in."""
    dated_names: bool = False
    """Whether the name of a file in the folder of posts must begin with its date."""
    date_keys: tuple[str, ...] = ("date",)
    """Keys that may hold the date from which a post counts, the first that is there goes."""
    updated_keys: tuple[str, ...] = ("updated", "lastmod", "modified", "last_modified_at")
    """Keys that may say when the post was last changed."""
    name_dates: bool = False
    """Whether a date in the file's name is the post's where its front matter has none."""
    unlisted_drafts: bool = False
    """Whether a draft is written all the same, where no list leads to it."""
    skips_invalid: bool = False
    """Whether the build goes on without a post that it can't read."""


_WAYS: Mapping[str, PublishWay] = {
    "mkdocs-material": PublishWay("Material", updated_keys=("date.updated",)),
    "mkdocs": PublishWay("MkDocs", updated_keys=()),
    "zensical": PublishWay("Zensical", updated_keys=("date.updated",)),
    "pelican": PublishWay(
        "Pelican",
        key="status",
        draft="draft",
        published="published",
        any_case=True,
        updated_keys=("modified",),
        name_dates=True,
        unlisted_drafts=True,
        skips_invalid=True,
    ),
    "nikola": PublishWay(
        "Nikola",
        key="status",
        draft="draft",
        published="published",
        any_case=True,
        updated_keys=("updated",),
        unlisted_drafts=True,
    ),
    "hugo": PublishWay(
        "Hugo",
        any_case=True,
        date_keys=("publishDate", "pubdate", "date"),
        updated_keys=("lastmod", "modified"),
        name_dates=True,
    ),
    "jekyll": PublishWay(
        "Jekyll",
        key="published",
        draft=False,
        published=True,
        drafts_folder="_drafts",
        posts_folder="_posts",
        dated_names=True,
        updated_keys=("last_modified_at", "updated", "modified"),
        name_dates=True,
    ),
    "hexo": PublishWay(
        "Hexo",
        key="published",
        draft=False,
        published=True,
        drafts_folder="_drafts",
        posts_folder="_posts",
        updated_keys=("updated",),
        name_dates=True,
    ),
    "zola": PublishWay("Zola", updated_keys=("updated",), name_dates=True),
    "eleventy": PublishWay("Eleventy", name_dates=True),
    "astro": PublishWay(
        "Astro",
        date_keys=("pubDate", "publishDate", "publishedAt", "pubDatetime", "published", "date"),
        updated_keys=("updatedDate", "updatedAt", "modDatetime", "updated", "lastmod"),
    ),
}


def publish_way(generator: str) -> PublishWay:
    """Return how `generator` (see `Rules.generator`) tells drafts from published posts."""
    return _WAYS.get(generator, PublishWay(""))


def key_in(values: Mapping[str, Any], key: str, *, any_case: bool) -> str | None:
    """Return `key` as it is spelled in `values`, or None where it is not there; dots lead into maps."""
    first, dot, rest = key.partition(".")
    for name in values:
        if name == first or (any_case and name.lower() == first.lower()):
            if not dot:
                return name
            inner = values[name]
            found = key_in(inner, rest, any_case=any_case) if isinstance(inner, Mapping) else None
            return f"{name}.{found}" if found else None
    return None


def value_at(values: Mapping[str, Any], key: str) -> Any:
    """Return the value of a key with dots, or None."""
    found: Any = values
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found
