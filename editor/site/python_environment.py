"""Finding the Python that publishes a site: its virtual environment, or that of its generator's command.

Everything is found by looking at files: nothing is run but `pyenv which`, and that for a trusted site alone.
Sources: poetry/utils/env/env_manager.py (`generate_env_name`, `EnvsFile`), hatch/env/virtual.py, the documentation of
uv (`UV_PROJECT_ENVIRONMENT`) and of pdm (`.pdm-python`).
"""

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from editor.errors import OpenError
from editor.post.disk import read_bytes
from editor.post.toml import read_toml_values

COMMANDS = {
    "mkdocs": "mkdocs",
    "mkdocs-material": "mkdocs",
    "zensical": "zensical",
    "pelican": "pelican",
    "nikola": "nikola",
}
"""The generators that are written in Python, and their commands."""

_SHEBANG = re.compile(rb"\A#!\s*(?P<first>[^\r\n]+)(?:\r?\n'''exec' (?P<long>\"[^\"\n]+\"|\S+) \"\$0\")?")
_SECONDS = 10
"""How long `pyenv which` may take."""


@dataclass(frozen=True, slots=True)
class PythonEnvironment:
    """An environment with its interpreter."""

    interpreter: Path
    """As its environment names it: the links in the path are what tells one environment from another."""
    own: bool
    """Whether it was made for the site, rather than being what the shell would find."""

    @property
    def prefix(self) -> Path:
        """The environment's folder."""
        outer = self.interpreter.parent
        return outer.parent if outer.name.lower() in ("bin", "scripts") else outer

    def packages(self) -> Iterator[Path]:
        """Yield the folders that hold its packages."""
        yield from sorted(self.prefix.glob("lib/python3*/site-packages"))
        if (self.prefix / "Lib/site-packages").is_dir() and os.name == "nt":
            yield self.prefix / "Lib/site-packages"

    def versions(self) -> dict[str, str]:
        """Return name, in small letters with hyphens, -> version of what is installed, by the names of folders."""
        found = {}
        for folder in self.packages():
            for entry in folder.glob("*.dist-info"):
                name, _, version = entry.name.removesuffix(".dist-info").partition("-")
                found[plain_name(name)] = version
        return found

    def has_markdown(self) -> bool:
        """Return whether Python-Markdown is installed in it, or may be in what it stands on."""
        if any((folder / "markdown/__init__.py").is_file() for folder in self.packages()):
            return True
        return "include-system-site-packages = true" in _text(self.prefix / "pyvenv.cfg")


def find(root: Path, generator: str, environment: Mapping[str, str]) -> PythonEnvironment | None:
    """Return the environment that a build in `root` would run in; None where that is our own, or none is found.

    `environment` is that of the process. To be asked for a trusted site alone: what is found is going to be run.
    """
    found = list(_of_site(root, environment))
    if active := environment.get("VIRTUAL_ENV"):
        found.append(PythonEnvironment(_python_in(Path(active)), own=False))
    found += _of_command(root, COMMANDS.get(generator, ""), environment)
    chosen = next((one for one in found if _is_there(one) and one.has_markdown()), None)
    # One of its own without Markdown is named all the same: that is said where the page is rendered without it.
    chosen = chosen or next((one for one in found if one.own and _is_there(one)), None)
    return None if chosen is None or _is_ours(chosen) else chosen


def of_site(root: Path, environment: Mapping[str, str]) -> PythonEnvironment | None:
    """Return the environment that was made for the site in `root` and has Markdown; nothing is run for that."""
    found = (one for one in _of_site(root, environment) if _is_there(one) and one.has_markdown())
    chosen = next(found, None)
    return None if chosen is None or _is_ours(chosen) else chosen


def folders_of_project(root: Path) -> list[Path]:
    """Return `root` and the folders above it as far as its repository reaches; `root` alone without one."""
    found = [root]
    for folder in (root, *root.parents):
        if folder != root:
            found.append(folder)
        if (folder / ".git").exists():
            return found
        if folder == Path.home():
            break
    return [root]


def plain_name(name: str) -> str:
    """Return the name of a package as they are compared: small letters, hyphens."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _of_site(root: Path, environment: Mapping[str, str]) -> Iterator[PythonEnvironment]:
    """Yield the environments that may have been made for the site, the likeliest first; not all are there."""
    folders = folders_of_project(root)
    for folder in folders:
        for name in (".venv", "venv"):
            yield PythonEnvironment(_python_in(folder / name), own=True)
    for folder in folders:
        if (named := environment.get("UV_PROJECT_ENVIRONMENT")) and (folder / "pyproject.toml").is_file():
            yield PythonEnvironment(_python_in(folder / named), own=True)
        for prefix in (*_of_poetry(folder, environment), *_of_hatch(folder, environment)):
            yield PythonEnvironment(_python_in(prefix), own=True)
        if named := _text(folder / ".pdm-python").strip():
            yield PythonEnvironment(folder / named, own=True)


def _of_poetry(folder: Path, environment: Mapping[str, str]) -> list[Path]:
    """Return the environments that poetry keeps for the project in `folder`, the one in use first."""
    if not (folder / "poetry.lock").is_file() and "[tool.poetry" not in _text(folder / "pyproject.toml"):
        return []
    place = _poetry_folder(folder, environment)
    real = os.path.normcase(os.path.realpath(folder))
    code = _hash(real)
    found = [path for path in sorted(place.glob(f"*-{code}-py*")) if path.is_dir()]
    used = {f"{name}-py{said.get('minor')}" for name, said in _tables(place / "envs.toml").items()}
    return sorted(found, key=lambda path: path.name not in used)


def _poetry_folder(folder: Path, environment: Mapping[str, str]) -> Path:
    cache = environment.get("POETRY_CACHE_DIR") or platformdirs.user_cache_dir("pypoetry", appauthor=False)
    config = environment.get("POETRY_CONFIG_DIR") or platformdirs.user_config_dir(
        "pypoetry", appauthor=False, roaming=True
    )
    named = environment.get("POETRY_VIRTUALENVS_PATH", "")
    for file in (folder / "poetry.toml", Path(config) / "config.toml"):
        said = _tables(file).get("virtualenvs", {}).get("path")
        named = named or (said if isinstance(said, str) else "")
    return Path(named.replace("{cache-dir}", cache)) if named else Path(cache) / "virtualenvs"


def _of_hatch(folder: Path, environment: Mapping[str, str]) -> list[Path]:
    """Return the environments that hatch keeps for the project in `folder`, that of its documentation first."""
    if not (folder / "hatch.toml").is_file() and "[tool.hatch" not in _text(folder / "pyproject.toml"):
        return []
    data = environment.get("HATCH_DATA_DIR") or platformdirs.user_data_dir("hatch", appauthor=False)
    found = [
        path
        for code in dict.fromkeys((_hash(str(folder)), _hash(os.path.realpath(folder))))
        for path in sorted(Path(data).glob(f"env/virtual/*/{code}/*"))
        if path.is_dir()
    ]
    return sorted(found, key=lambda path: (path.name != "docs", not path.name.startswith("docs")))


def _hash(text: str) -> str:
    """Return what poetry and hatch make of a project's folder."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()[:8]


def _of_command(root: Path, command: str, environment: Mapping[str, str]) -> Iterator[PythonEnvironment]:
    """Yield the environment of a command on the PATH, by the line that says what runs it."""
    path = shutil.which(command, path=environment.get("PATH", "")) if command else None
    if path is not None and ".pyenv" in Path(path).parts:
        path = _behind_pyenv(root, command)
    if path is None or not Path(path).is_absolute():
        return
    try:
        with Path(path).open("rb") as file:
            start = _SHEBANG.match(file.read(1000))
    except OSError:
        return
    named = os.fsdecode((start["long"] or start["first"]).strip(b'" ')) if start else ""
    words = named.split()
    if words and Path(words[0]).name == "env":
        named = shutil.which(words[-1], path=environment.get("PATH", "")) or ""
    if named and not Path(named).is_file():
        named = words[0]
    if not re.match(r"python|pypy", Path(named).name.lower()):
        named = str(_python_in(Path(os.path.realpath(path)).parent.parent))  # a launcher, as on Windows
    yield PythonEnvironment(Path(named), own=False)


def _behind_pyenv(root: Path, command: str) -> str | None:
    with suppress(OSError, subprocess.SubprocessError):
        asked = subprocess.run(
            ["pyenv", "which", command],
            cwd=root,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=True,
        )
        return asked.stdout.strip() or None
    return None


def _python_in(prefix: Path) -> Path:
    return prefix / "Scripts" / "python.exe" if os.name == "nt" else prefix / "bin" / "python"


def _is_there(found: PythonEnvironment) -> bool:
    return (
        found.interpreter.is_absolute()
        and os.access(found.interpreter, os.X_OK)
        and found.interpreter.is_file()
    )


def _is_ours(found: PythonEnvironment) -> bool:
    return os.path.realpath(found.prefix) == os.path.realpath(sys.prefix)


def _tables(file: Path) -> dict[str, dict[str, Any]]:
    try:
        return {name: said for name, said in read_toml_values(_text(file)).items() if isinstance(said, dict)}
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _text(file: Path) -> str:
    """Return the text of a file of the site; nothing for what is no file: a device or a pipe has no end."""
    try:
        return read_bytes(file).decode("utf-8", "replace")
    except OpenError:
        return ""
