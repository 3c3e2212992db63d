"""The code inside a fence, coloured by its language through Pygments.

A lexer can't start in the middle, so a fence is lexed whole: at once while it is small, else piece by piece
when nobody types. What was lexed is kept by content, so that a change of one fence costs that fence only.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from editor.ui.text_editor.styles import Flag, Span, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.lexer import Lexer
    from pygments.token import _TokenType

LINE_LIMIT = 1000
"""Lines of one fence that are lexed; what is behind them is shown in one style."""
SIZE_LIMIT = 200_000
"""Code points of one fence that are lexed."""
AT_ONCE = 2500
"""Code points up to which a fence is lexed while its writer types."""
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Fence:
    """The code of one fence: its language and its lines, the fence's own indentation taken off."""

    language: str
    lines: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many code points it has."""
        return sum(map(len, self.lines)) + len(self.lines)


LineSpans = list[list[Span]]
"""The spans of every line of a fence."""


@dataclass(slots=True)
class _Job:
    fence: Fence
    tokens: "Iterator[tuple[int, _TokenType, str]] | None" = None
    done: LineSpans = field(default_factory=list)
    column: int = 0


class FenceColours:
    """Lexes fences, remembers them, and does large ones in slices."""

    def __init__(self) -> None:
        self._lexers: dict[str, Lexer | None] = {}
        self._kept: OrderedDict[Fence, LineSpans] = OrderedDict()
        self._jobs: list[_Job] = []

    @property
    def busy(self) -> bool:
        """Whether `work` has something to do."""
        return bool(self._jobs)

    def spans(self, fence: Fence) -> LineSpans | None:
        """Return the spans of every line, or None where they come later: then `work` is to be called."""
        if not fence.language or self._lexers.get(fence.language, ...) is None:
            return [[] for _ in fence.lines]
        kept = self._kept.get(fence)
        if kept is not None:
            self._kept.move_to_end(fence)
            return kept
        job = _Job(fence)
        if fence.language in self._lexers and fence.size <= AT_ONCE:
            self._run(job, None)
            return job.done
        # Only the newest version of a text that is being typed is worth the work.
        self._jobs = [*self._jobs[-3:], job] if all(job.fence != fence for job in self._jobs) else self._jobs
        return None

    def line_alone(self, language: str, line: str) -> list[Span]:
        """Return the spans of `line` as if it stood alone: near enough until its fence has been lexed."""
        if self._lexers.get(language) is None or len(line) > AT_ONCE:
            return []
        job = _Job(Fence(language, (line,)))
        self._run(job, None)
        return job.done[0]

    def work(self, seconds: float) -> bool:
        """Lex what waits, for about `seconds`; return whether a fence was finished."""
        if not self._jobs:
            return False
        if self._run(self._jobs[-1], time.perf_counter() + seconds):
            self._jobs.pop()
            return True
        return False

    def _run(self, job: _Job, deadline: float | None) -> bool:
        from editor.ui.text_editor.code_tokens import look

        if job.tokens is None:
            lexer = self._lexer(job.fence.language)
            job.done = [[]]
            if lexer is None:
                job.done = [[] for _ in job.fence.lines]
                return True
            job.tokens = iter(lexer.get_tokens_unprocessed("\n".join(job.fence.lines) + "\n"))
            if deadline is not None and time.perf_counter() > deadline:
                return False
        for count, (_place, kind, value) in enumerate(job.tokens):
            _put(job, *look(kind), value)
            if deadline is not None and count % 32 == 31 and time.perf_counter() > deadline:
                return False
        count = len(job.fence.lines)
        job.done = [*job.done[:count], *([] for _ in range(count - len(job.done)))]
        self._kept[job.fence] = job.done
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return True

    def _lexer(self, language: str) -> "Lexer | None":
        from editor.ui.text_editor.code_tokens import lexer_of

        if language not in self._lexers:
            self._lexers[language] = lexer_of(language)
        return self._lexers[language]


def _put(job: _Job, style: Style, flags: Flag, value: str) -> None:
    for index, piece in enumerate(value.split("\n")):
        if index:
            job.done.append([])
            job.column = 0
        if piece and (style or flags):
            job.done[-1].append(Span(job.column, job.column + len(piece), style, flags))
        job.column += len(piece)
