"""Syncer: pushes and pulls, and joins what was committed here and there where the person says so."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox

from editor.errors import CopydeskError
from editor.git.committing import CommitRefused
from editor.git.repository import Repository, State
from editor.git.syncing import SyncRefused, pull, push
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.commit.git_work import GitWork
from editor.ui.commit.overview import Overview
from editor.ui.commit.results import Results

if TYPE_CHECKING:
    from editor.ui.commit.commit_column import CommitColumn


class Syncer(QObject):
    """Does what the buttons for the remote repository say; nothing is ever forced.

    Signals:
        changed: something began or ended: the buttons are to be shown anew.
        done: the repository has changed.
    """

    changed = Signal()
    done = Signal()

    def __init__(
        self, parent: QObject, work: GitWork, results: Results, overview: Callable[[], Overview | None]
    ) -> None:
        """`overview` gives what is shown at that moment."""
        super().__init__(parent)
        self._work = work
        self._results = results
        self._overview = overview
        self._column: CommitColumn | None = None

    def take(self, column: "CommitColumn") -> None:
        """Do what is wanted by `column`."""
        self._column = column
        column.push_wanted.connect(self.push)
        column.pull_wanted.connect(self.pull)

    def go_on(self) -> None:
        """Pull where there is something to be pulled, else push."""
        overview = self._overview()
        if overview is not None and overview.state.behind:
            self.pull()
        else:
            self.push()

    def push(self) -> None:
        """Push the branch; where it follows none yet, ask whether it is to be made at the remote."""
        overview = self._overview()
        if overview is None or overview.repository is None:
            return
        repository, state = overview.repository, overview.state
        if state.upstream or not state.remotes:
            self._push(repository, "")
            return
        remote = "origin" if "origin" in state.remotes else state.remotes[0]
        self._ask(
            "askUpstream",
            _("Push"),
            _("“{branch}” is not at “{remote}” yet.").format(branch=state.branch, remote=remote),
            _("It is made there, and pushes and pulls go there from now on."),
            _("&Push it there"),
            lambda: self._push(repository, remote),
        )

    def _push(self, repository: Repository, set_upstream: str) -> None:
        self.run(
            _("Pushing…"),
            lambda said, cancelled: push(repository, said, set_upstream=set_upstream, cancelled=cancelled),
            lambda _output: _("Pushed."),
        )

    def pull(self) -> None:
        """Go forward to what the branch follows; where there are commits on both sides, ask whether to join them."""
        self._pull(joins=False)

    def _pull(self, *, joins: bool) -> None:
        overview = self._overview()
        if overview is None or overview.repository is None:
            return
        repository = overview.repository

        def work(said: Callable[[str], None], cancelled: Callable[[], bool]) -> tuple[int, State]:
            before = repository.head()
            pull(repository, said, joins=joins, cancelled=cancelled)
            came = repository.git("rev-list", "--count", f"{before}..FETCH_HEAD" if before else "FETCH_HEAD")
            return int(came), repository.state()

        words = _("Joining…") if joins else _("Pulling…")
        self.run(words, work, lambda found: _pulled(*found), self._on_diverged)

    def _on_diverged(self, error: Exception) -> None:
        """Ask whether what was committed on both sides is to be joined."""
        if not isinstance(error, SyncRefused) or error.reason != "diverged":
            return
        self._ask(
            "askJoin",
            _("Pull"),
            _("There are new commits here, and others in the remote repository."),
            _(
                "They can be joined: a commit is made that has both, and nothing is lost. "
                "Where the same lines were changed, you settle them before it is made."
            ),
            _("&Join them"),
            lambda: self._pull(joins=True),
        )

    def _ask(
        self, name: str, title: str, text: str, inform: str, words: str, then: Callable[[], None]
    ) -> None:
        if self._column is None:
            return
        box = QMessageBox(self._column.window())
        box.setObjectName(name)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(title)
        box.setText(text)
        box.setInformativeText(inform)
        accept = box.addButton(words, QMessageBox.ButtonRole.AcceptRole)
        reject = box.addButton(_("&Leave it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(accept)
        box.setEscapeButton(reject)
        # Once the box is gone: what is shown then may be a box of its own.
        box.buttonClicked.connect(
            lambda button: QTimer.singleShot(0, self, then) if button is accept else None
        )
        box.finished.connect(box.deleteLater)
        box.open()

    def run(
        self,
        words: str,
        work: Callable[..., object],
        said: Callable[..., str],
        refused: Callable[[Exception], None] = lambda _error: None,
    ) -> None:
        """Run `work` and tell how it goes: `said` makes a sentence of what it returns; `refused` gets the error."""
        if self._column is None or self._work.running:
            return
        self._results.run(words)

        def take_over(result: object) -> None:
            self._results.tell(said(result), failed=False)
            self.done.emit()
            self.changed.emit()

        def give_up(error: Exception) -> None:
            words, output = told(error)
            self._results.tell(words, failed=True, output=output)
            self.done.emit()
            self.changed.emit()
            refused(error)

        self._work.run(work, take_over, give_up)
        self.changed.emit()


def told(error: Exception) -> tuple[str, str]:
    """Return what is said of an error, and what was printed before it."""
    said = error.message if isinstance(error, CopydeskError) else str(error)
    output = error.output if isinstance(error, CommitRefused | SyncRefused) else ""
    return said, output


def _pulled(came: int, state: State) -> str:
    """Return what came of a pull, and what is to be pushed."""
    words = []
    if came:
        words.append(ngettext("Pulled {count} commit.", "Pulled {count} commits.", came).format(count=came))
    elif state.ahead:
        words.append(_("Nothing to pull."))
    else:
        words.append(_("Nothing to pull: the branch is as it is there."))
    if state.ahead:
        more = ngettext("{count} commit to push.", "{count} commits to push.", state.ahead)
        words.append(more.format(count=state.ahead))
    return " ".join(words)
