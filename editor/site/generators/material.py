"""The blog plugin of Material for MkDocs: which pages are posts, where they are published, what it refuses.

The rules are those of material/plugins/blog (plugin.py, structure/__init__.py, structure/config.py) and were
tried against its builds: https://squidfunk.github.io/mkdocs-material/plugins/blog/.
"""

import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from editor.errors import CopydeskError, SiteError
from editor.post import bounded_yaml
from editor.schema import yaml_words
from editor.site import files
from editor.site.generators import dates
from editor.site.generators.rules import Author
from editor.site.generators.slugs import Slugify, slugify_of
from editor.translation import gettext as _

_DEFAULTS: Mapping[str, Any] = {
    "enabled": True,
    "blog_dir": "blog",
    "post_dir": "{blog}/posts",
    "post_url_date_format": "yyyy/MM/dd",
    "post_url_format": "{date}/{slug}",
    "post_url_max_categories": 1,
    "post_slugify_separator": "-",
    "post_excerpt": "optional",
    "post_excerpt_separator": "<!-- more -->",
    "categories": True,
    "categories_slugify_separator": "-",
    "categories_allowed": [],
    "authors": True,
    "authors_file": "{blog}/.authors.yml",
    "draft": False,
    "draft_if_future_date": False,
}
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(\w*)\}|[{}]")


@dataclass(frozen=True, slots=True)
class Blog:
    """One instance of the blog plugin; all paths in it are relative to docs_dir, with forward slashes."""

    directory: str
    post_dir: str
    options: Mapping[str, Any]
    language: str
    slugify: Slugify
    category_slugify: Slugify
    authors_file: Path | None
    """Absolute; None where there is none, or it must not be read."""
    authors: Mapping[str, Author]

    @property
    def separator(self) -> str:
        """What ends the excerpt."""
        return str(self.options["post_excerpt_separator"])

    def owns(self, src_uri: str) -> bool:
        """Return whether the page is a post of this blog: the plugin compares paths as text."""
        return posixpath.normpath(src_uri).startswith(self.post_dir)

    def slug(self, title: str) -> str:
        """Return the slug that a title makes."""
        return self.slugify(title, self.options["post_slugify_separator"])

    def page_path(self, values: Mapping[str, Any], slug: str, file_name: str) -> str:
        """Return the path of the page that the post is published as if it were a file there, ending in `.md`.

        Raises SiteError where the configured format can't be filled.
        """
        options = self.options
        moment = created(values)
        if moment is None:
            raise SiteError(_("The post has no date"))
        categories = _texts(values.get("categories"))[: options["post_url_max_categories"]]
        separator = options["categories_slugify_separator"]
        try:
            date = dates.format_date(moment, options["post_url_date_format"], self.language)
        except ValueError as error:
            raise SiteError(
                _("The date pattern of the addresses is not understood: {reason}").format(reason=error)
            ) from error
        path = fill(
            options["post_url_format"],
            categories="/".join(self.category_slugify(name, separator) for name in categories),
            date=date,
            file=file_name,
            slug=slug,
        )
        return posixpath.join(self.directory, posixpath.normpath(path.strip("/")) + ".md")

    def excluded(self, values: Mapping[str, Any], now: datetime) -> str:
        """Return `draft` or `scheduled` where the build leaves the post out for that, else an empty text."""
        draft = values.get("draft")
        if self.options["draft"]:
            return ""
        if not isinstance(draft, bool) and self.options["draft_if_future_date"]:
            moment = created(values)
            return "scheduled" if moment is not None and moment > now else ""
        return "draft" if draft else ""

    def refusal(self, values: Mapping[str, Any]) -> str:
        """Return why the plugin refuses the post whether it is a draft or not; empty where it doesn't."""
        return next(_refusals(values), "")

    def refusal_when_built(self, values: Mapping[str, Any], body: str) -> str:
        """Return why the plugin refuses the post when it is built; empty where it doesn't."""
        options = self.options
        allowed = options["categories_allowed"]
        if options["categories"] and allowed:
            for name in _texts(values.get("categories")):
                if name not in allowed:
                    return _("The category “{name}” is not one of those that the site allows").format(
                        name=name
                    )
        if options["authors"]:
            for author in _texts(values.get("authors")):
                if author not in self.authors:
                    return _("The author “{name}” is not in the site's file of authors").format(name=author)
        if options["post_excerpt"] == "required" and self.separator not in body:
            return _("The site wants an excerpt: {separator} is missing").format(separator=self.separator)
        return ""


def created(values: Mapping[str, Any]) -> datetime | None:
    """Return the moment of a post's date, or None where it has none that the plugin takes."""
    date = values.get("date")
    return dates.as_moment(date.get("created") if isinstance(date, Mapping) else date)


def fill(pattern: str, **values: str) -> str:
    """Return `pattern` with its `{names}` filled in, by plain replacement.

    Raises SiteError for a name that is not there, and for anything else that `str.format` would take.
    """

    def replaced(match: re.Match[str]) -> str:
        if match.group(0) in ("{{", "}}"):
            return match.group(0)[0]
        name = match.group(1)
        if not name or name not in values:
            raise SiteError(_("{pattern} has a placeholder that is not known").format(pattern=pattern))
        return values[name]

    return _PLACEHOLDER.sub(replaced, pattern)


def read_blogs(
    plugins: Iterator[tuple[str, Any]],
    docs_dir: Path,
    config: Path,
    language: str,
    readable: Callable[[Path], bool],
) -> tuple[tuple[Blog, ...], list[CopydeskError]]:
    """Return the blogs of a configuration, in its order, and what could not be understood.

    `plugins` are pairs of a plugin's full name and its options; only files that `readable` allows are read.
    """
    blogs: list[Blog] = []
    problems: list[CopydeskError] = []
    for name, options in plugins:
        if name != "material/blog":
            continue
        checked = _checked(options, config, problems)
        if checked["enabled"]:
            try:
                blogs.append(_blog(checked, docs_dir, config, language, readable, problems))
            except SiteError as error:
                problems.append(SiteError(error.message, path=config))
    return tuple(blogs), problems


def _checked(options: Any, config: Path, problems: list[CopydeskError]) -> dict[str, Any]:
    """Return the options with defaults; one of another type than its default is reported, and it holds."""
    given = options if isinstance(options, Mapping) else {}
    checked = dict(_DEFAULTS)
    for key, default in _DEFAULTS.items():
        value = given.get(key)
        if value is None:
            continue
        if isinstance(value, type(default)):
            checked[key] = value
        else:
            problems.append(
                SiteError(
                    _("The blog's setting {name} has a value of the wrong type").format(name=key), path=config
                )
            )
    for key in ("post_slugify", "categories_slugify"):
        checked[key] = given.get(key)
    return checked


def _blog(
    options: dict[str, Any],
    docs_dir: Path,
    config: Path,
    language: str,
    readable: Callable[[Path], bool],
    problems: list[CopydeskError],
) -> Blog:
    directory = posixpath.normpath(options["blog_dir"])
    slugifies: list[Slugify] = []
    for key in ("post_slugify", "categories_slugify"):
        slugify = slugify_of(options[key])
        if slugify is None:
            problems.append(
                SiteError(
                    _("{name} is a function that is not known here: slugs may differ").format(name=key),
                    path=config,
                )
            )
            slugify = slugify_of(None)
        assert slugify is not None
        slugifies.append(slugify)
    file: Path | None = None
    authors: dict[str, Author] = {}
    if options["authors"]:
        file = Path(os.path.normpath(docs_dir / fill(options["authors_file"], blog=directory)))
        if not file.is_file() or not readable(file):
            file = None
    if file is not None:
        authors = read_authors(file, problems)
    return Blog(
        directory=directory,
        post_dir=posixpath.normpath(fill(options["post_dir"], blog=directory)),
        options=options,
        language=language,
        slugify=slugifies[0],
        category_slugify=slugifies[1],
        authors_file=file,
        authors=authors,
    )


def read_authors(file: Path, problems: list[CopydeskError]) -> dict[str, Author]:
    """Return the authors that the file lists, by id; what is wrong with it is added to `problems`."""
    listed = read_yaml(file, problems)
    authors: dict[str, Author] = {}
    entries = listed.get("authors") or {}
    if not isinstance(entries, Mapping):
        problems.append(SiteError(_("`authors` must list the authors by their ids"), path=file))
        return authors
    for key, entry in entries.items():
        texts = (
            [entry.get(name) for name in ("name", "description", "avatar")]
            if isinstance(entry, Mapping)
            else []
        )
        if not texts or not all(isinstance(text, str) for text in texts):
            problems.append(
                SiteError(
                    _("The author {name} needs a name, a description and an avatar").format(name=key),
                    path=file,
                )
            )
        shown = [text if isinstance(text, str) else "" for text in texts] or ["", "", ""]
        authors[str(key)] = Author(shown[0] or str(key), shown[1], shown[2])
    return authors


def read_yaml(file: Path, problems: list[CopydeskError]) -> dict[Any, Any]:
    """Return the mapping in a small YAML file; anything else is added to `problems` and read as empty."""
    try:
        values = bounded_yaml.load(files.text_of(file), yaml.SafeLoader)
    except OSError as error:
        problems.append(
            SiteError(_("The file can't be read: {reason}").format(reason=error.strerror), path=file)
        )
        return {}
    except UnicodeDecodeError:
        problems.append(SiteError(_("The file is not UTF-8 text"), path=file))
        return {}
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError, KeyError) as error:
        mark = getattr(error, "problem_mark", None)
        problems.append(
            SiteError(
                _("This is not valid YAML: {reason}").format(reason=yaml_words.reason(error)),
                path=file,
                line=mark.line + 1 if mark else None,
                column=mark.column + 1 if mark else None,
            )
        )
        return {}
    if values is None:
        return {}
    if not isinstance(values, dict):
        problems.append(SiteError(_("The file must hold `name: value` lines"), path=file))
        return {}
    return values


def _refusals(values: Mapping[str, Any]) -> Iterator[str]:
    date = values.get("date")
    if date is None:
        yield _("The post needs a date")
    elif isinstance(date, Mapping) and date.get("created") is None:
        yield _("The date needs the day of creation, as `created`")
    else:
        for value in date.values() if isinstance(date, Mapping) else [date]:
            if dates.as_moment(value) is None:
                yield _(
                    "The date {date} is not read as one: write it without quotes, and a time with its seconds"
                ).format(date=value)
    for key in ("categories", "authors"):
        listed = values.get(key, [])
        if not isinstance(listed, list):  # nor may it be empty: the plugin fails on `categories:` alone
            yield _("{name} must be a list").format(name=key)
        elif not all(isinstance(entry, str) for entry in listed):
            yield _("The entries of {name} must be text: put quotes around the others").format(name=key)
    for key in ("draft", "pin"):
        if not isinstance(values.get(key), bool | None):
            yield _("{name} must be true or false, without quotes").format(name=key)
    if not isinstance(values.get("readtime"), int | None):
        yield _("readtime must be a whole number, without quotes")
    slug = values.get("slug")
    if not isinstance(slug, str | None):
        yield _("slug must be text: put quotes around it")
    if "title" in values and not isinstance(values["title"], str) and not slug:
        yield _("title must be text: put quotes around it")
    if not isinstance(values.get("links"), list | dict | str | None):
        yield _("links must be a list")
    hide = values.get("hide", [])
    if not isinstance(hide, list) and not (isinstance(hide, str) and "navigation" in hide):
        yield _("hide must be a list")


def _texts(value: Any) -> list[str]:
    """Return the texts of a list, each once."""
    return (
        list(dict.fromkeys(entry for entry in value if isinstance(entry, str)))
        if isinstance(value, list)
        else []
    )
