"""RenderClient: the window's way to the render workers, which never makes the window wait."""

import logging
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from editor.errors import RenderError, WorkerDied
from editor.render.page_blocks import PageBlocks
from editor.render.process import died, too_slow
from editor.render.protocol import Dialect, Edit, PageContext, RenderFailure, Source
from editor.render.queue import PagePatch, RenderQueue, TimeLimit
from editor.render.verifier import Verifier
from editor.render.worker_process import WorkerProcess

_log = logging.getLogger(__name__)

_IDLE = 400
"""ms without a key or an answer: then the page is verified."""

_NICENESS = 5
"""The worker that is woken by a key must not take the processor from the window, which is about to show that key."""


class RenderClient(QObject):
    """Keeps one document rendered: takes texts and edits, gives what changed in the page.

    The worker is started when it is needed, or before by `prewarm`; one that takes too long is ended, and
    another started. Whatever happens, later edits are rendered. A second worker verifies the page while nothing
    is typed.

    Signals:
        rendered: a PagePatch of the open document; not of every revision, but always of the last one.
        verified: a PagePatch: the page is that of its revision for certain now, after what the patch changes.
        failed: a RenderFailure; what was rendered last still stands.
        busy_changed: whether a rendering is under way or about to be.
    """

    rendered = Signal(object)
    verified = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    _heard = Signal(object, object)
    _ended = Signal(object, str)
    _compared = Signal(object)

    def __init__(self, parent: QObject | None = None, limit: TimeLimit | None = None) -> None:
        super().__init__(parent)
        self.corrected = 0
        """How many places of pages had to be corrected so far."""
        self._queue = RenderQueue(limit)
        self._process: WorkerProcess | None = None
        self._timed_out = False
        self._busy = False
        self._closed = False
        # Emitted in the threads of the processes, these come to that of the window.
        self._heard.connect(self._on_heard)
        self._ended.connect(self._on_ended)
        self._compared.connect(self._on_compared)
        self._verifier = Verifier(self._pass_on_compared)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_out)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE)
        self._idle.timeout.connect(self._verify)

    @property
    def page(self) -> PageBlocks:
        """The page as it was rendered last."""
        return self._queue.page

    @property
    def revision(self) -> int:
        """The revision that was handed over last."""
        return self._queue.revision

    @property
    def busy(self) -> bool:
        """Whether a rendering is under way or about to be."""
        return self._busy

    @property
    def page_is_current(self) -> bool:
        """Whether `page` is all of the page, and of the text as it is now."""
        return self._queue.page_is_current

    @property
    def process_id(self) -> int | None:
        """The worker's process, or None while there is none."""
        return self._process.process_id if self._process is not None else None

    @property
    def verifying_process_id(self) -> int | None:
        """The process of the second worker, or None while there is none."""
        return self._verifier.process_id

    def open(self, source: Source, revision: int, dialect: Dialect, context: PageContext) -> None:
        """Render another document, or the same one with another dialect; `source` has the post's true text.

        It is asked again as long as the document is open: it has to take in an edit before `edit` tells of it.
        """
        self._verifier.cancel()
        self._queue.open(source, revision, dialect, context)
        self._send()

    def edit(self, edit: Edit, revision: int) -> None:
        """Take note of a change of the document: positions are code points in the text as it was before."""
        self._verifier.cancel()
        self._queue.edit(edit, revision)
        self._send()

    def refresh(self) -> None:
        """Render the document once more as it is: a file that it draws in has changed."""
        self._verifier.cancel()
        self._queue.refresh()
        self._send()

    def prewarm(self) -> None:
        """Start the worker, so that the first rendering need not wait for that."""
        if self._process is None and not self._closed:
            self._start("python-markdown")  # what it turns out to be is not known yet; this takes the longest

    def shutdown(self) -> None:
        """End the workers, for good."""
        self._closed = True
        self._timer.stop()
        self._idle.stop()
        self._verifier.close()
        process, self._process = self._process, None
        if process is not None:
            process.close()

    def _start(self, family: str = "") -> None:
        self._timed_out = False
        self._process = WorkerProcess(
            self._pass_on_heard, self._pass_on_ended, _NICENESS, self._queue.begin_worker(), family
        )

    def _send(self) -> None:
        if self._queue.wants_new_worker and self._process is not None:
            self._process.kill()  # the rest happens when it has ended
            return
        request = None if self._closed else self._queue.next_request()
        if request is not None:
            if self._process is None:
                self._start()
            assert self._process is not None
            self._process.send(request)
            self._timer.start(round(self._queue.seconds * 1000))
        if self._busy != self._queue.busy:
            self._busy = self._queue.busy
            self.busy_changed.emit(self._busy)
        if not self._closed:
            self._idle.start()

    # In the threads of the processes. The window may be gone by then.

    def _pass_on_heard(self, process: WorkerProcess, answer: Mapping[str, Any]) -> None:
        if isValid(self):
            self._heard.emit(process, answer)

    def _pass_on_ended(self, process: WorkerProcess, reason: str) -> None:
        if isValid(self):
            self._ended.emit(process, reason)

    def _pass_on_compared(self, answer: Mapping[str, Any]) -> None:
        if isValid(self):
            self._compared.emit(answer)

    # In the window's own thread.

    def _on_heard(self, process: WorkerProcess, answer: Mapping[str, Any]) -> None:
        if process is not self._process:
            return
        try:
            outcome = self._queue.receive(answer)
        except WorkerDied as error:
            _log.error("%s", error.message)
            process.kill()
            return
        if not self._queue.waits_for_answer:
            self._timer.stop()
            # What was typed meanwhile goes out before the window is busy with the answer.
            self._send()
        self._tell(outcome)

    def _time_out(self) -> None:
        if self._process is not None:
            self._timed_out = True
            self._process.kill()

    def _on_ended(self, process: WorkerProcess, reason: str) -> None:
        if process is not self._process:
            return
        self._process = None
        self._timer.stop()
        error: RenderError = too_slow(self._queue.seconds) if self._timed_out else died(reason)
        self._tell(self._queue.worker_gone(error, process.printed))
        self._send()

    def _tell(self, outcome: PagePatch | RenderFailure | None) -> None:
        if isinstance(outcome, PagePatch):
            self.rendered.emit(outcome)
        elif outcome is not None:
            self.failed.emit(outcome)

    def _verify(self) -> None:
        """Have the page verified; where an answer is still waited for, it starts the time anew."""
        request = self._queue.verify_request() if not self._closed else None
        if request is not None:
            self._verifier.start(request, self._queue.page.pieces())

    def _on_compared(self, answer: Mapping[str, Any]) -> None:
        patch = self._queue.correct(answer) if not self._closed else None
        if patch is None:
            return
        if count := len(answer["corrections"]):
            self.corrected += count
            _log.info("revision %d was corrected in %d places", patch.revision, count)
        self.verified.emit(patch)
