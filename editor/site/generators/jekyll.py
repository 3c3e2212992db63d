"""Jekyll: its posts and drafts, their addresses, and what a link in them means.

The rules are those of jekyll/document.rb, reader.rb and publisher.rb (4.3), tried against its builds.
"""

# ruff: noqa: ARG002  The arguments are the interface's.

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from editor.errors import SiteError
from editor.render.protocol import Dialect
from editor.schema.content_type import ContentType
from editor.site import files
from editor.site.generators import (
    jekyll_addresses,
    jekyll_dialect,
    jekyll_fields,
    jekyll_liquid,
    jekyll_reading,
    jekyll_urls,
    text_dates,
)
from editor.site.generators.content_site import ContentSite
from editor.site.generators.jekyll_config import JekyllConfig, merge
from editor.site.generators.jekyll_places import Place, below_collections, path_categories, place_of
from editor.site.generators.published import Published
from editor.site.generators.rules import Author, Publication, Source
from editor.translation import gettext as _

_DATED = re.compile(r"(?:.+/)?(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)(\.[^.]+)")
_LIQUID = re.compile(r"""\{\{-?\s*["']([^"']*)["']\s*\|\s*(?:relative|absolute)_url\s*-?\}\}""")
_SITE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}")
_TAG = re.compile(r"\{%-?\s*(link|post_url)\s+(\S+)\s*-?%\}")


@dataclass(frozen=True)
class Jekyll(ContentSite):
    """The rules of one Jekyll site (see `rules.Rules`)."""

    config: JekyllConfig
    known_authors: Mapping[str, Author] = field(default_factory=dict)

    generator = "jekyll"
    new_post_name = "{year}-{month}-{day}-{slug}.md"

    @property
    def name(self) -> str:
        """The `title`, else `name`."""
        return str(self.config.values["title"] or self.config.values.get("name") or self.root.name)

    @property
    def url(self) -> str:
        """The `url` and the `baseurl`."""
        base = self.config.values["baseurl"]
        url = self.config.values["url"]
        if not isinstance(url, str):
            return ""
        return url.rstrip("/") + "/" + base.strip("/") if isinstance(base, str) and base.strip("/") else url

    @cached_property
    def dialect(self) -> Dialect:
        """Return kramdown with the site's options."""
        return jekyll_dialect.dialect(self.config, self.root)

    def facts(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """See `Rules.facts`: what Liquid knows comes with it."""
        try:
            page = self.merged(path, values)
        except SiteError:
            page = dict(values)
        known = jekyll_liquid.facts(self.config.values, page, self.title(path, page, ""))
        return {**super().facts(path, values), "liquid": known}

    def linked(self, path: Path, values: Mapping[str, Any], text: str) -> dict[str, Any]:
        """See `Rules.linked`: the addresses of what `link` and `post_url` name."""
        found: dict[str, str] = {}
        for tag, name in jekyll_liquid.link_tags(text):
            target = self._tagged(tag, name)
            if target is None:
                continue
            try:
                source = self.read(target.read_bytes().decode("utf-8-sig"))
            except (OSError, UnicodeDecodeError):
                continue
            url = self._link_to(target, source)
            if url:
                found[f"{tag} {name}"] = url
        return {"liquid_urls": found}

    def content_type(self, path: Path | None) -> ContentType:
        """Return the fields of a post."""
        inherited = self.inherited(path) if path is not None else {}
        return jekyll_fields.post_type(tuple(self.known_authors), has_layout="layout" in inherited)

    def is_post(self, path: Path) -> bool:
        """Return whether `path` is a post or a draft in Markdown, as its folder and its name say."""
        place = place_of(self.config, path)
        if place is None or place.label != "posts" or path.suffix[1:] not in self._suffixes:
            return False
        return place.draft or _DATED.fullmatch(place.inner) is not None

    def skipped(self, folder: Path) -> bool:
        """Return whether Jekyll reads no posts below `folder`."""
        source = files.relative(folder, self.config.source)
        if self.config.excluded(source, is_folder=True):
            return True
        if folder == Path(os.path.normpath(self.root / self.config.values["destination"])):
            return True
        name = folder.name
        return name.startswith((".", "_", "#", "~")) and name not in ("_posts", "_drafts")

    def read(self, text: str) -> Source:
        """Take a post apart as Jekyll does."""
        return jekyll_reading.read_source(text)

    def shown_day(self, value: Any) -> tuple[date, str] | None:
        """See `Rules.shown_day`: Jekyll moves moments into `timezone`, else that of the build, taken for UTC."""
        if not isinstance(value, datetime) and not (isinstance(value, str) and ":" in value):
            return None
        moment = jekyll_reading.moment_of(value, self._zone or UTC)
        return (moment.date(), str(self._zone or "UTC")) if moment is not None else None

    def inherited(self, path: Path) -> dict[str, Any]:
        """Return what `defaults` say, and the date and the categories of the post's name and folders."""
        place = place_of(self.config, path)
        if place is None:
            return {}
        found = self.config.handed_down(below_collections(self.config, place.source), place.label)
        categories = path_categories(self.config, place)
        if categories or "categories" in found:
            found["categories"] = list(
                dict.fromkeys([*categories, *jekyll_reading.words(found.get("categories"))])
            )
        named = _DATED.fullmatch(place.inner)
        if named and not found.get("date"):
            found["date"] = _day(named[1])
        return found

    def merged(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values laid over those handed down; categories of both are joined."""
        inherited = self.inherited(path)
        merged = merge(inherited, values)
        categories = [
            *inherited.get("categories", []),
            *jekyll_reading.words(values.get("categories")),
            *jekyll_reading.singular(merged.get("category")),
        ]
        if categories or "categories" in merged:
            merged["categories"] = list(dict.fromkeys(categories))
        tags = jekyll_reading.singular(merged.get("tag")) or jekyll_reading.words(merged.get("tags"))
        if tags or "tags" in merged:
            merged["tags"] = tags
        value = merged.get("date")
        if isinstance(value, str):
            moment = jekyll_reading.moment_of(value, self._zone)
            merged["date"] = value if moment is None else text_dates.as_written(value, moment)
        return merged

    def authors(self, path: Path | None) -> dict[str, Author]:
        """Return the authors of the data file `authors`."""
        return dict(self.known_authors)

    def title(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the title, else that which Jekyll makes of the file's name."""
        title = values.get("title")
        if title:
            return str(title)
        return jekyll_reading.title_of_slug(self.derived_slug(path, values, body))

    def derived_slug(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the slug of the file's name, without its date."""
        named = _DATED.fullmatch(path.name)
        return (named[2] if named else path.stem).rstrip(".")

    def slug(self, title: str) -> str:
        """Return the slug of a title, as the filter `slugify` makes it."""
        return jekyll_reading.slugified(title)

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """See `Rules.publication`.

        What Jekyll can't read it reports and builds without its front matter, under the day of the build,
        unless `strict_front_matter` makes it stop.
        """
        place = place_of(self.config, path)
        settings = self.config.collection(place.label) if place else None
        if place is None or settings is None:
            return self._page(path, source)
        if place.label == "posts" and not place.draft and not _DATED.fullmatch(place.inner):
            return Publication("hidden", False, "", _("The file's name must begin with a date: 2024-01-31-"))
        if not settings.get("output"):
            return Publication("hidden", False, "")
        problem = source.problem
        if problem and self.config.values["strict_front_matter"]:
            return Publication("invalid", False, "", problem)
        values = self.inherited(path) if problem else self.merged(path, source.values)
        try:
            moment = self._moment(place, path, source, now)
            url = self._address(place, path, values, moment, slugless=bool(problem))
        except SiteError as error:
            return Publication("invalid", False, "", error.message)
        if place.draft and not self.config.values["show_drafts"]:
            return Publication("draft", False, url, problem)
        left_out = "published" in values and (values["published"] is None or values["published"] is False)
        if left_out and not self.config.values["unpublished"]:
            return Publication("hidden", False, url, problem)
        if not self.config.values["future"] and int(moment.timestamp()) > int(now.timestamp()):
            return Publication("scheduled", False, url, problem)
        if problem:
            return Publication("invalid", True, url, problem)
        return Publication("draft" if place.draft else "published", True, url)

    def target(self, url: str, path: Path | None) -> Path | None:
        """See `Rules.target`; Liquid's usual ways to write an address are understood."""
        text = unquote(url)
        tag = _TAG.fullmatch(text.partition("#")[0].strip())
        if tag:
            return self._tagged(tag[1], tag[2])
        text = _SITE.sub("", _LIQUID.sub(r"\1", text))
        if "{{" in text or "{%" in text:
            return None
        return super().target(text if text != unquote(url) else url, path)

    def source_link(self, url: str, path: Path) -> Path | None:
        """See `Rules.source_link`: the plugin jekyll-relative-links writes the addresses of Markdown files."""
        return jekyll_addresses.source_link(self, url, path)

    def missing_references(self, path: Path, values: Mapping[str, Any], text: str) -> list[str]:
        """See `Rules.missing_references`: Jekyll stops at a `link` or a `post_url` that names nothing."""
        tags = jekyll_liquid.link_tags(text)
        return [name for tag, name in tags if "{" not in name and self._tagged(tag, name) is None]

    def published(self) -> Published:
        """See `Rules.published`."""
        return jekyll_addresses.published(self)

    def candidates(self, name: str, path: Path | None) -> Iterator[Path]:
        """See `ContentSite`: what an address leads to once the site is built."""
        if not name.startswith("/"):
            if path is not None and "jekyll-relative-links" in self.config.values["plugins"]:
                yield path.parent / name
            page = self._page_of(path)
            if not page:
                return
            name = posixpath.normpath(posixpath.join(posixpath.dirname(page), name))
        for inner in self.below_base(name):
            parts = PurePosixPath(inner).parts
            if not any(part.startswith(("_", ".")) for part in parts) or self.config.included(inner):
                yield self.config.source / inner
                if inner.endswith("/") or not posixpath.splitext(inner)[1]:
                    for suffix in (*(f".{suffix}" for suffix in self._suffixes), ".html"):
                        yield self.config.source / (inner.rstrip("/") + suffix)
                        yield self.config.source / inner / ("index" + suffix)

    @cached_property
    def _suffixes(self) -> tuple[str, ...]:
        return tuple(name.strip() for name in self.config.values["markdown_ext"].split(","))

    @cached_property
    def _zone(self) -> Any:
        """The site's time zone, or None for this machine's."""
        name = self.config.values["timezone"]
        return text_dates.zone_named(name) if isinstance(name, str) and name else None

    def _moment(self, place: Place, path: Path, source: Source, now: datetime) -> datetime:
        """Return the moment that the build takes for the post's; raises SiteError where it takes none."""
        given = source.values.get("date")
        handed_down = self.config.handed_down(below_collections(self.config, place.source), place.label).get(
            "date"
        )
        if given is None and handed_down is None and "date" in source.values:
            raise SiteError(_("The date is empty: Jekyll builds nothing"))
        given = handed_down if given is None else given
        named = None if source.problem else _DATED.fullmatch(place.inner)
        if given is None and named:
            given = named[1]
        if given is None:
            return self._file_time(path, now) if place.draft else now.astimezone(self._zone)
        moment = jekyll_reading.moment_of(given, self._zone)
        if moment is None:
            said = _("“{text}” is not a date that Jekyll reads: it builds nothing")
            raise SiteError(said.format(text=given))
        return moment

    def _file_time(self, path: Path, now: datetime) -> datetime:
        try:
            return datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone(self._zone)
        except OSError:
            return now.astimezone(self._zone)

    def _address(
        self, place: Place, path: Path, values: Mapping[str, Any], moment: datetime, *, slugless: bool
    ) -> str:
        permalink = values.get("permalink")
        if permalink is not None and not isinstance(permalink, str):
            raise SiteError(_("permalink must be text: put quotes around it"))
        extension = ".html" if path.suffix[1:] in self._suffixes else path.suffix
        if permalink and not permalink.endswith("/"):
            extension = posixpath.splitext(permalink)[1] or extension
        slug = None if slugless else values.get("slug") or self.derived_slug(path, values, "")
        inner = place.source if place.draft else place.inner
        named = jekyll_urls.Named(
            collection=place.label,
            path="/" + inner.removesuffix(path.suffix).rstrip("."),
            file_name=path.stem,
            slug=slug,
            categories=tuple(values.get("categories") or ()),
            date=moment,
            output_ext=extension,
        )
        return jekyll_urls.filled(permalink or self.config.template(place.label), named)

    def _page(self, path: Path, source: Source) -> Publication:
        """Return what becomes of a file that is in no collection: a page, where it has front matter."""
        if not path.is_relative_to(self.config.source):
            return Publication("hidden", False, "")
        inner = path.relative_to(self.config.source).as_posix()
        parts = inner.split("/")
        special = any(part.startswith(("_", ".", "#", "~")) for part in parts)
        if (special and not self.config.included(inner)) or self.config.excluded(inner, is_folder=False):
            return Publication("hidden", False, "")
        if source.problem and self.config.values["strict_front_matter"]:
            return Publication("invalid", False, "", source.problem)
        values = merge(self.config.handed_down(inner, "pages"), source.values)
        folder, name = posixpath.split(inner.removesuffix(path.suffix))
        permalink = values.get("permalink")
        if isinstance(permalink, str):
            url = permalink
        elif path.suffix[1:] not in (*self._suffixes, "html", "htm"):
            url = inner
        elif name == "index":
            url = folder + "/"
        else:
            url = posixpath.join(folder, name) + self.config.suffix.replace(":output_ext", ".html")
        # Asked of the page alone, not of what is handed down.
        left_out = "published" in source.values and not source.values["published"]
        if left_out and not self.config.values["unpublished"]:
            return Publication("hidden", False, jekyll_urls.cleaned(jekyll_urls.escaped(url)))
        return Publication("published", True, jekyll_urls.cleaned(jekyll_urls.escaped(url)))

    def _tagged(self, tag: str, name: str) -> Path | None:
        """Return the file that `{% link path %}` or `{% post_url name %}` means."""
        if tag == "link":
            file = Path(os.path.normpath(self.config.source / name.lstrip("/")))
            return file if file.is_file() and self.inside(file) else None
        wanted = name.lstrip("/")
        for post in self.post_paths():
            place = place_of(self.config, post)
            if place and not place.draft and posixpath.splitext(place.inner)[0] == wanted:
                return post
        return None

    def _link_to(self, target: Path, source: Source) -> str:
        """Return the address, from the host on, that a link to a file of the site gets."""
        url = urlsplit(self.publication(target, source, datetime.now(UTC)).url).path
        if not url:
            return ""
        base = str(self.config.values["baseurl"] or "").rstrip("/")
        base = f"/{base}" if base and not base.startswith("/") else base
        return base + (url if url.startswith("/") else f"/{url}")

    def _page_of(self, path: Path | None) -> str:
        """Return the address of the post as its file stands, without quoting."""
        if path is None or not path.is_file():
            return ""
        try:
            source = self.read(path.read_bytes().decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            return ""
        return unquote(urlsplit(self.publication(path, source, datetime.now(UTC)).url).path)


def _day(text: str) -> date | str:
    """Return the date in a file's name; the text where there is no such day."""
    moment = jekyll_reading.moment_of(text, UTC)
    return moment.date() if moment else text
