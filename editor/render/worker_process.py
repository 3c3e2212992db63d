"""One render worker as a process, spoken with from threads of its own: no call here waits for it."""

import logging
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from editor.render.messages import decoded, encoded

_log = logging.getLogger(__name__)

WORKER = Path(__file__).resolve().parent / "python_markdown" / "worker.py"

_KEPT_LOG = 40
"""So many lines of what the worker prints are kept, for the details of a failure."""

_PATIENCE = 1.0
"""s: so long the end of a thread is waited for, which comes at once with the end of the process."""

_SMALL = 1_000
"""Characters: a request with no more of them is written at once. It fits into any pipe, which is empty then."""


def worker_command(niceness: int = 0) -> list[str]:
    """Return the command that starts the worker; to be run in `worker_folder`, away from any site."""
    return [sys.executable, "-P", str(WORKER), str(niceness)]


def worker_folder() -> Path:
    """Return the folder that the worker starts in."""
    return WORKER.parent


class WorkerProcess:
    """Starts a worker, writes requests to it and hands on its answers.

    `heard` gets (this object, an answer as `decoded`), `ended` (this object, the reason why it could not start or an
    empty text) once, after the last answer; both are called in threads of this object's. `niceness` (0 to 19) says how
    far the worker gives way to other processes, as well as the system knows such a thing.
    """

    def __init__(
        self,
        heard: Callable[["WorkerProcess", Mapping[str, Any]], None],
        ended: Callable[["WorkerProcess", str], None],
        niceness: int = 0,
    ) -> None:
        self._heard, self._ended = heard, ended
        self._niceness = niceness
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._killed = False
        self._waiting: SimpleQueue[list[Mapping[str, Any]] | None] = SimpleQueue()
        self._unwritten = 0
        self._printed: deque[str] = deque(maxlen=_KEPT_LOG)
        self._reader: threading.Thread | None = None
        self._worker = threading.Thread(target=self._work, daemon=True)
        self._worker.start()

    @property
    def process_id(self) -> int | None:
        """The process, or None while it has not started."""
        process = self._process
        return process.pid if process is not None else None

    @property
    def printed(self) -> str:
        """What the worker has printed last."""
        return "".join(self._printed)

    def send(self, *requests: Mapping[str, Any]) -> None:
        """Write requests, one after the other, once those before are written."""
        with self._lock:
            if not self._unwritten and self._process is not None and sum(map(_weight, requests)) <= _SMALL:
                self._write(self._process, requests)
                return
            self._unwritten += 1
        self._waiting.put(list(requests))

    def kill(self) -> None:
        """End the process at once; `ended` is called when it is gone."""
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End the process for good: nothing is called any more, and nothing of it is left."""
        self._heard = self._ended = _ignore
        self.kill()
        self._worker.join(_PATIENCE)
        if self._reader is not None:
            self._reader.join(_PATIENCE)

    def _work(self) -> None:
        """Start the process, then write what is to be written, until it ends."""
        try:
            process = subprocess.Popen(
                worker_command(self._niceness),
                cwd=worker_folder(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) if self._niceness else 0,
            )
        except OSError as error:
            self._ended(self, error.strerror or str(error))
            return
        assert process.stdout is not None and process.stderr is not None
        log = threading.Thread(target=self._read_log, args=(process.stderr,), daemon=True)
        log.start()
        self._reader = threading.Thread(target=self._read, args=(process, process.stdout, log), daemon=True)
        self._reader.start()
        with self._lock:
            self._process = process
            if self._killed:
                process.kill()
        while (requests := self._waiting.get()) is not None:
            self._write(process, requests)
            with self._lock:
                self._unwritten -= 1

    def _write(
        self, process: subprocess.Popen[bytes], requests: list[Mapping[str, Any]] | tuple[Any, ...]
    ) -> None:
        assert process.stdin is not None
        with suppress(OSError, ValueError):  # it is gone, which the reading side notices
            for request in requests:
                process.stdin.write(encoded(request))
                process.stdin.flush()

    def _read(self, process: subprocess.Popen[bytes], pipe: IO[bytes], log: threading.Thread) -> None:
        with pipe:
            for line in pipe:
                self._heard(self, decoded(line))
        process.wait()
        self._waiting.put(None)
        with self._lock:
            if process.stdin is not None:
                with suppress(OSError):  # something that was not written any more
                    process.stdin.close()
        log.join(_PATIENCE)  # what it has printed last; a program that it left behind may go on printing
        self._ended(self, "")

    def _read_log(self, pipe: IO[bytes]) -> None:
        with pipe:
            for line in pipe:
                self._printed.append(line.decode("utf-8", "replace"))
                _log.debug("render worker: %s", self._printed[-1].rstrip())


def _ignore(_process: WorkerProcess, _told: object) -> None:
    """Take no note of what a closed worker says."""


def _weight(request: Mapping[str, Any]) -> int:
    """Return about how many characters a request has that come from the post."""
    if request["request"] == "edit":
        return 40 * len(request["edits"]) + sum(len(edit[2]) for edit in request["edits"])
    return 0 if request["request"] == "render" else _SMALL + 1
