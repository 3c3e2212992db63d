"""The commits of a file."""

from dataclasses import dataclass
from datetime import datetime

from editor.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit that changed a file."""

    hash: str
    author: str
    date: datetime
    """When it was written, with the author's offset."""
    subject: str
    """The first paragraph of its message, in one line."""
    path: str
    """What the file was called in it."""
    deleted: bool = False
    """Whether it took the file away."""


def revisions(repository: Repository, path: str, limit: int | None = None) -> list[Revision]:
    """Return the commits that changed `path`, newest first, at most `limit`; also those under its earlier names.

    Empty for a file that was never committed. Raises GitError. Source: git-log(1), `--follow`.
    """
    return []
