"""RecoveryDesk: at the start, brings back what a window left unsaved when it ended."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from editor.errors import GitError, OpenError
from editor.git.merge import merge
from editor.post.differences import diff_lines
from editor.post.document import PostDocument
from editor.post.in_place import repair
from editor.post.recovery.unsaved import UnsavedPost, forget, unsaved_posts
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.appearance import Appearance
from editor.ui.dialogs.recovery import Found, RecoveryDialog
from editor.ui.main_window import MainWindow
from editor.ui.outside.reconcile import line_edits
from editor.ui.safekeeping import Safekeeping
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace

_log = logging.getLogger(__name__)


class RecoveryDesk(QObject):
    """Looks for unsaved posts once, and does what the person says about them."""

    def __init__(
        self,
        folder: Path,
        window: MainWindow,
        workspace: Workspace,
        safekeeping: Safekeeping,
        tasks: Tasks,
        appearance: Appearance,
    ) -> None:
        super().__init__(window)
        self._folder = folder
        self._window = window
        self._workspace = workspace
        self._safekeeping = safekeeping
        self._tasks = tasks
        self._appearance = appearance
        self.dialog: RecoveryDialog | None = None

    def look(self) -> None:
        """Complete what was cut off while it was saved, and offer what is unsaved, if there is anything."""

        def find() -> tuple[list[Path], list[Found]]:
            repaired = repair(self._folder)
            held = [_held_against_disk(post) for post in unsaved_posts(self._folder)]
            same = [found for found in held if found.on_disk == found.post.text]
            if same:  # saved after all: the window ended before it could note that
                forget([found.post for found in same], self._folder)
            return repaired, [found for found in held if found not in same]

        def offer(result: tuple[list[Path], list[Found]]) -> None:
            repaired, found = result
            if repaired:
                words = ngettext(
                    "A file was cut off while it was saved, and is whole again: {names}.",
                    "Files were cut off while they were saved, and are whole again: {names}.",
                    len(repaired),
                )
                names = ", ".join(path.name for path in repaired)
                self._window.text_pane.notice.show_words(words.format(names=names))
            if found:
                self._offer(found)

        self._tasks.run(find, offer)

    def _offer(self, found: list[Found]) -> None:
        dialog = self.dialog = RecoveryDialog(found, self._appearance.theme, self._window)
        dialog.restore_wanted.connect(self._restore)
        dialog.discard_wanted.connect(self._forget)
        dialog.open()

    def _restore(self, chosen: list[Found]) -> None:
        latest: dict[Path, Found] = {}
        for found in sorted(chosen, key=lambda found: found.post.time):
            if found.post.path is not None:
                latest[found.post.path] = found
        waiting: list[tuple[Found, bool]] = []
        for found in sorted(chosen, key=lambda found: found.post.time):  # the latest is the one that is shown
            other = latest.get(found.post.path, found) if found.post.path is not None else found
            if other is found or other.text != found.text:
                waiting.append((found, other is found))
        self._bring_back(waiting, lambda: self._let_go(chosen))

    def _let_go(self, chosen: list[Found]) -> None:
        """Forget where the texts were, only when they are safe in this window's own journal."""
        self._tasks.run(self._safekeeping.flush, lambda safe: self._forget(chosen) if safe else None)

    def _bring_back(self, waiting: list[tuple[Found, bool]], then: Callable[[], None]) -> None:
        """Put each text into a post, whether into that of its file being said beside it, and call `then`."""
        if not waiting:
            then()
            return
        (found, in_file), *others = waiting
        session = self._place_for(found, in_file)
        revision, before = session.revision, session.text

        def take_over(edits: list[TextEdit]) -> None:
            if session.revision != revision or session not in self._workspace.open_sessions():
                self._bring_back(waiting, then)  # typed in, or closed, meanwhile
                return
            self._change(session, found, edits)
            self._bring_back(others, then)

        if not before:  # at once: a save must not find a new post empty
            take_over([TextEdit(0, 0, found.text)] if found.text else [])
        else:
            self._tasks.run(lambda: line_edits(before, found.text)[0], take_over)

    def _place_for(self, found: Found, in_file: bool) -> PostSession:
        """Show its file's post; or a new one, where that has something else that is not saved."""
        post = found.post
        path = post.path if in_file else None
        is_open = path is not None and found.on_disk is not None and self._workspace.open_post(path)
        session = self._workspace.session if is_open else None
        if session is not None and session.text_modified:
            path = None
        if session is None or session.text_modified or session.read_only is not None:
            self._workspace.new_untitled(path=path, codec=post.codec, mark=post.mark)
            session = self._workspace.session
        assert session is not None
        return session

    def _change(self, session: PostSession, found: Found, edits: list[TextEdit]) -> None:
        if edits:
            session.apply_steps(edits)
        if session is not self._workspace.session:
            return
        if edits:
            self._window.editor.go_to(session.place_of(edits[0].start)[0])
        if found.disk_changed and found.text == found.post.text:
            self._window.text_pane.notice.show_words(
                _("This is what you wrote; the file was changed since. Undo shows the file's own text.")
            )

    def _forget(self, chosen: list[Found]) -> None:
        def gone() -> None:
            forget([found.post for found in chosen], self._folder)

        self._tasks.run(gone, lambda _nothing: None)


def _held_against_disk(post: UnsavedPost) -> Found:
    on_disk = None
    if post.path is not None:
        try:
            there = PostDocument.open(post.path)
            # What can't be saved there is no place to bring the text back to.
            on_disk = there.text if there.read_only is None else None
        except OpenError as error:
            _log.info("%s", error.located())
    text = _together(post, on_disk)
    return Found(post, on_disk, text, tuple(diff_lines(on_disk or "", text)))


def _together(post: UnsavedPost, on_disk: str | None) -> str:
    """Return the text that was kept, with what the file has got since where the two can be put together."""
    if on_disk is None or on_disk == post.base:
        return post.text
    try:
        merged = merge(post.base, post.text, on_disk)
    except GitError as error:
        _log.info("%s", error)
        return post.text
    return merged.text() if merged.clean else post.text
