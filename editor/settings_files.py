"""The files of the settings: read as TOML, written whole or not at all, by one window after the other."""

import contextlib
import logging
import os
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from editor.errors import SaveError
from editor.translation import gettext as _

try:
    import fcntl
except ImportError:  # not a Unix
    fcntl = None  # type: ignore[assignment]

_log = logging.getLogger(__name__)

_LOCK_SECONDS = 0.5
"""How long a change waits for another program's: one takes a few milliseconds."""


def read(path: Path) -> dict[str, Any]:
    """Return the TOML in `path`, nothing where there is no file; raises OSError, ValueError, RecursionError."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return {}


def write(path: Path, text: str, *, durable: bool = False) -> None:
    """Replace the file `path` by `text`, whole or not at all; raises SaveError.

    With `durable`, wait until it is on the disk: not for what a window writes while it is worked in.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A link to a file elsewhere, as keepers of dotfiles have it, stays one.
        target = Path(os.path.realpath(path))
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".tmp")
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        Path(temporary).replace(target)
    except (OSError, ValueError) as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        reason = getattr(error, "strerror", None) or error
        raise SaveError(
            _("The settings can't be written: {reason}").format(reason=reason), path=path
        ) from error


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other windows from writing meanwhile, by a lock in `folder`.

    Where there are no locks, or not soon, go on without.
    """
    stream: IO[bytes] | None = None
    if fcntl is not None:
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            stream = (folder / "lock").open("ab")
    try:
        if stream is not None:
            _wait_for_lock(stream)
        yield
    finally:
        if stream is not None:
            stream.close()  # which gives the lock back


def _wait_for_lock(stream: IO[bytes]) -> None:
    until = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < until:
                time.sleep(0.005)
                continue
            _log.info("the settings are locked by another program; going on without")
        except OSError:  # a file system without locks
            pass
        return
