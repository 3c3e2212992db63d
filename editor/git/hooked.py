"""What the hooks of a repository do to a commit: which of them refuses, and what they make of files."""

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from editor.errors import GitError
from editor.git.contents import in_work_tree
from editor.git.refusal import CommitRefused, HookChange
from editor.git.repository import Repository, decoded
from editor.translation import gettext as _

_REFUSING = frozenset(
    {
        "pre-commit",
        "pre-merge-commit",
        "prepare-commit-msg",
        "commit-msg",
        "reference-transaction",
        "pre-push",
    }
)
"""The hooks that end what they are asked of when they fail (githooks(5)); of the others git heeds no exit."""


def has_hooks(repository: Repository) -> bool:
    """Tell whether anything may run when a commit is made; raises GitError."""
    named = decoded(repository.git("rev-parse", "--git-path", "hooks").removesuffix(b"\n"))
    with contextlib.suppress(OSError):
        if any(not file.name.endswith(".sample") for file in (repository.top / named).iterdir()):
            return True
    return repository.succeeds("config", "--get-regexp", r"^hook\.")


def refusing_hook(trace: Path) -> str:
    """Return the hook that failed in the run of git that wrote `trace`; empty where none did.

    Source: git's api-trace2, the event format; runs of git inside of hooks write there too.
    """
    started: dict[int, str] = {}
    failed = ""
    with contextlib.suppress(OSError), trace.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            with contextlib.suppress(ValueError, KeyError):
                event = json.loads(line)
                if "/" in event["sid"]:
                    continue
                if event["event"] == "child_start" and event["hook_name"] in _REFUSING:
                    started[event["child_id"]] = event["hook_name"]
                elif event["event"] == "child_exit" and event["code"] != 0:
                    failed = started.get(event["child_id"], failed)
    return failed


@dataclass(frozen=True, slots=True)
class _Copy:
    path: str
    file: Path
    """The copy; not there where there was no file."""
    known: tuple[int, ...]


class KeptFiles:
    """Files of the work tree as they were before hooks ran."""

    def __init__(self, repository: Repository, paths: Iterable[str], folder: Path) -> None:
        """Copy the files at `paths` into `folder`, which is made; raises GitError where one can't be read."""
        self._repository = repository
        self._copies: list[_Copy] = []
        try:
            folder.mkdir()
            for number, path in enumerate(dict.fromkeys(paths)):
                file = repository.path(path)
                copy = folder / str(number)
                if file.is_symlink() or file.is_file():
                    shutil.copy2(file, copy, follow_symlinks=False)
                elif file.exists():
                    continue  # a submodule: its files are its own business
                self._copies.append(_Copy(path, copy, _known(file)))
        except OSError as error:
            raise GitError(_("A file can't be kept safe: {reason}").format(reason=error)) from error

    def changed(self) -> list[str]:
        """Return the paths whose files are not as they were."""
        return [copy.path for copy in self._changed()]

    def put_back(self, allowed: Callable[[str], bool]) -> tuple[HookChange, ...]:
        """Make the changed files as they were where that is `allowed`, and return what had become of them."""
        found: list[HookChange] = []
        for copy in self._changed():
            before, after = _bytes(copy.file), _bytes(self._repository.path(copy.path))
            done = allowed(copy.path) and self._restore(copy)
            found.append(HookChange(copy.path, before, after, done))
        return tuple(found)

    def _changed(self) -> list[_Copy]:
        return [
            copy
            for copy in self._copies
            if _known(file := self._repository.path(copy.path)) != copy.known and not _same(copy.file, file)
        ]

    def _restore(self, copy: _Copy) -> bool:
        file = self._repository.path(copy.path)
        beside = file.with_name(f".copydesk-{os.getpid()}-{copy.file.name}")
        try:
            if not os.path.lexists(copy.file):
                file.unlink()
                return True
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(copy.file, beside, follow_symlinks=False)
            beside.replace(file)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()
            return False
        return True


def take_hook_changes(repository: Repository, refused: CommitRefused) -> tuple[str, ...]:
    """Write what hooks made of files before they refused into the work tree again; return the paths.

    A file that is no longer as it was `before` is left alone. Raises GitError where one can't be written.
    """
    taken: list[str] = []
    for change in refused.changed:
        now, is_link = in_work_tree(repository, change.path)
        if not change.put_back or now != change.before or is_link:
            continue
        file = repository.path(change.path)
        try:
            if change.after is None:
                file.unlink()
            else:
                _replace(file, change.after)
        except OSError as error:
            raise GitError(
                _("{path} can't be written: {reason}").format(path=change.path, reason=error.strerror)
            ) from error
        taken.append(change.path)
    return tuple(taken)


def _replace(file: Path, content: bytes) -> None:
    """Write `content` beside `file`, with its mode, and into its place then: it is never half written."""
    beside = file.with_name(f".copydesk-{os.getpid()}-taken")
    try:
        with beside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if file.exists():
            shutil.copymode(file, beside)
        beside.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _known(file: Path) -> tuple[int, ...]:
    try:
        found = file.lstat()
    except OSError:
        return ()
    return found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns


def _same(copy: Path, file: Path) -> bool:
    there, now = os.path.lexists(copy), os.path.lexists(file)
    if not there or not now:
        return there == now
    return copy.lstat().st_mode == file.lstat().st_mode and _bytes(copy) == _bytes(file)


def _bytes(file: Path) -> bytes | None:
    try:
        if file.is_symlink():
            return os.fsencode(file.readlink())
        return file.read_bytes()
    except OSError:
        return None
