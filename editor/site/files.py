"""Files of a site: walking its folders, paths relative to it, values as JSON."""

import ctypes
import errno
import itertools
import math
import os
import stat
import struct
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from editor.translation import gettext as _

LARGEST_TEXT = 20_000_000
"""Bytes of one of a site's own files; what is behind them is not read."""
_MAX_FOLDERS = 20_000
"""A folder with more subfolders than that is no site, but someone's disk."""
_MAX_DEPTH = 20
_MAX_VALUES = 2_000
_HERE, _BIRTH_WANTED = -100, 0x800
"""AT_FDCWD and STATX_BTIME of statx(2)."""


def walk(
    folder: Path, inside: Callable[[Path], bool], skip: Callable[[Path], bool] | None = None
) -> Iterator[Path]:
    """Yield the files below `folder` by name, a folder's own before those of its subfolders.

    Links are followed as far as `inside` allows, none of them in circles; folders that `skip` names are left
    out.
    """
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting and len(seen) < _MAX_FOLDERS:
        current = waiting.pop()
        try:
            status = current.stat()
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError:
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in seen or not inside(current):
            continue
        seen.add(identity)
        subfolders = []
        for entry in entries:
            path = current / entry.name
            if entry.is_symlink() and not inside(path):
                continue
            try:
                is_folder, is_file = entry.is_dir(), entry.is_file()
            except OSError:  # a link to itself
                continue
            if is_folder:
                if skip is None or not skip(path):
                    subfolders.append(path)
            elif is_file:
                yield path
        waiting += reversed(subfolders)


def subfolders(folder: Path) -> list[Path]:
    """Return the subfolders of `folder` by name, but for hidden ones; none where it can't be read."""

    def is_folder(entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir()
        except OSError:  # a link to itself
            return False

    try:
        with os.scandir(folder) as entries:
            # Names are sorted far faster than paths: there may be thousands.
            names = sorted(
                entry.name for entry in entries if not entry.name.startswith(".") and is_folder(entry)
            )
    except OSError:
        return []
    return [folder / name for name in names]


def start_of(path: Path, most: int) -> bytes:
    """Return the first `most` bytes of the regular file `path`; raises OSError.

    A pipe would block for ever, and a device has no end: a repository may hold links to them.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except ValueError:  # a NUL in the name
        raise FileNotFoundError(errno.ENOENT, _("there is no such file"), str(path)) from None
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, _("it is no ordinary file"), str(path))
        return stream.read(most)


def text_of(path: Path, errors: str = "strict") -> str:
    """Return the text of a small regular file in UTF-8, with line feeds; raises OSError, UnicodeDecodeError."""
    data = start_of(path, LARGEST_TEXT)
    return data.decode("utf-8-sig", errors).replace("\r\n", "\n").replace("\r", "\n")


def made_at(path: Path) -> datetime | None:
    """Return when a file was made, as far as the file system knows; changes of it do not count."""
    try:
        status = path.stat()
        seconds = getattr(status, "st_birthtime", None)
        if seconds is None:
            seconds = status.st_ctime if os.name == "nt" else _birth_by_statx(path)
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (OSError, OverflowError, ValueError):
        return None


def _birth_by_statx(path: Path) -> float | None:
    """Ask Linux by statx(2), which Python's own `stat` doesn't use."""
    statx = getattr(ctypes.CDLL(None), "statx", None)
    answer = ctypes.create_string_buffer(256)
    if statx is None or statx(_HERE, os.fsencode(path.absolute()), 0, _BIRTH_WANTED, answer) != 0:
        return None
    (known,) = struct.unpack_from("=I", answer, 0)
    seconds, nanoseconds = struct.unpack_from("=qI", answer, 80)
    return float(seconds + nanoseconds / 1e9) if known & _BIRTH_WANTED else None


def as_written(path: Path) -> Path:
    """Return `path` absolute and without `..`, its links kept: a generator follows the site's own way to a file."""
    return Path(os.path.normpath(path.absolute()))


def relative(path: Path, root: Path) -> str:
    """Return `path` relative to `root` with forward slashes; one outside of it stays absolute."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def linked_path(url: str) -> str | None:
    """Return the path that a link of a post names, decoded; empty where it stays in the post.

    None where it leads out of the site, or is none.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = unquote(parts.path)
    return None if parts.scheme or parts.netloc or "\0" in path else path


def quoted(path: str) -> str:
    """Return a path as part of an address; bytes of a file's name that are no text stay themselves."""
    return quote(path, errors="surrogateescape")


def as_json(value: Any) -> Any:
    """Return a value of front matter as JSON data: dates as ISO text, keys as text, the unknown as its text.

    Aliases make YAML larger than its text, even endless: past a depth and a size that no post needs, it is
    cut.
    """
    return _as_json(value, 0, itertools.count())


def _as_json(value: Any, depth: int, counter: Iterator[int]) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, Mapping | list | tuple | set):
        return str(value)
    if depth > _MAX_DEPTH or next(counter) > _MAX_VALUES:
        return None
    if isinstance(value, Mapping):
        return {str(key): _as_json(entry, depth + 1, counter) for key, entry in value.items()}
    return [_as_json(entry, depth + 1, counter) for entry in value]
