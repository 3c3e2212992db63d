"""What the journals of windows that are no more hold."""

import codecs
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from editor.post.recovery.locks import is_held
from editor.post.recovery.records import decoded, encoded
from editor.post.text_edit import TextEdit

_log = logging.getLogger(__name__)

_FOLDER = "recovery"


def journal_folder(state_dir: Path) -> Path:
    """Return the folder of the journals in the program's state folder."""
    return state_dir / _FOLDER


@dataclass(frozen=True, slots=True)
class UnsavedPost:
    """A post as it was typed last, when its window ended without saving it."""

    path: Path | None
    """Its file; None for one that was never saved."""
    text: str
    """The text as far as the journal has it."""
    base: str
    """The text that its file held when the first of the edits was made."""
    time: datetime
    """When it was edited last; with a time zone."""
    codec: str
    mark: bytes
    """The file's encoding and byte order mark."""
    damaged: bool
    """Whether a part of the journal could not be read: later edits may be missing."""
    journal: Path
    post: int
    """The journal that it was found in, and its number there."""

    def encoded(self) -> bytes:
        """Return the text in bytes, as its file has it; half a character becomes a question mark."""
        return self.mark + self.text.encode(self.codec, "replace")


@dataclass
class _Read:
    """One post while its records are read."""

    base: str
    path: Path | None
    codec: str
    mark: bytes
    time: float
    text: str = ""
    pending: TextEdit | None = None
    """Edits that together are one, not made in `text` yet: typing on is one edit, however long."""
    edited: bool = False
    broken: bool = False

    def __post_init__(self) -> None:
        self.text = self.base

    def edit(self, edit: TextEdit) -> None:
        joined = _joined(self.pending, edit) if self.pending is not None else edit
        if joined is None:
            self.settle()
            joined = edit
        self.pending = joined
        self.edited = True

    def settle(self) -> None:
        if self.pending is not None:
            self.text = self.pending.apply(self.text)
            self.pending = None

    @property
    def length(self) -> int:
        pending = self.pending
        return len(self.text) + (
            len(pending.replacement) - (pending.end - pending.start) if pending is not None else 0
        )


def unsaved_posts(folder: Path) -> list[UnsavedPost]:
    """Return what is unsaved in the journals of `folder` whose windows are no more, the latest first.

    A journal that can't be read is left where it is, and noted in the log.
    """
    found: list[UnsavedPost] = []
    for path in _journals(folder):
        try:
            if not is_held(path):
                found += read_journal(path)
        except OSError as error:
            _log.warning("%s can't be read: %s", path, error)
    return sorted(found, key=lambda post: post.time, reverse=True)


def read_journal(path: Path) -> list[UnsavedPost]:
    """Return what is unsaved in one journal, in the order of its posts; raises OSError."""
    return posts_in(path.read_bytes(), path)


def posts_in(data: bytes, path: Path = Path()) -> list[UnsavedPost]:
    """Return what is unsaved in the journal `data`, that of the file `path`, in the order of its posts.

    After a record that is not whole, the edits of a post count again from its next text on; what was read of it
    before is kept, and marked as damaged where edits may be missing.
    """
    posts: dict[int, _Read] = {}
    for record in decoded(data):
        if record is None:
            for read in posts.values():
                read.broken = True
            continue
        try:
            _take(posts, record)
        except (LookupError, TypeError, ValueError) as error:
            _log.warning("%s has a record that is none: %r", path, error)
    found = []
    for number, read in posts.items():
        read.settle()
        if read.edited:
            moment = datetime.fromtimestamp(read.time, UTC)
            found.append(
                UnsavedPost(
                    read.path,
                    read.text,
                    read.base,
                    moment,
                    read.codec,
                    read.mark,
                    read.broken,
                    path,
                    number,
                )
            )
    return found


def forget(posts: Iterable[UnsavedPost], folder: Path) -> None:
    """Take `posts` out of their journals: they are saved, or in another journal, or given up.

    A journal goes when nothing else in it is unsaved. Raises OSError; what could not be taken out comes again.
    """
    by_journal: dict[Path, list[UnsavedPost]] = {}
    for post in posts:
        by_journal.setdefault(post.journal, []).append(post)
    for journal, gone in by_journal.items():
        if journal.parent != folder:
            raise ValueError(f"{journal} is no journal of {folder}")
        numbers = {post.post for post in gone}
        if {post.post for post in read_journal(journal)} <= numbers:
            journal.unlink(missing_ok=True)
            continue
        with journal.open("ab") as file:
            # The first line ends what may have been torn.
            file.write(b"\n" + b"".join(encoded({"kind": "done", "post": number}) for number in numbers))


def _journals(folder: Path) -> list[Path]:
    try:
        # A pipe of such a name would be waited for.
        return sorted(path for path in folder.iterdir() if path.suffix == ".journal" and path.is_file())
    except OSError:
        return []


def _take(posts: dict[int, _Read], record: dict[str, Any]) -> None:
    kind, number = record["kind"], record["post"]
    if kind == "base":
        path = record["path"]
        codec, mark = record["codec"], bytes.fromhex(record["mark"])
        try:
            codecs.lookup(codec)
        except (
            LookupError
        ):  # that of a file whose bytes are no text: the text is worth more than how it is written
            codec, mark = "utf-8", b""
        posts[number] = _Read(
            record["text"], Path(path) if path is not None else None, codec, mark, record["time"]
        )
    elif kind == "done":
        posts.pop(number, None)
    elif kind == "moved" and number in posts:
        posts[number].path = Path(record["path"])
    elif kind == "edits" and number in posts and not posts[number].broken:
        read = posts[number]
        for start, end, replacement in record["edits"]:
            if not 0 <= start <= end <= read.length:
                read.broken = True
                return
            read.edit(TextEdit(start, end, replacement))
        read.time = record["time"]
        if read.length != record["length"]:
            read.broken = True


def _joined(before: TextEdit, after: TextEdit) -> TextEdit | None:
    """Return the one edit that does both, where the second is in or at an end of what the first wrote; or None."""
    end = before.start + len(before.replacement)
    if after.start < before.start or after.end > end:
        return None
    start, stop = after.start - before.start, after.end - before.start
    text = before.replacement[:start] + after.replacement + before.replacement[stop:]
    return TextEdit(before.start, before.end, text)
