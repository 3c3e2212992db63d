"""CommitChecks: what is about to be committed is proofread and built, off the GUI thread; nothing waits for it."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from editor.errors import CopydeskError
from editor.git.committing import Pick
from editor.git.repository import Repository
from editor.proof.contents import check_contents
from editor.proof.diagnostic import Diagnostic
from editor.proof.other_posts import OtherPosts
from editor.site.content_types.learning import Learned
from editor.site.index import PostSummary
from editor.site.site import Site
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.commit.checks_list import BUSY, ERROR, GOOD, NOTE, WARNING, Check, Found
from editor.ui.commit.staged_build import StagedBuild, build_picked, command_of
from editor.ui.proof.window_pages import WindowPages
from editor.ui.tasks import PoolTasks

_log = logging.getLogger(__name__)

PROOF, BUILD = "proof", "build"
_PAUSE_MS = 150
_BUILD_PAUSE_MS = 900
"""So long nothing is ticked before a build begins."""
_QUICK_SECONDS = 12.0
"""A build that takes longer is not begun anew by itself after each tick."""


@dataclass(frozen=True)
class Content:
    """What is about to be committed."""

    site: Site
    repository: Repository
    pages: tuple[tuple[Path, str], ...]
    """The picked pages with their texts."""
    picks: tuple[Pick, ...]
    head: str = ""
    """The commit that they are put upon."""
    posts: tuple[PostSummary, ...] = ()
    learned: Learned | None = None

    @property
    def built(self) -> tuple[object, ...]:
        """What a build of it depends on."""
        return id(self.site), self.head, self.picks

    @property
    def proofed(self) -> tuple[object, ...]:
        """What a proof of it depends on."""
        return id(self.site), self.pages


class CommitChecks(QObject):
    """Checks the latest content it was given, and drops what it found in others.

    Signals:
        changed: the list of Check to be shown.
    """

    changed = Signal(list)

    def __init__(self, cache_dir: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._cache = cache_dir
        # One after the other: what renders pages must not be ended under a check that waits for one.
        self._proof_tasks = PoolTasks(self, threads=1)
        self._build_tasks = PoolTasks(self)
        self._pages = WindowPages()
        self._content: Content | None = None
        self._proof: Check | None = None
        self._build: Check | None = None
        self._proofing = False
        self._proof_again = False
        self._stop: threading.Event | None = None
        self._known: StagedBuild | None = None
        self._of: Content | None = None
        """What the last build was of."""
        self._build_again = False
        self._pause = self._timer(_PAUSE_MS, self._begin_proof)
        self._build_pause = self._timer(_BUILD_PAUSE_MS, self._build_by_itself)

    def show(self, content: Content | None) -> None:
        """Check `content` from now on; None: there is nothing to check."""
        if content == self._content:
            return
        before, self._content = self._content, content
        if content is None or not content.picks:
            self._pause.stop()
            self._build_pause.stop()
            self._proof = self._build = None
            self.cancel()
            self._tell()
            return
        if before is None or before.site.root != content.site.root:
            self._known = self._of = None
        if before is None or before.proofed != content.proofed or self._proof is None:
            self._pause.start()
        if before is None or before.built != content.built or self._build is None:
            self._show_waiting_build(content)
            self._build_pause.start()
        self._tell()

    def build_now(self) -> None:
        """Build the site as it would be after the commit."""
        content = self._content
        if content is None or not content.site.trusted:
            return
        if self._stop is not None:
            self._build_again = True
            self._stop.set()
            return
        stop = self._stop = threading.Event()
        self._of = content
        name = command_of(content.site)
        self._build = Check(BUILD, BUSY, name, _("running"), _("Cancel"))
        self._tell()
        known = self._known

        def take_over(built: StagedBuild) -> None:
            self._stop = None
            if not built.result.cancelled:
                self._known = built
            self._built(content, _built(name, built))

        def give_up(error: Exception) -> None:
            self._stop = None
            if isinstance(error, CopydeskError):
                said = error.message
            else:
                _log.error("the build before the commit failed", exc_info=error)
                said = str(error)
            found = (Found(said, NOTE),)
            self._built(content, Check(BUILD, NOTE, name, _("could not be run"), _("Try again"), found))

        self._build_tasks.run(
            lambda: build_picked(content.site, content.repository, content.picks, self._cache, stop, known),
            take_over,
            give_up,
        )

    def cancel(self) -> None:
        """End the build that runs."""
        self._build_again = False
        if self._stop is not None:
            self._stop.set()

    def rest(self) -> None:
        """Keep nothing running: nobody looks."""
        self._pause.stop()
        self._build_pause.stop()
        self._content = None
        self.cancel()
        self._proof_tasks.run(self._pages.rest, lambda _nothing: None)

    def end(self) -> None:
        """End all that runs, and wait for it."""
        self.cancel()
        self._pages.end()
        self._proof_tasks.end()
        self._build_tasks.end()

    # ---- proof

    def _begin_proof(self) -> None:
        content = self._content
        if content is None:
            return
        if self._proofing:
            self._proof_again = True
            return
        if self._proof is None:
            self._proof = Check(PROOF, BUSY, _proof_words())
            self._tell()
        self._proofing = True

        def find() -> list[Diagnostic]:
            site = content.site
            others = OtherPosts.of_summaries(content.posts, content.learned, site.content_type, site)
            return check_contents(site, content.pages, self._pages, others)

        def take_over(found: list[Diagnostic]) -> None:
            self._proof_done(content, _proofed(found))

        def give_up(error: Exception) -> None:
            _log.error("what is to be committed could not be checked", exc_info=error)
            self._proof_done(content, Check(PROOF, NOTE, _proof_words(), _("could not be checked")))

        self._proof_tasks.run(find, take_over, give_up)

    def _proof_done(self, content: Content, check: Check) -> None:
        self._proofing = False
        if content is self._content:
            self._proof = check
            self._tell()
        if self._proof_again or (self._content is not None and content is not self._content):
            self._proof_again = False
            self._begin_proof()

    # ---- build

    def _show_waiting_build(self, content: Content) -> None:
        name = command_of(content.site)
        if not name:
            self._build = None
        elif not content.site.trusted:
            self._build = Check(BUILD, NOTE, name, _("not trusted"), _("Trust…"))
        elif self._of is not None and self._of.built == content.built and self._known is not None:
            self._build = _built(name, self._known)
        elif self._stop is None:
            self._build = Check(BUILD, NOTE, name, "", _("Build"))

    def _build_by_itself(self) -> None:
        content = self._content
        if content is None or not command_of(content.site):
            return
        slow = self._known is not None and self._known.seconds > _QUICK_SECONDS
        if not slow and (self._of is None or self._of.built != content.built or self._known is None):
            self.build_now()

    def _built(self, content: Content, check: Check) -> None:
        current = self._content
        if current is not None and current.built == content.built:
            self._build = check
            self._build_again = False
        elif current is not None:
            self._show_waiting_build(current)
        self._tell()
        if self._build_again:
            self._build_again = False
            self.build_now()

    def _tell(self) -> None:
        self.changed.emit([check for check in (self._proof, self._build) if check is not None])

    def _timer(self, milliseconds: int, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer


def _proof_words() -> str:
    return _("Links, pictures, front matter")


def _proofed(found: Sequence[Diagnostic]) -> Check:
    """Return what is said of what the proof found."""
    told = [one for one in found if one.severity != "info"]
    rows = tuple(Found(one.message, one.severity, one.path, one.line, one.start) for one in told)
    if not told:
        return Check(PROOF, GOOD, _proof_words())
    state = ERROR if any(one.severity == "error" for one in told) else WARNING
    count = ngettext("{count} problem", "{count} problems", len(told)).format(count=len(told))
    return Check(PROOF, state, _proof_words(), count, found=rows)


def _built(name: str, built: StagedBuild) -> Check:
    """Return what is said of a build."""
    result = built.result
    if result.cancelled:
        return Check(BUILD, NOTE, name, _("cancelled"), _("Build"))
    seconds = _("{seconds} s").format(seconds=QLocale().toString(result.seconds, "f", 1))
    rows = tuple(
        Found(problem.message, problem.severity, problem.path, problem.line or 0)
        for problem in result.problems
    )
    if not result.succeeded:
        return Check(BUILD, ERROR, name, _("failed"), _("Build again"), rows)
    return Check(BUILD, WARNING if rows else GOOD, name, seconds, found=rows)
