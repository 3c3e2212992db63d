"""Nikola: its posts and pages, their addresses, and what a link in them means.

The rules are those of nikola/post.py and plugins/misc/scan_posts.py (8.3), tried against its builds.
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

from editor.render.protocol import Dialect
from editor.schema.content_type import ContentType
from editor.site import files
from editor.site.generators import (
    nikola_addresses,
    nikola_dialect,
    nikola_fields,
    nikola_links,
    nikola_reading,
    text_dates,
)
from editor.site.generators.ascii_slugs import nikola_slug
from editor.site.generators.content_site import ContentSite
from editor.site.generators.nikola_settings import Collection, NikolaSettings
from editor.site.generators.published import Published
from editor.site.generators.rules import Author, Publication, Source
from editor.translation import gettext as _

STATUSES = ("published", "draft", "private", "featured")


@dataclass(frozen=True)
class Nikola(ContentSite):
    """The rules of one Nikola site (see `rules.Rules`)."""

    settings: NikolaSettings
    meta_of: Path | None = None
    """The post in two files whose text is taken to be that of its `.meta` file: see `editor.site.two_files`."""

    generator = "nikola"

    @property
    def front_matter(self) -> str:  # type: ignore[override]
        """What METADATA_FORMAT says: `nikola`, `yaml`, `toml` or `pelican`."""
        name = str(self.settings.values["METADATA_FORMAT"]).lower()
        return {"yaml": "yaml", "toml": "toml", "pelican": "pelican", "pelican_meta": "pelican"}.get(
            name, "nikola"
        )

    @property
    def new_post_name(self) -> str:  # type: ignore[override]
        """The slug, in folders of the date where NEW_POST_DATE_PATH is on."""
        suffix = self._suffixes[0] if self._suffixes else ".md"
        if not self.settings.values["NEW_POST_DATE_PATH"]:
            return "{slug}" + suffix
        folders = str(self.settings.values["NEW_POST_DATE_PATH_FORMAT"]).strip("/")
        for letter, name in (("%Y", "{year}"), ("%m", "{month}"), ("%d", "{day}")):
            folders = folders.replace(letter, name)
        return "{slug}" + suffix if "%" in folders else folders + "/{slug}" + suffix

    @property
    def name(self) -> str:
        """The BLOG_TITLE."""
        return self.settings.text("BLOG_TITLE") or self.root.name

    @property
    def url(self) -> str:
        """The SITE_URL."""
        return str(self.settings.values["SITE_URL"])

    @cached_property
    def dialect(self) -> Dialect:
        """How the site's settings have Markdown written."""
        return nikola_dialect.dialect(self.settings, self.root, self.body_rule, self.trusted)

    @property
    def body_rule(self) -> str:
        """That of Nikola's own lines, and of Markdown's where the site has them read."""
        return "nikola-lines" if self._reads_lines else "nikola"

    def content_type(self, path: Path | None) -> ContentType:
        """Return the fields of a post; a page needs no date."""
        found = self._found(path) if path is not None else None
        post = found is None or found[0].post
        return nikola_fields.post_type(STATUSES, post=post)

    def is_post(self, path: Path) -> bool:
        """Return whether `path` is one of POSTS, in Markdown."""
        found = self._found(path)
        return found is not None and found[0].post

    def skipped(self, folder: Path) -> bool:
        """Return whether the folder is hidden."""
        return folder.name.startswith(".")

    def read(self, text: str) -> Source:
        """Take a post apart as Nikola does; what its `.meta` file says is handed down."""
        mapping = self.settings.values["METADATA_MAPPING"]
        return nikola_reading.read_post(text, mapping, lines=self.meta_of is None and self._reads_lines)

    @property
    def _reads_lines(self) -> bool:
        """Whether Markdown takes `Key: value` lines."""
        return "markdown.extensions.meta" in self.settings.values["MARKDOWN_EXTENSIONS"]

    def inherited(self, path: Path) -> dict[str, Any]:
        """Return what the file's name and the post's `.meta` file say."""
        found: dict[str, Any] = {}
        pattern = self.settings.file_metadata
        source = files.relative(self._untranslated(path), self.root)
        match = pattern.match(source) if pattern is not None else None
        for key, value in (match.groupdict() if match else {}).items():
            if value is None:
                continue
            key = key.lower()
            unslug = key == "title" and self.settings.values["FILE_METADATA_UNSLUGIFY_TITLES"]
            found[key] = _unslugified(value) if unslug else value
        meta = self._meta(path)
        return {**found, **(meta.values if meta else {})}

    def merged(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return all that is said of the post: where it has a `.meta` file, that alone counts."""
        inherited = self.inherited(path)
        merged = inherited if self._meta(path) else {**inherited, **values}
        language = self._language(path)
        if language != self.settings.default_lang:
            original = self._original(path)
            if original is not None:
                merged = {**original, **merged}
        if "section" in merged and "category" not in merged:
            merged["category"] = merged["section"]
        if "tags" in merged:
            merged["tags"] = nikola_reading.tags(merged["tags"])
        for key in ("date", "updated"):
            text = str(merged[key]).strip() if isinstance(merged.get(key), str) else ""
            moment = self._parsed(text) if text else None
            if moment is not None:
                merged[key] = text_dates.as_written(text, moment)
        return merged

    def authors(self, path: Path | None) -> dict[str, Author]:
        """Return the BLOG_AUTHOR; any other name may be given as well."""
        name = self.settings.text("BLOG_AUTHOR")
        return {name: Author(name)} if name else {}

    def title(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the title, else the file's name."""
        title = values.get("title")
        return str(title) if title not in (None, "") else path.stem

    def derived_slug(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the slug of the file's name."""
        name = self._untranslated(path).stem
        return nikola_slug(name, slugify=bool(self.settings.values["USE_SLUGIFY"]))

    def slug(self, title: str) -> str:
        """Return the slug of a title."""
        return nikola_slug(title, slugify=bool(self.settings.values["USE_SLUGIFY"]))

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """See `Rules.publication`.

        Nikola builds every post; one of the future, a draft and a private one are only listed nowhere. What
        `nikola deploy` takes away again, the reason says.
        """
        found = self._found(path)
        if found is None:
            return Publication("hidden", False, "")
        collection, folder = found
        meta = self._meta(path)
        problem = meta.problem if meta else source.problem
        if problem:
            return Publication("invalid", False, "", problem)
        values = self.merged(path, source.values)
        url = self._url(path, values, collection, folder)
        problem = self._refusal(values, post=collection.post)
        if problem:
            return Publication("invalid", False, url, problem)
        state = self._state(values)
        moment = self._moment(values.get("date"))
        future = moment is not None and moment >= now and not self.settings.values["FUTURE_IS_NOW"]
        if state == "draft":
            gone = not self.settings.values["DEPLOY_DRAFTS"]
            said = _("It is built, and `nikola deploy` takes it away again: DEPLOY_DRAFTS is off")
            return Publication("draft", True, url, reason=said if gone else "")
        if future:
            gone = not self.settings.values["DEPLOY_FUTURE"]
            said = _("It is built but listed nowhere, and `nikola deploy` takes it away again until its date")
            listed = _("It is built, and listed nowhere until its date")
            return Publication("scheduled", True, url, reason=said if gone else listed)
        return Publication(state, True, url)

    def permalink(self, path: Path, values: Mapping[str, Any] | None, now: datetime) -> str:
        """Return the address of the page that a post becomes; empty where it becomes none.

        Without `values` its file is read for them.
        """
        source = Source(values, "") if values is not None else self._source_of(path)
        return self.publication(path, source, now).url if source is not None else ""

    def linked(self, path: Path, values: Mapping[str, Any], text: str) -> dict[str, Any]:
        """See `Rules.linked`: what addresses of the scheme `link:` are replaced by."""
        return {"addresses": nikola_links.addresses(self, path, values, text)}

    def target(self, url: str, path: Path | None) -> Path | None:
        """See `Rules.target`; `link://filename/…` and `link://slug/…` name sources."""
        if not url.startswith("link://"):
            return super().target(url, path)
        kind, _slash, name = unquote(urlsplit(url).netloc + urlsplit(url).path).partition("/")
        if kind == "filename":
            file = Path(os.path.normpath(self.root / name))
            return file if "\0" not in name and file.is_file() and self.inside(file) else None
        if kind in ("slug", "post_path"):
            return next((post for post in self.post_paths() if self._slug_of(post) == name), None)
        return None

    def is_page(self, path: Path) -> bool:
        """Return whether `path` is one of PAGES, in Markdown."""
        found = self._found(path)
        return found is not None and not found[0].post

    def is_other_source(self, path: Path) -> bool:
        """Return whether a file is one of POSTS or PAGES in another language than Markdown."""
        if path.name.endswith(self._suffixes):
            return False
        source = files.relative(path, self.root)
        return any(
            source.startswith(posixpath.join(known.folder, ""))
            and fnmatch.fnmatchcase(path.name, known.pattern)
            for known in self.settings.collections
        )

    def published(self) -> Published:
        """See `Rules.published`."""
        return nikola_addresses.published(self)

    def candidates(self, name: str, path: Path | None) -> Iterator[Path]:
        """See `ContentSite`: what an address leads to once the site is built."""
        if not name.startswith("/"):
            page = self._page_of(path)
            if not page:
                return
            name = posixpath.normpath(posixpath.join(posixpath.dirname(page), name))
        for inner in self.below_base(name):
            for setting in ("FILES_FOLDERS", "IMAGE_FOLDERS"):
                for folder, target in self.settings.values[setting].items():
                    below = str(target).strip("/")
                    if not below or inner.startswith(below + "/"):
                        yield self.root / str(folder) / inner.removeprefix(below).lstrip("/")

    @cached_property
    def _suffixes(self) -> tuple[str, ...]:
        listed = self.settings.values["COMPILERS"].get("markdown", ())
        return tuple(suffix for suffix in listed if isinstance(suffix, str))

    @cached_property
    def _translated_name(self) -> re.Pattern[str]:
        """What a translation's path looks like: TRANSLATIONS_PATTERN as a regular expression."""
        pattern = re.escape(str(self.settings.values["TRANSLATIONS_PATTERN"]))
        languages = "|".join(re.escape(name) for name in self.settings.translations)
        for name, inner in (("path", ".+?"), ("ext", r"[^./]+"), ("lang", languages)):
            pattern = pattern.replace(rf"\{{{name}\}}", f"(?P<{name}>{inner})", 1)
        try:
            return re.compile(pattern)
        except re.error:
            return re.compile(r"(?!)")

    def _language(self, path: Path) -> str:
        match = self._translated_name.fullmatch(path.name)
        return match["lang"] if match else self.settings.default_lang

    def _untranslated(self, path: Path) -> Path:
        """Return the path of the post that `path` is a translation of, or itself."""
        match = self._translated_name.fullmatch(path.name)
        if match is None:
            return path
        original = path.with_name(f"{match['path']}.{match['ext']}")
        return original if original.is_file() else path

    def _original(self, path: Path) -> dict[str, Any] | None:
        """Return what is said of the post that `path` is a translation of."""
        original = self._untranslated(path)
        if original == path:
            return None
        source = self._source_of(original)
        merged = self.merged(original, source.values) if source else {}
        return {**merged, "slug": merged.get("slug") or self.derived_slug(original, {}, "")}

    def _found(self, path: Path) -> tuple[Collection, str] | None:
        """Return the line of POSTS or PAGES that has the file, and the folder below its own; None for none."""
        if not path.is_relative_to(self.root):
            return None
        source = path.relative_to(self.root).as_posix()
        if any(part.startswith(".") for part in source.split("/")):
            return None
        folder, name = posixpath.split(source)
        names = [name]
        match = self._translated_name.fullmatch(name)
        if match and match["lang"] != self.settings.default_lang:
            names.append(f"{match['path']}.{match['ext']}")
        if not names[-1].endswith(self._suffixes):
            return None
        for collection in self.settings.collections:
            base = posixpath.normpath(collection.folder or ".")
            if base != "." and folder != base and not folder.startswith(base + "/"):
                continue
            if any(fnmatch.fnmatchcase(name, collection.pattern) for name in names):
                return collection, posixpath.relpath(folder or ".", base)
        return None

    def meta_file(self, path: Path) -> Path | None:
        """Return the `.meta` file that says all of the post; None where it has none, or one that says nothing."""
        return self.meta_place(path) if self._meta(path) else None

    def meta_place(self, path: Path) -> Path:
        """Return where the post's `.meta` file is, or would be."""
        original = self._untranslated(path)
        file = original.with_suffix(".meta")
        language = self._language(path)
        if language != self.settings.default_lang:
            own = original.with_name(
                str(self.settings.values["TRANSLATIONS_PATTERN"])
                .replace("{path}", original.stem)
                .replace("{lang}", language)
                .replace("{ext}", "meta")
            )
            file = own if own.is_file() else file
        return file

    def _meta(self, path: Path) -> Source | None:
        """Return what the post's `.meta` file says; None where it has none, or one that says nothing."""
        file = self.meta_place(path)
        if path == self.meta_of or not file.is_file() or not self.inside(file):
            return None
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except OSError:
            return None
        except UnicodeDecodeError:
            return Source({}, "", problem=_("The file {name} is not UTF-8 text").format(name=file.name))
        source = nikola_reading.read_meta(text, self.settings.values["METADATA_MAPPING"])
        return source if source.values or source.problem else None

    def _source_of(self, path: Path) -> Source | None:
        try:
            return self.read(path.read_bytes().decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            return None

    def _slug_of(self, path: Path) -> str:
        source = self._source_of(path)
        values = self.merged(path, source.values) if source else {}
        return str(values.get("slug") or self.derived_slug(path, values, ""))

    def _parsed(self, text: str) -> datetime | None:
        # As Nikola: dateutil does odd things with zones like UTC-03:00.
        return text_dates.parse(re.sub(r" UTC([+-]\d\d:\d\d)", r"\1", text), text_dates.midnight())

    def _moment(self, value: Any) -> datetime | None:
        """Return the moment of a merged date, in the site's zone where it has none."""
        if not isinstance(value, date):
            return None
        moment = value if isinstance(value, datetime) else text_dates.midnight(value)
        zone = text_dates.zone_named(str(self.settings.values["TIMEZONE"]))
        return moment if moment.tzinfo else moment.replace(tzinfo=zone or UTC)

    def _refusal(self, values: Mapping[str, Any], *, post: bool) -> str:
        if post and values.get("date") in (None, ""):
            return _("The post needs a date: Nikola builds nothing")
        for key in ("date", "updated"):
            if values.get(key) is not None and not isinstance(values[key], date):
                said = _("“{text}” is not a date that Nikola reads: it builds nothing")
                return said.format(text=values[key])
        if self.settings.values["USE_TAG_METADATA"]:
            tags = values.get("tags", [])
            if "draft" not in tags and "draft" in [tag.lower() for tag in tags]:
                return _("The tag draft must be in lower case: Nikola fails on it otherwise")
        slug = values.get("slug")
        if slug and not isinstance(slug, str):
            return _("slug must be text: put quotes around it")
        return ""

    def _state(self, values: Mapping[str, Any]) -> str:
        """Return `draft`, `hidden` for a private post, else `published`."""
        status = str(values.get("status") or "")
        state = {"draft": "draft", "private": "hidden"}.get(status, "published")
        if self.settings.values["USE_TAG_METADATA"]:
            tags = values.get("tags", [])
            if "draft" in tags:
                return "draft"
            if "private" in tags and state == "published":
                return "hidden"
        return state

    def _url(self, path: Path, values: Mapping[str, Any], collection: Collection, folder: str) -> str:
        language = self._language(path)
        slug = str(values.get("slug") or self.derived_slug(path, values, ""))
        pretty = nikola_reading.truth(values.get("pretty_url"))
        if pretty is None:
            pretty = bool(self.settings.values["PRETTY_URLS"]) and slug != "index"
        index = str(self.settings.values["INDEX_FILE"])
        base = self.settings.translations.get(language, "")
        target = posixpath.normpath(posixpath.join(collection.destinations.get(language, ""), folder))
        pieces = [*base.split("/"), *target.split("/"), slug, "index.html"]
        if not pretty:
            pieces[-2:] = [slug + ".html"]
        link = "/" + "/".join(piece for piece in pieces if piece and piece != ".")
        if self.settings.values["STRIP_INDEXES"] and link.endswith("/" + index):
            link = link[: -len(index)]
        return files.quoted(link)

    def _page_of(self, path: Path | None) -> str:
        """Return the address of the post as its file stands, without quoting."""
        source = self._source_of(path) if path is not None and path.is_file() else None
        if path is None or source is None:
            return ""
        return unquote(self.publication(path, source, datetime.now(UTC)).url)


def _unslugified(text: str) -> str:
    """Return the title that Nikola makes of a slug."""
    return re.sub(r"[_\-.]", " ", text).strip().capitalize()
