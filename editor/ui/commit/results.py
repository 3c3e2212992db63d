"""Results: what is told of the last command, as long as it holds."""

from typing import TYPE_CHECKING

from editor.ui.commit.overview import Overview

if TYPE_CHECKING:
    from editor.ui.commit.commit_column import CommitColumn

UNSAVED = "unsaved"
"""That a post could not be saved."""


class Results:
    """Tells in the column how a command went, and puts it away once the repository has gone on."""

    def __init__(self) -> None:
        self._column: CommitColumn | None = None
        self._seen: Overview | None = None
        """What was shown last."""
        self._old: Overview | None = None
        """What was shown when the result was told: it says nothing of what came of the command."""
        self._held: tuple[object, ...] | None = None
        """How things stood after the command."""
        self._told = ""
        """What kind of result is shown; empty: none."""

    def take(self, column: "CommitColumn") -> None:
        """Tell in `column`."""
        self._column = column

    def run(self, words: str) -> None:
        """Tell what runs."""
        self._told = ""
        if self._column is not None:
            self._column.show_running(words)

    def tell(
        self, words: str, *, failed: bool, output: str = "", take_over: bool = False, kind: str = ""
    ) -> None:
        """Tell how it ended, as `CommitColumn.show_result`; `kind` is `UNSAVED`, or empty."""
        self._told = kind or ("failed" if failed else "done")
        self._old, self._held = self._seen, None
        if self._column is not None:
            self._column.show_result(words, failed=failed, output=output, take_over=take_over)

    def follow(self, overview: Overview) -> None:
        """Put away what was told of another commit, branch or merge than there is now."""
        self._seen = overview
        if not self._told or overview is self._old:
            return
        state = overview.state
        now = (state.head, state.branch, state.operation, state.ahead, state.behind)
        if self._held is None:
            self._held = now
        elif self._held != now:
            self.put_away()

    def left(self) -> None:
        """Put away what went well: the person has seen it."""
        if self._told == "done":
            self.put_away()

    def tells(self, kind: str) -> bool:
        """Whether a result of that kind is shown."""
        return self._told == kind

    def put_away(self) -> None:
        """Tell nothing."""
        self._told = ""
        if self._column is not None:
            self._column.hide_result()
