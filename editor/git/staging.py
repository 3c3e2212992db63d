"""The repository's index around a commit: kept for a refusal, and brought up to date after it."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from editor.errors import GitError
from editor.git.command import run
from editor.git.contents import Entry, entries_in_index, entry_at
from editor.git.picking import Pick, index_info
from editor.git.repository import Repository, decoded
from editor.translation import gettext as _

_PATIENCE_SECONDS = 5.0
"""How long to wait for another git's lock once the commit is made."""
_LOOK_SECONDS = 0.05
_EMPTY_FILE = b""


class KeptIndex:
    """What is staged as it was before a commit."""

    def __init__(self, repository: Repository, picks: Sequence[Pick]) -> None:
        """Remember the index, and what it has of the `picks`; raises GitError."""
        self._repository = repository
        self._index = repository.git_dir / "index"
        self._content = self._read()
        head = repository.head()
        self.paths = [*dict.fromkeys(name for pick in picks for name in (pick.path, pick.source) if name)]
        """The paths that the picks are of."""
        self.divided: dict[str, tuple[Entry | None, Entry | None]] = {
            pick.path: (entry_at(repository, "HEAD", pick.path) if head else None, self._staged(pick.path))
            for pick in picks
            if pick.content is not None and not pick.source
        }
        """Of those committed in part: what the last commit had, and what was staged."""

    @classmethod
    def of(
        cls,
        repository: Repository,
        paths: Sequence[str],
        divided: dict[str, tuple[Entry | None, Entry | None]],
    ) -> "KeptIndex":
        """Return one that stands for what another one had of picks of `paths`; raises GitError."""
        kept = cls(repository, [])
        kept.paths, kept.divided = list(paths), divided
        return kept

    def restore(self) -> None:
        """Have the index byte by byte as it was, where a hook has changed it; raises GitError where it is locked."""
        if self._read() == self._content:
            return
        lock = self._repository.index_lock
        until = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                with lock.open("xb") as stream:
                    stream.write(self._content or _EMPTY_FILE)
                break
            except FileExistsError as error:
                if time.monotonic() > until:
                    raise GitError(str(error)) from error
                time.sleep(_LOOK_SECONDS)
        if self._content is None:
            self._index.unlink(missing_ok=True)
            lock.unlink()
            return
        with contextlib.suppress(OSError):
            shutil.copymode(self._index, lock)
        lock.replace(self._index)

    def renew(self, paths: Sequence[str]) -> None:
        """Have what the last commit has of `paths`, and what was staged of them beside; all else stays as it is.

        Raises GitError, also where another git has the index for long.
        """
        committed = _at_head(self._repository, set(paths))
        entries = [(path, self._beside(path, committed.get(path))) for path in paths]
        lines = index_info(entries, like=self._repository.head())
        lock = self._repository.index_lock
        until = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                self._repository.git("update-index", "-z", "--index-info", data=lines)
                break
            except GitError as error:
                # That it was locked, not that it is: the other may have ended by now.
                if error.path is None or error.path.name != lock.name or time.monotonic() > until:
                    raise
                time.sleep(_LOOK_SECONDS)
        # What git knows of the files' time stamps, so that it need not read them again and again.
        self._repository.succeeds("update-index", "-q", "--refresh")

    def _read(self) -> bytes | None:
        try:
            return self._index.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise GitError(_("The index can't be read: {reason}").format(reason=error.strerror)) from error

    def _staged(self, path: str) -> Entry | None:
        return entries_in_index(self._repository, path).get(0)

    def _beside(self, path: str, committed: Entry | None) -> Entry | None:
        """Return what is to be staged of a file that was committed in part: what was staged and is not committed."""
        before, staged = self.divided.get(path, (None, None))
        if committed is None or before is None or staged is None or staged in {before, committed}:
            return committed
        if not all(entry.mode.startswith("100") for entry in (before, staged, committed)):
            return committed
        merged = self._merged(before, staged, committed)
        return committed if merged is None else Entry(committed.mode, merged)

    def _merged(self, before: Entry, staged: Entry, committed: Entry) -> str | None:
        """Store the committed content with what else was staged, if the two go together; return its hash."""
        git = self._repository.git
        with tempfile.TemporaryDirectory(prefix="copydesk-staged-") as name:
            for file, entry in (("staged", staged), ("before", before), ("committed", committed)):
                (Path(name) / file).write_bytes(git("cat-file", "blob", entry.hash))
            files = [os.path.join(name, file) for file in ("staged", "before", "committed")]  # noqa: PTH118
            ended = run(["merge-file", "-p", "-q", *files], accepted=tuple(range(256)))
        if ended.returncode != 0:
            return None
        return git("hash-object", "-w", "--stdin", data=ended.stdout).decode("ascii").strip()


def changed_between(repository: Repository, before: str, after: str) -> list[str]:
    """Return the paths that differ between two commits or trees; raises GitError."""
    listed = repository.git("diff-tree", "-r", "-z", "--name-only", "--no-renames", before, after)
    return [decoded(name) for name in listed.split(b"\0") if name]


def _at_head(repository: Repository, paths: set[str]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for record in repository.git("ls-tree", "-r", "-z", "--full-tree", "HEAD").split(b"\0"):
        told, _tab, name = record.partition(b"\t")
        if record and (path := decoded(name)) in paths:
            mode, _kind, identity = told.decode("ascii").split()
            found[path] = Entry(mode, identity)
    return found
