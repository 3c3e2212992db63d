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
        with contextlib.suppress(OSError):
            return path.stat().st_mtime < self.started
        return False


class Builder(QObject):
    """Runs the site's generator, and looks for the pages of posts.

    Signals:
        progress: a line.
        built: (the Order, its BuildResult).
        failed: (the Order, the CopydeskError that kept it from running).
        page_found: (the BuildResult, the post's path, the file of its page or None).
    """

    progress = Signal(str)
    built = Signal(object, object)
    failed = Signal(object, object)
    page_found = Signal(object, object, object)

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

    def find_page(self, result: BuildResult, path: Path, url: str, text: str) -> None:
        """Look for the page of a post; `page_found` tells."""
        self._work.run(
            lambda: result.page_of(path, url, text), lambda page: self.page_found.emit(result, path, page)
        )

    def end(self) -> None:
        """End what runs, and wait for it."""
        self.cancel()
        self._work.end()
