"""Jekyll's configuration: `_config.yml`, its defaults, and the front matter that it hands down to posts.

The rules are those of jekyll/configuration.rb and frontmatter_defaults.rb (4.3).
"""

import fnmatch
import glob
import itertools
import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError, SiteError
from editor.site.files import start_of
from editor.site.generators import data_files, mkdocs_config
from editor.translation import gettext as _

DEFAULTS: Mapping[str, Any] = {
    "title": None,
    "url": None,
    "baseurl": None,
    "source": ".",
    "destination": "_site",
    "collections_dir": "",
    "data_dir": "_data",
    "collections": {},
    "include": [".htaccess"],
    "exclude": [],
    "markdown_ext": "markdown,mkdown,mkdn,mkd,md",
    "strict_front_matter": False,
    "show_drafts": None,
    "future": False,
    "unpublished": False,
    "plugins": [],
    "permalink": "date",
    "timezone": None,
    "excerpt_separator": "\n\n",
    "defaults": [],
}
_EXCLUDED = (
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
)
STYLES: Mapping[str, str] = {
    "none": "/:categories/:title:output_ext",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}


@dataclass(frozen=True, slots=True)
class JekyllConfig:
    """What a site's configuration says; `values` has every setting of DEFAULTS, of its type, and others."""

    values: Mapping[str, Any]
    source: Path
    """The folder of all content, absolute."""
    files: tuple[Path, ...]
    problems: tuple[CopydeskError, ...]

    @property
    def style(self) -> str:
        """The setting `permalink`: the name of a style, or a pattern."""
        return str(self.values["permalink"] or "")

    def collection(self, label: str) -> Mapping[str, Any] | None:
        """Return the settings of a collection, or None where there is none of that name."""
        settings = self.collections.get(label)
        return settings if isinstance(settings, Mapping) else None

    @property
    def collections(self) -> Mapping[str, Any]:
        """The collections by name; `posts` is always one of them."""
        listed = self.values["collections"]
        if isinstance(listed, list):
            listed = {str(name): {} for name in listed}
        known = {str(name): settings or {} for name, settings in (listed or {}).items()}
        posts = dict(known.get("posts") or {})
        posts["output"] = True
        if self.values["permalink"]:
            posts.setdefault("permalink", STYLES.get(self.style, self.style))
        return {**known, "posts": posts}

    def template(self, label: str) -> str:
        """Return the pattern of the addresses of a collection."""
        settings = self.collection(label) or {}
        pattern = settings.get("permalink")
        return pattern if isinstance(pattern, str) else "/:collection/:path" + self.suffix

    @property
    def suffix(self) -> str:
        """What the site's style puts behind an address that has no ending of its own."""
        if self.style == "pretty" or self.style.endswith("/"):
            return "/"
        if self.style in ("date", "ordinal", "none") or self.style.endswith(":output_ext"):
            return ":output_ext"
        return ""

    def excluded(self, source: str, *, is_folder: bool) -> bool:
        """Return whether `exclude` leaves out the file or folder `source`, relative to the source folder."""
        if self._listed(self.values["include"], source, is_folder):
            return False
        included = self.values["include"]
        patterns = [name for name in (*self.values["exclude"], *_EXCLUDED) if name not in included]
        return self._listed(patterns, source, is_folder)

    def included(self, source: str) -> bool:
        """Return whether `include` names a file or folder that begins with a dot or an underscore."""
        listed = self.values["include"]
        return self._listed(listed, source, False) or self._listed(listed, posixpath.basename(source), False)

    def handed_down(self, source: str, kind: str) -> dict[str, Any]:
        """Return the front matter that `defaults` give the file `source` of the collection `kind`."""
        found: dict[str, Any] = {}
        last: Mapping[str, Any] | None = None
        for scope, values in self._sets():
            if not self._applies(scope, source, kind):
                continue
            if last is None or _precedes(last, scope):
                found, last = merge(found, values), scope
            else:
                found = merge(values, found)
        return found

    def _sets(self) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
        for entry in data_files.mappings(self.values["defaults"]):
            values, scope = entry.get("values"), entry.get("scope")
            if isinstance(values, Mapping):
                yield scope if isinstance(scope, Mapping) else {}, values

    def _applies(self, scope: Mapping[str, Any], source: str, kind: str) -> bool:
        if "type" in scope:
            wanted = {"post": "posts", "page": "pages", "draft": "drafts"}.get(scope["type"], scope["type"])
            if wanted != kind:
                return False
        path = scope.get("path")
        if not isinstance(path, str) or not path:
            return True
        if "*" in path:
            found = itertools.islice(glob.iglob(path, root_dir=self.source, recursive=True), 2_000)  # noqa: PTH207
            return any(source.startswith(self._below_collections(name)) for name in found)
        return source.startswith(self._below_collections(path))

    def _below_collections(self, path: str) -> str:
        folder = self.values["collections_dir"]
        return path.removeprefix(folder + "/") if folder else path

    @staticmethod
    def _listed(patterns: Any, source: str, is_folder: bool) -> bool:
        """Return whether a list of `exclude` or `include` names `source`: as Ruby's `File.fnmatch?`, or its
        beginning.
        """
        return any(
            source.startswith(name)
            or (is_folder and name == source + "/")
            or fnmatch.fnmatchcase(source, name)
            for name in (entry.lstrip("/") for entry in patterns if isinstance(entry, str))
            if name
        )


def read_config(root: Path, configs: tuple[Path, ...]) -> JekyllConfig:
    """Read the configuration files of the site in `root`, of which there may be none; later ones win.

    Raises SiteError where one can't be read.
    """
    problems: list[CopydeskError] = []
    values: dict[str, Any] = dict(DEFAULTS)
    for config in configs:
        values = merge(values, data_files.read_data(config))
    for name, default in DEFAULTS.items():
        if not _fits(name, values[name], default):
            said = _("The setting {name} has a value of the wrong type").format(name=name)
            problems.append(SiteError(said, path=configs[-1]))
            values[name] = default
    values["collections_dir"] = values["collections_dir"].strip("/")
    source = Path(os.path.normpath(root / values["source"]))
    if not source.is_relative_to(root):
        said = _("The folder {folder} lies outside the site, and is not read").format(folder=source)
        problems.append(SiteError(said, path=configs[-1]))
        source = root
    return JekyllConfig(values, source, configs, tuple(problems))


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return `over` laid on `base` as Jekyll does it: maps are merged, what is empty replaces nothing."""
    merged = dict(base)
    for key, value in over.items():
        mine = merged.get(key)
        if isinstance(mine, Mapping) and isinstance(value, Mapping):
            merged[key] = merge(mine, value)
        elif value is not None or key not in merged:
            merged[key] = value
    return merged


def tells_jekyll(config: Path) -> bool:
    """Return whether a `_config.yml` is Jekyll's: Hexo and Jupyter Book have a file of that name too."""
    try:
        start = start_of(config, mkdocs_config.MAX_BYTES).decode("utf-8", "replace")
    except OSError:
        return False
    if re.search(r"(?m)^(new_post_name|source_dir|post_asset_folder|default_layout|public_dir)\s*:", start):
        return False
    return (config.parent / "_posts").is_dir() or not (config.parent / "_toc.yml").is_file()


def _precedes(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Return whether the scope `new` counts for more than `old`."""
    lengths = [len(str(scope.get("path") or "").strip("/")) for scope in (old, new)]
    if lengths[0] != lengths[1]:
        return lengths[1] > lengths[0]
    return "type" in new or "type" not in old


def _fits(name: str, value: Any, default: Any) -> bool:
    if name == "collections":
        return value is None or isinstance(value, dict | list)
    if name in ("permalink", "timezone", "title", "url", "baseurl", "show_drafts", "excerpt_separator"):
        return value is None or isinstance(value, str | bool | int)
    if isinstance(default, bool):
        return True
    return isinstance(value, type(default))
