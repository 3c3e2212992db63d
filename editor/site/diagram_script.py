"""The copy of Mermaid that a site ships for its readers: with it, diagrams can be drawn here as they will be there."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from editor.site.generators.mkdocs import MkDocs
from editor.site.site import Site

_NAME = re.compile(r"mermaid(?:[.@-][0-9][\w.]*)?(?:\.umd)?(?:\.min)?\.js")
_PACKAGE = Path("node_modules/mermaid/dist")
_LEFT_OUT = frozenset(
    ("node_modules", "_site", "site", "public", "output", "dist", "target", "venv", "vendor")
)
"""Folders that others fill: packages, and what builds wrote."""
_DEEPEST = 7
_MOST_FOLDERS = 4_000
_LARGEST = 16 * 1024 * 1024
_SMALLEST = 100 * 1024
"""Bytes; a smaller file only loads Mermaid from somewhere else."""


_PUBLIC = {
    "mkdocs-material": "https://unpkg.com/mermaid@11/dist/mermaid.min.js",
    "zensical": "https://unpkg.com/mermaid@12/dist/mermaid.min.js",
}
"""Where the themes' own scripts (`bundle.*.min.js`; Material 9.8, Zensical 0.0.73) load Mermaid from."""


def public_script(site: Site) -> str:
    """Return where a site without a copy of its own loads Mermaid from; empty: from nowhere known.

    Material takes the one that the configuration names (`extra_javascript`), and else that of its own script.
    """
    if not site.trusted or site.generator not in _PUBLIC:
        return ""
    scripts = site.rules.values.get("extra_javascript") if isinstance(site.rules, MkDocs) else None
    for script in scripts if isinstance(scripts, list) else []:
        address = script.get("path") if isinstance(script, Mapping) else script
        if isinstance(address, str) and address.startswith("https://") and _NAME.search(address):
            return address
    return _PUBLIC[site.generator]


def diagram_script(site: Site) -> Path | None:
    """Return the script that draws Mermaid's diagrams, out of the site's own files; this looks through its folders.

    It is the site's code: None where the site is not trusted. A minified copy goes before another, and what serves the
    site before what else lies in it.
    """
    if not site.trusted:
        return None
    root = site.root.resolve()
    package = [root / _PACKAGE / name for name in ("mermaid.min.js", "mermaid.js")]
    found = [path for path in (*_copies(site, root), *package) if _is_script(path, root)]
    return min(found, key=lambda path: ".min." not in path.name, default=None)


def _copies(site: Site, root: Path) -> Iterator[Path]:
    served = (*site.static_dirs, *site.content_dirs)
    for folder in dict.fromkeys((*(folder.resolve() for folder in served), root)):
        if not folder.is_relative_to(root):
            continue
        for seen, (path, names, files) in enumerate(os.walk(folder)):
            depth = len(Path(path).relative_to(folder).parts)
            enough = depth >= _DEEPEST or seen > _MOST_FOLDERS
            names[:] = sorted(
                name for name in names if not enough and not name.startswith(".") and name not in _LEFT_OUT
            )
            yield from (Path(path, name) for name in sorted(files) if _NAME.fullmatch(name))


def _is_script(path: Path, root: Path) -> bool:
    try:
        real = path.resolve(strict=True)
        return real.is_relative_to(root) and real.is_file() and _SMALLEST <= real.stat().st_size <= _LARGEST
    except (OSError, RuntimeError):
        return False
