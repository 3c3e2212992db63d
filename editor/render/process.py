"""The render worker for those who can wait: the command line, checks and exports."""

import queue
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

from editor.errors import RenderError, RenderTimeout, WorkerDied
from editor.render.messages import shown_requests
from editor.render.protocol import Dialect, Edit, PageContext, RenderFailure, RenderResult
from editor.render.queue import PagePatch, RenderQueue, TimeLimit
from editor.render.worker_process import WorkerProcess
from editor.translation import gettext as _

_LOOK_SECONDS = 0.2
"""How often one who waits for the worker looks whether it was ended meanwhile."""


def too_slow(seconds: float) -> RenderTimeout:
    """Return the error of a rendering that was ended after `seconds`."""
    return RenderTimeout(
        _("Rendering took more than {seconds} s and was stopped.").format(seconds=round(seconds))
    )


def died(reason: str = "") -> WorkerDied:
    """Return the error of a worker that ended by itself, or could not be started for `reason`."""
    if reason:
        return WorkerDied(_("The render worker can't be started: {error}").format(error=reason))
    return WorkerDied(_("The render worker ended unexpectedly."))


class _FlatText:
    """A text in one piece."""

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def length(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int) -> str:
        return self.text[start:end]

    def change(self, edit: Edit) -> None:
        self.text = f"{self.text[: edit.start]}{edit.replacement}{self.text[edit.end :]}"


class BlockingRenderer:
    """One worker, asked and waited for; a context manager that ends it."""

    def __init__(self, limit: TimeLimit | None = None) -> None:
        self._queue = RenderQueue(limit)
        self._text = _FlatText("")
        self._process: WorkerProcess | None = None
        self._answers: queue.SimpleQueue[Mapping[str, Any] | str] = queue.SimpleQueue()
        self._last: PagePatch | RenderError = died()
        """What became of the last text that was rendered."""
        self._aborted = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, text: str, dialect: Dialect, context: PageContext) -> None:
        """Take another document."""
        self._text = _FlatText(text)
        self._queue.open(self._text, self._queue.revision + 1, dialect, context)

    def edit(self, edit: Edit) -> None:
        """Change the document."""
        self._text.change(edit)
        self._queue.edit(edit, self._queue.revision + 1)

    def render(self) -> RenderResult:
        """Return the document as it is now, rendered as far as it changed: what the window shows at once.

        Raises RenderError where an extension failed, RenderTimeout or WorkerDied where the worker had to be
        or was ended, each time.
        """
        while self._queue.busy:
            if self._aborted:
                raise died()
            self._last = self._ask() or self._last
        if isinstance(self._last, RenderError):
            raise self._last
        return self._result(self._last)

    def verify(self) -> int:
        """Compare what `render` gave with the whole rendered at once, put right what differs, and return in how many
        places it did: `render` then gives what the window shows in the end.

        Raises as `render`.
        """
        self.render()
        request = self._queue.verify_request()
        if request is None:
            return 0
        process = self._started()
        process.send(*shown_requests(self._queue.page.pieces()), request)
        answer = self._wait(request["limit"], lambda answer: answer.get("answer") in {"verified", "failed"})
        if isinstance(answer, RenderError):
            raise answer
        if answer["answer"] == "failed":
            raise RenderError(_("The page can't be rendered: {error}").format(error=answer.get("error", "")))
        self._queue.correct(answer)
        return len(answer["corrections"])

    def close(self) -> None:
        """End the worker."""
        if self._process is not None:
            self._process.close()
            self._process = None

    def abort(self) -> None:
        """End the worker, from another thread: who waits for a page, or asks for one later, gets WorkerDied."""
        self._aborted = True
        if self._process is not None:
            self._process.kill()

    def _result(self, patch: PagePatch) -> RenderResult:
        html = self._queue.page.html()
        return RenderResult(patch.revision, html, patch.milliseconds, patch.reasons, patch.files)

    def _ask(self) -> PagePatch | RenderError | None:
        """Send what is waiting and wait for its answer; None: there is more to be sent."""
        if self._queue.wants_new_worker:
            self._lost(died())
        process = self._started()
        request = self._queue.next_request()
        assert request is not None
        process.send(request)
        outcomes: list[PagePatch | RenderFailure] = []

        def received(answer: Mapping[str, Any]) -> bool:
            outcome = self._queue.receive(answer)
            if outcome is not None:
                outcomes.append(outcome)
            return not self._queue.waits_for_answer

        answer = self._wait(self._queue.seconds, received)
        if isinstance(answer, RenderError):
            return answer
        if not outcomes:
            return None
        last = outcomes[-1]
        return RenderError(last.message) if isinstance(last, RenderFailure) else last

    def _wait(
        self, seconds: float, enough: Callable[[Mapping[str, Any]], bool]
    ) -> Mapping[str, Any] | RenderError:
        """Return the answer that is `enough`, or why there is none."""
        deadline = time.monotonic() + seconds
        while True:
            if self._aborted:  # a worker that was about to start when it was ended says nothing of it
                return self._lost(died())
            left = deadline - time.monotonic()
            try:
                answer = self._answers.get(timeout=max(0.0, min(left, _LOOK_SECONDS)))
            except queue.Empty:
                if left > _LOOK_SECONDS:
                    continue
                return self._lost(too_slow(seconds))
            if isinstance(answer, str):
                return self._lost(died(answer))
            if enough(answer):
                return answer

    def _lost(self, error: RenderError) -> RenderError:
        self._queue.worker_gone(error)
        self.close()
        return error

    def _started(self) -> WorkerProcess:
        if self._process is None:
            answers = self._answers = queue.SimpleQueue()
            self._process = WorkerProcess(
                lambda _process, answer: answers.put(answer),
                lambda _process, reason: answers.put(reason),
                interpreter=self._queue.begin_worker(),
            )
        return self._process
