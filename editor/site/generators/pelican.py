"""Pelican: its articles and pages, their addresses, and what a link in them means.

The rules are those of pelican/contents.py, generators.py and readers.py (4.11), tried against its builds.
"""

# ruff: noqa: ARG002  The arguments are the interface's.

import fnmatch
import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from editor.errors import SiteError
from editor.render.protocol import Dialect
from editor.schema.content_type import ContentType
from editor.site import files
from editor.site.generators import (
    pelican_addresses,
    pelican_dialect,
    pelican_fields,
    pelican_links,
    pelican_metadata,
    pelican_reading,
    text_dates,
)
from editor.site.generators.ascii_slugs import pelican_slug
from editor.site.generators.content_site import ContentSite
from editor.site.generators.pelican_settings import Settings
from editor.site.generators.published import Published
from editor.site.generators.python_values import SafeFormatter
from editor.site.generators.rules import Author, Publication, Source
from editor.translation import gettext as _

SUFFIXES = (".md", ".markdown", ".mkd", ".mdown")
STATUSES = ("published", "draft", "hidden", "skip")
_INTRASITE = re.compile(r"[{|](filename|static|attach|index|author|category|tag)[|}](.*)", re.DOTALL)
_ENDLESS = datetime.max.replace(microsecond=0)


@dataclass(frozen=True)
class Pelican(ContentSite):
    """The rules of one Pelican site (see `rules.Rules`)."""

    settings: Settings

    generator = "pelican"

    @property
    def front_matter(self) -> str:  # type: ignore[override]
        """`yaml` with the plugin yaml-metadata, else `pelican`: `Key: value` lines."""
        return "yaml" if self.settings.yaml else "pelican"

    @property
    def name(self) -> str:
        """The SITENAME."""
        return self.settings.values["SITENAME"] or self.root.name

    @property
    def url(self) -> str:
        """The SITEURL."""
        return self.settings.values["SITEURL"] or ""

    @cached_property
    def dialect(self) -> Dialect:
        """How the site's settings have Markdown written."""
        return pelican_dialect.dialect(self.settings, self.body_rule, self.trusted)

    @property
    def body_rule(self) -> str:
        """That of the reader that is active."""
        return "fenced" if self.settings.yaml else "lines"

    def content_type(self, path: Path | None) -> ContentType:
        """Return the fields of an article; a page has no need of a date."""
        page = path is not None and self._kind(path) == "PAGE"
        inherited = self.inherited(path if path is not None else self.new_post_dir() / "new.md")
        return pelican_fields.post_type(STATUSES, page=page, dated=not page and "date" not in inherited)

    def is_post(self, path: Path) -> bool:
        """Return whether `path` is an article in Markdown."""
        return self._kind(path) == "ARTICLE"

    def skipped(self, folder: Path) -> bool:
        """Return whether no article lies below `folder`: it is excluded, or a pattern ignores its name."""
        source = self._source(folder)
        if source in self._excludes("ARTICLE"):
            return True
        return self._ignored(folder.name) or folder.name == "node_modules"

    def read(self, text: str) -> Source:
        """Take a post apart by the reader that is active."""
        return pelican_reading.read_yaml(text) if self.settings.yaml else pelican_reading.read_lines(text)

    def inherited(self, path: Path) -> dict[str, Any]:
        """Return what DEFAULT_METADATA, the post's folder and its file's name say of it."""
        return pelican_metadata.handed_down(self.settings, path, self._source(path))

    def merged(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values laid over those handed down, dates as dates and lists as lists."""
        given = {str(key).lower(): value for key, value in values.items()}
        for key in ("date", "modified", "status", "category", "author", "slug"):
            dated = key in ("date", "modified")  # an empty one of them is no date
            if key in given and (given[key] is None or not (dated or pelican_reading.text_of(given[key]))):
                del given[key]  # Pelican leaves an empty one out
        merged = {**self.inherited(path), **given}
        for key in ("tags", "authors"):
            if key in merged:
                merged[key] = pelican_reading.names(merged[key], split=not self.settings.yaml)
        for key in ("date", "modified"):
            text = pelican_reading.text_of(merged.get(key)).replace("_", " ")
            moment = text_dates.parse(text, text_dates.midnight()) if text else None
            if moment is not None:
                merged[key] = text_dates.as_written(text, moment)
        return merged

    def authors(self, path: Path | None) -> dict[str, Author]:
        """Return the site's AUTHOR; any other name may be given as well."""
        name = self.settings.values["AUTHOR"]
        return {name: Author(name)} if name else {}

    def title(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the title; Pelican makes none up, so without one it is the file's name."""
        title = values.get("title")
        return str(title) if title not in (None, "") else path.stem

    def derived_slug(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the slug of the file's name or its path, else that which is made of the title."""
        inherited = pelican_reading.text_of(self.inherited(path).get("slug"))
        if inherited:
            return inherited
        if self.settings.values["SLUGIFY_SOURCE"] == "basename":
            return self.slugified(path.stem, "SLUG")
        title = values.get("title")
        return "" if title is None else self.slug(str(title))

    def slug(self, title: str) -> str:
        """Return the slug of a title, by the site's SLUG settings."""
        return self.slugified(title, "SLUG")

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """See `Rules.publication`; a draft is written too, where only its address leads to it."""
        kind = self._kind(path)
        if kind is None:
            return Publication("hidden", False, "")
        values = self.merged(path, source.values)
        status = str(values.get("status") or "published").lower()
        if status == "skip":
            return Publication("hidden", False, "")
        problem = self._refusal(values, status, kind)
        if problem:
            return Publication("invalid", False, "", source.problem or problem)
        moment = self._moment(values)
        scheduled = False
        if kind == "ARTICLE" and not self.settings.values["WITH_FUTURE_DATES"] and moment is not None:
            scheduled = moment > now.astimezone(moment.tzinfo)
        draft = status == "draft" or scheduled
        try:
            url = self._address("URL", kind, draft, path, values, moment)
            save_as = self._address("SAVE_AS", kind, draft, path, values, moment)
        except SiteError as error:
            return Publication("invalid", False, "", error.message)
        if posixpath.normpath(posixpath.join("/out", save_as)).split("/")[1] != "out":
            return Publication("invalid", False, "", _("save_as leads out of the folder of the built site"))
        state = "scheduled" if scheduled and status != "draft" else status
        return Publication(state, bool(save_as), "/" + files.quoted(url.lstrip("/")) if url else "")

    def linked(self, path: Path, values: Mapping[str, Any], text: str) -> dict[str, Any]:
        """See `Rules.linked`: what `{filename}` and its like are replaced by."""
        return {"addresses": pelican_links.addresses(self, path, values, text)}

    def content_address(self, path: Path) -> str | None:
        """Return the URL of an article or a page as links to it have it; None where Pelican has no such."""
        return self._own_address("URL", path, None)

    def saved_as(self, path: Path, values: Mapping[str, Any]) -> str | None:
        """Return the path at which a post is written; None where Pelican takes no such."""
        return self._own_address("SAVE_AS", path, values)

    def _own_address(self, setting: str, path: Path, values: Mapping[str, Any] | None) -> str | None:
        kind = self._kind(path)
        if kind is None or not self.inside(path):
            return None
        if values is None:
            try:
                values = self.read(path.read_bytes().decode("utf-8-sig")).values
            except (OSError, UnicodeDecodeError):
                return None
        merged = self.merged(path, values)
        status = str(merged.get("status") or "published").lower()
        if status == "skip" or self._refusal(merged, status, kind):
            return None
        moment = self._moment(merged)
        try:
            return self._address(setting, kind, self._is_draft(status, kind, moment), path, merged, moment)
        except SiteError:
            return None

    def _is_draft(self, status: str, kind: str, moment: datetime | None) -> bool:
        if status == "draft":
            return True
        if kind != "ARTICLE" or self.settings.values["WITH_FUTURE_DATES"] or moment is None:
            return False
        return moment > datetime.now(moment.tzinfo)

    def target(self, url: str, path: Path | None) -> Path | None:
        """See `Rules.target`: `{static}`, `{attach}` and `{filename}` name sources, all else addresses."""
        match = _INTRASITE.match(unquote(url))
        if match is None:
            return super().target(url, path)
        if match[1] not in ("filename", "static", "attach"):
            return None
        name = urlsplit(match[2]).path
        base = self.settings.path if name.startswith("/") else (path or self.new_post_dir() / "new.md").parent
        file = Path(os.path.normpath(base / name.lstrip("/")))
        return file if "\0" not in name and file.is_file() and self.inside(file) else None

    def candidates(self, name: str, path: Path | None) -> Iterator[Path]:
        """See `ContentSite`: what a plain address leads to once the site is built."""
        if not name.startswith("/"):
            page = self._page_of(path)
            if not page:
                return
            name = posixpath.normpath(posixpath.join(posixpath.dirname(page), name))
        for inner in self.below_base(name):
            for source, said in pelican_metadata.pairs(self.settings.values["EXTRA_PATH_METADATA"]):
                if posixpath.normpath(str(dict(pelican_metadata.pairs(said)).get("path", ""))) == inner:
                    yield self.settings.path / source
            if self.settings.values["STATIC_URL"] == "{path}" and self._is_static(inner):
                yield self.settings.path / inner

    @cached_property
    def _base(self) -> Path:
        return self.settings.path.absolute()

    def _source(self, path: Path) -> str:
        """Return the path relative to the content folder, as Pelican names sources."""
        return files.relative(path, self._base)

    def _kind(self, path: Path) -> str | None:
        """Return `ARTICLE` or `PAGE`, or None for a file that is neither."""
        if path.suffix not in SUFFIXES or not path.is_relative_to(self._base) or self._ignored(path.name):
            return None
        if self.settings.values["READERS"].get(path.suffix[1:], True) is None:
            return None
        source = self._source(path)
        folders = [parent.as_posix() for parent in Path(source).parents]
        if any(self._ignored(posixpath.basename(folder)) for folder in folders if folder != "."):
            return None
        for kind in ("ARTICLE", "PAGE"):
            excludes = self._excludes(kind)
            for name in self.settings.values[kind + "_PATHS"]:
                included = posixpath.normpath(name or ".")
                if included == source:
                    return kind
                below = [folder for folder in folders if _is_below(folder, included)]
                if included in folders and not any(folder in excludes for folder in below):
                    return kind
        return None

    def _excludes(self, kind: str) -> list[str]:
        return [posixpath.normpath(name) for name in self.settings.values[kind + "_EXCLUDES"] if name]

    def _ignored(self, name: str) -> bool:
        patterns = self.settings.values["IGNORE_FILES"]
        return any(fnmatch.fnmatch(name, pattern) for pattern in patterns if isinstance(pattern, str))

    def is_page(self, path: Path) -> bool:
        """Return whether `path` is a page in Markdown."""
        return self._kind(path) == "PAGE"

    def may_be_content(self, path: Path) -> bool:
        """Return whether a file that is no Markdown lies where articles and pages are."""
        return self._kind(path.with_suffix(".md")) is not None and not self.is_static(path)

    def published(self) -> Published:
        """See `Rules.published`."""
        return pelican_addresses.published(self)

    def is_static(self, path: Path) -> bool:
        """Return whether the file lies in one of STATIC_PATHS."""
        return self._is_static(self._source(path))

    def _is_static(self, source: str) -> bool:
        names = [posixpath.normpath(name or ".") for name in self.settings.values["STATIC_PATHS"]]
        return any(name in (".", source) or source.startswith(name + "/") for name in names)

    def _moment(self, values: Mapping[str, Any]) -> datetime | None:
        """Return the moment of the merged date, in the site's zone where it has none."""
        value = values.get("date")
        if not isinstance(value, date):
            return None
        moment = value if isinstance(value, datetime) else text_dates.midnight(value)
        zone = text_dates.zone_named(str(values.get("timezone") or self.settings.values["TIMEZONE"] or "UTC"))
        return moment if moment.tzinfo else moment.replace(tzinfo=zone or UTC)

    def _refusal(self, values: Mapping[str, Any], status: str, kind: str) -> str:
        for key in ("date", "modified"):
            if values.get(key) is not None and not isinstance(values[key], date):
                return _("“{text}” is not a date that Pelican reads").format(text=values[key])
        if "title" not in values:
            return _("The post needs a title")
        if kind == "ARTICLE" and values.get("date") is None and status != "draft":
            return _("The post needs a date")
        if status not in STATUSES:
            said = _("The status “{name}” is not one of published, draft, hidden and skip")
            return said.format(name=status)
        return ""

    def _address(
        self,
        setting: str,
        kind: str,
        draft: bool,
        path: Path,
        values: Mapping[str, Any],
        moment: datetime | None,
    ) -> str:
        """Return the URL or the SAVE_AS of a post; raises SiteError where its pattern can't be filled."""
        override = values.get(setting.lower())
        if override:
            return str(override)
        prefix = {"ARTICLE": "DRAFT", "PAGE": "DRAFT_PAGE"}[kind] if draft else kind
        default_lang = str(self.settings.values["DEFAULT_LANG"]).lower()
        lang = str(values.get("lang") or default_lang)
        name = f"{prefix}_{'' if lang == default_lang else 'LANG_'}{setting}"
        pattern = self.settings.values[name]
        if not pattern:
            return ""
        named = [*values.get("authors", []), self.settings.values["AUTHOR"]]
        author = values.get("author") or next((name for name in named if name), "")
        fields = {
            "path": self._source(path),
            **values,
            "slug": values.get("slug") or self.derived_slug(path, values, ""),
            "lang": lang,
            "date": moment or _ENDLESS,
            "author": self.slugified(str(author), "AUTHOR") if author else "",
            "category": self.slugified(str(values.get("category", "")), "CATEGORY"),
        }
        try:
            return _Formatter().vformat(str(pattern), (), fields)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            said = _("The pattern {pattern} of {name} can't be filled for this post")
            raise SiteError(said.format(pattern=pattern, name=name)) from error

    def slugified(self, text: str, kind: str) -> str:
        """Return the slug of a text, by the settings of `SLUG`, `CATEGORY`, `TAG` or `AUTHOR`."""
        return pelican_slug(
            text,
            self.settings.substitutions[kind],
            keep_case=bool(self.settings.values["SLUGIFY_PRESERVE_CASE"]),
            keep_script=bool(self.settings.values["SLUGIFY_USE_UNICODE"]),
        )

    def _page_of(self, path: Path | None) -> str:
        """Return the address of the post as its file stands, without quoting."""
        if path is None or not path.is_file():
            return ""
        try:
            source = self.read(path.read_bytes().decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            return ""
        return unquote(self.publication(path, source, datetime.now(UTC)).url)


class _Formatter(SafeFormatter):
    """Fills an address; dates without leading zeros by `%-d`, as Pelican's own do."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """See `string.Formatter`."""
        if not isinstance(value, datetime) or not format_spec:
            return super().format_field(value, format_spec)
        if len(format_spec) > 200:
            raise ValueError(format_spec)
        return re.sub(
            r"%(-?)(.)",
            lambda match: _without_zeros(value.strftime("%" + match[2]), bare=bool(match[1])),
            format_spec,
        )


def _without_zeros(text: str, *, bare: bool) -> str:
    return (text.lstrip("0") or "0") if bare else text


def _is_below(folder: str, other: str) -> bool:
    return folder != other and (other == "." or folder.startswith(other + "/"))
