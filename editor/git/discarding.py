"""Taking a change back: the file as the last commit has it."""

import contextlib
import os
import stat

from editor.errors import GitError
from editor.git.changes import Change
from editor.git.command import run
from editor.git.contents import entry_at
from editor.git.repository import Repository, lines_of_names, locked, locked_or
from editor.translation import gettext as _

_SECONDS = 600.0
"""A filter may have to bring the file from elsewhere."""


def discard(repository: Repository, change: Change) -> None:
    """Make a changed file as the last commit has it, in the index and in the work tree.

    A file that the last commit does not have is deleted: the caller keeps what would be lost first. A renamed one is
    back under its old name. Raises GitError: for a submodule, for one with conflicts, where the index is locked.
    """
    repository = repository.as_asked()
    if change.submodule:
        raise GitError(
            _("{path} is a repository of its own: open it to discard what changed there").format(
                path=change.path
            )
        )
    if change.kind == "conflicted":
        raise GitError(
            _("{path} has conflicts: settle them, or leave what is under way").format(path=change.path)
        )
    if repository.index_lock.exists():
        raise GitError(locked(repository.index_lock), path=repository.index_lock)
    head = repository.head()
    kept = [
        name for name in (change.path, change.source) if name and head and entry_at(repository, head, name)
    ]
    new = [name for name in (change.path,) if name not in kept]
    if new:
        repository.git("update-index", "--force-remove", "-z", "--stdin", data=lines_of_names(new))
        _delete(repository, change.path)
    if kept:
        arguments = ["restore", "--source=HEAD", "--staged", "--worktree", "--", *kept]
        try:
            run(["--literal-pathspecs", *arguments], repository.top, seconds=_SECONDS)
        except GitError as error:
            raise locked_or(error) from error


def _delete(repository: Repository, path: str) -> None:
    file = repository.path(path)
    if os.path.realpath(file.parent) != str(file.parent):
        return  # one of its folders is a link by now: what is behind it is another file
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        if stat.S_ISDIR(file.lstat().st_mode):
            return
        try:
            file.unlink()
        except OSError as error:
            raise GitError(
                _("{path} can't be deleted: {reason}").format(path=path, reason=error.strerror), path=file
            ) from error
