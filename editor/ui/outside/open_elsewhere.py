"""Which posts are open in several windows: each window keeps a locked file for each of its posts."""

import contextlib
import hashlib
import logging
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from editor.post.recovery.locks import is_held, lock

_log = logging.getLogger(__name__)

_FOLDER = "open-posts"
_SUFFIX = ".open"


def marks_folder(state_dir: Path) -> Path:
    """Return the folder of the marks in the program's state folder."""
    return state_dir / _FOLDER


class OpenMarks:
    """The marks of one window. A mark is an empty file, locked by its window; nobody holds those of the dead.

    It is for one thread at a time; nothing is raised, as a window can do without.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._marks: dict[Path, tuple[Path, int]] = {}

    def update(self, paths: Iterable[Path]) -> set[Path]:
        """Mark `paths`, and no others, as open here; return those that are open in another window, too."""
        wanted = set(paths)
        for path in set(self._marks) - wanted:
            self._clear(path)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for path in wanted:
                mark = self._marks.get(path)
                if mark is not None and not mark[0].exists():
                    self._clear(path)
                    mark = None
                if mark is None:
                    self._mark(path)
            return self._open_elsewhere(wanted)
        except OSError as error:
            _log.info("open posts can't be marked: %s", error)
            return set()

    def _mark(self, path: Path) -> None:
        mark = self._folder / f"{_digest(path)}-{secrets.token_hex(4)}{_SUFFIX}"
        descriptor = os.open(mark, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        lock(descriptor)
        self._marks[path] = mark, descriptor

    def _clear(self, path: Path) -> None:
        mark, descriptor = self._marks.pop(path)
        os.close(descriptor)
        with contextlib.suppress(OSError):
            mark.unlink()

    def _open_elsewhere(self, paths: Iterable[Path]) -> set[Path]:
        own = {mark.name for mark, _descriptor in self._marks.values()}
        by_digest = {_digest(path): path for path in paths}
        found = set()
        for mark in self._folder.iterdir():
            path = by_digest.get(mark.name.partition("-")[0])
            if path is None or mark.name in own or mark.suffix != _SUFFIX:
                continue
            try:
                if is_held(mark):
                    found.add(path)
                else:
                    mark.unlink()
            except OSError:
                continue  # its window has just taken it away
        return found


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:24]
