"""Whether the window that a journal belongs to still lives: it holds a lock, which the system takes from the dead."""

import os
import time
from pathlib import Path

try:
    import fcntl
except ImportError:  # not a Unix
    fcntl = None  # type: ignore[assignment]

_TRIES = 100
_PAUSE = 0.01
"""Seconds."""


def lock(descriptor: int) -> None:
    """Hold the open file until it is closed, or until this process is no more.

    A file system without locks (some network folders) is no reason to go without a journal.
    """
    if fcntl is not None:
        for _try in range(_TRIES):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_PAUSE)  # another window asks at this moment whether the file is held
            except OSError:
                return
            else:
                return


def is_held(path: Path) -> bool:
    """Return whether a process that lives has the file open; raises OSError where the file can't be opened."""
    return _is_locked(path) if fcntl is not None else _is_open_elsewhere(path)


def _is_locked(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False  # no locks here
    finally:
        os.close(descriptor)
    return False


def _is_open_elsewhere(path: Path) -> bool:
    try:
        path.rename(path)  # Windows refuses this for a file that another process has open
    except PermissionError:
        return True
    return False
