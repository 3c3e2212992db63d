"""Fences that nothing closes, for the dialects in which they are text.

In CommonMark such a fence runs to the end of the text (https://spec.commonmark.org/0.31.2/#fenced-code-blocks).
Python-Markdown's `fenced_code` and PyMdown's SuperFences look for the closing line, and leave the opening one as it
stands where there is none.
"""

from collections.abc import Iterable

from editor.post.line_state import PARAGRAPH, LineState, state_after


class OpenFences:
    """What is known of the fences of one text that have no end.

    It is kept as facts about lines alone: behind a line, none closes a fence that is opened with so many signs. So
    an edit makes a fact wrong only where it puts signs of a fence in.
    """

    def __init__(self) -> None:
        self._facts: list[tuple[int, str, int]] = []
        """(line, sign, count of signs)."""

    def state_after(self, number: int, line: str, state: LineState) -> LineState:
        """Return the state after the line `number`, which starts in `state`."""
        after = state_after(line, state)
        if not self._facts or after.kind != "fence" or after is state:
            return after
        sign, count = after.mark[0], len(after.mark)
        has_no_end = any(
            known <= number and sign == known_sign and count >= least
            for known, known_sign, least in self._facts
        )
        return PARAGRAPH if has_no_end else after

    def has_no_end(self, number: int, state: LineState) -> None:
        """Take note that the fence opened by the line `number`, inside of which is `state`, is not closed."""
        self._facts.append((number, state.mark[0], len(state.mark)))

    def edited(self, first: int, grown: int, lines: Iterable[str]) -> int | None:
        """Follow an edit; return the line from which all states have to be worked out anew, or None.

        `lines` now stand from the line `first` on; there are `grown` lines more than before.
        """
        if not self._facts:
            return None
        self._facts = [
            (max(first, known + grown) if known > first else known, sign, count)
            for known, sign, count in self._facts
        ]
        if not any("```" in line or "~~~" in line for line in lines):
            return None
        earliest = min(known for known, _sign, _count in self._facts)
        self._facts = []
        return earliest
