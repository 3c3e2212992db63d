"""Making a commit of exactly what was chosen.

The commit is made by `git commit` from an index of our own (GIT_INDEX_FILE, as `git commit --only` does it), so that
the repository's index, with what is staged beside, is only touched once the commit is there. What a crash leaves
behind is a folder in git's own, and a note in it of what is left to be done (interrupted.py).
"""

import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.errors import GitError
from editor.git.changes import changes
from editor.git.command import person_environment
from editor.git.contents import in_work_tree
from editor.git.hooked import KeptFiles, has_hooks, refusing_hook, take_hook_changes
from editor.git.interrupted import finish_interrupted, noted
from editor.git.picking import Pick, PickedIndex
from editor.git.refusal import (
    CommitRefused,
    HookChange,
    why,
    without_change,
    without_identity,
    without_message,
)
from editor.git.repository import Repository, conflicts_left, decoded, locked, under_way
from editor.git.running import run_aloud
from editor.git.staging import KeptIndex, changed_between
from editor.translation import gettext as _

__all__ = [
    "CommitRefused",
    "Committed",
    "HookChange",
    "Pick",
    "commit",
    "last_message",
    "message_template",
    "repair",
    "take_hook_changes",
]

_WHOLE = frozenset({"merge", "cherry-pick", "revert"})
"""What a commit of all that is staged finishes."""
_FOLDER = "copydesk-commit-"
_STALE_SECONDS = 86_400.0
_LONGEST_MESSAGE = 1_000_000
"""Bytes: a template that is longer, or a device or pipe without an end, is none."""
_CONFLICT = re.compile(rb"^<<<<<<< .*^=======\r?$.*^>>>>>>> ", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Committed:
    """A commit that was made."""

    hash: str
    output: str
    """What git, its hooks and the signing printed."""
    paths: tuple[str, ...] = ()
    """What is in the commit: the files that it changes."""
    by_hooks: tuple[str, ...] = ()
    """Those that hooks have changed or added: the work tree or the commit has other bytes than were picked."""
    warning: str = ""
    """A sentence on what did not go smoothly though the commit is made; empty as a rule."""


def commit(
    repository: Repository,
    message: str,
    picks: Sequence[Pick],
    *,
    amend: bool = False,
    whole: bool = False,
    said: Callable[[str], None] = lambda _line: None,
    cancelled: Callable[[], bool] = lambda: False,
    put_back: Callable[[str], bool] = lambda _path: True,
) -> Committed:
    """Make one commit of exactly `picks`; what else is staged stays staged and is not in it.

    The repository's hooks and signing run, in the person's environment; what they print goes to `said` line by line
    (in another thread), and `cancelled`, asked many times a second, ends them. With `amend` the last commit is
    replaced by one with the picks too; no picks: only its message is.
    A merge, cherry-pick or revert under way can only be committed as a whole: `whole` takes all that is staged besides
    the picks, which are the settled files, and finishes it.

    Raises CommitRefused where no commit was made: the index is then as it was. Files that a hook changed before it
    refused are put back as they were, if `put_back`, asked for each path, allows (not for one saved meanwhile).
    """
    repository = repository.as_asked()
    try:
        _check(repository, message, amend=amend, whole=whole)
        finish_interrupted(repository, _FOLDER)
        _clear(repository)
        with tempfile.TemporaryDirectory(
            prefix=_FOLDER, dir=repository.git_dir, ignore_cleanup_errors=True
        ) as name:
            attempt = _Attempt(repository, Path(name), picks, amend=amend, whole=whole)
            return attempt.make(message, said, cancelled, put_back)
    except CommitRefused:
        raise
    except GitError as error:
        raise CommitRefused(error.message) from error
    except OSError as error:
        raise CommitRefused(_("The commit can't be made: {reason}").format(reason=error)) from error


def repair(repository: Repository) -> bool:
    """Bring the index up to date after a commit whose maker was killed; return whether there was such a one.

    To be called before a repository is looked at. Raises GitError where git is not there.
    """
    return finish_interrupted(repository, _FOLDER)


def message_template(repository: Repository) -> str:
    """Return what a commit message starts as: of a merge under way its message, else of `commit.template`.

    Without comment lines; empty where there is neither. Raises GitError.
    """
    sign = _configured(repository, "core.commentChar")
    sign = "#" if sign in ("", "auto") else sign
    files = [repository.git_dir / "MERGE_MSG", repository.git_dir / "SQUASH_MSG"]
    if template := _configured(repository, "commit.template", "--type=path"):
        files.append(repository.top / template)
    for file in files:
        text = _read_message(file)
        if text is None:
            continue
        lines = [line for line in text.splitlines() if not line.startswith(sign)]
        return "\n".join(lines).strip("\n")
    return ""


def _read_message(file: Path) -> str | None:
    """Return what a file that the repository names holds; None where it is no file, or none of a message's size."""
    try:
        told = file.stat()
        if not stat.S_ISREG(told.st_mode) or told.st_size > _LONGEST_MESSAGE:
            return None
        return file.read_bytes().decode("utf-8", "replace")
    except (OSError, ValueError):
        return None


def last_message(repository: Repository) -> str:
    """Return the message of the last commit, for amending it; empty where there is none. Raises GitError."""
    if not repository.head():
        return ""
    arguments = ["log", "-1", "--format=%B", "--encoding=UTF-8", "--no-show-signature", "--no-color"]
    return repository.git(*arguments).decode("utf-8", "replace").strip("\n")


class _Attempt:
    """One commit, from its own index to the end."""

    def __init__(
        self, repository: Repository, folder: Path, picks: Sequence[Pick], *, amend: bool, whole: bool
    ) -> None:
        self._repository = repository
        self._folder = folder
        self._picks = picks
        self._amend = amend
        self._head = repository.head()
        self._staged = KeptIndex(repository, picks)
        self._index = PickedIndex(repository, folder / "index")
        self._index.copy()
        self._check_conflicts()
        if not whole:
            self._index.read_head()
        self._index.take(picks)
        self._tree = self._index.tree()
        if not amend and not whole and self._tree == self._tree_of("HEAD"):
            raise CommitRefused(without_change())

    def make(
        self,
        message: str,
        said: Callable[[str], None],
        cancelled: Callable[[], bool],
        put_back: Callable[[str], bool],
    ) -> Committed:
        """Let git make the commit; raises CommitRefused, and GitError where git can't be run."""
        written, trace = self._folder / "message", self._folder / "trace"
        written.write_bytes(message.encode("utf-8", "replace"))
        files = self._files()
        arguments = ["-c", "i18n.commitEncoding=UTF-8", "commit", "--cleanup=whitespace", "-F", str(written)]
        arguments += ["--amend"] if self._amend else []
        variables = {"GIT_INDEX_FILE": str(self._index.file), "GIT_TRACE2_EVENT": str(trace)}
        if self._repository.head() != self._head:
            # Upon another commit, the picks put upon the former one would take back what that has changed.
            raise CommitRefused(
                _("Another commit was made meanwhile: look at what has changed again, then commit")
            )
        with noted(self._repository, self._folder, self._head, self._tree, self._staged):
            ended = run_aloud(
                arguments, self._repository.top, {**person_environment(), **variables}, said, cancelled
            )
            made = self._made(ended.status)
            if made:
                return self._finished(made, ended.output, files, smoothly=ended.status == 0)
        hook = "" if ended.status is None else refusing_hook(trace)
        changed = files.put_back(put_back)
        sentence = (
            _("The commit was cancelled: nothing is committed")
            if ended.status is None
            else why(self._repository, ended.output, hook)
        )
        try:
            self._staged.restore()
        except (GitError, OSError) as error:
            sentence = _("{sentence}; and the index can't be put back: {reason}").format(
                sentence=sentence, reason=error
            )
        raise CommitRefused(
            sentence, ended.output, hook=hook, cancelled=ended.status is None, changed=changed
        )

    def _check_conflicts(self) -> None:
        unmerged = self._index.conflicts()
        picked = {pick.path for pick in self._picks}
        if left := unmerged - picked:
            raise CommitRefused(conflicts_left(len(left)))
        for pick in self._picks:
            if pick.path not in unmerged:
                continue
            content = (
                pick.content if pick.content is not None else in_work_tree(self._repository, pick.path)[0]
            )
            if content is not None and _CONFLICT.search(content):
                raise CommitRefused(
                    _("{path} still has the marks of a conflict: settle it first, then commit").format(
                        path=pick.path
                    )
                )

    def _files(self) -> KeptFiles:
        """Keep what hooks may change: what is committed, and what they put aside to look at that alone."""
        paths: list[str] = []
        if has_hooks(self._repository):
            paths = [pick.path for pick in self._picks]
            paths += [
                change.path
                for change in changes(self._repository)
                if change.unstaged and change.kind != "untracked" and not change.submodule
            ]
        return KeptFiles(self._repository, paths, self._folder / "files")

    def _tree_of(self, revision: str) -> str:
        if not self._head:
            return self._repository.empty_tree()
        return self._repository.git("rev-parse", f"{revision}^{{tree}}").decode("ascii").strip()

    def _made(self, status: int | None) -> str:
        """Return the commit that was made, also where git was ended or failed after it; empty where none was."""
        head = self._repository.head()
        if status == 0:
            return head
        if head == self._head:
            return ""
        tree = self._repository.git("rev-parse", f"{head}^{{tree}}").decode("ascii").strip()
        return head if tree == self._index.tree() else ""

    def _finished(self, made: str, output: str, files: KeptFiles, *, smoothly: bool) -> Committed:
        git = self._repository
        warning = "" if smoothly else _("The commit is made, but what followed it failed or was cancelled")
        parent = f"{made}^1" if git.succeeds("rev-parse", "--verify", "-q", f"{made}^1") else git.empty_tree()
        by_hooks = changed_between(git, self._tree, made)
        try:
            self._staged.renew([*dict.fromkeys([*self._staged.paths, *by_hooks])])
        except GitError as error:
            warning = _(
                "The commit is made, but the index could not be brought up to date, which “git reset” does: {reason}"
            ).format(reason=error.message)
        return Committed(
            hash=made,
            output=output,
            paths=tuple(changed_between(git, parent, made)),
            by_hooks=tuple(sorted({*by_hooks, *files.changed()})),
            warning=warning,
        )


def _check(repository: Repository, message: str, *, amend: bool, whole: bool) -> None:
    """Raise CommitRefused for what can be said before anything is tried."""
    if not message.strip():
        raise CommitRefused(without_message())
    if repository.index_lock.exists():
        raise CommitRefused(locked(repository.index_lock))
    operation = repository.operation()
    if operation and (amend or not (whole and operation in _WHOLE)):
        raise CommitRefused(under_way(operation))
    if amend and not repository.head():
        raise CommitRefused(_("There is no commit yet that could be amended: make the first one"))
    if sentence := without_identity(repository, amend=amend):
        raise CommitRefused(sentence)


def _clear(repository: Repository) -> None:
    """Remove what a crash has left behind, once nobody can be using it any more."""
    for folder in repository.git_dir.glob(f"{_FOLDER}*"):
        if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _configured(repository: Repository, name: str, *options: str) -> str:
    if not repository.succeeds("config", *options, "--get", name):
        return ""
    return decoded(repository.git("config", *options, "--get", name).removesuffix(b"\n"))
