"""Builds of the open site, one at a time, off the GUI thread."""

import contextlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.errors import CopydeskError
from editor.site.building.build import SiteBuild
from editor.site.building.results import BuildResult
from editor.site.site import Site
from editor.ui.preview.patch import ScreenBlock
from editor.ui.session import PostSession
from editor.ui.tasks import PoolTasks


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built."""

    site: Site
    texts: Mapping[Path, str]
    """The unsaved texts."""
    started: float
    """In seconds since 1970."""
    session: PostSession | None = None
    """The post that was shown as the build began."""
    blocks: list[ScreenBlock] | None = None
    """Its blocks then, where they were those of its text."""

    def has(self, session: PostSession) -> bool:
        """Return whether the build has the text of `session` as it is now."""
        path = session.path
        if path is None:
            return False
        if session.modified or path in self.texts:
            return self.texts.get(path) == session.text
        return self.has_file(path)

    def has_file(self, path: Path) -> bool:
        """Return whether the build has the file `path`, as it is on disk or in an unsaved text of its own."""
        if path in self.texts:
            return True
        with contextlib.suppress(OSError):
            return path.stat().st_mtime < self.started
        return False


class Builder(QObject):
    """Runs the site's generator, and looks for the pages of posts.

    Signals:
        progress: a line.
        built: (the Order, its BuildResult).
        failed: (the Order, the CopydeskError that kept it from running).
        page_found: (the BuildResult, the post's path, the file of its page or None, whether that is where the site's
            rules have it).
    """

    progress = Signal(str)
    built = Signal(object, object)
    failed = Signal(object, object)
    page_found = Signal(object, object, object, bool)

    def __init__(self, cache_dir: Path, parent: QObject) -> None:
        """Build in `cache_dir`."""
        super().__init__(parent)
        self._cache = cache_dir
        self._work = PoolTasks(self)  # of its own: a build takes a thread for a long time
        self._stop: threading.Event | None = None

    @property
    def running(self) -> bool:
        """Whether a build runs."""
        return self._stop is not None

    def build(self, order: Order) -> None:
        """Start to build; nothing happens while a build runs."""
        if self._stop is not None:
            return
        stop = self._stop = threading.Event()
        work = SiteBuild(order.site, self._cache)

        def take(result: BuildResult) -> None:
            if self._stop is stop:
                self._stop = None
            self.built.emit(order, result)

        def give_up(error: Exception) -> None:
            if self._stop is stop:
                self._stop = None
            if not isinstance(error, CopydeskError):
                raise error
            self.failed.emit(order, error)

        self._work.run(lambda: work.run(order.texts, self.progress.emit, stop), take, give_up)

    def cancel(self) -> None:
        """End the build that runs; `built` tells when it is over."""
        if self._stop is not None:
            self._stop.set()

    def find_page(self, result: BuildResult, path: Path, url: str, text: str, *, anywhere: bool) -> None:
        """Look for the page of a post; `page_found` tells.

        `anywhere`: also by its words, where the address `url` has none. A build that does not have the post may have
        its words on another page.
        """

        def look() -> tuple[Path | None, bool]:
            own = result.file_at(url) if url else None
            if own is not None or not anywhere:
                return own, True
            return result.page_of(path, "", text), False

        self._work.run(look, lambda found: self.page_found.emit(result, path, *found))

    def end(self) -> None:
        """End what runs, and wait for it."""
        self.cancel()
        self._work.end()
