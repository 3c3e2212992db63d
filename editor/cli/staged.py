"""What `copydesk check --staged` checks: posts as git has them staged, not as the disk has them."""

import os
from pathlib import Path, PurePosixPath

from editor.cli.checker import Given, is_passed_over, place_of
from editor.errors import GitError, OpenError
from editor.git.contents import content_of
from editor.git.repository import Repository
from editor.git.staged import staged_files
from editor.proof.contents import SUFFIXES
from editor.translation import gettext as _

_OTHER_FILE = ".meta"
"""How the file beside a post ends that has its front matter, where a site has such files."""


def staged_posts(roots: list[Path]) -> tuple[list[Given], dict[Path, bytes]]:
    """Return the posts at or below `roots` that are staged, and the bytes of all that is, by absolute path.

    Where a hook of git runs this, it is what that commit takes, which need not be what was staged before. Raises
    GitError, also where a root is in no repository, and OpenError where it is nowhere.
    """
    given: dict[Path, Given] = {}
    contents: dict[Path, bytes] = {}
    for root in roots:
        for path, data in _staged_below(root):
            contents[place_of(path)] = data
            post = _post_of(path)
            if post is not None:
                given.setdefault(place_of(post), Given(post, root))
    return list(given.values()), contents


def _staged_below(root: Path) -> list[tuple[Path, bytes]]:
    """Return the staged files that a check of `root` may need, with what is staged of them."""
    folder = root if root.is_dir() else root.parent
    if not folder.is_dir():
        raise GitError(_("There is no such folder"), path=folder)
    repository = Repository.find(folder)
    within = repository.name(root) if repository is not None else None
    if repository is None or within is None:
        raise GitError(_("The folder is in no repository of git: nothing can be staged there"), path=folder)
    found = []
    for name, entry in staged_files(repository, within, os.environ.get("GIT_INDEX_FILE", "")).items():
        below = PurePosixPath(name).relative_to(within)
        if not name.endswith((*SUFFIXES, _OTHER_FILE)) or any(map(is_passed_over, below.parts)):
            continue
        data = content_of(repository, entry, name)
        if data is not None:
            found.append((root / below, data))
    if not found and not os.path.lexists(root):
        raise OpenError(_("There is no such file"), path=root)
    return found


def _post_of(path: Path) -> Path | None:
    """Return the post that a staged file is, or is the other file of; None where there is none."""
    if path.name.endswith(SUFFIXES):
        return path
    return next((post for suffix in SUFFIXES if (post := path.with_suffix(suffix)).is_file()), None)
