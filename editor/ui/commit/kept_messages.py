"""KeptMessages: the commit messages that are not committed yet, kept over the end of the program."""

import hashlib
import logging
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from editor.errors import SaveError
from editor.post.disk import write_atomically
from editor.ui.tasks import Tasks

_log = logging.getLogger(__name__)

_PAUSE_MS = 800
_LONGEST = 100_000
"""Bytes: a longer file is none of ours."""


class KeptMessages(QObject):
    """A small file a repository in the state folder; empty messages have none."""

    def __init__(self, folder: Path, tasks: Tasks, parent: QObject, *, pause_ms: int = _PAUSE_MS) -> None:
        super().__init__(parent)
        self._folder = folder
        self._tasks = tasks
        self._waiting: tuple[Path, str] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(self.flush)

    def load(self, top: Path, then: Callable[[str], None]) -> None:
        """Hand the message that was kept for the repository at `top` to `then`, off the GUI thread and back."""
        place = self._place(top)
        self._tasks.run(lambda: _read(place), then)

    def keep(self, top: Path, message: str) -> None:
        """Keep `message`, in a moment."""
        if self._waiting is not None and self._waiting[0] != top:
            self.flush()
        self._waiting = (top, message)
        self._pause.start()

    def flush(self) -> None:
        """Write what waits."""
        self._pause.stop()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            place, message = self._place(waiting[0]), waiting[1]
            self._tasks.run(lambda: _write(place, message), lambda _nothing: None)

    def _place(self, top: Path) -> Path:
        return self._folder / f"{hashlib.sha256(os.fsencode(top)).hexdigest()[:24]}.txt"


def _read(place: Path) -> str:
    try:
        if place.stat().st_size > _LONGEST:
            return ""
        return place.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _write(place: Path, message: str) -> None:
    try:
        if not message.strip():
            place.unlink(missing_ok=True)
            return
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(place, message.encode("utf-8", "replace"))
    except (OSError, SaveError) as error:
        _log.warning("the commit message can't be kept: %s", error)
