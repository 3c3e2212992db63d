"""ContentSite: what the sites of generators that keep posts in content folders have in common."""

# ruff: noqa: ARG002  The arguments are the interface's.

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from editor.errors import CopydeskError
from editor.post import front_matter
from editor.render.protocol import Dialect
from editor.schema import yaml_words
from editor.site import files
from editor.site.generators.published import Published, base_of
from editor.site.generators.rules import Author, Publication, Source
from editor.site.generators.titles import clean_title, first_heading
from editor.site.generators.yaml_values import load_yaml
from editor.translation import gettext as _


@dataclass(frozen=True)
class ContentSite:
    """What most generators answer alike (see `rules.Rules`); a generator's own class adds and replaces."""

    root: Path
    trusted: bool
    configuration: tuple[Path, ...]
    problems: tuple[CopydeskError, ...]
    content_dirs: tuple[Path, ...]
    static_dirs: tuple[Path, ...]

    generator = "plain"
    front_matter = "yaml"
    new_post_name = "{slug}.md"

    @property
    def body_rule(self) -> str:
        """By which rule the renderer finds the body of a post."""
        return "fenced"

    @property
    def dialect(self) -> Dialect:
        """How the site writes Markdown; a generator's own class knows."""
        raise NotImplementedError

    def is_post(self, path: Path) -> bool:
        """Return whether `path` is a post; a generator's own class knows."""
        raise NotImplementedError

    def new_post_dir(self) -> Path:
        """Return the first content folder."""
        return self.content_dirs[0]

    def post_paths(self) -> list[Path]:
        """Return the posts below the content folders."""
        found: dict[Path, None] = {}
        for folder in self.content_dirs:
            for path in files.walk(folder, self.inside, self.skipped):
                if self.is_post(path):
                    found[path] = None
        return list(found)

    def skipped(self, folder: Path) -> bool:
        """Return whether the generator reads nothing below `folder`."""
        return folder.name.startswith(".") or folder.name == "node_modules"

    def shown_day(self, _value: Any) -> tuple[date, str] | None:
        """Return None: a date is shown as it stands."""
        return None

    def inherited(self, path: Path) -> dict[str, Any]:
        """Return nothing: folders hand nothing down here."""
        return {}

    def merged(self, path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values laid over those that folders hand down, key by key."""
        return {**self.inherited(path), **values}

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

    def source_link(self, url: str, path: Path) -> Path | None:
        """See `Rules.source_link`: links are published as they were rendered."""
        return None

    def missing_references(self, path: Path, values: Mapping[str, Any], text: str) -> list[str]:
        """See `Rules.missing_references`: nothing that is missing stops a build."""
        return []

    def published(self) -> Published:
        """See `Rules.published`: of what is not known here, only a build tells."""
        return Published(base=base_of(self.url), asset=self.served)

    def served(self, name: str) -> Path | None:
        """Return the file that is served as it is at a path, given without its first slash."""
        for candidate in self.published_at([name]) if name and "\0" not in name else ():
            file = Path(os.path.normpath(candidate))
            if file.is_file() and self.inside(file):
                return file
        return None

    def title(self, path: Path, values: Mapping[str, Any], body: str) -> str:
        """Return the front matter's title, else the first heading, else the file's name."""
        title = values.get("title")
        if title is not None and not isinstance(title, Mapping | list):
            return str(title)
        heading = first_heading(body)
        return clean_title(heading) if heading else self.file_slug(path)

    def file_slug(self, path: Path) -> str:
        """Return the name of the post's file, or of its folder where it has one of its own."""
        return path.parent.name if path.stem == "index" else path.stem

    def target(self, url: str, path: Path | None) -> Path | None:
        """See `Rules.target`: the first file there is of those that `candidates` names."""
        name = files.linked_path(url)
        if name is None:
            return None
        if not name:
            return path if path is not None and path.is_file() else None
        for candidate in self.candidates(name, path):
            file = Path(os.path.normpath(candidate))
            if file.is_file() and self.inside(file):
                return file
        return None

    def candidates(self, name: str, path: Path | None) -> Iterator[Path]:
        """Yield the files that the path `name` of a link in the post `path` may mean.

        Those beside the post come first, as far as `beside` knows any, then what is published at the address.
        """
        if not name.startswith("/"):
            if path is None:
                yield self.new_post_dir() / name
                return
            yield from self.beside(name, path)
            folder = self.published_folder(path)
            if not folder:
                return
            name = posixpath.normpath(posixpath.join(folder, name))
            yield from self.published_at([name.lstrip("/")])
        else:
            yield from self.published_at(self.below_base(name))

    def beside(self, name: str, path: Path) -> Iterator[Path]:
        """Yield the files that a relative link means by the place of the post's own file."""
        yield path.parent / name

    def published_at(self, names: list[str]) -> Iterator[Path]:
        """Yield the files that may be published at paths, relative to the published folder."""
        for name in names:
            for folder in self.static_dirs:
                yield folder / name

    def published_folder(self, path: Path) -> str:
        """Return the folder of the post's address, by its file as it is saved; empty where it has none."""
        try:
            source = self.read(path.read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            return ""
        url = unquote(self.publication(path, source, datetime.now(UTC)).url)
        return url if url.endswith("/") else posixpath.dirname(url)

    def read(self, text: str) -> Source:
        """Take a post apart by YAML 1.2, with dates."""
        return read_source(text, self.generator, dates=True)

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """Return what the next build makes of the post; a generator's own class knows."""
        raise NotImplementedError

    @property
    def url(self) -> str:
        """The published address."""
        return ""

    def below_base(self, name: str) -> list[str]:
        """Return what the absolute path `name` means in the published folder: without the address's path."""
        prefix = urlsplit(self.url).path.strip("/")
        inner = posixpath.normpath("/" + name.lstrip("/")).lstrip("/")
        return [inner[len(prefix) + 1 :], inner] if prefix and inner.startswith(prefix + "/") else [inner]

    def inside(self, path: Path) -> bool:
        """Return whether the real path lies in the site; in a trusted one, content may lie elsewhere."""
        real = Path(os.path.realpath(path))
        if real.is_relative_to(self._real_root):
            return True
        folders = (*self.content_dirs, *self.static_dirs) if self.trusted else ()
        return any(real.is_relative_to(os.path.realpath(folder)) for folder in folders)

    def static_file(self, name: str) -> Path | None:
        """Return the file of a static folder that is copied to the path `name` of the published site, or None."""
        for folder in self.static_dirs if name and "\0" not in name else ():
            file = Path(os.path.normpath(folder / name))
            if file.is_relative_to(folder) and file.is_file() and self.inside(file):
                return file
        return None

    def relative(self, path: Path) -> tuple[Path, str] | None:
        """Return the content folder that holds `path` (the deepest one), and the path in it with slashes."""
        holding = [folder for folder in self.content_dirs if path.is_relative_to(folder)]
        if not holding:
            return None
        folder = max(holding, key=lambda known: len(known.parts))
        return folder, path.relative_to(folder).as_posix()

    @cached_property
    def _real_root(self) -> Path:
        return Path(os.path.realpath(self.root))


def read_source(text: str, reader: str, *, dates: bool, blank_lines: bool = False) -> Source:
    """Take a post apart whose YAML is read by the rules of YAML 1.2; `reader` is the generator's name.

    `dates` says whether dates are dates there, or text; `blank_lines` whether the front matter may begin
    below blank lines.
    """
    text = text.removeprefix("\ufeff")
    if blank_lines:
        text = text.lstrip()
    found = front_matter.read(text, reader)
    values: Mapping[str, Any] = found.values
    problem = found.problem.message if found.problem else ""
    header, body = text[: found.body_start], text[found.body_start :].lstrip("\r\n")
    if found.format == "yaml" and not problem:
        lines = header.strip().splitlines()
        try:
            loaded = load_yaml("\n".join(lines[1:-1]) + "\n", dates=dates)
        except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
            reason = yaml_words.reason(error)
            problem = _("The front matter is not valid YAML: {reason}").format(reason=reason)
        else:
            if loaded is None:
                problem = _("The front matter must be `name: value` lines")
            else:
                values = loaded
    return Source(values, body, header, problem)


def existing(root: Path, names: list[str], allowed: Callable[[Path], bool]) -> tuple[Path, ...]:
    """Return the folders that `names` mean from `root`, each once, as far as `allowed` allows them."""
    paths = [Path(os.path.normpath(root / name)) for name in names if name and "\0" not in name]
    return tuple(dict.fromkeys(path for path in paths if allowed(path)))
