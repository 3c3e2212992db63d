"""What goes to the render worker, and when: the one state machine behind every client, without input or
output.

A client hands over a text, says what was edited in it, sends each request that `next_request` returns, and feeds what
comes back to `receive`. There is at most one request in flight; what is typed meanwhile waits and goes out as edits of
the text that the worker has, so that none is lost. When the worker says that its text is another one, or a new
worker has none, the whole text is sent. The text stays with its owner, who is asked for it then: nothing here grows
with the post from key to key.

A page that takes long comes in parts, each asked for by itself: between two of them goes what was typed.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from editor.errors import RenderError, WorkerDied
from editor.render.page_blocks import Block, Change, PageBlocks
from editor.render.protocol import PROTOCOL, Dialect, Edit, PageContext, RenderFailure, Source
from editor.render.python_markdown.documents import AROUND, text_hash
from editor.render.reasons import sentences
from editor.render.waiting_edits import WaitingEdits
from editor.translation import gettext as _

_LONG = 30_000
"""Code points: the page of a text that is shorter comes at once."""

_WITHIN = 0.05
"""s: after so long the worker answers with the blocks that it has: a key never waits for more than that."""

_KEY_WITHIN = 0.015
"""s: the same for a key, which itself comes first."""

_ATTEMPTS = 2
"""How often a revision may end the worker before it is left alone."""


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
class PagePatch:
    """What a rendering made of the page."""

    revision: int
    changes: tuple[Change, ...]
    """What became of the blocks of the last patch."""
    milliseconds: float = 0.0
    rendered: int = 0
    """How many blocks were rendered for it."""
    reasons: tuple[str, ...] = ()
    """What of this very post could not be reproduced (translated); the dialect's reasons are not repeated."""
    files: tuple[str, ...] = ()
    """The absolute paths of the files, beside the post's own, that were read for it: snippets, pictures."""
    partial: bool = False
    """Whether some of the page is to come yet."""


class _Sent(NamedTuple):
    """A text that went to the worker."""

    document: str
    revision: int
    length: int


class RenderQueue:
    """One document at a time, kept in step with the worker's copy, and the page that it became."""

    def __init__(self, limit: TimeLimit | None = None) -> None:
        self.page = PageBlocks()
        """The blocks of the page as they were rendered last."""
        self._limit = limit or TimeLimit()
        self._opened = 0
        self._source: Source | None = None
        self._revision = 0
        self._dialect: Dialect | None = None
        self._context: PageContext | None = None
        self._stale = False
        """Whether the text as it is now has not been sent yet."""
        self._anew = False
        """Whether all of the page is to be rendered again."""
        self._waiting = WaitingEdits()
        """The edits that lead from the text which the worker holds to ours."""
        self._held: _Sent | None = None
        """What the worker holds once it has answered; None: nothing that we know of."""
        self._in_flight: _Sent | None = None
        self._parts: list[Block] = []
        """The blocks that came before the answer that they belong to."""
        self._page_of: tuple[str, int] | None = None
        """The document and the revision that `page` shows."""
        self._page_source: Source | None = None
        """Whose text it is of."""
        self._more = False
        """Whether the worker has not rendered all blocks yet."""
        self._shows_head = False
        """Whether `page` is what a long one begins with."""
        self._next: PageBlocks | None = None
        """A page in the making, while one of the same text is shown that has more."""
        self._ran_code_of: str | None = None
        """The trusted site whose modules the worker may have loaded."""
        self._interpreter: str | None = None
        """The Python that the worker was to be started with; None while there is no worker."""
        self._worker_reasons: tuple[str, ...] = ()
        """Why another one had to do."""
        self._deadly: tuple[str, int] | None = None
        self._deaths = 0

    @property
    def revision(self) -> int:
        """The revision of the text."""
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
    def page_is_current(self) -> bool:
        """Whether `page` was made of the text as it is now, with nothing under way."""
        return not self.busy and self._page_of == (str(self._opened), self._revision)

    @property
    def wants_new_worker(self) -> bool:
        """Whether the worker has loaded code of another site than that of the document, or runs under another
        Python: it is to be ended.

        Ask before `next_request`, and tell `worker_gone`.
        """
        if self._dialect is not None and self._interpreter not in (None, self._dialect.interpreter):
            return True
        return self._ran_code_of is not None and self._ran_code_of != self._code_of()

    @property
    def seconds(self) -> float:
        """The time limit of the request in flight."""
        return self._limit.seconds(self._in_flight.length if self._in_flight else 0)

    def open(self, source: Source, revision: int, dialect: Dialect, context: PageContext) -> None:
        """Take another document, or the same one anew (the dialect changed, the file was read again).

        `source` is asked later, when something is sent: it must have taken in each edit before `edit` is called.
        """
        self._opened += 1
        self._source, self._revision, self._dialect, self._context = source, revision, dialect, context
        self._waiting = WaitingEdits()
        self._stale = True
        self._more, self._next = False, None
        self._deaths = 0

    def edit(self, edit: Edit, revision: int) -> None:
        """Take note of an edit that the source has made: `revision` is what it is now."""
        if self._source is None:
            return
        self._waiting.add(edit, self._source.length)
        self._revision = revision
        self._stale = True

    def refresh(self) -> None:
        """Have the text rendered once more as it is: a file that it draws in has changed."""
        self._stale = self._anew = True
        self._deaths = 0

    def begin_worker(self) -> str:
        """Return the Python to start a worker with, and take it that this is done now; empty: our own."""
        self._interpreter = self._dialect.interpreter if self._dialect is not None else ""
        self._worker_reasons = ()
        return self._interpreter

    def next_request(self) -> dict[str, Any] | None:
        """Return what to send now, or None while something is in flight or nothing is to be rendered."""
        if self.waits_for_answer or not self._ready():
            return None
        assert self._source is not None
        document = str(self._opened)
        length = self._source.length
        request: dict[str, Any] = {"document": document, "revision": self._revision, "render": True}
        request["limit"] = self._limit.seconds(length)
        within = _WITHIN
        if self._held is None or self._held.document != document:
            request |= self._opening()
            length = len(request["text"])
            self._stale = self._anew = False
        elif self._anew and not self._waiting:
            request["request"] = "render"
            self._stale = self._anew = False
        elif not self._stale:
            request["request"] = "more"
        else:
            request |= self._edits(self._held)
            within = _KEY_WITHIN
            request["render"] = not self._anew
            self._stale = self._anew
        if length >= _LONG:
            request["within"] = within
        self._ran_code_of = self._code_of()
        self._in_flight = _Sent(document, self._revision, length)
        self._parts = []
        self._waiting = WaitingEdits()
        return request

    def verify_request(self) -> dict[str, Any] | None:
        """Return the request that has another worker compare `page` with the whole, or None where that is no use.

        The page must be made of the text as it is now; one that was rendered as a whole needs no second opinion. What
        is shown goes before it, see `editor.render.messages.shown_requests`.
        """
        if not self.page_is_current or not self.page.lines_known or self._source is None:
            return None
        opening = self._opening()
        limit = self._limit.seconds(len(opening["text"]))
        return opening | {
            "request": "verify",
            "document": str(self._opened),
            "revision": self._revision,
            "limit": limit,
        }

    def correct(self, answer: Mapping[str, Any]) -> PagePatch | None:
        """Take a `verified` answer; return what it changed, or None where it is about another text or page."""
        if not self.page_is_current or self._page_of != (answer.get("document"), answer.get("revision")):
            return None
        return PagePatch(self._revision, tuple(self.page.correct(answer["corrections"])))

    def receive(self, answer: Mapping[str, Any]) -> PagePatch | RenderFailure | None:
        """Take an answer (see `messages.decoded`); return what it says about the document that is open, if anything.

        Raises WorkerDied where the worker speaks another protocol: it is of no use.
        """
        if answer.get("answer") == "ready":
            if answer.get("protocol") != PROTOCOL:
                raise WorkerDied(_("The render worker is of another version."))
            return None
        if answer.get("answer") == "instead":
            self._worker_reasons = sentences(answer["notes"])
            return None
        sent = self._in_flight
        if sent is None or (answer.get("document"), answer.get("revision")) != (sent.document, sent.revision):
            return None
        if answer["answer"] == "blocks":
            self._parts += answer["blocks"]
            return None
        if answer["answer"] == "head":
            return self._head(sent, answer) if sent.document == str(self._opened) else None
        self._in_flight = None
        parts, self._parts = self._parts, []
        current = sent.document == str(self._opened)
        if answer["answer"] == "mismatch":
            self._send_whole()
            return None
        self._held = sent
        if not current or answer["answer"] == "held":
            return None
        if answer["answer"] == "patched":
            return self._patched(sent, answer, parts)
        self._leave_unfinished()
        message = _("The page can't be rendered: {error}").format(error=answer.get("error", ""))
        return RenderFailure(sent.revision, message, answer.get("details", ""))

    def worker_gone(self, error: RenderError, details: str = "") -> RenderFailure | None:
        """Take note that the worker ended or was ended; the next request is for a new one.

        Return the failure where it was rendering the document that is open now. The same revision goes to a new
        worker once more; then not again until the text changes.
        """
        sent, self._in_flight, self._held, self._waiting = self._in_flight, None, None, WaitingEdits()
        self._ran_code_of = self._interpreter = None
        self._stale = self._stale or self._more
        self._leave_unfinished()
        if sent is None or sent.document != str(self._opened):
            return None
        place = (sent.document, sent.revision)
        self._deaths = self._deaths + 1 if place == self._deadly else 1
        self._deadly = place
        self._stale = True
        return RenderFailure(sent.revision, error.message, details)

    def _opening(self) -> dict[str, Any]:
        assert self._source is not None and self._dialect is not None and self._context is not None
        return {
            "request": "open",
            "text": self._source.text,
            "dialect": {
                "family": self._dialect.family,
                "options": self._dialect.options,
                "interpreter": self._dialect.interpreter,
            },
            "context": dataclasses.asdict(self._context),
            "close": self._held.document if self._held else None,
        }

    def _edits(self, held: _Sent) -> dict[str, Any]:
        assert self._source is not None
        edits = self._waiting.spans(self._source, held.length)
        length = self._source.length
        place = edits[-1].start + len(edits[-1].replacement) if edits else 0
        around = self._source.slice(max(0, place - AROUND), min(length, place + AROUND))
        return {
            "request": "edit",
            "base": held.revision,
            "edits": edits,
            "length": length,
            "place": place,
            "hash": text_hash(around),
        }

    def _patched(self, sent: _Sent, answer: Mapping[str, Any], parts: list[Block]) -> PagePatch | None:
        try:
            if answer["base"] is None:
                self._next = PageBlocks()
                blocks = [*parts, *(block for change in answer["changes"] for block in change.blocks)]
                changes = self._next.replace_all(blocks)
            elif self._page_of == (sent.document, answer["base"]):
                changes = (self.page if self._next is None else self._next).apply(answer["changes"])
            else:
                raise ValueError("the patch is for another page")
        except ValueError:  # ask for all of it
            self._send_whole()
            return None
        self._page_of = (sent.document, sent.revision)
        self._more = bool(answer.get("more"))
        if not self._more:
            self._deaths = 0
        if self._next is not None:
            fuller = self._page_source is self._source and not self._shows_head
            if self._more and fuller and _size(self._next) < _size(self.page):
                return None
            changes = self.page.replace_all(self._next.blocks())
            self._next, self._shows_head = None, False
        self._page_source = self._source
        return self._patch(sent, answer, changes)

    def _head(self, sent: _Sent, answer: Mapping[str, Any]) -> PagePatch | None:
        """Show what a page begins with, unless more is shown already."""
        if self._page_source is self._source:
            return None
        self._page_of, self._page_source, self._shows_head = None, self._source, True
        return self._patch(sent, answer, self.page.replace_all(answer["blocks"]))

    def _patch(self, sent: _Sent, answer: Mapping[str, Any], changes: list[Change]) -> PagePatch:
        self.page.first_line = answer["first_line"]
        return PagePatch(
            sent.revision,
            tuple(changes),
            answer.get("milliseconds", 0.0),
            answer.get("rendered", 0),
            (*self._worker_reasons, *sentences(answer.get("notes", ()))),
            tuple(answer.get("files", ())),
            partial=answer["answer"] == "head" or self._more,
        )

    def _leave_unfinished(self) -> None:
        """Take the page as it is for no revision's, where the rest of it will not come."""
        if self._more:
            self._page_of = None
        self._more, self._next = False, None

    def _send_whole(self) -> None:
        self._leave_unfinished()
        self._held = None
        self._stale = True
        self._waiting = WaitingEdits()

    def _code_of(self) -> str | None:
        """Return the site whose own modules the document lets in."""
        trusted = self._dialect is not None and self._dialect.options.get("trusted")
        return self._context.root if trusted and self._context is not None else None

    def _ready(self) -> bool:
        given_up = self._deaths >= _ATTEMPTS and self._deadly == (str(self._opened), self._revision)
        return (self._stale or self._more) and self._dialect is not None and not given_up


def _size(page: PageBlocks) -> int:
    """Return how much of a page is there, in characters."""
    return sum(map(len, page.pieces()))
