"""Open, save and close, with the questions that they ask."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from editor.errors import CopydeskError
from editor.translation import gettext as _
from editor.ui.dialogs import questions
from editor.ui.form_facts import post_title
from editor.ui.main_window import MainWindow
from editor.ui.outside.outside_changes import is_about_own_file
from editor.ui.save_all import SaveAll
from editor.ui.session import PostSession
from editor.ui.workspace import Workspace


class FileActions(QObject):
    """Connects the window's actions for files with the workspace.

    Signals:
        may_close: the window was asked to close, and nothing can be lost by it.
    """

    may_close = Signal()

    def __init__(self, window: MainWindow, workspace: Workspace) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._saving_all: SaveAll | None = None
        workspace.failed.connect(self.tell)
        workspace.saved.connect(self._on_saved)
        workspace.save_failed.connect(self._on_save_failed)
        window.close_wanted.connect(self._close_window)
        window.library.new_post_wanted.connect(self._new_post)
        window.library.open_site_wanted.connect(self._open_site)
        window.actions_by_id.connect_all(
            {
                "new_post": self._new_post,
                "open_post": self._open_post,
                "open_site": self._open_site,
                "save": self._save,
                "save_as": self._save_as,
                "reload": self._reload,
                "close_post": self._close_post,
            }
        )

    def tell(self, error: CopydeskError) -> None:
        """Tell an error in a box."""
        questions.tell(self._window, error)

    def _new_post(self) -> None:
        title = questions.ask_title(self._window)
        if title is not None:
            self._workspace.new_post(title)

    def _open_post(self) -> None:
        session = self._workspace.session
        start = session.path.parent if session is not None and session.path else self._site_folder()
        name, _filter = QFileDialog.getOpenFileName(
            self._window, _("Open post"), str(start), _("Posts (*.md *.markdown *.mdx);;All files (*)")
        )
        if name:
            self._workspace.open_path(Path(name))

    def _open_site(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, _("Open site"), str(self._site_folder()))
        if name:
            self._workspace.open_path(Path(name))

    def _save(self) -> None:
        self._window.form.finish_editing()
        session = self._workspace.session
        if session is not None and session.path is None:
            self._save_as()
        else:
            self._workspace.save()

    def _save_as(self) -> None:
        self._window.form.finish_editing()
        session = self._workspace.session
        if session is not None and (path := self._choose_path(session)) is not None:
            self._workspace.save(
                path, overwrite=True
            )  # the dialog has asked about a file that is there already

    def _choose_path(self, session: PostSession) -> Path | None:
        start = session.path or self._site_folder() / "post.md"
        name, _filter = QFileDialog.getSaveFileName(self._window, _("Save as"), str(start), _("Posts (*.md)"))
        if not name:
            return None
        path = Path(name)
        if path.suffix:
            return path
        # Without the suffix no generator takes it for a post. The dialog has not asked about this name.
        path = path.with_name(path.name + (session.path.suffix if session.path is not None else ".md"))
        return None if path.exists() and not questions.ask_overwrite(self._window, path) else path

    def _reload(self) -> None:
        session = self._workspace.session
        if session is not None and session.path is not None:
            words = _("Read anew from disk; undo brings the old text back")
            self._workspace.reload(lambda: self._window.status.show_message(words))

    def _close_post(self) -> None:
        self._window.form.finish_editing()
        session = self._workspace.session
        if session is not None:
            self._close([session], lambda: self._workspace.close(session))

    def _close_window(self) -> None:
        self._window.form.finish_editing()
        self._close(self._workspace.modified_sessions(), self.may_close.emit)

    def _close(self, sessions: list[PostSession], close: Callable[[], None]) -> None:
        """Call `close` once the sessions' unsaved changes are saved, or given up by the person."""
        if self._saving_all is not None:
            return  # it is being saved for this already
        unsaved = [session for session in sessions if session.modified]
        if unsaved:
            answer = questions.ask_unsaved(self._window, [self._name(session) for session in unsaved])
            if answer is questions.Unsaved.CANCEL:
                return
            if answer is questions.Unsaved.DISCARD:
                sessions = [session for session in sessions if session.saving and session not in unsaved]
        saving = SaveAll(sessions, self._choose_path, self)
        self._saving_all = saving

        def end(close_now: bool) -> None:
            self._saving_all = None
            self._window.setEnabled(True)
            saving.deleteLater()
            if close_now:
                close()

        saving.done.connect(lambda: end(True))
        saving.stopped.connect(lambda: end(False))
        self._window.setEnabled(False)  # nothing is typed into what is about to be closed
        saving.start()

    def _on_saved(self, session: PostSession, path: Path) -> None:
        field = self._window.form.unwritten() if session is self._workspace.session else ""
        words = _("Saved {name}, without “{field}”") if field else _("Saved {name}")
        self._window.status.show_message(words.format(name=path.name, field=field))

    def _on_save_failed(self, session: PostSession, error: CopydeskError) -> None:
        if is_about_own_file(session, error):
            return
        if session is not self._workspace.session:
            self.tell(error)
            return
        questions.tell_save_failed(self._window, error, self._save, self._save_as)

    def _site_folder(self) -> Path:
        site = self._workspace.site
        if site is None:
            return Path.home()
        return site.content_dirs[0] if site.content_dirs else site.root

    def _name(self, session: PostSession) -> str:
        title = post_title(session, self._workspace.header_site_of(session))
        return title or (session.path.name if session.path is not None else _("Untitled"))
