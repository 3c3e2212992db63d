"""The code that a site brings along, found without running any of it."""

import importlib.metadata
import os
from contextlib import suppress
from dataclasses import dataclass

from editor.site import python_environment
from editor.site.generators.mkdocs import MkDocs
from editor.site.generators.mkdocs_config import plugins_of
from editor.site.site import Site

_RENDERING = ("markdown", "pymdown-extensions")
"""The packages of an environment that make a difference to every page."""


@dataclass(frozen=True, slots=True)
class OwnCode:
    """What would run in a trusted site."""

    environment: str = ""
    """The site's own Python environment where its packages are not the same as ours: its folder."""
    hooks: tuple[str, ...] = ()
    """Files of the site that take part in its build."""
    macros: bool = False
    """Whether pages may call functions of the site when it is built."""


def own_code(site: Site) -> OwnCode:
    """Return what of the site's code the window should ask about; it takes a look at the disk."""
    values = site.rules.values if isinstance(site.rules, MkDocs) else {}
    hooks = values.get("hooks")
    return OwnCode(
        environment=_environment(site),
        hooks=tuple(map(str, hooks)) if isinstance(hooks, list) else (),
        macros=any(name == "macros" for name, _options in plugins_of(values)),
    )


def _environment(site: Site) -> str:
    if site.dialect.family != "python-markdown" or site.generator not in python_environment.COMMANDS:
        return ""
    found = python_environment.of_site(site.root, os.environ)
    if found is None:
        return ""
    theirs = found.versions()
    if all(theirs.get(name) == _our_version(name) for name in _RENDERING if name in theirs):
        return ""
    return site.relative(found.prefix)


def _our_version(name: str) -> str:
    with suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(name)
    return ""
