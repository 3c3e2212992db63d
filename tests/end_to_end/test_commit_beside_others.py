"""Review and commit while git is used elsewhere, with a remote that has commits of its own, and after a while."""

import os

import pytest
from PySide6.QtWidgets import QFrame, QPushButton

from editor.errors import GitError
from tests.end_to_end.test_commit import Review, repository, review  # noqa: F401


@pytest.fixture
def edited(repository):  # noqa: F811
    """A repository with a post that was edited here, and the view open on it."""
    repository.app.open("first.md")
    repository.replace("and more words", "and many words")
    repository.open()
    return repository


def test_a_branch_that_is_checked_out_in_a_terminal_is_followed(edited):
    edited.git("switch", "-q", "-c", "other")
    edited.qtbot.waitUntil(lambda: "other" in edited.column._heading.text(), timeout=15_000)
    edited.git("checkout", "-q", "--detach")
    warning = edited.column.findChild(object, "commitWarning")
    edited.qtbot.waitUntil(lambda: "in none" in warning.text(), timeout=15_000)


def test_a_branch_that_is_checked_out_is_followed_where_the_text_is_shown(repository):  # noqa: F811
    repository.app.open("first.md")
    repository.desk.reader.read_now()
    repository.settle()
    repository.git("switch", "-q", "-c", "other")
    button = repository.app.window.status.findChild(QPushButton, "branch")
    repository.qtbot.waitUntil(lambda: "other" in button.text(), timeout=15_000)


@pytest.mark.parametrize("away", [("checkout", "-q", "--detach"), ("switch", "-q", "-c", "other")])
def test_nothing_is_committed_on_another_branch_than_the_one_shown(edited, away):
    edited.desk.watcher.end()  # as where the system has not told of it yet
    edited.git(*away)
    head = edited.git("rev-parse", "HEAD")
    edited.commit("Change a word")
    assert "checked out by now" in edited.said()
    assert edited.git("rev-parse", "HEAD") == head


def test_an_edit_by_another_program_is_seen_in_the_review(edited):
    path = edited.site / "docs/posts/second.md"
    path.write_bytes(path.read_bytes() + b"More.\n")
    edited.qtbot.waitUntil(lambda: "second.md" in edited.rows(), timeout=15_000)
    path.write_bytes(path.read_bytes() + b"\nAnd more.\n")

    def seen():
        file = next(file for file in edited.desk.files() if file.path.name == "second.md")
        return file.difference.after.endswith(b"\nAnd more.\n")

    edited.qtbot.waitUntil(seen, timeout=15_000)


def test_the_button_counts_what_has_changed_ticked_or_not(edited):
    (edited.site / "docs/posts/second.md").write_bytes(b"# Other\n")
    button = edited.app.window.top_bar.findChild(QPushButton, "reviewButton")
    edited.qtbot.waitUntil(lambda: "2 changed files" in button.accessibleName(), timeout=15_000)
    for file in edited.desk.files():
        edited.column.list.toggled.emit(file, False)
    assert not edited.desk.picked()
    assert "2 changed files" in button.accessibleName()


@pytest.fixture
def remote(repository, tmp_path):  # noqa: F811
    """A remote that the branch follows, with another clone: a function that commits and pushes there."""
    bare, other = tmp_path / "remote.git", tmp_path / "other"
    repository.git("init", "-q", "--bare", "-b", "main", os.fspath(bare), folder=tmp_path)
    repository.git("branch", "-q", "-M", "main")
    repository.git("remote", "add", "origin", os.fspath(bare))
    repository.git("push", "-q", "-u", "origin", "main")
    repository.git("clone", "-q", os.fspath(bare), os.fspath(other), folder=tmp_path)

    def push(name, content):
        (other / name).write_bytes(content)
        repository.git("commit", "-q", "-am", "There", folder=other)
        repository.git("push", "-q", folder=other)

    return push


def commit_here(review):  # noqa: F811
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.open()
    review.commit("Here")


def test_a_pull_of_nothing_says_what_there_is_to_push(repository, remote):  # noqa: F811
    commit_here(repository)
    repository.column.pull_button.click()
    repository.settle()
    assert repository.said() == "Nothing to pull. 1 commit to push."


def test_commits_on_both_sides_are_joined_where_the_person_says_so(repository, remote):  # noqa: F811
    remote("docs/posts/second.md", b"# From there\n")
    commit_here(repository)
    head = repository.git("rev-parse", "HEAD")
    repository.column.pull_button.click()
    repository.qtbot.waitUntil(lambda: "have to be joined" in repository.said(), timeout=20_000)
    repository.settle()
    assert repository.view.nothing.step.text() == "Pull 1"  # a push would be refused
    assert repository.git("rev-parse", "HEAD") == head
    repository.answer("askJoin", "Join them")
    repository.qtbot.waitUntil(
        lambda: repository.said() == "Pulled 1 commit. 2 commits to push.", timeout=20_000
    )
    repository.settle()
    assert repository.git("log", "-1", "--format=%P").split(" ")[0] == head
    assert (repository.site / "docs/posts/second.md").read_bytes() == b"# From there\n"
    assert repository.git("stash", "list") == ""


def test_what_was_said_of_commits_on_both_sides_goes_once_they_are_joined(repository, remote):  # noqa: F811
    remote("docs/posts/second.md", b"# From there\n")
    commit_here(repository)
    repository.column.pull_button.click()
    repository.answer("askJoin", "Leave it")
    repository.settle()
    result = repository.column.findChild(QFrame, "gitResult")
    assert result.isVisible()
    repository.git("merge", "-q", "--no-edit", "origin/main")
    repository.qtbot.waitUntil(lambda: not result.isVisible(), timeout=15_000)


def test_joining_ends_in_a_merge_to_be_settled_where_lines_conflict(repository, remote):  # noqa: F811
    path = repository.site / "docs/posts/first.md"
    remote("docs/posts/first.md", path.read_bytes().replace(b"and more words", b"and fewer words"))
    commit_here(repository)
    repository.column.pull_button.click()
    repository.answer("askJoin", "Join them")
    repository.qtbot.waitUntil(lambda: "same lines were changed" in repository.said(), timeout=20_000)
    repository.settle()
    assert repository.rows()["first.md"][0].startswith("conflict")


def test_what_was_committed_is_not_told_again(edited):
    edited.commit("Change a word")
    result = edited.column.findChild(QFrame, "gitResult")
    assert result.isVisible()
    edited.desk.close()
    edited.open()
    assert not result.isVisible()


def test_what_is_left_of_a_file_after_a_commit_was_edited_here(repository):  # noqa: F811
    repository.app.open("first.md")
    repository.replace("draft: false", "draft: true")
    repository.replace("Some text with", "One line.\n\nAnother line.\n\nSome text with")
    repository.open()
    file = next(file for file in repository.desk.files() if file.path.name == "first.md")
    assert len(file.difference.keys) == 2
    repository.view.source.hunk_toggled.emit(file, 1, False)
    repository.commit("Hide it")
    file = next(file for file in repository.desk.files() if file.path.name == "first.md")
    assert file.edited_here
    assert not any(row.elsewhere for row in file.difference.rows)
    assert file.here is None
    assert not file.left_out


def test_a_post_that_is_saved_later_is_to_be_looked_at_again(edited):
    path = edited.site / "docs/posts/first.md"
    path.write_bytes(path.read_bytes().replace(b"and more words", b"and fewer words"))
    edited.column.message.setPlainText("Words")
    edited.column.commit_button.click()
    outside = edited.app.parts.outside_desk
    edited.qtbot.waitUntil(lambda: outside.dialog is not None, timeout=20_000)
    assert "could not be saved" in edited.said()
    assert not outside.dialog.use.isEnabled()
    outside.dialog.buttons["mine"].click()
    outside.dialog.use.click()
    edited.qtbot.waitUntil(lambda: "saved by now" in edited.said(), timeout=20_000)
    assert edited.git("log", "--format=%s") == "Start"


def test_what_was_saved_through_a_link_is_not_put_back_after_a_hook(edited, tmp_path, monkeypatch):
    asked = []

    def refuse(*_arguments, put_back, **_options):
        asked.append(put_back)
        raise GitError("no")

    monkeypatch.setattr("editor.ui.commit.committer.commit", refuse)
    edited.commit("Words")
    name = "docs/posts/first.md"
    assert asked[0](name)
    (tmp_path / "link").symlink_to(edited.site)
    edited.app.parts.workspace.saved.emit(edited.app.session, tmp_path / "link" / name)
    assert not asked[0](name)


def test_one_file_is_kept_as_one(edited):
    edited.site.joinpath("docs/posts/third.md").write_bytes(b"# Third\n")
    edited.desk.reader.read_now()
    edited.settle()
    file = next(file for file in edited.desk.files() if file.path.name == "third.md")
    edited.view.source.discard_wanted.emit(file)
    edited.answer("askDiscard", "Keep it")
    assert file.path.exists()
