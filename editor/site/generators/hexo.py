"""Hexo: its posts, their addresses, and what the next build makes of them.

Rules are those of Hexo 8 (plugins/processor/post.js, plugins/filter/post_permalink.js) and of its packages
hexo-util (permalink.js, slugize.js) and hexo-front-matter; https://hexo.io/docs/permalinks.
"""

# ruff: noqa: ARG001, ARG002  The arguments are the interface's.

import hashlib
import json
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from editor.errors import CopydeskError, SiteError
from editor.render.protocol import Dialect
from editor.schema import yaml_words
from editor.schema.content_type import ContentType
from editor.site import files
from editor.site.generators import globs, hexo_addresses, hexo_dialect, hexo_fields, text_dates
from editor.site.generators.content_site import ContentSite, existing
from editor.site.generators.data_files import read_data, texts
from editor.site.generators.published import Published
from editor.site.generators.rules import Publication, Source
from editor.site.generators.yaml_values import load_yaml
from editor.translation import gettext as _

SUFFIXES = (".md", ".markdown", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext")
_FENCED = re.compile(r"(-{3,}|;{3,})\n([\s\S]+?)\n\1\n?([\s\S]*)")
_OPEN = re.compile(r"([\s\S]+?)\n(-{3,}|;{3,})\n?([\s\S]*)")
_PLACEHOLDER = re.compile(r":(\w*[^_\W])", re.ASCII)
_SEGMENTS = {
    "year": r"\d{4}",
    "month": r"\d{2}",
    "day": r"\d{2}",
    "i_month": r"\d{1,2}",
    "i_day": r"\d{1,2}",
    "hash": r"[0-9a-f]{12}",
}
_SPECIAL = re.compile(r"""[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:"'<>,.?/]+""")
_LETTERS = str.maketrans(
    {
        "ß": "s",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ł": "l",
        "Ł": "L",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
    }
)
_DATE = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?"
)
_SETTINGS = re.compile(
    r"(?m)^(new_post_name|source_dir|post_asset_folder|default_layout|public_dir|titlecase|filename_case|render_drafts"
    r"|skip_render|tag_map|category_map|i18n_dir|meta_generator|index_generator)\s*:"
)
_COMMON_SETTINGS = re.compile(
    r"(?m)^(subtitle|language|theme|deploy|per_page|pagination_dir|archive_dir|category_dir|tag_dir|code_dir|date_format"
    r"|time_format|external_link|relative_link|highlight|prismjs|permalink|default_category)\s*:"
)
"""Settings of Hexo that others have, too."""
_OF_JEKYLL = re.compile(r"(?m)^(source|destination|remote_theme|collections|gems)\s*:")
"""Settings of Jekyll; Octopress, which is Jekyll, keeps its posts where Hexo does and has some of Hexo's settings."""
_FILES_OF_JEKYLL = ("Gemfile", "Rakefile", "_posts", "_layouts", "_includes")


@dataclass(frozen=True)
class Hexo(ContentSite):
    """The rules of one Hexo site (see `rules.Rules`)."""

    values: Mapping[str, Any]
    source_dir: Path

    generator = "hexo"

    @property
    def body_rule(self) -> str:
        """Hexo's own: YAML without an opening fence counts."""
        return "hexo"

    @cached_property
    def dialect(self) -> Dialect:
        """The dialect of marked, between the steps of Hexo itself, as the configuration sets them up."""
        return hexo_dialect.dialect(self.values, self.root)

    @property
    def name(self) -> str:
        """The site's title."""
        title = self.values.get("title")
        return title if isinstance(title, str) and title else self.root.name

    @property
    def url(self) -> str:
        """The `url`."""
        found = self.values.get("url")
        return found if isinstance(found, str) else ""

    def content_type(self, path: Path | None) -> ContentType:
        """Return Hexo's own fields."""
        return hexo_fields.post_type()

    def is_post(self, path: Path) -> bool:
        """Return whether `path` is a post or a draft: nothing in its path is hidden, and it is rendered."""
        found = self.relative(path)
        if found is None or not path.name.endswith(SUFFIXES):
            return False
        if re.search(r"(?:^|/)[_.]", found[1]):
            return False
        if self._assets and path.suffix != (posixpath.splitext(self._new_name)[1] or ".md"):
            return False
        inner = files.relative(path, self.source_dir)
        return not any(globs.matches(pattern, inner) for pattern in texts(self.values.get("skip_render")))

    def read(self, text: str) -> Source:
        """Take a post apart as hexo-front-matter does: the opening fence may be missing, `;;;` is JSON."""
        return read_source(text)

    def beside(self, name: str, path: Path) -> Iterator[Path]:
        """Yield the files of the post's own asset folder."""
        if self._assets:
            yield path.with_suffix("") / name
            yield path.with_suffix("") / posixpath.basename(name)

    def published_at(self, names: list[str]) -> Iterator[Path]:
        """Yield what lies in the source folder at those paths; below `root` as well."""
        root = str(self.values.get("root") or "/").strip("/")
        for name in names:
            yield self.source_dir / name
            if root and name.startswith(root + "/"):
                yield self.source_dir / name[len(root) + 1 :]

    def published(self) -> Published:
        """See `Rules.published`."""
        return hexo_addresses.published(self)

    def derived_slug(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the last part of what the file's name gives as slug."""
        return posixpath.basename(self._of_name(path)["title"])

    def slug(self, title: str) -> str:
        """Return the title as `hexo new` writes it in a file's name."""
        return slugized(title, self.values.get("filename_case"))

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """See `Rules.publication`: drafts and `published: false` are left out."""
        if not self.is_post(path):
            return Publication("hidden", False, "")
        if source.problem:
            return Publication("invalid", False, "", source.problem)
        values = source.values
        is_draft = path.is_relative_to(self.source_dir / "_drafts")
        moment = self._date(path, values)
        url = self._address(path, values, moment)
        shown = bool(self.values.get("render_drafts"))
        if is_draft or not _is_published(values.get("published", True)):
            return Publication("draft" if is_draft else "hidden", shown, url)
        if self.values.get("future") is False and moment is not None and moment > now:
            return Publication("scheduled", False, url)
        return Publication("published", True, url)

    @property
    def _assets(self) -> bool:
        return bool(self.values.get("post_asset_folder"))

    @property
    def _new_name(self) -> str:
        return str(self.values.get("new_post_name") or ":title.md")

    @cached_property
    def _name_pattern(self) -> re.Pattern[str]:
        """The regular expression of a file's path, without its suffix."""
        rule = posixpath.splitext(self._new_name)[0]
        made, end, seen = "", 0, set()
        for match in _PLACEHOLDER.finditer(rule):
            made += re.escape(rule[end : match.start()])
            name = match[1]
            pattern = _SEGMENTS.get(name, ".+?")
            made += f"({pattern})" if name in seen or not name.isidentifier() else f"(?P<{name}>{pattern})"
            seen.add(name)
            end = match.end()
        return re.compile(made + re.escape(rule[end:]))

    def _of_name(self, path: Path) -> dict[str, str]:
        """Return what a post's path says by `new_post_name`; `title` is always there."""
        found = self.relative(path)
        inner = posixpath.splitext(found[1] if found else path.name)[0]
        match = self._name_pattern.fullmatch(inner)
        parts = match.groupdict() if match else {}
        return {**parts, "title": parts.get("title") or slugized(inner)}

    def shown_day(self, value: Any) -> tuple[date, str] | None:
        """See `Rules.shown_day`: of a moment with a zone, Hexo takes the day and time at UTC."""
        wall = _wall_time(value) if isinstance(value, datetime) and value.tzinfo else None
        return (wall.date(), "UTC") if wall is not None else None

    def _date(self, path: Path, values: Mapping[str, Any]) -> datetime | None:
        """Return the moment of a post, in the zone of this machine: without a date, when its file was made.

        None where that is not known, or the date is none that is understood.
        """
        wall = _wall_time(values.get("date")) if values.get("date") else None
        if wall is None and not values.get("date"):
            parts = self._of_name(path)
            month, day = parts.get("month") or parts.get("i_month"), parts.get("day") or parts.get("i_day")
            if parts.get("year") and month and day:
                wall = _wall_time(f"{parts['year']}-{month}-{day}")
        if wall is None:
            made = None if values.get("date") else files.made_at(path)
            return made.astimezone() if made else None
        return text_dates.in_zone(wall.replace(tzinfo=self._zone) if self._zone else wall)

    @cached_property
    def _zone(self) -> ZoneInfo | None:
        name = self.values.get("timezone")
        try:
            return ZoneInfo(name) if isinstance(name, str) and name else None
        except (OSError, ValueError, KeyError):
            return None

    def _address(self, path: Path, values: Mapping[str, Any], moment: datetime | None) -> str:
        """Return the address; empty where it is made of what only Hexo's database or the file's times know."""
        own = values.get("permalink")
        if own:
            link = str(own)
            if self._assets and not link.endswith(("/", ".html")):
                link += "/"
            return _url(link)
        rule = str(self.values.get("permalink") or ":year/:month/:day/:title/")
        parts = self._permalink_parts(path, values, moment)
        unknown = False

        def replaced(match: re.Match[str]) -> str:
            nonlocal unknown
            value = parts.get(match[1])
            if value is None or isinstance(value, Mapping | list):
                unknown = unknown or match[1] in _MADE or value is not None
                return "undefined"
            return str(value)

        link = _PLACEHOLDER.sub(replaced, rule)
        if unknown:
            return ""
        if self._assets and not link.endswith(("/", ".html")):
            link += "/"
        return _url(link)

    def _permalink_parts(
        self, path: Path, values: Mapping[str, Any], moment: datetime | None
    ) -> Mapping[str, Any]:
        named = self._of_name(path)
        slug = named["title"]
        title = values.get("title")
        parts: dict[str, Any] = {
            "title": slug,
            "name": posixpath.basename(slug),
            "post_title": slugized("" if title is None else str(title), 1),
            "category": self._category(values),
        }
        if values.get("id") is not None:
            parts["id"] = values["id"]
        if moment is not None:
            seconds = int(moment.timestamp())
            parts |= {
                "year": moment.strftime("%Y"),
                "month": moment.strftime("%m"),
                "day": moment.strftime("%d"),
                "hour": moment.strftime("%H"),
                "minute": moment.strftime("%M"),
                "second": moment.strftime("%S"),
                "i_month": moment.month,
                "i_day": moment.day,
                "timestamp": seconds,
                "hash": hashlib.sha1(f"{slug}{seconds}".encode(), usedforsecurity=False).hexdigest()[:12],
            }
        defaults = self.values.get("permalink_defaults")
        others = {**(defaults if isinstance(defaults, Mapping) else {}), **values}
        others |= {key: value for key, value in named.items() if key not in _MADE}
        return {**others, **parts} if moment is not None else {**_without(others), **parts}

    def _category(self, values: Mapping[str, Any]) -> str:
        listed = values.get("categories") or values.get("category")
        if isinstance(listed, list) and any(isinstance(entry, list) for entry in listed):
            listed = listed[-1]
        names = [str(name) for name in (listed if isinstance(listed, list) else [listed]) if name]
        if not names:
            return str(self.values.get("default_category") or "uncategorized")
        renamed = self.values.get("category_map")
        renamed = renamed if isinstance(renamed, Mapping) else {}
        case = self.values.get("filename_case")
        return "/".join(slugized(str(renamed.get(name) or name), case) for name in names)


_MADE = (
    *("id", "title", "name", "post_title", "category", "timestamp", "hash"),
    *("year", "month", "day", "hour", "minute", "second", "i_month", "i_day"),
)
"""The placeholders that Hexo fills itself."""


def find(folder: Path, path: Path | None = None) -> Path | None:
    """Return the configuration file of the Hexo site in `folder`, or None; `path` does not matter.

    Jekyll's has the same name: it is Hexo's where Hexo is a dependency, or where it has settings of Hexo and none of
    Jekyll. A site without its package.json may have few settings: then Hexo's folder of posts decides.
    """
    for name in ("_config.yml", "_config.yaml", "_config.json"):
        file = folder / name
        if file.is_file():
            if re.search(r'"hexo"\s*:', _start(folder / "package.json")):
                return file
            settings = _start(file)
            if _OF_JEKYLL.search(settings):
                return None
            return file if _SETTINGS.search(settings) or _looks_like_hexo(folder, settings) else None
    return None


def _looks_like_hexo(folder: Path, settings: str) -> bool:
    """Return whether posts lie where Hexo has them, and nothing in the folder is Jekyll's."""
    return (
        bool(_COMMON_SETTINGS.search(settings))
        and (folder / "source/_posts").is_dir()
        and not any((folder / name).exists() for name in _FILES_OF_JEKYLL)
    )


def read(config: Path, limit: Path, is_trusted: Callable[[Path], bool]) -> Hexo:
    """Read the site of the configuration file `config`; raises SiteError where it can't be read."""
    root = config.parent
    values = read_data(config)
    name = values.get("source_dir")
    problems: list[CopydeskError] = []
    inside = existing(
        root, [name if isinstance(name, str) else "source"], lambda path: path.is_relative_to(root)
    )
    if not inside:
        said = _("The folder {folder} lies outside the site, and is not read").format(folder=name)
        problems.append(SiteError(said, path=config))
    source = (inside or (root / "source",))[0]
    return Hexo(
        root=root,
        trusted=is_trusted(root),
        configuration=(config,),
        problems=tuple(problems),
        content_dirs=(source / "_posts", source / "_drafts"),
        static_dirs=(source,),
        values=values,
        source_dir=source,
    )


def read_source(text: str) -> Source:
    """Take a post apart as hexo-front-matter does."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    header = body = ""
    match = _FENCED.match(text)
    if match:
        fence, header, body = match[1], match[2], match[3]
    elif not text.startswith(("---", ";;;")) and (match := _OPEN.match(text)):
        header, fence, body = match[1], match[2], match[3]
    else:
        return Source({}, text)
    try:
        if fence.startswith(";"):
            values = json.loads("{" + header + "}")
        else:
            values = load_yaml(
                re.sub(r"\n(\t+)", lambda tabs: "\n" + "  " * len(tabs[1]), header), dates=True
            )
    except json.JSONDecodeError:
        return Source({}, text)  # Hexo takes all of it for the body
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        reason = yaml_words.reason(error)
        said = _("The front matter is not valid YAML: {reason}").format(reason=reason)
        return Source({}, body, header, said)
    return Source({}, text) if values is None else Source(values, body.lstrip("\n"), header)


def slugized(text: str, case: Any = 0) -> str:
    """Return a text as hexo-util's slugize: marks taken off letters, signs as hyphens; `case` 1: lower."""
    plain = unicodedata.normalize("NFD", text.translate(_LETTERS))
    plain = "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")
    plain = re.sub(r"[\x00-\x1f]", "", unicodedata.normalize("NFC", plain))
    slug = re.sub(r"-{2,}", "-", _SPECIAL.sub("-", plain)).strip("-")
    return slug.lower() if case == 1 else slug.upper() if case == 2 else slug


def _without(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in _MADE}


def _wall_time(value: Any) -> datetime | None:
    """Return the date and time that Hexo takes from a value: what stands there, at UTC where it has a zone."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, date):
        return datetime.combine(value, time())
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    if not match[7]:
        return moment
    zone = datetime.strptime(match[7].replace("Z", "+0000").replace(":", ""), "%z").tzinfo
    return text_dates.in_zone(moment.replace(tzinfo=zone)).replace(tzinfo=None)


def _is_published(value: Any) -> bool:
    return bool(value) and value not in ("false", "0")


def _url(link: str) -> str:
    path = re.sub(r"\?.*$", "", link.replace("\\", "/")).lstrip("/")
    if path.endswith("/index.html") or path == "index.html":
        path = path[: -len("index.html")]
    return "/" + files.quoted(path)


def _start(file: Path) -> str:
    try:
        return files.start_of(file, 200_000).decode("utf-8", "replace")
    except OSError:
        return ""
