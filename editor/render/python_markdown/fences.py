"""Follow code fences line by line, as the site's own preprocessor does.

`pymdownx.superfences`: its own line machine is asked, so that its header validators, indents and quote levels
count. `fenced_code`: its own expression, from an opening line to the first line that may close it.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

PLACE = "\x02wzxhzdk:0\x03"
"""What stands for a fence where later steps look at the text."""


class SuperFences:
    """The machine of pymdownx.superfences, told of one line after the other."""

    def __init__(self, preprocessor: Any) -> None:
        """Copy `preprocessor`: what is followed here must not touch what it renders."""
        preprocessor.get_hl_settings()
        self._machine = machine = copy.copy(preprocessor)
        machine.disabled_indented = machine.preserve_tabs = False
        machine.stack = []
        machine.process_nested_block = self._close
        module = __import__(type(preprocessor).__module__, fromlist=["*"])
        self._opening = module.RE_NESTED_FENCE_START
        self._end = module.NESTED_FENCE_END
        self._closed = False
        machine.clear()

    @property
    def is_open(self) -> bool:
        """Whether the lines so far end inside of a fence."""
        return self._machine.fence is not None

    @property
    def fence(self) -> str:
        """The characters of the open fence."""
        return str(self._machine.fence)

    @property
    def prefix(self) -> str:
        """What stands before the open fence in its line: its place keeps it."""
        return str(self._machine.ws)

    @property
    def can_only_close(self) -> bool:
        """Whether nothing but its closing line ends the open fence: it stands at the margin."""
        return not self._machine.ws

    def reset(self) -> None:
        """Begin anew, outside of any fence."""
        self._machine.clear()

    def closes(self, line: str) -> bool:
        """Return whether this line would close the open fence that stands at the margin."""
        return line.startswith(self.fence) and self._machine.fence_end.match(line) is not None

    def feed(self, line: str) -> str:
        """Take the next line; return what became of it: `opened`, `closed`, `aborted`, or nothing."""
        machine = self._machine
        if machine.fence is None:
            if "```" not in line and "~~~" not in line:
                return ""
            return self._open(line)
        ws, content = machine.parse_fence_line(line)
        level = ws.count(">")
        self._closed = False
        if machine.quote_level:
            machine.eval_quoted(ws, content, level, 0, 1)
        elif level == 0:
            machine.eval_fence(ws, content, 0, 1)
        else:
            machine.clear()
        if self._closed:
            return "closed"
        return "" if machine.fence is not None else "aborted"

    def _open(self, line: str) -> str:
        machine = self._machine
        ws = machine.parse_whitespace(line)
        found = self._opening.match(line, machine.ws_len)
        if found is None:
            return ""
        if found.group("unrecognized"):
            okay = machine.handle_unrecognized(found)
        elif found.group("attrs"):
            okay = machine.handle_attrs(found)
        else:
            okay = machine.parse_options(found)
        if not okay:
            machine.clear()
            return ""
        machine.first = ""
        machine.ws = ws
        machine.quote_level = ws.count(">")
        machine.empty_lines = 0
        machine.fence = found.group("fence")
        machine.fence_end = re.compile(self._end % machine.fence)
        return "opened"

    def _close(self, *_of_the_fence: Any) -> None:
        self._closed = True
        self._machine.clear()


class PlainFences:
    """Markdown's own fenced_code: one expression over the text."""

    _opening = re.compile(r"(?:~{3,}|`{3,})")

    def __init__(self, preprocessor: Any) -> None:
        self._whole = preprocessor.FENCED_BLOCK_RE

    def fence(self, line: str) -> str | None:
        """Return the characters of the fence that the line may open, or None."""
        if not line.startswith(("```", "~~~")):
            return None
        found = self._opening.match(line)
        return found.group() if found else None

    def length(self, fence: str, line: Callable[[int], str | None]) -> int | None:
        """Return how many lines the fence has that line 0 opens; None where it opens none, 0 if it never ends.

        `line` gives a line by its number, None behind the last one.
        """
        found = [line(0) or ""]
        while (following := line(len(found))) is not None:
            found.append(following)
            if following.startswith(fence) and not following[len(fence) :].strip(" "):
                matched = self._whole.match("\n".join(found) + "\n")
                if matched is None:
                    return None
                if matched.groupdict().get("attrs") and not self._valid(matched.group("attrs")):
                    return None
                return len(found)
        return 0 if self._whole.match(f"{found[0]}\nx\n{fence}\n") else None

    @staticmethod
    def _valid(attributes: str) -> bool:
        try:
            from markdown.extensions.attr_list import get_attrs_and_remainder
        except ImportError:  # before 3.6 anything was taken
            return True
        return not get_attrs_and_remainder(attributes)[1]
