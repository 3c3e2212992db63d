"""A folder that no generator owns, and the sites of generators whose configuration is not read."""

# ruff: noqa: ARG002  The arguments are the interface's: a plain folder needs few of them.

import os
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from editor.errors import CopydeskError
from editor.post import front_matter
from editor.render.protocol import Dialect
from editor.schema.content_type import ContentType, Field
from editor.site import files
from editor.site.generators.plain_dialect import dialect as plain_dialect
from editor.site.generators.published import Published, base_of
from editor.site.generators.rules import Author, Publication, Source
from editor.site.generators.slugs import plain_slug
from editor.site.generators.titles import clean_title, first_heading
from editor.translation import gettext as _

SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".mdx")
_NOT_CONTENT = ("node_modules", "__pycache__", "venv", "site-packages", "vendor", "_site", "public", "themes")


@dataclass(frozen=True)
class Plain:
    """The rules of a folder (see `rules.Rules`)."""

    root: Path
    trusted: bool
    generator: str = "plain"
    content_dirs: tuple[Path, ...] = ()
    static_dirs: tuple[Path, ...] = ()
    configuration: tuple[Path, ...] = ()
    problems: tuple[CopydeskError, ...] = ()
    url: str = ""
    front_matter: str = "yaml"

    new_post_name = "{slug}.md"

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.root.name

    @property
    def dialect(self) -> Dialect:
        """CommonMark with tables: nothing publishes it otherwise."""
        return plain_dialect()

    def content_type(self, path: Path | None) -> ContentType:
        """Return the fields that nearly every blog has."""
        return ContentType(
            "post",
            (
                Field("title", "text", _("Title"), core=True),
                Field("date", "date", _("Date"), core=True, options={"text": True, "free": True}),
                Field("draft", "switch", _("Draft"), core=True, default=False),
                Field(
                    "categories",
                    "list",
                    _("Categories"),
                    core=True,
                    options={"items": "scalar", "scalar": True},
                ),
                Field("tags", "list", _("Tags"), core=True, options={"items": "scalar", "scalar": True}),
                Field("description", "long_text", _("Description"), core=True, options={"length": 155}),
                Field("slug", "slug", _("Slug")),
                Field("authors", "list", _("Authors"), options={"items": "scalar", "scalar": True}),
            ),
        )

    def post_paths(self) -> list[Path]:
        """Return the Markdown files below the content folders."""
        found: dict[Path, None] = {}
        for folder in self.content_dirs or (self.root,):
            for path in files.walk(folder, self._inside, _is_no_content):
                if self.is_post(path):
                    found[path] = None
        return list(found)

    def is_post(self, path: Path) -> bool:
        """Return whether `path` is a Markdown file in a content folder, none of its folders hidden."""
        if not path.name.endswith(SUFFIXES):
            return False
        for folder in self.content_dirs or (self.root,):
            if path.is_relative_to(folder):
                return not any(part.startswith(".") for part in path.relative_to(folder).parts)
        return False

    def read(self, text: str) -> Source:
        """Take a post's text apart by whatever front matter it has."""
        found = front_matter.read(text)
        problem = found.problem.message if found.problem else ""
        return Source(found.values, text[found.body_start :].lstrip("\n"), text[: found.body_start], problem)

    def shown_day(self, _value: Any) -> tuple[date, str] | None:
        """Return None: a date is shown as it stands."""
        return None

    def inherited(self, path: Path) -> dict[str, Any]:
        """Return nothing: folders hand nothing down here."""
        return {}

    def merged(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values as they are."""
        return dict(values)

    def authors(self, path: Path | None) -> dict[str, Author]:
        """Return nobody: there is no list of authors."""
        return {}

    def facts(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """See `Rules.facts`."""
        title = values.get("title")
        return {"title": None if title is None else str(title), "meta": files.as_json(values)}

    def linked(self, path: Path, values: Mapping[str, Any], text: str) -> dict[str, Any]:
        """See `Rules.linked`: nothing."""
        return {}

    def target(self, url: str, path: Path | None) -> Path | None:
        """Return the file beside the post, or with a leading slash the one in a static folder."""
        name = files.linked_path(url)
        if name is None:
            return None
        if not name:
            return path if path is not None and path.is_file() else None
        if name.startswith("/"):
            bases = self.static_dirs or (self.root,)
        else:
            bases = (path.parent if path is not None else self.new_post_dir(),)
        for base in bases:
            file = Path(os.path.normpath(base / name.lstrip("/")))
            if file.is_file() and self._inside(file):
                return file
        return None

    def source_link(self, url: str, path: Path) -> Path | None:
        """See `Rules.source_link`: a relative link names the file beside the post."""
        return None if url.startswith("/") else self.target(url, path)

    def missing_references(self, path: Path, values: Mapping[str, Any], text: str) -> list[str]:
        """See `Rules.missing_references`: nothing that is missing stops a build."""
        return []

    def published(self) -> Published:
        """See `Rules.published`: nothing builds a plain folder."""
        return Published(
            base=base_of(self.url), asset=lambda name: self.target("/" + files.quoted(name), None)
        )

    def title(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the front matter's title, else the first heading, else the file's name."""
        title = values.get("title")
        if title is not None and not isinstance(title, Mapping | list):
            return str(title)
        heading = first_heading(body)
        return clean_title(heading) if heading else path.stem

    def derived_slug(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the file's name, which is what most generators take."""
        return path.stem if path.stem != "index" else path.parent.name

    def slug(self, title: str) -> str:
        """Return letters and digits of any script, joined by hyphens."""
        return plain_slug(title)

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """See `Rules.publication`; nothing builds a plain folder: the address is that of the file."""
        address = PurePosixPath(files.relative(path, self.root))
        url = "/" + files.quoted(posixpath.join(*address.parts[:-1], address.stem + ".html"))
        if source.problem:
            return Publication("invalid", False, url, source.problem)
        draft = source.values.get("draft")
        if draft is True or str(draft).lower() == "true":
            return Publication("draft", False, url)
        return Publication("published", True, url)

    def new_post_dir(self) -> Path:
        """Return the first content folder."""
        return (self.content_dirs or (self.root,))[0]

    def _inside(self, path: Path) -> bool:
        return Path(os.path.realpath(path)).is_relative_to(self._real_root)

    @cached_property
    def _real_root(self) -> Path:
        return Path(os.path.realpath(self.root))


def _is_no_content(folder: Path) -> bool:
    return folder.name.startswith(".") or folder.name in _NOT_CONTENT or (folder / "pyvenv.cfg").is_file()
