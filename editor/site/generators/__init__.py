"""The generators: for each, how its site is found in a folder and how its configuration is read.

`rules.Rules` is what all of them make of a site. The order is that of the search: the first one that finds
its configuration in a folder has the site.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from editor.site.generators import (
    astro,
    eleventy,
    hexo,
    hugo_open,
    jekyll_open,
    mkdocs_open,
    nikola_open,
    pelican_open,
    zensical,
    zola,
)
from editor.site.generators.rules import Rules


@dataclass(frozen=True, slots=True)
class Generator:
    """One generator's way into its sites."""

    find: Callable[[Path, Path | None], Path | None]
    """(folder, path) -> the configuration file of the site in `folder`, for the file `path` in it."""
    find_beside: Callable[[Path, Path], Path | None]
    """(folder, path) -> that of a subfolder, whose content, with `path` in it, lies beside it."""
    read: Callable[[Path, Path, Callable[[Path], bool]], Rules]
    """(configuration file, folder that an untrusted site must stay in, is that root trusted) -> its rules."""


def _nowhere(_folder: Path, _path: Path) -> None:
    return None


GENERATORS = (
    Generator(mkdocs_open.find, mkdocs_open.find_beside, mkdocs_open.read),
    Generator(zensical.find, _nowhere, zensical.read),
    Generator(zola.find, _nowhere, zola.read),
    Generator(hugo_open.find, _nowhere, hugo_open.read),
    Generator(nikola_open.find, _nowhere, nikola_open.read),
    Generator(pelican_open.find, _nowhere, pelican_open.read),
    Generator(astro.find, _nowhere, astro.read),
    Generator(eleventy.find, _nowhere, eleventy.read),
    Generator(hexo.find, _nowhere, hexo.read),
    Generator(jekyll_open.find, _nowhere, jekyll_open.read),
)
