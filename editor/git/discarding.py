"""Taking a change back: the file as the last commit has it."""

from editor.git.changes import Change
from editor.git.repository import Repository


def discard(repository: Repository, change: Change) -> None:
    """Make a changed file as the last commit has it, in the index and in the work tree.

    A file that the last commit does not have is deleted: the caller keeps what would be lost first. A renamed one is
    back under its old name. Raises GitError: for a submodule, for one with conflicts, where the index is locked.
    """
