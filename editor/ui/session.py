"""PostSession: one open post, from the bytes on disk to the document that is typed into."""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextDocument

from editor.errors import ChangedOnDisk, CopydeskError, OpenError, SaveError
from editor.post import front_matter
from editor.post.document import PostDocument
from editor.post.front_matter import FrontMatter
from editor.post.front_matter.none import NoFrontMatter
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _
from editor.ui.head import Head
from editor.ui.outside.reconcile import line_edits
from editor.ui.saved_text import SavedText
from editor.ui.tasks import Tasks
from editor.ui.text_editor.document_text import DocumentText, split_lines

_log = logging.getLogger(__name__)


class PostSession(QObject):
    """The text, the front matter, the revision and the saved state of one open post.

    A post in two files has its fields in the other one: that is a session of its own inside this one, which saves
    and reloads both, and is modified where one of them is.

    Signals:
        edited: (TextEdit, the revision after it), for every change, typed, undone or made by the form.
        front_matter_changed: the FrontMatter with the fields as it reads now.
        modified_changed: whether the text, or the other file's, differs from what is on disk.
        saved: the path it was written to.
        save_failed: the CopydeskError; nothing on disk has changed.
        reloaded: the text was read anew from disk.
        idle: nothing is written or moved any more.
        moved: the path that the file has now.
        lost: the file is gone, and its text is here alone.
        meta_taken: the PostSession of the other file of a post in two.
    """

    edited = Signal(object, int)
    front_matter_changed = Signal(object)
    modified_changed = Signal(bool)
    saved = Signal(Path)
    save_failed = Signal(object)
    reloaded = Signal()
    idle = Signal()
    moved = Signal(Path)
    lost = Signal()
    meta_taken = Signal(object)

    def __init__(
        self,
        post: PostDocument,
        tasks: Tasks,
        parent: QObject | None = None,
        *,
        spare: Path | None = None,
    ) -> None:
        """Open `post`; `spare` is the folder for spare copies while a file is written in place."""
        super().__init__(parent)
        self.post = post
        self._spare = spare
        self.revision = 0
        self.caret = 0
        """Where the caret was when the post was last in the editor, in the document's positions."""
        self._tasks = tasks
        self._content = DocumentText(post.text, self)
        self._content.edited.connect(self._on_edited)
        self._saved = SavedText(post.text, post.text)
        self._lost = False
        """Whether the file is gone from the disk: the post is unsaved then, whatever its text."""
        self._modified = False
        self._told_modified = False
        self.meta: PostSession | None = None
        """The other file of a post in two files, which has the fields; None: the text itself has them."""
        self._after_meta: Callable[[], None] | None = None
        """What is to be done once the other file is saved."""
        self._reader: Callable[[str], FrontMatter] = front_matter.read
        self.site_root: Path | None = None
        """The site that the post belongs to, once it was found."""
        self._saving = False
        self._waiting_save: tuple[Path | None, bool] | None = None
        """A save that was asked for while another one was under way."""
        self._form_step: tuple[str, int] | None = None
        """The field that the form changed last, and the revision after it: typing on in it is one step of undo."""
        self._form_base: tuple[FrontMatter, int] | None = None
        """The front matter before that step, and how long the whole text was."""
        self._head = Head(self._content)
        self.front_matter: FrontMatter = self._head.read(self._reader)

    def belongs_to(
        self, site_root: Path | None, reader: Callable[[str], FrontMatter] = front_matter.read
    ) -> None:
        """Take over which site the post is of, and how that site's generator reads front matter."""
        self.site_root = site_root
        self._reader = reader if self.meta is None else NoFrontMatter
        before, self.front_matter = self.front_matter, self._head.read(self._reader)
        if self.front_matter.format != before.format or self.front_matter.values != before.values:
            self.front_matter_changed.emit(self.header)

    def take_meta(self, post: PostDocument) -> None:
        """Take `post` for the file that has all fields of this post, whose text is body alone then."""
        self.meta = meta = PostSession(post, self._tasks, self, spare=self._spare)
        meta.belongs_to(self.site_root, front_matter.read_meta)
        meta.front_matter_changed.connect(self.front_matter_changed)
        meta.modified_changed.connect(self._tell_modified)
        meta.saved.connect(self._on_meta_saved)
        meta.save_failed.connect(self._on_meta_failed)
        self._reader = NoFrontMatter
        self.front_matter = self._head.read(self._reader)
        self.meta_taken.emit(meta)
        self.front_matter_changed.emit(self.header)

    @property
    def header_session(self) -> "PostSession":
        """The session of the file that has the fields: this one, but for a post in two files."""
        return self if self.meta is None else self.meta

    @property
    def header(self) -> FrontMatter:
        """The front matter with the fields, wherever it stands."""
        return self.header_session.front_matter

    @property
    def path(self) -> Path | None:
        """The file, or None for a post that was never saved."""
        return self.post.path

    @property
    def suffix(self) -> str:
        """How the file's name ends; empty for a post without one."""
        return self.post.path.suffix if self.post.path is not None else ""

    @property
    def document(self) -> QTextDocument:
        """The document for the editor widget: front matter and body, with the one undo stack."""
        return self._content.document

    @property
    def text(self) -> str:
        """The whole text with its own line endings, without its BOM."""
        return self._content.text

    @property
    def content(self) -> DocumentText:
        """The text for those who want parts of it only."""
        return self._content

    @property
    def modified(self) -> bool:
        """Whether the text, or that of the other file, differs from what is on disk."""
        return self._modified or (self.meta is not None and self.meta.modified)

    @property
    def text_modified(self) -> bool:
        """Whether the text differs from what is on disk, whatever became of the other file."""
        return self._modified

    @property
    def is_lost(self) -> bool:
        """Whether its file, which was there, is gone from the disk."""
        return self._lost

    @property
    def saving(self) -> bool:
        """Whether its file is being written or moved, or is about to be."""
        return self._saving

    @property
    def read_only(self) -> str | None:
        """Why the post can't be written back, or None."""
        return self.post.read_only

    @property
    def front_matter_lines(self) -> int:
        """How many lines the front matter has, its fences included."""
        end = self.front_matter.end
        lines = split_lines(self._content.slice(0, end))
        # Without a line end behind it, the last line is front matter only where nothing else is on it.
        return len(lines) if lines[-1] and end == self._content.length else len(lines) - 1

    def place_of(self, offset: int) -> tuple[int, int]:
        """Return the line and column (from 0, code points) of an offset in the text."""
        return self._content.place_of(offset)

    # The form's intents. Each raises FrontMatterError or NotEditable with the reason; the text is then as it was.

    def set_value(self, key: str, value: Any) -> None:
        """Write `value` as the field `key`."""
        self._apply_field(key, lambda header: header.set(key, value), merge=True)

    def set_source(self, key: str, source: str) -> None:
        """Write `source`, in the front matter's own format, as the value of `key`."""
        self._apply_field(key, lambda header: header.set_source(key, source), merge=True)

    def restore(self, key: str, source: str | None) -> None:
        """Give the field the value `source` that it had before it was typed in; None: there was no such field.

        Where nothing else was changed since, this is of one step of undo with what was typed, and leaves nothing.
        """

        def act(header: FrontMatter) -> TextEdit | None:
            if source is None:
                return header.unset(key)
            return header.set_source(key, source) if source else header.set(key, None)

        self._apply_field(key, act, merge=True)

    def unset(self, key: str) -> None:
        """Take the field `key` out."""
        self._apply_field(key, lambda header: header.unset(key))

    def add_to_list(self, key: str, value: Any) -> None:
        """Put `value` behind the last one of the list field `key`; a map, even where one like it is there."""
        again = isinstance(value, dict)
        self._apply_field(key, lambda header: header.add(key, value, again=again))

    def remove_from_list(self, key: str, value: str) -> None:
        """Take `value` out of the list field `key`."""
        self._apply_field(key, lambda header: header.remove(key, value))

    def rename(self, key: str, name: str) -> None:
        """Give the field `key` another name in the map that it is in."""
        self._apply_field(key, lambda header: header.rename(key, name))

    def move(self, key: str, after: str | None) -> None:
        """Put the field, or the entry of a list, behind the one called `after`; None: first."""
        self._apply_field(key, lambda header: header.move(key, after))

    def add_front_matter(self) -> None:
        """Put empty front matter before a post that has none, in the format that its site has."""
        edit = self.front_matter.begin()
        if edit is not None:
            self._content.apply(edit)

    def _apply_field(
        self, key: str, act: Callable[[FrontMatter], TextEdit | None], *, merge: bool = False
    ) -> None:
        """Make the edit that `act` makes of front matter; with `merge`, typing on in a field is one edit.

        What is typed letter by letter is written as if it were set at once: quotes that only "N" needs do not stay
        around "New York", and a folded text stays one when it is emptied on the way.
        """
        join = merge and self._form_step == (key, self.revision)
        if not join or self._form_base is None:
            self._form_base = (self.front_matter, self._content.length)
        base, length = self._form_base
        edit = act(base)
        if join:
            behind = length - len(base.text)
            now = self._content.slice(0, self._content.length - behind)
            edit = TextEdit.between(now, base.text if edit is None else edit.apply(base.text))
        if edit is None:
            return
        self._content.apply(edit, join_previous=join)
        self._form_step = (key, self.revision) if merge else None

    def apply(self, edit: TextEdit) -> None:
        """Make any edit of the text, as one step of undo."""
        self._content.apply(edit)

    def apply_steps(self, edits: Iterable[TextEdit]) -> None:
        """Make edits, each of the text that the one before leaves, as one step of undo together."""
        for number, edit in enumerate(edits):
            self._content.apply(edit, join_previous=number > 0)

    def move_file(
        self,
        target: Path,
        move: Callable[[], None],
        then: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Give the file the place `target` by `move`, off the GUI thread; nothing is saved meanwhile.

        The text, saved or not, stays as it is. `then` or `failed` is called; `moved` is emitted before `then`.
        """
        if self._saving:
            failed(SaveError(_("The post is being saved: try again in a moment")))
            return
        self._saving = True

        def take_over(_result: object) -> None:
            self._saving = False
            self.post.path = target
            self.moved.emit(target)
            then()
            self._go_on()

        def give_up(error: Exception) -> None:
            self._saving = False
            failed(error)
            self._go_on()

        self._tasks.run(move, take_over, give_up)

    def save(self, path: Path | None = None, *, overwrite: bool = False) -> None:
        """Write the text to its file or to `path`, off the GUI thread; `saved` or `save_failed` follows.

        `overwrite` also where the file was changed by someone else, or where `path` is another existing file.
        """
        if self._saving:
            self._waiting_save = (path, overwrite)
            return
        if path is None and self.path is None:
            self.save_failed.emit(SaveError(_("The post has no file yet: choose where to save it")))
            return
        self._saving = True
        if self.meta is not None and (self.meta.modified or path is not None):
            self._after_meta = partial(self._save_text, path, overwrite=overwrite)
            # About a file beside a new name nobody was asked.
            beside = path.with_suffix(self.meta.suffix) if path else None
            self.meta.save(beside, overwrite=overwrite and beside is None)
        else:
            self._save_text(path, overwrite=overwrite)

    def _save_text(self, path: Path | None, *, overwrite: bool) -> None:
        text, post = self.text, self.post
        if self.meta is not None and path is None and not self._modified:
            self._on_saved(text)  # it was the other file alone that changed
            return
        self._tasks.run(
            lambda: post.save(text, path, overwrite=overwrite, spare=self._spare),
            lambda _result: self._on_saved(text),
            self._on_save_failed,
        )

    def reload(self, then: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Take over what is on disk, as one step of undo, and call `then`; or `failed`, the text being as it was.

        Of a post in two files, each takes over its own. What differs is found off the GUI thread, and again where
        the text was typed in or saved meanwhile.
        """
        if self.meta is not None:
            self.meta.reload(partial(self._reload_text, then, failed), failed)
        else:
            self._reload_text(then, failed)

    def _reload_text(self, then: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        path, revision, known, before = self.path, self.revision, self.post.data, self.text
        if path is None:
            return
        if self._saving:
            failed(OpenError(_("The post is being saved: try again in a moment"), path=path))
            return

        def read() -> tuple[PostDocument, list[TextEdit]]:
            fresh = PostDocument.open(path)
            return fresh, line_edits(before, fresh.text)[0]

        def take_over(found: tuple[PostDocument, list[TextEdit]]) -> None:
            if self._saving or self.revision != revision or self.post.data is not known or self.path != path:
                self._reload_text(then, failed)
            else:
                self.take_over(*found)
                then()

        self._tasks.run(read, take_over, failed)

    def take_over(self, fresh: PostDocument, edits: Iterable[TextEdit]) -> None:
        """Take `fresh` for what is on disk by now, and make `edits`, see `apply_steps`, as one step of undo."""
        self.post = fresh
        self._lost = False
        self._saved = SavedText(fresh.text, self.text)
        self.apply_steps(edits)
        self._set_modified(not self._is_saved())
        self.reloaded.emit()

    def lose_file(self) -> None:
        """Take over that the file is gone from the disk: the post is unsaved, and saving it puts the file back."""
        self.post.forget_file()
        self._lost = True
        self._set_modified(True)
        self.lost.emit()

    def follow_file(self, path: Path) -> None:
        """Take over that somebody else has moved the file to `path`."""
        self.post.path = path
        self.moved.emit(path)

    def _is_saved(self) -> bool:
        return not self._lost and self._saved.is_that_of(self._content)

    def _on_saved(self, text: str) -> None:
        self._saving = False
        self._saved = SavedText(text, self.text)
        self._lost = False
        self._form_step = None
        self._set_modified(not self._is_saved())
        assert self.path is not None
        self.saved.emit(self.path)
        self._go_on()

    def look_at_meta(self) -> None:
        """Take over the other file as it is on disk, where nothing was changed here: it may be open as a text, too."""
        meta = self.meta
        if meta is not None and not meta.modified and not meta.saving and meta.post.changed_on_disk():
            meta.reload(lambda: None, lambda error: _log.info("%s", error))  # saving will say what is wrong

    def _on_meta_saved(self, _path: Path) -> None:
        then, self._after_meta = self._after_meta, None
        if then is not None:
            then()

    def _on_meta_failed(self, error: Exception) -> None:
        then, self._after_meta = self._after_meta, None
        if then is not None and isinstance(error, ChangedOnDisk) and error.path != self.header_session.path:
            error = SaveError(error.message, path=error.path)
        self._on_save_failed(error)

    def _go_on(self) -> None:
        """Do the save that waited for the one that has just ended."""
        waiting, self._waiting_save = self._waiting_save, None
        if waiting is not None:
            self.save(waiting[0], overwrite=waiting[1])
        if not self._saving:
            self.idle.emit()

    def _on_save_failed(self, error: Exception) -> None:
        self._saving = False
        self._waiting_save = None
        if not isinstance(error, CopydeskError):
            error = SaveError(_("The post could not be saved: {reason}").format(reason=error))
        self.save_failed.emit(error)
        self.idle.emit()

    def _on_edited(self, edit: TextEdit) -> None:
        self.revision += 1
        self._saved.note(edit, self._content.length)
        same = self._is_saved()
        reaches_front_matter = self._head.is_changed_by(edit, self.front_matter)
        if reaches_front_matter:
            self.front_matter = self._head.read(self._reader)
        self.edited.emit(edit, self.revision)
        if reaches_front_matter:
            self.front_matter_changed.emit(self.header)
        self._set_modified(not same)

    def _set_modified(self, modified: bool) -> None:
        self._modified = modified
        self._tell_modified()

    def _tell_modified(self, _modified: bool = False) -> None:
        if self.modified != self._told_modified:
            self._told_modified = self.modified
            self.modified_changed.emit(self._told_modified)
