"""The display step for the blocks of a page, off the GUI thread, a few at a time."""

import logging
from collections.abc import Callable, Iterable

from editor.render.display import Drawing, for_screen
from editor.render.picture_size import Size
from editor.ui.diagrams.diagram_drawer import DiagramDrawer
from editor.ui.preview.patch import ScreenBlock
from editor.ui.tasks import Tasks

_log = logging.getLogger(__name__)

_AT_ONCE = 64
"""Blocks; what can be seen first does not wait for the end of a long post."""
_MOST_FORMULAS = 4_000


class ScreenStep:
    """Makes of published blocks what the screen shows."""

    def __init__(
        self,
        tasks: Tasks,
        size_of: Callable[[str], Size | None],
        done: Callable[[], None],
        diagrams: DiagramDrawer,
    ) -> None:
        """Take what gives the size of a picture, and what is called after each few blocks, on the GUI thread.

        `diagrams` is asked for drawings, and to draw what it does not know.
        """
        self._diagrams = diagrams
        self._tasks = tasks
        self._size_of = size_of
        self._done = done
        self._waiting: list[ScreenBlock] = []
        self._running = False
        self.typesets = True
        """Whether formulas are set here; a page that the site has built has scripts of its own for that, or none."""
        self._formulas: dict[tuple[str, str], str | None] = {}

    def prepare(self, blocks: Iterable[ScreenBlock]) -> None:
        """Do the step for those of `blocks` that need it."""
        self._waiting += [block for block in blocks if block.screen is None]
        self._next()

    def drop(self) -> None:
        """Forget what is waiting: another page is to be shown."""
        self._waiting = []

    def _next(self) -> None:
        if self._running or not self._waiting:
            return
        now, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        self._running = True
        if len(self._formulas) > _MOST_FORMULAS:
            self._formulas.clear()
        formulas, size_of, diagrams = self._formulas, self._size_of, self._diagrams
        typesets = self.typesets
        undrawn: list[str] = []

        def drawing_of(source: str) -> Drawing | None:
            if not diagrams.is_known(source):
                undrawn.append(source)
            return diagrams.drawing(source)

        def then(made: list[str]) -> None:
            diagrams.want(undrawn)
            for block, screen in zip(now, made, strict=True):
                block.screen = screen
            self._running = False
            self._next()
            self._done()

        def failed(error: Exception) -> None:
            _log.error("blocks could not be prepared for the screen", exc_info=error)
            then([block.published for block in now])

        self._tasks.run(
            lambda: [
                for_screen(block.published, formulas, size_of, drawing_of, typesets=typesets) for block in now
            ],
            then,
            failed,
        )
