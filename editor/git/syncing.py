"""Exchanging commits with the remote repository, by git and with the person's own credentials."""

from collections.abc import Callable

from editor.errors import GitError
from editor.git.repository import Repository


class SyncRefused(GitError):
    """Nothing was pushed or pulled.

    `reason` is `no-remote`, `no-upstream`, `rejected` (the remote has commits that are not here: pull first),
    `diverged` (both sides have commits: a pull can't fast-forward), `overwrite` (changed files are in the way),
    `authentication`, `network`, `hook`, `under-way`, `detached`, `cancelled` or `other`; `output` what git printed.
    """

    def __init__(self, message: str, reason: str, output: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.output = output


def push(
    repository: Repository,
    said: Callable[[str], None] = lambda _line: None,
    *,
    set_upstream: str = "",
    cancelled: Callable[[], bool] = lambda: False,
) -> str:
    """Push the branch that is checked out to where it belongs, never by force; return what git printed.

    With `set_upstream`, the name of a remote, a branch of the same name there, which ours follows from then on: only
    after the person was asked. `said` and `cancelled` are as those of `commit`. Raises SyncRefused.
    """
    raise SyncRefused("", "other")


def pull(
    repository: Repository,
    said: Callable[[str], None] = lambda _line: None,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> str:
    """Fetch what the branch follows and go forward to it (`--ff-only`); return what git printed.

    Neither merges nor rebases; changed files stay as they are. Raises SyncRefused.
    """
    raise SyncRefused("", "other")
