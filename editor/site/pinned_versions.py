"""Which versions of the packages that make pages a site is published with, as its files say.

A lock file says it for certain, then a pinned requirement, then what is installed in the site's own environment. Of
ranges nothing is read: they leave open what a build has.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from editor.post.toml import read_toml_values
from editor.site.files import start_of
from editor.site.python_environment import PythonEnvironment, folders_of_project, of_site, plain_name

_PACKAGES = {
    plain_name(name): name for name in ("Markdown", "pymdown-extensions", "Pygments", "mkdocs-material")
}
_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml")
_REQUIREMENTS = (
    "requirements.txt",
    "requirements-docs.txt",
    "docs-requirements.txt",
    "requirements/docs.txt",
    "docs/requirements.txt",
)
_PIN = re.compile(
    r"(?P<name>[A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*===?\s*(?P<version>\d[\w.!+-]*)(?!\.?\*)\s*(?:$|[;#\\,\s])"
)
_LOCKED = re.compile(
    r'^\[\[packages?\]\]\s*^name = "(?P<name>[^"\n]+)"\s*^version = "(?P<version>[^"\n]+)"', re.MULTILINE
)
"""A package of a lock file. They are written by programs, and too long to be read as TOML each time."""
_MOST_BYTES = 20_000_000


def pinned_versions(
    root: Path, environment: Mapping[str, str]
) -> tuple[dict[str, list[str]], tuple[Path, ...]]:
    """Return package -> [version, where that is said] for the site in `root`, and the files that were read.

    Nothing outside the site's repository is read, and nothing is run. `environment` is that of the process.
    """
    folders = folders_of_project(root)
    top = Path(os.path.realpath(folders[-1]))
    found: dict[str, list[str]] = {}
    files: list[Path] = []
    for folder in folders:
        for name, read in _readers():
            file = folder / name
            if not file.is_file() or not Path(os.path.realpath(file)).is_relative_to(top):
                continue
            files.append(file)
            for package, version in _read(file, read):
                found.setdefault(package, [version, name])
    installed = of_site(root, environment)
    if installed is not None and _stays(installed.prefix, folders, top):
        for package, version in installed.versions().items():
            if package in _PACKAGES:
                found.setdefault(_PACKAGES[package], [version, _name(installed, folders)])
    return found, tuple(files)


def _readers() -> Iterator[tuple[str, Any]]:
    for name in _LOCKS:
        yield name, _of_lock
    yield "Pipfile.lock", _of_pipenv
    for name in _REQUIREMENTS:
        yield name, _of_requirements
    yield "pyproject.toml", _of_project


def _read(file: Path, read: Any) -> list[tuple[str, str]]:
    try:
        data = start_of(file, _MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            return []
        said = list(read(data.decode("utf-8").replace("\r\n", "\n")))
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return []  # broken, or of another kind than its name says
    return [(_PACKAGES[plain_name(name)], version) for name, version in said if plain_name(name) in _PACKAGES]


def _of_lock(text: str) -> Iterator[tuple[str, str]]:
    found = [(match["name"], match["version"]) for match in _LOCKED.finditer(text)]
    names = [name for name, _version in found]
    for name, version in found:
        # Locked in several versions, for several systems or Pythons: none is for certain.
        if plain_name(name) in _PACKAGES and names.count(name) == 1:
            yield name, version


def _of_pipenv(text: str) -> Iterator[tuple[str, str]]:
    for name, said in json.loads(text).get("default", {}).items():
        version = said.get("version") or ""
        if version.startswith("=="):
            yield name, version.removeprefix("==")


def _of_requirements(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if pin := _PIN.match(line.strip()):
            yield pin["name"], pin["version"]


def _of_project(text: str) -> Iterator[tuple[str, str]]:
    document = read_toml_values(text)
    project = document.get("project", {})
    groups = (
        *project.get("optional-dependencies", {}).values(),
        *document.get("dependency-groups", {}).values(),
    )
    for group in (project.get("dependencies", []), *groups):
        for line in group:
            if isinstance(line, str):
                yield from _of_requirements(line)


def _stays(prefix: Path, folders: list[Path], top: Path) -> bool:
    """Return whether an environment in the project is not a link that leads out of it."""
    in_project = any(prefix.is_relative_to(folder) for folder in folders)
    return not in_project or Path(os.path.realpath(prefix)).is_relative_to(top)


def _name(installed: PythonEnvironment, folders: list[Path]) -> str:
    """Return what people call an environment: its path in the project, or the whole one."""
    prefix = installed.prefix
    for folder in folders:
        if prefix.is_relative_to(folder):
            return prefix.relative_to(folder).as_posix()
    return str(prefix)
