"""Proofreader: checks the open post whenever nobody types for a moment, off the GUI thread."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QObject, QTimer, Signal

from editor.post.text_edit import TextEdit
from editor.proof.contents import Around, Content, check_content
from editor.proof.diagnostic import Diagnostic
from editor.proof.external_links import Outcome
from editor.proof.other_posts import OtherPosts
from editor.proof.rule import Rule
from editor.proof.rules import all_rules
from editor.proof.rules.web_links import web_rules
from editor.render.protocol import RenderResult
from editor.site.content_types.learning import Learned
from editor.site.index import PostSummary
from editor.site.site import Site
from editor.ui.proof.check_process import CheckProcess, NotSent, Request
from editor.ui.proof.places import document_positions, moved_edit
from editor.ui.proof.window_pages import Previewed, WindowPages
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks

_log = logging.getLogger(__name__)

PAUSE_MS = 300
"""How long nobody types before the post is checked again; in a long one, for `_CHECKS` checks."""
_CHECKS = 3
"""A check that is under way takes a core from the keys: the longer it takes, the surer is that nobody types."""
_LONGEST_PAUSE_MS = 2000
_PATIENCE_MS = 4000
"""How long a check waits for the page to be rendered."""
_REST_MS = 60_000
"""After so long without a check, what renders other posts and checks long ones is not kept any more."""
_LONG = 30_000
"""Characters of a post that is checked in a process of its own: a thread would take Python's lock from the keys."""


class PostsAround:
    """The site's other posts, taken apart when a check first needs it, and not on the GUI thread."""

    def __init__(self, posts: list[PostSummary], learned: Learned | None, site: Site | None) -> None:
        self._posts, self._learned, self._site = posts, learned, site

    @cached_property
    def others(self) -> OtherPosts:
        """What rules may know of them."""
        site = self._site
        content_type = site.content_type if site is not None else None
        return OtherPosts.of_summaries(self._posts, self._learned, content_type, site)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a check has found."""

    diagnostics: list[Diagnostic]
    """In the order of the text; of a post in two files, those of the other one first."""
    positions: Mapping[int, int]
    """Offset in the text -> position in its document, for the ends of all diagnostics."""


class _Stopped(Exception):
    """The text has changed: what would be found is of no use."""


@dataclass(slots=True)
class _Run:
    """A check that is under way."""

    session: PostSession
    revisions: tuple[int, int]
    with_page: bool
    stopped: bool = False


class Proofreader(QObject):
    """Holds what was found in the post of one session.

    Signals:
        proofed: the list of Diagnostics of the text as it is, or an empty one when there is no post.
    """

    proofed = Signal(list)

    def __init__(
        self,
        tasks: Tasks,
        page_of: Callable[[PostSession], RenderResult | None] = lambda _session: None,
        parent: QObject | None = None,
        *,
        pause_ms: int = PAUSE_MS,
        long: int = _LONG,
    ) -> None:
        """`page_of` gives the published page of a session's text as it is; None where there is none (yet).

        A text of more than `long` characters is checked in a process of its own.
        """
        super().__init__(parent)
        self._tasks = tasks
        self._page_of = page_of
        self._pause_ms = pause_ms
        self._long = long
        self._session: PostSession | None = None
        self._site: Site | None = None
        self._around = PostsAround([], None, None)
        self._web: Mapping[str, Outcome] = {}
        self._proof = Proof([], {})
        self._edits: list[TextEdit] = []
        """What was typed since the text that was checked."""
        self._meta_edits: list[TextEdit] = []
        self._pages = WindowPages()
        self._process = CheckProcess()
        self._run: _Run | None = None
        self._again = False
        self._renders = False
        """Whether the page of the text as it is has yet to come."""
        self._pause = self._timer(pause_ms, self.check_now)
        self._patience = self._timer(_PATIENCE_MS, self._wait_no_more)
        self._rest = self._timer(_REST_MS, self._let_rest)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found last, in the order of the text."""
        return list(self._proof.diagnostics)

    @property
    def proof(self) -> Proof:
        """What was found last."""
        return self._proof

    @property
    def busy(self) -> bool:
        """Whether a check is under way, or about to be."""
        waits = self._pause.isActive() or self._patience.isActive()
        return waits or self._run is not None

    def is_of_meta(self, diagnostic: Diagnostic) -> bool:
        """Return whether a diagnostic is about the other file of a post in two."""
        session = self._session
        return session is not None and session.meta is not None and diagnostic.path == session.meta.path

    def show_post(self, session: PostSession | None, site: Site | None) -> None:
        """Check the post of `session` from now on, as one of `site`."""
        if session is not self._session:
            if self._session is not None:
                self._session.edited.disconnect(self._note_edit)
                self._session.front_matter_changed.disconnect(self._check_soon)
                self._session.meta_taken.disconnect(self._take_meta)
                if self._session.meta is not None:
                    self._session.meta.edited.disconnect(self._note_meta_edit)
            self._session = session
            if session is not None:
                session.edited.connect(self._note_edit)
                session.front_matter_changed.connect(self._check_soon)
                session.meta_taken.connect(self._take_meta)
                if session.meta is not None:
                    session.meta.edited.connect(self._note_meta_edit)
            self._stop()
            self._web = {}
            self._pause.setInterval(self._pause_ms)
            self._take_over(Proof([], {}))
        self._site = site
        self.check_now()

    def set_others(self, posts: list[PostSummary], learned: Learned | None, site: Site | None) -> None:
        """Compare with these posts of `site`, and with what was learnt of them."""
        self._around = PostsAround(posts, learned, site)
        self.check_now()

    def set_web(self, outcomes: Mapping[str, Outcome]) -> None:
        """Tell what is wrong with links to the web, too: what became of asking for them."""
        self._web = outcomes
        self.check_now()

    def page_has_come(self, *, anew: bool = False) -> None:
        """Check again where the page of the text as it is was waited for; `anew`: where it is another one, too."""
        session = self._session
        if session is None or self._pause.isActive() or not (self._renders or anew):
            return
        if self._page_of(session) is not None:
            self.check_now()

    def page_has_failed(self) -> None:
        """Check without the page where it was waited for: it can't be rendered."""
        if self._patience.isActive():
            self._patience.stop()
            self._wait_no_more()

    def check_now(self) -> None:
        """Start a check; `proofed` follows. While one runs, another waits for its end."""
        self._pause.stop()
        session, site = self._session, self._site
        if session is None or site is None:
            return
        if self._run is not None:
            self._again = True
            return
        result = self._page_of(session)
        first_wait = result is None and not self._renders
        self._renders = result is None
        if first_wait and self._proof.diagnostics:
            # What only the page shows would go and come with each key.
            self._patience.start()
            return
        self._check(session, site, result)

    def end(self) -> None:
        """End what renders other posts, and the check under way as soon as it can be."""
        self._stop()
        self._pages.end()
        self._process.end()

    def edit_for(self, diagnostic: Diagnostic) -> TextEdit | None:
        """Return the edit of the quick fix, for the text as it is now; None where it does not apply any more."""
        if diagnostic.fix is None or diagnostic not in self._proof.diagnostics:
            return None
        since = self._meta_edits if self.is_of_meta(diagnostic) else self._edits
        place = moved_edit(TextEdit(diagnostic.start, diagnostic.end, ""), since)
        return moved_edit(diagnostic.fix.edit, since) if place is not None else None

    def _check(self, session: PostSession, site: Site, result: RenderResult | None) -> None:
        post, meta = _content_of(session), None
        if session.meta is not None:
            meta = _content_of(session.meta)
        around, web, pages = self._around, self._web, self._pages
        run = self._run = _Run(session, _revisions(session), result is not None)
        text, path = post.text, post.path
        previewed = None if result is None else Previewed(text, result)
        begun = time.monotonic()

        def find_here() -> list[Diagnostic]:
            pages.show(path, previewed)
            rules = _until(run, (*all_rules(), *web_rules(web)))
            return check_content(site, post, Around(around.others, pages), meta, rules)

        def find_there() -> list[Diagnostic]:
            try:
                return self._process.check(Request(post, meta, site, around.others, previewed, web))
            except NotSent as error:
                _log.info("a long post is checked in a thread: %s", error)
                return find_here()

        def find() -> Proof:
            found = find_there() if len(text) > self._long else find_here()
            ends = [offset for diagnostic in found for offset in (diagnostic.start, diagnostic.end)]
            return Proof(found, document_positions(text, ends))

        def take_over(proof: Proof) -> None:
            self._run = None
            took = (time.monotonic() - begun) * 1000
            self._pause.setInterval(round(min(max(self._pause_ms, _CHECKS * took), _LONGEST_PAUSE_MS)))
            if session is self._session and run.revisions == _revisions(session):
                self._take_over(proof)
            elif not self._pause.isActive():
                self._again = True
            self._go_on()

        def give_up(error: Exception) -> None:
            self._run = None
            if not isinstance(error, _Stopped):
                _log.error("the post could not be checked", exc_info=error)
            elif not self._pause.isActive():
                self._again = True
            self._go_on()

        self._tasks.run(find, take_over, give_up)

    def _note_edit(self, edit: TextEdit, _revision: int) -> None:
        self._edits.append(edit)
        self._check_soon()

    def _note_meta_edit(self, edit: TextEdit, _revision: int) -> None:
        self._meta_edits.append(edit)
        self._check_soon()

    def _take_meta(self, meta: PostSession) -> None:
        meta.edited.connect(self._note_meta_edit)
        self._check_soon()

    def _check_soon(self, _front_matter: object = None) -> None:
        self._stop()
        self._renders = False
        self._pause.start()

    def _stop(self) -> None:
        """Let the check that runs end early: nobody waits for it."""
        self._patience.stop()
        if self._run is not None:
            self._run.stopped = True

    def _wait_no_more(self) -> None:
        """Check without the page: it takes too long, or can't be rendered."""
        if self._session is not None and self._site is not None and self._run is None:
            self._check(self._session, self._site, self._page_of(self._session))

    def _let_rest(self) -> None:
        if self._run is None:
            self._tasks.run(self._pages.rest, lambda _nothing: None)
            self._tasks.run(self._process.rest, lambda _nothing: None)

    def _go_on(self) -> None:
        self._rest.start()
        if self._again:
            self._again = False
            self.check_now()

    def _take_over(self, proof: Proof) -> None:
        self._proof = proof
        self._edits, self._meta_edits = [], []
        self.proofed.emit(proof.diagnostics)

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer


def _content_of(session: PostSession) -> Content:
    return Content(session.path, session.text, session.post.marked)


def _revisions(session: PostSession) -> tuple[int, int]:
    """Return the revisions of a post's two files; of one in one, the same twice."""
    return session.revision, session.header_session.revision


def _until(run: _Run, rules: tuple[Rule, ...]) -> Iterator[Rule]:
    """Give the rules one after the other; raises _Stopped once nobody waits for what they find."""
    for rule in rules:
        if run.stopped:
            raise _Stopped
        yield rule
