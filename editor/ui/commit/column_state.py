"""What the column of the commit view says of a repository, and what its buttons can do there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from editor.git.repository import State
from editor.translation import gettext as _
from editor.ui.commit.overview import ChangedFile, Overview
from editor.ui.commit.words import commit_button, pull_button, push_button, push_hint, shown_path

if TYPE_CHECKING:
    from editor.ui.commit.commit_column import CommitColumn

AS_A_WHOLE = frozenset({"merge", "cherry-pick", "revert"})
"""What is under way, and is finished by a commit of all that is staged."""


@dataclass(frozen=True, slots=True)
class CommitState:
    """The button that commits."""

    words: str
    why: str
    """A sentence on why it can't, where that is not plain to see."""
    enabled: bool


def commit_state(
    overview: Overview, picked: Sequence[ChangedFile], *, amend: bool, has_message: bool
) -> CommitState:
    """Return what the button says, and whether it can; `has_message`: that something was written."""
    state = overview.state
    whole = state.operation in AS_A_WHOLE
    unsaved = sum(file.unsaved for file in picked)
    words = _("Commit the settled state") if whole else commit_button(len(picked), unsaved, amend=amend)
    unsettled = [file for file in overview.files if not file.settled]
    why = ""
    if unsettled:
        why = _("“{name}” has a conflict: open it, settle it and save it").format(
            name=shown_path(unsettled[0].path.name)
        )
    elif state.operation and not whole:
        why = state.warning
    elif not (picked or amend or whole):
        why = _("Tick what is to be committed.") if overview.files else ""
    possible = not why and (bool(picked) or amend or whole)
    return CommitState(words, why, possible and has_message)


def warning(state: State) -> str:
    """Return a sentence on what to know before a commit; empty where all is as usual."""
    if state.locked:
        return _(
            "Another git works in this repository, or was interrupted there: a commit waits until its lock is gone"
        )
    return state.warning


def without_repository(overview: Overview) -> tuple[str, str, str] | None:
    """Return why there is none, in a title and sentences, and the first step; None where there is one."""
    if not overview.has_git:
        words = _(
            "With git, Copydesk shows what you have changed and commits it. "
            "Install git, and start Copydesk again."
        )
        return _("Git is not installed"), words, ""
    if overview.repository is None:
        words = _(
            "In a git repository every state that you commit is kept: you see what has changed, and can go "
            "back to it. Only a hidden folder is added to the site."
        )
        return _("This site is in no repository yet"), words, _("Make this site a repository")
    return None


def without_changes(state: State) -> tuple[str, str, str]:
    """Return what is said where nothing has changed, in a title and a sentence, and the next step."""
    words = _("Nothing has changed since the last commit.")
    if state.unborn:
        words = _("There is no commit yet, and nothing to be committed.")
    step = ""
    if state.remotes and state.upstream and (state.ahead or state.behind):
        step = pull_button(state) if state.behind else push_button(state)  # a push would be refused
    return _("All is committed"), words, step


def show_sync(column: "CommitColumn", state: State, *, idle: bool) -> None:
    """Show what can be pushed, pulled and amended; nothing while something runs."""
    column.push_button.setText(push_button(state))
    column.push_button.setToolTip(push_hint(state))
    column.push_button.setEnabled(idle and bool(state.remotes and state.branch) and not state.unborn)
    column.pull_button.setText(pull_button(state))
    column.pull_button.setVisible(bool(state.upstream))
    words = _("Fetch what {upstream} has, and go forward to it")
    column.pull_button.setToolTip(words.format(upstream=state.upstream))
    column.pull_button.setEnabled(idle and not state.operation)
    column.amend.setEnabled(not (state.unborn or state.operation or state.head_pushed))
    why = _("Replace the last commit by one with what is ticked, too")
    if state.head_pushed:
        why = _("The last commit is pushed already: amending it would need a forced push, never made here")
    column.amend.setToolTip(why)
    if not column.amend.isEnabled() and column.amend.isChecked():
        column.amend.setChecked(False)
