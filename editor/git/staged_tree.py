"""What is about to be committed, as a folder of files of its own."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.errors import GitError
from editor.git.picking import Pick, PickedIndex
from editor.git.repository import Repository, decoded
from editor.translation import gettext as _

_SUBMODULE = b"160000 "


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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise GitError(_("{folder} is not empty").format(folder=folder), path=folder)
        with tempfile.TemporaryDirectory(prefix="copydesk-tree-", ignore_cleanup_errors=True) as name:
            index = PickedIndex(repository, Path(name) / "index", _objects_in(repository, Path(name)))
            index.read_head(sparse=False)
            index.take(picks)
            tree = index.tree()
            index.git("checkout-index", "--all", "--force", "-q", f"--prefix={folder}/")
            listed = index.git("ls-files", "--stage", "-z").split(b"\0")
    except OSError as error:
        raise GitError(
            _("The files can't be written to {folder}: {reason}").format(
                folder=folder, reason=error.strerror
            ),
            path=folder,
        ) from error
    submodules = [decoded(record.partition(b"\t")[2]) for record in listed if record.startswith(_SUBMODULE)]
    return StagedTree(folder, tree, tuple(submodules))


def _objects_in(repository: Repository, folder: Path) -> dict[str, str]:
    """Return the variables that have git write objects into `folder` and read those of the repository too."""
    objects = folder / "objects"
    objects.mkdir()
    place = decoded(repository.git("rev-parse", "--git-path", "objects").removesuffix(b"\n"))
    # Quoted as git wants what may hold a separator.
    real = str(repository.top / place).replace("\\", "\\\\").replace('"', '\\"')
    if os.name == "nt":
        real = str(repository.top / place)
    return {
        "GIT_OBJECT_DIRECTORY": str(objects),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{real}"' if os.name != "nt" else real,
    }
