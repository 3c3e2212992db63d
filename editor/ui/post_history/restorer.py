"""Restorer: brings an earlier version of a post back into its text."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from editor.errors import CopydeskError
from editor.post import front_matter
from editor.post.document import PostDocument
from editor.post.front_matter import FrontMatter
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _
from editor.ui.main_window import MainWindow
from editor.ui.outside.reconcile import line_edits
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace

_log = logging.getLogger(__name__)

_MOST_FIELDS = 6
"""So many fields of a front matter are named."""


@dataclass(frozen=True, slots=True)
class _Restored:
    """A post that a version was brought back into."""

    session: PostSession
    steps: int
    """How many steps could be undone before."""
    header: str
    """The front matter that it had before."""


class Restorer(QObject):
    """Makes a text that of an earlier version, as one step of undo, and says so until it is saved or undone."""

    def __init__(self, window: MainWindow, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._tasks = tasks
        self._restored: _Restored | None = None
        """What was brought back last, until it is saved or undone."""
        workspace.saved.connect(lambda session, _path: self._forget(session))

    def restore(self, session: PostSession, earlier: PostDocument) -> None:
        """Put the text of `earlier` into `session`: what differs is found off the GUI thread."""
        if earlier.read_only is not None:  # its text has other signs than its bytes
            self._window.status.show_message(earlier.read_only)
            return
        if session.read_only is not None:
            self._window.status.show_message(session.read_only)
            return
        revision, before, after = session.revision, session.text, earlier.text
        read = self._reader(session)

        def find() -> tuple[list[TextEdit], str, str]:
            old, new = read(before), read(after)
            return line_edits(before, after)[0], before[: old.body_start], _of_front_matter(old, new)

        def take_over(found: tuple[list[TextEdit], str, str]) -> None:
            edits, header, more = found
            if session.revision != revision:
                self.restore(session, earlier)  # something was typed meanwhile
            elif edits:
                self._make(session, edits, header, more)

        self._tasks.run(find, take_over, self._tell)

    def _reader(self, session: PostSession) -> Callable[[str], FrontMatter]:
        """Return what reads the front matter that stands in the text of `session`."""
        site = self._workspace.post_site if session is self._workspace.session else None
        if site is None or site.meta_of is not None:
            return front_matter.read
        return site.front_matter_of

    def _make(self, session: PostSession, edits: list[TextEdit], header: str, more: str) -> None:
        """Bring a version back; `more` is what is said of its front matter, where that is another one."""
        if session not in self._workspace.open_sessions():
            return
        self._forget(session)
        self._restored = _Restored(session, session.document.availableUndoSteps(), header)
        session.apply_steps(edits)
        session.edited.connect(self._on_edited)
        if session is self._workspace.session:
            words = _("The earlier version is in the text, and not saved yet. Undo takes it back.")
            actions = [(_("Restore the text alone"), self._text_alone)] if more else []
            self._window.text_pane.notice.show_words(" ".join(filter(None, (words, more))), actions)
            self._window.editor.go_to(session.place_of(edits[0].start)[0])

    def _text_alone(self) -> None:
        """Let the post have the front matter again that it had before."""
        restored = self._restored
        if restored is None:
            return
        session, text, revision = restored.session, restored.session.text, restored.session.revision
        read = self._reader(session)

        def take_over(edits: list[TextEdit]) -> None:
            if self._restored is not restored:
                return
            if session.revision != revision:
                self._text_alone()
                return
            session.apply_steps(edits)
            if session is self._workspace.session:
                self._window.text_pane.notice.show_words(
                    _("The earlier text is here, with the front matter of now. It is not saved yet.")
                )

        self._tasks.run(
            lambda: line_edits(text, restored.header + text[read(text).body_start :])[0],
            take_over,
            self._tell,
        )

    def _on_edited(self, *_edit: object) -> None:
        restored = self._restored
        if restored is not None and restored.session.document.availableUndoSteps() <= restored.steps:
            self._forget(restored.session)

    def _forget(self, session: PostSession) -> None:
        if self._restored is None or session is not self._restored.session:
            return
        self._restored = None
        session.edited.disconnect(self._on_edited)
        if session is self._workspace.session:
            self._window.text_pane.notice.show_words("")

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, CopydeskError):
            _log.error("a version could not be brought back", exc_info=error)
        self._window.status.show_message(error.message if isinstance(error, CopydeskError) else str(error))


def _of_front_matter(old: FrontMatter, new: FrontMatter) -> str:
    """Return what is said where the front matter is another one; empty where all its fields are as before."""
    if old.problem is not None or new.problem is not None:
        same = old.text[: old.body_start] == new.text[: new.body_start]
        return "" if same else _("Its front matter is that of the earlier version, too.")
    fields = [
        key for key in {**new.values, **old.values} if old.values.get(key, old) != new.values.get(key, new)
    ]
    if not fields:
        return ""
    names = ", ".join(fields[:_MOST_FIELDS]) + ("…" if len(fields) > _MOST_FIELDS else "")
    return _("Its front matter is that of the earlier version, too: {fields}.").format(fields=names)
