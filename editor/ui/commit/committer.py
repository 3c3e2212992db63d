"""Committer: commits what is ticked, pushes and pulls, and tells how it goes."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox

from editor.errors import CopydeskError, GitError
from editor.git.committing import (
    CommitRefused,
    Committed,
    Pick,
    commit,
    take_hook_changes,
)
from editor.git.contents import in_work_tree
from editor.git.repository import Repository
from editor.git.syncing import SyncRefused, pull, push
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.commit.column_state import AS_A_WHOLE
from editor.ui.commit.commit_column import CommitColumn
from editor.ui.commit.edited_here import EditedHere
from editor.ui.commit.git_work import GitWork
from editor.ui.commit.kept_messages import KeptMessages
from editor.ui.commit.overview import ChangedFile, Overview
from editor.ui.commit.picks import Picks
from editor.ui.commit.words import shown_path
from editor.ui.save_all import SaveAll
from editor.ui.session import PostSession
from editor.ui.workspace import Workspace

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
    """Does what the buttons of the column say.

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
        self._column: CommitColumn | None = None
        self._saving: SaveAll | None = None
        self._saved: set[Path] = set()
        """What was saved since the command began: hooks' changes are not put back over that."""
        self._refused: CommitRefused | None = None
        self._top: Path | None = None
        self._template = ""
        """What the message began as."""
        self._before_amend = ""
        workspace.saved.connect(lambda _session, path: self._saved.add(path))

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

    def take(self, column: CommitColumn) -> None:
        """Do what is wanted by `column`, and show in it how it goes."""
        self._column = column
        column.commit_wanted.connect(self.commit)
        column.push_wanted.connect(self.push)
        column.pull_wanted.connect(self.pull)
        column.cancel_wanted.connect(self._work.cancel)
        column.amend_toggled.connect(self._on_amend)
        column.take_over_wanted.connect(self._take_over_hooks)
        column.message_edited.connect(self._keep)
        self._work.line.connect(column.show_line)

    def show(self, overview: Overview) -> None:
        """Begin the message as the repository wants it, where nothing is written yet."""
        column, repository = self._column, overview.repository
        if column is None or repository is None:
            return
        message = column.message
        if repository.top != self._top:
            if self._top is not None:
                self._kept.flush()
                column.amend.setChecked(False)
                column.hide_result()
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
        saving.stopped.connect(self._not_saved)
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

    def _not_saved(self) -> None:
        self._saving = None
        if self._column is not None:
            self._column.show_result(_("Nothing is committed: a post could not be saved."), failed=True)
        self.changed.emit()

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
        column.show_running(_("Committing…"))

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
                put_back=lambda path: repository.path(path) not in self._saved,
            )

        self._work.run(work, lambda made: self._committed(plan, message, made), self._not_committed)
        self.changed.emit()

    def _committed(self, plan: Plan, message: str, made: Committed) -> None:
        column = self._column
        for file in plan.files:
            if not plan.picks.left_out(file) and not plan.picks.only_here(file):
                self._edited_here.committed(file.path)
        plan.picks.committed(plan.files)
        if column is not None:
            self._template = ""
            self._before_amend = ""
            column.amend.setChecked(False)
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
            column.show_result("\n".join([said, *more]), failed=False, output=made.output)
            column.list.setFocus()
        self.done.emit()
        self.changed.emit()

    def _not_committed(self, error: Exception) -> None:
        column = self._column
        said, output = _told(error)
        refused = error if isinstance(error, CommitRefused) else None
        self._refused = refused
        if column is not None:
            more = ""
            if refused is not None and refused.changed:
                changed = [change.path for change in refused.changed if change.put_back]
                if changed:
                    words = _("The hook has changed {names}; that was put back.")
                    more = "\n" + words.format(names=_names(changed))
            take_over = refused is not None and any(change.put_back for change in refused.changed)
            column.show_result(said + more, failed=True, output=output, take_over=take_over)
        self.done.emit()
        self.changed.emit()

    def _take_over_hooks(self) -> None:
        """Write what the hooks made of files into the work tree, to be looked at and committed."""
        plan, refused = self._plan(), self._refused
        if plan is None or plan.overview.repository is None or refused is None:
            return
        repository = plan.overview.repository
        self._refused = None
        self._run(
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

    # ---- push and pull

    def push(self) -> None:
        """Push the branch; where it follows none yet, ask whether it is to be made at the remote."""
        plan, column = self._plan(), self._column
        if plan is None or column is None or plan.overview.repository is None:
            return
        repository, state = plan.overview.repository, plan.overview.state
        if state.upstream or not state.remotes:
            self._push(repository, "")
            return
        remote = "origin" if "origin" in state.remotes else state.remotes[0]
        box = QMessageBox(column.window())
        box.setObjectName("askUpstream")
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_("Push"))
        box.setText(_("“{branch}” is not at “{remote}” yet.").format(branch=state.branch, remote=remote))
        box.setInformativeText(_("It is made there, and pushes and pulls go there from now on."))
        accept = box.addButton(_("&Push it there"), QMessageBox.ButtonRole.AcceptRole)
        reject = box.addButton(_("&Leave it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(accept)
        box.setEscapeButton(reject)
        # Once the box is gone: what is shown then may be a box of its own.
        box.buttonClicked.connect(
            lambda button: (
                QTimer.singleShot(0, self, lambda: self._push(repository, remote))
                if button is accept
                else None
            )
        )
        box.finished.connect(box.deleteLater)
        box.open()

    def _push(self, repository: Repository, set_upstream: str) -> None:
        self._run(
            _("Pushing…"),
            lambda said, cancelled: push(repository, said, set_upstream=set_upstream, cancelled=cancelled),
            lambda _output: _("Pushed."),
        )

    def pull(self) -> None:
        """Go forward to what the branch follows."""
        plan = self._plan()
        if plan is None or plan.overview.repository is None:
            return
        repository = plan.overview.repository
        self._run(
            _("Pulling…"),
            lambda said, cancelled: pull(repository, said, cancelled=cancelled),
            lambda _output: _("Pulled: the branch is as it is there."),
        )

    def _run(self, words: str, work: Callable[..., object], said: Callable[[object], str]) -> None:
        column = self._column
        if column is None or self._work.running:
            return
        column.show_running(words)

        def take_over(result: object) -> None:
            column.show_result(said(result), failed=False)
            self.done.emit()
            self.changed.emit()

        def give_up(error: Exception) -> None:
            told, output = _told(error)
            column.show_result(told, failed=True, output=output)
            self.done.emit()
            self.changed.emit()

        self._work.run(work, take_over, give_up)
        self.changed.emit()


def _check_unchanged(
    overview: Overview, repository: Repository, files: Sequence[ChangedFile], picks: Sequence[Pick]
) -> None:
    """Raise GitError where a file, or the last commit, is not as it was shown: only what was seen is committed."""
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


def _told(error: Exception) -> tuple[str, str]:
    """Return what is said of an error, and what was printed before it."""
    said = error.message if isinstance(error, CopydeskError) else str(error)
    output = error.output if isinstance(error, CommitRefused | SyncRefused) else ""
    return said, output


def _names(paths: object) -> str:
    names = [shown_path(Path(path).name) for path in paths]  # type: ignore[attr-defined]
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    more = len(names) - _MOST_NAMES
    words = ngettext("{names} and {count} more", "{names} and {count} more", more)
    return words.format(names=", ".join(names[:_MOST_NAMES]), count=more)
