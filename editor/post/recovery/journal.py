"""Journal: what a window has not saved yet, written to disk while it is typed."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from editor.post.recovery.journal_file import JournalFile
from editor.post.recovery.records import base_record, edits_record, encoded
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
        self._file = JournalFile(folder)
        self._synced_at = 0.0
        self._to_sync = False
        self._syncing: threading.Thread | None = None
        """What waits for the disk: writing goes on meanwhile, for that may take seconds."""
        self._sync_ended: tuple[JournalFile, OSError | None] | None = None
        """What it came to, until that is taken over."""
        self._unsafe = False
        """Whether the last sync has failed."""
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
                self._waiting.append(edits_record(post, [new], length, time.time()))
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
            with contextlib.suppress(OSError):
                self._end_sync()
        self._file.close()

    def _finish(self, post: int) -> None:
        if post in self._unsaved:
            self._unsaved.discard(post)
            self._waiting.append({"kind": "done", "post": post})
        self._clear = not self._unsaved
        self._wake.notify()

    def _is_idle(self) -> bool:
        return not (self._waiting or self._busy or self._unwritten or self._to_sync or self._syncing)

    def _has_work(self) -> bool:
        to_sync = self._to_sync and self._syncing is None
        return bool(self._waiting or self._unwritten or self._clear or to_sync)

    # ---- the thread

    def _work(self) -> None:
        with self._wake:
            while True:
                self._wait()
                if self._ending and not self._has_work():
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
        while not (self._waiting or self._clear or self._ending or self._sync_ended):
            pause = None
            if self._unwritten:
                pause = _RETRY_AFTER
            elif self._to_sync and self._syncing is None:
                pause = max(0.0, self._synced_at + SYNC_AFTER - time.monotonic())
            if pause == 0.0:
                return
            if not self._wake.wait(pause) and pause is not None:
                return
        if not (self._ending or self._sync_ended):
            # Asleep, not waiting: a key must not wake it. A burst of edits is one write.
            self._wake.release()
            time.sleep(WRITE_AFTER)
            self._wake.acquire()

    def _put(self, records: list[dict[str, Any]], clear: bool) -> bool:
        """Write records, sync when it is time to, remove a file that holds nothing any more."""
        try:
            if clear:
                self._unwritten = b""
                self._remove()
            else:
                self._unwritten += b"".join(map(encoded, records))
            if self._unwritten:
                self._file.write(self._unwritten)
                self._unwritten = b""
                self._to_sync = True
            self._end_sync()
            due = self._ending or time.monotonic() >= self._synced_at + SYNC_AFTER
            if self._to_sync and self._syncing is None and due:
                self._start_sync()
        except OSError as error:
            self._tell(error)
            return False
        if self._in_trouble and not self._unsafe:
            self._in_trouble = False
            self._trouble(None)
        return True

    def _start_sync(self) -> None:
        self._synced_at = time.monotonic()
        if self._file.is_there:
            file, descriptor = self._file, self._file.to_sync()
            self._syncing = threading.Thread(
                target=self._sync, args=(file, descriptor), name="journal sync", daemon=True
            )
            self._syncing.start()
        self._to_sync = False

    def _sync(self, file: JournalFile, descriptor: int) -> None:
        failure = None
        try:
            file.sync(descriptor)
        except OSError as error:
            failure = error
        with self._wake:
            self._sync_ended = file, failure
            self._wake.notify_all()

    def _end_sync(self) -> None:
        """Take over what a sync came to; raises OSError where it has failed."""
        ended, self._sync_ended = self._sync_ended, None
        if ended is None:
            return
        self._syncing = None
        file, failure = ended
        if file is not self._file:
            return  # it is gone, and with it the need
        try:
            if failure is not None:
                file.not_synced()
                raise failure
            if file.synced():
                self._to_sync = True
        except OSError:
            self._to_sync = self._unsafe = True
            raise
        self._unsafe = False

    def _remove(self) -> None:
        """Take the file away, for every post of it is saved or given up."""
        file, self._file = self._file, JournalFile(self._folder)
        self._to_sync = self._unsafe = False
        file.remove()

    def _tell(self, error: OSError) -> None:
        if not self._in_trouble:
            self._in_trouble = True
            _log.warning("the recovery journal can't be written: %s", error)
            reason = error.strerror or str(error)
            words = _("Unsaved text can't be kept safe ({reason}): save the post, or make room on the disk")
            self._trouble(words.format(reason=reason))


def _base(post: int, known: _Post) -> dict[str, Any]:
    return base_record(post, known.path, known.text, known.codec, known.mark, time.time())
