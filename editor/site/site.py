"""Site: one blog on disk, as the rest of the program sees it, whatever generator publishes it."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError
from editor.post import front_matter
from editor.post.front_matter import FrontMatter
from editor.render.protocol import Dialect, PageContext
from editor.schema.content_type import ContentType
from editor.site import files
from editor.site.content_types.declared import Declared
from editor.site.content_types.learning import Learned
from editor.site.content_types.merging import conflicts, merged
from editor.site.content_types.site_types import SiteTypes, read_site_types
from editor.site.generators.rules import Author, Publication, Rules, Source
from editor.site.site_dialect import site_dialect
from editor.translation import gettext as _

_log = logging.getLogger(__name__)

_READERS = {("pelican", "yaml"): "pelican-yaml", ("nikola", "pelican"): "nikola-meta"}
"""The readers of front matter that are not a generator's usual one, by what its new posts have."""


@dataclass(frozen=True)
class Site:
    """What is known of a site, read once; `editor.site.find` opens it, and opens it again.

    All paths are absolute; methods take a post's own front matter as `values`.
    """

    root: Path
    generator: str
    """mkdocs-material, mkdocs, zensical, pelican, nikola, hugo, jekyll, eleventy, zola, astro, hexo or
    plain."""
    name: str
    """The site's title."""
    url: str
    """The published address, or an empty text."""
    content_dirs: tuple[Path, ...]
    static_dirs: tuple[Path, ...]
    """What serves `/x`."""
    front_matter: str
    """The format of a new post's front matter."""
    dialect: Dialect
    content_type: ContentType
    """The fields of a new post; `content_type_of` knows those of each."""
    trusted: bool
    configuration: tuple[Path, ...]
    """Every file that was read for this: when one changes, the site is to be opened again."""
    problems: tuple[CopydeskError, ...]
    """What could not be read or understood, with its place."""
    site_types: SiteTypes
    """What files of the site, for this program and for others, say of its posts."""
    rules: Rules = field(repr=False, compare=False)
    meta_of: Path | None = None
    """The post in two files whose text is taken to be that of its other file: see `editor.site.two_files`."""

    @staticmethod
    def of(rules: Rules) -> "Site":
        """Return the site that a generator's rules, and the site's own files, describe."""
        dialect, dialect_files = site_dialect(rules)
        site_types = read_site_types(rules.root)
        new = rules.new_post_dir() / "new.md" if site_types.declared else None
        refused = [
            problem
            for declared in site_types.declared
            for problem in conflicts(rules.content_type(_sample(declared, rules)), declared)
        ]
        return Site(
            root=rules.root,
            generator=rules.generator,
            name=rules.name,
            url=rules.url,
            content_dirs=rules.content_dirs,
            static_dirs=rules.static_dirs,
            front_matter=rules.front_matter,
            dialect=dialect,
            content_type=merged(rules.content_type(None), site_types.of(new) if new else ()),
            trusted=rules.trusted,
            configuration=(*rules.configuration, *dialect_files, *site_types.files),
            problems=(*rules.problems, *site_types.problems, *refused),
            site_types=site_types,
            rules=rules,
        )

    @property
    def fences_need_end(self) -> bool:
        """Whether a code fence that nothing closes is text in the site's dialect, and not code to the end."""
        return self.dialect.family == "python-markdown"

    def relative(self, path: Path) -> str:
        """Return `path` relative to the site, with forward slashes; one outside stays absolute."""
        return files.relative(path, self.root)

    def post_paths(self) -> list[Path]:
        """Return the files of all posts, in the order of their paths."""
        return self.rules.post_paths()

    def is_post(self, path: Path) -> bool:
        """Return whether the generator takes the file `path` for a post."""
        return self.rules.is_post(path)

    def content_type_of(
        self, path: Path | None, values: Mapping[str, Any] | None = None, learned: Learned | None = None
    ) -> ContentType:
        """Return the fields of the post `path`, as generator and site declare them; None is a new post.

        Its front matter `values` may name the type; `learned` adds what the other posts show.
        """
        if not self.site_types.declared and learned is None:
            return self.rules.content_type(path)
        place = path or self.rules.new_post_dir() / "new.md"
        stated = self.site_types.of(place, values)
        shown = learned.of(self.relative(place)) if learned else None
        return merged(self.rules.content_type(path), stated, shown)

    def content_folder(self, path: Path) -> str:
        """Return the folder, relative to the site, whose posts the post `path` may share habits with.

        That is the first one below a content folder (`content/notes`, Hugo's sections), or the content folder
        itself for what lies in it, in folders of dates, or in one of its own.
        """
        holding = [folder for folder in self.content_dirs if path.is_relative_to(folder)]
        base = max(holding, key=lambda folder: len(folder.parts)) if holding else self.root
        inner = path.relative_to(base).parts[:-1] if path.is_relative_to(base) else ()
        if path.stem.partition(".")[0] == "index":
            inner = inner[:-1]
        return self.relative(base / inner[0] if inner and not inner[0][0].isdigit() else base)

    def page_context(
        self, path: Path | None, values: Mapping[str, Any], text: str | None = None
    ) -> PageContext:
        """Return what rendering needs to know of the post `path`; None is one that has no file yet.

        With its `text`, the facts have the addresses that links in it get; the files that it links to are read
        for that.
        """
        if path is None:
            facts = self.rules.facts(self.rules.new_post_dir() / "new.md", values)
            return PageContext(str(self.root), "", facts)
        facts = self.rules.facts(path, values)
        if text is not None:
            facts = {**facts, **self.rules.linked(path, values, text)}
        return PageContext(str(self.root), self.relative(path), facts)

    def authors(self, path: Path | None = None) -> dict[str, Author]:
        """Return who may be named as author of the post `path`, by id."""
        return self.rules.authors(path)

    def shown_day(self, value: Any) -> tuple[date, str] | None:
        """Return the day that the site shows for a moment in front matter, and the time zone's name.

        None where the date is shown as it stands: a day without a time never passes through a time zone.
        """
        return self.rules.shown_day(value)

    def inherited(self, path: Path) -> dict[str, Any]:
        """Return what folders hand down to the post's front matter; raises SiteError for a contradiction."""
        return self.rules.inherited(path)

    def resolve(self, url: str, post: Path | None) -> Path | None:
        """Return the file of the site that a link or a picture in `post` means, as the generator finds it.

        None where it is remote, outside the site by its real path, or not there.
        """
        return self.rules.target(url, post)

    def read(self, text: str) -> Source:
        """Take a post's text apart as the generator does."""
        return self.rules.read(text)

    def front_matter_of(self, text: str) -> FrontMatter:
        """Return a post's front matter, to be edited, as the generator finds it and as the site begins new ones."""
        if self.meta_of is not None:
            return front_matter.read_meta(text)
        reader = _READERS.get((self.generator, self.front_matter), self.generator)
        return front_matter.read(text, reader, self.front_matter)

    def publication(self, path: Path, source: Source, now: datetime | None = None) -> Publication:
        """Return what the build at the time `now` makes of the post."""
        try:
            return self.rules.publication(path, source, now or datetime.now(UTC))
        except (ValueError, OverflowError) as error:  # a date that no calendar of Python's has room for
            _log.info("%s: %s", path, error)
            return Publication("invalid", False, "", _("A value of the front matter is out of all bounds"))

    def post_url(self, path: Path, values: Mapping[str, Any], body: str = "") -> str:
        """Return the post's address from the root of the published site; empty where it can't be told."""
        return self.publication(path, Source(values, body)).url

    def derived_slug(self, path: Path, values: Mapping[str, Any], body: str = "") -> str:
        """Return the slug that the post gets where it sets none."""
        return self.rules.derived_slug(path, values, body)

    def title(self, path: Path, values: Mapping[str, Any], body: str = "") -> str:
        """Return the title that the generator gives the post: its field, else what it falls back to."""
        return self.rules.title(path, values, body)

    def slug(self, title: str) -> str:
        """Return the slug of a title as a file's name can have it; where the site's rules leave nothing of it,
        its letters and digits.

        It is empty where the title has none of those.
        """
        own = re.sub(r"[\\/:\0]+", "-", self.rules.slug(title)).strip("-. ")
        return own or re.sub(r"[\W_]+", "-", title).strip("-").lower()


def _sample(declared: Declared, rules: Rules) -> Path | None:
    """Return a post that a declared type would be for; None is a new one."""
    folder = next(iter(declared.folders), "")
    return rules.root / folder / "new.md" if folder else None
