"""Where the blocks of the page, and what is inside them, stand in the source."""

import json
import logging
from collections.abc import Callable
from itertools import accumulate, pairwise
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from editor.render.line_map import align, inner_lines
from editor.ui.preview.patch import ScreenBlock
from editor.ui.preview.patches import Patches
from editor.ui.tasks import Tasks

_log = logging.getLogger(__name__)

SourceLines = Callable[[int, int], list[str]]
"""From a line of the post (from 0) and a count to these lines, as they are now."""

_DELAY = 100
"""ms of rest before lines are looked for."""
_NEAR = 12
"""Blocks above and below those in view whose lines are looked for as well."""


class PageLines(QObject):
    """Looks for source lines off the GUI thread: of blocks that came without, and of what is inside those in view.

    Signals:
        found: what the page is to know, as JSON.
    """

    found = Signal(str)

    def __init__(self, tasks: Tasks, patches: Patches, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._patches = patches
        self._seen = 0, 0
        self.first_line = 0
        self.source: SourceLines | None = None
        self._found: list[int] | None = None
        self._running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self._look)

    def forget(self) -> None:
        """Take the lines that were looked for as not known any more."""
        self._found = None

    def look_soon(self, first: int, last: int) -> None:
        """Look, after a rest, for what is not known of the blocks from `first` to `last`, which are in view."""
        self._seen = first, last
        self._timer.start()

    def _look(self) -> None:
        patches = self._patches
        serial, wanted = patches.serial, patches.blocks.wanted
        if not patches.idle or not patches.complete:
            self._timer.start()
            return

        def take(found: dict[str, Any]) -> bool:
            if not isValid(self):
                return False
            if serial != patches.serial:  # the page has changed meanwhile: what was found is of an older one
                self._timer.start()
                return False
            self.found.emit(json.dumps({"serial": serial, **found}))
            return True

        self._search(wanted, self._seen, take)

    def _search(
        self, blocks: list[ScreenBlock], seen: tuple[int, int], then: Callable[[dict[str, Any]], bool]
    ) -> None:
        """Look for what is not known of `blocks`, of which those from `seen[0]` to `seen[1]` are in view.

        `then` is called on the GUI thread with what the page is to know (`first_line`, `lines`, `marks`), if there is
        anything new, and returns whether the page was told. Nothing happens while a search is under way.
        """
        source = self.source
        if self._running or source is None or not blocks:
            return
        starts = self._starts(blocks)
        if starts is None:
            text = "\n".join(source(0, 1 << 30))
            published = [block.published for block in blocks]

            def take_starts(found: list[int]) -> None:
                if not then(self._take_starts(found, text)):
                    self.forget()

            self._run(lambda: align(text, published), take_starts)
            return
        low, high = max(0, seen[0] - _NEAR), min(len(blocks), seen[1] + 1 + _NEAR)
        wanted = [index for index in range(low, high) if not (blocks[index].marked or blocks[index].asleep)]
        pieces = [
            (index, blocks[index], source(starts[index], starts[index + 1] - starts[index]))
            for index in wanted
            if starts[index + 1] - starts[index] > 0
        ]
        if not pieces:
            return

        def marks() -> list[list[Any]]:
            return [[index, inner_lines(lines, block.published)] for index, block, lines in pieces]

        def take(found: list[list[Any]]) -> None:
            told = then({"marks": found})
            for _index, block, _lines in pieces:
                block.marked = told

        self._run(marks, take)

    def _starts(self, blocks: list[ScreenBlock]) -> list[int] | None:
        if blocks[-1].lines is not None:
            return list(accumulate((block.lines or 0 for block in blocks), initial=self.first_line))
        return self._found if self._found is not None and len(self._found) == len(blocks) + 1 else None

    def _take_starts(self, found: list[int], text: str) -> dict[str, Any]:
        self._found = [*found, text.count("\n") + 1]
        lines = [end - start for start, end in pairwise(self._found)]
        return {"lines": lines, "first_line": found[0] if found else 0}

    def _run(self, function: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self._running = True

        def take(found: Any) -> None:
            self._running = False
            then(found)

        def failed(error: Exception) -> None:
            _log.error("lines could not be looked for", exc_info=error)
            self._running = False

        self._tasks.run(function, take, failed)
