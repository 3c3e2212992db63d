"""Bytes to and from disk: read a regular file, write one so that it is never half written."""

import errno
import os
import secrets
import stat
import sys
import time
from pathlib import Path

from editor.errors import OpenError, SaveError
from editor.post.in_place import sync_folder, write_all, write_in_place
from editor.translation import gettext as _

LARGEST_FILE = 64 * 1024 * 1024
"""In bytes. No post is that long; a file that is, would fill the memory several times over."""


def read_bytes(path: Path) -> bytes:
    """Return the content of the regular file `path`.

    Raises OpenError for what is not there, may not be read, is no regular file (a pipe would block for ever)
    or is longer than LARGEST_FILE.
    """
    try:
        _check_regular(path.stat(), path)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            _check_regular(os.fstat(descriptor), path)  # again: another may stand there by now
            data = file.read(LARGEST_FILE + 1)
    except ValueError:  # a NUL in the name
        raise OpenError(_("There is no such file"), path=path) from None
    except OSError as error:
        raise OpenError(why_not_read(error), path=path) from error
    if len(data) > LARGEST_FILE:
        raise OpenError(_too_large(), path=path)
    return data


def write_atomically(path: Path, data: bytes, spare: Path | None = None) -> None:
    """Make `data` the content of `path`: at any moment, after a crash too, it is the old or the new one.

    A hidden temporary file beside it is written, synced and put in its place; a symbolic link stays one, mode,
    owner and extended attributes stay. Where replacing the file would lose something (it has other names, its
    owner or attributes can't be given to another file, its folder takes no new one), it is written in place, with
    the bytes kept in the folder `spare` meanwhile (see `editor.post.in_place`); without `spare`, that is lost.
    Raises SaveError; the old content is then still there, and nothing else.
    """
    try:
        target = Path(os.path.realpath(path))
        old = _existing(target, path)
        if old is None:
            _replace(target, data, None, strict=False)
        elif spare is None:
            _replace(target, data, old, strict=False)
        elif old.st_nlink > 1:
            write_in_place(target, data, spare)
        else:
            try:
                _replace(target, data, old, strict=True)
            except _WouldLose:
                write_in_place(target, data, spare)
    except (OSError, ValueError) as error:
        raise SaveError(_why_not_written(error), path=path) from error


class _WouldLose(Exception):
    """A new file can't stand in for the old one."""


_PREFIX, _SUFFIX = ".copydesk-", ".tmp"
_STALE = 3600.0
"""Seconds: a temporary file that is older is of a program that was killed."""

_NO_REPLACING = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.EXDEV)
"""What a folder answers that lets no file come or go, and a file that is mounted at its place."""


def _replace(target: Path, data: bytes, old: os.stat_result | None, *, strict: bool) -> None:
    """Put a new file with `data` in the place of `target`; raises OSError, and _WouldLose if it is `strict`."""
    _sweep(target.parent)
    # No part of the name: that may be long.
    temporary = target.parent / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        # A new file gets its mode from the person's umask; one that replaces another begins private.
        descriptor = os.open(temporary, flags, 0o666 if old is None else 0o600)
    except OSError as error:
        if strict and error.errno in _NO_REPLACING:
            raise _WouldLose from error
        raise
    try:
        try:
            write_all(descriptor, data)
            if old is not None and not _keep_what_it_was(descriptor, old, target) and strict:
                raise _WouldLose
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        try:
            temporary.replace(target)
        except OSError as error:
            if strict and error.errno in _NO_REPLACING:
                raise _WouldLose from error
            raise
    except BaseException:
        _remove(temporary)
        raise
    sync_folder(target.parent)


def _existing(target: Path, path: Path) -> os.stat_result | None:
    """Return the state of the file to be replaced, or None where there is none; SaveError if it must stay."""
    try:
        found = target.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found.st_mode):
        raise SaveError(_("The symbolic link leads round in a circle"), path=path)
    if stat.S_ISDIR(found.st_mode):
        raise SaveError(_("There is a folder of that name"), path=path)
    if not stat.S_ISREG(found.st_mode):
        raise SaveError(_("This is no regular file"), path=path)
    if not os.access(target, os.W_OK):  # replacing it would work, but the person said that it stays as it is
        raise SaveError(_("The file is write-protected"), path=path)
    return found


def _keep_what_it_was(descriptor: int, old: os.stat_result, target: Path) -> bool:
    """Give a new file the owner, the mode and the extended attributes of the old one; return whether it has them."""
    if sys.platform == "win32":
        return True
    kept = True
    new = os.fstat(descriptor)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.fchown(descriptor, old.st_uid, old.st_gid)
        except OSError:
            kept = False  # only root may give files away
    kept = _keep_attributes(descriptor, target) and kept
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))  # behind fchown, which takes bits away
    return kept


def _keep_attributes(descriptor: int, target: Path) -> bool:
    """Copy extended attributes, access control lists among them, as far as the system has them."""
    if sys.platform != "linux":
        return True
    try:
        names = os.listxattr(target)
    except OSError:
        return True  # a file system without
    for name in names:
        try:
            value = os.getxattr(target, name)
            try:
                if os.getxattr(descriptor, name) == value:
                    continue  # a label that the system gives by itself
            except OSError:
                pass
            os.setxattr(descriptor, name, value)
        except OSError:
            return False
    return True


def _sweep(folder: Path) -> None:
    """Remove temporary files that a program which was killed has left."""
    try:
        with os.scandir(folder) as entries:
            left = [
                entry for entry in entries if entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX)
            ]
        for entry in left:
            if time.time() - entry.stat(follow_symlinks=False).st_mtime > _STALE:
                _remove(Path(entry.path))
    except OSError:
        pass  # the write itself will say what is wrong with the folder


def _remove(temporary: Path) -> None:
    try:
        temporary.unlink()
    except OSError:
        pass


def _check_regular(found: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise OpenError(_("This is a folder"), path=path)
    if not stat.S_ISREG(found.st_mode):
        raise OpenError(_("This is no regular file"), path=path)
    if found.st_size > LARGEST_FILE:
        raise OpenError(_too_large(), path=path)


def _too_large() -> str:
    return _("The file is larger than {size} MiB").format(size=LARGEST_FILE // 1024**2)


def why_not_read(error: OSError) -> str:
    """Return the sentence that tells why a file can't be read."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return _("There is no such file")
    if error.errno in (errno.EACCES, errno.EPERM):
        return _("You have no permission to read this file")
    if error.errno == errno.ENAMETOOLONG:
        return _("The file name is too long")
    if error.errno == errno.ELOOP:
        return _("The symbolic link leads round in a circle")
    return _("The file could not be read: {reason}").format(reason=error.strerror or error)


def _why_not_written(error: OSError | ValueError) -> str:
    if isinstance(error, ValueError):
        return _("The file name can't be used")
    sentences = {
        errno.EACCES: _("You have no permission to write here"),
        errno.EPERM: _("You have no permission to write here"),
        errno.EROFS: _("The file system is read-only"),
        errno.ENOSPC: _("The disk is full"),
        errno.EDQUOT: _("Your share of the disk is full"),
        errno.EFBIG: _("The file is too large for this disk"),
        errno.ENOENT: _("The folder is not there any more"),
        errno.ENOTDIR: _("A part of the path is no folder"),
        errno.EISDIR: _("There is a folder of that name"),
        errno.ENAMETOOLONG: _("The file name is too long"),
        errno.ELOOP: _("The symbolic link leads round in a circle"),
    }
    unknown = _("The file could not be written: {reason}").format(reason=error.strerror or error)
    return sentences.get(error.errno or 0, unknown)
