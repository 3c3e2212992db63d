"""How git is called: its own command, with plain answers and no questions."""

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from editor.errors import GitError
from editor.translation import gettext as _

_OF_A_REPOSITORY = frozenset(
    """
    GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_CONFIG GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS GIT_DIR
    GIT_GRAFT_FILE GIT_IMPLICIT_WORK_TREE GIT_INDEX_FILE GIT_INTERNAL_SUPER_PREFIX GIT_NO_REPLACE_OBJECTS
    GIT_OBJECT_DIRECTORY GIT_PREFIX GIT_REPLACE_REF_BASE GIT_SHALLOW_FILE GIT_WORK_TREE
    """.split()  # noqa: SIM905
)
"""What names another repository than the one of the folder, as in a hook: `git rev-parse --local-env-vars`."""

_SECONDS = 60.0


def git_path() -> str | None:
    """Return the git command, or None where there is none."""
    return shutil.which("git")


def installed_git() -> str:
    """Return the git command; raises GitError where there is none."""
    command = git_path()
    if command is None:
        raise GitError(_("The git command is not installed: install git, and start Copydesk again"))
    return command


def environment() -> dict[str, str]:
    """Return the environment that git is called in.

    Without what points to another repository (a hook that starts us has such variables), in English, and with
    no lock taken and no question asked where it is only read.
    """
    plain = {"LC_ALL": "C.UTF-8", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat"}
    return {**_without_repository(), **plain}


def person_environment() -> dict[str, str]:
    """Return the environment for what runs programs of the person's: hooks, signing, credential helpers, ssh.

    It is the person's own, with its language and its ways to ask (SSH_ASKPASS, GIT_ASKPASS, the agents), without
    what points to another repository. Only git itself speaks English, and asks nothing in a terminal, where nobody
    would see it.
    """
    # Of all that names a language, gettext heeds LANGUAGE first; it does not change the encoding, or a date.
    return {**_without_repository(), "LANGUAGE": "en", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat"}


def _without_repository() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _OF_A_REPOSITORY}


def run(
    arguments: Sequence[str],
    folder: Path | None = None,
    *,
    data: bytes | None = None,
    accepted: tuple[int, ...] = (0,),
    seconds: float = _SECONDS,
    variables: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run git with `arguments` in `folder` and return how it ended, with what it printed.

    `data` goes to its standard input, `accepted` are the exits that are no failure, `seconds` is how long it may
    take, `variables` are set in its environment. Raises GitError with git's own words.
    """
    command = installed_git()
    try:
        process = subprocess.Popen(
            [command, *arguments],
            cwd=folder,
            env={**environment(), **(variables or {})},
            stdin=subprocess.DEVNULL if data is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # What git starts, as filters, is to end with it; and there is no terminal that they could ask in.
            start_new_session=os.name != "nt",
        )
    except (OSError, ValueError) as error:
        raise GitError(_("git can't be run: {reason}").format(reason=error)) from error
    try:
        output, errors = process.communicate(data, timeout=seconds)
    except BaseException as error:
        _kill(process)
        if not isinstance(error, subprocess.TimeoutExpired):
            raise
        raise GitError(
            _("git did not answer within {seconds} seconds").format(seconds=round(seconds))
        ) from error
    ended = subprocess.CompletedProcess(command, process.returncode, output, errors)
    if ended.returncode not in accepted:
        raise GitError(said(ended))
    return ended


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it has started."""
    if os.name == "nt":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def said(ended: subprocess.CompletedProcess[bytes]) -> str:
    """Return what git said of its failure, in one line."""
    words = plain_words((ended.stderr or ended.stdout).decode("utf-8", "replace"))
    return words or _("git ended with the status {status}").format(status=ended.returncode)


def plain_words(output: str) -> str:
    """Return what git printed in one line, without what it begins its complaints with."""
    told = [
        line.removeprefix("fatal: ").removeprefix("error: ").strip() for line in output.strip().splitlines()
    ]
    return " ".join(line for line in told if line)
