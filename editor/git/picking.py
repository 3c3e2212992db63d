"""An index of our own, with the last commit and what was picked: the repository's own is not touched."""

import shutil
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.errors import GitError
from editor.git.contents import Entry, entries_in_index
from editor.git.repository import Repository, decoded, encoded, lines_of_names
from editor.translation import gettext as _

_PLAIN_FILE, _EXECUTABLE = "100644", "100755"


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


class PickedIndex:
    """An index in a file of its own."""

    def __init__(
        self, repository: Repository, file: Path, variables: Mapping[str, str] | None = None
    ) -> None:
        """Stand for the index in `file`, which need not be there; `variables` are set for every git that it calls."""
        self._repository = repository
        self.file = file
        self._variables = {**(variables or {}), "GIT_INDEX_FILE": str(file)}

    def git(self, *arguments: str, data: bytes | None = None) -> bytes:
        """Return what git prints when it is run with this index; raises GitError."""
        return self._repository.git(*arguments, data=data, variables=self._variables)

    def copy(self) -> None:
        """Start as what is staged; raises GitError."""
        index = self._repository.git_dir / "index"
        try:
            if index.exists():
                shutil.copyfile(index, self.file)
        except OSError as error:
            raise GitError(_("The index can't be read: {reason}").format(reason=error.strerror)) from error

    def read_head(self, *, sparse: bool = True) -> None:
        """Have exactly what the last commit has, nothing where there is none; what is known of files is kept.

        With `sparse`, what a sparse checkout leaves out is marked so, as in the repository's index.
        """
        every = [] if sparse else ["-c", "core.sparseCheckout=false", "-c", "index.sparse=false"]
        self.git(*every, "read-tree", *(["--reset", "HEAD"] if self._repository.head() else ["--empty"]))

    def take(self, picks: Sequence[Pick]) -> None:
        """Take `picks` over; raises GitError, with a sentence for what can't be committed."""
        gone, whole, contents = [], [], []
        for pick in picks:
            if pick.source and pick.source != pick.path:
                gone.append(pick.source)
            if pick.content is not None:
                contents.append(pick)
            elif self._is_there(pick.path):
                whole.append(pick.path)
            else:
                gone.append(pick.path)
        entries = [(pick.path, self._entry(pick)) for pick in contents]
        if gone:
            self.git("update-index", "--force-remove", "-z", "--stdin", data=lines_of_names(gone))
        if entries:
            self.git("update-index", "-z", "--index-info", data=index_info(entries, like=""))
        if whole:
            arguments = ["update-index", "--add", "--remove", "--replace", "-z", "--stdin"]
            self.git(*arguments, data=lines_of_names(whole))

    def tree(self) -> str:
        """Return the hash of the tree of it; raises GitError."""
        return self.git("write-tree").decode("ascii").strip()

    def conflicts(self) -> set[str]:
        """Return the files with conflicts that are not settled; raises GitError."""
        listed = self.git("ls-files", "--unmerged", "-z").split(b"\0")
        return {decoded(record.partition(b"\t")[2]) for record in listed if record}

    def _is_there(self, path: str) -> bool:
        """Tell whether `path` is a file, a link or a submodule in the work tree, and not behind a link."""
        file = self._repository.path(path)
        try:
            if file.parent.resolve() != file.parent:
                return False
            mode = file.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return False
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise GitError(_("{path} can't be read: {reason}").format(path=path, reason=reason)) from error
        if not stat.S_ISDIR(mode):
            return True
        if not (file / ".git").exists():
            return False
        if path.endswith("/") or not entries_in_index(self._repository, path, str(self.file)):
            raise GitError(
                _(
                    "{path} is a repository of its own and can't be committed as files; "
                    "“git submodule add” would make it a part of this one"
                ).format(path=path)
            )
        return True

    def _entry(self, pick: Pick) -> Entry:
        """Store what a pick holds, through the filters of its path, and return it with the mode that it keeps."""
        assert pick.content is not None
        arguments = ["hash-object", "-w", "--stdin", f"--path={pick.path}"]
        identity = self.git(*arguments, data=pick.content).decode("ascii").strip()
        before = entries_in_index(self._repository, pick.source or pick.path, str(self.file)).get(0)
        if before is not None and before.mode.startswith("100"):
            return Entry(before.mode, identity)
        return Entry(self._mode(pick.path), identity)

    def _mode(self, path: str) -> str:
        try:
            executable = bool(self._repository.path(path).lstat().st_mode & stat.S_IXUSR)
        except (OSError, ValueError):
            return _PLAIN_FILE
        if (
            executable
            and self.git("config", "--type=bool", "--default=true", "core.fileMode").strip() == b"true"
        ):
            return _EXECUTABLE
        return _PLAIN_FILE


def index_info(entries: Sequence[tuple[str, Entry | None]], like: str) -> bytes:
    """Return `entries` as `update-index -z --index-info` takes them; None is for what is not to be there.

    `like` is any hash of the repository: what stands for nothing is as long.
    """
    nothing = f"0 {'0' * len(like)}"
    told = ((f"{entry.mode} {entry.hash}" if entry is not None else nothing, path) for path, entry in entries)
    return b"".join(start.encode() + b"\t" + encoded(path) + b"\0" for start, path in told)
