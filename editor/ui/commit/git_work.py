"""GitWork: a command of git off the GUI thread: what it prints, how it ends, and its cancelling."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from editor.ui.tasks import PoolTasks

Work = Callable[[Callable[[str], None], Callable[[], bool]], Any]
"""Gets what takes a printed line, and what says whether it is to end."""


class GitWork(QObject):
    """Runs one command at a time.

    Signals:
        line: a line that was printed.
    """

    line = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = PoolTasks(self)  # of its own: hooks may take long
        self._stop: threading.Event | None = None

    @property
    def running(self) -> bool:
        """Whether a command runs."""
        return self._stop is not None

    def run(self, work: Work, then: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        """Start `work`; one of `then` and `failed` is called. Nothing happens while another one runs."""
        if self._stop is not None:
            return
        stop = self._stop = threading.Event()

        def take_over(result: Any) -> None:
            self._stop = None
            then(result)

        def give_up(error: Exception) -> None:
            self._stop = None
            failed(error)

        self._tasks.run(lambda: work(self.line.emit, stop.is_set), take_over, give_up)

    def cancel(self) -> None:
        """End what runs; `failed` follows."""
        if self._stop is not None:
            self._stop.set()

    def end(self) -> None:
        """End what runs, and wait for it."""
        self.cancel()
        self._tasks.end()
