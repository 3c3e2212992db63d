"""Finding the program of a generator: the site's own, else the one on the PATH; and what it runs with."""

import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from editor.errors import BuildError
from editor.site import python_environment
from editor.translation import gettext as _

_HIDDEN = re.compile(r"COPYDESK|QT_|QTWEBENGINE|PYTHONHOME$|PYTHONSAFEPATH$|_MEIPASS|PYTEST_|LANGUAGE$")
"""What is meant for this program and not for those it starts."""


def python_program(name: str, root: Path, generator: str) -> str:
    """Return the program `name` of the environment that the trusted site in `root` is built in.

    Else that on the PATH, or beside this program. Raises BuildError where there is none.
    """
    environment = python_environment.find(root, generator, os.environ)
    places = [str(environment.interpreter.parent)] if environment is not None else []
    for place in (*places, os.environ.get("PATH", ""), str(Path(sys.executable).parent)):
        if found := shutil.which(name, path=place):
            return found
    return _missing(name)


def node_program(name: str, root: Path) -> str:
    """Return the program `name` of the packages installed in the site or above it, else that on the PATH.

    Raises BuildError where there is none.
    """
    for folder in python_environment.folders_of_project(root):
        if found := shutil.which(name, path=str(folder / "node_modules/.bin")):
            return found
    return shutil.which(name) or _missing(name)


def has_package(name: str, root: Path) -> bool:
    """Return whether the package `name` of Node is installed in the site or above it."""
    return any(
        (folder / "node_modules" / name).is_dir() for folder in python_environment.folders_of_project(root)
    )


def program(name: str) -> str:
    """Return the program `name` on the PATH; raises BuildError where there is none."""
    return shutil.which(name) or _missing(name)


def environment(cache: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables for a generator: the person's own without ours, and `more`.

    What programs keep of themselves goes to `cache`: Python writes beside its modules, which may be in the site.
    Where it is told to write nothing it reads what is there beside them, as `cache` would stay empty.
    """
    inherited = {name: value for name, value in os.environ.items() if not _HIDDEN.match(name)}
    if not inherited.get("PYTHONDONTWRITEBYTECODE"):
        inherited["PYTHONPYCACHEPREFIX"] = str(cache / "python")
    return {
        **inherited,
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "COLUMNS": "400",
        "GIT_OPTIONAL_LOCKS": "0",
        "NO_MKDOCS_2_WARNING": "1",
        "ASTRO_TELEMETRY_DISABLED": "1",
        **more,
    }


def _missing(name: str) -> str:
    ways = {
        "mkdocs": "pip install mkdocs-material",
        "zensical": "pip install zensical",
        "pelican": 'pip install "pelican[markdown]"',
        "nikola": 'pip install "Nikola[extras]"',
        "eleventy": "npm install @11ty/eleventy",
        "astro": "npm install astro",
        "hexo": "npm install hexo",
        "jekyll": "gem install jekyll",
        "hugo": "https://gohugo.io/installation/",
        "zola": "https://www.getzola.org/documentation/getting-started/installation/",
    }
    if name not in ways:
        raise BuildError(_("{program} is not installed").format(program=name))
    said = _("{program} is not installed, neither in the site nor on the PATH; this installs it: {way}")
    raise BuildError(said.format(program=name, way=ways[name]))
