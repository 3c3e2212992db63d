"""EditedHere: which files were edited in this window since they were opened, and what they held before."""

import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.ui.commit.replaying import replayed
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace


class EditedHere(QObject):
    """Remembers, for each file that was edited here, the bytes that it held before the first edit.

    What another program wrote meanwhile, and the open post has taken over, is added to those bytes: it was not done
    here.

    Signals:
        changed: a file was edited for the first time.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(workspace)
        self._tasks = tasks
        self._before: dict[str, bytes] = {}
        """Real path -> what the file held; nothing for one that was made here."""
        self._on_disk: dict[PostSession, bytes] = {}
        """What the open posts' files held when that was last told."""
        self._paths: dict[PostSession, Path | None] = {}
        """Where they were then."""
        self._untitled: set[PostSession] = set()
        for session in workspace.open_sessions():
            self._take(session)
        workspace.session_opened.connect(self._take)
        workspace.session_closed.connect(self._forget)

    def before(self) -> dict[str, bytes]:
        """Return real path -> bytes of all files that were edited here."""
        return dict(self._before)

    def committed(self, path: Path, rest: bytes | None = None) -> None:
        """Take over that what was done to a file is in a commit: it begins anew.

        `rest` is what it would hold without the edits that were left out; None: there are none.
        """
        name = os.path.realpath(path)
        if name not in self._before:
            return
        if rest is None:
            rest = self._being_edited(name)
        if rest is None:
            del self._before[name]
        else:
            self._before[name] = rest

    def _being_edited(self, name: str) -> bytes | None:
        """Return what the file of an open post holds, where something was typed by now that it does not."""
        for session in self._paths:
            path = session.path
            if path is not None and os.path.realpath(path) == name and session.text_modified:
                return session.post.data or b""
        return None

    def _take(self, session: PostSession) -> None:
        self._on_disk[session] = session.post.data or b""
        self._paths[session] = session.path
        session.edited.connect(lambda _edit, _revision: self._on_edited(session))
        session.saved.connect(lambda path: self._on_saved(session, path))
        session.reloaded.connect(lambda: self._on_reloaded(session))
        session.moved.connect(lambda path: self._on_moved(session, path))
        session.meta_taken.connect(self._take)

    def _forget(self, session: PostSession) -> None:
        for gone in (session, session.meta):
            if gone is not None:
                self._on_disk.pop(gone, None)
                self._paths.pop(gone, None)
                self._untitled.discard(gone)

    def _on_edited(self, session: PostSession) -> None:
        if session.path is None:
            self._untitled.add(session)
            return
        name = os.path.realpath(session.path)
        if name not in self._before:
            self._before[name] = session.post.data or b""
            self.changed.emit()

    def _on_saved(self, session: PostSession, path: Path) -> None:
        self._on_disk[session] = session.post.data or b""
        self._paths[session] = path
        if session in self._untitled:
            self._untitled.discard(session)
            self._before.setdefault(os.path.realpath(path), b"")
            self.changed.emit()

    def _on_moved(self, session: PostSession, path: Path) -> None:
        """Take a move for an edit: of the file that is gone, and of the one that is new."""
        before, self._paths[session] = self._paths.get(session), path
        if before is not None and before != path:
            self._before.setdefault(os.path.realpath(before), session.post.data or b"")
            self._before[os.path.realpath(path)] = b""
            self.changed.emit()

    def _on_reloaded(self, session: PostSession) -> None:
        """Add what was changed outside to what the file held before it was edited here."""
        known, now = self._on_disk.get(session, b""), session.post.data or b""
        self._on_disk[session] = now
        if session.path is None:
            return
        name = os.path.realpath(session.path)
        opened = self._before.get(name)
        if opened is None or known == now:
            return

        def take_over(added: bytes) -> None:
            if self._before.get(name) == opened:
                self._before[name] = added

        def add() -> bytes:
            added = replayed(opened, known, now)
            return now if added is None else added

        self._tasks.run(add, take_over)
