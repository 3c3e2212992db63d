"""What stands in files, now and in the past."""

from dataclasses import dataclass

from editor.git.changes import Change
from editor.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Sides:
    """A changed file before and after, both as the bytes that a work tree has."""

    before: bytes | None
    """At the last commit, with the line endings and filters of the work tree; None where it was not there."""
    after: bytes | None
    """In the work tree; None where it is gone. Of a link: where it points to."""
    binary: bool = False
    """Whether it is no text: there is a NUL among the first 8,000 bytes (as git decides it)."""
    divisible: bool = False
    """Whether some of the hunks between the two can be committed without the others."""


def at_head(repository: Repository, path: str) -> bytes | None:
    """Return the file `path` as of the last commit, as the work tree would have it; None where it was not there.

    Line endings and filters (LFS, ident …) are applied as on a checkout. Raises GitError.
    """
    return at(repository, "HEAD", path)


def in_index(repository: Repository, path: str) -> bytes | None:
    """Return the file `path` as it is staged, as the work tree would have it; None where it is not.

    Of a file with conflicts, what our side has. Raises GitError.
    """
    return None


def at(repository: Repository, revision: str, path: str) -> bytes | None:
    """Return the file `path` as of `revision`, as the work tree would have it; None where it was not there.

    Of a link, where it points to; None for a submodule or a folder. Raises GitError where there is no such revision.
    """
    return None


def sides(repository: Repository, change: Change) -> Sides:
    """Return a changed file before and after, so that what differs is what was changed.

    Where line endings or filters are converted on the way into the repository, `before` is the one of the forms of
    the last commit's content that is nearest to the work tree, and `hunks` of the two are what git would show too.
    Raises GitError.
    """
    return Sides(at_head(repository, change.source or change.path), None)
