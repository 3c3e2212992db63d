"""How git is called: its own command, with plain answers and no questions."""

import os
import shutil
import subprocess
from collections.abc import Sequence
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


def environment() -> dict[str, str]:
    """Return the environment that git is called in.

    Without what points to another repository (a hook that starts us has such variables), in English, and with
    no lock taken and no question asked where it is only read.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_REPOSITORY}
    plain = {"LC_ALL": "C.UTF-8", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat"}
    return {**kept, **plain}


def run(
    arguments: Sequence[str],
    folder: Path | None = None,
    *,
    data: bytes | None = None,
    accepted: tuple[int, ...] = (0,),
    seconds: float = _SECONDS,
) -> subprocess.CompletedProcess[bytes]:
    """Run git with `arguments` in `folder` and return how it ended, with what it printed.

    `data` goes to its standard input, `accepted` are the exits that are no failure, `seconds` is how long it may take.
    Raises GitError with git's own words.
    """
    command = git_path()
    if command is None:
        raise GitError(_("The git command is not installed: install git, and start Copydesk again"))
    try:
        ended = subprocess.run(
            [command, *arguments],
            cwd=folder,
            env=environment(),
            input=data,
            stdin=subprocess.DEVNULL if data is None else None,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GitError(
            _("git did not answer within {seconds} seconds").format(seconds=round(seconds))
        ) from error
    except (OSError, ValueError) as error:
        raise GitError(_("git can't be run: {reason}").format(reason=error)) from error
    if ended.returncode not in accepted:
        raise GitError(said(ended))
    return ended


def said(ended: subprocess.CompletedProcess[bytes]) -> str:
    """Return what git said of its failure, in one line."""
    words = (ended.stderr or ended.stdout).decode("utf-8", "replace").strip().splitlines()
    told = [line.removeprefix("fatal: ").removeprefix("error: ").strip() for line in words]
    return " ".join(line for line in told if line) or _("git ended with the status {status}").format(
        status=ended.returncode
    )
