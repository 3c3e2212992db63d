"""Save some posts before they are closed, whatever happens meanwhile."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.ui.session import PostSession


class SaveAll(QObject):
    """Saves posts one after the other until nothing of them is unsaved or being written.

    Signals:
        done: everything is on disk.
        stopped: a post could not be saved, or the person did not choose a file for one.
    """

    done = Signal()
    stopped = Signal()

    def __init__(
        self,
        sessions: list[PostSession],
        choose_path: Callable[[PostSession], Path | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sessions = sessions
        self._choose_path = choose_path
        self._ended = False
        for session in sessions:
            session.idle.connect(self._go_on)
            session.save_failed.connect(self._stop)

    def start(self) -> None:
        """Begin; `done` or `stopped` follows, perhaps at once."""
        self._go_on()

    def _go_on(self) -> None:
        if self._ended or any(session.saving for session in self._sessions):
            return
        session = next((session for session in self._sessions if session.modified), None)
        if session is None:
            self._end()
            self.done.emit()
            return
        path = None if session.path is not None else self._choose_path(session)
        if session.path is None and path is None:
            self._stop()
            return
        session.save(path, overwrite=path is not None)

    def _stop(self, _error: object = None) -> None:
        if not self._ended:
            self._end()
            self.stopped.emit()

    def _end(self) -> None:
        self._ended = True
        for session in self._sessions:
            session.idle.disconnect(self._go_on)
            session.save_failed.disconnect(self._stop)
