"""Notices when files of the site change on disk, by whoever."""

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from editor.site.site import Site
from editor.ui.tasks import Tasks

_log = logging.getLogger(__name__)

_PAUSE_MS = 200
"""A pull or a sync changes many files in a row: they are told as one."""

MOST_FOLDERS = 2_000
"""More folders are not watched: the system has a limit for all programs together, and a blog has fewer."""

_COARSEST = 0.05
"""Seconds by which a file may seem older than it is: its time is that of the system's last tick."""

_SLICE = 50
"""So many paths at a time are handed to the system, which takes about 2 ms."""

_NEVER = frozenset({"node_modules", "__pycache__", "bower_components", "vendor", "venv"})
"""Folders that may be anywhere and hold nobody's posts; hidden ones are left out besides."""

_OUTPUTS = frozenset({"site", "_site", "public", "dist", "output", "resources"})
"""Folders that builds write into, when they lie in the site's own folder and hold no posts."""

_DATA = (".yml", ".yaml", ".toml", ".json", ".js", ".cjs", ".mjs", ".ts", ".py")
"""How the names end of the files that generators read: one that comes or goes may change what the site is."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a walk through a site came to."""

    folders: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    """The configuration, as far as it is there."""
    data: frozenset[str] = frozenset()
    """The files of data in the folders."""


class SiteWatcher(QObject):
    """Watches a site's configuration, the folders of its posts, and the files that the post shown draws in.

    Signals:
        configuration_changed: a file that the site was read from, or one came that it would be read from.
        posts_changed: a post came, went or was renamed.
        snippets_changed: a file that the post shown draws in.
        ready: all that is to be watched is.
    """

    configuration_changed = Signal()
    posts_changed = Signal()
    snippets_changed = Signal()
    ready = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None, *, pause_ms: int = _PAUSE_MS) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._watcher = QFileSystemWatcher(self)
        self._site: Site | None = None
        self._read_at: float | None = None
        self._walk = 0
        """Counts the walks: only what the last one finds is taken."""
        self._found = _Found()
        self._snippets: frozenset[str] = frozenset()
        self._watched: set[str] = set()
        self._wanted: frozenset[str] = frozenset()
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._watch_some)
        self._configuration_pause = self._pause(pause_ms, self._tell_configuration)
        self._posts_pause = self._pause(pause_ms, self._tell_posts)
        self._snippets_pause = self._pause(pause_ms, self._tell_snippets)
        self._watcher.fileChanged.connect(self._on_file)
        self._watcher.directoryChanged.connect(self._on_folder)

    def watch(self, site: Site, read_at: float | None = None) -> None:
        """Watch `site` instead of what was watched before; its folders are looked for in a task.

        `read_at` is when reading it was begun, in seconds since 1970: what was changed since then and before it
        was watched is told, too.
        """
        self._site = site
        self._read_at = read_at
        self._look()

    def watch_snippets(self, paths: Iterable[str]) -> None:
        """Watch these files, absolute paths, instead of those of the post that was shown before."""
        snippets = frozenset(paths)
        if snippets != self._snippets:
            self._snippets = snippets
            self._want()

    def watched(self) -> set[Path]:
        """Return all files and folders that are watched now."""
        return {Path(path) for path in self._watched}

    # Looking for what is to be watched

    def _look(self, *, compare: bool = False) -> None:
        """Walk through the site in a task and watch what there is; with `compare`, tell of other files of data."""
        site = self._site
        if site is None:
            return
        self._walk += 1
        walk = self._walk

        def take_over(found: _Found) -> None:
            if walk == self._walk:
                before, self._found = self._found, found
                self._want()
                if compare and before.data != found.data:
                    self.configuration_changed.emit()

        self._tasks.run(lambda: _find(site, lambda: walk != self._walk), take_over)

    def _want(self) -> None:
        self._wanted = self._found.folders | self._found.files | self._snippets
        self._slices.start()

    def _watch_some(self) -> None:
        """Hand a slice of what is new, or not wanted any more, to the system: it takes its time for each."""
        old = sorted(self._watched - self._wanted)[:_SLICE]
        if old:
            self._watcher.removePaths(old)
            self._watched.difference_update(old)
            return
        new = sorted(self._wanted - self._watched)[:_SLICE]
        if new:
            refused = self._watcher.addPaths(new)
            if refused:
                _log.info("%s paths can't be watched, such as %s", len(refused), refused[0])
            self._wanted = self._wanted.difference(refused)
            self._watched.update(set(new).difference(refused))
            return
        self._slices.stop()
        self._look_for_missed()
        self.ready.emit()

    def _look_for_missed(self) -> None:
        """Tell of configuration that was changed while nobody watched it yet."""
        since, self._read_at = self._read_at, None
        if since is not None:
            files, begun = self._found.files, since - _COARSEST
            self._tasks.run(lambda: _changed_since(files, begun), self._tell_missed)

    def _tell_missed(self, missed: bool) -> None:
        if missed:
            self._configuration_pause.start()

    # What the system tells

    def _pause(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _on_file(self, path: str) -> None:
        # A file that was replaced is no longer watched; one that is away for a moment is put back after the pause.
        if path not in self._watcher.files() and not self._watcher.addPath(path):
            self._watched.discard(path)
        if path in self._snippets:
            self._snippets_pause.start()
        if path in self._found.files:
            self._configuration_pause.start()

    def _on_folder(self, path: str) -> None:
        if path not in self._watcher.directories():
            self._watched.discard(path)
        self._posts_pause.start()

    def _put_back(self) -> None:
        """Watch again, before anybody reads them, the files that were away."""
        for path in (self._found.files | self._snippets) - self._watched:
            if self._watcher.addPath(path):
                self._watched.add(path)

    def _tell_configuration(self) -> None:
        self._put_back()
        self.configuration_changed.emit()

    def _tell_snippets(self) -> None:
        self._put_back()
        self.snippets_changed.emit()

    def _tell_posts(self) -> None:
        """Tell that posts changed; look at new folders, and whether the site is another one by new files."""
        self.posts_changed.emit()
        self._look(compare=True)


def _find(site: Site, superseded: Callable[[], bool]) -> _Found:
    """Return what is to be watched of `site`; the folders nearest to the top come first, links are left out."""
    folders: dict[str, None] = {}
    data: set[str] = set()
    contents = [str(folder) for folder in site.content_dirs]
    root = str(site.root)
    # Where the site is read from, but not what lies below.
    waiting: deque[tuple[str, bool]] = deque((str(path.parent), False) for path in site.configuration)
    waiting.extend((str(path), False) for path in _down_to(site.root, site.content_dirs))
    waiting.extend((str(path), False) for path in _read_from(site.root, site.site_types.places))
    waiting.extend((folder, True) for folder in contents)
    deep: set[str] = set()
    while waiting and len(folders) < MOST_FOLDERS and not superseded():
        folder, goes_on = waiting.popleft()
        if folder in deep or (folder in folders and not goes_on):
            continue
        try:
            with os.scandir(folder) as scanned:
                entries = list(scanned)
        except OSError:
            continue
        folders[folder] = None
        data.update(entry.path for entry in entries if entry.name.endswith(_DATA))
        if goes_on:
            deep.add(folder)
            waiting.extend(
                (entry.path, True) for entry in entries if _is_walked(entry, folder == root, contents)
            )
    if waiting:
        _log.info("%s has more folders than are watched", root)
    files = frozenset(str(path) for path in site.configuration if path.is_file())
    return _Found(frozenset(folders), files, frozenset(data))


def _changed_since(files: Iterable[str], begun: float) -> bool:
    """Return whether one of the files was changed after `begun`; a time to come says nothing."""
    for path in files:
        try:
            if begun < Path(path).stat().st_mtime <= time.time():
                return True
        except OSError:
            continue
    return False


def _down_to(root: Path, contents: Iterable[Path]) -> list[Path]:
    """Return the site's folder and those between it and the folders of its posts."""
    between = [path for content in contents for path in content.parents if path.is_relative_to(root)]
    return [root, *between]


def _read_from(root: Path, places: Iterable[Path]) -> list[Path]:
    """Return the folders that the site would be read from, and those above them, where they would come."""
    above = [path.parent for path in places if path.parent.is_relative_to(root)]
    return [*places, *(path for path in above if path.parent != root or path.name not in _OUTPUTS)]


def _is_walked(entry: os.DirEntry[str], in_root: bool, contents: list[str]) -> bool:
    """Return whether posts may come into the folder `entry`."""
    if entry.name.startswith(".") or entry.name in _NEVER or not entry.is_dir(follow_symlinks=False):
        return False
    if in_root and entry.name in _OUTPUTS:
        return any(content == entry.path or content.startswith(entry.path + os.sep) for content in contents)
    return True
