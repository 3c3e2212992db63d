"""Hugo: its pages, their addresses, and what the next build makes of them.

Rules are those of Hugo 0.168 (hugolib/page__meta.go, hugolib/site.go, common/paths); where a site's pages
are is https://gohugo.io/content-management/organization/.
"""

# ruff: noqa: ARG002  The arguments are the interface's.

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from editor.errors import SiteError
from editor.render.protocol import Dialect
from editor.schema.content_type import ContentType
from editor.site import files
from editor.site.generators import (
    hugo_addresses,
    hugo_dates,
    hugo_dialect,
    hugo_fields,
    hugo_front_matter,
    hugo_paths,
    hugo_values,
)
from editor.site.generators.ascii_slugs import tame_pattern
from editor.site.generators.content_site import read_source
from editor.site.generators.data_files import lowered, mappings, texts
from editor.site.generators.hugo_config import Language, switch
from editor.site.generators.hugo_linked import PAGES, LinkedPages, Place, with_code
from editor.site.generators.hugo_mounts import Mount
from editor.site.generators.hugo_sections import Sections
from editor.site.generators.published import Published
from editor.site.generators.rules import Publication, Source

SUFFIXES = (".md", ".markdown", ".mdown")
_POSTS = ("posts", "post", "blog", "news", "articles")
"""Usual names of the folder of posts."""
_CJK = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\u1100-\u11ff\U00020000-\U0003ffff]"
)
_TAXONOMIES = {"category": "categories", "tag": "tags"}


@dataclass(frozen=True)
class Hugo(LinkedPages):
    """The rules of one Hugo site (see `rules.Rules`)."""

    generator = "hugo"

    @property
    def name(self) -> str:
        """The site's title, in its first language."""
        title = next(iter(self.config.languages.values())).title
        return title or self.root.name

    @property
    def url(self) -> str:
        """The `baseURL`."""
        found = self.config.values.get("baseurl")
        return found if isinstance(found, str) and found != "/" else ""

    @cached_property
    def front_matter(self) -> str:  # type: ignore[override]
        """The format of the site's archetype, else that of most posts, else TOML."""
        usual = [self.content_dirs[0] / name for name in _POSTS] if self.content_dirs else []
        folders = [folder for folder in usual if folder.is_dir()][:1] or self.content_dirs
        pages = (
            path
            for folder in folders
            for path in files.walk(folder, self.inside, self.skipped)
            if path.name.endswith(SUFFIXES) and not path.name.startswith(("_index.", "."))
        )
        return hugo_front_matter.usual_format(self.root, pages)

    @cached_property
    def dialect(self) -> Dialect:
        """Goldmark as the site sets it up."""
        return hugo_dialect.dialect(self.config)

    def content_type(self, path: Path | None) -> ContentType:
        """Return Hugo's own fields, with the site's taxonomies."""
        taxonomies = self.config.values.get("taxonomies")
        return hugo_fields.post_type(taxonomies if isinstance(taxonomies, Mapping) else _TAXONOMIES)

    def is_post(self, path: Path) -> bool:
        """Return whether `path` is a page of its own: no section, nothing inside another page's bundle."""
        found = self.relative(path)
        if found is None or not path.name.endswith(SUFFIXES) or path.name.startswith((".", "#")):
            return False
        folder, relative = found
        if self._mount(folder, relative) is None or self._ignored(path):
            return False
        parsed = hugo_paths.parse(relative, self._codes)
        if parsed.file_name == "_index" or (parsed.bundle and path.parent == folder):
            return False
        above = path.parent.parent if parsed.bundle else path.parent
        while above != folder and above.is_relative_to(folder):
            if self.is_bundle(above):
                return False
            above = above.parent
        return not any(part.startswith(".") for part in relative.split("/"))

    def read(self, text: str) -> Source:
        """Take a page apart as Hugo does: dates are text in YAML, and blank lines may come first."""
        return read_source(text, self.generator, dates=False, blank_lines=True)

    def inherited(self, path: Path) -> dict[str, Any]:
        """Return what `cascade` hands down, from the sections above `path` and from the configuration."""
        place = self._place(path)
        if place is None:
            return {}
        values: dict[str, Any] = {}
        code = place.language.code if place.language else ""
        cascades = [self._settings(place.language).get("cascade")]
        # What is nearer goes before what is further away, and before the configuration.
        cascades += [lowered(index).get("cascade") for index in self._sections.front_matter(path, place)]
        for cascade in cascades:
            layer: dict[str, Any] = {}
            for entry in mappings(cascade):
                if hugo_values.is_for(entry, place.path, code):
                    for key, value in entry.items():
                        if key in ("target", "_target"):
                            continue
                        if key == "params" and isinstance(value, Mapping):
                            inner = {"params": {**value, **layer.get("params", {})}}
                            layer.update(inner)
                        else:
                            layer.setdefault(str(key), value)
            values = hugo_values.laid_over(values, layer)
        return values

    def merged(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """See `Rules.merged`; a key is the same in upper and lower case."""
        return hugo_values.laid_over(self.inherited(path), values)

    def beside(self, name: str, path: Path) -> Iterator[Path]:
        """Yield the files of a bundle, other pages by their paths, and what lies in `assets`."""
        place = self._place(path)
        if place is not None and place.path.bundle:
            yield path.parent / name
        yield from self._pages(path.parent / name)
        yield from (folder / name for folder in self.config.assets)

    def published_at(self, names: list[str]) -> Iterator[Path]:
        """Yield static files, assets, the pages of those paths, and the files of bundles."""
        for name in names:
            yield from (folder / name for folder in (*self.static_dirs, *self.config.assets))
            for folder in self.content_dirs:
                yield from self._pages(folder / name)
                if self.is_bundle((folder / name).parent):
                    yield folder / name

    def source_link(self, url: str, path: Path) -> Path | None:
        """See `Rules.source_link`: a site's, or a theme's, own templates may look links up."""
        return hugo_addresses.source_link(self, url, path)

    def missing_references(self, path: Path, values: Mapping[str, Any], text: str) -> list[str]:
        """See `Rules.missing_references`: Hugo stops at a `ref` that names no page."""
        return hugo_addresses.missing_references(self, path, text)

    def published(self) -> Published:
        """See `Rules.published`."""
        return hugo_addresses.published(self)

    def file_slug(self, path: Path) -> str:
        """Return the last part of the page's logical path."""
        found = self.relative(path)
        return hugo_paths.parse(found[1], self._codes).name if found else path.stem

    def derived_slug(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the cleaned name of the file, or the title where the site's pattern asks for that."""
        place = self._place(path)
        if place is None:
            return self.slug(path.stem)
        pattern = hugo_paths.pattern_for(self._patterns(place.language), place.path)
        if ":slug" in pattern.replace(":slugor", "") or ":title" in pattern:
            title = values.get("title")
            return self.slug("" if title is None else str(title))
        lower = {str(key).lower(): value for key, value in values.items() if str(key).lower() != "slug"}
        named = self._dates(path, place, lower)[1]
        return self.slug(named or place.path.name)

    def slug(self, title: str) -> str:
        """Return the title as Hugo writes it in an address."""
        return self._style.clean(title)

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """See `Rules.publication`; as shouldBuild in hugolib/site.go."""
        place = self._place(path)
        if place is None or place.language is None or not self.is_post(path):
            return Publication("hidden", False, "")
        if not place.path.language and path.with_name(with_code(path, place.language.code)).is_file():
            return Publication("hidden", False, "")  # the file that names the language goes before
        if self._is_shadowed(path, place):
            return Publication("hidden", False, "")
        values = {str(key).lower(): value for key, value in self.merged(path, source.values).items()}
        dates, named, problem = self._dates(path, place, values)
        problem = source.problem or problem or hugo_values.refusal(values)
        url = ""
        try:
            url = self._address(path, place, values, dates.get("date"), named)
        except SiteError as error:
            problem = problem or error.message
        if problem:
            return Publication("invalid", False, url, problem)
        settings = place.language.values
        is_draft = hugo_values.is_draft(values)
        if is_draft and not switch(settings.get("builddrafts")):
            return Publication("draft", False, url)
        if _comes_after(dates.get("publishdate"), now) and not switch(settings.get("buildfuture")):
            return Publication("scheduled", False, url)
        expiry = dates.get("expirydate")
        if expiry is not None and expiry < now and not switch(settings.get("buildexpired")):
            return Publication("hidden", False, url)
        if "page" in (
            name.lower() for name in texts(settings.get("disablekinds"))
        ) or not hugo_values.is_rendered(values):
            return Publication(
                "hidden", False, "" if hugo_values.is_rendered(values, or_linked=True) is False else url
            )
        return Publication("draft" if is_draft else "published", True, url)

    def new_post_dir(self) -> Path:
        """Return the folder of posts: one of the usual names, else the section with the most pages."""
        base = self.content_dirs[0]
        for name in _POSTS:
            if (base / name).is_dir():
                return base / name
        counts: dict[str, int] = {}
        for path in self.post_paths():
            if path.is_relative_to(base):
                section = path.relative_to(base).parts[0]
                if section != path.name and not self.is_bundle(base / section):
                    counts[section] = counts.get(section, 0) + 1
        return base / max(counts, key=lambda name: counts[name]) if counts else base / "posts"

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        """The codes of all languages, of those that are switched off too: files' names may have them."""
        listed = self.config.values.get("languages")
        disabled = [code.lower() for code in texts(self.config.values.get("disablelanguages"))]
        return (*(listed if isinstance(listed, Mapping) else ()), *disabled)

    def _settings(self, language: Language | None) -> Mapping[str, Any]:
        return language.values if language else self.config.values

    def excerpt_options(self, path: Path, values: Mapping[str, Any], body: str) -> tuple[int, bool]:
        """Return how many words a summary has that Hugo makes, and whether characters count as words."""
        place = self._place(path)
        settings = self._settings(place.language if place else None)
        length = settings.get("summarylength", 70)
        given = {str(key).lower(): value for key, value in values.items()}.get("iscjklanguage")
        cjk = switch(given)
        if given is None:
            cjk = switch(settings.get("hascjklanguage")) and _CJK.search(body) is not None
        return length if isinstance(length, int) else 70, cjk

    @cached_property
    def _known_patterns(self) -> dict[str, list[tuple[str, str]]]:
        return {
            code: hugo_paths.patterns_of(language.values.get("permalinks"))
            for code, language in self.config.languages.items()
        }

    def _patterns(self, language: Language | None) -> list[tuple[str, str]]:
        return self._known_patterns[language.code] if language else []

    @cached_property
    def _style(self) -> hugo_paths.Style:
        values = self.config.values
        return hugo_paths.Style(
            switch(values.get("disablepathtolower")), switch(values.get("removepathaccents"))
        )

    @cached_property
    def _handlers(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """The keys that may give a date, for each language."""
        return {
            code: hugo_dates.handlers_of(language.values.get("frontmatter"))
            for code, language in self.config.languages.items()
        }

    @cached_property
    def _ignore_patterns(self) -> list[re.Pattern[str]]:
        """`ignoreFiles`, https://gohugo.io/configuration/all/#ignorefiles: expressions for whole paths."""
        made = []
        for text in texts(self.config.values.get("ignorefiles")):
            pattern = tame_pattern(text)
            if pattern is not None:
                made.append(pattern)
        return made

    def _ignored(self, path: Path) -> bool:
        return any(pattern.search(path.as_posix()) for pattern in self._ignore_patterns)

    def _mount(self, folder: Path, relative: str) -> Mount | None:
        """Return the mount of the folder that shows a file in it."""
        return next(
            (known for known in self.config.content if known.source == folder and known.shows(relative)), None
        )

    def _is_shadowed(self, path: Path, place: Place) -> bool:
        """Return whether an earlier mount has a file at the same place, as a site's own before a theme's."""
        found = self.relative(path)
        inner = posixpath.join(place.mount.target, found[1] if found else path.name)
        for mount in self.config.content:
            if mount == place.mount:
                return False
            below = posixpath.relpath(inner, mount.target or ".")
            alike = mount.languages == place.mount.languages and not below.startswith("..")
            if alike and (mount.source / below).is_file() and mount.shows(below):
                return True
        return False

    def _place(self, path: Path) -> Place | None:
        found = self.relative(path)
        if found is None:
            return None
        folder, relative = found
        mount = self._mount(folder, relative)
        if mount is None:
            return None
        parsed = hugo_paths.parse(posixpath.join(mount.target, relative), self._codes)
        code = parsed.language or next(iter(mount.languages or self.config.languages))
        return Place(mount, parsed, self.config.languages.get(code))

    @cached_property
    def _sections(self) -> Sections:
        return Sections(self.read, self.inside)

    def is_bundle(self, folder: Path) -> bool:
        """Return whether a folder is that of one page, with the files that belong to it."""
        names = ["index", *(f"index.{code}" for code in self._codes)]
        return any((folder / (name + suffix)).is_file() for name in names for suffix in PAGES)

    def _dates(
        self, path: Path, place: Place, values: Mapping[str, Any]
    ) -> tuple[dict[str, datetime], str, str]:
        language = place.language or next(iter(self.config.languages.values()))
        zone = place.language.zone if place.language else UTC
        name = place.path.name if place.path.bundle else place.path.file_name
        return hugo_dates.dates_of(values, self._handlers[language.code], name, zone, _modified(path))

    def _address(
        self, path: Path, place: Place, values: Mapping[str, Any], date: datetime | None, named: str
    ) -> str:
        assert place.language is not None
        title, slug, url = values.get("title"), values.get("slug"), values.get("url")
        page = hugo_paths.Page(
            path=place.path,
            folder=self._sections.published_folder(path, place),
            title="" if title is None else str(title),
            slug=named if slug is None else str(slug).strip("-"),
            date=date,
            sections=self._sections.above(path, place)[1],
            section_slugs=lambda: self._sections.slugs(path, place),
        )
        ugly = place.language.values.get("uglyurls")
        if isinstance(ugly, Mapping):
            ugly = ugly.get(place.path.section)
        return hugo_paths.address(
            page,
            hugo_paths.pattern_for(self._patterns(place.language), place.path),
            "" if url is None else str(url),
            place.language.prefix,
            self._style,
            ugly=switch(ugly),
        )

    @staticmethod
    def _pages(file: Path) -> Iterator[Path]:
        """Yield the files of the page that a path, with or without a suffix, may mean."""
        if file.name.endswith(SUFFIXES):
            yield file
        for suffix in SUFFIXES:
            yield Path(f"{file}{suffix}")
            yield file / f"index{suffix}"
            yield file / f"_index{suffix}"


def _comes_after(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment > now


def _modified(path: Path) -> Callable[[], datetime | None]:
    def modified() -> datetime | None:
        try:
            return datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except OSError:
            return None

    return modified
