"""The repository that a site is in: where it is, and how things stand there."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from editor.errors import GitError
from editor.git.command import run
from editor.translation import gettext as _
from editor.translation import ngettext


@dataclass(frozen=True, slots=True)
class State:
    """How things stand in a repository, apart from its files."""

    branch: str = ""
    """The branch that is checked out, also one without a commit yet; empty where none is."""
    head: str = ""
    """The hash of the commit that is checked out; empty where there is none yet."""
    detached: bool = False
    """Whether a commit is checked out and no branch."""
    unborn: bool = False
    """Whether the branch has no commit yet."""
    operation: str = ""
    """What is under way and not finished: `merge`, `rebase`, `cherry-pick`, `revert`, `bisect` or `am`."""
    locked: bool = False
    """Whether another git works on the index, or has died over it: there is an `index.lock`."""
    upstream: str = ""
    """What the branch follows, as `origin/main`; empty where it follows nothing."""
    upstream_gone: bool = False
    """Whether it follows a branch that is not there (any more)."""
    ahead: int = 0
    """Commits that the upstream has not; as of the last time it was asked."""
    behind: int = 0
    """Commits of the upstream that the branch has not."""
    remotes: tuple[str, ...] = ()
    conflicts: int = 0
    """Files with conflicts that are not settled."""
    head_pushed: bool = False
    """Whether some remote has the commit that is checked out: amending it makes the two differ."""

    @property
    def warning(self) -> str:
        """What to know before a commit, in one sentence; empty where all is as usual."""
        if self.operation:
            return under_way(self.operation)
        if self.conflicts:
            return conflicts_left(self.conflicts)
        if self.detached:
            return _(
                "No branch is checked out: a commit made now is in none; "
                "make a branch for it with “git switch -c NAME”"
            )
        return ""


@dataclass(frozen=True)
class Repository:
    """A repository with a work tree; nothing of it is kept in memory."""

    top: Path
    """The top folder of the work tree."""

    @classmethod
    def find(cls, folder: Path) -> "Repository | None":
        """Return the repository that `folder` is in, None where it is in none.

        A submodule and a further work tree are repositories of their own. Raises GitError where git is not there,
        or where it refuses: the repository has no work tree, or belongs to someone else.
        """
        ended = run(["rev-parse", "--show-toplevel"], folder, accepted=(0, 128))
        if ended.returncode == 0:
            return cls(Path(decoded(ended.stdout.removesuffix(b"\n"))))
        raise GitError("")

    @classmethod
    def create(cls, folder: Path) -> "Repository":
        """Make a repository of `folder`, without a commit, and return it; raises GitError."""
        run(["init", "--quiet"], folder)
        found = cls.find(folder)
        assert found is not None
        return found

    @cached_property
    def git_dir(self) -> Path:
        """Git's own folder of this work tree, absolute."""
        return Path(decoded(self.git("rev-parse", "--absolute-git-dir").removesuffix(b"\n")))

    def path(self, name: str) -> Path:
        """Return the file that git calls `name`."""
        return self.top / name

    def name(self, path: Path) -> str | None:
        """Return what git calls the file or folder `path`: from `top` on, with forward slashes; None outside of it.

        Links on the way to it are followed, as git knows real folders only; a link itself is not.
        """
        real = Path(os.path.realpath(path.parent)) / path.name if path.name else path
        try:
            return real.relative_to(self.top).as_posix()
        except ValueError:
            return None

    def git(self, *arguments: str, data: bytes | None = None) -> bytes:
        """Return what git prints when run at the top with `arguments`; raises GitError."""
        return run(["--literal-pathspecs", *arguments], self.top, data=data).stdout

    def state(self) -> State:
        """Return how things stand; raises GitError."""
        return State()


def decoded(name: bytes) -> str:
    """Return a file's name, which may be any bytes, as Python's own functions for files take it."""
    return name.decode("utf-8", "surrogateescape")


def under_way(operation: str) -> str:
    """Return the sentence for an `operation` that is not finished, as in `State.operation`."""
    sentences = {
        "merge": _(
            "A merge is under way: settle it and commit all of it, or leave it with “git merge --abort”"
        ),
        "cherry-pick": _(
            "A cherry-pick is under way: settle it and commit all of it, or leave it with “git cherry-pick --abort”"
        ),
        "revert": _(
            "A revert is under way: settle it and commit all of it, or leave it with “git revert --abort”"
        ),
        "rebase": _(
            "A rebase is under way: go on with it by “git rebase --continue”, or leave it with “git rebase --abort”"
        ),
        "am": _(
            "Patches are being applied: go on with “git am --continue”, or leave it with “git am --abort”"
        ),
        "bisect": _("A bisect is under way: end it with “git bisect reset”"),
    }
    return sentences.get(operation, "")


def conflicts_left(count: int) -> str:
    """Return the sentence for `count` files with conflicts."""
    return ngettext(
        "{count} file has conflicts: settle them first, then commit",
        "{count} files have conflicts: settle them first, then commit",
        count,
    ).format(count=count)
