"""Nikola's settings, from `conf.py`: defaults, and what is kept of each (nikola/nikola.py, 8.3)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError, SiteError
from editor.site.generators import python_config
from editor.site.generators.ascii_slugs import tame_pattern
from editor.site.generators.python_values import Unread
from editor.translation import gettext as _

DEFAULTS: Mapping[str, Any] = {
    "BLOG_TITLE": "Default Title",
    "BLOG_AUTHOR": "Default Author",
    "SITE_URL": "https://example.com/",
    "DEFAULT_LANG": "en",
    "TRANSLATIONS": None,
    "TRANSLATIONS_PATTERN": "{path}.{lang}.{ext}",
    "POSTS": (("posts/*.txt", "posts", "post.tmpl"),),
    "PAGES": (("pages/*.txt", "pages", "page.tmpl"),),
    "COMPILERS": {"markdown": (".md", ".mdown", ".markdown")},
    "MARKDOWN_EXTENSIONS": ["fenced_code", "codehilite", "extra"],
    "TIMEZONE": "UTC",
    "PRETTY_URLS": True,
    "STRIP_INDEXES": True,
    "INDEX_FILE": "index.html",
    "SHOW_UNTRANSLATED_POSTS": True,
    "FUTURE_IS_NOW": False,
    "DEPLOY_DRAFTS": True,
    "DEPLOY_FUTURE": False,
    "USE_TAG_METADATA": True,
    "USE_SLUGIFY": True,
    "METADATA_FORMAT": "nikola",
    "METADATA_MAPPING": {},
    "FILE_METADATA_REGEXP": None,
    "FILE_METADATA_UNSLUGIFY_TITLES": True,
    "NEW_POST_DATE_PATH": False,
    "NEW_POST_DATE_PATH_FORMAT": "%Y/%m/%d",
    "CATEGORY_DESTPATH_AS_DEFAULT": False,
    "MARKDOWN_EXTENSION_CONFIGS": {},
    "DEMOTE_HEADERS": 1,
    "INDEX_TEASERS": False,
    "FEED_TEASERS": True,
    "HYPHENATE": False,
    "FILTERS": {},
    "URL_TYPE": "rel_path",
    "FILES_FOLDERS": {"files": ""},
    "IMAGE_FOLDERS": {"images": ""},
}
_TEXTS = ("BLOG_TITLE", "BLOG_AUTHOR")
"""Settings that may be a map by language."""


@dataclass(frozen=True, slots=True)
class Collection:
    """One line of POSTS or PAGES."""

    folder: str
    """Where its sources are, relative to the site."""
    pattern: str
    """What their names look like, as a glob."""
    destinations: Mapping[str, str]
    """Where they are published, by language."""
    post: bool
    """Whether it is of POSTS."""


@dataclass(frozen=True, slots=True)
class NikolaSettings:
    """What a site's settings say; `values` has every setting of DEFAULTS, of its type."""

    values: Mapping[str, Any]
    translations: Mapping[str, str]
    """The folder of each language."""
    collections: tuple[Collection, ...]
    """POSTS, then PAGES: the first that matches has a file."""
    file_metadata: re.Pattern[str] | None
    files: tuple[Path, ...]
    problems: tuple[CopydeskError, ...]
    unread: Mapping[str, Unread]
    """The settings that are made by code, which was not run."""
    others: Mapping[str, Any] = field(default_factory=dict)
    """Further settings, as far as they can be read, of whatever type."""

    @property
    def default_lang(self) -> str:
        """The language of posts that name none."""
        return str(self.values["DEFAULT_LANG"])

    def text(self, name: str) -> str:
        """Return a setting that may differ by language, in the default one."""
        value = self.values[name]
        if isinstance(value, Mapping):
            value = value.get(self.default_lang, next(iter(value.values()), ""))
        return value if isinstance(value, str) else ""


def read_settings(config: Path, inside: Path) -> NikolaSettings:
    """Read the settings of `config`; raises SiteError where it is no Python."""
    found = python_config.read(config, inside)
    problems: list[CopydeskError] = list(found.problems(frozenset(DEFAULTS)))
    values = {**DEFAULTS}
    for name, default in DEFAULTS.items():
        value = found.values.get(name, default)
        if isinstance(value, Unread):
            continue  # named above
        if _fits(name, value, default):
            values[name] = value
        else:
            said = _("The setting {name} has a value of the wrong type").format(name=name)
            problems.append(SiteError(said, path=config))
    language = values["DEFAULT_LANG"]
    translations = values["TRANSLATIONS"] or {language: ""}
    folders = {str(key): folder.strip("/") for key, folder in translations.items() if isinstance(folder, str)}
    pattern = None
    if values["FILE_METADATA_REGEXP"]:
        pattern = tame_pattern(values["FILE_METADATA_REGEXP"])
        if pattern is None:
            said = _("The pattern of {name} is not understood, and was left out")
            problems.append(SiteError(said.format(name="FILE_METADATA_REGEXP"), path=config))
    collections = []
    for name in ("POSTS", "PAGES"):
        for entry in values[name]:
            collection = _collection(entry, tuple(folders), post=name == "POSTS", language=language)
            if collection is None:
                said = _("An entry of {name} is not understood: {entry}").format(name=name, entry=entry)
                problems.append(SiteError(said, path=config))
            else:
                collections.append(collection)
    unread = {name: value for name, value in found.values.items() if isinstance(value, Unread)}
    others = {
        name: value
        for name, value in found.values.items()
        if name.isupper() and name not in DEFAULTS and not isinstance(value, Unread)
    }
    return NikolaSettings(
        values, folders, tuple(collections), pattern, found.files, tuple(problems), unread, others
    )


def _collection(entry: Any, languages: tuple[str, ...], *, post: bool, language: str) -> Collection | None:
    if not isinstance(entry, list | tuple) or len(entry) < 2 or not isinstance(entry[0], str):
        return None
    folder, _slash, pattern = entry[0].rpartition("/")
    given = entry[1]
    if isinstance(given, str):
        destinations = dict.fromkeys(languages, given)
    elif isinstance(given, Mapping) and all(isinstance(text, str) for text in given.values()):
        default = given.get(language, next(iter(given.values()), ""))
        destinations = {name: given.get(name, default) for name in languages}
    else:
        return None
    return Collection(folder, pattern, {key: text.lstrip("/") for key, text in destinations.items()}, post)


def _fits(name: str, value: Any, default: Any) -> bool:
    if name in ("POSTS", "PAGES", "MARKDOWN_EXTENSIONS"):
        return isinstance(value, list | tuple)
    if name == "TRANSLATIONS":
        return value is None or isinstance(value, dict)
    if name == "FILE_METADATA_REGEXP":
        return value is None or isinstance(value, str)
    if name in _TEXTS:
        return isinstance(value, str | dict)
    if name == "DEMOTE_HEADERS":
        return isinstance(value, int)
    if isinstance(default, bool):
        return True  # Nikola asks only whether it is true
    return isinstance(value, type(default))
