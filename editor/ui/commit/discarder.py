"""Discarder: takes changes back, after it asked, and after what would be lost was kept."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFile, QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from editor.errors import OpenError, SaveError
from editor.git.contents import in_index, in_work_tree
from editor.git.discarding import discard
from editor.git.hunks import put_in
from editor.git.repository import Repository
from editor.post.disk import write_atomically
from editor.post.document import PostDocument
from editor.post.history import LocalHistory
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _
from editor.ui.commit.overview import ChangedFile, Overview
from editor.ui.commit.words import shown_path
from editor.ui.outside.reconcile import line_edits
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace


class Discarder(QObject):
    """Makes files, or hunks of them, as the last commit has them.

    In an open post that is an edit, which Undo takes back; of every file the local history keeps what it held.

    Signals:
        done: something was taken back.
        failed: the exception that kept it from that.
    """

    done = Signal()
    failed = Signal(object)

    def __init__(self, window: QWidget, workspace: Workspace, tasks: Tasks, history: LocalHistory) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._tasks = tasks
        self._history = history
        self.overview: Overview | None = None

    def discard(self, file: ChangedFile) -> None:
        """Ask, and make a file as the last commit has it."""
        name = shown_path(file.path.name)
        if file.is_new:
            text = _("Delete “{name}”?").format(name=name)
            inform = _("The last commit does not have it. It goes into the trash.")
            words, keep = _("&Delete it"), _("&Keep it")
        else:
            text = _("Discard all changes of “{name}”?").format(name=name)
            inform = _(
                "It will be as the last commit has it. What it holds now is kept in its saved versions."
            )
            words, keep = _("&Discard the changes"), _("&Keep them")
        self._ask(text, inform, (words, keep), lambda: self._discard(file))

    def discard_hunk(self, file: ChangedFile, number: int) -> None:
        """Ask, and take one hunk of a file back."""
        shown = file.difference
        if shown is None or shown.after is None or number >= len(shown.hunks):
            return
        kept = {other for other in range(len(shown.hunks)) if other != number}
        content = put_in(shown.before or b"", shown.hunks, kept)
        after = shown.after
        self._ask(
            _("Discard this change in “{name}”?").format(name=shown_path(file.path.name)),
            _(
                "The lines will be as the last commit has them. What the file holds now is kept in its saved versions."
            ),
            (_("&Discard the change"), _("&Keep it")),
            lambda: self._put(file, after, content),
        )

    def _ask(self, text: str, inform: str, words: tuple[str, str], then: Callable[[], None]) -> None:
        """Ask, with two buttons that say `words`, and go on after the first one."""
        box = QMessageBox(self._window)
        box.setObjectName("askDiscard")
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_("Discard"))
        box.setText(text)
        box.setInformativeText(inform)
        accept = box.addButton(words[0], QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(words[1], QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.buttonClicked.connect(lambda button: then() if button is accept else None)
        box.finished.connect(box.deleteLater)
        box.open()

    def _discard(self, file: ChangedFile) -> None:
        repository = self.overview.repository if self.overview is not None else None
        if repository is None:
            return
        shown = file.difference
        before = shown.before if shown is not None else None
        session = self._session_of(file.path)
        if (
            session is None
            or before is None
            or shown is None
            or shown.binary
            or file.change.kind == "deleted"
        ):
            self._tasks.run(lambda: self._keep_and_discard(repository, file), self._done, self._fail)
            return
        # The rest that an edit can't do: what is staged, a byte order mark.
        rest = partial(self._discard_rest, repository, file, before)
        self._edit(
            session,
            before,
            lambda: self._when_saved(session, lambda: self._tasks.run(rest, self._done, self._fail)),
        )

    def _keep_and_discard(self, repository: Repository, file: ChangedFile) -> None:
        self._keep(repository, file)
        if file.is_new and os.path.lexists(file.path):
            if not QFile.moveToTrash(os.fspath(file.path)):
                words = _("“{name}” can't be put into the trash, and is left where it is")
                raise OpenError(words.format(name=shown_path(file.path.name)), path=file.path)
            if not file.change.staged:
                return
        discard(repository, file.change)

    def _discard_rest(self, repository: Repository, file: ChangedFile, before: bytes) -> None:
        if file.change.staged or in_work_tree(repository, file.key)[0] != before:
            discard(repository, file.change)

    def _keep(self, repository: Repository, file: ChangedFile) -> None:
        staged = in_index(repository, file.key) if file.change.staged else None
        for content in (staged, in_work_tree(repository, file.key)[0]):
            if content is not None:
                self._keep_content(file.path, content)

    def _keep_content(self, path: Path, content: bytes) -> None:
        """Put `content` into the local history; raises SaveError, as nothing may be discarded without that."""
        try:
            self._history.keep(path, content)
        except OSError as error:
            words = _("Nothing is discarded, as what “{name}” holds can't be kept: {reason}")
            reason = error.strerror or error
            raise SaveError(words.format(name=shown_path(path.name), reason=reason), path=path) from error

    def _put(self, file: ChangedFile, after: bytes, content: bytes) -> None:
        """Let a file hold `content` in the place of `after`."""
        repository = self.overview.repository if self.overview is not None else None
        session = self._session_of(file.path)
        if session is not None:
            if not _holds(session, after):
                self._fail(_changed_meanwhile(file.path))
                return
            saves = not session.text_modified
            self._edit(
                session,
                content,
                lambda: self._when_saved(session, self.done.emit) if saves else self.done.emit(),
            )
            return
        if repository is None:
            return

        def write() -> None:
            if in_work_tree(repository, file.key)[0] != after:
                raise _changed_meanwhile(file.path)
            self._keep_content(file.path, after)
            write_atomically(file.path, content)

        self._tasks.run(write, self._done, self._fail)

    def _edit(self, session: PostSession, content: bytes, then: Callable[[], object]) -> None:
        """Let the open post have the text of `content`, as one step of undo, and go on; what it held is kept."""
        if session.read_only is not None:
            self.failed.emit(OpenError(session.read_only, path=session.path))
            return
        path, now, text, revision = session.path, session.post.data, session.text, session.revision

        def find() -> list[TextEdit]:
            wanted = PostDocument(path, content)
            if path is not None:
                for held in (now, session.post.encode(text)):
                    if held is not None:
                        self._keep_content(path, held)
            return line_edits(text, wanted.text)[0]

        def take_over(edits: list[TextEdit]) -> None:
            if session.revision != revision:
                self._edit(session, content, then)
                return
            session.apply_steps(edits)
            then()

        self._tasks.run(find, take_over, self._fail)

    def _when_saved(self, session: PostSession, then: Callable[[], None]) -> None:
        """Save an open post, and go on when it is."""

        def saved(_path: Path) -> None:
            session.saved.disconnect(saved)
            session.save_failed.disconnect(failed)
            then()

        def failed(_error: object) -> None:
            session.saved.disconnect(saved)
            session.save_failed.disconnect(failed)

        session.saved.connect(saved)
        session.save_failed.connect(failed)
        session.save()

    def _session_of(self, path: Path) -> PostSession | None:
        real = os.path.realpath(path)
        for session in self._workspace.open_sessions():
            for part in (session, session.meta):
                if part is not None and part.path is not None and os.path.realpath(part.path) == real:
                    return part
        return None

    def _done(self, _nothing: object) -> None:
        self.done.emit()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)
        self.done.emit()


def _holds(session: PostSession, content: bytes) -> bool:
    """Return whether an open post would be saved as `content`."""
    try:
        return session.post.encode(session.text) == content
    except SaveError:
        return False


def _changed_meanwhile(path: Path) -> OpenError:
    words = _("“{name}” has changed meanwhile: look at it again")
    return OpenError(words.format(name=shown_path(path.name)), path=path)
