"""Finding and opening MkDocs sites."""

import os
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError, SiteError
from editor.site import files
from editor.site.generators import material, mkdocs_config, mkdocs_dialect
from editor.site.generators.mkdocs import MkDocs
from editor.site.generators.mkdocs_config import plugins_of
from editor.translation import gettext as _

_NAMES = ("mkdocs.yml", "mkdocs.yaml")


def find(folder: Path, path: Path | None = None) -> Path | None:
    """Return the configuration file of the site in `folder`, or None; the one whose docs_dir holds `path`
    first.

    Besides mkdocs' own names, `mkdocs.blog.yml` and its like count where they name a site.
    """
    found = [folder / name for name in _NAMES if (folder / name).is_file()]
    found += sorted(
        file
        for suffix in ("yml", "yaml")
        for file in folder.glob(f"mkdocs*.{suffix}")
        if file.name not in _NAMES and _names_a_site(file)
    )
    if path is not None and len(found) > 1:
        found.sort(key=lambda file: not _holds(file, path))
    return found[0] if found else None


def find_beside(folder: Path, path: Path) -> Path | None:
    """Return the configuration file in a subfolder of `folder` whose docs_dir, elsewhere, holds `path`."""
    for child in files.subfolders(folder)[:200]:
        for name in _NAMES:
            if (child / name).is_file() and _holds(child / name, path):
                return child / name
    return None


def read(
    config: Path,
    limit: Path,
    is_trusted: Callable[[Path], bool],
    reader: Callable[[Path, Path | None], mkdocs_config.Configuration] = mkdocs_config.read,
) -> MkDocs:
    """Read the site of the configuration file `config`; of an untrusted one, nothing outside `limit`.

    `reader` reads the file, within a folder. Raises SiteError where the configuration can't be read.
    """
    configuration = reader(config, limit)
    root = _root(configuration, limit)
    trusted = is_trusted(root)
    if trusted:
        configuration = reader(config, None)
    problems: list[CopydeskError] = list(configuration.problems)
    values = configuration.values
    docs_dir = Path(values["docs_dir"])
    real_root = os.path.realpath(root)
    if not docs_dir.is_dir():
        problems.append(SiteError(_("The folder {folder} is missing").format(folder=docs_dir), path=config))
    elif not trusted and not Path(os.path.realpath(docs_dir)).is_relative_to(real_root):
        said = _("The folder {folder} lies outside the site, and is not read").format(folder=docs_dir)
        problems.append(SiteError(said, path=config))

    def readable(file: Path) -> bool:
        return trusted or Path(os.path.realpath(file)).is_relative_to(real_root)

    plugins = list(plugins_of(values))
    blogs, blog_problems = material.read_blogs(iter(plugins), docs_dir, config, _language(values), readable)
    meta = dict(plugins).get("material/meta")
    metas: list[tuple[Path, Mapping[str, Any]]] = []
    if meta is not None and meta.get("enabled") is not False:
        name = _text(meta.get("meta_file")) or ".meta.yml"
        metas = [
            (file, material.read_yaml(file, problems))
            for file in files.walk(docs_dir, readable)
            if file.name == name
        ]
    dialect = mkdocs_dialect.dialect(values, root, trusted)
    not_understood = [problem.message for problem in configuration.problems]
    return MkDocs(
        root=root,
        trusted=trusted,
        values=values,
        blogs=blogs,
        handed_down=tuple((posixpath.dirname(files.relative(file, docs_dir)), said) for file, said in metas),
        configuration=tuple(
            dict.fromkeys(
                [
                    *configuration.files,
                    *(blog.authors_file for blog in blogs if blog.authors_file),
                    *(file for file, _said in metas),
                ]
            )
        ),
        problems=(*problems, *blog_problems),
        dialect=replace(dialect, reasons=(*dialect.reasons, *not_understood)),
    )


def _root(configuration: mkdocs_config.Configuration, limit: Path) -> Path:
    """Return the folder within `limit` that holds configuration and docs_dir, else the configuration's."""
    folder = configuration.path.parent
    docs_dir = Path(configuration.values["docs_dir"])
    if docs_dir.is_relative_to(folder):
        return folder
    try:
        common = Path(os.path.commonpath([folder, docs_dir]))
    except ValueError:  # on another drive
        return folder
    return common if common.is_relative_to(limit) else folder


def _holds(config: Path, path: Path) -> bool:
    try:
        values, _problems = mkdocs_config.parse(files.start_of(config, mkdocs_config.MAX_BYTES + 1), config)
        docs_dir = Path(os.path.normpath(config.parent / _text(values.get("docs_dir") or "docs")))
    except (OSError, ValueError, SiteError):
        return False
    return path.is_relative_to(docs_dir)


def _names_a_site(config: Path) -> bool:
    try:
        start = files.start_of(config, 100_000)
    except OSError:
        return False
    return re.search(rb"^(site_name|INHERIT)\s*:", start, re.MULTILINE) is not None


def _language(values: Mapping[str, Any]) -> str:
    theme = values.get("theme")
    return (_text(theme.get("language")) if isinstance(theme, Mapping) else "") or "en"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
