"""Journal: what a window has not saved yet, written to disk while it is typed."""

import contextlib
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from editor.post.recovery.locks import lock
from editor.post.recovery.records import HEADER, encoded
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _

_log = logging.getLogger(__name__)

WRITE_AFTER = 0.1
"""Seconds: so long edits are gathered before they are written, which a crash may take; 0.25 is promised."""

SYNC_AFTER = 1.0
"""Seconds between two fsyncs: what is written survives the process at once, the machine's end only when synced."""

_RETRY_AFTER = 1.0
"""Seconds until a write that failed is tried again."""


class _Post:
    """One post as the journal knows it."""

    def __init__(self, path: Path | None, text: str, codec: str, mark: bytes) -> None:
        self.path = path
        self.text = text
        self.codec, self.mark = codec, mark
        self.based = False
        """Whether the file holds the text that the next edit is of."""


class Journal:
    """The journal of one window; a thread of its own writes it, so that no call waits for a disk.

    A post is told of by `begin` when it is opened, by `edit` as it is typed in, by `saved` and `done`; `post` is any
    number that the window gives it. Nothing is raised: where the disk refuses, `trouble` is called with a sentence, in
    the journal's thread, the edits are kept and tried again, and `trouble` gets None once they are written.
    """

    def __init__(self, folder: Path, trouble: Callable[[str | None], None]) -> None:
        self._folder = folder
        self._trouble = trouble
        self._posts: dict[int, _Post] = {}
        self._unsaved: set[int] = set()
        """The posts with edits that are not saved."""
        self._wake = threading.Condition()
        self._waiting: list[dict[str, Any]] = []
        self._clear = False
        """Whether nothing is unsaved: the file may go once all before is done."""
        self._busy = False
        self._ending = False
        self._unwritten = b""
        """What the disk has refused so far."""
        self._descriptor: int | None = None
        self._path: Path | None = None
        self._size = 0
        self._synced_at = 0.0
        self._to_sync = False
        self._syncing: threading.Thread | None = None
        """What waits for the disk: writing goes on meanwhile, for that may take seconds."""
        self._in_trouble = False
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    # ---- what the window tells

    def begin(self, post: int, path: Path | None, text: str, codec: str = "utf-8", mark: bytes = b"") -> None:
        """Take note of a post that was opened: `text` is what its file holds, empty for a new one.

        `codec` and `mark` (its byte order mark) say how. Nothing is written before the first edit.
        """
        with self._wake:
            self._posts[post] = _Post(path, text, codec, mark)

    def edit(self, post: int, edit: TextEdit, length: int) -> None:
        """Take note of an edit, of the text as all edits before left it; `length` is the text's after it."""
        with self._wake:
            known = self._posts[post]
            if not known.based:
                self._waiting.append(_base(post, known))
                known.based = True
                known.text = ""  # it is in the record now
            last = self._waiting[-1] if self._waiting else None
            new = [edit.start, edit.end, edit.replacement]
            if last is not None and last["kind"] == "edits" and last["post"] == post:
                last["edits"].append(new)
                last["length"] = length
            else:
                now = time.time()
                self._waiting.append(
                    {"kind": "edits", "post": post, "edits": [new], "length": length, "time": now}
                )
            self._unsaved.add(post)
            self._clear = False
            self._wake.notify()

    def saved(
        self,
        post: int,
        path: Path,
        text: str,
        now: str | None = None,
        codec: str = "utf-8",
        mark: bytes = b"",
    ) -> None:
        """Take note that `text` is on disk at `path`, in that encoding and with that byte order mark.

        `now` is the text by now, where it is another one.
        """
        with self._wake:
            known = self._posts[post]
            known.path, known.text, known.based = path, text, False
            known.codec, known.mark = codec, mark
            self._finish(post)
            edit = TextEdit.between(text, now) if now is not None else None
            if now is not None and edit is not None:
                self.edit(post, edit, len(now))

    def moved(self, post: int, path: Path) -> None:
        """Take note that the post's file is `path` now."""
        with self._wake:
            known = self._posts[post]
            known.path = path
            if known.based:
                self._waiting.append({"kind": "moved", "post": post, "path": str(path)})
                self._wake.notify()

    def done(self, post: int) -> None:
        """Take note that the post is closed: what of it is not saved is given up."""
        with self._wake:
            if self._posts.pop(post, None) is not None:
                self._finish(post)

    def flush(self, seconds: float = 5.0) -> bool:
        """Wait until all that was told is written and synced; return whether it is, after `seconds` at most."""
        with self._wake:
            self._to_sync = self._to_sync or bool(self._waiting or self._unsaved)
            self._synced_at = 0.0
            self._wake.notify()
            return self._wake.wait_for(self._is_idle, seconds)

    def stop(self, seconds: float = 5.0) -> None:
        """Write what is left and end the thread; the file goes where nothing is unsaved.

        A disk that does not answer is waited for `seconds` at most; its file is found at the next start then.
        """
        with self._wake:
            self._ending = True
            self._wake.notify()
        self._thread.join(seconds)
        if self._thread.is_alive():
            return
        syncing = self._syncing
        if syncing is not None:
            syncing.join(seconds)
        self._close()

    def _finish(self, post: int) -> None:
        if post in self._unsaved:
            self._unsaved.discard(post)
            self._waiting.append({"kind": "done", "post": post})
        self._clear = not self._unsaved
        self._wake.notify()

    def _is_idle(self) -> bool:
        return not (self._waiting or self._busy or self._unwritten or self._to_sync or self._syncing)

    # ---- the thread

    def _work(self) -> None:
        with self._wake:
            while True:
                self._wait()
                if self._ending and not (self._waiting or self._unwritten or self._clear):
                    break
                records, self._waiting = self._waiting, []
                clear, self._clear = self._clear, False
                self._busy = True
                self._wake.release()
                try:
                    worked = self._put(records, clear)
                finally:
                    self._wake.acquire()
                self._busy = False
                self._wake.notify_all()
                if self._ending and not worked:
                    break  # there is no more to be done for it

    def _wait(self) -> None:
        """Wait for something to write, and a moment for what comes with it, or until it is time to sync."""
        while not (self._waiting or self._clear or self._ending):
            pause = None
            if self._unwritten:
                pause = _RETRY_AFTER
            elif self._to_sync and self._syncing is None:
                pause = max(0.0, self._synced_at + SYNC_AFTER - time.monotonic())
            if pause == 0.0:
                return
            if not self._wake.wait(pause) and pause is not None:
                return
        if not self._ending:
            # Asleep, not waiting: a key must not wake it. A burst of edits is one write.
            self._wake.release()
            time.sleep(WRITE_AFTER)
            self._wake.acquire()

    def _put(self, records: list[dict[str, Any]], clear: bool) -> bool:
        """Write records, sync when it is time to, remove a file that holds nothing any more."""
        try:
            if clear and not self._unwritten and self._descriptor is None:
                return True  # it was never written
            self._unwritten += b"".join(map(encoded, records))
            if clear:
                self._remove()
                self._unwritten = b""
            elif self._unwritten:
                self._write()
            due = self._ending or time.monotonic() >= self._synced_at + SYNC_AFTER
            if self._to_sync and self._syncing is None and due:
                self._start_sync()
        except OSError as error:
            self._tell(error)
            return False
        if self._in_trouble:
            self._in_trouble = False
            self._trouble(None)
        return True

    def _write(self) -> None:
        descriptor = self._opened()
        rest = memoryview(self._unwritten)
        try:
            written = 0
            while written < len(rest):
                written += os.write(descriptor, rest[written:])
        except OSError:
            # Half a record must not stand before the next one; where it does, its checksum tells.
            with contextlib.suppress(OSError):
                os.lseek(descriptor, self._size, os.SEEK_SET)  # first: what can't be cut off is written over
                os.ftruncate(descriptor, self._size)
            raise
        self._size += len(rest)
        self._unwritten = b""
        self._to_sync = True

    def _start_sync(self) -> None:
        self._synced_at = time.monotonic()
        self._to_sync = False
        if self._descriptor is not None:
            # A descriptor of its own: the file may be closed and gone before the disk is done.
            self._syncing = threading.Thread(
                target=self._sync, args=(os.dup(self._descriptor),), name="journal sync", daemon=True
            )
            self._syncing.start()

    def _sync(self, descriptor: int) -> None:
        failure = None
        try:
            os.fsync(descriptor)
        except OSError as error:
            failure = error
        finally:
            os.close(descriptor)
        if failure is not None:
            self._tell(failure)  # before the next sync can say that all is well again
        with self._wake:
            self._syncing = None
            self._to_sync = self._to_sync or failure is not None
            self._wake.notify_all()

    def _opened(self) -> int:
        if self._descriptor is not None:
            return self._descriptor
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"window-{os.getpid()}-{secrets.token_hex(4)}.journal"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags, 0o600)
        self._path, self._descriptor, self._size = path, descriptor, 0
        lock(descriptor)
        self._unwritten = HEADER + self._unwritten
        return descriptor

    def _remove(self) -> None:
        """Take the file away, for every post of it is saved or given up."""
        path = self._path
        self._close()
        if path is not None:
            path.unlink(missing_ok=True)
        self._path = None
        self._to_sync = False

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def _tell(self, error: OSError) -> None:
        if not self._in_trouble:
            self._in_trouble = True
            _log.warning("the recovery journal can't be written: %s", error)
            reason = error.strerror or str(error)
            words = _("Unsaved text can't be kept safe ({reason}): save the post, or make room on the disk")
            self._trouble(words.format(reason=reason))


def _base(post: int, known: _Post) -> dict[str, Any]:
    return {
        "kind": "base",
        "post": post,
        "path": str(known.path) if known.path is not None else None,
        "codec": known.codec,
        "mark": known.mark.hex(),
        "text": known.text,
        "time": time.time(),
    }
