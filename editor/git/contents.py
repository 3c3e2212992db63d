"""What stands in files, now and in the past."""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from editor.errors import GitError
from editor.git.changes import Change
from editor.git.hunks import hunks, lines_of
from editor.git.repository import Repository, decoded
from editor.translation import gettext as _

_LINK, _SUBMODULE = "120000", "160000"
_BINARY_WITHIN = 8_000
_SHA1_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as git keeps it."""

    mode: str
    """`100644`, `100755`, `120000` for a link, `160000` for a submodule; `040000` for a folder."""
    hash: str


@dataclass(frozen=True, slots=True)
class Sides:
    """A changed file before and after, both as the bytes that a work tree has."""

    before: bytes | None
    """At the last commit, with the line endings and filters of the work tree; None where it was not there."""
    after: bytes | None
    """In the work tree; None where it is gone. Of a link: where it points to."""
    binary: bool = False
    """Whether it is no text: there is a NUL among the first 8,000 bytes (as git decides it)."""
    divisible: bool = False
    """Whether some of the hunks between the two can be committed without the others."""


def at_head(repository: Repository, path: str) -> bytes | None:
    """Return the file `path` as of the last commit, as the work tree would have it; None where it was not there.

    Line endings and filters (LFS, ident …) are applied as on a checkout. Raises GitError.
    """
    return content_of(repository, _entry_at_head(repository, path), path)


def in_index(repository: Repository, path: str) -> bytes | None:
    """Return the file `path` as it is staged, as the work tree would have it; None where it is not.

    Of a file with conflicts, what our side has. Raises GitError.
    """
    entries = entries_in_index(repository, path)
    return content_of(repository, entries.get(0, entries.get(2)), path)


def at(repository: Repository, revision: str, path: str) -> bytes | None:
    """Return the file `path` as of `revision`, as the work tree would have it; None where it was not there.

    Of a link, where it points to; None for a submodule or a folder. Raises GitError where there is no such revision.
    """
    return content_of(repository, entry_at(repository, revision, path), path)


def sides(repository: Repository, change: Change) -> Sides:
    """Return a changed file before and after, so that what differs is what was changed.

    Where line endings or filters are converted on the way into the repository, `before` is the one of the forms of
    the last commit's content that is nearest to the work tree, and `hunks` of the two are what git would show too.
    Raises GitError.
    """
    if change.submodule:
        return Sides(None, None)
    entry = _entry_at_head(repository, change.source or change.path)
    after, is_link = in_work_tree(repository, change.path)
    kept = content_of(repository, entry, change.path)
    if entry is None or kept is None or after is None:
        return Sides(kept, after, binary=_is_binary(kept, after))
    if is_link or entry.mode == _LINK:
        return Sides(kept, after)
    binary = _is_binary(kept, after)
    cleaned = _cleaned(repository, change.path, after)
    if cleaned == entry.hash:
        return Sides(after, after, binary=binary)
    # Where nothing is converted either way, and there is nothing to convert, git need not be asked.
    untouched = (cleaned, entry.hash) == (_hash_of(after, entry), _hash_of(kept, entry)) and b"\r" not in kept
    for form in [kept] if untouched else _forms(repository, entry, kept, after):
        if untouched or _cleaned(repository, change.path, form) == entry.hash:
            divisible = not binary and change.kind in {"modified", "renamed"}
            return Sides(form, after, binary=binary, divisible=divisible)
    # The content in the repository is not what any file would be committed as (as before a change of attributes).
    return Sides(kept, after, binary=binary)


def in_work_tree(repository: Repository, path: str) -> tuple[bytes | None, bool]:
    """Return the file `path` in the work tree, and whether it is a link: of that, where it points to.

    None where there is no file, also where one of its folders is a link now. Raises GitError.
    """
    file = repository.path(path)
    try:
        if os.path.realpath(file.parent) != str(file.parent):
            return None, False
        if file.is_symlink():
            return os.fsencode(file.readlink()), True
        # Of anything else, as a named pipe, there may never be an end.
        return (file.read_bytes() if stat.S_ISREG(file.stat().st_mode) else None), False
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None, False
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise GitError(_("{path} can't be read: {reason}").format(path=path, reason=reason)) from error


def entry_at(repository: Repository, revision: str, path: str) -> Entry | None:
    """Return what `revision` has at `path`; raises GitError where there is no such revision."""
    if revision.startswith("-"):
        raise GitError(_("There is no revision {revision}").format(revision=revision))
    listed = repository.git("ls-tree", "-z", "--full-tree", revision, "--", path)
    for record in listed.split(b"\0"):
        told, _tab, name = record.partition(b"\t")
        if record and decoded(name) == path:
            mode, _kind, identity = told.decode("ascii").split()
            return Entry(mode, identity)
    return None


def entries_in_index(repository: Repository, path: str, index: str = "") -> dict[int, Entry]:
    """Return what the index has at `path`, by stage: 0, or 1 to 3 in a conflict; raises GitError.

    `index` is the file of another index than the work tree's.
    """
    variables = {"GIT_INDEX_FILE": index} if index else None
    found: dict[int, Entry] = {}
    listed = repository.git("ls-files", "--stage", "-z", "--full-name", "--", path, variables=variables)
    for record in listed.split(b"\0"):
        told, _tab, name = record.partition(b"\t")
        if record and decoded(name) == path:
            mode, identity, stage = told.decode("ascii").split()
            found[int(stage)] = Entry(mode, identity)
    return found


def content_of(repository: Repository, entry: Entry | None, path: str) -> bytes | None:
    """Return what `entry` has for `path`, as the work tree would have it; None for a submodule or a folder.

    Raises GitError.
    """
    if entry is None or not entry.mode.startswith(("100", "120")):
        return None
    if entry.mode == _LINK:
        return _raw(repository, entry)
    return repository.git("cat-file", "--filters", f"--path={path}", entry.hash)


def _entry_at_head(repository: Repository, path: str) -> Entry | None:
    try:
        return entry_at(repository, "HEAD", path)
    except GitError:
        if repository.head():
            raise
        return None


def _raw(repository: Repository, entry: Entry) -> bytes:
    return repository.git("cat-file", "blob", entry.hash)


def _cleaned(repository: Repository, path: str, content: bytes) -> str:
    """Return the hash that `content` would have in the repository."""
    return repository.git("hash-object", "--stdin", f"--path={path}", data=content).decode("ascii").strip()


def _hash_of(content: bytes, like: Entry) -> str:
    """Return the hash that git has for `content` as it is, in a repository with hashes like that of `like`."""
    made = hashlib.sha1(usedforsecurity=False) if len(like.hash) == _SHA1_DIGITS else hashlib.sha256()
    made.update(b"blob %d\0" % len(content))
    made.update(content)
    return made.hexdigest()


def _forms(repository: Repository, entry: Entry, kept: bytes, after: bytes) -> Iterator[bytes]:
    """Yield what the last commit's content may be in the work tree, nearest to `after` first."""
    yield _with_endings_of(kept, after)
    yield kept
    yield _raw(repository, entry)


def _with_endings_of(before: bytes, after: bytes) -> bytes:
    """Return `before` with the line endings of `after` in the lines that both have."""
    bare, bare_after = before.replace(b"\r\n", b"\n"), after.replace(b"\r\n", b"\n")
    old, new = lines_of(before), lines_of(after)
    found: list[bytes] = []
    done = 0
    for hunk in hunks(bare, bare_after):
        found += new[done : hunk.after_start]
        found += old[hunk.before_start : hunk.before_end]
        done = hunk.after_end
    return b"".join([*found, *new[done:]])


def _is_binary(*contents: bytes | None) -> bool:
    return any(content is not None and b"\0" in content[:_BINARY_WITHIN] for content in contents)
