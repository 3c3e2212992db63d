"""One render worker as a process, spoken with from threads of its own: no call here waits for it.

The worker runs under our own Python, or under that of a trusted site. Where the site's can't run it, ours does, and
says why: {"answer": "instead", "notes": [[code, subject]]} comes before all other answers then.
"""

import importlib.metadata
import logging
import os
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

_READY = 6.0
"""s: a Python that has not started the worker by then is not waited for any longer."""

_PATIENCE = 1.0
"""s: so long the end of a thread is waited for, which comes at once with the end of the process."""

_OF_PYTHON = frozenset(
    ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONEXECUTABLE", "PYTHONINSPECT", "__PYVENV_LAUNCHER__")
)
"""Variables that would have the worker find other modules, or no worker."""

_SMALL = 1_000
"""Characters: a request with no more of them is written at once. It fits into any pipe, which is empty then."""


def worker_command(niceness: int = 0, interpreter: str = "", family: str = "") -> list[str]:
    """Return the command that starts the worker; to be run in `worker_folder`, away from any site.

    `interpreter` is the Python of a site, of any version; empty: our own. `family` is that of the dialects whose
    renderer is loaded at once, rather than with the first page.
    """
    if interpreter:
        return [interpreter, str(WORKER), str(niceness), "python-markdown"]  # its Markdown is tried at once
    return [sys.executable, "-P", str(WORKER), str(niceness), *([family] if family else [])]


def worker_environment(interpreter: str = "") -> dict[str, str]:
    """Return the environment that the worker is started with.

    What the person's shell tells other programs of Python has no say: a PYTHONPATH may lead into a site, or into
    our packages. Only where our own Markdown was found by it, its folder stays.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _OF_PYTHON}
    environment["PYTHONSAFEPATH"] = "1"  # as -P, which interpreters before 3.11 don't have
    if interpreter:
        environment["PYTHONDONTWRITEBYTECODE"] = "1"  # nothing is left behind in the site's environment
        return environment
    if home := os.environ.get("PYTHONHOME"):
        environment["PYTHONHOME"] = home
    named = [Path(entry) for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    if named:
        with suppress(importlib.metadata.PackageNotFoundError):
            packages = Path(str(importlib.metadata.distribution("Markdown").locate_file("")))
            if packages.is_absolute() and packages in named:
                environment["PYTHONPATH"] = str(packages)
    return environment


def worker_folder() -> Path:
    """Return the folder that the worker starts in."""
    return WORKER.parent


class WorkerProcess:
    """Starts a worker, writes requests to it and hands on its answers.

    `heard` gets (this object, an answer as `decoded`), `ended` (this object, the reason why it could not start or an
    empty text) once, after the last answer; both are called in threads of this object's. `niceness` (0 to 19) says how
    far the worker gives way to other processes, as well as the system knows such a thing. `interpreter` is the Python
    to run it under; ours does where that one can't. The renderer of `family` is loaded before it is asked for.
    """

    def __init__(
        self,
        heard: Callable[["WorkerProcess", Mapping[str, Any]], None],
        ended: Callable[["WorkerProcess", str], None],
        niceness: int = 0,
        interpreter: str = "",
        family: str = "",
    ) -> None:
        self._heard, self._ended = heard, ended
        self._niceness = niceness
        self._interpreter, self._family = interpreter, family
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._killed = False
        self._is_ready = False
        """Whether the process may be written to: whether it is the one that stays."""
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
            process = self._process if self._is_ready else None
            if not self._unwritten and process is not None and sum(map(_weight, requests)) <= _SMALL:
                self._write(process, requests)
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
            process, log = self._started_by_site() or self._started("")
        except OSError as error:
            self._ended(self, error.strerror or str(error))
            return
        assert process.stdout is not None
        self._reader = threading.Thread(target=self._read, args=(process, process.stdout, log), daemon=True)
        self._reader.start()
        with self._lock:
            self._is_ready = True
        while (requests := self._waiting.get()) is not None:
            self._write(process, requests)
            with self._lock:
                self._unwritten -= 1

    def _started(self, interpreter: str) -> tuple["subprocess.Popen[bytes]", threading.Thread]:
        """Start the process under `interpreter` and return it, with the thread that reads what it prints."""
        process = subprocess.Popen(
            worker_command(self._niceness, interpreter, self._family),
            cwd=worker_folder(),
            env=worker_environment(interpreter),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) if self._niceness else 0,
        )
        log = threading.Thread(target=self._read_log, args=(process.stderr,), daemon=True)
        log.start()
        with self._lock:
            self._process = process
            if self._killed:
                process.kill()
        return process, log

    def _started_by_site(self) -> tuple["subprocess.Popen[bytes]", threading.Thread] | None:
        """Start the process under the site's Python; None where it does not get as far as to say that it is ready."""
        if not self._interpreter:
            return None
        try:
            process, log = self._started(self._interpreter)
        except OSError as error:
            self._printed.append(error.strerror or str(error))
        else:
            assert process.stdout is not None
            alarm = threading.Timer(_READY, process.kill)
            alarm.daemon = True
            alarm.start()
            answer = decoded(process.stdout.readline())
            alarm.cancel()
            if answer.get("answer") == "ready" or self._killed:
                self._heard(self, answer)
                return process, log
            process.kill()
            _close(process)
            log.join(_PATIENCE)
        _log.info("the worker can't run under %s: %s", self._interpreter, self.printed)
        self._heard(self, {"answer": "instead", "notes": [[_why_not(self.printed), self._interpreter]]})
        self._printed.clear()
        return None

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


def _close(process: "subprocess.Popen[bytes]") -> None:
    """Take leave of a process that was killed; what it prints is read by another thread."""
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def _why_not(printed: str) -> str:
    """Return the code of `editor.render.reasons` for what a Python has printed instead of starting the worker."""
    if "No module named 'markdown'" in printed:
        return "python-without-markdown"
    # What is older than the check for it does not even read the worker's program.
    return "python-too-old" if "too old" in printed or "SyntaxError" in printed else "python-unusable"


def _ignore(_process: WorkerProcess, _told: object) -> None:
    """Take no note of what a closed worker says."""


def _weight(request: Mapping[str, Any]) -> int:
    """Return about how many characters a request has that come from the post."""
    if request["request"] == "edit":
        return 40 * len(request["edits"]) + sum(len(edit[2]) for edit in request["edits"])
    return 0 if request["request"] == "render" else _SMALL + 1
