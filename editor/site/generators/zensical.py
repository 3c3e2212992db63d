"""Zensical with its own configuration, `zensical.toml`: the settings of mkdocs.yml, below `[project]`.

As zensical/config.py reads it; https://zensical.org/docs/setup/basics/. A site of Zensical with an
`mkdocs.yml` is read as MkDocs'.
"""

# ruff: noqa: ARG001  The arguments are the interface's.

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from editor.errors import SiteError
from editor.site.generators import mkdocs_open, zensical_dialect
from editor.site.generators.data_files import read_data
from editor.site.generators.mkdocs import MkDocs
from editor.site.generators.mkdocs_config import Configuration
from editor.site.generators.rules import Publication, Source
from editor.translation import gettext as _

_EXTENSIONS: Mapping[str, Any] = {
    **{name: {} for name in ("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html")},
    "toc": {"permalink": True},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.betterem": {},
    "pymdownx.caret": {},
    "pymdownx.details": {},
    "pymdownx.emoji": {
        "emoji_generator": {"$python": "zensical.extensions.emoji.to_svg"},
        "emoji_index": {"$python": "zensical.extensions.emoji.twemoji"},
    },
    "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True},
    **{f"pymdownx.{name}": {} for name in ("inlinehilite", "keys", "magiclink", "mark")},
    "pymdownx.smartsymbols": {},
    "pymdownx.superfences": {"custom_fences": [{"name": "mermaid", "class": "mermaid"}]},
    "pymdownx.tabbed": {"alternate_style": True, "combine_header_slug": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
    "pymdownx.tilde": {},
}
"""What Zensical switches on where the configuration names no extensions."""
_EMPTY_BLOCK = re.compile(r"-{3}[ \t]*\n(?:\.{3}|-{3})[ \t]*(?:\n|$)")


@dataclass(frozen=True)
class Zensical(MkDocs):
    """The rules of one Zensical site."""

    @property
    def generator(self) -> str:
        """The name of the generator."""
        return "zensical"

    def is_post(self, path: Path) -> bool:
        """Return whether `path` is a post or page: files that end with `.md`, and no others."""
        return path.suffix == ".md" and super().is_post(path)

    def publication(self, path: Path, source: Source, now: datetime) -> Publication:
        """See `Rules.publication`: front matter that is no YAML, or is empty, fails the build of any page."""
        found = super().publication(path, source, now)
        problem = source.problem if source.header else ""
        if _EMPTY_BLOCK.match(source.body):
            problem = _("The front matter is empty: Zensical builds nothing")
        return replace(found, state="invalid", published=False, problem=problem) if problem else found


def find(folder: Path, path: Path | None = None) -> Path | None:
    """Return the `zensical.toml` of the site in `folder`, or None; `path` does not matter."""
    file = folder / "zensical.toml"
    return file if file.is_file() else None


def read(config: Path, limit: Path, is_trusted: Callable[[Path], bool]) -> Zensical:
    """Read the site of the configuration file `config`; raises SiteError where it can't be read."""
    rules = mkdocs_open.read(config, limit, is_trusted, _read)
    found = {field.name: getattr(rules, field.name) for field in fields(rules)}
    found["dialect"] = zensical_dialect.dialect(rules.values, rules.root, rules.trusted)
    return Zensical(**found)


def _read(path: Path, _inside: Path | None = None) -> Configuration:
    values = read_data(path).get("project")
    problems = []
    if not isinstance(values, dict):
        problems.append(SiteError(_("The configuration needs a table [project]"), path=path, line=1))
        values = {}
    extensions = values.get("markdown_extensions")
    theme = values.get("theme")
    docs_dir = values.get("docs_dir")
    docs_dir = docs_dir if isinstance(docs_dir, str) and "\0" not in docs_dir else "docs"
    settled = {
        **values,
        "markdown_extensions": dict(_EXTENSIONS) if extensions is None else _hoisted(extensions),
        "theme": {**(theme if isinstance(theme, dict) else {}), "name": "material"},
        "docs_dir": os.path.normpath(path.parent / docs_dir),
        "config_file_path": str(path),
    }
    return Configuration(path, settled, (path,), tuple(problems))


def _hoisted(extensions: Any) -> Any:
    """Return the extensions with whole names: TOML's `[…pymdownx.tabbed]` makes maps of the dotted ones."""
    if not isinstance(extensions, Mapping):
        return extensions
    found: dict[str, Any] = {}
    for name, options in extensions.items():
        if name in ("pymdownx", "zensical") and isinstance(options, Mapping):
            for inner, given in options.items():
                deeper = inner in ("blocks", "extensions") and isinstance(given, Mapping)
                for last, value in given.items() if deeper else [("", given)]:
                    found[".".join(part for part in (name, inner, last) if part)] = value
        else:
            found[name] = options
    return found
