"""Zola: its pages, their addresses, and what the next build makes of them.

Rules are those of Zola 0.22: components/content (page.rs, file_info.rs, front_matter), components/site
(lib.rs), components/utils (slugs.rs, de.rs).
"""

# ruff: noqa: ARG001, ARG002  The arguments are the interface's.

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError, SiteError
from editor.render.protocol import Dialect
from editor.schema.content_type import ContentType
from editor.site import files
from editor.site.generators import globs, zola_addresses, zola_dialect, zola_fields
from editor.site.generators.ascii_slugs import ascii_text
from editor.site.generators.content_site import ContentSite, read_source
from editor.site.generators.data_files import mappings, read_data, texts
from editor.site.generators.published import Published
from editor.site.generators.rules import Publication, Source
from editor.translation import gettext as _

_DATED = re.compile(
    r"(?P<datetime>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)"
    r"(?:\s?[_-](?P<slug>.+))?"
)
_DATE_TEXT = re.compile(
    r'"?\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]|[ \t]+)\d{1,2}:\d{2}:\d{2}(?:\.\d{0,9})?[ \t]*'
    r'(?:Z|[-+]\d{1,2}(?::\d\d)?)?)?"?'
)
_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_FRONT_MATTER = re.compile(r"\s*(\+\+\+|---)(\r?\n.*?)\1\s*(?:\Z|\n)", re.DOTALL)
_TYPES: Mapping[str, tuple[type, ...]] = {
    "title": (str,),
    "description": (str,),
    "slug": (str,),
    "path": (str,),
    "template": (str,),
    "draft": (bool,),
    "render": (bool,),
    "in_search_index": (bool,),
    "weight": (int,),
    "authors": (list,),
    "aliases": (list,),
    "taxonomies": (dict,),
    "extra": (dict,),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page stands: its folders, its name, and whether that is the name of its folder."""

    folders: tuple[str, ...]
    name: str
    bundle: bool
    language: str


@dataclass(frozen=True)
class Zola(ContentSite):
    """The rules of one Zola site (see `rules.Rules`)."""

    values: Mapping[str, Any]

    generator = "zola"
    front_matter = "toml"

    @property
    def name(self) -> str:
        """The site's title."""
        title = self.values.get("title")
        return title if isinstance(title, str) and title else self.root.name

    @property
    def url(self) -> str:
        """The `base_url`."""
        found = self.values.get("base_url")
        return found if isinstance(found, str) and found != "/" else ""

    @property
    def dialect(self) -> Dialect:
        """The dialect of pulldown-cmark, with what Zola adds, as the configuration sets it up."""
        return zola_dialect.dialect(self.values)

    def content_type(self, path: Path | None) -> ContentType:
        """Return Zola's own fields, with the taxonomies that the configuration declares."""
        return zola_fields.post_type(self._taxonomies(self._default))

    def is_post(self, path: Path) -> bool:
        """Return whether `path` is a page: no section (`_index.md`), and not ignored."""
        found = self.relative(path)
        if found is None or not path.name.endswith(".md") or path.name.startswith((".", "_index.")):
            return False
        whole = path.as_posix()  # patterns are held against that
        return not any(
            globs.matches_across(pattern, whole) for pattern in texts(self.values.get("ignored_content"))
        )

    def skipped(self, folder: Path) -> bool:
        """Return False: Zola reads every folder."""
        return False

    def read(self, text: str) -> Source:
        """Take a page apart as Zola does, which refuses one without front matter."""
        text = text.removeprefix("\ufeff")
        if not _FRONT_MATTER.match(text):
            return Source({}, text, problem=_("The post has no front matter"))
        return read_source(text, self.generator, dates=False, blank_lines=True)

    def beside(self, name: str, path: Path) -> Iterator[Path]:
        """Yield what `@/` means, and the files beside a page that has a folder of its own."""
        if name.startswith("@/"):
            yield self.content_dirs[0] / name[2:]
        elif path.stem.split(".")[0] == "index":
            yield path.parent / name

    def linked(self, path: Path, values: Mapping[str, Any], text: str) -> dict[str, Any]:
        """See `Rules.linked`: the pages that `@/` leads to, and where the section puts links of headings."""
        pages = {target: self._permalink(target) for target in zola_dialect.targets(text)}
        folder = path.parent.parent if path.stem.split(".")[0] == "index" else path.parent
        section = self._values(folder / "_index.md").get("insert_anchor_links")
        return {
            "permalinks": {target: address for target, address in pages.items() if address},
            "anchor_links": section if section in ("left", "right", "heading") else "",
        }

    def missing_references(self, path: Path, values: Mapping[str, Any], text: str) -> list[str]:
        """See `Rules.missing_references`: Zola stops at a page that `@/` names and that is not there."""
        base = self.content_dirs[0]
        return [
            target
            for target in zola_dialect.targets(text)
            if not (base / target.removeprefix("@/")).is_file()
        ]

    def published(self) -> Published:
        """See `Rules.published`."""
        return zola_addresses.published(self)

    def section_address(self, index: Path) -> str:
        """Return the address of the section of an `_index.md`, decoded; empty where it has none."""
        try:
            place = self._place(index)
        except SiteError:
            return ""
        if place is None:
            return ""
        language = () if place.language == self._default else (place.language,)
        return "/" + "".join(f"{folder}/" for folder in (*language, *map(self._slugified, place.folders)))

    def derived_slug(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the slug of the file's name, without the date that it may begin with."""
        place = self._place(path)
        return self._slug_of(place.name if place else path.stem)

    def slug(self, title: str) -> str:
        """Return the title in ASCII letters and digits, joined by hyphens."""
        return self._slugified(title) if self._mode != "off" else _on(title)

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """See `Rules.publication`: drafts are left out, with all below a section that is one."""
        if not self.is_post(path):
            return Publication("hidden", False, "")
        try:
            place = self._place(path)
        except SiteError as error:
            return Publication("invalid", False, "", error.message)
        if place is None:
            return Publication("hidden", False, "")
        values = source.values
        if self._in_draft_section(path):  # nothing in there is read
            return Publication("hidden", False, "")
        problem = source.problem or self._refusal(values)
        is_index = path.name == "index.md" and not values.get("draft")
        if not problem and is_index and self._meets_section(place, values):
            problem = _(
                "index.md can't stand at the address of a section, _index.md, nor in the content folder"
            )
        if problem:
            return Publication("invalid", False, "", problem)
        url = self._address(place, values)
        if values.get("draft"):
            return Publication("draft", False, url)
        problem = self._taxonomy_refusal(place.language, values.get("taxonomies") or {})
        if problem:
            return Publication("invalid", False, url, problem)
        if values.get("render") is False:
            return Publication("hidden", False, url)
        return Publication("published", True, url)

    def new_post_dir(self) -> Path:
        """Return the folder of posts: one of the usual names, else the one with the most pages."""
        base = self.content_dirs[0]
        for name in ("blog", "posts", "post", "articles", "news"):
            if (base / name).is_dir():
                return base / name
        counts: dict[Path, int] = {}
        for path in self.post_paths():
            folder = path.parent.parent if path.stem.split(".")[0] == "index" else path.parent
            counts[folder] = counts.get(folder, 0) + 1
        counts.pop(base, None)
        return max(counts, key=lambda folder: counts[folder]) if counts else base

    @property
    def _default(self) -> str:
        found = self.values.get("default_language")
        return found if isinstance(found, str) and found else "en"

    @cached_property
    def _others(self) -> tuple[str, ...]:
        listed = self.values.get("languages")
        return tuple(
            code for code in (listed if isinstance(listed, Mapping) else ()) if code != self._default
        )

    @cached_property
    def _slugify(self) -> Mapping[str, Any]:
        found = self.values.get("slugify")
        return found if isinstance(found, Mapping) else {}

    @property
    def _mode(self) -> str:
        return str(self._slugify.get("paths") or "on")

    def _taxonomies(self, language: str) -> tuple[str, ...]:
        scope: Any = self.values
        if language != self._default:
            listed = self.values.get("languages")
            scope = listed.get(language) if isinstance(listed, Mapping) else None
        found = scope.get("taxonomies") if isinstance(scope, Mapping) else None
        names = (entry.get("name") for entry in mappings(found))
        return tuple(name for name in names if isinstance(name, str))

    def _place(self, path: Path) -> _Place | None:
        """Return where a page stands; raises SiteError where its name has a language that is not known."""
        found = self.relative(path)
        if found is None:
            return None
        folders = tuple(found[1].split("/")[:-1])
        name, language = path.stem, self._default
        bundle = bool(folders) and name.split(".")[0] == "index"
        if self._others and "." in name:
            first, code = name.split(".", 1)
            if code in self._others:
                name, language = first, code
            elif code != self._default:
                raise SiteError(
                    _("The name of the file says {code}, which is no language of the site").format(code=code)
                )
        if name == "index" and folders:
            name = folders[-1]
        return _Place(folders[:-1] if bundle else folders, name, bundle, language)

    def _address(self, place: _Place, values: Mapping[str, Any]) -> str:
        path = self._path(place, values)
        return files.quoted(path if path.endswith("/") else path + "/")

    def _path(self, place: _Place, values: Mapping[str, Any]) -> str:
        own = values.get("path")
        if own:
            return "/" + str(own).strip().removeprefix("/")
        slug = values.get("slug")
        last = self._slugified(slug) if slug else self._slug_of(place.name)
        language = () if place.language == self._default else (place.language,)
        return "/" + "/".join((*language, *place.folders, last))

    def _slug_of(self, name: str) -> str:
        match = _DATED.match(name)
        if match and match["slug"] and not self._slugify.get("paths_keep_dates"):
            name = match["slug"]
        return self._slugified(name)

    def _slugified(self, text: str) -> str:
        if self._mode == "off":
            return text
        return _UNSAFE.sub("", text.rstrip(" .")) if self._mode == "safe" else _on(text)

    def _permalink(self, target: str) -> str:
        """Return the whole address of the page that `@/…` names, empty where there is none."""
        file = self.content_dirs[0] / target.removeprefix("@/")
        if ".." in file.parts or not self.inside(file) or not file.is_file():
            return ""
        try:
            place = self._place(file)
        except SiteError:
            return ""
        if place is None:
            return ""
        if place.name == "_index":
            address = "/" + "".join(f"{folder}/" for folder in place.folders)
        else:
            address = self._address(place, self._values(file))
        return self.url.rstrip("/") + address

    def _values(self, file: Path) -> Mapping[str, Any]:
        """Return the front matter of a page or a section; nothing where there is none to be read."""
        try:
            return self.read(file.read_text("utf-8-sig")).values if file.is_file() else {}
        except (OSError, UnicodeDecodeError):
            return {}

    def _in_draft_section(self, path: Path) -> bool:
        """Return whether a section above is a draft: Zola skips its folder with all that is in it."""
        base = self.content_dirs[0]
        folder = path.parent
        while folder.is_relative_to(base):
            for code in ("", *(f".{other}" for other in self._others)):
                if self._is_draft(folder / f"_index{code}.md"):
                    return True
            folder = folder.parent
        return False

    def _is_draft(self, file: Path) -> bool:
        return self._values(file).get("draft") is True

    def _meets_section(self, place: _Place, values: Mapping[str, Any]) -> bool:
        """Return whether the page of an index.md has the address of a section: not if it has a path of its own."""
        if not place.bundle and not values.get("path"):
            return True  # in the content folder
        parts = self._path(place, values).strip("/").split("/")
        if parts[0] in self._others:
            return self.content_dirs[0].joinpath(*parts[1:], f"_index.{parts[0]}.md").is_file()
        return parts != [""] and self.content_dirs[0].joinpath(*parts, "_index.md").is_file()

    @staticmethod
    def _refusal(values: Mapping[str, Any]) -> str:
        """Return why Zola refuses the front matter, draft or not; empty where it doesn't."""
        for key, types in _TYPES.items():
            value = values.get(key)
            if value is None:
                continue
            if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
                return _("{key} has a value of the wrong type").format(key=key)
            if isinstance(value, list) and not all(isinstance(entry, str) for entry in value):
                return _("The entries of {key} must be text").format(key=key)
        for key in ("slug", "path"):
            if values.get(key) == "":
                return _("{key} can't be empty: remove it").format(key=key)
        if values.get("weight") is not None and values["weight"] < 0:
            return _("{key} has a value of the wrong type").format(key="weight")
        for key in ("date", "updated"):
            if not _is_date(values.get(key)):
                return _("{key} is not a date that Zola reads: write one such as 2024-01-31").format(key=key)
        return ""

    def _taxonomy_refusal(self, language: str, taxonomies: Mapping[str, Any]) -> str:
        for name, terms in taxonomies.items():
            if not isinstance(terms, list) or not all(isinstance(term, str) for term in terms):
                return _("{key} must be a list of texts").format(key=name)
            if not all(term.strip() for term in terms):
                return _("An entry of {key} is empty").format(key=name)
            if name not in self._taxonomies(language):
                return _("The site's configuration has no taxonomy {name}").format(name=name)
        return ""


def find(folder: Path, path: Path | None = None) -> Path | None:
    """Return the configuration file of the Zola site in `folder`, or None; `path` does not matter."""
    if (folder / "zola.toml").is_file():
        return folder / "zola.toml"
    file = folder / "config.toml"
    try:
        start = files.start_of(file, 200_000).decode("utf-8", "replace")
    except OSError:
        return None
    return file if re.search(r"(?m)^\s*base_url\s*=", start) else None


def read(config: Path, limit: Path, is_trusted: Callable[[Path], bool]) -> Zola:
    """Read the site of the configuration file `config`; raises SiteError where it can't be read."""
    root = config.parent
    values = read_data(config)
    problems: list[CopydeskError] = []
    if not (root / "content").is_dir():
        problems.append(SiteError(_("The folder {folder} is missing").format(folder="content"), path=config))
    static = [root / "static", *(root / "themes" / name / "static" for name in texts(values.get("theme")))]
    return Zola(
        root=root,
        trusted=is_trusted(root),
        configuration=(config,),
        problems=tuple(problems),
        content_dirs=(root / "content",),
        static_dirs=tuple(static),
        values=values,
    )


def _on(text: str) -> str:
    """Return the slug of Zola's usual mode, that of the crate `slug`."""
    return re.sub(r"[^a-z0-9]+", "-", ascii_text(text).lower()).strip("-")


def _is_date(value: Any) -> bool:
    if value is None or isinstance(value, date):
        return True
    if isinstance(value, time) or not isinstance(value, str) or not _DATE_TEXT.fullmatch(value):
        return False
    digits = [int(part) for part in re.findall(r"\d+", value)[:3]]
    try:
        date(*digits)
    except ValueError:
        return False
    return True
