"""FileLooks: looks at the files of all open posts together, whenever something may have happened to them."""

import logging
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.ui.outside.file_watcher import FileWatcher
from editor.ui.outside.followed import Followed
from editor.ui.outside.look import Finding, Same, look
from editor.ui.outside.open_elsewhere import OpenMarks
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks

_log = logging.getLogger(__name__)

_MOST_WAITS = 20
"""So often, a file that may be half written is waited for; then it is taken as it is."""

_MOST_FOLDERS = 2
"""So many folders above a post are watched that is outside of its site."""


class FileLooks(QObject):
    """Follows files by paths; the posts that nobody has opened are not looked at.

    All are looked at in one task: when the system tells of a change, when `look` is called, every few seconds.

    Signals:
        found: (Followed, Finding), where nothing was saved, read or moved meanwhile.
        open_elsewhere: the paths of the open posts that are open in another window, too.
        looked: all files were looked at.
    """

    found = Signal(object, object)
    open_elsewhere = Signal(object)
    looked = Signal()

    def __init__(
        self, tasks: Tasks, marks: OpenMarks, watcher: FileWatcher, parent: QObject | None = None
    ) -> None:
        """Look in `tasks`; a disk that does not answer holds them up: give this a pool of its own."""
        super().__init__(parent)
        self._tasks = tasks
        self._marks = marks
        self._watcher = watcher
        self._followed: list[Followed] = []
        self._looking = False
        self._look_again = False
        watcher.setParent(self)
        watcher.stirred.connect(self.look)
        self.look_soon = watcher.look_soon
        self.look_in = watcher.look_in

    def follow(self, followed: Followed) -> None:
        """Look at this file from now on."""
        self._followed.append(followed)
        self.look_soon()

    def let_go(self, owner: PostSession) -> None:
        """Look no longer at the files of the post `owner`."""
        self._followed = [followed for followed in self._followed if followed.owner is not owner]
        self.look_soon()

    def followed(self) -> list[Followed]:
        """Return the files that are followed."""
        return list(self._followed)

    def has(self, followed: Followed) -> bool:
        """Return whether this file still is."""
        return followed in self._followed

    def end(self) -> None:
        """Look at nothing any more; no task may be under way."""
        self._followed.clear()
        self._watcher.watch(())
        self._marks.update(())

    def look(self) -> None:
        """Look at all files, off the GUI thread."""
        if self._looking:
            self._look_again = True
            return
        self._looking = True
        asked = [
            (
                followed,
                followed.generation,
                followed.known(),
                followed.waits < _MOST_WAITS,
                followed.is_overdue(),
            )
            for followed in self._followed
            if followed.can_be_looked_at()
        ]
        paths = [followed.session.path for followed in self._followed if followed.session.path is not None]

        def look_at_all() -> tuple[list[Finding], set[Path]]:
            findings = [
                look(known, patient=patient, search=search) for _f, _g, known, patient, search in asked
            ]
            return findings, self._marks.update(paths)

        def take_over(result: tuple[list[Finding], set[Path]]) -> None:
            findings, elsewhere = result
            for (followed, generation, *_rest), finding in zip(asked, findings, strict=True):
                if self.has(followed) and followed.generation == generation and followed.can_be_looked_at():
                    self._forget_replaced(followed, finding)
                    self.found.emit(followed, finding)
            self.open_elsewhere.emit(elsewhere)
            self._watcher.watch(self._paths())
            self._go_on()

        def give_up(error: Exception) -> None:
            _log.error("the open posts can't be looked at", exc_info=error)
            self._go_on()

        self._tasks.run(look_at_all, take_over, give_up)

    def _go_on(self) -> None:
        self._looking = False
        self.looked.emit()
        if self._look_again:
            self._look_again = False
            self.look()

    def _forget_replaced(self, followed: Followed, finding: Finding) -> None:
        """Watch anew what is another file or folder by now: the system goes by the thing, not by its name."""
        if isinstance(finding, Same):
            before = {**dict(followed.folders), str(followed.session.path): followed.identity}
            now = {**dict(finding.folders), str(followed.session.path): finding.identity}
            self._watcher.forget(
                path for path, identity in now.items() if before.get(path) not in (None, identity)
            )

    def _paths(self) -> Iterator[str]:
        """Give what is to be watched: the files, and the folders above them up to the one that the site lies in."""
        for followed in self._followed:
            path, root = followed.session.path, followed.owner.site_root
            if path is None:
                continue
            if followed.gone_at is None and not followed.session.is_lost:
                yield str(path)
            above = [Path(folder) for folder, _identity in followed.folders] or [path.parent]
            if root is not None and path.is_relative_to(root):
                yield from (str(folder) for folder in above if folder.is_relative_to(root.parent))
            else:
                yield from (str(folder) for folder in above[:_MOST_FOLDERS])
