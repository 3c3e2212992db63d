"""A commit whose maker was killed: the commit is there, the index does not know of it yet.

Until the index is brought up to date, what was committed looks as if it were staged in reverse. So each commit leaves
a note of what is to be done in its folder in git's own, before git is called; whoever looks at the repository next
does it. A note is held by a lock while its maker lives.
"""

import hashlib
import json
import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from editor.errors import GitError
from editor.git.contents import Entry
from editor.git.picking import PickedIndex
from editor.git.repository import Repository
from editor.git.staging import KeptIndex, changed_between

_log = logging.getLogger(__name__)

_NOTE = "unfinished.json"


@contextmanager
def noted(repository: Repository, folder: Path, head: str, tree: str, staged: KeptIndex) -> Iterator[None]:
    """Leave a note in `folder` while a commit of `tree` upon `head` is made; `staged` is what is to be renewed."""
    locking = _locking()
    if locking is None:
        yield
        return
    told = {
        "head": head,
        "parents": _parents(repository, head),
        "tree": tree,
        "index": _digest(repository),
        "paths": list(staged.paths),
        "divided": {
            path: [None if entry is None else [entry.mode, entry.hash] for entry in both]
            for path, both in staged.divided.items()
        },
    }
    with (folder / _NOTE).open("x", encoding="ascii") as note:
        try:
            locking.flock(note, locking.LOCK_EX)
        except OSError as error:  # not every file system locks: then there is no note
            _log.warning("a commit can't be noted: %s", error)
        else:
            json.dump(told, note)
            note.flush()
        yield


def finish_interrupted(repository: Repository, folders: str) -> bool:
    """Bring the index up to date where a commit was made and its maker was killed then; return whether there was one.

    `folders` is what the names of the commits' folders begin with. Nothing is done where anything has changed since,
    the index or the last commit; a note that can't be read is left alone.
    """
    locking = _locking()
    if locking is None:
        return False
    found = False
    for folder in sorted(repository.git_dir.glob(f"{folders}*")):
        try:
            with (folder / _NOTE).open(encoding="ascii") as note:
                locking.flock(note, locking.LOCK_EX | locking.LOCK_NB)
                done = _finish(repository, folder, json.load(note))
        except FileNotFoundError:
            continue
        except BlockingIOError:
            continue  # it is being made
        except (GitError, OSError, ValueError, KeyError, TypeError) as error:
            _log.warning("a commit that was interrupted can't be finished: %s", error)
            continue
        if done:
            shutil.rmtree(folder, ignore_errors=True)
            found = True
    return found


def _finish(repository: Repository, folder: Path, told: Mapping[str, Any]) -> bool:
    head = repository.head()
    made_of_it = _parents(repository, head) in ([told["head"]], told["parents"])
    if not head or head == told["head"] or not made_of_it or _digest(repository) != told["index"]:
        return False
    if repository.index_lock.exists() or repository.operation():
        return False
    if PickedIndex(repository, folder / "index").tree() != _tree(repository, head):
        return False  # somebody else's
    divided = {path: (_entry(both[0]), _entry(both[1])) for path, both in told["divided"].items()}
    by_hooks = changed_between(repository, told["tree"], head)
    KeptIndex.of(repository, told["paths"], divided).renew([*dict.fromkeys([*told["paths"], *by_hooks])])
    return True


def _entry(told: list[str] | None) -> Entry | None:
    return None if told is None else Entry(*told)


def _parents(repository: Repository, head: str) -> list[str]:
    if not head:
        return []
    listed = repository.git("rev-list", "--parents", "--max-count=1", head).decode("ascii").split()
    return listed[1:]


def _tree(repository: Repository, head: str) -> str:
    return repository.git("rev-parse", f"{head}^{{tree}}").decode("ascii").strip()


def _digest(repository: Repository) -> str:
    try:
        return hashlib.sha256((repository.git_dir / "index").read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise GitError(str(error)) from error


def _locking() -> ModuleType | None:
    """Return what locks files, which Windows has not: there, git itself is asked after such an end."""
    try:
        import fcntl
    except ImportError:
        return None
    return fcntl
