"""Notices that something happens around a few files: told by the system where it can, looked for otherwise."""

from collections.abc import Iterable

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal

_PAUSE_MS = 100
"""A pull or a sync changes many files in a row: they are told as one."""

_POLL_MS = 3_000
"""Between two looks without a notification: network folders have none, nor has a folder above the watched ones."""


class FileWatcher(QObject):
    """Watches files and folders, by the paths that are handed over.

    Signals:
        stirred: something happened to some of them, or could have.
    """

    stirred = Signal()

    def __init__(
        self, parent: QObject | None = None, *, pause_ms: int = _PAUSE_MS, poll_ms: int = _POLL_MS
    ) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._wanted: set[str] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(self.stirred)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setTimerType(Qt.TimerType.PreciseTimer)
        self._again.timeout.connect(self.stirred)
        self._poll = QTimer(self)
        self._poll.setInterval(poll_ms)
        self._poll.timeout.connect(self.stirred)
        self._watcher.fileChanged.connect(self._on_changed)
        self._watcher.directoryChanged.connect(self._on_changed)

    def watch(self, paths: Iterable[str]) -> None:
        """Watch `paths`, which are there, and no others; one that was replaced is watched anew."""
        self._wanted = set(paths)
        watched = {*self._watcher.files(), *self._watcher.directories()}
        gone = watched - self._wanted
        if gone:
            self._watcher.removePaths(sorted(gone))
        new = self._wanted - watched
        if new:
            self._watcher.addPaths(sorted(new))  # what the system refuses is looked at all the same
        if self._wanted and not self._poll.isActive():
            self._poll.start()
        elif not self._wanted:
            self._poll.stop()

    def forget(self, paths: Iterable[str]) -> None:
        """Watch `paths` no longer: another file or folder may stand there by the next `watch`."""
        watched = {*self._watcher.files(), *self._watcher.directories()}.intersection(paths)
        if watched:
            self._watcher.removePaths(sorted(watched))

    def watched(self) -> set[str]:
        """Return what the system watches for us."""
        return {*self._watcher.files(), *self._watcher.directories()}

    def look_soon(self) -> None:
        """Tell `stirred` after the pause, whatever happened."""
        self._pause.start()

    def look_in(self, milliseconds: int) -> None:
        """Tell `stirred` once more after so long, or sooner where that was asked for."""
        if not self._again.isActive() or self._again.remainingTime() > milliseconds:
            self._again.start(milliseconds)

    def _on_changed(self, path: str) -> None:
        if path in self._wanted:
            self._pause.start()
