"""The generators: for each, how its site is found in a folder and how its configuration is read.

`rules.Rules` is what all of them make of a site. The order is that of the search: the first one that finds
its configuration in a folder has the site.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.site.generators.rules import Rules

# A generator's modules are loaded for a folder that may be its site: no start needs all of them.


@dataclass(frozen=True, slots=True)
class Generator:
    """One generator's way into its sites."""

    names: tuple[str, ...]
    """Globs of the files in a folder of which one is there where the folder is its site."""
    load: Callable[[], Any]
    """Load the module with its functions `find` and `read`, and `find_beside` where `beside` is true."""
    beside: bool = False
    """Whether its content may lie beside its folder."""

    def may_be_in(self, folder: Path) -> bool:
        """Return whether a file of the generator's is in `folder`: without one, `find` finds nothing."""
        return _has(folder, self.names)

    def find(self, folder: Path, path: Path | None) -> Path | None:
        """Return the configuration file of the site in `folder`, for the file `path` in it, or None."""
        if not self.may_be_in(folder):
            return None
        found: Path | None = self.load().find(folder, path)
        return found

    def find_beside(self, folder: Path, path: Path) -> Path | None:
        """Return that of a subfolder, whose content, with `path` in it, lies beside it; or None."""
        found: Path | None = self.load().find_beside(folder, path) if self.beside else None
        return found

    def read(self, config: Path, limit: Path, is_trusted: Callable[[Path], bool]) -> Rules:
        """Return the rules of the site of `config`; of one that is not trusted, nothing outside `limit`.

        Raises SiteError where the configuration can't be read.
        """
        rules: Rules = self.load().read(config, limit, is_trusted)
        return rules


def _has(folder: Path, names: tuple[str, ...]) -> bool:
    return any(next(folder.glob(name), None) is not None for name in names)


def _mkdocs() -> Any:
    from editor.site.generators import mkdocs_open

    return mkdocs_open


def _zensical() -> Any:
    from editor.site.generators import zensical

    return zensical


def _zola() -> Any:
    from editor.site.generators import zola

    return zola


def _hugo() -> Any:
    from editor.site.generators import hugo_open

    return hugo_open


def _nikola() -> Any:
    from editor.site.generators import nikola_open

    return nikola_open


def _pelican() -> Any:
    from editor.site.generators import pelican_open

    return pelican_open


def _astro() -> Any:
    from editor.site.generators import astro

    return astro


def _eleventy() -> Any:
    from editor.site.generators import eleventy

    return eleventy


def _hexo() -> Any:
    from editor.site.generators import hexo

    return hexo


def _jekyll() -> Any:
    from editor.site.generators import jekyll_open

    return jekyll_open


GENERATORS = (
    Generator(("mkdocs*.y*ml",), _mkdocs, beside=True),
    Generator(("zensical.toml",), _zensical),
    Generator(("zola.toml", "config.toml"), _zola),
    Generator(("hugo.*", "config.*", "config/_default/*"), _hugo),
    Generator(("conf.py",), _nikola),
    Generator(("pelicanconf.py",), _pelican),
    Generator(("astro.config.*",), _astro),
    Generator((".eleventy.js", "eleventy.config.*"), _eleventy),
    Generator(("_config.*",), _hexo),
    Generator(("_config.*", "_posts"), _jekyll),
)
