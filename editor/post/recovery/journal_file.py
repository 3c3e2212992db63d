"""JournalFile: one window's journal as a file, from its first record until nothing is unsaved any more."""

import contextlib
import logging
import os
import secrets
from pathlib import Path

from editor.post.in_place import sync_folder, write_all
from editor.post.recovery.locks import is_held, lock
from editor.post.recovery.records import HEADER, base_record, edits_record, encoded
from editor.post.recovery.unsaved import posts_in
from editor.post.text_edit import TextEdit

_log = logging.getLogger(__name__)

GROWN = 8 * 1024 * 1024
"""In bytes: from here on, a file that is twice as long as what it must hold is made anew."""

_ANEW = ".anew"


class JournalFile:
    """A file that records are put behind each other in; for one thread at a time, but for `sync`.

    It is there once something is written. Where it has grown by what is saved long since, or where a sync has failed
    (what the system had not brought to the disk by then may be gone, and the next sync would not tell), `to_sync`
    writes what is unsaved into a file beside it, which takes its place when that is synced.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: Path | None = None
        self._descriptor: int | None = None
        self._size = 0
        self._kept = 0
        """How long it was when it was made anew."""
        self._safe = 0
        """So many bytes are on the disk for certain."""
        self._behind = bytearray()
        """The bytes behind those."""
        self._asked = 0
        """How long it was when a sync was begun."""
        self._spoiled = False
        """Whether a sync has failed."""
        self._unnamed = True
        """Whether the folder is still to be synced."""
        self._next: tuple[Path, int, int] | None = None
        """The file that is to take its place: its path, its descriptor, and its length."""

    @property
    def is_there(self) -> bool:
        """Whether there is a file by now."""
        return self._descriptor is not None

    def write(self, data: bytes) -> None:
        """Put `data` at the end, all of it or nothing; raises OSError."""
        descriptor = self._opened()
        if self._size == 0:
            data = HEADER + data
        try:
            write_all(descriptor, data)
        except OSError:
            # Half a record must not stand before the next one; where it does, its checksum tells.
            with contextlib.suppress(OSError):
                os.lseek(descriptor, self._size, os.SEEK_SET)  # first: what can't be cut off is written over
                os.ftruncate(descriptor, self._size)
            raise
        self._size += len(data)
        self._behind += data

    def to_sync(self) -> int:
        """Return what `sync` takes, and `synced` or `not_synced` follows; raises OSError."""
        assert self._descriptor is not None
        if self._spoiled or self._size > max(GROWN, 2 * self._kept):
            self._begin_anew()
        self._asked = self._size
        # A descriptor of its own: the file may be closed and gone before the disk is done.
        return os.dup(self._next[1] if self._next is not None else self._descriptor)

    def sync(self, descriptor: int) -> None:
        """Wait until the disk has it, in any thread; raises OSError."""
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if self._unnamed:
            sync_folder(self._folder)

    def synced(self) -> bool:
        """Take over that `sync` has worked; return whether there is more to sync. Raises OSError."""
        if self._next is not None:
            self._change_over(*self._next)
            return True
        self._unnamed = False
        del self._behind[: self._asked - self._safe]
        self._safe = self._asked
        return False

    def not_synced(self) -> None:
        """Take over that `sync` has failed."""
        self._spoiled = True
        self._drop_next()

    def remove(self) -> None:
        """Take the file away, for every post of it is saved or given up; raises OSError."""
        self.close()
        if self._path is not None:
            try:
                self._path.unlink(missing_ok=True)
            except OSError:
                os.truncate(self._path, 0)  # a folder that lets no file go

    def close(self) -> None:
        """Let go of the file: from now on it is that of a window that is no more."""
        self._drop_next()
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def _opened(self) -> int:
        if self._descriptor is not None:
            return self._descriptor
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"window-{os.getpid()}-{secrets.token_hex(4)}.journal"
        descriptor = os.open(path, _FLAGS | os.O_EXCL, 0o600)
        self._path, self._descriptor = path, descriptor
        lock(descriptor)
        return descriptor

    def _begin_anew(self) -> None:
        assert self._path is not None
        with self._path.open("rb") as file:
            content = _unsaved_only(file.read(self._safe) + self._behind)
        if content is None:
            self._kept = self._size  # the disk gives back something else: no reason to lose the rest, too
            return
        _sweep(self._folder)
        path = self._path.with_suffix(_ANEW)
        descriptor = os.open(path, _FLAGS | os.O_TRUNC, 0o600)
        self._next = path, descriptor, len(content)
        try:
            lock(descriptor)
            write_all(descriptor, content)
        except OSError:
            self._drop_next()
            self._kept = self._size
            if self._spoiled:
                raise

    def _change_over(self, path: Path, descriptor: int, length: int) -> None:
        assert self._path is not None and self._descriptor is not None
        rest = bytes(self._behind[self._asked - self._safe :])
        try:
            write_all(descriptor, rest)
            path.replace(self._path)
        except OSError as error:
            self._drop_next()
            self._kept = self._size
            if self._spoiled:
                raise
            _log.info("the recovery journal stays as long as it is: %s", error)
            return
        os.close(self._descriptor)
        self._next = None
        self._descriptor, self._behind = descriptor, bytearray(rest)
        self._kept = self._safe = length
        self._size = length + len(rest)
        self._spoiled, self._unnamed = False, True

    def _drop_next(self) -> None:
        if self._next is not None:
            path, descriptor, _length = self._next
            self._next = None
            with contextlib.suppress(OSError):
                os.close(descriptor)
                path.unlink()


_FLAGS = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)


def _unsaved_only(data: bytes) -> bytes | None:
    """Return a journal of what is unsaved in the journal `data` and nothing else; None where that is damaged."""
    lines = [HEADER]
    for post in posts_in(data):
        if post.damaged:
            return None
        change = TextEdit.between(post.base, post.text) or TextEdit(0, 0, "")
        made = [change.start, change.end, change.replacement]
        when = post.time.timestamp()
        lines.append(encoded(base_record(post.post, post.path, post.base, post.codec, post.mark, when)))
        lines.append(encoded(edits_record(post.post, [made], len(post.text), when)))
    return b"".join(lines)


def _sweep(folder: Path) -> None:
    """Remove what a program that was killed has left of this."""
    for left in folder.glob(f"*{_ANEW}"):
        with contextlib.suppress(OSError):
            if not is_held(left):
                left.unlink()
