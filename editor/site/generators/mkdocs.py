"""MkDocs, with or without Material's blog: its pages, their addresses, and what a link in them means.

Rules are those of mkdocs 1.6 (structure/files.py, structure/pages.py, utils/meta.py) and of Material's
plugins `meta` and `tags`.
"""

import os
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import pathspec

from editor.errors import CopydeskError, SiteError
from editor.render.protocol import Dialect
from editor.schema.content_type import ContentType
from editor.site import files
from editor.site.generators import material, material_fields, mkdocs_addresses
from editor.site.generators.mkdocs_config import plugins_of, theme_name
from editor.site.generators.mkdocs_front_matter import merge_typesafe, read_source
from editor.site.generators.published import Published
from editor.site.generators.rules import Author, Publication, Source
from editor.site.generators.slugs import plain_slug
from editor.site.generators.titles import clean_title, first_heading
from editor.translation import gettext as _

SUFFIXES = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")
_ALWAYS_EXCLUDED = (".*", "/templates/")


@dataclass(frozen=True)
class MkDocs:
    """The rules of one MkDocs site (see `rules.Rules`)."""

    root: Path
    trusted: bool
    values: Mapping[str, Any]
    """The merged configuration."""
    blogs: tuple[material.Blog, ...]
    handed_down: tuple[tuple[str, Mapping[str, Any]], ...]
    """What the meta plugin's files say, by the folder (relative to docs_dir), in the order of the walk."""
    configuration: tuple[Path, ...]
    problems: tuple[CopydeskError, ...]
    dialect: Dialect

    front_matter = "yaml"
    new_post_name = "{slug}.md"

    @property
    def generator(self) -> str:
        """`mkdocs-material` with that theme or its blog, else `mkdocs`."""
        return "mkdocs-material" if self.blogs or theme_name(self.values) == "material" else "mkdocs"

    @property
    def name(self) -> str:
        """The `site_name`."""
        return _text(self.values.get("site_name")) or self.root.name

    @property
    def url(self) -> str:
        """The `site_url`."""
        return _text(self.values.get("site_url"))

    @cached_property
    def docs_dir(self) -> Path:
        """The folder of all pages, absolute."""
        return Path(self.values["docs_dir"])

    @property
    def content_dirs(self) -> tuple[Path, ...]:
        """The folders of the blogs' posts, or `docs_dir` where there is no blog."""
        return tuple(dict.fromkeys(self.docs_dir / blog.post_dir for blog in self.blogs)) or (self.docs_dir,)

    @property
    def static_dirs(self) -> tuple[Path, ...]:
        """`docs_dir`: whatever lies in it is published at the same path."""
        return (self.docs_dir,)

    def content_type(self, path: Path | None) -> ContentType:
        """Return the fields of a post of its blog, or of a page."""
        checked = "material/tags" in dict(self._plugins)
        if not self.blogs or (path is not None and self._blog(self.src_uri(path)) is None):
            return material_fields.page_type(tags_checked=checked)
        blog = self._blog_or_first(path)
        allowed = tuple(name for name in blog.options["categories_allowed"] if isinstance(name, str))
        return material_fields.post_type(allowed, tuple(blog.authors), tags_checked=checked)

    def post_paths(self) -> list[Path]:
        """Return the posts of all blogs, or all pages where there is no blog."""
        return [path for path in files.walk(self.docs_dir, self.inside) if self.is_post(path)]

    def is_post(self, path: Path) -> bool:
        """Return whether `path` is a post of a blog, or a page where there is no blog."""
        if not path.name.endswith(SUFFIXES):
            return False
        src_uri = self.src_uri(path)
        if src_uri is None or any(part.startswith(".") for part in PurePosixPath(src_uri).parts):
            return False
        return not self.blogs or self._blog(src_uri) is not None

    def read(self, text: str) -> Source:
        """Take a page apart as mkdocs does; a post of a blog is refused by `publication`, not here."""
        return read_source(text)

    def shown_day(self, _value: Any) -> tuple[date, str] | None:
        """Return None: a date is shown as it stands."""
        return None

    def inherited(self, path: Path) -> dict[str, Any]:
        """Return what the meta plugin's files hand down to `path`; raises SiteError where they contradict."""
        src_uri = self.src_uri(path) or ""
        values: dict[str, Any] = {}
        for folder, defaults in self.handed_down:
            if src_uri.startswith(folder):
                values = merge_typesafe(values, defaults)
        return values

    def merged(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """See `Rules.merged`: lists are joined, maps merged, a value of another type is refused."""
        try:
            return merge_typesafe(self.inherited(path), values)
        except RecursionError as error:
            raise SiteError(_("The front matter contains itself")) from error

    def authors(self, path: Path | None) -> dict[str, Author]:
        """Return the authors of the post's blog; of the first one for any other path."""
        return dict(self._blog_or_first(path).authors) if self.blogs else {}

    def facts(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """See `Rules.facts`."""
        src_uri = self.src_uri(path) or ""
        blog = self._blog(src_uri)
        try:
            merged = self.merged(path, values)
        except SiteError:
            merged = dict(values)
        title = merged.get("title")
        return {
            "docs_dir": files.relative(self.docs_dir, self.root),
            "src_uri": src_uri,
            "blog": {"post": blog is not None, "separator": blog.separator if blog else "<!-- more -->"},
            "title": None if title is None else str(title),
            "meta": files.as_json(merged),
        }

    def linked(self, path: Path, values: Mapping[str, Any], text: str) -> dict[str, Any]:  # noqa: ARG002
        """See `Rules.linked`: nothing, since links are left relative to the source file."""
        return {}

    def target(self, url: str, path: Path | None) -> Path | None:
        """See `Rules.target`: relative to the source file; from docs_dir with a leading slash."""
        name = files.linked_path(url)
        if name is None:
            return None
        if not name:
            return path if path is not None and path.is_file() else None
        if url.startswith(("/", "\\")):
            candidates = list(self._published_at(name.lstrip("/\\")))
        else:
            base = (self.src_uri(path) if path is not None else None) or self._new_src_uri()
            candidates = [posixpath.normpath(posixpath.join(posixpath.dirname(base), name))]
        for candidate in candidates:
            file = self.docs_dir / candidate
            if not candidate.startswith("../") and file.is_file() and self.inside(file):
                return file
        return None

    def source_link(self, url: str, path: Path) -> Path | None:
        """See `Rules.source_link`: nearly all relative links name sources."""
        return mkdocs_addresses.source_link(self, url, path)

    def missing_references(self, path: Path, values: Mapping[str, Any], text: str) -> list[str]:  # noqa: ARG002
        """See `Rules.missing_references`: nothing that is missing stops a build."""
        return []

    def published(self) -> Published:
        """See `Rules.published`."""
        return mkdocs_addresses.published(self)

    def title(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the front matter's title, else the first heading, else one made from the file's name."""
        title = values.get("title")
        if title is not None:
            return str(title)
        heading = first_heading(body)
        return clean_title(heading) if heading else _title_of_name(self._page_name(path))

    def derived_slug(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the slug that the blog makes from the title; a page has the name of its file."""
        blog = self._blog(self.src_uri(path))
        if blog is None:
            return self._page_name(path)
        title = values.get("title")
        if title is None:
            # As the plugin: it asks before the page is rendered, and takes the line as it stands.
            title = first_heading(body, atx_only=True) or _title_of_name(self._page_name(path))
        return blog.slug(str(title))

    def slug(self, title: str) -> str:
        """Return the slug of a title, by the first blog's rules."""
        return self._blog_or_first(None).slug(title) if self.blogs else plain_slug(title)

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """See `Rules.publication`."""
        src_uri = self.src_uri(path)
        if src_uri is None:
            return Publication("hidden", False, "", reason=_("It is not in the site's docs_dir"))
        hidden = self._exclusion(src_uri)
        blog = self._blog(src_uri)
        if hidden:
            return Publication("hidden", False, "" if blog else self.url_of(src_uri), reason=hidden)
        if blog is None:
            if self._matches("draft_docs", src_uri):
                reason = _("draft_docs in the site's configuration names it")
                return Publication("draft", False, self.url_of(src_uri), reason=reason)
            return Publication("published", True, self.url_of(src_uri))
        problem, url = source.problem, ""
        values: Mapping[str, Any] = source.values
        try:
            values = self.merged(path, source.values)
            problem = problem or blog.refusal(values)
            if not problem:
                slug = values.get("slug") or self.derived_slug(path, values, source.body)
                url = self.url_of(blog.page_path(values, slug, self._page_name(path)))
        except SiteError as error:
            problem = problem or error.message
        if problem:
            return Publication("invalid", False, url, problem)
        excluded = blog.excluded(values, now)
        if not excluded:
            problem = blog.refusal_when_built(values, source.body) or self._tags_refusal(values)
        if problem:
            return Publication("invalid", False, url, problem)
        if values.get("draft") and not excluded:
            return Publication("draft", True, url)
        return Publication(excluded or "published", not excluded, url)

    def new_post_dir(self) -> Path:
        """Return the first blog's folder of posts, or docs_dir."""
        return self.content_dirs[0]

    @cached_property
    def _plugins(self) -> tuple[tuple[str, Any], ...]:
        return tuple(plugins_of(self.values))

    @cached_property
    def _patterns(self) -> Mapping[str, pathspec.GitIgnoreSpec]:
        return {
            key: pathspec.GitIgnoreSpec.from_lines([*always, *_text(self.values.get(key)).splitlines()])
            for key, always in (("exclude_docs", _ALWAYS_EXCLUDED), ("draft_docs", ()))
        }

    def _matches(self, setting: str, src_uri: str) -> bool:
        return bool(self._patterns[setting].match_file(src_uri))

    def is_excluded(self, src_uri: str) -> bool:
        """Return whether the build leaves out the file `src_uri`, a path relative to docs_dir."""
        hidden = any(part.startswith(".") for part in PurePosixPath(src_uri).parts)
        return hidden or bool(self._exclusion(src_uri)) or self._matches("draft_docs", src_uri)

    def _exclusion(self, src_uri: str) -> str:
        """Return why the build leaves the file out: by pattern, or as a README.md beside an index.md."""
        if self._matches("exclude_docs", src_uri):
            return _("exclude_docs in the site's configuration, or MkDocs itself, leaves it out")
        folder, name = posixpath.split(src_uri)
        beside = posixpath.join(folder, "index.md")
        if name != "README.md" or not (self.docs_dir / beside).is_file():
            return ""
        if self._matches("exclude_docs", beside):
            return ""
        return _("MkDocs takes the index.md beside it")

    def src_uri(self, path: Path | None) -> str | None:
        """Return the path relative to docs_dir with forward slashes, or None where it is not in there."""
        if path is None or not path.is_relative_to(self.docs_dir):
            return None
        return path.relative_to(self.docs_dir).as_posix()

    def _new_src_uri(self) -> str:
        return posixpath.join(self.blogs[0].post_dir if self.blogs else "", "new.md")

    def _blog(self, src_uri: str | None) -> material.Blog | None:
        return next((blog for blog in self.blogs if src_uri is not None and blog.owns(src_uri)), None)

    def excerpt_mark(self, path: Path) -> str:
        """Return what ends the excerpt of a post of a blog; empty for any other page."""
        blog = self._blog(self.src_uri(path))
        return blog.separator if blog is not None else ""

    def _blog_or_first(self, path: Path | None) -> material.Blog:
        return self._blog(self.src_uri(path)) or self.blogs[0]

    def _page_name(self, path: Path) -> str:
        return "index" if path.stem == "README" else path.stem

    def url_of(self, src_uri: str) -> str:
        """Return the address of the page whose source is, or seems to be, `src_uri`."""
        src_uri = PurePosixPath(src_uri).as_posix()
        folder, file = posixpath.split(src_uri)
        name = posixpath.splitext(file)[0]
        name = "index" if name == "README" else name
        if self.values.get("use_directory_urls", True) is False:
            return "/" + files.quoted(posixpath.join(folder, name + ".html"))
        if name == "index":
            return "/" + (files.quoted(folder) + "/" if folder else "")
        return "/" + files.quoted(posixpath.join(folder, name)) + "/"

    def _published_at(self, name: str) -> Iterator[str]:
        """Yield the sources, relative to docs_dir, that may be published at the address `/name`."""
        prefix = urlsplit(self.url).path.strip("/")
        names = [name.removeprefix(prefix + "/")] if prefix and name.startswith(prefix + "/") else []
        for candidate in [*names, name]:
            uri = posixpath.normpath(candidate) if candidate else "."
            yield uri
            for blog in self.blogs:  # what lies beside the posts is published beside the blog
                if blog.directory == ".":
                    yield posixpath.join(blog.post_dir, uri)
                elif uri.startswith(blog.directory + "/"):
                    yield posixpath.join(blog.post_dir, uri[len(blog.directory) + 1 :])
            page = uri.removesuffix(".html")
            yield from (page + ".md", posixpath.join(page, "index.md"), posixpath.join(page, "README.md"))

    def inside(self, path: Path) -> bool:
        real = Path(os.path.realpath(path))
        if real.is_relative_to(self._real_root):
            return True
        return self.trusted and real.is_relative_to(os.path.realpath(self.docs_dir))

    @cached_property
    def _real_root(self) -> Path:
        return Path(os.path.realpath(self.root))

    def _tags_refusal(self, values: Mapping[str, Any]) -> str:
        """Return why the tags plugin refuses the page; empty where it doesn't, or there is none."""
        tags = values.get("tags")
        options = dict(self._plugins).get("material/tags")
        if tags is None or options is None or options.get("enabled") is False or options.get("tags") is False:
            return ""
        if not isinstance(tags, list | dict):
            return _("tags must be a list")
        if not all(isinstance(tag, str | int | float) for tag in tags):
            return _("The entries of tags must be text or numbers")
        allowed = options.get("tags_allowed")
        for tag in tags if isinstance(allowed, list) and allowed else ():
            if str(tag) not in allowed:
                return _("The tag “{name}” is not one of those that the site allows").format(name=tag)
        return ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _title_of_name(name: str) -> str:
    title = name.replace("-", " ").replace("_", " ")
    return title.capitalize() if title.lower() == title else title
