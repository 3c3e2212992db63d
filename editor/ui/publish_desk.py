"""PublishDesk: keeps the verdict on the open post up to date, and does Publish and Unpublish."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from editor.errors import CopydeskError
from editor.post.front_matter import FrontMatter
from editor.site.generators.publish_way import key_in, publish_way
from editor.site.publish_edits import PublishHabits, publish_habits
from editor.site.publishing import Plan, move_file, plan_publish, plan_unpublish, plan_update
from editor.site.site import Site
from editor.site.verdict import Verdict, verdict
from editor.translation import gettext as _
from editor.ui.form.verdict_card import VerdictCard
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace

_PAUSE_MS = 300
"""How long nobody types in the body before it is judged again: title, excerpt."""
_MINUTE_MS = 60_000
_LONG = 200_000
"""A longer text (in UTF-16 units) is judged after the pause alone: to take it costs milliseconds."""

_log = logging.getLogger(__name__)

Action = tuple[str, Callable[[], None]]
"""The words of a button, and what it does."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a look at a text came to."""

    verdict: Verdict
    habits: PublishHabits
    can_update: bool
    locked: bool
    """Whether its front matter can't be edited."""
    date: str | None
    """As it is written."""


@dataclass
class _Act:
    """An act that was done, as long as it can be taken back as a whole."""

    session: PostSession
    plan: Plan
    revision: int
    """That of what has the front matter when it was done: while it stands, nothing was changed since."""


class PublishDesk(QObject):
    """Judges the open post off the GUI thread, and carries the acts of its card out.

    Signals:
        done: (what was done beside what the card shows, in words; a list of Actions that are offered).
        failed: a CopydeskError to be told; nothing has changed.
    """

    done = Signal(str, list)
    failed = Signal(object)

    def __init__(
        self, card: VerdictCard, workspace: Workspace, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._card = card
        self._workspace = workspace
        self._tasks = tasks
        self._session: PostSession | None = None
        self._habits: tuple[Site, PublishHabits] | None = None
        self._judging = False
        self._judge_again = False
        self._act: _Act | None = None
        self._published_dates: dict[PostSession, str | None] = {}
        """The date with which a post was published when it was last judged so: Unpublish and Publish keep it."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.judge)
        self._soon = QTimer(self)
        """Runs out when all edits of one step are made: what is between them is no state of the post."""
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.judge)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.judge)
        card.publish_wanted.connect(self.publish)
        card.unpublish_wanted.connect(self.unpublish)
        card.update_wanted.connect(self.update)
        workspace.session_changed.connect(self._show_session)
        workspace.site_changed.connect(lambda _site: self.judge())

    def judge(self) -> None:
        """Work the verdict out and show it; what comes meanwhile is judged after that."""
        session, site, whole = self._session, self._workspace.header_site, self._workspace.post_site
        if session is None or site is None or session.path is None:
            self._card.show_verdict(None)
            return
        if self._judging:
            self._judge_again = True
            return
        self._judging, self._judge_again = True, False
        self._pause.stop()
        header_session, path = session.header_session, session.path
        text, wants_update = header_session.text, session.revision + header_session.revision > 0
        known = self._habits[1] if self._habits is not None and self._habits[0] is whole else None

        def work() -> _Judged:
            now = datetime.now().astimezone()
            source, header = site.read(text), site.front_matter_of(text)
            found = verdict(site, path, source, now)
            habits = known or publish_habits(whole or site)
            update = (
                wants_update and found.state == "published" and _can_update(site, path, text, now, habits)
            )
            locked = header.problem is not None or (header.format == "none" and bool(source.values))
            return _Judged(found, habits, update, locked, _date_source(header, site))

        def take_over(judged: _Judged) -> None:
            self._judging = False
            found = judged.verdict
            self._habits = (whole or site, judged.habits)
            if session is self._session and session.path == path:
                if found.can_unpublish:
                    self._published_dates[session] = judged.date
                editable = header_session.read_only is None and not judged.locked
                self._card.show_verdict(found, editable=editable, update=judged.can_update)
                self._minute.start() if found.state == "scheduled" else self._minute.stop()
            if self._judge_again:
                self.judge()

        def give_up(error: Exception) -> None:
            self._judging = False
            self._card.show_verdict(None)
            _log.error("the post could not be judged", exc_info=error)

        self._tasks.run(work, take_over, give_up)

    # The acts

    def publish(self) -> None:
        """Make the next build publish the post shown."""
        session, site = self._session, self._workspace.post_site
        if session is None or site is None:
            return
        dates = self._published_dates
        date = _date_source(session.header, site)
        self._publish(keep_date=session in dates and dates[session] == date)

    def unpublish(self) -> None:
        """Make a draft of the post shown."""
        self._plan(plan_unpublish)

    def update(self) -> None:
        """Let the post shown say that it was changed today."""
        self._plan(plan_update)

    def _publish(self, *, keep_date: bool) -> None:
        self._plan(partial(plan_publish, keep_date=keep_date))

    def _plan(self, make: Callable[..., Plan | None]) -> None:
        """Let `make`, one of the functions `plan_…`, plan an act for the post shown, and carry it out."""
        session, site, whole = self._session, self._workspace.header_site, self._workspace.post_site
        if session is None or site is None or session.path is None:
            return
        self._card.set_busy(True)
        text, path = session.header_session.text, session.path

        def work() -> tuple[Plan | None, str]:
            header = site.front_matter_of(text)
            now, habits = datetime.now().astimezone(), publish_habits(whole or site)
            return make(site, path, header, now, habits=habits), text[: header.end]

        def carry_out(result: tuple[Plan | None, str]) -> None:
            plan, head = result
            if session.path != path or not session.header_session.text.startswith(head):
                self._plan(make)  # typed in meanwhile
            elif plan is None:
                self._card.set_busy(False)
            elif plan.move is None:
                self._make_edits(session, plan)
            else:
                self._move(session, plan, head)

        self._tasks.run(work, carry_out, self._refuse)

    def _move(self, session: PostSession, plan: Plan, head: str) -> None:
        """Move the file, then edit the text, whose front matter `head` the plan was made for."""
        move = plan.move
        assert move is not None

        def moved() -> None:
            self._workspace.follow(session, move.source, move.target)
            if session.header_session.text.startswith(head):
                self._make_edits(session, plan)
            else:
                self._make_edits(session, Plan((), move, plan.sentences))

        session.move_file(move.target, lambda: move_file(move), moved, self._refuse)

    def _make_edits(self, session: PostSession, plan: Plan) -> None:
        self._act = None
        session.header_session.apply_steps(plan.edits)
        self._act = _Act(session, plan, session.header_session.revision)
        self._tell(self._act)
        self.judge()

    def _tell(self, act: _Act) -> None:
        actions: list[Action] = []
        if act.plan.earlier_date:
            words = _("Keep {day}").format(day=act.plan.earlier_date)
            actions.append((words, self._keep_date))
        if act.plan.move is not None:
            actions.append((_("Undo move"), lambda: self._take_back(act)))
        # The first sentence is what the card shows.
        self.done.emit(" ".join(f"{sentence}." for sentence in act.plan.sentences[1:]), actions)

    def _keep_date(self) -> None:
        act = self._act
        if (
            act is not None
            and act.session is self._session
            and act.revision == act.session.header_session.revision
        ):
            self._take_back(act, then=lambda: self._publish(keep_date=True))

    def _take_back(self, act: _Act, then: Callable[[], None] | None = None) -> None:
        """Put the file back; the text too, where nothing else was changed since."""
        session, plan = act.session, act.plan

        def undo_text() -> None:
            if act.revision == session.header_session.revision and plan.edits:
                session.header_session.document.undo()
            self._act = None
            self.done.emit("", [])
            if then is None:
                self.judge()
            else:
                then()

        if plan.move is None:
            undo_text()
            return
        back = plan.move.back()

        def moved() -> None:
            self._workspace.follow(session, back.source, back.target)
            undo_text()

        session.move_file(back.target, lambda: move_file(back), moved, self._refuse)

    def _refuse(self, error: Exception) -> None:
        self._card.set_busy(False)
        if not isinstance(error, CopydeskError):
            error = CopydeskError(_("Something went wrong: {reason}").format(reason=error))
        self.failed.emit(error)

    # What changes

    def _show_session(self, session: PostSession | None) -> None:
        if self._session is not None:
            self._session.front_matter_changed.disconnect(self._on_front_matter)
            self._session.edited.disconnect(self._on_edited)
            self._session.saved.disconnect(self._on_saved)
        self._session = session
        self._act = None
        open_sessions = set(self._workspace.open_sessions())
        self._published_dates = {s: d for s, d in self._published_dates.items() if s in open_sessions}
        if session is not None:
            session.front_matter_changed.connect(self._on_front_matter)
            session.edited.connect(self._on_edited)
            session.saved.connect(self._on_saved)
        self.judge()

    def _on_front_matter(self, _front_matter: object) -> None:
        self._drop_old_act()
        session = self._session
        if session is not None and session.document.characterCount() > _LONG:
            self._pause.start()
        else:
            self._soon.start()

    def _on_edited(self, _edit: object, _revision: int) -> None:
        self._drop_old_act()
        self._pause.start()

    def _drop_old_act(self) -> None:
        """Let go of what can't be taken back as a whole any more: something was changed since."""
        act = self._act
        changed = act is not None and act.session.header_session.revision != act.revision
        if act is not None and changed and act.plan.earlier_date:
            # The date can't be given back as part of the act any more; the move still can.
            self._act = None
            plan = Plan(act.plan.edits, act.plan.move, act.plan.sentences)
            if plan.move is None:
                self.done.emit("", [])
            else:
                self._tell(_Act(act.session, plan, act.revision))

    def _on_saved(self, _path: Path) -> None:
        self.judge()


def _can_update(site: Site, path: Path, text: str, now: datetime, habits: PublishHabits) -> bool:
    try:
        return plan_update(site, path, site.front_matter_of(text), now, habits=habits) is not None
    except CopydeskError:
        return False


def _date_source(front_matter: FrontMatter, site: Site) -> str | None:
    """Return the post's date as it is written, or None where it has none."""
    if front_matter.problem is not None:
        return None
    way, values = publish_way(site.generator), front_matter.values
    for name in way.date_keys:
        for key in (f"{name}.created", name):
            found = key_in(values, key, any_case=way.any_case)
            if found is not None:
                return front_matter.source(found)
    return None
