"""Why git made no commit, in one sentence."""

import re
from dataclasses import dataclass

from editor.errors import GitError
from editor.git.command import plain_words
from editor.git.repository import Repository, locked_or
from editor.translation import gettext as _


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


def why(repository: Repository, output: str, hook: str) -> str:
    """Return the sentence for a `git commit` that has failed after printing `output`; `hook` is the one that did."""
    words = plain_words(output)
    if hook:
        return _("The hook {hook} refused the commit: what it printed says why").format(hook=hook)
    lock = locked_or(GitError(words))
    if lock.path is not None:
        return lock.message
    if _unsigned(repository, words):
        return _(
            "The commit can't be signed, so it was not made: see what was printed, "
            "and check “git config gpg.program” and “git config user.signingKey”"
        )
    if "empty commit message" in words:
        return without_message()
    if "make it empty" in words:
        return _("Without these changes the last commit would be empty: “git reset HEAD^” takes it back")
    if "nothing to commit" in words or "nothing added to commit" in words:
        return without_change()
    return _("git refused the commit: {reason}").format(reason=words)


def _unsigned(repository: Repository, words: str) -> bool:
    if re.search(r"failed to sign|cannot run gpg", words):
        return True
    # With ssh and x509 each program complains in its own words, and git ends them with these.
    of_the_disk = re.search(r"permission|No space|unable to write|Read-only", words)
    return (
        "failed to write commit object" in words
        and not of_the_disk
        and repository.succeeds("config", "--type=bool", "--get", "commit.gpgSign")
    )


def without_message() -> str:
    """Return the sentence for a commit without a message."""
    return _("A commit needs a message: write what it changes")


def without_change() -> str:
    """Return the sentence for a commit that would change nothing."""
    return _("There is nothing to commit: what was chosen is as the last commit has it")


def without_identity(repository: Repository, *, amend: bool) -> str:
    """Return the sentence for a person that git has no name and address of; empty where it has. Raises GitError."""
    asked = ["GIT_COMMITTER_IDENT"] if amend else ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"]
    if all(repository.succeeds("var", name) for name in asked):
        return ""
    return _(
        "git does not know who you are: run “git config --global user.name "
        '"YOUR NAME"” and “git config --global user.email YOU@EXAMPLE.ORG”, and commit again'
    )
