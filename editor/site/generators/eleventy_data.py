"""The data of an Eleventy site: what its configuration, its folders and files beside a post give to the post.

https://www.11ty.dev/docs/data-cascade/; as in TemplateData.js of Eleventy 3.1.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError
from editor.site import files
from editor.site.generators import eleventy_config
from editor.site.generators.data_files import read_or_report
from editor.site.generators.eleventy_config import Configuration

_DATA = (".json", ".js", ".mjs", ".cjs")


class DataFiles:
    """The data files of one site; each is read again when it has changed."""

    def __init__(self, root: Path, base: Path, config: Configuration, inside: Callable[[Path], bool]) -> None:
        """`base` is the folder of the content; `inside` tells whether a file may be read."""
        self._root = root
        self._base = base
        self._config = config
        self._inside = inside
        self._known: dict[Path, tuple[int, dict[str, Any]]] = {}
        """When a file was changed last, and what it held then."""

    def inherited(self, path: Path, inner: str) -> dict[str, Any]:
        """Return the data of the folders above the post `path`, and of its own data files.

        `inner` is its path below the folder of the content, with slashes.
        """
        values: dict[str, Any] = dict(self._config.global_data)
        for file in self._files(path, inner):
            values = merged(values, self._values(file))
        return values

    def _values(self, file: Path) -> dict[str, Any]:
        """Return what a data file holds; read again when it has changed."""
        try:
            stamp = file.stat().st_mtime_ns
        except OSError:
            return {}
        known = self._known.get(file)
        if known is None or known[0] != stamp:
            problems: list[CopydeskError] = []
            known = (stamp, data_of(file, problems))
            self._known[file] = known
        return known[1]

    def _files(self, path: Path, inner: str) -> Iterator[Path]:
        """Yield the data files for a post, those that go first the last."""
        folders = [self._base]
        for part in inner.split("/")[:-1]:
            folders.append(folders[-1] / part)
        stems = [folder / (self._config.data_base or folder.name) for folder in folders]
        if self._base == self._root:
            stems = stems[1:]
        for stem in (*stems, path.with_suffix("")):
            for suffix in reversed(self._config.data_suffixes):
                for ending in _DATA if suffix else (".json",):
                    file = stem.with_name(stem.name + suffix + ending)
                    if file.is_file() and self._inside(file):
                        yield file


def data_of(file: Path, problems: list[CopydeskError]) -> dict[str, Any]:
    """Return what a data file holds; of JavaScript, what is written in literals."""
    if file.suffix == ".json":
        return read_or_report(file, problems)
    return eleventy_config.read_data_script(file, problems)


def folder_data(base: Path, allowed: Callable[[Path], bool]) -> list[Path]:
    """Return the data files of folders, which all their posts inherit."""
    skipped = ("node_modules", ".git", "_site")
    return [
        file
        for file in files.walk(base, allowed, lambda folder: folder.name in skipped)
        if file.suffix in _DATA
        and (file.stem == file.parent.name or file.name.startswith(f"{file.parent.name}.11tydata."))
    ]


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return `over` laid over `base`: maps merged, lists joined; `override:key` replaces."""
    made = dict(base)
    for key, value in over.items():
        name = str(key).removeprefix("override:")
        mine = made.get(name)
        if name != key:
            made[name] = value
        elif isinstance(mine, Mapping) and isinstance(value, Mapping):
            made[name] = merged(mine, value)
        elif isinstance(mine, list) and isinstance(value, list):
            made[name] = [*mine, *value]
        elif isinstance(mine, list) and name == "tags" and isinstance(value, str):
            made[name] = [*mine, value]
        else:
            made[name] = value
    return made
