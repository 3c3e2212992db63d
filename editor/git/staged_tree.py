"""What is about to be committed, as a folder of files of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.git.committing import Pick
from editor.git.repository import Repository


@dataclass(frozen=True, slots=True)
class StagedTree:
    """A folder with the files that a commit of the picks would have."""

    folder: Path
    """What the top of the repository is; a site in a sub-folder is in that sub-folder."""
    tree: str
    """The hash of the tree: equal for equal content."""
    submodules: tuple[str, ...] = ()
    """Repositories in the repository: their folders are empty."""


def check_out(repository: Repository, picks: Sequence[Pick], folder: Path) -> StagedTree:
    """Write the last commit with `picks` into `folder`, which is new or empty.

    Nothing of the repository is changed, its objects neither. Raises GitError.
    """
    return StagedTree(folder, "")
