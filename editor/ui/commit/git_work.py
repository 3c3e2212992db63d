"""GitWork: a command of git off the GUI thread: what it prints, how it ends, and its cancelling."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from editor.ui.tasks import PoolTasks

Work = Callable[[Callable[[str], None], Callable[[], bool]], Any]
"""Gets what takes a printed line, and what says whether it is to end."""


SHOWN_LINES = 500
"""As many of the last printed lines are for showing."""
_PAUSE_MS = 50


class _Printed:
    """The last lines that were printed and not told yet; used by two threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: deque[str] = deque(maxlen=SHOWN_LINES)

    def add(self, line: str) -> None:
        with self._lock:
            self._lines.append(line)

    def take(self) -> list[str]:
        with self._lock:
            lines = list(self._lines)
            self._lines.clear()
        return lines


class GitWork(QObject):
    """Runs one command at a time.

    Signals:
        lines: what was printed since the last time, its lines with line breaks between them. A hook may print
            faster than a window can show: it comes every 50 ms at most, and once more before the command has
            ended; of more than `SHOWN_LINES` lines it has the last ones.
    """

    lines = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = PoolTasks(self)  # of its own: hooks may take long
        self._stop: threading.Event | None = None
        self._printed = _Printed()
        self._pause = QTimer(self)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)

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
            self._ended()
            then(result)

        def give_up(error: Exception) -> None:
            self._ended()
            failed(error)

        self._tasks.run(lambda: work(self._printed.add, stop.is_set), take_over, give_up)
        self._pause.start()

    def cancel(self) -> None:
        """End what runs; `failed` follows."""
        if self._stop is not None:
            self._stop.set()

    def end(self) -> None:
        """End what runs, and wait for it."""
        self.cancel()
        self._pause.stop()
        self._tasks.end()

    def _ended(self) -> None:
        self._pause.stop()
        self._tell()
        self._stop = None

    def _tell(self) -> None:
        lines = self._printed.take()
        if lines:
            self.lines.emit("\n".join(lines))
