"""Where Hugo publishes a page: its logical path, permalink patterns, cleaned and lowered paths.

As Hugo's sources common/paths (path.go, pathparser.go), resources/page (page_paths.go, permalinks.go) do it;
https://gohugo.io/configuration/permalinks/ and https://gohugo.io/content-management/urls/.
"""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote_plus

from editor.errors import SiteError
from editor.site.generators import globs
from editor.site.generators.data_files import mappings
from editor.translation import gettext as _

_ALLOWED = "./\\_#+~-@"
_ATTRIBUTE = re.compile(r":\w+(?:\[.+?\])?")
_HEX = "0123456789abcdefABCDEF"
_KINDS = ("page", "home", "section", "taxonomy", "term")
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""What Hugo takes for the date of a page that has none."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a site wants its paths."""

    keep_case: bool = False
    remove_accents: bool = False

    def clean(self, text: str) -> str:
        """Return a path as it is published: spaces as hyphens, most signs gone, in lower case."""
        text = sanitized(text)
        if self.remove_accents:
            plain = unicodedata.normalize("NFD", text)
            text = unicodedata.normalize(
                "NFC", "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
            )
        return text if self.keep_case else text.lower()

    def urlized(self, text: str) -> str:
        """Return a text as a pattern takes it in; Go's net/url drops the mark of an empty fragment."""
        cleaned = self.clean(text)
        return cleaned[:-1] if cleaned.find("#") == len(cleaned) - 1 else cleaned


@dataclass(frozen=True, slots=True)
class ContentPath:
    """A content file's place in Hugo's tree, without language and suffix."""

    folder: str
    """Of the page itself: for a bundle, the folder around its own; no slashes around."""
    name: str
    """The last part; for a bundle, the name of its folder."""
    bundle: bool
    language: str
    """What the file's name says; empty where it doesn't."""
    file_name: str
    """Without suffix and language, as it stands; `index` for a bundle."""

    @property
    def logical(self) -> str:
        """The path by which patterns know the page, such as `/posts/first`."""
        return posixpath.join("/", self.folder, self.name).lower().replace(" ", "-")

    @property
    def section(self) -> str:
        """The first folder, in lower case; empty for what lies in none."""
        return (self.folder.split("/")[0]).lower().replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Page:
    """What a pattern may ask of a page."""

    path: ContentPath
    folder: str
    """That of the path, the names of sections replaced by the slugs that they set (since Hugo 0.168)."""
    title: str
    slug: str
    date: datetime | None
    sections: tuple[str, ...]
    """The folders of its section, those that are sections."""
    section_slugs: Callable[[], Sequence[str]]
    """The slugs or titles of its sections; raises SiteError where they can't be told."""


def parse(relative: str, languages: Sequence[str]) -> ContentPath:
    """Return the place of a content file, `relative` to the content folder, in a site of these languages."""
    folder, file = posixpath.split(relative)
    parts = file.split(".")
    name, language = ".".join(parts[:-1]), ""
    for number in range(len(parts) - 2, 0, -1):
        if parts[number].lower() in languages:
            name, language = ".".join(parts[:number]), parts[number].lower()
            break
    if name.lower() == "index":
        outer, inner = posixpath.split(folder)
        return ContentPath(outer, inner, True, language, name)
    return ContentPath(folder, name, False, language, name)


def sanitized(text: str) -> str:
    """Return `text` without what Hugo allows in no path, a run of spaces as one hyphen."""
    made: list[str] = []
    hyphen_due = was_hyphen = False
    for at, letter in enumerate(text):
        if _is_allowed(text, at, letter):
            was_hyphen = letter == "-"
            if hyphen_due and not was_hyphen:
                made.append("-")
            hyphen_due = False
            made.append(letter)
        elif made and not was_hyphen and letter.isspace():
            hyphen_due = True
    return "".join(made)


def patterns_of(setting: Any) -> list[tuple[str, str]]:
    """Return the permalink patterns for pages, each with the glob of the paths that it is for."""
    found: list[tuple[str, str]] = []
    if isinstance(setting, Mapping):
        for key, value in setting.items():
            if isinstance(value, str):
                found.append((_section_glob(str(key)), value))
            elif key == "page" and isinstance(value, Mapping):
                found += [
                    (_section_glob(str(name)), text) for name, text in value.items() if isinstance(text, str)
                ]
        # Hugo takes any of those that match; the longest says most.
        return sorted(found, key=lambda entry: -len(entry[0]))
    for entry in mappings(setting):
        target = entry.get("target")
        target = target if isinstance(target, Mapping) else {}
        pattern = entry.get("pattern")
        if isinstance(pattern, str) and globs.matches_as_go(str(target.get("kind") or "*").lower(), "page"):
            found.append((str(target.get("path") or "**").lower(), pattern))
    return found


def pattern_for(patterns: Sequence[tuple[str, str]], path: ContentPath) -> str:
    """Return the pattern that holds for a page; empty where none does."""
    return next((text for glob, text in patterns if globs.matches_as_go(glob, path.logical)), "")


def fill(pattern: str, page: Page, style: Style) -> str:
    """Return `pattern` with its `:attributes` filled in; raises SiteError for one that is not known."""

    def replaced(match: re.Match[str]) -> str:
        return _attribute(match.group(0)[1:], page, style, pattern)

    return _ATTRIBUTE.sub(replaced, pattern.replace("\\:", "\0")).replace("\0", ":")


def address(page: Page, pattern: str, url: str, prefix: str, style: Style, *, ugly: bool) -> str:
    """Return the address of a page, quoted, with a leading slash.

    `url` is that of its front matter, `prefix` the language's; raises SiteError as `fill`.
    """
    if url:
        return _own_address(page, url, prefix, style)
    folder, name = page.folder, page.path.name
    if not style.keep_case:
        folder, name = folder.replace(" ", "-"), name.replace(" ", "-")
    base = page.slug or name
    if pattern:
        parts = [posixpath.normpath(unquote_plus(fill(pattern, page, style)))]
    else:
        parts = [folder, base]
    path = posixpath.join("/", *(style.clean(part).strip("/") for part in parts if part))
    is_index = not page.path.bundle and base == "index" and not pattern
    if prefix:
        path = "/" + prefix + path
    if is_index:
        return quoted(posixpath.dirname(path).rstrip("/") + "/")
    if ugly:
        return quoted(path.rstrip("/") + ".html")
    return quoted(path.rstrip("/") + "/")


def quoted(path: str) -> str:
    """Return a path as Go's net/url writes it in an address."""
    return quote(path, safe="/%$&+,:;=@~!*'()", errors="surrogateescape")


def _own_address(page: Page, url: str, prefix: str, style: Style) -> str:
    relative = not url.startswith("/")
    if ".." in url:
        url = posixpath.normpath(posixpath.join("/", url)) + ("/" if url.endswith("/") else "")
    if ":" in url:
        url = unquote_plus(fill(url, page, style)) or url
    path = "/" + "/".join(part for part in url.split("/") if part)
    if relative and prefix and not url.startswith("/" + prefix):
        path = "/" + prefix + path
    if (url.endswith("/") or "." not in url) and not path.endswith("/"):
        path += "/"
    return quoted(path)


def _attribute(name: str, page: Page, style: Style, pattern: str) -> str:
    moment = page.date or _NEVER
    file = page.path.name if page.path.bundle else page.path.file_name
    known: dict[str, Callable[[], str]] = {
        "year": lambda: str(moment.year),
        "month": lambda: f"{moment.month:02}",
        "monthname": lambda: moment.strftime("%B"),
        "day": lambda: f"{moment.day:02}",
        "weekday": lambda: str(moment.isoweekday() % 7),
        "weekdayname": lambda: moment.strftime("%A"),
        "yearday": lambda: str(moment.timetuple().tm_yday),
        "section": lambda: page.path.section,
        "sections": lambda: "/".join(page.sections),
        "sectionslug": lambda: style.urlized(next(iter(page.section_slugs()), "")),
        "sectionslugs": lambda: "/".join(style.urlized(slug) for slug in page.section_slugs()),
        "title": lambda: style.urlized(_one_part(page.title)),
        "slug": lambda: style.urlized(page.slug or _one_part(page.title)),
        "slugorfilename": lambda: style.urlized(page.slug or file),
        "filename": lambda: style.urlized(file),
        "contentbasename": lambda: style.urlized(page.path.name),
        "slugorcontentbasename": lambda: style.urlized(page.slug or page.path.name),
    }
    if name in known:
        return known[name]()
    if name.startswith("sections["):
        return "/".join(_cut(page.sections, name[len("sections") :]))
    if name.startswith("sectionslugs["):
        slugs = [style.urlized(slug) for slug in page.section_slugs()]
        return "/".join(_cut(slugs, name[len("sectionslugs") :]))
    layout = _GO_LAYOUTS.get(name)
    if layout is None:
        raise SiteError(_("{pattern} has a placeholder that is not known").format(pattern=pattern))
    return layout(moment)


def _one_part(title: str) -> str:
    """Return a title as one part of a path: its slashes are hyphens there."""
    return title.replace("/", "-").replace("\\", "-")


_GO_LAYOUTS: Mapping[str, Callable[[datetime], str]] = {
    "2006": lambda moment: f"{moment.year:04}",
    "06": lambda moment: f"{moment.year % 100:02}",
    "01": lambda moment: f"{moment.month:02}",
    "1": lambda moment: str(moment.month),
    "Jan": lambda moment: moment.strftime("%b"),
    "January": lambda moment: moment.strftime("%B"),
    "02": lambda moment: f"{moment.day:02}",
    "2": lambda moment: str(moment.day),
    "002": lambda moment: f"{moment.timetuple().tm_yday:03}",
    "Mon": lambda moment: moment.strftime("%a"),
    "Monday": lambda moment: moment.strftime("%A"),
    "15": lambda moment: f"{moment.hour:02}",
    "03": lambda moment: f"{moment.hour % 12 or 12:02}",
    "04": lambda moment: f"{moment.minute:02}",
    "05": lambda moment: f"{moment.second:02}",
    "20060102": lambda moment: moment.strftime("%Y%m%d"),
    "200601": lambda moment: moment.strftime("%Y%m"),
    "0102": lambda moment: moment.strftime("%m%d"),
}
"""Dates by Go's example date, as far as patterns use them."""


def _cut(entries: Sequence[str], spec: str) -> list[str]:
    """Return the part of a list that `[1]`, `[last]`, `[1:]`, `[:last]` name."""
    spec = spec.strip("[]").strip().lower()

    def number(text: str, otherwise: int) -> int:
        if not text:
            return otherwise
        return len(entries) - 1 if text == "last" else int(text) if text.isdigit() else 0

    if not entries:
        return []
    if ":" in spec:
        low, high = spec.split(":", 1)
        start, end = number(low, 0), min(number(high, len(entries)), len(entries))
        return list(entries[start:end])
    index = number(spec, 0)
    return [entries[index]] if index < len(entries) else []


def _section_glob(section: str) -> str:
    section = section.strip(" /").lower()
    return "/{" + section + "," + section + "/**}" if section else "/*"


def _is_allowed(text: str, at: int, letter: str) -> bool:
    if letter in _ALLOWED or unicodedata.category(letter)[0] in "LM" or unicodedata.category(letter) == "Nd":
        return True
    return letter == "%" and len(text) > at + 2 and text[at + 1] in _HEX and text[at + 2] in _HEX
