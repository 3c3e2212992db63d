"""Eleventy: its Markdown pages, their addresses, and what the next build makes of them.

Rules are those of Eleventy 3.1 (Template.js, TemplatePermalink.js, TemplateFileSlug.js, TemplateData.js);
https://www.11ty.dev/docs/permalinks/, https://www.11ty.dev/docs/dates/.
"""

# ruff: noqa: ARG001, ARG002  The arguments are the interface's.

import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pathspec

from editor.errors import OpenError, SiteError
from editor.post.disk import read_bytes
from editor.render.protocol import Dialect
from editor.schema.content_type import ContentType
from editor.site import files
from editor.site.generators import (
    eleventy_addresses,
    eleventy_config,
    eleventy_dialect,
    eleventy_fields,
    globs,
    text_dates,
)
from editor.site.generators.content_site import ContentSite, existing
from editor.site.generators.eleventy_config import Configuration
from editor.site.generators.eleventy_data import DataFiles, data_of, folder_data, merged
from editor.site.generators.js_literals import Script, readable
from editor.site.generators.published import Published
from editor.site.generators.rules import Publication, Source
from editor.site.generators.titles import clean_title, first_heading
from editor.translation import gettext as _

_SCRIPT = re.compile(r"---[ \t]*(?:js|javascript)[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-(.*)")
_ISO = re.compile(
    r"\d{4}(?:-\d{2}(?:-\d{2})?|\d{4})?(?:T\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"""\{\{-?\s*([\w.]+)\s*((?:\|\s*(?:\w+|date\s*:\s*(?:"[^"|]*"|'[^'|]*'))\s*)*)-?\}\}"""
)
_DATE_FILTER = re.compile(r"""date\s*:\s*["']([^"']*)["']""")
_DATE_PARTS = re.compile(r"(?:[^%]|%[YmdyBbjHM])*")
"""What strftime and the filter of Liquid write alike."""
_TEMPLATE = re.compile(r"\{\{|\{%")


@dataclass(frozen=True)
class Eleventy(ContentSite):
    """The rules of one Eleventy site (see `rules.Rules`)."""

    config: Configuration
    ignored: pathspec.GitIgnoreSpec

    generator = "eleventy"

    @cached_property
    def dialect(self) -> Dialect:
        """markdown-it as the configuration sets it up."""
        return eleventy_dialect.dialect(self.config)

    @property
    def name(self) -> str:
        """The folder's name: an Eleventy site has no title that is not its templates' own."""
        return self.root.name

    def content_type(self, path: Path | None) -> ContentType:
        """Return the keys that Eleventy reads, and those of nearly every blog."""
        return eleventy_fields.post_type()

    def shown_day(self, value: Any) -> tuple[date, str] | None:
        """See `Rules.shown_day`: dates are moments in UTC, https://www.11ty.dev/docs/dates/."""
        aware = isinstance(value, datetime) and value.tzinfo is not None
        return (value.astimezone(UTC).date(), "UTC") if aware else None

    def is_post(self, path: Path) -> bool:
        """Return whether `path` is a Markdown template that Eleventy builds."""
        found = self.relative(path)
        if found is None or not path.name.endswith(".md") or "md" not in (self.config.formats or ("md",)):
            return False
        inner = files.relative(path, self.root)
        reserved = (*self.config.reserved, self.config.output, "node_modules")
        if (
            any(inner.startswith(place + "/") for place in reserved if place)
            or "/node_modules/" in f"/{inner}"
        ):
            return False
        return not self.ignored.match_file(inner)

    def skipped(self, folder: Path) -> bool:
        """Return whether a folder is one of packages or of a repository."""
        return folder.name in ("node_modules", ".git")

    def read(self, text: str) -> Source:
        """Take a page apart as Eleventy does; of front matter in JavaScript, what is written in literals."""
        match = _SCRIPT.match(text)
        if match is None:
            return super().read(text)
        block = match[1]
        found: Any = Script(block).names()
        if block.lstrip().startswith("{"):  # an object, as before Eleventy 3
            found = Script("export default " + block).exported()
        return Source(readable(found) or {}, text[match.end() :].lstrip("\n"), match.group(0))

    def inherited(self, path: Path) -> dict[str, Any]:
        """Return the data of the folders above and of the post's own data files."""
        found = self.relative(path)
        return self._data.inherited(path, found[1] if found else path.name)

    def merged(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """See `Rules.merged`: lists are joined and maps merged, as Eleventy does since its version 1."""
        return merged(self.inherited(path), values)

    def beside(self, name: str, path: Path) -> Iterator[Path]:
        """Yield other templates by their paths, and what `html-relative` copies."""
        if self.config.beside or name.endswith(".md"):
            yield path.parent / name

    def published_at(self, names: list[str]) -> Iterator[Path]:
        """Yield the sources that passthrough copies put there."""
        for name in names:
            for source, place in self.config.passthrough:
                if any(letter in source for letter in "*?{["):
                    whole = posixpath.join(self.config.input, name) if not place else name
                    if globs.matches(source, whole):
                        yield self.root / whole
                    continue
                target = place or _below(source, self.config.input)
                if target == ".":
                    yield self.root / source / name
                elif name == target or name.startswith(target + "/"):
                    yield self.root / source / name[len(target) :].lstrip("/")

    def title(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the title of the data, else the first heading, else the file's name."""
        title = values.get("title")
        if title is not None and not isinstance(title, Mapping | list):
            return str(title)
        heading = first_heading(body)
        return clean_title(heading) if heading else self._file_slug(path)

    def source_link(self, url: str, path: Path) -> Path | None:
        """See `Rules.source_link`: a plugin may write the addresses of sources."""
        return eleventy_addresses.source_link(self, url, path)

    def published(self) -> Published:
        """See `Rules.published`."""
        return eleventy_addresses.published(self)

    def is_template(self, path: Path) -> bool:
        """Return whether a file that is no Markdown lies where templates are, none of them reserved or ignored."""
        return self.is_post(path.with_name(path.name + ".md")) and not self.ignored.match_file(
            files.relative(path, self.root)
        )

    def usual_address(self, path: Path) -> str:
        """Return the address of a template that sets none itself."""
        return eleventy_addresses.usual_address(self, path)

    def derived_slug(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the name of the file, without a date that it begins with."""
        return self._file_slug(path)

    def slug(self, title: str) -> str:
        """Return the title as the filter `slugify` writes it, as far as that is plain."""
        return _slugified(title)

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """See `Rules.publication`: everything is published that no permalink and no code of the site hides."""
        if not self.is_post(path):
            return Publication("hidden", False, "")
        values = self.merged(path, source.values)
        problem = source.problem or _date_refusal(values.get("date"))
        url = ""
        permalink = values.get("permalink")
        computed = values.get("eleventyComputed")
        by_code = False
        if isinstance(computed, Mapping) and "permalink" in computed:
            # It goes before all other data: https://www.11ty.dev/docs/data-computed/
            permalink = computed["permalink"]
            by_code = permalink is None
        if isinstance(permalink, Mapping):
            # What `build` holds is made text: `build: false` is the path “false”, which fails.
            permalink = (
                str(permalink["build"]).lower()
                if isinstance(permalink.get("build"), bool)
                else permalink.get("build", False)
            )
        if not problem and permalink is not False and not by_code:
            try:
                url = self._address(path, permalink, values)
            except SiteError as error:
                problem = error.message
        if problem:
            return Publication("invalid", False, url, problem)
        if values.get("draft") and self.config.leaves_out_drafts:  # any text is true in JavaScript
            return Publication("draft", False, url)
        if permalink is False:
            return Publication("hidden", False, "")
        return Publication("published", True, url)

    def new_post_dir(self) -> Path:
        """Return the folder of posts: one of the usual names, else the folder with the most pages."""
        base = self.content_dirs[0]
        for name in ("blog", "posts", "post", "content/blog", "content/posts", "src/posts", "src/blog"):
            if (base / name).is_dir():
                return base / name
        counts: dict[Path, int] = {}
        for path in self.post_paths():
            counts[path.parent] = counts.get(path.parent, 0) + 1
        counts.pop(base, None)
        return max(counts, key=lambda folder: counts[folder]) if counts else base

    @cached_property
    def _data(self) -> DataFiles:
        return DataFiles(self.root, self.content_dirs[0], self.config, self.inside)

    def _file_slug(self, path: Path) -> str:
        name = _without_date(path.stem)
        if name != "index":
            return name
        found = self.relative(path)
        folders = found[1].split("/")[:-1] if found else []
        return _without_date(folders[-1]) if folders else ""

    def _moment(self, path: Path, values: Mapping[str, Any]) -> datetime | None:
        """Return the post's date, at UTC where it has no zone: its own, else the one in its path.

        None where only git or the file's times tell it; https://www.11ty.dev/docs/dates/.
        """
        value = values.get("date")
        named = (
            re.search(r"\d{4}-\d{2}-\d{2}", files.relative(path, self.root)) if value in (None, "") else None
        )
        if named is not None or isinstance(value, str):
            try:
                value = datetime.fromisoformat(named[0] if named else str(value))
            except ValueError:
                return None
        if not isinstance(value, date):
            return None
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def _address(self, path: Path, permalink: Any, values: Mapping[str, Any]) -> str:
        """Return the address; empty where a template makes it; raises SiteError where Eleventy would fail."""
        found = self.relative(path)
        folder, file = posixpath.split(found[1] if found else path.name)
        if permalink is None or permalink == "":
            stem = file[: -len(".md")]
            if stem == "index" or posixpath.basename(folder) == stem:
                stem = ""
            return files.quoted(posixpath.join("/", folder, stem, "").replace("//", "/"))
        if not isinstance(permalink, str):
            raise SiteError(_("permalink must be a path, or false"))
        link = self._filled(permalink, path, folder, values)
        if link is None:
            return ""
        if "." not in posixpath.basename(link) and not link.endswith("/"):
            raise SiteError(_("The address {path} needs a slash at its end, or a suffix").format(path=link))
        link = posixpath.normpath(posixpath.join("/", link)) + ("/" if link.endswith("/") else "")
        link = "/" + link.lstrip("/")
        if posixpath.basename(link) == "index.html":
            link = link[: -len("index.html")]
        return files.quoted(link)

    def _filled(self, permalink: str, path: Path, folder: str, values: Mapping[str, Any]) -> str | None:
        """Return a permalink with its placeholders filled, None where only the template engine can."""
        known = {
            "page.fileSlug": self._file_slug(path),
            "page.filePathStem": posixpath.join("/", folder, _without_date(path.stem)),
            "page.inputPath": "./" + files.relative(path, self.root),
        }
        unknown = False

        def replaced(match: re.Match[str]) -> str:
            nonlocal unknown
            value: Any = known.get(match[1])
            if value is None:
                value = values
                for part in match[1].split("."):
                    value = value.get(part) if isinstance(value, Mapping) else None
            filters = [name.strip() for name in match[2].split("|") if name.strip()]
            shape = _DATE_FILTER.fullmatch(filters[0]) if filters else None
            if shape is not None and _DATE_PARTS.fullmatch(shape[1]):
                moment = self._moment(path, values) if match[1] in ("date", "page.date") else None
                value = None if moment is None else text_dates.in_zone(moment).strftime(shape[1])
                filters = filters[1:]
            if not isinstance(value, str | int) or isinstance(value, bool):
                unknown = True
                return ""
            text = str(value)
            for name in filters:
                plain = re.fullmatch(r"[A-Za-z0-9 _-]*", text)
                if name in ("slugify", "slug") and plain:
                    text = _slugified(text)
                else:
                    unknown = True
            return text

        filled = _PLACEHOLDER.sub(replaced, permalink)
        return None if unknown or _TEMPLATE.search(filled) else filled


def find(folder: Path, path: Path | None = None) -> Path | None:
    """Return the configuration file of the Eleventy site in `folder`, or None; `path` does not matter."""
    return next((folder / name for name in eleventy_config.NAMES if (folder / name).is_file()), None)


def read(config: Path, limit: Path, is_trusted: Callable[[Path], bool]) -> Eleventy:
    """Read the site of the configuration file `config`; raises SiteError where it can't be read."""
    root = config.parent
    trusted = is_trusted(root)
    real = os.path.realpath(root)

    def allowed(path: Path) -> bool:
        return trusted or Path(os.path.realpath(path)).is_relative_to(real)

    found = eleventy_config.read(config)
    problems = list(found.problems)
    content = existing(root, [found.input or "."], allowed)
    if not content:
        said = _("The folder {folder} lies outside the site, and is not read").format(folder=found.input)
        problems.append(SiteError(said, path=config))
    base = (content or (root,))[0]
    data = folder_data(base, allowed)
    for file in data:
        data_of(file, problems)
    static = [source for source, _place in found.passthrough if (root / source).is_dir()]
    return Eleventy(
        root=root,
        trusted=trusted,
        configuration=(*found.files, *data),
        problems=tuple(problems),
        content_dirs=(base,),
        static_dirs=existing(root, static, allowed),
        config=found,
        ignored=_ignored(root, found),
    )


def _ignored(root: Path, found: Configuration) -> pathspec.GitIgnoreSpec:
    lines = list(found.ignores)
    for name in (".gitignore", ".eleventyignore"):
        try:
            lines += read_bytes(root / name).decode("utf-8-sig", "replace").splitlines()
        except OpenError:
            continue
    return pathspec.GitIgnoreSpec.from_lines(line.removeprefix("./") for line in lines)


def _below(source: str, folder: str) -> str:
    return source[len(folder) + 1 :] if folder and source.startswith(folder + "/") else source


def _without_date(name: str) -> str:
    match = _DATED.search(name)
    return match[1] if match else name


def _slugified(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _date_refusal(value: Any) -> str:
    """Return why Eleventy refuses a date; empty where it doesn't."""
    if value is None or value is False or value == "" or value == 0 or isinstance(value, date):
        return ""
    if isinstance(value, str):
        if value.lower() in eleventy_fields.SPECIAL_DATES:
            return ""
        if _ISO.fullmatch(value):
            try:
                datetime.fromisoformat(value if len(value) > 7 else value + "-01-01"[: 10 - len(value)])
            except ValueError:
                pass
            else:
                return ""
    return _("The date {date} is not read as one: write 2024-01-31, or 2024-01-31T09:05:00").format(
        date=value
    )
