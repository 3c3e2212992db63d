"""Making a commit of exactly what was chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from editor.errors import GitError
from editor.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Pick:
    """What of a file goes into a commit."""

    path: str
    """From the top of the repository, as in `Change.path`."""
    content: bytes | None = None
    """What is to be committed, in the form that the work tree has (`Sides`, `with_hunks`); None: the file as it is in
    the work tree at that moment, and its deletion where it is gone."""
    source: str = ""
    """The old name, of what is renamed: it is gone in the commit."""


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


@dataclass(frozen=True, slots=True)
class HookChange:
    """What a hook made of a file in the work tree before the commit was refused."""

    path: str
    before: bytes | None
    """None: there was no file."""
    after: bytes | None
    put_back: bool
    """Whether the file is now as it was `before`."""


class CommitRefused(GitError):
    """No commit was made, and the index is as it was, byte by byte.

    `output` is what git and the hooks printed; `hook` the name of the hook that refused, if one did; `cancelled`
    whether the person did; `changed` what hooks made of files: the window can offer to take it over
    (`take_hook_changes`), as it is what formatting hooks want.
    """

    def __init__(
        self,
        message: str,
        output: str = "",
        *,
        hook: str = "",
        cancelled: bool = False,
        changed: tuple[HookChange, ...] = (),
    ) -> None:
        super().__init__(message)
        self.output = output
        self.hook = hook
        self.cancelled = cancelled
        self.changed = changed


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
    raise CommitRefused("")


def take_hook_changes(repository: Repository, refused: CommitRefused) -> tuple[str, ...]:
    """Write what hooks made of files before they refused into the work tree again; return the paths.

    A file that is no longer as it was `before` is left alone. Raises GitError where one can't be written.
    """
    return ()


def message_template(repository: Repository) -> str:
    """Return what a commit message starts as: of a merge under way its message, else of `commit.template`.

    Without comment lines; empty where there is neither. Raises GitError.
    """
    return ""


def last_message(repository: Repository) -> str:
    """Return the message of the last commit, for amending it; empty where there is none. Raises GitError."""
    return ""
