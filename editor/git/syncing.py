"""Exchanging commits with the remote repository, by git and with the person's own credentials."""

import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from editor.errors import GitError
from editor.git.command import person_environment, plain_words
from editor.git.hooked import refusing_hook
from editor.git.repository import Repository, State, decoded, locked_or, under_way
from editor.git.running import run_aloud
from editor.translation import gettext as _

_NETWORK = re.compile(
    r"Could not resolve (?:host|proxy)|Failed to connect|Couldn't connect|Connection (?:timed out|refused|reset)"
    r"|Network is unreachable|No route to host|Operation timed out|Temporary failure in name resolution"
    r"|unable to connect|timed out",
    re.IGNORECASE,
)
_AUTHENTICATION = re.compile(
    r"Authentication failed|could not read (?:Username|Password)|terminal prompts disabled"
    r"|Permission (?:to .+ )?denied|Invalid username or|returned error: 40[13]|Access denied|HTTP Basic: Access",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"Repository not found|repository '.+' not found|does not appear to be a git repository|returned error: 404"
    r"|project you were looking for could not be found",
    re.IGNORECASE,
)
_REJECTED = re.compile(
    r"\((?:fetch first|non-fast-forward)\)|\[rejected\].*stale|tip of your current branch is behind"
)
_OVERWRITE = re.compile(
    r"(?:Your local changes to the following files|The following untracked working tree files) would be "
    r"(?:overwritten|removed) by (?:merge|checkout):\n((?:[ \t]+.*\n?)+)"
)


class SyncRefused(GitError):
    """Nothing was pushed or pulled.

    `reason` is `no-remote`, `no-upstream`, `other-name` (the push would change a branch of another name), `rejected`
    (the remote has commits that are not here: pull first), `diverged` (both sides have commits: a pull can't
    fast-forward), `unclean` (files are changed: the commits can't be joined), `conflicts` (they are joined as far as
    that goes: a merge is under way), `overwrite` (changed files are in the way), `authentication`, `network`, `hook`,
    `under-way`, `detached`, `unborn`, `cancelled` or `other`; `output` what git printed.
    """

    def __init__(self, message: str, reason: str, output: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.output = output


def push(
    repository: Repository,
    said: Callable[[str], None] = lambda _line: None,
    *,
    set_upstream: str = "",
    cancelled: Callable[[], bool] = lambda: False,
) -> str:
    """Push the branch that is checked out to where it belongs, never by force; return what git printed.

    With `set_upstream`, the name of a remote, a branch of the same name there, which ours follows from then on: only
    after the person was asked. `said` and `cancelled` are as those of `commit`. Raises SyncRefused.
    """
    state = _state(repository)
    branch = f"refs/heads/{state.branch}"
    if state.unborn:
        raise SyncRefused(_("There is no commit yet that could be pushed: make one first"), "unborn")
    if set_upstream:
        if set_upstream not in state.remotes:
            raise SyncRefused(_("There is no remote {name}").format(name=set_upstream), "no-remote")
        remote, target, options = set_upstream, branch, ["--set-upstream"]
    else:
        remote, target = _target(repository, branch)
        options = []
        if not remote or not target:
            raise SyncRefused(
                _(
                    "The branch {branch} follows no branch of a remote yet: push it to {remotes} for the first time"
                ).format(branch=state.branch, remotes=", ".join(state.remotes)),
                "no-upstream",
            )
    # Named in full, without a plus: neither the configuration nor a name can make it a forced push.
    arguments = ["push", "--progress", *options, "--", remote, f"{branch}:{target}"]
    return _run(repository, arguments, said, cancelled, remote)


def pull(
    repository: Repository,
    said: Callable[[str], None] = lambda _line: None,
    *,
    joins: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
) -> str:
    """Fetch what the branch follows and go forward to it (`--ff-only`); return what git printed.

    Neither merges nor rebases; changed files stay as they are. With `joins` it does merge where both sides have
    commits: only after the person was asked, and where nothing tracked is changed. Raises SyncRefused.
    """
    state = _state(repository)
    if state.operation:
        raise SyncRefused(under_way(state.operation), "under-way")
    remote, source = _followed(repository, f"refs/heads/{state.branch}")
    if not remote or not source:
        raise SyncRefused(
            _("The branch {branch} follows no branch of a remote: push it for the first time").format(
                branch=state.branch
            ),
            "no-upstream",
        )
    if joins and repository.git("status", "--porcelain", "-z", "--untracked-files=no"):
        raise SyncRefused(
            _(
                "Commit or discard what is changed here first, then pull again: only then the commits can be joined"
            ),
            "unclean",
        )
    fetched = _run(repository, ["fetch", "--progress", "--", remote, source], said, cancelled, remote)
    # Not to be cancelled: it takes a moment, and half of it would be neither the one state nor the other.
    way = ["--ff", "--no-edit", "--no-squash", "--commit"] if joins else ["--ff-only"]
    arguments = ["-c", "merge.autoStash=false", "merge", *way, "FETCH_HEAD"]
    merged = _run(repository, arguments, said, lambda: False, remote)
    return "\n".join(part for part in (fetched, merged) if part)


def _state(repository: Repository) -> State:
    try:
        state = repository.state()
    except GitError as error:
        raise SyncRefused(error.message, "other") from error
    if not state.remotes:
        raise SyncRefused(
            _("The repository has no remote: “git remote add origin ADDRESS” names one"), "no-remote"
        )
    if state.detached:
        raise SyncRefused(
            _("No branch is checked out: check one out with “git switch NAME”, then push or pull"), "detached"
        )
    return state


def _followed(repository: Repository, branch: str) -> tuple[str, str]:
    """Return the remote and the branch there that `branch` follows; empty where it follows none."""
    name = branch.removeprefix("refs/heads/")
    remote = _configured(repository, f"branch.{name}.remote")
    return remote, _configured(repository, f"branch.{name}.merge")


def _target(repository: Repository, branch: str) -> tuple[str, str]:
    """Return the remote and the branch there that `branch` is pushed to; empty where that is not settled.

    Raises SyncRefused where it follows a branch of another name, as a draft's does that was begun from the published
    one, and nobody has said that it is pushed there. Source: git-config(1), `push.default`.
    """
    followed, merged = _followed(repository, branch)
    name = branch.removeprefix("refs/heads/")
    remote = (
        _configured(repository, f"branch.{name}.pushRemote")
        or _configured(repository, "remote.pushDefault")
        or followed
    )
    wanted = _configured(repository, "push.default")
    if remote and (remote != followed or wanted == "current"):
        # One fetches from there and pushes to here: the branch has its own name here.
        return remote, branch
    if merged not in ("", branch) and wanted not in ("upstream", "tracking"):
        other = merged.removeprefix("refs/heads/")
        raise SyncRefused(
            _(
                "The branch {branch} follows {other} of {remote}, and a push would change that one: "
                "“git push {remote} HEAD:{other}” does it, “git config push.default upstream” from now on"
            ).format(branch=name, other=other, remote=remote),
            "other-name",
        )
    return remote, merged


def _configured(repository: Repository, name: str) -> str:
    if not repository.succeeds("config", "--get", name):
        return ""
    return decoded(repository.git("config", "--get", name).removesuffix(b"\n"))


def _run(
    repository: Repository,
    arguments: Sequence[str],
    said: Callable[[str], None],
    cancelled: Callable[[], bool],
    remote: str,
) -> str:
    plain = ["-c", "core.quotePath=false", "-c", "advice.diverging=true"]
    with tempfile.TemporaryDirectory(prefix="copydesk-sync-", ignore_cleanup_errors=True) as name:
        trace = Path(name) / "trace"
        variables = {**person_environment(), "GIT_TRACE2_EVENT": str(trace)}
        try:
            ended = run_aloud([*plain, *arguments], repository.top, variables, said, cancelled)
        except GitError as error:
            raise SyncRefused(error.message, "other") from error
        if ended.status is None:
            raise SyncRefused(_("Cancelled: nothing more is sent or fetched"), "cancelled", ended.output)
        if ended.status != 0:
            hook = refusing_hook(trace)
            raise _by_hook(hook, ended.output) if hook else _refused(ended.output, remote)
    return ended.output


def _by_hook(hook: str, output: str) -> SyncRefused:
    sentence = _("The hook {hook} refused it: what it printed says why").format(hook=hook)
    return SyncRefused(sentence, "hook", output)


def _refused(output: str, remote: str) -> SyncRefused:
    words = plain_words(output)
    lock = locked_or(GitError(words))
    if lock.path is not None:
        return SyncRefused(lock.message, "other", output)
    if _REJECTED.search(output):
        sentence = _("{remote} has commits that are not here: pull first, then push").format(remote=remote)
        return SyncRefused(sentence, "rejected", output)
    if "Not possible to fast-forward" in output or "Diverging branches" in output:
        sentence = _(
            "Here and in {remote} are commits that the other has not: "
            "they have to be joined, by a merge (“git pull --no-rebase”) or with “git pull --rebase”"
        ).format(remote=remote)
        return SyncRefused(sentence, "diverged", output)
    if "Automatic merge failed" in output:
        sentence = _(
            "Here and in {remote} the same lines were changed: open the files with a conflict, settle them and "
            "save them, then commit"
        ).format(remote=remote)
        return SyncRefused(sentence, "conflicts", output)
    if overwritten := _OVERWRITE.search(output):
        files = ", ".join(line.strip() for line in overwritten[1].splitlines())
        sentence = _("The pull would overwrite what is changed here: commit or discard {files} first").format(
            files=files
        )
        return SyncRefused(sentence, "overwrite", output)
    if "Host key verification failed" in output:
        sentence = _(
            "The server of {remote} is not known yet: run “git fetch {remote}” once in a terminal, and accept its key"
        ).format(remote=remote)
        return SyncRefused(sentence, "authentication", output)
    if _NETWORK.search(output):
        sentence = _("{remote} can't be reached: look whether the network is there, and try again").format(
            remote=remote
        )
        return SyncRefused(sentence, "network", output)
    if _MISSING.search(output):
        sentence = _(
            "{remote} has no such repository, or you may not see it: “git remote -v” shows the address"
        ).format(remote=remote)
        return SyncRefused(sentence, "other", output)
    if _AUTHENTICATION.search(output):
        sentence = _(
            "{remote} did not accept who you are: run “git fetch {remote}” once in a terminal, "
            "so that your credential helper or ssh agent knows you"
        ).format(remote=remote)
        return SyncRefused(sentence, "authentication", output)
    if "[remote rejected]" in output:
        sentence = _("{remote} refused the commits: what it said says why").format(remote=remote)
        return SyncRefused(sentence, "hook", output)
    return SyncRefused(_("git refused: {reason}").format(reason=words), "other", output)
