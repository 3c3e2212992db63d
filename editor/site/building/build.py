"""Building a site with its own generator, on a copy of it in our cache."""

import contextlib
import hashlib
import os
import re
import shutil
import stat
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

from editor.errors import BuildError, NotTrusted
from editor.site.building import addresses, commands, problems, programs, running
from editor.site.building.complaints import Printed
from editor.site.building.mirror import Cancelled, Mirror
from editor.site.building.results import BuildProblem, BuildResult
from editor.site.site import Site
from editor.translation import gettext as _

try:
    import fcntl
except ImportError:  # not a Unix
    fcntl = None  # type: ignore[assignment]

MAX_SECONDS = 1800.0
"""So long a build may take."""
KEPT_SITES = 6
"""So many sites' copies are kept, those built last."""
KEPT_BYTES = 12 * 1024**3
"""So much all copies and built pages may take together, beside those of the site that is built."""
_COPIED_LINE = 500
"""After so many files that were copied, a line says so."""
_KEPT_OUTPUT = 20_000
"""In characters."""


class SiteBuild:
    """Builds one site; made anew when the site is opened again. Safe to use from any thread, one run at a time."""

    def __init__(self, site: Site, cache_dir: Path, *, limit: float = MAX_SECONDS) -> None:
        """Build `site` in `cache_dir`/builds; a run that takes longer than `limit` seconds is ended."""
        self._site = site
        self._builds = cache_dir.absolute() / "builds"
        digest = hashlib.sha256(os.fsencode(os.path.realpath(site.root))).hexdigest()[:12]
        self._folder = self._builds / f"{re.sub(r'[^a-z0-9]+', '-', site.root.name.lower())[:40]}-{digest}"
        self._limit = limit

    @property
    def folder(self) -> Path:
        """Where the built site is after a build that succeeded: the same place every time."""
        return self._folder / "pages"

    def run(
        self,
        texts: Mapping[Path, str] | None = None,
        progress: Callable[[str], None] = lambda _line: None,
        cancelled: threading.Event | None = None,
    ) -> BuildResult:
        """Build the site with its drafts and posts of the future, and return what came of it.

        `texts` are unsaved texts by the absolute path of their files in the site; they are built in place of
        what is on disk, and nothing is written in the site. `progress` gets a line at a time, of this module's and of
        the generator's, in the calling thread or another. Setting `cancelled` ends it within moments, with all
        processes that it started.

        A build that the generator fails, or that takes too long, is a result as well, with `succeeded` False and
        problems. Raises NotTrusted, and BuildError where the generator is not installed or there is no room.
        """
        commands.check(self._site)
        if not self._site.trusted:
            said = _("The site is built by its own code, which may do anything: trust the site first")
            raise NotTrusted(said, path=self._site.root)
        stop = cancelled or threading.Event()
        started = time.monotonic()
        try:
            with self._alone(stop):
                self._remove_old()
                found, lines, succeeded = self._run(dict(texts or {}), progress, stop)
        except Cancelled:
            found, lines, succeeded = (), [], False
        except OSError as error:
            reason = error.strerror or error
            raise BuildError(_("The cache can't be written: {reason}").format(reason=reason)) from error
        return self._result(found, lines, succeeded and not stop.is_set(), started, stop)

    def _run(
        self, texts: dict[Path, str], progress: Callable[[str], None], stop: threading.Event
    ) -> tuple[tuple[BuildProblem, ...], list[str], bool]:
        site, output = self._site, self._folder / "next"
        mirror = Mirror(
            site.root,
            self._folder,
            outside=(*site.content_dirs, *site.static_dirs, *site.configuration),
            left_out=commands.outputs(site),
        )
        place = commands.Place(mirror.inner, output, lambda path: _text(path, texts))
        progress(_("Copying what changed"))

        def count(done: int, files: int) -> None:
            if done and done % _COPIED_LINE == 0:
                progress(_("{done} of {count} files copied").format(done=done, count=files))

        mirror.update(texts, count, stop.is_set)
        command = commands.command(site, place)
        mirror.lay(command.files)
        for folder in (output, command.output):
            _remove(folder)
        environment = programs.environment(self._builds, command.environment)
        progress(" ".join([Path(command.arguments[0]).name, *command.arguments[1:]]))

        def say(line: str) -> None:
            progress(self._in_site(line, mirror))

        status, lines = running.run(
            command.arguments, command.folder, environment, say, stop.is_set, self._limit
        )
        if stop.is_set():
            raise Cancelled
        printed = Printed(
            lines=lines,
            folder=command.folder,
            bases=(
                mirror.root,
                *map(mirror.inner, (*site.content_dirs, *site.static_dirs)),
                *_places(mirror),
            ),
            copy=mirror.copy,
            original=mirror.original,
            inner=lambda path: path if path in command.files else mirror.inner(path),
            config=site.configuration[0],
        )
        found = problems.found(site.generator, printed)
        lines = [self._in_site(line, mirror) for line in lines]
        unreadable = tuple(
            BuildProblem(
                _("The file can't be read, so the site was built without it"), path, severity="warning"
            )
            for path in mirror.unreadable
        )
        if status is None:
            said = _("The build took longer than {minutes} minutes, and was ended")
            late = BuildProblem(said.format(minutes=round(self._limit / 60)))
            return (late, *found, *unreadable), lines, False
        written = any(command.output.rglob("*.html")) if command.output.is_dir() else False
        if status == 0 and written:
            self._take(command.output)
            return (*found, *unreadable), lines, True
        if not any(problem.severity == "error" for problem in found):
            none = BuildProblem(_("The generator wrote no pages"))
            found = (*found, none if status == 0 else problems.reason(printed, _("The generator failed")))
        return (*found, *unreadable), lines, False

    def _result(
        self,
        found: tuple[BuildProblem, ...],
        lines: list[str],
        succeeded: bool,
        started: float,
        stop: threading.Event,
    ) -> BuildResult:
        return BuildResult(
            folder=self.folder,
            succeeded=succeeded,
            problems=found,
            seconds=time.monotonic() - started,
            cancelled=stop.is_set(),
            site_addresses=addresses.site_addresses([self._site.url], self.folder),
            prefix=addresses.prefix_of(self._site.url),
            output="\n".join(lines)[-_KEPT_OUTPUT:],
        )

    def _take(self, output: Path) -> None:
        """Put the new pages in the place of those before, in two steps that can hardly fail."""
        old = self._folder / "old"
        _remove(old)
        if self.folder.exists():
            self.folder.rename(old)
        output.rename(self.folder)
        _remove(old)

    def _in_site(self, line: str, mirror: Mirror) -> str:
        """Return a line of the generator's with the site's folder in place of its copy's."""
        return line.replace(str(mirror.root), str(self._site.root))

    @contextlib.contextmanager
    def _alone(self, stop: threading.Event) -> Iterator[None]:
        """Keep other windows from building the same site meanwhile; raises Cancelled while it waits."""
        stream: IO[bytes] | None = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            stream = (self._folder / "lock").open("ab")
        except OSError as error:
            reason = error.strerror or error
            raise BuildError(_("The cache can't be written: {reason}").format(reason=reason)) from error
        try:
            while fcntl is not None:
                try:
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if stop.wait(0.1):
                        raise Cancelled from None
                except OSError:  # a file system without locks
                    break
            os.utime(self._folder)
            yield
        finally:
            stream.close()  # which gives the lock back

    def _remove_old(self) -> None:
        """Remove the copies of sites that were not built for long, by their number and their size.

        One that is being built stays.
        """
        with contextlib.suppress(OSError):
            folders = [folder for folder in self._builds.iterdir() if (folder / "lock").is_file()]
            folders.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
            total = 0
            for number, folder in enumerate(folders):
                if folder == self._folder:
                    continue
                total += 0 if number >= KEPT_SITES else _size(folder)
                if (number >= KEPT_SITES or total > KEPT_BYTES) and not _is_locked(folder / "lock"):
                    shutil.rmtree(folder, ignore_errors=True)


def _size(folder: Path) -> int:
    """Return how many bytes the files below a folder take; links count as nothing."""
    total = 0
    for path, _names, files in os.walk(folder):
        for name in files:
            with contextlib.suppress(OSError):
                facts = os.lstat(os.path.join(path, name))  # noqa: PTH118 (there may be many)
                total += facts.st_size if stat.S_ISREG(facts.st_mode) else 0
    return total


def _is_locked(file: Path) -> bool:
    with file.open("ab") as stream:
        try:
            if fcntl is not None:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _places(mirror: Mirror) -> tuple[Path, ...]:
    """Return the folders of themes in the copy: generators name files relative to them."""
    return tuple(sorted(folder for folder in (mirror.root / "themes").glob("*") if folder.is_dir()))


def _text(path: Path, texts: Mapping[Path, str]) -> str:
    if path in texts:
        return texts[path]
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BuildError(_("The file can't be read: {reason}").format(reason=error), path=path) from error


def _remove(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)
