"""Committer: commits what is ticked, and tells how it goes."""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from editor.errors import GitError
from editor.git.committing import (
    CommitRefused,
    Committed,
    Pick,
    commit,
    take_hook_changes,
)
from editor.git.contents import in_work_tree
from editor.git.repository import Repository
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.commit.column_state import AS_A_WHOLE
from editor.ui.commit.edited_here import EditedHere
from editor.ui.commit.git_work import GitWork
from editor.ui.commit.kept_messages import KeptMessages
from editor.ui.commit.overview import ChangedFile, Overview
from editor.ui.commit.picks import Picks
from editor.ui.commit.results import UNSAVED, Results
from editor.ui.commit.syncer import Syncer, told
from editor.ui.commit.words import shown_path
from editor.ui.save_all import SaveAll
from editor.ui.session import PostSession
from editor.ui.workspace import Workspace

if TYPE_CHECKING:
    from editor.ui.commit.commit_column import CommitColumn

_SHORT = 7
"""Characters of a commit's hash that people are told."""
_MOST_NAMES = 3


@dataclass(frozen=True)
class Plan:
    """What is to be committed."""

    overview: Overview
    picks: Picks
    files: Sequence[ChangedFile]


class Committer(QObject):
    """Does what the buttons of the column say; `syncer` does what those for the remote repository do.

    Signals:
        changed: something began or ended: the buttons are to be shown anew.
        done: the repository has changed.
    """

    changed = Signal()
    done = Signal()

    def __init__(
        self,
        parent: QObject,
        workspace: Workspace,
        work: GitWork,
        edited_here: EditedHere,
        kept: KeptMessages,
        plan: Callable[[], Plan | None],
    ) -> None:
        """`plan` gives what is ticked at that moment; messages that wait are `kept`."""
        super().__init__(parent)
        self._workspace = workspace
        self._work = work
        self._edited_here = edited_here
        self._kept = kept
        self._plan = plan
        self.results = Results()
        self.syncer = Syncer(self, work, self.results, self._overview)
        self.syncer.changed.connect(self.changed)
        self.syncer.done.connect(self.done)
        self._column: CommitColumn | None = None
        self._saving: SaveAll | None = None
        self._unsaved_posts: list[PostSession] = []
        """Those that a commit was to save, and could not."""
        self._saved: set[str] = set()
        """The real paths of what was saved since the command began: hooks' changes are not put back over that."""
        self._refused: CommitRefused | None = None
        self._top: Path | None = None
        self._template = ""
        """What the message began as."""
        self._before_amend = ""
        workspace.saved.connect(self._on_saved)

    @property
    def saving(self) -> bool:
        """Whether posts are being saved for a commit."""
        return self._saving is not None

    @property
    def has_message(self) -> bool:
        """Whether a message is written: what the repository begins it with is none yet."""
        if self._column is None:
            return False
        message = self._column.message.toPlainText().strip()
        return bool(message) and message != self._template.strip()

    def take(self, column: "CommitColumn") -> None:
        """Do what is wanted by `column`, and show in it how it goes."""
        self._column = column
        self.results.take(column)
        self.syncer.take(column)
        column.commit_wanted.connect(self.commit)
        column.cancel_wanted.connect(self._work.cancel)
        column.amend_toggled.connect(self._on_amend)
        column.take_over_wanted.connect(self._take_over_hooks)
        column.message_edited.connect(self._keep)
        self._work.lines.connect(column.show_lines)

    def show(self, overview: Overview) -> None:
        """Begin the message as the repository wants it, where nothing is written yet."""
        column, repository = self._column, overview.repository
        if column is None or repository is None:
            return
        self.results.follow(overview)
        message = column.message
        if repository.top != self._top:
            if self._top is not None:
                self._kept.flush()
                column.amend.setChecked(False)
                self.results.put_away()
            self._top, self._template = repository.top, ""
            message.clear()
            self._kept.load(repository.top, lambda text: self._take_kept(repository.top, text))
        if message.toPlainText().strip() in ("", self._template.strip()) and not column.amend.isChecked():
            if message.toPlainText() != overview.template:
                message.setPlainText(overview.template)
            self._template = overview.template

    def _take_kept(self, top: Path, text: str) -> None:
        """Show the message that was written before, unless there is a newer one."""
        column = self._column
        if column is None or top != self._top or not text.strip():
            return
        if column.message.toPlainText().strip() in ("", self._template.strip()):
            column.message.setPlainText(text)

    def _keep(self) -> None:
        column = self._column
        if column is not None and self._top is not None and not column.amend.isChecked():
            message = column.message.toPlainText()
            self._kept.keep(self._top, "" if message == self._template else message)

    # ---- commit

    def commit(self) -> None:
        """Save what is ticked and not saved yet, and commit it."""
        plan, column = self._plan(), self._column
        if plan is None or column is None or self._work.running or self._saving is not None:
            return
        sessions = self._unsaved(plan.files)
        if not sessions:
            self._commit(plan)
            return
        saving = self._saving = SaveAll(sessions, lambda _session: None, self)
        saving.done.connect(lambda: self._saved_all(plan))
        saving.stopped.connect(lambda: self._not_saved(sessions))
        self.changed.emit()
        saving.start()

    def _unsaved(self, files: Sequence[ChangedFile]) -> list[PostSession]:
        wanted = {file.path.resolve() for file in files if file.unsaved}
        return [
            session
            for session in self._workspace.open_sessions()
            for part in (session, session.meta)
            if part is not None
            and part.path is not None
            and part.text_modified
            and part.path.resolve() in wanted
        ]

    def _saved_all(self, plan: Plan) -> None:
        self._saving = None
        self._commit(plan)

    def _not_saved(self, sessions: list[PostSession]) -> None:
        self._saving = None
        self._unsaved_posts = sessions
        self.results.tell(_("Nothing is committed: a post could not be saved."), failed=True, kind=UNSAVED)
        self.changed.emit()

    def _on_saved(self, _session: PostSession, path: Path) -> None:
        self._saved.add(os.path.realpath(path))
        left = [post for post in self._unsaved_posts if post.modified]
        if self._unsaved_posts and not left and self.results.tells(UNSAVED):
            words = _("“{name}” is saved by now, and not committed yet: look at it again, then commit.")
            self.results.tell(words.format(name=shown_path(path.name)), failed=False)
        self._unsaved_posts = left

    def _overview(self) -> Overview | None:
        plan = self._plan()
        return plan.overview if plan is not None else None

    def _commit(self, plan: Plan) -> None:
        column, repository = self._column, plan.overview.repository
        if column is None or repository is None:
            return
        message, amend = column.message.toPlainText(), column.amend.isChecked()
        whole = plan.overview.state.operation in AS_A_WHOLE
        picks = [plan.picks.for_commit(file) for file in plan.files]
        files = list(plan.files)
        self._refused = None
        self._saved.clear()
        self.results.run(_("Committing…"))

        def work(said: Callable[[str], None], cancelled: Callable[[], bool]) -> Committed:
            _check_unchanged(plan.overview, repository, files, picks)
            return commit(
                repository,
                message,
                picks,
                amend=amend,
                whole=whole,
                said=said,
                cancelled=cancelled,
                put_back=lambda path: os.path.realpath(repository.path(path)) not in self._saved,
            )

        self._work.run(work, lambda made: self._committed(plan, message, made), self._not_committed)
        self.changed.emit()

    def _committed(self, plan: Plan, message: str, made: Committed) -> None:
        column = self._column
        for file in plan.files:
            self._edited_here.committed(file.path, plan.picks.rest(file))
        plan.picks.committed(plan.files)
        if column is not None:
            self._template = ""
            self._before_amend = ""
            column.amend.setChecked(False)
            typed_on = column.message.toPlainText() not in ("", message)
            if typed_on:  # while it was committed: that is the next message
                self._keep()
            else:
                column.message.clear()
            said = _("Committed {hash}: {subject}").format(
                hash=made.hash[:_SHORT], subject=message.strip().split("\n", 1)[0]
            )
            more = [made.warning] if made.warning else []
            if made.by_hooks:
                words = ngettext(
                    "A hook has changed {names}, too.", "Hooks have changed {names}, too.", len(made.by_hooks)
                )
                more.append(words.format(names=_names(made.by_hooks)))
            self.results.tell("\n".join([said, *more]), failed=False, output=made.output)
            if not (typed_on and column.message.hasFocus()):
                column.list.setFocus()
        self.done.emit()
        self.changed.emit()

    def _not_committed(self, error: Exception) -> None:
        said, output = told(error)
        refused = error if isinstance(error, CommitRefused) else None
        self._refused = refused
        changed = (
            [change.path for change in refused.changed if change.put_back] if refused is not None else []
        )
        if changed:
            words = _("The hook has changed {names}; that was put back.")
            said += "\n" + words.format(names=_names(changed))
        self.results.tell(said, failed=True, output=output, take_over=bool(changed))
        self.done.emit()
        self.changed.emit()

    def _take_over_hooks(self) -> None:
        """Write what the hooks made of files into the work tree, to be looked at and committed."""
        plan, refused = self._plan(), self._refused
        if plan is None or plan.overview.repository is None or refused is None:
            return
        repository = plan.overview.repository
        self._refused = None
        self.syncer.run(
            _("Taking over what the hook has changed…"),
            lambda _said, _cancelled: take_hook_changes(repository, refused),
            lambda paths: _("Taken over: {names}. Look at it, then commit.").format(names=_names(paths)),
        )

    def _on_amend(self, amend: bool) -> None:
        plan, column = self._plan(), self._column
        if column is None:
            return
        message = column.message
        if amend and plan is not None:
            self._before_amend = message.toPlainText()
            if not self._before_amend.strip() or self._before_amend == self._template:
                message.setPlainText(plan.overview.last_message)
        elif not amend and plan is not None and message.toPlainText() == plan.overview.last_message:
            message.setPlainText(self._before_amend)
        self.changed.emit()


def _check_unchanged(
    overview: Overview, repository: Repository, files: Sequence[ChangedFile], picks: Sequence[Pick]
) -> None:
    """Raise GitError where a file, or the last commit, is not as it was shown: only what was seen is committed."""
    branch = repository.branch()
    if branch != overview.state.branch:
        if not branch:
            raise GitError(_("No branch is checked out by now: look again, then commit"))
        words = _("Another branch is checked out by now, “{branch}”: look again, then commit")
        raise GitError(words.format(branch=shown_path(branch)))
    if repository.head() != overview.state.head:
        raise GitError(_("The last commit is another one by now: look again, then commit"))
    for file, pick in zip(files, picks, strict=True):
        shown = file.difference
        if shown is None or pick.content is not None or file.change.submodule:
            continue
        now = in_work_tree(repository, file.key)[0]
        if shown.binary:
            same = (b"" if now is None else hashlib.sha256(now).digest()) == shown.digest
        else:
            same = now == shown.after
        if not same:
            words = _("“{name}” has changed since you looked at it: look again, then commit")
            raise GitError(words.format(name=shown_path(file.path.name)))


def _names(paths: object) -> str:
    names = [shown_path(Path(path).name) for path in paths]  # type: ignore[attr-defined]
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    more = len(names) - _MOST_NAMES
    words = ngettext("{names} and {count} more", "{names} and {count} more", more)
    return words.format(names=", ".join(names[:_MOST_NAMES]), count=more)
