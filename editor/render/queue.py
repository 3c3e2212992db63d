"""What goes to the render worker, and when: the one state machine behind every client, without input or
output.

A client hands over texts and edits, sends each line that `next_line` returns, and feeds what comes back to
`receive`. There is at most one request in flight; what is typed meanwhile waits and goes out as edits of the
text that the worker has, so that none is lost. When the worker says that its text is another one, or a new
worker has none, the whole text is sent.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from editor.errors import RenderError, WorkerDied
from editor.render.protocol import PROTOCOL, Dialect, Edit, PageContext, RenderFailure, RenderResult
from editor.render.python_markdown.documents import text_hash
from editor.render.reasons import sentences
from editor.translation import gettext as _

_MOST_EDITS = 32
"""More waiting edits than these become one, over everything between the first and the last."""

_ATTEMPTS = 2
"""How often a text may end the worker before it is left alone."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long a rendering may take, in seconds; a megabyte of Markdown takes about two on a slow machine."""

    base: float = 10.0
    per_million: float = 20.0
    """What every million characters adds."""

    def seconds(self, characters: int) -> float:
        """Return the limit for a text of that length."""
        return self.base + self.per_million * characters / 1_000_000


@dataclass(frozen=True, slots=True)
class _Held:
    """A text that went to the worker, or that it is busy with."""

    document: str
    revision: int
    text: str


class _Span(NamedTuple):
    start: int
    end: int
    replacement: str


class RenderQueue:
    """One document at a time, kept in step with the worker's copy."""

    def __init__(self, limit: TimeLimit | None = None) -> None:
        self._limit = limit or TimeLimit()
        self._opened = 0
        self._text = ""
        self._revision = 0
        self._dialect: Dialect | None = None
        self._context: PageContext | None = None
        self._stale = False
        """Whether the text as it is now has not been sent yet."""
        self._waiting: list[_Span] = []
        """The edits that lead from the text which the worker holds to ours."""
        self._same_before = self._same_after = 0
        """How much of the two texts none of them touched, at the beginning and at the end."""
        self._held: _Held | None = None
        """What the worker holds once it has answered; None: nothing that we know of."""
        self._in_flight: _Held | None = None
        self._ran_code_of: str | None = None
        """The trusted site whose modules the worker may have loaded."""
        self._deadly: str | None = None
        self._deaths = 0

    @property
    def text(self) -> str:
        """The text as it is here."""
        return self._text

    @property
    def revision(self) -> int:
        """The revision of `text`."""
        return self._revision

    @property
    def waits_for_answer(self) -> bool:
        """Whether a request is in flight."""
        return self._in_flight is not None

    @property
    def busy(self) -> bool:
        """Whether something is in flight or ready to be sent."""
        return self.waits_for_answer or self._ready()

    @property
    def wants_new_worker(self) -> bool:
        """Whether the worker has loaded code of another site than that of the document: it is to be ended.

        Ask before `next_line`, and tell `worker_gone`.
        """
        return self._ran_code_of is not None and self._ran_code_of != self._code_of()

    @property
    def seconds(self) -> float:
        """The time limit of the request in flight."""
        return self._limit.seconds(len(self._in_flight.text) if self._in_flight else 0)

    def open(self, text: str, revision: int, dialect: Dialect, context: PageContext) -> None:
        """Take another document, or the same one anew (the dialect changed, the file was read again)."""
        self._opened += 1
        self._text, self._revision, self._dialect, self._context = text, revision, dialect, context
        self._waiting = []
        self._stale = True
        self._deaths = 0

    def edit(self, edit: Edit, revision: int) -> None:
        """Take an edit of the text as it is here; positions are code points."""
        span = _Span(edit.start, edit.end, edit.replacement)
        after = len(self._text) - span.end
        self._same_before = min(self._same_before, span.start) if self._waiting else span.start
        self._same_after = min(self._same_after, after) if self._waiting else after
        self._text = self._text[: span.start] + span.replacement + self._text[span.end :]
        self._revision = revision
        self._stale = True
        if self._waiting and (joined := _joined(self._waiting[-1], span)):
            self._waiting[-1] = joined
        else:
            self._waiting.append(span)

    def refresh(self) -> None:
        """Have the text rendered once more as it is: a file that it draws in has changed."""
        self._stale = True
        self._deaths = 0

    def next_line(self) -> str | None:
        """Return the line to send now, or None while one is in flight or nothing is to be rendered."""
        if self.waits_for_answer or not self._ready():
            return None
        assert self._dialect is not None and self._context is not None
        document = str(self._opened)
        held = self._held
        request: dict[str, Any] = {"document": document, "revision": self._revision, "render": True}
        request["limit"] = self._limit.seconds(len(self._text))
        if held is None or held.document != document:
            request |= {
                "request": "open",
                "text": self._text,
                "dialect": {"family": self._dialect.family, "options": self._dialect.options},
                "context": dataclasses.asdict(self._context),
                "close": held.document if held else None,
            }
        else:
            edits = self._waiting
            if len(edits) > _MOST_EDITS:
                changed = self._text[self._same_before : len(self._text) - self._same_after]
                edits = [_Span(self._same_before, len(held.text) - self._same_after, changed)]
            request |= {
                "request": "edit",
                "base": held.revision,
                "hash": text_hash(self._text),
                "edits": edits,
            }
        self._ran_code_of = self._code_of()
        self._in_flight = _Held(document, self._revision, self._text)
        self._waiting = []
        self._stale = False
        return json.dumps(request, ensure_ascii=False, separators=(",", ":"))

    def receive(self, line: str | bytes) -> RenderResult | RenderFailure | None:
        """Take a line of the worker; return what it says about the document that is open now, if anything.

        Raises WorkerDied where the worker speaks another protocol: it is of no use.
        """
        answer = _decoded(line)
        if answer.get("answer") == "ready":
            if answer.get("protocol") != PROTOCOL:
                raise WorkerDied(_("The render worker is of another version."))
            return None
        sent = self._in_flight
        if sent is None or (answer.get("document"), answer.get("revision")) != (sent.document, sent.revision):
            return None
        self._in_flight = None
        current = sent.document == str(self._opened)
        if answer["answer"] == "mismatch":
            self._held = None
            if current:
                self._stale = True
                self._waiting = []
            return None
        self._held = sent
        if not current:
            return None
        if answer["answer"] == "rendered":
            self._deaths = 0
            notes = sentences(answer.get("notes", ()))
            files = tuple(answer.get("files", ()))
            return RenderResult(sent.revision, answer["html"], answer.get("milliseconds", 0.0), notes, files)
        message = _("The page can't be rendered: {error}").format(error=answer.get("error", ""))
        return RenderFailure(sent.revision, message, answer.get("details", ""))

    def worker_gone(self, error: RenderError, details: str = "") -> RenderFailure | None:
        """Take note that the worker ended or was ended; the next line is for a new one.

        Return the failure where it was rendering the document that is open now. The same text goes to a new
        worker once more; then not again until it changes.
        """
        sent, self._in_flight, self._held, self._waiting = self._in_flight, None, None, []
        self._ran_code_of = None
        if sent is None or sent.document != str(self._opened):
            return None
        self._deaths = self._deaths + 1 if sent.text == self._deadly else 1
        self._deadly = sent.text
        self._stale = True
        return RenderFailure(sent.revision, error.message, details)

    def _code_of(self) -> str | None:
        """Return the site whose own modules the document lets in."""
        trusted = self._dialect is not None and self._dialect.options.get("trusted")
        return self._context.root if trusted and self._context is not None else None

    def _ready(self) -> bool:
        given_up = self._deaths >= _ATTEMPTS and self._text == self._deadly
        return self._stale and self._dialect is not None and not given_up


def _joined(first: _Span, second: _Span) -> _Span | None:
    """Return one edit for two where the second touches what the first wrote, else None."""
    begin, end = first.start, first.start + len(first.replacement)
    if begin <= second.start and second.end <= end:
        written = first.replacement
        inner = written[: second.start - begin] + second.replacement + written[second.end - begin :]
        return _Span(first.start, first.end, inner)
    if second.end == begin:  # backspace, key after key
        return _Span(second.start, first.end, second.replacement + first.replacement)
    return None


def _decoded(line: str | bytes) -> Mapping[str, Any]:
    try:
        decoded = json.loads(line.decode("utf-8", "surrogatepass") if isinstance(line, bytes) else line)
    except ValueError:
        return {}
    return decoded if isinstance(decoded, dict) else {}
