"""The second worker: compares what is shown with the page rendered as a whole, while nobody types."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from editor.render.messages import shown_requests
from editor.render.worker_process import WorkerProcess

_log = logging.getLogger(__name__)

_LONG = 300_000
"""Code points: the worker of a longer text is ended after its answer, for it has taken much memory by then."""

_NICENESS = 15
"""It gets the time that nobody else wants."""


class Verifier:
    """Has one text verified at a time, in a process of low priority that is ended as soon as it is no use.

    `heard` gets each `verified` answer, in a thread of this object's. A process that fails or takes too long gives no
    answer: what is shown stays as it is.
    """

    def __init__(self, heard: Callable[[Mapping[str, Any]], None]) -> None:
        self._heard = heard
        self._lock = threading.Lock()
        self._process: WorkerProcess | None = None
        self._asked: Mapping[str, Any] | None = None
        self._code_of: str | None = None
        """The trusted site whose modules the process may have loaded."""
        self._interpreter = ""
        """The Python that the process was to run under."""
        self._alarm: threading.Timer | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._asked is not None

    @property
    def process_id(self) -> int | None:
        """The process, or None while there is none."""
        process = self._process
        return process.process_id if process is not None else None

    def start(self, request: Mapping[str, Any], pieces: list[str]) -> None:
        """Have `request` (a `verify`) answered about the HTML `pieces` that are shown; returns at once."""
        self.cancel()
        trusted = request["dialect"]["options"].get("trusted")
        code_of = request["context"]["root"] if trusted else None
        interpreter = request["dialect"].get("interpreter", "")
        with self._lock:
            if self._code_of not in (None, code_of) or self._interpreter != interpreter:
                self._drop()
            if self._process is None:
                self._process = WorkerProcess(self._on_heard, self._on_ended, _NICENESS, interpreter)
            self._code_of, self._interpreter = code_of, interpreter
            self._asked = request
            process = self._process
            self._alarm = threading.Timer(request["limit"], process.kill)
            self._alarm.daemon = True
            self._alarm.start()
        process.send(*shown_requests(pieces), request)

    def cancel(self) -> None:
        """End what is under way: the text has changed."""
        with self._lock:
            if self._asked is not None:
                self._drop()

    def close(self) -> None:
        """End the process, for good."""
        with self._lock:
            process = self._drop()
        if process is not None:
            process.close()

    def _drop(self) -> WorkerProcess | None:
        """Let the process go, with what it was asked; it is killed."""
        process, self._process, self._asked = self._process, None, None
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if process is not None:
            process.kill()
        return process

    def _on_heard(self, process: WorkerProcess, answer: Mapping[str, Any]) -> None:
        if answer.get("answer") in ("ready", "instead"):
            return
        with self._lock:
            asked = self._asked
            if process is not self._process or asked is None:
                return
            self._asked = None
            if self._alarm is not None:
                self._alarm.cancel()
            if len(asked["text"]) > _LONG:
                self._drop()
        if answer.get("answer") == "verified":
            self._heard(answer)
        else:
            _log.warning("the page could not be verified: %s", answer.get("error"))

    def _on_ended(self, process: WorkerProcess, _reason: str) -> None:
        with self._lock:
            if process is self._process:
                self._drop()
                _log.warning(
                    "the page could not be verified: %s", process.printed[-1000:] or "no time was left"
                )
