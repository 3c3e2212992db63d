"""The repository that a site is in: where it is, and how things stand there."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from editor.errors import GitError
from editor.git.command import run, said
from editor.translation import gettext as _
from editor.translation import ngettext

_PLAIN = ("--literal-pathspecs", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false")
"""A name is a name, no pattern; in what git says it stands as it is; and nothing is started to watch files."""

_FILTER = re.compile(r"filter\.(.+)\.(?:clean|smudge|process|required)", re.DOTALL)


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
    """A repository with a work tree; nothing of its content is kept in memory."""

    top: Path
    """The top folder of the work tree, without links in its path."""
    trusted: bool = True
    """Whether reading may start programs that the repository's own configuration names, as filters; a folder that
    came from elsewhere with its .git may name any. What the person asks for (a commit, a push) runs them."""

    @classmethod
    def find(cls, folder: Path, *, trusted: bool = True) -> "Repository | None":
        """Return the repository that `folder` is in, None where it is in none; `trusted` is as in the class.

        A submodule and a further work tree are repositories of their own. Raises GitError where git is not there,
        or where it refuses: the repository has no work tree, is broken, or belongs to someone else.
        """
        ended = run(["rev-parse", "--show-toplevel"], folder, accepted=(0, 128))
        if ended.returncode == 0:
            return cls(Path(decoded(ended.stdout.removesuffix(b"\n"))), trusted)
        words = said(ended)
        if re.match(r"not a git repository \(or any", words):
            return None
        if "dubious ownership" in words:
            raise GitError(_dubious(words, folder))
        if "must be run in a work tree" in words:
            raise GitError(
                _(
                    "{folder} is inside a repository without files of its own (a bare one): clone it first"
                ).format(folder=folder),
                path=folder,
            )
        raise GitError(_("git can't use the repository: {reason}").format(reason=words), path=folder)

    @classmethod
    def create(cls, folder: Path) -> "Repository":
        """Make a repository of `folder`, without a commit, and return it; raises GitError."""
        run(["init", "--quiet"], folder)
        found = cls.find(folder)
        if found is None:
            raise GitError(_("git made no repository in {folder}").format(folder=folder), path=folder)
        return found

    @cached_property
    def git_dir(self) -> Path:
        """Git's own folder of this work tree, absolute."""
        return Path(decoded(self.git("rev-parse", "--absolute-git-dir").removesuffix(b"\n")))

    @property
    def index_lock(self) -> Path:
        """The file that is there while a git works on the index."""
        return self.git_dir / "index.lock"

    @cached_property
    def _unarmed(self) -> dict[str, str]:
        """The variables that keep git from running what the repository names, where it is not trusted.

        Source: git-config(1), `filter.<driver>.*`, `core.hooksPath`, GIT_CONFIG_COUNT; git(1), GIT_ALLOW_PROTOCOL,
        GIT_NO_LAZY_FETCH.
        """
        if self.trusted:
            return {}
        arguments = ["config", "--show-scope", "--null", "--get-regexp", r"^filter\."]
        listed = run(arguments, self.top, accepted=(0, 1)).stdout.split(b"\0")
        names = {
            found[1]: None
            for scope, told in zip(listed[::2], listed[1::2], strict=False)
            if scope in {b"local", b"worktree"}
            and (found := _FILTER.fullmatch(decoded(told.partition(b"\n")[0]))) is not None
        }
        off = {"clean": "", "smudge": "", "process": "", "required": "false"}
        values = [("core.hooksPath", os.devnull)]
        values += [(f"filter.{name}.{key}", value) for name in names for key, value in off.items()]
        variables = {
            "GIT_ALLOW_PROTOCOL": "none",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_CONFIG_COUNT": str(len(values)),
        }
        for number, (key, value) in enumerate(values):
            variables |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        return variables

    def as_asked(self) -> "Repository":
        """Return the repository for what the person asks for: as in a terminal, what it names is run."""
        return self if self.trusted else replace(self, trusted=True)

    def path(self, name: str) -> Path:
        """Return the file that git calls `name`."""
        return self.top / name

    def name(self, path: Path) -> str | None:
        """Return what git calls the file or folder `path`: from `top` on, with forward slashes; None outside of it.

        Links on the way to it are followed, as git knows real folders only; a link itself is not.
        """
        real = Path(os.path.realpath(path.parent)) / path.name
        for candidate in (real, Path(os.path.realpath(path))):
            if candidate == self.top:
                return "."
            if candidate.is_relative_to(self.top):
                return candidate.relative_to(self.top).as_posix()
        return None

    def git(
        self,
        *arguments: str,
        data: bytes | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> bytes:
        """Return what git prints when run at the top with `arguments`.

        Names of files are taken literally. Raises GitError: with git's words, or a sentence for a locked index.
        """
        try:
            asked = {**self._unarmed, **(variables or {})}
            return run([*_PLAIN, *arguments], self.top, data=data, variables=asked).stdout
        except GitError as error:
            raise locked_or(error) from error

    def succeeds(self, *arguments: str) -> bool:
        """Tell whether git ends well when run at the top with `arguments`; raises GitError where it can't be run."""
        every = tuple(range(-64, 256))
        ended = run([*_PLAIN, *arguments], self.top, accepted=every, variables=self._unarmed)
        return ended.returncode == 0

    def head(self) -> str:
        """Return the hash of the commit that is checked out; empty where there is none yet. Raises GitError."""
        ended = run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], self.top, accepted=(0, 1, 128))
        return ended.stdout.decode("ascii", "replace").strip() if ended.returncode == 0 else ""

    def branch(self) -> str:
        """Return the branch that is checked out, as in `State.branch`; empty where none is. Raises GitError."""
        ended = run(["symbolic-ref", "--quiet", "HEAD"], self.top, accepted=(0, 1, 128))
        return decoded(ended.stdout.removesuffix(b"\n")).removeprefix("refs/heads/")

    def empty_tree(self) -> str:
        """Return the hash of the tree without files: what a first commit is compared with. Raises GitError."""
        return self.git("hash-object", "-t", "tree", "--stdin", data=b"").decode().strip()

    def operation(self) -> str:
        """Return what is under way and not finished, as in `State.operation`; empty where nothing is."""
        found = self.git_dir
        if (found / "rebase-merge").is_dir():
            return "rebase"
        if (found / "rebase-apply").is_dir():
            return "am" if (found / "rebase-apply" / "applying").exists() else "rebase"
        for file, operation in (
            ("MERGE_HEAD", "merge"),
            ("CHERRY_PICK_HEAD", "cherry-pick"),
            ("REVERT_HEAD", "revert"),
        ):
            if (found / file).exists():
                return operation
        try:
            # Between two commits of a row there is only the list of what is left.
            todo = (found / "sequencer" / "todo").read_text("utf-8", "replace").lstrip()
        except OSError:
            return "bisect" if (found / "BISECT_LOG").exists() else ""
        return "revert" if todo.startswith("revert") else "cherry-pick"

    def state(self) -> State:
        """Return how things stand; raises GitError."""
        arguments = ["status", "--porcelain=v2", "--branch", "-z", "--untracked-files=no"]
        records = self.git(*arguments, "--ignore-submodules=all").split(b"\0")
        told = {
            name: decoded(value)
            for name, _blank, value in (
                record[2:].partition(b" ") for record in records if record[:2] == b"# "
            )
        }
        oid, branch = told.get(b"branch.oid", ""), told.get(b"branch.head", "")
        unborn, detached = oid == "(initial)", branch == "(detached)"
        counts = re.fullmatch(r"\+(\d+) -(\d+)", told.get(b"branch.ab", ""))
        ahead, behind = (int(counts[1]), int(counts[2])) if counts else (0, 0)
        upstream = told.get(b"branch.upstream", "")
        remotes = tuple(decoded(self.git("remote")).splitlines())
        pushed = bool(counts) and not ahead
        if remotes and not unborn and not pushed:
            pushed = bool(self.git("for-each-ref", "--count=1", "--contains=HEAD", "refs/remotes"))
        return State(
            branch="" if detached else branch,
            head="" if unborn else oid,
            detached=detached,
            unborn=unborn,
            operation=self.operation(),
            locked=self.index_lock.exists(),
            upstream=upstream,
            upstream_gone=bool(upstream) and not counts and not unborn,
            ahead=ahead,
            behind=behind,
            remotes=remotes,
            conflicts=sum(record[:2] == b"u " for record in records),
            head_pushed=pushed,
        )


def decoded(name: bytes) -> str:
    """Return a file's name, which may be any bytes, as Python's own functions for files take it."""
    return name.decode("utf-8", "surrogateescape")


def encoded(name: str) -> bytes:
    """Return the bytes of a name that `decoded` has made."""
    return name.encode("utf-8", "surrogateescape")


def lines_of_names(names: list[str]) -> bytes:
    """Return names as git takes many of them with `-z`."""
    return b"".join(encoded(name) + b"\0" for name in names)


def locked_or(error: GitError) -> GitError:
    """Return the error for a locked index where git's words in `error` say that it is, else `error`."""
    found = re.search(r"Unable to create '(.+?\.lock)': File exists", error.message)
    return GitError(locked(Path(found[1])), path=Path(found[1])) if found else error


def locked(lock: Path) -> str:
    """Return the sentence for a `lock` that another git has taken."""
    return _(
        "Another git works in this repository, or ended early: {lock} is there. "
        "Wait for it; if nothing runs, remove that file"
    ).format(lock=lock)


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


def _dubious(words: str, folder: Path) -> str:
    found = re.search(r"dubious ownership in repository at '(.+?)'", words)
    return _(
        "git refuses the repository {folder}, as it belongs to another user; if you trust it, run "
        "“git config --global --add safe.directory {folder}”"
    ).format(folder=found[1] if found else folder)
