"""Finding and opening Pelican sites."""

import os
from collections.abc import Callable
from pathlib import Path

from editor.errors import CopydeskError, SiteError
from editor.site.generators.content_site import existing
from editor.site.generators.pelican import Pelican
from editor.site.generators.pelican_settings import read_settings
from editor.translation import gettext as _


def find(folder: Path, _path: Path | None = None) -> Path | None:
    """Return the `pelicanconf.py` of the site in `folder`, or None."""
    config = folder / "pelicanconf.py"
    return config if config.is_file() else None


def read(config: Path, limit: Path, is_trusted: Callable[[Path], bool]) -> Pelican:
    """Read the site of `config`; of an untrusted one, nothing outside `limit`.

    Raises SiteError where the configuration can't be read.
    """
    root = config.parent
    trusted = is_trusted(root)
    settings = read_settings(config, limit)
    problems: list[CopydeskError] = list(settings.problems)
    real_root = os.path.realpath(root)
    if not settings.path.is_dir():
        said = _("The folder {folder} is missing").format(folder=settings.path)
        problems.append(SiteError(said, path=config))
    elif not Path(os.path.realpath(settings.path)).is_relative_to(real_root):
        said = _("The folder {folder} lies outside the site, and is not read").format(folder=settings.path)
        problems.append(SiteError(said, path=config))
    names = [str(name) or "." for name in settings.values["ARTICLE_PATHS"]]
    content = existing(settings.path, names, lambda path: path.is_relative_to(root))
    return Pelican(
        root=root,
        trusted=trusted,
        configuration=settings.files,
        problems=tuple(problems),
        content_dirs=content or (settings.path,),
        static_dirs=(settings.path,),
        settings=settings,
    )
