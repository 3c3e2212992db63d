"""PostSession: one open post, from the bytes on disk to the document that is typed into."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextDocument

from editor.errors import CopydeskError, OpenError, SaveError
from editor.post import front_matter
from editor.post.document import PostDocument
from editor.post.front_matter import FrontMatter
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _
from editor.ui.tasks import Tasks
from editor.ui.text_editor.document_text import DocumentText, split_lines, without_ending

_FENCES = {
    "---": re.compile(r"(?:---|\.\.\.)[ \t]*(?:\r?\n|\r|$)"),
    "+++": re.compile(r"\+\+\+[ \t]*(?:\r?\n|\r|$)"),
}
"""The fences that front matter may begin with, each with the line that ends it."""
_CLOSING = re.compile(r"(?:---|\+\+\+|\.\.\.|;{3,}|\}|-->)[ \t]*(?:\r?\n|\r|$)")
"""A line that may end front matter of whatever format."""
_BEGINNING = re.compile(r"(?:\{|;;;|<!--|\.\. |\"|[A-Za-z][\w -]{0,60}:)")
"""How a text begins whose first lines may become front matter without fences as they are typed."""
_LINE_FORMATS = ("pelican", "multimarkdown", "nikola")
"""Formats that end where a line is none of theirs."""
_FAR = 20_000
"""Front matter without fences that is longer (in code points) is noticed when it is opened, not while it is typed."""


class PostSession(QObject):
    """The text, the front matter, the revision and the saved state of one open post.

    Signals:
        edited: (TextEdit, the revision after it), for every change, typed, undone or made by the form.
        front_matter_changed: the FrontMatter as it reads now.
        modified_changed: whether the text differs from what is on disk.
        saved: the path it was written to.
        save_failed: the CopydeskError; nothing on disk has changed.
        reloaded: the text was read anew from disk.
        idle: nothing is written or moved any more.
        moved: the path that the file has now.
    """

    edited = Signal(object, int)
    front_matter_changed = Signal(object)
    modified_changed = Signal(bool)
    saved = Signal(Path)
    save_failed = Signal(object)
    reloaded = Signal()
    idle = Signal()
    moved = Signal(Path)

    def __init__(self, post: PostDocument, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.post = post
        self.revision = 0
        self.caret = 0
        """Where the caret was when the post was last in the editor, in the document's positions."""
        self._tasks = tasks
        self._content = DocumentText(post.text, self)
        self._content.edited.connect(self._on_edited)
        self._saved_text = post.text
        self._modified = False
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
        self._reach = 0
        """Up to which offset an edit may change where the front matter is, or what it says."""
        self.front_matter: FrontMatter = self._read_front_matter()

    def belongs_to(
        self, site_root: Path | None, reader: Callable[[str], FrontMatter] = front_matter.read
    ) -> None:
        """Take over which site the post is of, and how that site's generator reads front matter."""
        self.site_root = site_root
        self._reader = reader
        before, self.front_matter = self.front_matter, self._read_front_matter()
        if self.front_matter.format != before.format or self.front_matter.values != before.values:
            self.front_matter_changed.emit(self.front_matter)

    @property
    def path(self) -> Path | None:
        """The file, or None for a post that was never saved."""
        return self.post.path

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
        """Whether the text differs from what is on disk."""
        return self._modified

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
        lines = split_lines(self.text[:end])
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
            now = self.text[: self._content.length - behind]
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
        text, post = self.text, self.post
        self._tasks.run(
            lambda: post.save(text, path, overwrite=overwrite),
            lambda _result: self._on_saved(text),
            self._on_save_failed,
        )

    def reload(self) -> None:
        """Take over what is on disk, as one step of undo; raises OpenError, and the text is then as it was."""
        if self.path is None:
            return
        if self._saving:
            raise OpenError(_("The post is being saved: try again in a moment"), path=self.path)
        fresh = PostDocument.open(self.path)
        edit = TextEdit.between(self.text, fresh.text)
        self.post = fresh
        self._saved_text = fresh.text
        if edit is not None:
            self._content.apply(edit)
        self._set_modified(self.text != self._saved_text)
        self.reloaded.emit()

    def _on_saved(self, text: str) -> None:
        self._saving = False
        self._saved_text = text
        self._form_step = None
        self._set_modified(self.text != text)
        assert self.path is not None
        self.saved.emit(self.path)
        self._go_on()

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
        # Equal lengths are the only case in which the two texts have to be compared.
        same = self._content.length == len(self._saved_text) and self.text == self._saved_text
        reaches_front_matter = edit.start <= self._reach or self._may_close(edit)
        if reaches_front_matter:
            self.front_matter = self._read_front_matter()
        self.edited.emit(edit, self.revision)
        if reaches_front_matter:
            self.front_matter_changed.emit(self.front_matter)
        self._set_modified(not same)

    def _may_close(self, edit: TextEdit) -> bool:
        """Return whether the edit has made a line that may close front matter that was left open."""
        if self.front_matter.problem is None:
            return False
        line, _column = self._content.place_of(edit.start)
        touched = self._content.lines(line, line + len(split_lines(edit.replacement)))
        return any(_CLOSING.fullmatch(content) for content in touched)

    def _set_modified(self, modified: bool) -> None:
        if modified != self._modified:
            self._modified = modified
            self.modified_changed.emit(modified)

    def _read_front_matter(self) -> FrontMatter:
        found = self._read_head()
        self._reach = self._reach_of(found)
        return found

    def _read_head(self) -> FrontMatter:
        """Read the front matter, between fences from the head of the text alone: its cost is not that of the post."""
        content = self._content
        closing = _FENCES.get(without_ending(content.lines(0, 1)[0]).rstrip(" \t"))
        if closing is not None:
            for line in range(1, content.line_count()):
                if closing.fullmatch(content.lines(line, line + 1)[0]):
                    found = self._reader("".join(content.lines(0, line + 1)))
                    if found.end:
                        return found
                    break  # its generator has it end elsewhere
        return self._reader(content.text)

    def _reach_of(self, found: FrontMatter) -> int:
        """Return the offset for `_reach`."""
        content = self._content
        if found.end and found.format not in _LINE_FORMATS:
            return max(found.end, 4)
        line = content.place_of(found.end)[0]
        while line < content.line_count() - 1 and not content.lines(line, line + 1)[0].strip():
            line += 1
        first = content.lines(line, line + 1)[0]
        if not found.end and _BEGINNING.match(first.lstrip()):
            return _FAR
        return max(content.offset_of_line(line) + len(first), 4)
