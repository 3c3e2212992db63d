"""Notices when somebody else writes the settings file: an editor, another window."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

_PAUSE_MS = 200
"""Editors write a file in several steps: they are told as one."""


class SettingsWatcher(QObject):
    """Watches one file and its folder, whether the file is there yet or not.

    Signals:
        changed: the file was written, came or went; `Settings.reload` tells whether that matters.
    """

    changed = Signal()

    def __init__(self, path: Path, parent: QObject | None = None, *, pause_ms: int = _PAUSE_MS) -> None:
        super().__init__(parent)
        self._path = path
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self._tell)
        self._watcher.fileChanged.connect(self._timer.start)
        self._watcher.directoryChanged.connect(self._timer.start)
        self._stamp = self._look()

    def _tell(self) -> None:
        stamp = self._look()
        if stamp != self._stamp:  # a file beside it is none of ours
            self._stamp = stamp
            self.changed.emit()

    def _look(self) -> tuple[int, int, int] | None:
        """Watch what is there now, and return what tells one state of the file from another."""
        folder = self._path.parent
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent  # the folder may be yet to come
        for path in (str(folder), str(self._path)):
            if path not in self._watcher.files() + self._watcher.directories() and Path(path).exists():
                self._watcher.addPath(path)
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino
