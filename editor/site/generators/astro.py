"""Astro: the Markdown files of its collections, and where they are published by convention.

What a collection's pages are is a matter of the site's own code. Here it is the page that asks for the
collection (`src/pages/blog/[...slug].astro`), else `/NAME/ID/`. Ids are those of the glob loader of Astro 5
and 6 (content/loaders/glob.js, content/utils.js).
"""

# ruff: noqa: ARG001, ARG002  The arguments are the interface's.

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from editor.render.protocol import Dialect
from editor.schema import kinds
from editor.schema.content_type import ContentType
from editor.site import files
from editor.site.generators import astro_addresses, astro_config, astro_fields, globs
from editor.site.generators.astro_config import Collection, Configuration
from editor.site.generators.astro_routes import Route
from editor.site.generators.content_site import ContentSite, read_source
from editor.site.generators.published import Published
from editor.site.generators.rules import Publication, Source
from editor.translation import gettext as _

SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".mdwn", ".mdx")
_ISO = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[Tt ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_ENGLISH = re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|^\d{1,2}/\d{1,2}/\d{4}")
_NOT_IN_SLUGS = re.compile(r"[^\w\- ]|[\u2000-\u206f\u3000-\u303f\uff00-\uff0f]")


@dataclass(frozen=True)
class Astro(ContentSite):
    """The rules of one Astro site (see `rules.Rules`)."""

    config: Configuration

    generator = "astro"

    @property
    def name(self) -> str:
        """The folder's name: an Astro site has no title that is not its pages' own."""
        return self.root.name

    @property
    def url(self) -> str:
        """The `site` with its `base`."""
        site, base = self.config.site.rstrip("/"), self.config.base.strip("/")
        return f"{site}/{base}" if base else site

    @property
    def dialect(self) -> Dialect:
        """The dialect of remark, with the steps of Astro itself, as the configuration sets them up."""
        return self.config.dialect

    def content_type(self, path: Path | None) -> ContentType:
        """Return the fields of the post's collection; for a new post, those of the first one."""
        collection = self._collection(path) if path is not None else None
        if collection is None:
            collection = self._first
        return self._types[collection.name] if collection is not None else self._usual

    def is_post(self, path: Path) -> bool:
        """Return whether `path` is a Markdown file of a collection."""
        return path.name.endswith(SUFFIXES) and self._collection(path) is not None

    def read(self, text: str) -> Source:
        """Take a post apart as Astro does: blank lines may come first."""
        return read_source(text, self.generator, dates=True, blank_lines=True)

    def beside(self, name: str, path: Path) -> Iterator[Path]:
        """Yield the file beside the post, which Astro takes into the build."""
        yield path.parent / name

    def source_link(self, url: str, path: Path) -> Path | None:
        """See `Rules.source_link`: files beside a post are taken into the build."""
        return astro_addresses.source_link(self, url, path)

    def published(self) -> Published:
        """See `Rules.published`."""
        return astro_addresses.published(self)

    def derived_slug(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the last part of the post's id."""
        collection = self._collection(path)
        return _id(path, collection).rsplit("/", 1)[-1] if collection else slugged(path.stem)

    def slug(self, title: str) -> str:
        """Return the title as github-slugger writes it."""
        return slugged(title)

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """See `Rules.publication`: what the schema refuses fails the build, also in a draft."""
        collection = self._collection(path)
        if collection is None or not path.name.endswith(SUFFIXES):
            return Publication("hidden", False, "")
        values = source.values
        url = self._address(path, collection, values)
        problem = source.problem or self._refusal(collection, values)
        if problem:
            return Publication("invalid", False, url, problem)
        if not collection.shown:
            return Publication(
                "hidden", False, "", reason=_("No page of the site shows the posts of this collection")
            )
        if values.get("draft") is True and self.config.filters_drafts:
            return Publication("draft", False, url)
        return Publication("published", True, url)

    def new_post_dir(self) -> Path:
        """Return the folder of the collection of posts."""
        return self._first.base if self._first is not None else self.content_dirs[0]

    @cached_property
    def _first(self) -> Collection | None:
        """The collection of posts: by its name, else the first one."""
        known = {collection.name: collection for collection in self.config.collections}
        usual = ("blog", "posts", "post", "articles", "news", "writing")
        return next((known[name] for name in usual if name in known), next(iter(known.values()), None))

    @cached_property
    def _types(self) -> Mapping[str, ContentType]:
        """The fields of each collection, by its name."""
        folder = self.root / ".astro/collections"
        return {
            collection.name: astro_fields.from_json(
                folder / f"{collection.name}.schema.json", collection.name
            )
            or astro_fields.from_source(collection.schema, collection.name)
            or self._usual
            for collection in self.config.collections
        }

    def _collection(self, path: Path) -> Collection | None:
        """Return the first collection whose pattern the file matches."""
        for collection in self.config.collections:
            if not path.is_relative_to(collection.base):
                continue
            inner = path.relative_to(collection.base).as_posix()
            if any(part.startswith(".") for part in inner.split("/")):
                continue
            wanted = [pattern for pattern in collection.patterns if not pattern.startswith("!")]
            unwanted = [pattern[1:] for pattern in collection.patterns if pattern.startswith("!")]
            if any(globs.matches(pattern, inner) for pattern in wanted) and not any(
                globs.matches(pattern, inner) for pattern in unwanted
            ):
                return collection
        return None

    def _address(self, path: Path, collection: Collection, values: Mapping[str, Any]) -> str:
        """Return the address; empty where the site's own code makes the id."""
        route = collection.route or Route(f"/{collection.name}/{{}}")
        given = values.get(route.key) if route.key else None
        if not route.told or (collection.own_ids and not given) or (route.key and not (given or route.or_id)):
            return ""
        own = values.get("slug")
        name = str(given or own or _id(path, collection))
        address = route.path.replace("{}", name.strip("/"))
        return files.quoted(address.rstrip("/") + (".html" if self.config.as_files else "/"))

    def _refusal(self, collection: Collection, values: Mapping[str, Any]) -> str:
        """Return why the collection's schema refuses the post; empty where it doesn't."""
        known = self._types[collection.name]
        if known is self._usual:
            return ""
        found = kinds.problems(known, values)
        for listed in found.values():
            for problem in listed:
                if problem.severity == "error":
                    return problem.message
        for field in known.fields:
            value = values.get(field.key)
            strict = field.kind == "date" and field.severity == "error"
            if strict and isinstance(value, str) and not _is_date_text(value):
                return _("“{text}” does not look like a date").format(text=value)
        return ""

    @cached_property
    def _usual(self) -> ContentType:
        return astro_fields.usual_type()


def find(folder: Path, path: Path | None = None) -> Path | None:
    """Return the configuration file of the Astro site in `folder`, or None; `path` does not matter."""
    return next((folder / name for name in astro_config.NAMES if (folder / name).is_file()), None)


def read(config: Path, limit: Path, is_trusted: Callable[[Path], bool]) -> Astro:
    """Read the site of the configuration file `config`; raises SiteError where it can't be read."""
    root = config.parent
    trusted = is_trusted(root)
    real = os.path.realpath(root)

    def allowed(path: Path) -> bool:
        return trusted or Path(os.path.realpath(path)).is_relative_to(real)

    found = astro_config.read(config, allowed)
    schemas = [root / f".astro/collections/{known.name}.schema.json" for known in found.collections]
    return Astro(
        root=root,
        trusted=trusted,
        configuration=(*found.files, *(file for file in schemas if file.is_file())),
        problems=found.problems,
        content_dirs=tuple(dict.fromkeys(known.base for known in found.collections))
        or (found.source / "content",),
        static_dirs=(found.public,) if allowed(found.public) else (),
        config=found,
    )


def _is_date_text(text: str) -> bool:
    """Return whether JavaScript reads a date from `text`: ISO 8601, or English with a month and a year."""
    text = text.strip()
    match = _ISO.fullmatch(text)
    if match:
        year, month, day = (int(part or 1) for part in match.groups())
        try:
            date(year, month, day)
        except ValueError:
            return False
        return True
    return _ENGLISH.search(text) is not None and re.search(r"\b\d{4}\b", text) is not None


def slugged(text: str) -> str:
    """Return a text as github-slugger: in lower case, signs gone, each space a hyphen."""
    return _NOT_IN_SLUGS.sub("", text.lower()).replace(" ", "-")


def _id(path: Path, collection: Collection) -> str:
    inner = path.relative_to(collection.base).as_posix()
    inner = inner[: -len(path.suffix)] if path.suffix else inner
    return re.sub(r"/index$", "", "/".join(slugged(part) for part in inner.split("/")))
