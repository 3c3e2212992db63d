"""What can be committed in which state of a repository, and what is said where it can't."""

import pytest

from editor.git.changes import Change
from editor.git.repository import State
from editor.site.find import open_site
from editor.ui.commit.column_state import commit_state, warning, without_changes, without_repository
from editor.ui.commit.overview import Asked, ChangedFile, Overview


@pytest.fixture
def overview(tmp_path):
    site = open_site(tmp_path)

    def make(*files, **state):
        return Overview(
            Asked(site), object(), state=State(branch="main", head="a" * 40, **state), files=files
        )

    return make


def file(tmp_path, name="a.md", *, settled=True, unsaved=False):
    kind = "modified" if settled else "conflicted"
    return ChangedFile(Change(name, kind), tmp_path / name, settled=settled, unsaved=unsaved)


@pytest.mark.parametrize(
    ("count", "unsaved", "amend", "words"),
    [
        (1, 0, False, "Commit 1 file"),
        (2, 0, False, "Commit 2 files"),
        (2, 1, False, "Save and commit 2 files"),
        (0, 0, True, "Amend the message"),
        (1, 0, True, "Amend with 1 file"),
        (2, 2, True, "Save and amend with 2 files"),
        (0, 0, False, "Commit"),
    ],
)
def test_the_button_says_what_happens(overview, tmp_path, count, unsaved, amend, words):
    files = [file(tmp_path, f"{n}.md", unsaved=n < unsaved) for n in range(count)]
    state = commit_state(overview(*files), files, amend=amend, has_message=True)
    assert state.words == words
    assert state.enabled == (count > 0 or amend)


def test_without_a_message_nothing_is_committed(overview, tmp_path):
    changed = file(tmp_path)
    assert not commit_state(overview(changed), [changed], amend=False, has_message=False).enabled


def test_where_nothing_is_ticked_it_says_so(overview, tmp_path):
    state = commit_state(overview(file(tmp_path)), [], amend=False, has_message=True)
    assert (state.why, state.enabled) == ("Tick what is to be committed.", False)


@pytest.mark.parametrize("operation", ["merge", "cherry-pick", "revert"])
def test_what_is_settled_is_committed_as_a_whole(overview, operation):
    state = commit_state(overview(operation=operation), [], amend=False, has_message=True)
    assert (state.words, state.why, state.enabled) == ("Commit the settled state", "", True)


@pytest.mark.parametrize("operation", ["rebase", "am", "bisect"])
def test_what_is_not_finished_by_a_commit_is_said(overview, tmp_path, operation):
    changed = file(tmp_path)
    state = commit_state(overview(changed, operation=operation), [changed], amend=False, has_message=True)
    assert not state.enabled
    assert f"git {operation}" in state.why


def test_a_conflict_comes_first(overview, tmp_path):
    unsettled = file(tmp_path, "it's.md", settled=False)
    state = commit_state(overview(unsettled, operation="merge"), [], amend=False, has_message=True)
    assert (state.why, state.enabled) == ("“it's.md” has a conflict: open it, settle it and save it", False)


def test_a_lock_is_the_first_thing_to_know():
    assert "lock" in warning(State(locked=True, detached=True))
    assert "No branch" in warning(State(detached=True))
    assert warning(State(branch="main")) == ""


def test_without_git_and_without_a_repository_there_is_a_first_step(overview):
    asked = overview().asked
    assert without_repository(Overview(asked, has_git=False))[2] == ""
    assert without_repository(Overview(asked))[2] == "Make this site a repository"
    assert without_repository(overview()) is None


def test_what_is_committed_leads_on_to_the_push():
    pushed = State(branch="main", upstream="origin/main", remotes=("origin",))
    assert without_changes(pushed)[2] == ""
    ahead = State(branch="main", upstream="origin/main", remotes=("origin",), ahead=2)
    assert without_changes(ahead)[2] == "Push 2"
