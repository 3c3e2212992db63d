"""How a repository stands, in short: two of them tell whether anything has changed in between."""

from dataclasses import dataclass
from pathlib import Path

from editor.git.repository import Repository, decoded

_FILES = (
    "HEAD",
    "index",
    "index.lock",
    "MERGE_HEAD",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "BISECT_LOG",
    "rebase-merge",
    "rebase-apply",
    "sequencer",
    "FETCH_HEAD",
)
"""What tells of a work tree's own state, in its git folder (gitrepository-layout(5))."""
_SHARED = ("packed-refs", "config", "reftable/tables.list")
"""What all work trees of a repository have in common."""

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a repository looks like from outside; equal ones: nothing has happened in between."""

    stamps: tuple[Stamp | None, ...] = ()
    """Of git's own files."""
    status: bytes = b""
    """What `git status` says; empty where it was not asked."""
    files: tuple[Stamp | None, ...] = ()
    """Of the changed files."""

    def is_as(self, other: "Standing") -> bool:
        """Whether nothing differs, as far as both have looked."""
        if self.stamps != other.stamps:
            return False
        return not (self.status and other.status) or (self.status, self.files) == (other.status, other.files)


def standing(repository: Repository, *, files: bool) -> Standing:
    """Return how `repository` stands; with `files`, also what is changed in its work tree. Raises GitError.

    Without them git is not run: that can be asked often.
    """
    stamps = tuple(_stamp(path) for path in _own_files(repository.git_dir))
    if not files:
        return Standing(stamps)
    arguments = ("status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--no-renames")
    status = repository.git(*arguments)
    return Standing(stamps, status, tuple(_stamp(repository.path(name)) for name in _names(status)))


def folders_of(repository: Repository) -> list[str]:
    """Return the folders where something happens when a commit, a branch or a merge is made."""
    own = repository.git_dir
    ref = _ref_file(own, _common(own))
    folders = dict.fromkeys([own, _common(own), *([ref.parent] if ref is not None else [])])
    return [str(folder) for folder in folders if folder.is_dir()]


def _own_files(own: Path) -> list[Path]:
    shared = _common(own)
    ref = _ref_file(own, shared)
    found = [own / name for name in _FILES] + [shared / name for name in _SHARED]
    return [*found, ref] if ref is not None else found


def _common(own: Path) -> Path:
    """Return the git folder of the repository that a work tree belongs to."""
    try:
        return (own / (own / "commondir").read_text("utf-8", "surrogateescape").strip()).resolve()
    except OSError:
        return own


def _ref_file(own: Path, shared: Path) -> Path | None:
    """Return the file of the branch that is checked out; None where none is."""
    try:
        head = (own / "HEAD").read_text("utf-8", "surrogateescape")
    except OSError:
        return None
    return shared / head.removeprefix("ref:").strip() if head.startswith("ref:") else None


def _names(status: bytes) -> list[str]:
    """Return the changed files; see git-status(1), porcelain format version 2."""
    names = []
    for record in status.split(b"\0"):
        fields = {b"1": 8, b"u": 10, b"?": 1}.get(record[:1])
        if fields is not None:
            names.append(decoded(record.split(b" ", fields)[-1]))
    return names


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
