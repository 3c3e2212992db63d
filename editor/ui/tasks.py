"""Work off the GUI thread: a function in a pool thread, its result back by signal."""

import logging
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

_log = logging.getLogger(__name__)


class Tasks(Protocol):
    """Runs `function` elsewhere, then hands what it returned, or the exception, to a callback on the GUI thread."""

    def run(
        self,
        function: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Start `function`; exactly one of `then` and `failed` is called later."""


class _Bridge(QObject):
    """Carries a result from the pool's thread to the GUI thread.

    Signals:
        finished: (callback, its argument).
    """

    finished = Signal(object, object)


class _Job(QRunnable):
    def __init__(self, function: Callable[[], Any], then: Any, failed: Any, bridge: _Bridge) -> None:
        super().__init__()
        self._function, self._then, self._failed, self._bridge = function, then, failed, bridge

    def run(self) -> None:
        try:
            result = self._function()
        except Exception as error:  # whatever a task raises is reported, not lost in a thread
            self._bridge.finished.emit(self._failed, error)
        else:
            self._bridge.finished.emit(self._then, result)


class PoolTasks(QObject):
    """Tasks in a thread pool of their own, with as many threads as the machine has cores, or as are asked for."""

    def __init__(self, parent: QObject | None = None, threads: int | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        if threads is not None:
            self._pool.setMaxThreadCount(threads)
        self._ended = False
        self._bridge = _Bridge(self)
        self._bridge.finished.connect(self._deliver)

    def run(
        self,
        function: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """See `Tasks.run`; without `failed`, an exception goes to the log."""
        self._pool.start(_Job(function, then, failed or _log_failure, self._bridge))

    def wait(self) -> None:
        """Block until nothing runs any more; for the end of the program and of a test."""
        self._pool.waitForDone()

    def end(self, seconds: float = 10.0) -> bool:
        """Wait as `wait` does, `seconds` at most, and call nothing back any more: those who asked are about to go.

        Returns whether nothing runs any more: else a disk does not answer, and this object must not be taken down,
        which would wait for it.
        """
        done = self._pool.waitForDone(round(1000 * seconds))
        self._ended = True  # what is under way to the GUI thread by now still arrives
        return done

    def _deliver(self, callback: Callable[[Any], None], argument: Any) -> None:
        if not self._ended:
            callback(argument)


class ImmediateTasks:
    """Tasks done at once, in the caller's thread: for tests of what stands around them."""

    def run(
        self,
        function: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """See `Tasks.run`."""
        try:
            result = function()
        except Exception as error:
            (failed or _log_failure)(error)
        else:
            then(result)


def _log_failure(error: Exception) -> None:
    _log.error("a task failed", exc_info=error)
