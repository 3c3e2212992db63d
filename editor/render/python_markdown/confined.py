"""Keeps an untrusted site's rendering inside the site.

An audit hook of the interpreter sees every file that is really opened, whatever extension asks for it and
however the path was made up, symbolic links followed: while a page of an untrusted site is rendered, files
outside the site (but for the interpreter's own libraries), every write, the network and other programs are
refused.
"""

# Paths are texts here: the extensions take and give them as such.
# ruff: noqa: PTH113, PTH117
from __future__ import annotations

import functools
import os
import sys
import sysconfig
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from editor.render.python_markdown.notes import Notes

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FILES = frozenset(("open", "os.listdir", "os.scandir"))
_REFUSED = ("socket.", "subprocess.", "os.", "shutil.", "ctypes.", "urllib.", "ftplib.", "smtplib.", "pty.")
_MOST_FILES = 200
_HARMLESS = frozenset(("os.putenv", "os.unsetenv", "socket.gethostname", "os.walk", "os.fwalk"))


def inside(path: str, folder: str) -> bool:
    """Return whether the real path of `path` is the real `folder` or lies in it."""
    return _within(os.path.realpath(path), os.path.realpath(folder))


def _within(real: str, folder: str) -> bool:
    return real == folder or real.startswith(folder.rstrip(os.sep) + os.sep)


@functools.lru_cache(maxsize=2)
def _libraries(search_path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the real folders that modules are imported from."""
    known = sysconfig.get_paths()
    places = [*search_path, *(known[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))]
    real = {os.path.realpath(place) for place in places if os.path.isabs(place)}
    return tuple(sorted(real - {os.sep}))


class Confinement:
    """Refuses, while it holds, what an untrusted site may not do; the refusals are noted."""

    def __init__(self) -> None:
        self._root: str | None = None
        self._notes = Notes()
        self._installed = False
        self._libraries: tuple[str, ...] = ()
        self._read: dict[str, None] | None = None

    @contextmanager
    def holding(self, root: str, notes: Notes) -> Iterator[None]:
        """Hold everything inside the folder `root` until the block ends."""
        self._install()
        self._libraries = _libraries(tuple(sys.path))
        self._notes = notes
        self._root = os.path.realpath(root)
        wrote = sys.dont_write_bytecode
        sys.dont_write_bytecode = True  # a lexer that is imported now would be compiled into a file
        try:
            yield
        finally:
            self._root = None
            sys.dont_write_bytecode = wrote

    @contextmanager
    def reading(self, root: str) -> Iterator[list[str]]:
        """Give a list that has, after the block, the real paths of the files that were read in it.

        Those that belong to Python and its libraries are left out, but for what lies in the folder `root`.
        """
        self._install()
        found: list[str] = []
        self._read = {}
        try:
            yield found
        finally:
            found.extend(self.taken(root))
            self._read = None

    def taken(self, root: str) -> list[str]:
        """Return what `reading` would give for the files that were read since it began, and forget them."""
        named, self._read = self._read, {}
        if not named:
            return []
        site = os.path.realpath(root)
        libraries = [folder for folder in _libraries(tuple(sys.path)) if folder != site]
        return [
            real
            for real in dict.fromkeys(os.path.realpath(name) for name in named)
            if not any(_within(real, folder) for folder in libraries) and os.path.isfile(real)
        ]

    def _install(self) -> None:
        if not self._installed:
            # It can't be taken out again, so there is one for the whole process, idle outside of the blocks.
            sys.addaudithook(self._audit)
            self._installed = True

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and self._read is not None and len(self._read) < _MOST_FILES:
            named = arguments[0]
            if isinstance(named, (str, bytes)) and not _writes(arguments[1], arguments[2]):
                self._read[os.fsdecode(named)] = None
        if self._root is None or event in _HARMLESS:
            return
        if event in _FILES:
            self._check_file(event, arguments)
        elif event.startswith(_REFUSED):
            self._notes.add("action-refused", event)
            raise PermissionError(f"{event} is refused in a site that is not trusted")

    def _check_file(self, event: str, arguments: tuple[Any, ...]) -> None:
        named = arguments[0]
        if isinstance(named, int) or named is None:
            return
        root = self._root
        assert root is not None
        path = os.fsdecode(named)
        writes = event == "open" and _writes(arguments[1], arguments[2])
        real = os.path.realpath(path)
        if writes or not any(_within(real, folder) for folder in (root, *self._libraries)):
            self._notes.add("file-refused", path)
            raise PermissionError(f"{path} is outside the site, which is not trusted")


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str) and any(letter in mode for letter in "wax+"):
        return True
    return isinstance(flags, int) and bool(flags & _WRITES)
