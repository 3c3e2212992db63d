"""What differs between the last commit and the work tree, file by file."""

from dataclasses import dataclass
from pathlib import Path

from editor.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is not as the last commit has it."""

    path: str
    """From the top of the repository, with forward slashes; bytes that are no UTF-8 as surrogates."""
    kind: str
    """`modified`, `added`, `deleted`, `renamed`, `untracked`, `conflicted` or `typechange`."""
    source: str = ""
    """The old name of what is renamed."""
    staged: bool = False
    """Whether the index differs from the last commit."""
    unstaged: bool = False
    """Whether the work tree differs from the index."""
    submodule: bool = False
    """Whether it is a repository of its own: shown, never entered."""
    size: int | None = None
    """Bytes of the file in the work tree; None where there is none, or a folder."""
    mode_changed: bool = False
    """Whether it became executable, or ceased to be."""


def changes(repository: Repository, within: Path | None = None) -> list[Change]:
    """Return what changed, by path; with `within`, only in that folder of the work tree.

    Untracked files are listed singly, ignored ones not at all; a file that only its time stamp has changed is not
    listed. Raises GitError. Source: git-status(1), porcelain format version 2.
    """
    return []
