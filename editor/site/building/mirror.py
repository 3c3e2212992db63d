"""A copy of the site in our cache, kept in step with it: generators leave locks, caches and pages where they run.

The site is only read. A file is copied when it is new or its size or one of its times changed, also when it is
the copy that changed: generators rewrite files of their own accord. So nothing is hard-linked. What generators
add to the copy stays there for the next build; what is gone from the site goes from the copy.
"""

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from editor.errors import BuildError
from editor.site.building import history
from editor.translation import gettext as _

MAX_FILES = 200_000
MAX_BYTES = 8 * 1024**3
_SPARE_BYTES = 200 * 1024**2
"""So much of the disk is left free."""
_MAX_DEPTH = 60

_LEFT_OUT = frozenset(
    {
        *(".git", ".hg", ".svn", ".bzr", ".jj"),
        *("__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".tox", ".nox", ".ipynb_checkpoints"),
        *(
            ".cache",
            ".jekyll-cache",
            ".sass-cache",
            ".parcel-cache",
            ".astro",
            ".doit.db",
            ".hugo_build.lock",
        ),
        *(".idea", ".vscode", ".DS_Store", ".Trash-1000", ".deploy_git"),
    }
)
"""Caches, locks and what belongs to other programs, wherever it is."""
_LINKED = ("node_modules", "bundle")
"""What is installed: its parts are linked, in a folder of our own, since programs keep caches beside them."""


class Cancelled(Exception):
    """The person no longer wants what is under way."""


class Mirror:
    """The copy of one site; one process at a time may update it."""

    def __init__(
        self, root: Path, folder: Path, *, outside: Iterable[Path] = (), left_out: Iterable[Path] = ()
    ) -> None:
        """Make a copy of the site in `root` below `folder`, which belongs to the copy alone.

        `outside` are files and folders that the site uses, not all of them in `root`; `left_out` those in it
        that are not for the generator, such as the folder of the built site.
        """
        self._root = root
        used = [path for path in outside if not path.is_relative_to(root)]
        self._base = _base(root, used)
        self._parts = [
            root,
            *(path for path in used if path.is_relative_to(self._base) and path != self._base),
        ]
        self._left_out = {path for path in left_out if path not in (root, self._base)}
        self._folder = folder
        self._copy = folder / "site"
        self._state = folder / "mirror.json"
        self._known: dict[str, list[Any]] = {}
        self._cancelled: Callable[[], bool] = lambda: False
        self.unreadable: list[Path] = []
        """What in the site could not be read at the last update."""

    @property
    def copy(self) -> Path:
        """The whole copy: that of the folder that holds all that the site uses."""
        return self._copy

    @property
    def root(self) -> Path:
        """The copy of the site's folder."""
        return self.inner(self._root)

    def inner(self, path: Path) -> Path:
        """Return the copy's path of a path in the site; one that has no copy is returned as it is."""
        return self._copy / path.relative_to(self._base) if path.is_relative_to(self._base) else path

    def original(self, path: Path) -> Path:
        """Return the site's path of a path in the copy; one that is elsewhere is returned as it is."""
        return self._base / path.relative_to(self._copy) if path.is_relative_to(self._copy) else path

    def update(
        self,
        texts: Mapping[Path, str],
        progress: Callable[[int, int], None] = lambda _done, _all: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Bring the copy up to date, with `texts` (by path in the site) in place of what is on disk.

        `progress` gets how many of the changed files are copied. Raises BuildError where there is no room,
        Cancelled.
        """
        self._cancelled = cancelled
        self.unreadable = []
        self._known = self._load()
        try:
            self._copy.mkdir(parents=True, exist_ok=True)
            found = self._found()
            laid = {self._relative(path): text for path, text in texts.items() if self._has_place(path)}
            self._remove_gone(found.keys() | laid.keys())
            changed = [
                name for name, status in found.items() if name not in laid and self._is_changed(name, status)
            ]
            self._check_room(sum(found[name].st_size for name in changed))
            for done, name in enumerate(changed):
                self._check_cancelled()
                progress(done, len(changed))
                self._copy_file(name, found[name])
            progress(len(changed), len(changed))
            for name, text in laid.items():
                self._lay(name, text)
            history.link(self._base, self._copy, self._folder / "history")
        except OSError as error:
            reason = error.strerror or str(error)
            raise BuildError(
                _("The site can't be copied into the cache: {reason}").format(reason=reason)
            ) from error
        finally:
            self._save()

    def lay(self, texts: Mapping[Path, str]) -> None:
        """Lay more texts over the copy, by path in the site, until the next update; raises OSError."""
        for path, text in texts.items():
            self._lay(self._relative(path), text)
        self._save()

    def _found(self) -> dict[str, os.stat_result]:
        """Return the files to copy by their paths below the base; folders and links are made on the way."""
        found: dict[str, os.stat_result] = {}
        size = 0
        for part in self._parts:
            self._make_folders(part if part.is_dir() else part.parent)
            if part.is_file():
                found[self._relative(part)] = part.stat()
                continue
            for path, status in self._walk(part, ()):
                found[self._relative(path)] = status
                size += status.st_size
                if len(found) > MAX_FILES or size > MAX_BYTES:
                    raise BuildError(
                        _("The site has too many files to be built in the cache"), path=self._root
                    )
        folder = self._root.parent
        while folder.is_relative_to(self._base):  # Node looks for packages in the folders above, too
            if (folder / "node_modules").is_dir():
                self._link_parts(folder / "node_modules")
            folder = folder.parent
        return found

    def _walk(
        self, folder: Path, above: tuple[tuple[int, int], ...]
    ) -> Iterator[tuple[Path, os.stat_result]]:
        self._check_cancelled()
        try:
            status = folder.stat()
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            self.unreadable.append(folder)
            return
        identity = (status.st_dev, status.st_ino)
        if identity in above or len(above) > _MAX_DEPTH:
            return  # a link into a folder around it
        _make_folder(self.inner(folder))
        for entry in entries:
            path = folder / entry.name
            if entry.name in _LEFT_OUT or path in self._left_out or entry.name.startswith(".hugo_build"):
                continue
            try:
                if entry.is_symlink() and self._link(path):
                    continue
                if entry.is_dir():
                    if _is_linked(path):
                        self._link_parts(path)
                    elif not (path / "pyvenv.cfg").is_file():
                        yield from self._walk(path, (*above, identity))
                elif entry.is_file():
                    yield path, path.stat()
            except OSError:
                self.unreadable.append(path)

    def _link(self, path: Path) -> bool:
        """Make a link to what the copy has too; return False for another, whose target is to be copied."""
        target = Path(os.path.realpath(path))
        if not any(target.is_relative_to(os.path.realpath(part)) for part in self._parts) or _is_linked(path):
            return False
        real_base = os.path.realpath(self._base)
        if not target.is_relative_to(real_base) or not target.exists():
            return False
        inner = target.relative_to(real_base)
        if any(name in _LEFT_OUT or name in _LINKED for name in inner.parts):
            return False
        place = self.inner(path)
        wanted = os.path.relpath(self._copy / inner, place.parent)
        if not place.is_symlink() or place.readlink() != Path(wanted):
            _remove(place)
            place.symlink_to(wanted)
        self._known[self._relative(path)] = ["link"]
        return True

    def _link_parts(self, folder: Path) -> None:
        """Make a folder of our own for `folder`, with links to all in it but what is hidden."""
        place = self.inner(folder)
        _make_folder(place)
        wanted: dict[str, Path] = {}
        for entry in os.scandir(folder):
            if entry.name == ".bin" or not entry.name.startswith("."):
                wanted[entry.name] = folder / entry.name
        for name in [name for name in wanted if name.startswith("@")]:  # a folder of packages
            _make_folder(place / name)
            for inner in os.scandir(wanted.pop(name)):
                wanted[f"{name}/{inner.name}"] = folder / name / inner.name
        for name, target in wanted.items():
            link = place / name
            if not link.is_symlink() or link.readlink() != target:
                _remove(link)
                link.symlink_to(target)
        for parent in (place, *(scope for scope in place.iterdir() if scope.name.startswith("@"))):
            for link in list(parent.iterdir()):
                if link.is_symlink() and link.relative_to(place).as_posix() not in wanted:
                    link.unlink()

    def _is_changed(self, name: str, status: os.stat_result) -> bool:
        known = self._known.get(name)
        if known is None or known[:3] != _times(status):
            return True
        try:
            return known[3:] != _times((self._copy / name).lstat())
        except OSError:
            return True

    def _copy_file(self, name: str, status: os.stat_result) -> None:
        source, place = self._base / name, self._copy / name
        self._known.pop(name, None)
        self._make_folders(source.parent)
        if not self._is_inside(place):
            return
        _remove(place)
        try:
            shutil.copyfile(source, place)
        except PermissionError:
            self.unreadable.append(source)
            place.unlink(missing_ok=True)
            return
        except FileNotFoundError:  # gone meanwhile
            return
        place.chmod(stat.S_IMODE(status.st_mode) | stat.S_IRUSR | stat.S_IWUSR)
        # Pages may show when their file was changed.
        os.utime(place, ns=(status.st_mtime_ns, status.st_mtime_ns))
        self._known[name] = [*_times(status), *_times(place.lstat())]

    def _lay(self, name: str, text: str) -> None:
        place = self._copy / name
        data = text.encode("utf-8", "surrogatepass")
        self._make_folders((self._base / name).parent)
        if not self._is_inside(place):
            return
        self._known[name] = ["text"]
        if place.is_symlink() or not place.is_file() or place.read_bytes() != data:
            _remove(place)
            place.write_bytes(data)

    def _remove_gone(self, there: Iterable[str]) -> None:
        """Remove what was copied and is there no longer; what a generator added stays."""
        names = set(there)
        for name, known in list(self._known.items()):
            if name in names or (known == ["link"] and (self._base / name).is_symlink()):
                continue
            del self._known[name]
            place = self._copy / name
            if not self._is_inside(place):
                continue
            _remove(place)
            folder = place.parent
            while folder != self._copy and not self.original(folder).is_dir():
                try:
                    folder.rmdir()
                except OSError:  # a generator's files are in it
                    break
                folder = folder.parent

    def _check_room(self, size: int) -> None:
        if size + _SPARE_BYTES > shutil.disk_usage(self._copy).free:
            raise BuildError(_("There is not enough room on the disk to build the site in the cache"))

    def _check_cancelled(self) -> None:
        if self._cancelled():
            raise Cancelled

    def _make_folders(self, folder: Path) -> None:
        """Make the copy's folders down to that of `folder`."""
        place = self._copy
        for name in folder.relative_to(self._base).parts:
            place /= name
            if not (place.is_symlink() and place.is_dir()):  # a link within the copy
                _make_folder(place)

    def _is_inside(self, place: Path) -> bool:
        """Return whether no link on the way to `place` leads out of the copy: into the site, it may be."""
        return Path(os.path.realpath(place.parent)).is_relative_to(os.path.realpath(self._copy))

    def _has_place(self, path: Path) -> bool:
        return path.is_relative_to(self._base) and ".." not in path.parts

    def _relative(self, path: Path) -> str:
        return path.relative_to(self._base).as_posix()

    def _load(self) -> dict[str, list[Any]]:
        try:
            found = json.loads(self._state.read_bytes())
        except (OSError, ValueError):
            return {}
        known = (
            found.get("files") if isinstance(found, dict) and found.get("base") == str(self._base) else None
        )
        return known if isinstance(known, dict) else {}

    def _save(self) -> None:
        # What is not noted is copied again: a build that was killed leaves no half-copied file behind.
        temporary = self._state.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps({"base": str(self._base), "files": self._known}), "utf-8")
            temporary.replace(self._state)
        except (OSError, UnicodeEncodeError):
            self._state.unlink(missing_ok=True)


def _base(root: Path, used: Iterable[Path]) -> Path:
    """Return the folder whose parts are copied: the repository's, else that which holds all that is used."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            return folder
        if folder == Path("~").expanduser():
            break
    base = root
    for path in used:
        common = Path(os.path.commonpath([base, path])) if path.drive == base.drive else base
        if len(common.parts) > 2:  # not all of the disk
            base = common
    return base


def _is_linked(path: Path) -> bool:
    if path.name == "bundle":
        return path.parent.name == "vendor" and (path / "ruby").is_dir()
    return path.name == "node_modules"


def _make_folder(place: Path) -> None:
    """Make a folder that is one itself: a link in its place could lead back into the site."""
    if place.is_symlink() or not place.is_dir():
        _remove(place)
        place.mkdir(parents=True)


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _times(status: os.stat_result) -> list[int]:
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns]
