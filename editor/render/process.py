"""The render worker for those who can wait: the command line, checks and exports."""

import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from editor.errors import RenderError, RenderTimeout, WorkerDied
from editor.render.protocol import Dialect, Edit, PageContext, RenderFailure, RenderResult
from editor.render.queue import RenderQueue, TimeLimit
from editor.translation import gettext as _

_log = logging.getLogger(__name__)

WORKER = Path(__file__).resolve().parent / "python_markdown" / "worker.py"


def worker_command() -> list[str]:
    """Return the command that starts the worker; to be run in `worker_folder`, away from any site."""
    return [sys.executable, "-P", str(WORKER)]


def worker_folder() -> Path:
    """Return the folder that the worker starts in."""
    return WORKER.parent


def too_slow(seconds: float) -> RenderTimeout:
    """Return the error of a rendering that was ended after `seconds`."""
    return RenderTimeout(
        _("Rendering took more than {seconds} s and was stopped.").format(seconds=round(seconds))
    )


def died() -> WorkerDied:
    """Return the error of a worker that ended by itself."""
    return WorkerDied(_("The render worker ended unexpectedly."))


class BlockingRenderer:
    """One worker, asked and waited for; a context manager that ends it."""

    def __init__(self, limit: TimeLimit | None = None) -> None:
        self._queue = RenderQueue(limit)
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._last: RenderResult | RenderError = died()
        """What became of the last text that was rendered."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, text: str, dialect: Dialect, context: PageContext) -> None:
        """Take another document."""
        self._queue.open(text, self._queue.revision + 1, dialect, context)

    def edit(self, edit: Edit) -> None:
        """Change the document."""
        self._queue.edit(edit, self._queue.revision + 1)

    def render(self) -> RenderResult:
        """Return the document as it is now, rendered.

        Raises RenderError where an extension failed, RenderTimeout or WorkerDied where the worker had to be
        or was ended, each time.
        """
        while self._queue.busy:
            self._last = self._ask() or self._last
        if isinstance(self._last, RenderError):
            raise self._last
        return self._last

    def close(self) -> None:
        """End the worker."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None

    def _ask(self) -> RenderResult | RenderError | None:
        """Send what is waiting and wait for its answer; None: there is more to be sent."""
        if self._queue.wants_new_worker:
            self._lost(died())
        if self._process is None:
            self._start()
        process = self._process
        assert process is not None and process.stdin is not None
        line = self._queue.next_line()
        assert line is not None
        deadline = time.monotonic() + self._queue.seconds
        try:
            process.stdin.write(line.encode("utf-8", "surrogatepass") + b"\n")
            process.stdin.flush()
        except OSError:
            return self._lost(died())
        while self._queue.waits_for_answer:
            try:
                answer = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                return self._lost(too_slow(self._queue.seconds))
            if not answer:
                return self._lost(died())
            outcome = self._queue.receive(answer)
            if isinstance(outcome, RenderFailure):
                return RenderError(outcome.message)
            if outcome is not None:
                return outcome
        return None

    def _lost(self, error: RenderError) -> RenderError:
        self._queue.worker_gone(error)
        self.close()
        return error

    def _start(self) -> None:
        self._lines = queue.SimpleQueue()
        try:
            self._process = subprocess.Popen(
                worker_command(),
                cwd=worker_folder(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if _log.isEnabledFor(logging.DEBUG) else subprocess.DEVNULL,
            )
        except OSError as error:
            raise WorkerDied(
                _("The render worker can't be started: {error}").format(error=error.strerror)
            ) from error
        assert self._process.stdout is not None
        threading.Thread(target=_read, args=(self._process.stdout, self._lines.put), daemon=True).start()


def _read(pipe: IO[bytes], put: Callable[[bytes], None]) -> None:
    """Hand on every line, then an empty one; a pipe can't be waited for with a time limit everywhere."""
    try:
        for line in pipe:
            put(line)
    except (OSError, ValueError):  # closed under our hands
        pass
    put(b"")
