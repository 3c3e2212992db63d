"""RepositoryWatcher: notices when git is used elsewhere: in a terminal, by another program."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from editor.git.repository import Repository
from editor.git.standing import Standing, folders_of, standing
from editor.ui.outside.file_watcher import FileWatcher
from editor.ui.tasks import Tasks

_POLL_MS = 1_500
"""Between two looks without a notification: what is edited in place is told of by no folder."""
_SHARE = 4
"""A look is followed by so many times as long without one: in a large repository they take a while."""


class RepositoryWatcher(QObject):
    """Compares how a repository stands with how it stood when it was read last.

    Signals:
        changed: it stands otherwise.
    """

    changed = Signal()

    def __init__(
        self, tasks: Tasks, busy: Callable[[], bool], parent: QObject, *, poll_ms: int = _POLL_MS
    ) -> None:
        """Look by `tasks`, and not as long as we use git ourselves: while `busy`."""
        super().__init__(parent)
        self._tasks = tasks
        self._busy = busy
        self._watcher = FileWatcher(self, poll_ms=poll_ms)
        self._watcher.stirred.connect(self.look)
        self._repository: Repository | None = None
        self._known = Standing()
        self._looking = False
        self._not_before = 0.0
        self.sees_files = False
        """Whether changes of files are looked for, too: where somebody looks at them."""

    def follow(self, repository: Repository | None, known: Standing) -> None:
        """Tell when `repository` is not as `known` any more; None: there is nothing to be followed."""
        self._known = known
        if repository is None:
            self._repository = None
            self._watcher.watch(())
            return
        self._repository = repository
        self._tasks.run(
            lambda: folders_of(repository),
            lambda folders: self._watcher.watch(folders) if repository is self._repository else None,
        )

    def look(self) -> None:
        """Compare, off the GUI thread."""
        repository, known, files = self._repository, self._known, self.sees_files
        begun = time.monotonic()
        if repository is None or self._looking or self._busy() or begun < self._not_before:
            return
        self._looking = True

        def take_over(found: Standing) -> None:
            self._looking = False
            now = time.monotonic()
            self._not_before = now + _SHARE * (now - begun)
            if known is self._known and not found.is_as(known) and not self._busy():
                self.changed.emit()

        def give_up(_error: Exception) -> None:
            self._looking = False  # reading it says what is wrong

        self._tasks.run(lambda: standing(repository, files=files), take_over, give_up)

    def end(self) -> None:
        """Look no more."""
        self._repository = None
        self._watcher.watch(())
