"""Finding and opening Hugo sites."""

# ruff: noqa: ARG001  The arguments are the interface's.

import os
import re
from collections.abc import Callable
from pathlib import Path

from editor.site.files import start_of
from editor.site.generators import hugo_config
from editor.site.generators.hugo import Hugo

_SETTINGS = re.compile(r"""(?m)^\s*["']?(baseurl|languagecode|theme|defaultcontentlanguage)["']?\s*[:=]""")
"""What a `config.*` of Hugo says, in lower case."""


def find(folder: Path, path: Path | None = None) -> Path | None:
    """Return the configuration file of the Hugo site in `folder`, or None; `path` does not matter."""
    file = hugo_config.find_file(folder)
    if file is None or file.stem == "hugo":
        return file
    try:
        start = start_of(file, 200_000).decode("utf-8", "replace").lower()
    except OSError:
        return None
    return file if _SETTINGS.search(start) else None


def read(config: Path, limit: Path, is_trusted: Callable[[Path], bool]) -> Hugo:
    """Read the site of the configuration file `config`; raises SiteError where it can't be read."""
    root = config.parent.parent.parent if config.parent.name == "_default" else config.parent
    trusted = is_trusted(root)
    real = os.path.realpath(root)

    def allowed(path: Path) -> bool:
        return trusted or Path(os.path.realpath(path)).is_relative_to(real)

    found = hugo_config.read(root, allowed)
    return Hugo(
        root=root,
        trusted=trusted,
        configuration=found.files,
        problems=found.problems,
        content_dirs=tuple(dict.fromkeys(mount.source for mount in found.content)),
        static_dirs=found.static,
        config=found,
    )
