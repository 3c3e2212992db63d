"""What differs between the last commit and the work tree, file by file."""

import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from editor.errors import GitError
from editor.git.repository import Repository, decoded, lines_of_names
from editor.translation import gettext as _

_MOST_COMPARED = 400
"""Files: where more are gone and new, they are not looked at for renamed ones, as each is compared with each."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is not as the last commit has it."""

    path: str
    """From the top of the repository, with forward slashes; bytes that are no UTF-8 as surrogates."""
    kind: str
    """`modified`, `added`, `deleted`, `renamed`, `untracked`, `conflicted` or `typechange`."""
    source: str = ""
    """The old name of what is renamed."""
    staged: bool = False
    """Whether the index differs from the last commit."""
    unstaged: bool = False
    """Whether the work tree differs from the index."""
    submodule: bool = False
    """Whether it is a repository of its own: shown, never entered. An untracked one can't be committed."""
    size: int | None = None
    """Bytes of the file in the work tree; None where there is none, or a folder."""
    mode_changed: bool = False
    """Whether it became executable, or ceased to be."""


def changes(repository: Repository, within: Path | None = None) -> list[Change]:
    """Return what changed, by path; with `within`, only in that folder of the work tree.

    Untracked files are listed singly, ignored ones not at all; a file that only its time stamp has changed is not
    listed. A file that is gone while a new one is much like it counts as renamed, staged or not. Raises GitError.
    Source: git-status(1), porcelain format version 2.
    """
    arguments = ["status", "--porcelain=v2", "-z", "--untracked-files=all", "--find-renames"]
    # A submodule counts as changed where it is at another commit; what changed in it is its own business.
    arguments.append("--ignore-submodules=dirty")
    if within is not None:
        name = repository.name(within)
        if name is None:
            raise GitError(_("{folder} is not in the repository").format(folder=within), path=within)
        arguments += ["--", name]
    found = _found(repository, arguments)
    gone = [change for change in found if change.kind == "deleted" and change.unstaged and not change.staged]
    new = [change for change in found if change.kind == "untracked" and not change.submodule]
    if gone and new and len(gone) + len(new) <= _MOST_COMPARED:
        found = _with_renamed(repository, arguments, [change.path for change in new])
    return found


def _found(
    repository: Repository, arguments: Sequence[str], variables: Mapping[str, str] | None = None
) -> list[Change]:
    found: dict[str, Change] = {}
    for change in _parsed(repository.git(*arguments, variables=variables)):
        before = found.get(change.path)
        if before is not None:
            # Taken out of the index while the file is still there: git tells of it twice.
            change = replace(before, kind="modified", unstaged=True)
        found[change.path] = replace(change, size=_size(repository, change))
    return sorted(found.values(), key=lambda change: change.path)


def _with_renamed(repository: Repository, arguments: Sequence[str], new: list[str]) -> list[Change]:
    """Return what changed, asked of a copy of the index that has heard of the `new` files.

    Git compares what is gone with new files, to see which of them are renamed ones, only where it knows them.
    """
    with tempfile.TemporaryDirectory(prefix="copydesk-index-", ignore_cleanup_errors=True) as name:
        index = Path(name) / "index"
        try:
            shutil.copyfile(repository.git_dir / "index", index)
        except OSError as error:
            raise GitError(_("The index can't be read: {reason}").format(reason=error.strerror)) from error
        variables = {"GIT_INDEX_FILE": str(index)}
        adding = ["add", "--intent-to-add", "--pathspec-from-file=-", "--pathspec-file-nul"]
        repository.git(*adding, data=lines_of_names(new), variables=variables)
        found = _found(repository, arguments, variables)
    return [
        replace(change, kind="untracked") if change.kind == "added" and change.path in new else change
        for change in found
    ]


def _parsed(output: bytes) -> Iterator[Change]:
    records = iter(output.split(b"\0"))
    for record in records:
        sign = record[:2]
        if sign == b"1 ":
            yield _ordinary(record)
        elif sign == b"2 ":
            yield _renamed(record, decoded(next(records)))
        elif sign == b"u ":
            yield Change(decoded(record.split(b" ", 10)[10]), "conflicted", unstaged=True)
        elif sign == b"? ":
            path = decoded(record[2:])
            # A folder is named only where git does not look into it: a repository of its own.
            yield Change(path, "untracked", unstaged=True, submodule=path.endswith("/"))


def _ordinary(record: bytes) -> Change:
    _sign, signs, submodule, head, index, tree, _hash, _staged_hash, path = record.split(b" ", 8)
    staged, unstaged = signs[:1], signs[1:]
    kind = "modified"
    if b"D" in signs:
        kind = "deleted"
    elif b"A" in signs:
        kind = "added"
    elif b"T" in signs:
        kind = "typechange"
    return Change(
        decoded(path),
        kind,
        staged=staged != b".",
        unstaged=unstaged != b".",
        submodule=submodule[:1] == b"S",
        mode_changed=_mode_changed(head, index if unstaged == b"." else tree),
    )


def _renamed(record: bytes, source: str) -> Change:
    _sign, signs, submodule, head, index, tree, _hash, _staged_hash, score, path = record.split(b" ", 9)
    if signs[1:] == b"D":
        return Change(source, "deleted", staged=True, unstaged=True)
    copied = score[:1] == b"C"
    return Change(
        decoded(path),
        "added" if copied else "renamed",
        source="" if copied else source,
        staged=signs[:1] != b".",
        unstaged=signs[1:] != b".",
        submodule=submodule[:1] == b"S",
        mode_changed=_mode_changed(head, index if signs[1:] == b"." else tree),
    )


def _mode_changed(before: bytes, after: bytes) -> bool:
    return {before, after} == {b"100644", b"100755"}


def _size(repository: Repository, change: Change) -> int | None:
    try:
        found = repository.path(change.path).lstat()
    except (OSError, ValueError):
        return None
    return None if stat.S_ISDIR(found.st_mode) else found.st_size
