"""Rules: the small interface that every generator's module implements for one site."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from editor.errors import CopydeskError
from editor.render.protocol import Dialect
from editor.schema.content_type import ContentType
from editor.site.generators.published import Published


@dataclass(frozen=True, slots=True)
class Author:
    """Someone whom a post may name as its author."""

    name: str
    description: str = ""
    avatar: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A post's file as its generator reads it."""

    values: Mapping[str, Any]
    """The front matter, without what folders hand down."""
    body: str
    header: str = ""
    """The text of the front matter, without its fences."""
    problem: str = ""
    """Why the generator refuses it (translated); empty where it doesn't."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What the next build makes of a post."""

    state: str
    """`draft`, `scheduled`, `published`, `hidden` (left out by the configuration) or `invalid`."""
    published: bool
    """Whether the next build writes it."""
    url: str
    """Its address from the root of the published site, with a leading slash; empty where it can't be told."""
    problem: str = ""
    """Why it is invalid (translated)."""
    reason: str = ""
    """What besides the post's own front matter makes it so (a translated sentence), where something does."""
    due: datetime | None = None
    """When a scheduled post may be built, where that is not simply its date; with a time zone."""


class Rules(Protocol):
    """What one generator says of one site; read once, changes nothing, runs nothing of the site.

    Paths are absolute and inside `root`; `values` is a post's own front matter.
    """

    @property
    def generator(self) -> str:
        """The name of the generator, as the command line prints it."""

    @property
    def root(self) -> Path:
        """The site's folder."""

    @property
    def name(self) -> str:
        """The site's title."""

    @property
    def url(self) -> str:
        """The site's published address, or an empty text."""

    @property
    def content_dirs(self) -> tuple[Path, ...]:
        """Where posts are."""

    @property
    def static_dirs(self) -> tuple[Path, ...]:
        """What serves `/x`."""

    @property
    def trusted(self) -> bool:
        """Whether the site's code may run."""

    @property
    def front_matter(self) -> str:
        """The format of new front matter."""

    @property
    def new_post_name(self) -> str:
        """How the file of the first post is named: with {slug}, {year}, {month} and {day}."""

    @property
    def dialect(self) -> Dialect:
        """How Markdown is written here."""

    @property
    def configuration(self) -> tuple[Path, ...]:
        """Every file that was read."""

    @property
    def problems(self) -> tuple[CopydeskError, ...]:
        """What could not be read or understood."""

    def content_type(self, path: Path | None) -> ContentType:
        """Return the fields of the post `path`, or of a new one."""

    def post_paths(self) -> list[Path]:
        """Return the posts' files, in the order of their paths."""

    def is_post(self, path: Path) -> bool:
        """Return whether the generator takes the file `path` for a post."""

    def read(self, text: str) -> Source:
        """Take a post's text apart as the generator does."""

    def shown_day(self, value: Any) -> tuple[date, str] | None:
        """Return the day that the site shows for a moment in front matter, and in which time zone.

        None where the generator moves no date into a zone, and for a day without a time.
        """

    def inherited(self, path: Path) -> dict[str, Any]:
        """Return what folders hand down to the front matter of the post `path`."""

    def merged(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return `values` laid over what folders hand down; raises SiteError where the generator can't."""

    def authors(self, path: Path | None) -> dict[str, Author]:
        """Return who may be named as author of the post `path`, or of a new one, by id."""

    def facts(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the dialect's own steps need to know of the post, as JSON data."""

    def linked(self, path: Path, values: Mapping[str, Any], text: str) -> dict[str, Any]:
        """Return further facts for the dialect's own steps: the addresses of what the post's text links to.

        Reads the files that it links to.
        """

    def target(self, url: str, path: Path | None) -> Path | None:
        """Return the site's file that a link or picture in the post `path` means, if there is one."""

    def source_link(self, url: str, path: Path) -> Path | None:
        """Return the source that a link of the rendered page names where only the build writes its address there.

        None where the link is published as it was rendered.
        """

    def missing_references(self, path: Path, values: Mapping[str, Any], text: str) -> list[str]:
        """Return what the post's text names by the generator's own syntax and is not there, so that the build stops.

        As the text has it, without what stands around it.
        """

    def published(self) -> Published:
        """Return what addresses the built site has besides those of its posts; this may look through its files."""

    def title(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return what the post is called."""

    def derived_slug(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the slug that the post gets where it does not set one."""

    def slug(self, title: str) -> str:
        """Return the slug of a title."""

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """Return what the next build makes of the post."""

    def new_post_dir(self) -> Path:
        """Return the folder of new posts."""
