"""Finding and opening Nikola sites."""

import re
from collections.abc import Callable
from pathlib import Path

from editor.site.files import start_of
from editor.site.generators.content_site import existing
from editor.site.generators.nikola import Nikola
from editor.site.generators.nikola_settings import read_settings

_SAYS = re.compile(rb"(?m)^(POSTS|BLOG_TITLE|COMPILERS|BLOG_AUTHOR)\s*=")


def find(folder: Path, _path: Path | None = None) -> Path | None:
    """Return the `conf.py` of the site in `folder`, or None; Sphinx has a file of that name too."""
    config = folder / "conf.py"
    try:
        start = start_of(config, 200_000)
    except OSError:
        return None
    return config if _SAYS.search(start) else None


def read(config: Path, limit: Path, is_trusted: Callable[[Path], bool]) -> Nikola:
    """Read the site of `config`; raises SiteError where the configuration can't be read."""
    root = config.parent
    settings = read_settings(config, limit)
    folders = [collection.folder or "." for collection in settings.collections if collection.post]
    statics = [str(name) for key in ("FILES_FOLDERS", "IMAGE_FOLDERS") for name in settings.values[key]]
    return Nikola(
        root=root,
        trusted=is_trusted(root),
        configuration=settings.files,
        problems=settings.problems,
        content_dirs=existing(root, folders, lambda path: path.is_relative_to(root)) or (root / "posts",),
        static_dirs=existing(root, statics, lambda path: path.is_relative_to(root)),
        settings=settings,
    )
