"""The commits of a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from editor.git.repository import Repository, decoded

_START = b"\x01"
_FORMAT = "--format=%x01%H%x00%aN%x00%ad%x00%s"
_DATE = "--date=raw"
"""Seconds since 1970 and the offset, which imports from elsewhere fill with anything."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit that changed a file."""

    hash: str
    author: str
    date: datetime
    """When it was written, with the author's offset."""
    subject: str
    """The first paragraph of its message, in one line."""
    path: str
    """What the file was called in it."""
    deleted: bool = False
    """Whether it took the file away."""


def revisions(repository: Repository, path: str, limit: int | None = None) -> list[Revision]:
    """Return the commits that changed `path`, newest first, at most `limit`; also those under its earlier names.

    Empty for a file that was never committed. Raises GitError. Source: git-log(1), `--follow`.
    """
    if not repository.head():
        return []
    # Without the commit that made the file, where it is the very first, there would be none to follow it to.
    arguments = [
        "-c",
        "log.showRoot=true",
        "log",
        "--follow",
        "-z",
        "--name-status",
        _FORMAT,
        _DATE,
        "--encoding=UTF-8",
        "--no-color",
    ]
    arguments += ["--no-show-signature", "--no-notes", "--no-ext-diff", "--find-renames"]
    arguments += [f"--max-count={limit}"] if limit is not None else []
    return list(_parsed(repository.git(*arguments, "--", path), path))


def _parsed(output: bytes, path: str) -> Iterator[Revision]:
    """Yield the revisions; `path` is what the newest calls the file."""
    parts = iter(output.split(b"\0"))
    part = next(parts, b"")
    while part.startswith(_START):
        identity = part[1:].decode("ascii")
        author, date, subject = (next(parts).decode("utf-8", "replace") for _part in range(3))
        sign, source = "", ""
        part = next(parts, b"")
        if part and not part.startswith(_START):
            sign = part.lstrip(b"\n").decode("ascii", "replace")[:1]
            source = path = decoded(next(parts))
            if sign in {"R", "C"}:
                path = decoded(next(parts))
            part = next(parts, b"")
        yield Revision(identity, author, _moment(date), subject, path, deleted=sign == "D")
        path = source or path


def _moment(told: str) -> datetime:
    """Return the moment that git tells as `1600000000 +0200`.

    An offset that can't be is taken for none; a moment that can't be is the beginning of 1970, as for git itself.
    """
    seconds, _blank, offset = told.partition(" ")
    sign = -1 if offset.startswith("-") else 1
    digits = int(offset[1:] or "0")
    shift = sign * timedelta(hours=digits // 100, minutes=digits % 100)
    zone = timezone(shift) if abs(shift) < timedelta(days=1) else UTC
    try:
        return datetime.fromtimestamp(int(seconds), zone)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
