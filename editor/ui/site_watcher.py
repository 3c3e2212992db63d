"""Notices when files of the site change on disk, by whoever."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from editor.site.site import Site

_PAUSE_MS = 200
"""A pull or a sync changes many files in a row: they are told as one."""


class SiteWatcher(QObject):
    """Watches a site's configuration and the folders of its posts.

    Signals:
        configuration_changed: a file that the site was read from.
        posts_changed: a post came, went or was renamed.
    """

    configuration_changed = Signal()
    posts_changed = Signal()

    def __init__(self, parent: QObject | None = None, *, pause_ms: int = _PAUSE_MS) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._configuration: set[str] = set()
        self._configuration_pause = self._pause(pause_ms, self.configuration_changed)
        self._posts_pause = self._pause(pause_ms, self.posts_changed)
        self._watcher.fileChanged.connect(self._on_file)
        self._watcher.directoryChanged.connect(self._on_folder)

    def watch(self, site: Site) -> None:
        """Watch `site` instead of what was watched before."""
        if old := self._watcher.files() + self._watcher.directories():
            self._watcher.removePaths(old)
        self._configuration = {str(path) for path in site.configuration if path.is_file()}
        folders = {str(folder) for content in site.content_dirs for folder in _folders(content)}
        if wanted := sorted(self._configuration | folders):
            self._watcher.addPaths(wanted)

    def _pause(self, milliseconds: int, signal: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(signal)
        return timer

    def _on_file(self, path: str) -> None:
        # A file that was replaced is no longer watched: put it back.
        if path not in self._watcher.files() and Path(path).is_file():
            self._watcher.addPath(path)
        self._configuration_pause.start()

    def _on_folder(self, _path: str) -> None:
        self._posts_pause.start()


def _folders(top: Path) -> Iterable[Path]:
    """Yield `top` and the folders below it, hidden ones and links left out."""
    if not top.is_dir():
        return
    yield top
    for folder in sorted(top.iterdir()):
        if folder.is_dir() and not folder.is_symlink() and not folder.name.startswith("."):
            yield from _folders(folder)
