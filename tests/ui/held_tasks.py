"""Tasks that begin and end when a test says so."""

from collections.abc import Callable
from typing import Any

from editor.ui.tasks import ImmediateTasks


class HeldTasks(ImmediateTasks):
    """A slow disk: what is to be done waits in `held`, in its order."""

    def __init__(self) -> None:
        self.held: list[Callable[[], None]] = []

    def run(
        self,
        function: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self.held.append(lambda: ImmediateTasks.run(self, function, then, failed))

    def release(self) -> None:
        """Do what waits, and what comes of it."""
        while self.held:
            self.held.pop(0)()
