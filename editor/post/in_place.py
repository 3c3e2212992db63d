"""Writing a file that can't be replaced: the bytes are kept elsewhere first, so that a torn file can be mended.

A spare file holds the old and the new bytes, synced, before the first byte of the file itself is touched, and goes when
all of it is written and synced. One that is found when the program starts tells of a write that was cut off.

    copydesk spare 1
    {"path", "old", "new", "crc"}    the file; how many bytes the old and the new content have; the CRC-32 of both
    the old content, then the new one
"""

import contextlib
import errno
import json
import logging
import os
import secrets
import stat
import sys
import zlib
from pathlib import Path

from editor.post.recovery.locks import is_held, lock

_log = logging.getLogger(__name__)

_HEADER = b"copydesk spare 1\n"
_SUFFIX = ".spare"

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_in_place(target: Path, data: bytes, spare: Path) -> None:
    """Overwrite the file `target` with `data`, a spare copy being in the folder `spare` meanwhile.

    Raises OSError, with the old content in the file again; where even that fails, the spare copy stays for `repair`.
    """
    old = target.read_bytes()
    kept, descriptor = _keep(target, old, data, spare)
    try:
        _overwrite(target, data, old)
    except BaseException:
        try:
            _overwrite(target, old, data)
        except OSError:
            os.close(descriptor)
            raise
        _let_go(kept, descriptor)
        raise
    _let_go(kept, descriptor)


def repair(spare: Path) -> list[Path]:
    """Complete what was cut off while it was written in place; return the files that were torn and are whole now.

    A file that somebody else has written meanwhile is let alone; one that can't be reached keeps its spare copy.
    """
    repaired = []
    for kept in _spares(spare):
        try:
            if is_held(kept):
                continue
            told = _told(kept.read_bytes())
            if told is not None:
                target, old, new = told
                if _is_torn(_read(target), old, new):
                    _overwrite(target, new, old)
                    repaired.append(target)
            kept.unlink()
        except OSError as error:
            _log.warning("what %s keeps can't be put back: %s", kept, error)
    return repaired


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`; the system may take it in parts."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync_folder(folder: Path) -> None:
    """Make a new name durable; the file itself is safe by then, so failing here is no error."""
    if sys.platform == "win32":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)


def _keep(target: Path, old: bytes, new: bytes, spare: Path) -> tuple[Path, int]:
    """Write the spare copy; return its path and its open descriptor, which holds the lock."""
    spare.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = spare / f"write-{os.getpid()}-{secrets.token_hex(4)}{_SUFFIX}"
    facts = {"path": str(target), "old": len(old), "new": len(new), "crc": zlib.crc32(new, zlib.crc32(old))}
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(kept, flags, 0o600)
    try:
        lock(descriptor)
        write_all(descriptor, _HEADER + json.dumps(facts).encode("utf-8") + b"\n" + old + new)
        os.fsync(descriptor)
    except BaseException:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            kept.unlink()
        raise
    sync_folder(spare)
    return kept, descriptor


def _let_go(kept: Path, descriptor: int) -> None:
    os.close(descriptor)
    try:
        kept.unlink()
    except OSError as error:  # it is found at the next start, and the file then is as it should be
        _log.warning("%s can't be removed: %s", kept, error)


def _overwrite(target: Path, data: bytes, before: bytes) -> None:
    descriptor = os.open(target, os.O_WRONLY | getattr(os, "O_BINARY", 0))
    try:
        if len(data) > len(before) and hasattr(os, "posix_fallocate"):
            # A full disk says so here, before a byte has changed; some file systems can't tell.
            try:
                os.posix_fallocate(descriptor, 0, len(data))
            except OSError as error:
                if error.errno in _NO_ROOM:
                    raise
        write_all(descriptor, data)
        os.ftruncate(descriptor, len(data))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _spares(folder: Path) -> list[Path]:
    try:
        # A pipe of such a name would be waited for.
        return sorted(path for path in folder.iterdir() if path.suffix == _SUFFIX and path.is_file())
    except OSError:
        return []


def _read(target: Path) -> bytes:
    """Return what the regular file `target` holds; OSError for what is none: a pipe would be waited for."""
    descriptor = os.open(target, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "no regular file stands there any more", os.fspath(target))
        return file.read()


def _told(data: bytes) -> tuple[Path, bytes, bytes] | None:
    """Return the file and its two contents; None where the spare copy was cut off: the file was not touched then."""
    if not data.startswith(_HEADER):
        return None
    line, _, contents = data[len(_HEADER) :].partition(b"\n")
    try:
        facts = json.loads(line)
        old, new = contents[: facts["old"]], contents[facts["old"] :]
        if len(new) != facts["new"] or zlib.crc32(contents) != facts["crc"]:
            return None
        return Path(facts["path"]), old, new
    except (ValueError, LookupError, TypeError):
        return None


def _is_torn(found: bytes, old: bytes, new: bytes) -> bool:
    """Return whether `found` is what an interrupted write of `new` over `old` leaves: a part of each.

    After the machine itself went down, blocks of either, or of zeros, may stand anywhere.
    """
    if found in (old, new):
        return False
    # A length in between comes of a file that grows where room can't be had beforehand.
    if len(found) not in (len(old), len(new)) and not len(old) < len(found) < len(new):
        return False
    rows = zip(found, old.ljust(len(found), b"\0"), new.ljust(len(found), b"\0"), strict=False)
    return all(byte in (before, after, 0) for byte, before, after in rows)
