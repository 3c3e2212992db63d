"""The local history: what the posts' files held each time they were saved here, outside of the site.

A folder a file in the state folder's `history/`, named by the file's path; in it `path.txt`, which says the path, and a
compressed copy a version, named by its moment. Old ones go: all of the last day stay, of the last month one an hour,
before that one a day, and never more than a number of them and of bytes in all.
"""

import contextlib
import hashlib
import logging
import os
import threading
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from editor.errors import OpenError
from editor.post.disk import LARGEST_FILE
from editor.translation import gettext as _

_log = logging.getLogger(__name__)

MOST_VERSIONS = 200
"""Of one file."""
MOST_BYTES = 256 * 1024 * 1024
"""Of all files together, compressed."""

_SUFFIX = ".z"
_DAY = 24 * 3600
_MONTH = 30 * _DAY


@dataclass(frozen=True, slots=True)
class Version:
    """What a file held when it was saved."""

    time: datetime
    """With a time zone."""
    place: Path
    """The copy in the history."""

    def read(self) -> bytes:
        """Return the bytes that the file held; raises OpenError."""
        try:
            opened = zlib.decompressobj()
            data = opened.decompress(self.place.read_bytes(), LARGEST_FILE)
            if not opened.eof:
                raise zlib.error("cut off")
        except (OSError, zlib.error) as error:
            raise OpenError(_("This version can't be read any more"), path=self.place) from error
        return data


class LocalHistory:
    """The history in one folder; for any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def note(self, path: Path, data: bytes, now: float | None = None) -> None:
        """Keep `data`, which the file `path` holds now; nothing where it is the last version already.

        A history that can't be written is no reason to trouble anybody: the log says so.
        """
        try:
            self.keep(path, data, now)
        except OSError as error:
            _log.warning("the local history can't be written: %s", error)

    def keep(self, path: Path, data: bytes, now: float | None = None) -> None:
        """Keep `data` as `note` does, where that is a condition of what follows; raises OSError."""
        with self._lock:
            self._note(path, data, time.time() if now is None else now)

    def _note(self, path: Path, data: bytes, now: float) -> None:
        place = self._place(path)
        known = self.versions(path)
        if known and _same(known[0], data):
            return
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        named = place / "path.txt"
        if not named.exists():
            named.write_text(os.fspath(path), "utf-8", errors="surrogatepass")
        moment = round(now * 1000)
        if known:  # the clock may stand, or have been put back
            moment = max(moment, int(known[0].place.stem) + 1)
        _write(place / f"{moment:015d}{_SUFFIX}", zlib.compress(data, 6))
        self._thin(place, now)
        self._bound(place)

    def moved(self, source: Path, target: Path) -> None:
        """Let the versions of a file that was moved or renamed be those of `target`."""
        with self._lock:
            self._move(source, target)

    def _move(self, source: Path, target: Path) -> None:
        old, new = self._place(source), self._place(target)
        try:
            if not old.is_dir():
                return
            new.mkdir(parents=True, exist_ok=True, mode=0o700)
            for copy in _copies(old):
                copy.replace(new / copy.name)
            (new / "path.txt").write_text(os.fspath(target), "utf-8", errors="surrogatepass")
            (old / "path.txt").unlink(missing_ok=True)
            old.rmdir()
        except OSError as error:
            _log.warning("the local history can't follow %s: %s", target, error)

    def versions(self, path: Path) -> list[Version]:
        """Return what is kept of the file `path`, the latest first."""
        return [Version(_moment(copy), copy) for copy in reversed(_copies(self._place(path)))]

    def _place(self, path: Path) -> Path:
        name = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:24]
        return self._folder / name

    def _thin(self, place: Path, now: float) -> None:
        """Remove what the older versions have too many of: of each hour, or day, the last one stays."""
        kept: set[tuple[str, int]] = set()
        for number, copy in enumerate(reversed(_copies(place))):
            moment = _moment(copy).timestamp()
            age = now - moment
            if age <= _DAY:
                slot = ("", 0)
            else:
                slot = ("hour", int(moment // 3600)) if age <= _MONTH else ("day", int(moment // _DAY))
            if number >= MOST_VERSIONS or (slot[0] and slot in kept):
                copy.unlink(missing_ok=True)
            kept.add(slot)

    def _bound(self, spared: Path) -> None:
        """Remove the oldest versions of all files while they take too much room; the last one of `spared` stays."""
        copies = [copy for place in _folders(self._folder) for copy in _copies(place)]
        sizes = {copy: _size(copy) for copy in copies}
        total = sum(sizes.values())
        last = _copies(spared)[-1:]
        for copy in sorted(copies, key=lambda copy: copy.name):
            if total <= MOST_BYTES:
                return
            if copy not in last:
                copy.unlink(missing_ok=True)
                total -= sizes[copy]


def _same(version: Version, data: bytes) -> bool:
    try:
        return version.read() == data
    except OpenError:
        return False


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_suffix(".tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _folders(folder: Path) -> Iterable[Path]:
    try:
        return [place for place in folder.iterdir() if place.is_dir()]
    except OSError:
        return []


def _copies(place: Path) -> list[Path]:
    try:
        found = [copy for copy in place.iterdir() if copy.suffix == _SUFFIX and copy.stem.isdecimal()]
    except OSError:
        return []
    return sorted(found)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _moment(copy: Path) -> datetime:
    return datetime.fromtimestamp(int(copy.stem) / 1000, UTC)
