"""One look at the file of an open post: whether the disk still has what was read, and where the file went if not."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from editor.errors import OpenError
from editor.post.disk import read_bytes
from editor.post.document import PostDocument

_RACY_SECONDS = 2.5
"""A file that was changed so recently may change again without another time: FAT counts in steps of two seconds."""

_WRITING_SECONDS = 0.25
"""A file that was changed so recently may be half written."""

_TICK_SECONDS = 0.05
"""By how much a time in a file system may lag behind the clock."""

_MOST_ENTRIES = 20_000
"""More files and folders are not looked through for one that has moved."""

_NEVER = frozenset({"node_modules", "__pycache__"})


class FileState(NamedTuple):
    """What changes when a file does, as the system has it; times in nanoseconds."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int


Identity = tuple[int, int]
"""Device and inode."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the window knows of a post's file."""

    path: Path
    data: bytes | None
    """What was read or written last; None: there was no file."""
    state: FileState | None = None
    """The file's state when it had that content, where it can be gone by."""
    identity: Identity | None = None
    """Which file it was when it was last seen."""
    folders: tuple[tuple[str, Identity], ...] = ()
    """The folders above it, the nearest first, as they were then."""
    seen_at: float = 0.0
    """When that was, in seconds since 1970."""
    root: Path | None = None
    """The folder in which it is looked for when it is gone."""


@dataclass(frozen=True, slots=True)
class Same:
    """The disk has what the window knows."""

    state: FileState | None
    """None: look at the content again the next time."""
    identity: Identity
    folders: tuple[tuple[str, Identity], ...]
    at: float


@dataclass(frozen=True, slots=True)
class Changed:
    """The disk has something else."""

    post: PostDocument


@dataclass(frozen=True, slots=True)
class Writing:
    """The disk has something else, which somebody may be writing right now."""


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such file."""

    moved_to: Path | None = None
    """Where it is now, where that is certain."""
    with_folder: bool = False
    """Whether its folder is gone, too."""


@dataclass(frozen=True, slots=True)
class Away:
    """Nothing can be said: the disk does not answer, or there is no regular file that may be read."""

    reason: str


Finding = Same | Changed | Writing | Gone | Away


def look(known: Known, *, patient: bool = True, search: bool = False) -> Finding:
    """Return what became of the file.

    With `patient`, one that may be half written is not taken for changed; with `search`, one that is gone is looked
    for. Nothing is raised. It reads the file where its state says that it may have changed.
    """
    try:
        before = _state(known.path)
    except (FileNotFoundError, NotADirectoryError):
        return _gone(known, search=search)
    except OSError as error:
        return Away(error.strerror or str(error))
    now = time.time()
    if known.data is not None and before == known.state:
        return _same(known.path, before, now, certain=True)
    try:
        data = read_bytes(known.path)
        after = _state(known.path)
    except FileNotFoundError:
        return _gone(known, search=search)
    except OSError as error:
        return Away(error.strerror or str(error))
    except OpenError as error:
        # It may have gone, or have been replaced by a folder, between the two.
        return Away(error.message) if known.path.exists() else _gone(known, search=search)
    if data == known.data:
        latest = max(before.modified, before.changed) / 1e9
        certain = before == after and not now - _RACY_SECONDS < latest
        return _same(known.path, after, now, certain=certain)
    if patient and (before != after or _may_be_half(data, known.data, after, now)):
        return Writing()
    return Changed(PostDocument(known.path, data))


def _state(path: Path) -> FileState:
    found = path.stat()
    return FileState(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _may_be_half(data: bytes, known: bytes | None, state: FileState, now: float) -> bool:
    """Return whether the content may be a part only: an empty file is what many programs begin with."""
    return (not data and bool(known)) or -_TICK_SECONDS < now - state.modified / 1e9 < _WRITING_SECONDS


def _same(path: Path, state: FileState, now: float, *, certain: bool) -> Same:
    return Same(state if certain else None, (state.device, state.inode), _folders(path), now)


def _folders(path: Path) -> tuple[tuple[str, Identity], ...]:
    """Return the folders above `path` with their identities, as far as they can be asked for."""
    found = []
    for folder in path.parents:
        identity = _identity(folder)
        if identity is None:
            break
        found.append((str(folder), identity))
    return tuple(found)


def _identity(path: Path) -> Identity | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _gone(known: Known, *, search: bool) -> Gone | Away:
    try:
        known.path.parent.stat()
    except (FileNotFoundError, NotADirectoryError):
        with_folder = True
    except OSError as error:
        return Away(error.strerror or str(error))
    else:
        with_folder = False
    moved = _find(known) if search and known.data and known.identity is not None else None
    return Gone(moved, with_folder)


def _find(known: Known) -> Path | None:
    """Return where the file is now, or None where that is not certain."""
    renamed = _in_renamed_folder(known)
    if renamed is not None:
        return renamed
    folder = known.root if known.root is not None and known.root.is_dir() else known.path.parent
    found = []
    for entry in _files_below(folder, known.path.suffix):
        try:
            state = entry.stat(follow_symlinks=False)
            same_file = (state.st_dev, state.st_ino) == known.identity
            # One that was there beside it all the time is another post, whatever it holds.
            new = state.st_ctime >= known.seen_at - _TICK_SECONDS
            if state.st_size == len(known.data or b"") and (same_file or new):
                # An inode is given to another file soon: it is the same one where it has the same content.
                path = Path(entry.path)
                if read_bytes(path) == known.data:
                    if same_file:
                        return path
                    found.append(path)
        except (OSError, OpenError):
            continue
    return found[0] if len(found) == 1 else None


def _in_renamed_folder(known: Known) -> Path | None:
    """Return the file's place where one of the folders above it has another name in the same place now."""
    below: list[tuple[str, Identity]] = []
    for folder, identity in known.folders:
        if _identity(Path(folder)) == identity:
            break
        below.append((folder, identity))
    else:
        return None
    if not below:
        return None
    missing, identity = below[-1]
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False) and _identity(Path(entry.path)) == identity:
                    candidate = Path(entry.path) / known.path.relative_to(missing)
                    if _identity(candidate) == known.identity or read_bytes(candidate) == known.data:
                        return candidate
    except (OSError, OpenError):
        return None
    return None


def _files_below(folder: Path, suffix: str) -> Iterator[os.DirEntry[str]]:
    """Give the regular files of that suffix; hidden folders are left out, and links are not followed."""
    waiting = [str(folder)]
    left = _MOST_ENTRIES
    while waiting and left > 0:
        try:
            with os.scandir(waiting.pop()) as scanned:
                entries = list(scanned)
        except OSError:
            continue
        left -= len(entries)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(".") and entry.name not in _NEVER:
                    waiting.append(entry.path)
            elif entry.name.endswith(suffix) and entry.is_file(follow_symlinks=False):
                yield entry
