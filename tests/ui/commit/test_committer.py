"""A commit by the column's buttons, with the real git."""

import pytest
from PySide6.QtCore import QObject

from editor.settings import Settings
from editor.ui.commit.commit_column import CommitColumn
from editor.ui.commit.committer import Committer, Plan
from editor.ui.commit.edited_here import EditedHere
from editor.ui.commit.git_work import GitWork
from editor.ui.commit.kept_messages import KeptMessages
from editor.ui.commit.picks import Picks
from editor.ui.tasks import ImmediateTasks
from editor.ui.workspace import Workspace
from tests.ui.commit.conftest import POST


class Desk:
    """A committer and its column, with one changed post to commit."""

    def __init__(self, blog, folder, parent):
        blog.write("posts/one.md", POST.replace(b"More", b"Other"))
        overview = blog.overview(before={"posts/one.md": POST})
        plan = Plan(overview, Picks(), overview.files)
        tasks = ImmediateTasks()
        workspace = Workspace(Settings.load(), tasks, parent, remember=False)
        self.work = GitWork(parent)
        self.kept = KeptMessages(folder, tasks, parent)
        self.committer = Committer(
            parent, workspace, self.work, EditedHere(workspace, tasks), self.kept, lambda: plan
        )
        self.column = CommitColumn()
        self.committer.take(self.column)
        self.committer.show(overview)
        self.top = overview.repository.top

    def next_message(self):
        """Return what a later run of the program would begin with."""
        self.kept.flush()
        found = []
        self.kept.load(self.top, found.append)
        return found[0]


@pytest.fixture
def desk(qtbot, blog, tmp_path):
    parent = QObject()
    made = Desk(blog, tmp_path / "kept", parent)
    qtbot.addWidget(made.column)
    yield made
    made.work.end()


@pytest.mark.parametrize("amend", [False, True])
def test_the_message_goes_with_its_commit(qtbot, blog, desk, amend):
    desk.column.amend.setChecked(amend)
    desk.column.message.setPlainText("Other words")
    with qtbot.waitSignal(desk.committer.done):
        desk.committer.commit()
    assert blog.git("log", "-1", "--format=%s") == "Other words\n"
    assert desk.column.message.toPlainText() == ""
    assert desk.next_message() == ""


@pytest.mark.parametrize("amend", [False, True])
def test_the_next_message_typed_during_a_commit_stays(qtbot, blog, desk, amend):
    desk.column.amend.setChecked(amend)
    desk.column.message.setPlainText("Other words")
    with qtbot.waitSignal(desk.committer.done):
        desk.committer.commit()
        desk.column.message.setPlainText("The next one")
    assert blog.git("log", "-1", "--format=%s") == "Other words\n"
    assert desk.column.message.toPlainText() == "The next one"
    assert desk.next_message() == "The next one"
