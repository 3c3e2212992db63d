"""The versions of a post, and what it said in which year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from editor.git.contents import at
from editor.git.history import Revision
from editor.git.repository import Repository
from editor.post.document import PostDocument
from editor.post.history import Version


@dataclass(frozen=True, slots=True)
class Entry:
    """A version of a post."""

    when: datetime
    """With a time zone."""
    path: Path
    """What the file was called."""
    source: Revision | Version

    @property
    def deleted(self) -> bool:
        """Whether the file was taken away in it."""
        return isinstance(self.source, Revision) and self.source.deleted

    def document(self, repository: Repository | None) -> PostDocument:
        """Return what the file held; empty where it was not there. This takes a while. Raises CopydeskError."""
        if isinstance(self.source, Version):
            return PostDocument(self.path, self.source.read())
        assert repository is not None
        data = None if self.deleted else at(repository, self.source.hash, self.source.path)
        return PostDocument(self.path, data or b"")


@dataclass(frozen=True, slots=True)
class Year:
    """What became of a post in a year."""

    year: int
    entries: tuple[Entry, ...]
    """The newest first."""
    said: Entry
    """How it stood at the end of the year, which may be a version of one before."""


def committed(repository: Repository, revisions: Iterable[Revision]) -> list[Entry]:
    """Return the entries of commits, in their order."""
    return [Entry(each.date, repository.path(each.path), each) for each in revisions]


def saved(path: Path, versions: Iterable[Version]) -> list[Entry]:
    """Return the entries of what was saved here, in their order."""
    return [Entry(version.time, path, version) for version in versions]


def years(entries: Sequence[Entry]) -> list[Year]:
    """Return all years from the last version's back to the first one's, those without any taken in.

    `entries` are those of commits, the newest first.
    """
    if not entries:
        return []
    numbers = [entry.when.year for entry in entries]
    found = []
    for year in range(max(numbers), min(numbers) - 1, -1):
        said = next(entry for entry in entries if entry.when.year <= year)
        found.append(Year(year, tuple(entry for entry in entries if entry.when.year == year), said))
    return found
