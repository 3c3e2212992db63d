"""Pelican's settings, from `pelicanconf.py`: defaults, older names, and what is kept of each.

The rules are those of pelican/settings.py (4.11).
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError, SiteError
from editor.site.files import start_of
from editor.site.generators import python_config
from editor.site.generators.ascii_slugs import tame_pattern
from editor.site.generators.python_values import Unread, read_parts
from editor.translation import gettext as _

SUBSTITUTIONS = ((r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-"))
DEFAULTS: Mapping[str, Any] = {
    "PATH": ".",
    "ARTICLE_PATHS": [""],
    "ARTICLE_EXCLUDES": [],
    "PAGE_PATHS": ["pages"],
    "PAGE_EXCLUDES": [],
    "STATIC_PATHS": ["images"],
    "STATIC_URL": "{path}",
    "STATIC_SAVE_AS": "{path}",
    "STATIC_EXCLUDE_SOURCES": True,
    "READERS": {},
    "IGNORE_FILES": ["**/.*"],
    "PLUGINS": None,
    "SITEURL": "",
    "SITENAME": "A Pelican Blog",
    "AUTHOR": None,
    "TIMEZONE": "UTC",
    "DEFAULT_LANG": "en",
    "USE_FOLDER_AS_CATEGORY": True,
    "DEFAULT_CATEGORY": "misc",
    "CATEGORY_SAVE_AS": "category/{slug}.html",
    "WITH_FUTURE_DATES": True,
    "DEFAULT_METADATA": {},
    "DEFAULT_DATE": None,
    "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
    "PATH_METADATA": "",
    "EXTRA_PATH_METADATA": {},
    "FORMATTED_FIELDS": ["summary"],
    "SLUGIFY_SOURCE": "title",
    "SLUGIFY_USE_UNICODE": False,
    "SLUGIFY_PRESERVE_CASE": False,
    "SLUG_REGEX_SUBSTITUTIONS": SUBSTITUTIONS,
    "INTRASITE_LINK_REGEX": "[{|](?P<what>.*?)[|}]",
    "RELATIVE_URLS": False,
    "INDEX_SAVE_AS": "index.html",
    "CATEGORY_URL": "category/{slug}.html",
    "TAG_URL": "tag/{slug}.html",
    "AUTHOR_URL": "author/{slug}.html",
    "TYPOGRIFY": False,
    "TYPOGRIFY_IGNORE_TAGS": [],
    "TYPOGRIFY_OMIT_FILTERS": [],
    "TYPOGRIFY_DASHES": "default",
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_SAVE_AS": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "ARTICLE_LANG_SAVE_AS": "{slug}-{lang}.html",
    "DRAFT_URL": "drafts/{slug}.html",
    "DRAFT_SAVE_AS": "drafts/{slug}.html",
    "DRAFT_LANG_URL": "drafts/{slug}-{lang}.html",
    "DRAFT_LANG_SAVE_AS": "drafts/{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_SAVE_AS": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
    "PAGE_LANG_SAVE_AS": "pages/{slug}-{lang}.html",
    "DRAFT_PAGE_URL": "drafts/pages/{slug}.html",
    "DRAFT_PAGE_SAVE_AS": "drafts/pages/{slug}.html",
    "DRAFT_PAGE_LANG_URL": "drafts/pages/{slug}-{lang}.html",
    "DRAFT_PAGE_LANG_SAVE_AS": "drafts/pages/{slug}-{lang}.html",
}
_URL_SETTINGS = tuple(name for name in DEFAULTS if name.endswith(("_URL", "_SAVE_AS")))
_OTHERS = (
    "ARTICLE_DIR",
    "PAGE_DIR",
    "CLEAN_URLS",
    "SLUG_SUBSTITUTIONS",
    "CATEGORY_SUBSTITUTIONS",
    "AUTHOR_SUBSTITUTIONS",
    "CATEGORY_REGEX_SUBSTITUTIONS",
    "AUTHOR_REGEX_SUBSTITUTIONS",
    "TAG_REGEX_SUBSTITUTIONS",
    "MARKDOWN",
)
KNOWN = frozenset((*DEFAULTS, *_OTHERS))
_YAML_PLUGINS = ("pelican.plugins.yaml_metadata", "yaml_metadata")

_LISTS = (
    "DEFAULT_METADATA",
    "SLUG_REGEX_SUBSTITUTIONS",
    "IGNORE_FILES",
    "FORMATTED_FIELDS",
    "TYPOGRIFY_IGNORE_TAGS",
    "TYPOGRIFY_OMIT_FILTERS",
)

Substitutions = tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site's settings say; `values` has every setting of DEFAULTS, of its type, and others as read."""

    values: Mapping[str, Any]
    path: Path
    """The content folder, absolute."""
    substitutions: Mapping[str, Substitutions]
    """How slugs are made, by `SLUG`, `CATEGORY`, `TAG` and `AUTHOR`."""
    filename_metadata: re.Pattern[str] | None
    path_metadata: re.Pattern[str] | None
    yaml: bool
    """Whether posts that begin with a YAML block are read as such, by the plugin yaml-metadata."""
    files: tuple[Path, ...]
    problems: tuple[CopydeskError, ...]
    own_url: str
    """The SITEURL of `pelicanconf.py` alone: what a build writes before links where it is not for publishing."""
    unread: Mapping[str, Unread]
    """The settings that are made by code, which was not run."""


def read_settings(config: Path, inside: Path) -> Settings:
    """Read the settings of `config`; raises SiteError where it is no Python."""
    found = python_config.read(config, inside)
    problems: list[CopydeskError] = list(found.problems(KNOWN))
    given = {
        name: value
        for name, value in found.values.items()
        if name.isupper() and not isinstance(value, Unread)
    }
    files = [*found.files]
    own_url = given.get("SITEURL")
    publish = config.with_name("publishconf.py")
    if not given.get("SITEURL") and publish.is_file():
        published = _values_of(publish, inside)
        if isinstance(published.get("SITEURL"), str):
            given["SITEURL"] = published["SITEURL"]
            files.append(publish)
    _modernise(given)
    values = {**DEFAULTS, **given}
    for name, default in DEFAULTS.items():
        if not _fits(name, values[name], default):
            said = _("The setting {name} has a value of the wrong type").format(name=name)
            problems.append(SiteError(said, path=config))
            values[name] = default
    for name, other in (("ARTICLE", "PAGE"), ("PAGE", "ARTICLE")):
        values[name + "_EXCLUDES"] = [*values[name + "_EXCLUDES"], *values[other + "_PATHS"]]
    patterns = {}
    for name in ("FILENAME_METADATA", "PATH_METADATA"):
        patterns[name] = _pattern(name, values[name], config, problems)
    content = Path(values["PATH"]).expanduser()
    return Settings(
        values=values,
        path=Path(os.path.normpath(config.parent / content)),
        substitutions={
            kind: _substitutions(values, kind, config, problems)
            for kind in ("SLUG", "CATEGORY", "TAG", "AUTHOR")
        },
        filename_metadata=patterns["FILENAME_METADATA"],
        path_metadata=patterns["PATH_METADATA"],
        yaml=_has_yaml_plugin(values["PLUGINS"], config.parent),
        files=tuple(dict.fromkeys(files)),
        problems=tuple(problems),
        own_url=own_url if isinstance(own_url, str) else "",
        unread={name: value for name, value in found.values.items() if isinstance(value, Unread)},
    )


def _values_of(file: Path, inside: Path) -> Mapping[str, Any]:
    try:
        return python_config.read(file, inside).values
    except SiteError:
        return {}


def _modernise(given: dict[str, Any]) -> None:
    """Turn settings of older releases into those that took their place, as Pelican does."""
    for kind in ("ARTICLE", "PAGE"):
        if kind + "_DIR" in given:
            given[kind + "_PATHS"] = [given.pop(kind + "_DIR")]
    for kind in ("SLUG", "CATEGORY", "TAG", "AUTHOR"):
        old = given.pop(kind + "_SUBSTITUTIONS", None)
        if isinstance(old, list | tuple):
            given[kind + "_REGEX_SUBSTITUTIONS"] = _from_plain(old)
    if given.get("CLEAN_URLS"):
        given.update({"ARTICLE_URL": "{slug}/", "ARTICLE_LANG_URL": "{slug}-{lang}/"})
        given.update({"PAGE_URL": "pages/{slug}/", "PAGE_LANG_URL": "pages/{slug}-{lang}/"})


def _from_plain(pairs: Sequence[Any]) -> list[tuple[str, str]]:
    """Return SLUG_SUBSTITUTIONS as the patterns that Pelican makes of them."""
    made: list[tuple[str, str]] = []
    replaces = True
    for pair in pairs:
        if isinstance(pair, list | tuple) and len(pair) in (2, 3):
            made.append((re.escape(str(pair[0])), str(pair[1]).replace("\\", r"\\")))
            replaces = replaces and not (len(pair) == 3 and pair[2])
    return [*made, *(SUBSTITUTIONS if replaces else SUBSTITUTIONS[1:3])]


def _fits(name: str, value: Any, default: Any) -> bool:
    if name == "PLUGINS":
        return value is None or isinstance(value, list | tuple)
    if name == "DEFAULT_DATE":
        return value is None or isinstance(value, str | tuple | list)
    if name in ("AUTHOR", "SITEURL", "SITENAME", "DEFAULT_CATEGORY", "TIMEZONE"):
        return value is None or isinstance(value, str)
    if name in ("ARTICLE_PATHS", "PAGE_PATHS", "ARTICLE_EXCLUDES", "PAGE_EXCLUDES", "STATIC_PATHS"):
        return isinstance(value, list | tuple) and all(isinstance(entry, str) for entry in value)
    if name in _URL_SETTINGS:
        return isinstance(value, str | Path) or value in (None, False)
    if name in _LISTS:
        return isinstance(value, list | tuple | dict)
    if isinstance(default, bool):
        return True  # Pelican asks only whether it is true
    if name == "PATH":
        return isinstance(value, str | Path) and "\0" not in str(value)
    return isinstance(value, type(default))


def _pattern(name: str, value: Any, config: Path, problems: list[CopydeskError]) -> re.Pattern[str] | None:
    if not value:
        return None
    pattern = tame_pattern(value)
    if pattern is None:
        said = _("The pattern of {name} is not understood, and was left out").format(name=name)
        problems.append(SiteError(said, path=config))
    return pattern


def _substitutions(
    values: Mapping[str, Any], kind: str, config: Path, problems: list[CopydeskError]
) -> Substitutions:
    name = kind + "_REGEX_SUBSTITUTIONS"
    pairs = values.get(name, values["SLUG_REGEX_SUBSTITUTIONS"])
    made = []
    for pair in pairs if isinstance(pairs, list | tuple) else ():
        if not isinstance(pair, list | tuple) or len(pair) != 2 or next(read_parts(pair), None):
            continue
        pattern = _pattern(name, str(pair[0]), config, problems)
        if pattern is not None:
            made.append((re.compile(pattern.pattern, re.IGNORECASE), str(pair[1])))
    return tuple(made)


def _has_yaml_plugin(plugins: Any, root: Path) -> bool:
    """Return whether the plugin yaml-metadata is active.

    Where PLUGINS is not set, Pelican takes every plugin that is installed in its environment: what tells of
    it then are the site's requirements and its own virtual environment.
    """
    if plugins is not None:
        return any(plugin in _YAML_PLUGINS for plugin in plugins if isinstance(plugin, str))
    for file in (*root.glob("requirements*.txt"), *root.glob("requirements*.in"), root / "pyproject.toml"):
        try:
            start = start_of(file, 100_000)
        except OSError:
            continue
        if re.search(rb"pelican[-_.]yaml[-_.]metadata", start):
            return True
    for name in (".venv", "venv", "env"):
        inner = "lib/python3*/site-packages/pelican/plugins/yaml_metadata"
        if next((root / name).glob(inner), None) is not None:
            return True
    return False
