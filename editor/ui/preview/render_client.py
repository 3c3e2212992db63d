"""RenderClient: the window's way to the render worker, which never makes the window wait."""

import logging

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from editor.errors import RenderError, WorkerDied
from editor.render.process import died, too_slow, worker_command, worker_folder
from editor.render.protocol import Dialect, Edit, PageContext, RenderFailure, RenderResult
from editor.render.queue import RenderQueue, TimeLimit

_log = logging.getLogger(__name__)

_KEPT_LOG = 4000
"""So many bytes of what the worker prints are kept, for the details of a failure."""


class RenderClient(QObject):
    """Keeps one document rendered: takes texts and edits, gives results.

    The worker is started when it is needed, or before by `prewarm`; one that takes too long is ended, and
    another started. Whatever happens, later edits are rendered.

    Signals:
        rendered: a RenderResult of the open document; not of every revision, but always of the last one.
        failed: a RenderFailure; what was rendered last still stands.
        busy_changed: whether a rendering is under way or about to be.
    """

    rendered = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None, limit: TimeLimit | None = None) -> None:
        super().__init__(parent)
        self._queue = RenderQueue(limit)
        self._process: QProcess | None = None
        self._answers = bytearray()
        self._printed = b""
        self._timed_out = False
        self._busy = False
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_out)

    @property
    def revision(self) -> int:
        """The revision that was handed over last."""
        return self._queue.revision

    @property
    def process_id(self) -> int | None:
        """The worker's process, or None while there is none."""
        return (self._process.processId() or None) if self._process else None

    def open(self, text: str, revision: int, dialect: Dialect, context: PageContext) -> None:
        """Render another document, or the same one with another dialect; `text` is the post's true text."""
        self._queue.open(text, revision, dialect, context)
        self._send()

    def edit(self, edit: Edit, revision: int) -> None:
        """Change the document: positions are code points in the text as it was handed over so far."""
        self._queue.edit(edit, revision)
        self._send()

    def refresh(self) -> None:
        """Render the document once more as it is: a file that it draws in has changed."""
        self._queue.refresh()
        self._send()

    def prewarm(self) -> None:
        """Start the worker, so that the first rendering need not wait for that."""
        if self._process is None and not self._closed:
            self._start()

    def shutdown(self) -> None:
        """End the worker, for good."""
        self._closed = True
        self._timer.stop()
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(1000)  # a killed process is gone at once
            process.deleteLater()

    def _start(self) -> None:
        program, *arguments = worker_command()
        process = QProcess(self)
        process.setWorkingDirectory(str(worker_folder()))
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_log)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._not_started)
        self._process = process
        self._answers.clear()
        self._printed = b""
        self._timed_out = False
        process.start(program, arguments)

    def _send(self) -> None:
        if self._queue.wants_new_worker and self._process is not None:
            self._process.kill()  # the rest happens when it has ended
            return
        line = None if self._closed else self._queue.next_line()
        if line is not None:
            if self._process is None:
                self._start()
            if self._process is not None:  # it may have failed to start
                self._process.write(line.encode("utf-8", "surrogatepass") + b"\n")
                self._timer.start(round(self._queue.seconds * 1000))
        if self._busy != self._queue.busy:
            self._busy = self._queue.busy
            self.busy_changed.emit(self._busy)

    def _read(self) -> None:
        self._take_answers()
        self._send()

    def _take_answers(self) -> None:
        if self._process is None:
            return
        chunk = bytes(self._process.readAllStandardOutput().data())
        self._answers += chunk
        if b"\n" not in chunk:
            return
        *lines, rest = bytes(self._answers).split(b"\n")
        self._answers = bytearray(rest)
        for line in lines:
            try:
                outcome = self._queue.receive(line)
            except WorkerDied as error:
                _log.error("%s", error.message)
                self._process.kill()
                return
            if not self._queue.waits_for_answer:
                self._timer.stop()
            self._tell(outcome)

    def _read_log(self) -> None:
        if self._process is not None:
            printed = bytes(self._process.readAllStandardError().data())
            _log.debug("render worker: %s", printed.decode("utf-8", "replace"))
            self._printed = (self._printed + printed)[-_KEPT_LOG:]

    def _time_out(self) -> None:
        if self._process is not None:
            self._timed_out = True
            self._process.kill()

    def _finished(self) -> None:
        self._take_answers()  # one may have come before the end
        if self._process is not None:
            self._lose(too_slow(self._queue.seconds) if self._timed_out else died())

    def _not_started(self, problem: QProcess.ProcessError) -> None:
        if problem == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._lose(died())

    def _lose(self, error: RenderError) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        self._timer.stop()
        self._tell(self._queue.worker_gone(error, self._printed.decode("utf-8", "replace")))
        # Not from inside the signal of the old process.
        QTimer.singleShot(0, self, self._send)

    def _tell(self, outcome: RenderResult | RenderFailure | None) -> None:
        if isinstance(outcome, RenderResult):
            self.rendered.emit(outcome)
        elif outcome is not None:
            self.failed.emit(outcome)
