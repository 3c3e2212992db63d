"""PostIndex: the posts of a site as a list shows them, and search in them."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from editor.errors import OpenError
from editor.post.disk import read_bytes
from editor.post.document import PostDocument
from editor.site.content_types.learning import Learned, Observations, add_up_folders, observe
from editor.site.excerpts import excerpt_mark, has_mark
from editor.site.generators import dates
from editor.site.generators.rules import Source
from editor.site.site import Site
from editor.site.two_files import meta_stamp
from editor.site.words import count_words
from editor.translation import gettext as _

Progress = Callable[[int, int], None]
"""(posts read, posts there are)."""
Cancelled = Callable[[], bool]

_OLDEST = datetime.min.replace(tzinfo=UTC)

_LONGEST = 2_000
"""In code points: a title that is longer is cut off where posts are listed."""


@dataclass(frozen=True, slots=True)
class PostSummary:
    """What a list of posts shows of one."""

    path: Path
    title: str
    date: str
    """ISO 8601, as the file has it; the text that stands there where that is no date; empty without one."""
    sort_date: datetime
    """The moment that this means; posts without one come last."""
    draft: bool
    state: str
    """draft, scheduled, published, hidden or invalid."""
    published: bool
    """Whether the next build writes it."""
    url: str
    """From the root of the published site, with a leading slash; empty where it can't be told."""
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    authors: tuple[str, ...]
    words: int
    problem: str = ""
    """Why it is invalid (translated)."""
    excerpt_mark: str = ""
    """The comment that ends its excerpt; empty where there is none."""


@dataclass(frozen=True, slots=True)
class _Entry:
    stamp: tuple[int, int, tuple[int, int] | None]
    """When its file was changed and how large it is; the same of its other file."""
    source: Source
    searched: str
    summary: PostSummary
    observed: Observations


class PostIndex:
    """The posts of one site, read again only where their file has changed.

    It belongs to one thread at a time; `refresh` may take a while, and belongs in a pool.
    """

    def __init__(self, site: Site) -> None:
        """Make an index that has read nothing yet."""
        self.site = site
        self.learned = Learned()
        """What the posts as last read have in common."""
        self._entries: dict[Path, _Entry] = {}
        self._added_up: dict[Path, Observations] = {}

    @property
    def summaries(self) -> list[PostSummary]:
        """The posts as last read, newest first."""
        return _sorted(entry.summary for entry in self._entries.values())

    def refresh(
        self,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        now: datetime | None = None,
    ) -> list[PostSummary]:
        """Read what is new or has changed, and return all posts, newest first.

        Where `cancelled` returns true, what has been read so far stays, and is returned.
        """
        now = now or datetime.now(UTC)
        paths = self.site.post_paths()
        entries: dict[Path, _Entry] = {}
        for number, path in enumerate(paths):
            if cancelled is not None and cancelled():
                return self.summaries
            entry = self._entry(path, now)
            if entry is not None:
                entries[path] = entry
                self._entries[path] = entry
            if progress is not None:
                progress(number + 1, len(paths))
        self._entries = entries
        self._learn()
        return self.summaries

    def observed(self) -> Iterator[tuple[Path, Observations]]:
        """Yield each post with what its front matter shows, as last read."""
        for path, entry in self._entries.items():
            yield path, entry.observed

    def search(self, text: str) -> list[PostSummary]:
        """Return the posts in which every word of `text` occurs, newest first; the case does not matter.

        Looked at are title, tags, categories, authors, the path and the body, as last read.
        """
        words = _folded(text).split()
        return _sorted(
            entry.summary for entry in self._entries.values() if all(word in entry.searched for word in words)
        )

    def _learn(self) -> None:
        """Add up what the posts show, where that is not what it was."""
        observed = dict(self.observed())
        known = self._added_up
        if observed.keys() != known.keys() or any(observed[path] is not known[path] for path in observed):
            self._added_up = observed
            self.learned = add_up_folders(
                (self.site.content_folder(path), shown) for path, shown in observed.items()
            )

    def _entry(self, path: Path, now: datetime) -> _Entry | None:
        try:
            status = path.stat()
        except OSError:
            return None  # gone since the folder was listed
        stamp = (status.st_mtime_ns, status.st_size, meta_stamp(self.site, path))
        known = self._entries.get(path)
        if known is not None and known.stamp == stamp:
            if known.summary.state == "scheduled" and known.summary.sort_date <= now:
                summary = _summary(self.site, path, known.source, known.summary.words, now)
                return _Entry(stamp, known.source, known.searched, summary, known.observed)
            return known
        source = _source(self.site, path)
        words = count_words(source.body, fences_need_end=self.site.fences_need_end)
        summary = _summary(self.site, path, source, words, now)
        searched = "\n".join(
            (
                summary.title,
                *summary.tags,
                *summary.categories,
                *summary.authors,
                self.site.relative(path),
                source.body,
            )
        )
        return _Entry(stamp, source, _folded(searched), summary, observe(source.values, source.header))


def read_posts(
    site: Site, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> list[PostSummary]:
    """Return the site's posts, newest first; one that can't be read has the state `invalid`."""
    return PostIndex(site).refresh(progress=progress, cancelled=cancelled)


def _source(site: Site, path: Path) -> Source:
    try:
        return site.read(read_bytes(path).decode("utf-8-sig"))  # a file of any length would fill the memory
    except OpenError as error:
        return Source({}, "", problem=error.message)
    except UnicodeDecodeError:
        problem = _("The file is not UTF-8 text")
    try:
        source = site.read(PostDocument.open(path).text)
    except OpenError:
        return Source({}, "", problem=problem)
    return Source(source.values, source.body, source.header, problem)


def _summary(site: Site, path: Path, source: Source, words: int, now: datetime) -> PostSummary:
    publication = site.publication(path, source, now)
    values: dict[str, Any]
    try:
        values = site.rules.merged(path, source.values)
    except Exception:
        values = dict(source.values)
    date = _named(values, "date", "pubDate", "publishDate")
    if isinstance(date, dict):
        date = date.get("created")
    draft = values.get("draft")
    return PostSummary(
        path=path,
        title=_line(site.rules.title(path, values, source.body)),
        date=_line(dates.iso_text(date, source.header)),
        sort_date=dates.as_moment(date) or _read_date(date) or _OLDEST,
        draft=draft is True or publication.state == "draft",
        state=publication.state,
        published=publication.published,
        url=publication.url,
        tags=_texts(_named(values, "tags")),
        categories=_texts(_named(values, "categories", "category")),
        authors=_texts(_named(values, "authors", "author")),
        words=words,
        problem=publication.problem,
        excerpt_mark=_excerpt_mark(site, path, values, source.body),
    )


def _excerpt_mark(site: Site, path: Path, values: dict[str, Any], body: str) -> str:
    mark = excerpt_mark(site, path, values)
    return mark if mark and has_mark(site, mark, body) else ""


def _sorted(summaries: Any) -> list[PostSummary]:
    listed: list[PostSummary] = sorted(summaries, key=lambda summary: str(summary.path))
    listed.sort(key=lambda summary: summary.sort_date, reverse=True)
    return listed


def _read_date(value: Any) -> datetime | None:
    """Return the moment of a date that is text, where Python reads it, for the order of the list alone."""
    try:
        return dates.as_moment(datetime.fromisoformat(str(value).strip())) if value else None
    except ValueError:
        return None


def _named(values: dict[str, Any], *names: str) -> Any:
    """Return the first value of these names, in any case, else the one in the post's `taxonomies` (Zola)."""
    lowered = {str(key).lower(): value for key, value in reversed(values.items())}
    taxonomies = lowered.get("taxonomies")
    for scope in (values, lowered, taxonomies if isinstance(taxonomies, dict) else {}):
        for name in names:
            key = name.lower() if scope is lowered else name
            if key in scope:
                return scope[key]
    return None


def _texts(value: Any) -> tuple[str, ...]:
    """Return a list's entries, or a single one, as texts, each once."""
    if value is None or isinstance(value, dict):
        return ()
    entries = value if isinstance(value, list | tuple) else [value]
    return tuple(
        dict.fromkeys(
            _line(str(entry)) for entry in entries if entry is not None and not isinstance(entry, dict | list)
        )
    )


def _line(text: str) -> str:
    """Return `text` on one line, no longer than a list can draw."""
    line = " ".join(text[: 2 * _LONGEST].split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
