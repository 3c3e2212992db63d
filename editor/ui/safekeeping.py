"""Safekeeping: what is typed goes into the recovery journal, until it is saved."""

from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.post.recovery.journal import Journal
from editor.post.text_edit import TextEdit
from editor.ui.session import PostSession
from editor.ui.workspace import Workspace


class Safekeeping(QObject):
    """Tells the window's journal of every edit and every save of the open posts.

    Signals:
        trouble_changed: a sentence while unsaved text can't be written to the journal; empty when it can again.
    """

    trouble_changed = Signal(str)

    def __init__(self, folder: Path, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # From the journal's thread: the signal brings it to that of the window.
        self._journal = Journal(folder, lambda trouble: self.trouble_changed.emit(trouble or ""))
        self._numbers = count(1)
        self._known: dict[PostSession, int] = {}
        workspace.session_opened.connect(self._take)
        workspace.session_closed.connect(self._close)

    def flush(self) -> bool:
        """Wait until all that was typed so far is on the disk for certain; return whether it is.

        It may take seconds: not for the GUI thread.
        """
        return self._journal.flush()

    def give_up(self) -> None:
        """Give up what is unsaved, for the person has decided about it."""
        for session in list(self._known):
            self._close(session)

    def end(self) -> None:
        """Write what is left; what is unsaved, and was not given up, is found at the next start."""
        self._journal.stop()

    def _take(self, session: PostSession) -> None:
        number = self._known[session] = next(self._numbers)
        self._begin(session, number)
        session.edited.connect(partial(self._on_edited, session))
        session.saved.connect(partial(self._on_clean, session))
        session.reloaded.connect(partial(self._on_clean, session))
        session.modified_changed.connect(partial(self._on_modified, session))
        session.moved.connect(lambda path: self._journal.moved(number, path))
        session.lost.connect(partial(self._on_lost, session))
        session.meta_taken.connect(self._take)

    def _begin(self, session: PostSession, number: int) -> None:
        post = session.post
        self._journal.begin(number, post.path, post.text, post.codec, post.mark)

    def _on_edited(self, session: PostSession, edit: TextEdit, _revision: int) -> None:
        self._journal.edit(self._known[session], edit, session.content.length)

    def _on_clean(self, session: PostSession, _path: object = None) -> None:
        """The disk has the text, or had it a moment ago."""
        assert session.path is not None
        now = session.text if session.text_modified else None
        post = session.post
        self._journal.saved(self._known[session], session.path, post.text, now, post.codec, post.mark)

    def _on_modified(self, session: PostSession, modified: bool) -> None:
        # Undone to what the disk has.
        if not modified and not session.saving and session.path is not None:
            self._on_clean(session)

    def _on_lost(self, session: PostSession) -> None:
        # An edit that changes nothing: with it, the whole text goes into the journal, which alone has it now.
        self._journal.edit(self._known[session], TextEdit(0, 0, ""), session.content.length)

    def _close(self, session: PostSession) -> None:
        for gone in (session, session.meta):
            if gone is not None and gone in self._known:
                self._journal.done(self._known.pop(gone))
