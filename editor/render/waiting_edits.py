"""The edits that lead from the text which the worker holds to the one that the writer sees."""

from typing import NamedTuple

from editor.render.protocol import Edit, Source

_MOST = 32
"""More edits than these become one, over everything between the first and the last."""


class Span(NamedTuple):
    """An edit as it goes to the worker: code points of the text that the edits before it made."""

    start: int
    end: int
    replacement: str


class WaitingEdits:
    """Edits in the order in which they were made, those that touch each other joined; false where there is none."""

    def __init__(self) -> None:
        self._spans: list[Span] = []
        self._same_before = self._same_after = 0
        """How much of the two texts none of them touched, at the beginning and at the end."""

    def __bool__(self) -> bool:
        return bool(self._spans)

    def add(self, edit: Edit, length: int) -> None:
        """Take note of an edit that has been made; the text is `length` code points long since."""
        span = Span(edit.start, edit.end, edit.replacement)
        after = length - span.start - len(span.replacement)
        self._same_before = min(self._same_before, span.start) if self._spans else span.start
        self._same_after = min(self._same_after, after) if self._spans else after
        if self._spans and (joined := _joined(self._spans[-1], span)):
            self._spans[-1] = joined
        else:
            self._spans.append(span)

    def spans(self, source: Source, held: int) -> list[Span]:
        """Return the edits to send; the worker's text is `held` code points long, `source` is ours."""
        if len(self._spans) <= _MOST:
            return self._spans
        changed = source.slice(self._same_before, source.length - self._same_after)
        return [Span(self._same_before, held - self._same_after, changed)]


def _joined(first: Span, second: Span) -> Span | None:
    """Return one edit for two where the second touches what the first wrote, else None."""
    begin, end = first.start, first.start + len(first.replacement)
    if begin <= second.start and second.end <= end:
        written = first.replacement
        inner = written[: second.start - begin] + second.replacement + written[second.end - begin :]
        return Span(first.start, first.end, inner)
    if second.end == begin:  # backspace, key after key
        return Span(second.start, first.end, second.replacement + first.replacement)
    return None
