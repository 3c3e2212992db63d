"""PostDocument: the file of one post, as text and as bytes."""

import codecs
import hashlib
import os
from pathlib import Path
from typing import Self

from editor.errors import ChangedOnDisk, OpenError, SaveError
from editor.post.disk import read_bytes, why_not_read, write_atomically
from editor.post.lines import position, usual_ending
from editor.translation import gettext as _


class PostDocument:
    """The file of one post: its text, how that text is written in bytes, and whether the disk still has them.

    It holds what was last read or saved; the text being edited is its owner's (the window's, the command
    line's).
    """

    path: Path | None
    """None as long as the post has no name."""
    text: str
    """The text as last read or saved, without byte order mark, with its own line ends."""
    line_ending: str
    r"""The most common one: `\n`, `\r\n` or `\r`."""
    mixed_line_endings: bool
    """Whether there are others beside it; each line keeps its own."""
    read_only: str | None
    """Why this post can't be saved (a sentence), or None."""

    def __init__(self, path: Path | None, data: bytes | None, text: str = "") -> None:
        """Make a post of `data`, the bytes of `path`, or of `text` where nothing is on disk yet."""
        self.path = path
        self.read_only = None
        self._data = data
        self._codec, self._mark = ("utf-8", b"") if data is None else _codec_of(data)
        self.text = text if data is None else self._decode(data)
        self.line_ending, self.mixed_line_endings = usual_ending(self.text)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return the post in the file `path`; raises OpenError."""
        return cls(path, read_bytes(path))

    @classmethod
    def untitled(
        cls, text: str = "", path: Path | None = None, *, codec: str = "utf-8", mark: bytes = b""
    ) -> Self:
        """Return a post that is not on disk yet; `path` is where it will be saved, if that is known.

        `codec` and `mark` (its byte order mark) are those of the file that it will get.
        """
        post = cls(path, None, text)
        post._codec, post._mark = codec, mark
        return post

    @property
    def encoding(self) -> str:
        """What people call the file's encoding."""
        if self._codec == "utf-8" and self._mark:
            return _("UTF-8 with BOM")
        names = {"utf-8": "UTF-8", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "utf-32": "UTF-32"}
        return names.get(self._codec, _("unknown"))

    @property
    def codec(self) -> str:
        """Python's name of the file's encoding."""
        return self._codec

    @property
    def mark(self) -> bytes:
        """The byte order mark that the file begins with, or nothing."""
        return self._mark

    @property
    def marked(self) -> bool:
        """Whether the file begins with a byte order mark."""
        return bool(self._mark)

    @property
    def data(self) -> bytes | None:
        """The bytes as last read or saved; None where nothing is on disk."""
        return self._data

    def forget_file(self) -> None:
        """Take over that the file is gone: saving makes it anew, with its encoding, its mark and its line ends."""
        self._data = None

    def encode(self, text: str) -> bytes:
        """Return `text` as this file writes it: encoding and byte order mark are kept; raises SaveError."""
        try:
            return self._mark + text.encode(self._codec)
        except UnicodeEncodeError as error:
            line, column = position(text, error.start)
            raise SaveError(
                _("The text holds half a character, which a file can't"),
                path=self.path,
                line=line,
                column=column,
            ) from error

    def save(
        self, text: str, path: Path | None = None, *, overwrite: bool = False, spare: Path | None = None
    ) -> None:
        """Write `text` to `path` (default: the post's own), which then is the post's path.

        `spare` is the folder for what must be kept while a file is written in place, see `disk.write_atomically`.

        What is on disk must be what was read, and a new name must be free: else ChangedOnDisk, unless
        `overwrite`. Raises SaveError; the disk and this object are then as before. Nothing is written where
        the disk has it already.
        """
        target = path or self.path
        if target is None:
            raise SaveError(_("The post has no file name yet"))
        if self.read_only:
            raise SaveError(self.read_only, path=target)
        data = self._data if self._data is not None and text == self.text else self.encode(text)
        there = _digest_of(target)
        if not overwrite:
            self._check_unchanged(target, there)
        if there != _digest(data):
            write_atomically(target, data, spare)
        self.path, self.text, self._data = target, text, data
        self.line_ending, self.mixed_line_endings = usual_ending(text)

    def changed_on_disk(self) -> bool:
        """Return whether the file holds something else by now, is gone, or (never saved) is there."""
        if self.path is None:
            return False
        try:
            return _digest_of(self.path) != self._known()
        except SaveError:
            return True

    def _known(self) -> bytes | None:
        return None if self._data is None else _digest(self._data)

    def _check_unchanged(self, target: Path, there: bytes | None) -> None:
        known = self._known() if _same_file(target, self.path) else None
        if there == known:
            return
        if known is None:
            raise ChangedOnDisk(_("There is a file of that name already"), path=target)
        if there is None:
            raise ChangedOnDisk(_("The file was deleted or moved since it was read"), path=target)
        raise ChangedOnDisk(_("The file was changed by another program since it was read"), path=target)

    def _decode(self, data: bytes) -> str:
        """Return the text of `data`; where no bytes could be made of it again, the post becomes read-only."""
        rest = data[len(self._mark) :]
        try:
            if self._codec == "utf-32":
                self.read_only = _("The file is UTF-32, not UTF-8 or UTF-16, and can't be saved")
                return rest.decode(self._codec, errors="replace")
            text = rest.decode(self._codec)
        except UnicodeDecodeError as error:
            before = rest[: error.start].decode(self._codec, errors="replace")
            self.read_only = _(
                "The file is not UTF-8 or UTF-16 (byte {byte}, line {line}), and can't be saved"
            ).format(byte=len(self._mark) + error.start + 1, line=position(before, len(before))[0])
            text = rest.decode(self._codec, errors="replace")
            self._codec = "unknown"
            return text
        if self._mark + text.encode(self._codec) != data:
            self.read_only = _("The file's bytes can't be made of its text again, so it can't be saved")
        return text


def _codec_of(data: bytes) -> tuple[str, bytes]:
    """Return the codec of `data` by its byte order mark, and that mark; UTF-8 without one."""
    marks = (
        ("utf-32", codecs.BOM_UTF32_LE),  # before UTF-16, whose mark it begins with
        ("utf-32", codecs.BOM_UTF32_BE),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    )
    for codec, mark in marks:
        if data.startswith(mark):
            return codec, b"" if codec == "utf-32" else mark
    return "utf-8", b""


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _digest_of(path: Path) -> bytes | None:
    """Return the digest of the file on disk, or None where there is no file; raises SaveError."""
    try:
        path.stat()
        return _digest(read_bytes(path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SaveError(why_not_read(error), path=path) from error
    except ValueError as error:  # a NUL in the name
        raise SaveError(_("The file name can't be used"), path=path) from error
    except OpenError as error:
        raise SaveError(error.message, path=path) from error


def _same_file(one: Path, other: Path | None) -> bool:
    try:
        return other is not None and os.path.realpath(one) == os.path.realpath(other)
    except ValueError:  # a NUL in the name: writing will say so
        return False
