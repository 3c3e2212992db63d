"""FieldActions: what the writer does in the form becomes edits of the post shown."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from editor.errors import CopydeskError
from editor.translation import gettext as _
from editor.ui.main_window import MainWindow
from editor.ui.session import PostSession
from editor.ui.workspace import Workspace


class FieldActions(QObject):
    """Connects the form with the session of the post shown."""

    def __init__(self, window: MainWindow, workspace: Workspace) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        form = window.form
        form.value_set.connect(lambda key, value: self._edit(key, lambda post: post.set_value(key, value)))
        form.source_set.connect(
            lambda key, source: self._edit(key, lambda post: post.set_source(key, source))
        )
        form.restored.connect(lambda key, source: self._edit(key, lambda post: post.restore(key, source)))
        form.unset.connect(lambda key: self._edit(key, lambda post: post.unset(key)))
        form.list_added.connect(lambda key, entry: self._edit(key, lambda post: post.add_to_list(key, entry)))
        form.list_removed.connect(
            lambda key, entry: self._edit(key, lambda post: post.remove_from_list(key, entry))
        )
        form.renamed.connect(lambda key, name: self._edit(key, lambda post: post.rename(key, name)))
        form.moved.connect(self._move)
        form.go_to_line.connect(self._go_to)
        form.fence_wanted.connect(self._begin)
        form.undo_wanted.connect(self._undo)
        form.redo_wanted.connect(self._redo)
        form.file_wanted.connect(self._open_file)
        workspace.session_leaving.connect(form.finish_editing)

    def _edit(self, key: str, act: Callable[[PostSession], None]) -> bool:
        """Let `act` edit the post, and return whether it could; the form says why it could not."""
        session = self._workspace.session
        if session is None:
            return False
        try:
            act(session.header_session)
        except CopydeskError as error:
            self._window.form.show_refusal(key, error.message)
            return False
        return True

    def _move(self, key: str, after: str | None) -> None:
        if self._edit(key, lambda post: post.move(key, after)) and "." not in key:
            # The form has an order of its own for the fields that it knows.
            words = _("“{key}” is the first field in the file now")
            if after is not None:
                words = _("“{key}” stands below “{other}” in the file now")
            self._window.status.show_message(words.format(key=key, other=after))

    def _begin(self) -> None:
        session = self._workspace.session
        if session is not None:
            session.header_session.add_front_matter()

    def _undo(self) -> None:
        if self._window.form.give_up_unwritten():
            return  # the file has nothing of it
        meta = self._meta()
        self._window.editor.undo() if meta is None else meta.document.undo()

    def _redo(self) -> None:
        meta = self._meta()
        self._window.editor.redo() if meta is None else meta.document.redo()

    def _meta(self) -> PostSession | None:
        """Return the other file of the post, where that is what has its fields."""
        return self._workspace.session.meta if self._workspace.session is not None else None

    def _open_file(self) -> None:
        """Show the other file of the post as a text."""
        meta = self._meta()
        if meta is not None and meta.path is not None:
            self._workspace.open_post(meta.path)

    def _go_to(self, line: int, column: int) -> None:
        """Go to a place in the front matter (from 1), which is unfolded for it."""
        if self._meta() is not None:
            self._open_file()
        self._window.editor.set_folded(False)
        self._window.editor.go_to(line - 1, column - 1)
        self._window.editor.setFocus()
