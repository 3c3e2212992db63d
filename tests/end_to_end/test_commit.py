"""Review and commit in the whole window, with the real git."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QMessageBox, QPushButton, QWidget

from editor.post.text_edit import TextEdit
from editor.ui.dialogs.trust import TrustQuestion
from tests.end_to_end.test_accessible_names import nameless
from tests.ui.commit.conftest import PIXEL

LINK = "A [tract](github.com/sonos/tract) of neural networks."
FIXED = "A [tract](https://github.com/sonos/tract) of neural networks."


class Review:
    """The commit view, as a person uses it."""

    def __init__(self, app_window):
        self.app = app_window
        self.qtbot = app_window.qtbot
        self.site = app_window.site
        self.desk = app_window.parts.commit

    def git(self, *arguments, folder=None):
        ended = subprocess.run(["git", *arguments], cwd=folder or self.site, capture_output=True, check=True)
        return ended.stdout.decode("utf-8", "surrogateescape").strip()

    def make_repository(self):
        self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Start")

    def hook(self, name, *lines):
        hook = self.site / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        hook.chmod(0o755)

    @property
    def view(self):
        assert self.desk.view is not None
        return self.desk.view

    @property
    def column(self):
        return self.view.column

    def open(self):
        self.app.window.actions_by_id["review"].trigger()
        assert self.desk.is_open
        self.settle()

    def settle(self):
        """Wait until nothing is asked and nothing runs any more."""

        def still():
            return not self.desk.busy and self.desk.overview is not None

        self.qtbot.waitUntil(still, timeout=20_000)

    def rows(self):
        """Return name -> (what is said of it, whether it is ticked)."""
        model = self.column.list.files
        rows = range(model.rowCount())
        return {model.file(row).path.name: (model.words(row), model.state(row)) for row in rows}

    def choose(self, name):
        key = next(file.key for file in self.desk.files() if file.path.name == name)
        assert self.column.list.choose(key)

    def commit(self, message):
        self.column.message.setPlainText(message)
        assert self.column.commit_button.isEnabled()
        QTest.mouseClick(self.column.commit_button, Qt.MouseButton.LeftButton)
        self.settle()

    def said(self):
        return self.column.findChild(object, "gitWords").text()

    def answer(self, name, words):
        """Press the button `words` of the open box `name`."""

        def found():
            boxes = self.app.window.findChildren(QMessageBox, name)
            return [box for box in boxes if box.isVisible()]

        self.qtbot.waitUntil(lambda: bool(found()), timeout=20_000)
        button = next(button for button in found()[0].buttons() if button.text().replace("&", "") == words)
        button.click()

    def replace(self, old, new):
        session = self.app.session
        start = session.text.index(old)
        session.apply(TextEdit(start, start + len(old), new))


@pytest.fixture
def review(app_window):
    return Review(app_window)


@pytest.fixture
def repository(review):
    path = review.site / "docs/posts/first.md"
    path.write_bytes(path.read_bytes() + f"\n{LINK}\n".encode())
    review.make_repository()
    return review


def fix_link(review):
    """Let the quick fix give the link its scheme."""
    window, proofreader = review.app.window, review.app.parts.proof.proofreader

    def offered():
        return [
            one for one in proofreader.diagnostics if one.fix is not None and one.code == "missing-scheme"
        ]

    review.qtbot.waitUntil(lambda: bool(offered()), timeout=20_000)
    window.proof_panel.fix_wanted.emit(offered()[0])
    assert FIXED in review.app.session.text


def test_a_fix_a_switch_and_a_picture_make_one_commit_of_exactly_that(repository):
    review, site = repository, repository.site
    other = site / "docs/posts/second.md"
    other.write_bytes(other.read_bytes() + b"Changed by somebody else.\n")
    before = {
        path: path.read_bytes() for path in site.rglob("*") if path.is_file() and ".git" not in path.parts
    }
    review.app.open("first.md")
    fix_link(review)
    draft = review.app.window.form.findChild(QAbstractButton, "field-draft")
    QTest.mouseClick(draft, Qt.MouseButton.LeftButton)
    shutil.copy(site / "docs/img/dot.svg", site / "docs/img/new dot.svg")
    review.replace("# The first post\n", "# The first post\n\n![new](/img/new%20dot.svg)\n")
    review.open()
    assert review.rows() == {
        "first.md": ("not saved yet · front matter 1 · text 2", "all"),
        "second.md": ("not edited here · text 1", "none"),
        "new dot.svg": (review.rows()["new dot.svg"][0], "all"),
    }
    assert "used by this post" in review.rows()["new dot.svg"][0]
    assert review.column.commit_button.text() == "Save and commit 2 files"
    review.commit("Fix the link, hide the post")
    assert review.git("log", "--format=%s") == "Fix the link, hide the post\nStart"
    assert review.git("show", "--name-status", "--format=", "HEAD").split("\n") == [
        "A\tdocs/img/new dot.svg",
        "M\tdocs/posts/first.md",
    ]
    now = {path: path.read_bytes() for path in before}
    post = site / "docs/posts/first.md"
    wanted = before[post].replace(LINK.encode(), FIXED.encode())
    wanted = wanted.replace(b"draft: false   # until", b"draft: true   # until")
    wanted = wanted.replace(b"# The first post\n", b"# The first post\n\n![new](/img/new%20dot.svg)\n")
    assert now == {**before, post: wanted}
    shown = subprocess.run(
        ["git", "show", "HEAD:docs/posts/first.md"], cwd=site, capture_output=True, check=True
    )
    assert shown.stdout == wanted
    assert review.said().startswith(f"Committed {review.git('rev-parse', 'HEAD')[:7]}: Fix the link")
    assert list(review.rows()) == ["second.md"]
    assert review.column.message.toPlainText() == ""


def test_a_hunk_that_is_not_ticked_stays_out_and_stays_on_disk(repository):
    review = repository
    review.app.open("first.md")
    review.replace("draft: false", "draft: true")
    review.replace("and more words", "and many words")
    review.app.save()
    review.open()
    ticks = review.view.source.diff.ticks()
    assert [tick.isChecked() for tick in ticks.values()] == [True, True]
    QTest.mouseClick(ticks[0], Qt.MouseButton.LeftButton)
    assert review.rows()["first.md"][1] == "some"
    review.commit("More words")
    assert "+draft" not in review.git("show", "HEAD")
    assert "many words" in review.git("show", "HEAD")
    assert (review.site / "docs/posts/first.md").read_bytes().count(b"draft: true") == 1
    assert review.rows()["first.md"][0] == "front matter 1"


def test_a_hook_that_refuses_leaves_all_as_it_was_and_says_why(repository):
    review = repository
    review.hook("pre-commit", "echo too many words >&2", "exit 1")
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.app.save()
    index = (review.site / ".git/index").read_bytes()
    review.open()
    review.commit("More words")
    assert review.git("log", "--format=%s") == "Start"
    assert (review.site / ".git/index").read_bytes() == index
    assert "pre-commit" in review.said()
    assert "too many words" in review.column.output.toPlainText()
    assert review.column.output.isVisible()
    assert review.column.message.toPlainText() == "More words"
    assert review.rows()["first.md"][1] == "all"
    assert review.column.commit_button.isEnabled()


def test_a_hook_that_takes_long_can_be_cancelled(repository):
    review = repository
    review.hook("pre-commit", "echo waiting", "exec sleep 60")
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.app.save()
    review.open()
    review.column.message.setPlainText("More words")
    review.column.commit_button.click()
    review.qtbot.waitUntil(lambda: "waiting" in review.column.output.toPlainText(), timeout=20_000)
    assert review.column.cancel_button.isVisible()
    review.column.cancel_button.click()
    review.qtbot.waitUntil(lambda: not review.desk.work.running, timeout=20_000)
    assert "cancelled" in review.said()
    assert review.git("log", "--format=%s") == "Start"


def test_a_folder_without_a_repository_becomes_one_by_a_button(review):
    review.app.open("first.md")
    review.app.window.actions_by_id["review"].trigger()
    review.settle()
    assert "in no repository" in review.view.empty.words
    button = review.view.empty.findChild(QPushButton, "commitFirstStep")
    assert button.text() == "Make this site a repository"
    button.click()
    review.qtbot.waitUntil(lambda: bool(review.rows()), timeout=20_000)
    assert (review.site / ".git").is_dir()
    assert all(ticked == "none" for _words, ticked in review.rows().values())
    assert not review.column.amend.isEnabled()
    review.column.list.setFocus()
    for row in range(review.column.list.files.rowCount()):
        review.column.list.setCurrentIndex(review.column.list.files.index(row))
        QTest.keyClick(review.column.list, Qt.Key.Key_Space)
    review.commit("Start")
    assert review.git("log", "--format=%s") == "Start"
    assert review.git("status", "--porcelain") == ""
    assert "All is committed" in review.view.nothing.words


def test_discarding_a_file_that_is_open_can_be_undone(repository):
    review = repository
    review.app.open("first.md")
    before = review.app.session.text
    review.replace("draft: false", "draft: true")
    review.replace("and more words", "and many words")
    review.app.save()
    edited = review.app.session.text
    review.open()
    review.view.source.discard_action.trigger()
    review.answer("askDiscard", "Discard the changes")
    review.qtbot.waitUntil(lambda: review.git("status", "--porcelain") == "", timeout=20_000)
    assert review.app.session.text == before
    review.app.window.editor.undo()
    assert review.app.session.text == edited


def test_discarding_a_hunk_of_a_file_that_is_not_open_keeps_what_was_in_the_history(repository):
    review = repository
    path = review.site / "docs/posts/second.md"
    before = path.read_bytes()
    path.write_bytes(b"A line above.\n" + before + b"A line below.\n")
    review.app.open("first.md")
    review.open()
    review.choose("second.md")
    review.qtbot.waitUntil(lambda: len(review.view.source.diff.discard_buttons()) == 2)
    review.view.source.diff.discard_buttons()[0].click()
    review.answer("askDiscard", "Discard the change")
    review.qtbot.waitUntil(lambda: path.read_bytes() == before + b"A line below.\n", timeout=20_000)
    review.settle()
    kept = review.app.parts.versions._history.versions(path)
    assert [version.read() for version in kept] == [b"A line above.\n" + before + b"A line below.\n"]


def test_unsaved_words_that_are_discarded_are_in_the_history(repository):
    review = repository
    review.app.open("first.md")
    saved = review.app.session.post.data
    review.replace("and more words", "and unsaved words")
    review.open()
    review.view.source.discard_action.trigger()
    review.answer("askDiscard", "Discard the changes")
    review.qtbot.waitUntil(lambda: "unsaved words" not in review.app.session.text, timeout=20_000)
    review.settle()
    kept = review.app.parts.versions._history.versions(review.site / "docs/posts/first.md")
    assert any(b"and unsaved words" in version.read() for version in kept)
    assert any(version.read() == saved for version in kept)


def test_nothing_is_discarded_that_the_history_could_not_keep(repository):
    review = repository
    path = review.site / "docs/posts/second.md"
    path.write_bytes(b"My only copy.\n")
    history = review.app.parts.versions._history._folder
    shutil.rmtree(history, ignore_errors=True)
    history.parent.mkdir(parents=True, exist_ok=True)
    history.write_text("a file in the way")
    review.app.open("first.md")
    review.open()
    review.choose("second.md")
    review.view.source.discard_action.trigger()
    review.answer("askDiscard", "Discard the changes")
    review.qtbot.waitUntil(lambda: "Nothing is discarded" in review.said(), timeout=20_000)
    assert path.read_bytes() == b"My only copy.\n"


def test_push_and_pull_go_to_a_remote_and_tell_how_many(repository, tmp_path):
    review = repository
    remote = tmp_path / "remote.git"
    review.git("init", "-q", "--bare", os.fspath(remote), folder=tmp_path)
    review.git("remote", "add", "origin", os.fspath(remote))
    review.app.open("first.md")
    review.open()
    assert not review.column.pull_button.isVisible()
    review.column.push_button.click()
    review.answer("askUpstream", "Push it there")
    review.qtbot.waitUntil(lambda: review.said() == "Pushed.", timeout=20_000)
    review.settle()
    review.replace("and more words", "and many words")
    review.settle()
    review.commit("More words")
    assert review.column.push_button.text() == "Push 1"
    review.column.push_button.click()
    review.qtbot.waitUntil(lambda: review.column.push_button.text() == "Push", timeout=20_000)
    assert review.git("rev-parse", "main", folder=remote) == review.git("rev-parse", "HEAD")


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda review: review.git("checkout", "-q", "--detach"), "No branch is checked out"),
        (lambda review: (review.site / ".git/index.lock").touch(), "Another git works in this repository"),
    ],
    ids=["detached", "locked"],
)
def test_what_is_unusual_is_said_in_a_sentence(repository, prepare, said):
    review = repository
    review.app.open("first.md")
    prepare(review)
    review.open()
    warning = review.column.findChild(object, "commitWarning")
    assert warning.isVisible()
    assert said in warning.text()


def test_a_conflict_is_to_be_settled_and_then_committed_as_a_whole(repository):
    review = repository
    post = review.site / "docs/posts/first.md"
    text = post.read_bytes()
    review.git("checkout", "-q", "-b", "side")
    post.write_bytes(text.replace(b"and more words", b"and side words"))
    review.git("commit", "-q", "-am", "Side")
    review.git("checkout", "-q", "main")
    post.write_bytes(text.replace(b"and more words", b"and main words"))
    review.git("commit", "-q", "-am", "Main")
    subprocess.run(["git", "merge", "-q", "side"], cwd=review.site, capture_output=True, check=False)
    review.app.open("first.md")
    review.open()
    assert review.rows()["first.md"] == ("conflict: settle it first", "none")
    assert "merge" in review.column.findChild(object, "commitWarning").text().lower()
    assert not review.column.commit_button.isEnabled()
    post.write_bytes(text.replace(b"and more words", b"and both words"))
    review.desk.reader.read_now()
    review.settle()
    assert review.rows()["first.md"] == ("conflict: settled", "all")
    assert "Merge branch" in review.column.message.toPlainText()
    review.commit(review.column.message.toPlainText())
    assert review.git("log", "-1", "--format=%p").count(" ") == 1
    assert b"and both words" in post.read_bytes()


def test_escape_and_the_button_lead_back_to_the_text_and_the_message_stays(repository):
    review = repository
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.open()
    review.column.message.setPlainText("Half a sen")
    for part in (review.column.list, review.column.message, review.view.source.diff):
        QTest.keyClick(part, Qt.Key.Key_Escape)
        assert not review.desk.is_open
        assert review.app.window.editor.isVisible()
        review.open()
    QTest.keyClick(review.column.list, Qt.Key.Key_Escape)
    review.open()
    assert review.column.message.toPlainText() == "Half a sen"
    button = review.app.window.top_bar.findChild(QPushButton, "reviewButton")
    assert button.accessibleName() == "Review and commit, 1 changed file"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not review.desk.is_open


@pytest.mark.parametrize(
    ("action", "field"), [("find", "find_bar"), ("replace", "find_bar"), ("filter_posts", "library")]
)
def test_what_is_typed_after_an_action_of_the_panes_goes_where_it_leads(repository, action, field):
    repository.app.open("first.md")
    window, text = repository.app.window, repository.app.session.text
    repository.open()
    repository.column.message.setFocus()
    window.actions_by_id[action].trigger()
    assert not repository.desk.is_open
    focus = window.focusWidget()
    assert getattr(window, field).isAncestorOf(focus)
    QTest.keyClicks(focus, "seen")
    assert focus.text() == "seen"
    assert repository.app.session.text == text


def test_the_files_have_the_focus_and_the_lines_begin_at_the_top(repository):
    review = repository
    review.app.window.resize(900, 500)
    review.app.open("first.md")
    review.replace("draft: false", "draft: true")
    review.replace("# The first post", "# The first of posts")
    review.replace("Inside the details.", "Inside of the details.\n" + "\nMore.\n" * 30)
    review.app.save()
    review.open()
    assert review.app.window.focusWidget() is review.column.list
    bar = review.view.source.diff.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0


def test_every_part_of_the_view_has_a_name(repository):
    review = repository
    review.app.open("first.md")
    review.replace("draft: false", "draft: true")
    review.replace("and more words", "and many words")
    review.open()
    assert nameless(review.app.window) == []


def test_a_name_with_blanks_and_quotes_is_committed(repository):
    review = repository
    path: Path = review.site / 'docs/posts/it\'s "so" new.md'
    path.write_bytes(b"---\ndate: 2025-01-01\n---\n\n# New\n")
    review.app.open("first.md")
    review.open()
    row = review.column.list.files.row_of('docs/posts/it\'s "so" new.md')
    review.column.list.setCurrentIndex(review.column.list.files.index(row))
    QTest.keyClick(review.column.list, Qt.Key.Key_Space)
    review.commit("A new one")
    assert review.git("status", "--porcelain") == ""


def test_next_pane_leads_round_the_view(repository):
    review = repository
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.open()
    window = review.app.window
    window.activateWindow()
    review.column.list.setFocus()
    seen = []
    for _step in range(4):
        window.actions_by_id["next_pane"].trigger()
        focus = window.focusWidget()
        parts = {
            "list": review.column.list,
            "source": review.view.source,
            "page": review.view.rendered,
            "message": review.column.message,
        }
        seen += [name for name, part in parts.items() if focus is part or part.isAncestorOf(focus)]
    assert seen == ["source", "page", "message", "list"]


def test_an_index_that_is_locked_refuses_the_commit_in_a_sentence(repository):
    review = repository
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.app.save()
    review.open()
    (review.site / ".git/index.lock").touch()
    review.commit("More words")
    assert "lock" in review.said()
    assert review.git("log", "--format=%s") == "Start"
    (review.site / ".git/index.lock").unlink()
    review.column.commit_button.click()
    review.settle()
    assert review.git("log", "--format=%s") == "More words\nStart"


def test_a_signature_that_fails_refuses_the_commit_in_a_sentence(repository):
    review = repository
    review.git("config", "commit.gpgSign", "true")
    review.git("config", "gpg.program", "false")
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.open()
    review.commit("More words")
    assert "sign" in review.said().lower()
    assert review.git("log", "--format=%s") == "Start"


def test_a_post_that_can_not_be_saved_is_not_committed(repository):
    review = repository
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.open()
    path = review.site / "docs/posts/first.md"
    path.write_bytes(path.read_bytes() + b"Somebody else was here.\n")
    review.column.message.setPlainText("More words")
    review.column.commit_button.click()
    review.qtbot.waitUntil(lambda: "saved" in review.said(), timeout=20_000)
    assert review.git("log", "--format=%s") == "Start"
    for box in review.app.window.findChildren(QMessageBox):
        box.close()


def test_a_file_that_changes_after_it_was_looked_at_is_not_committed(repository):
    review = repository
    path = review.site / "docs/posts/second.md"
    path.write_bytes(path.read_bytes() + b"One line.\n")
    review.app.open("first.md")
    review.open()
    review.choose("second.md")
    QTest.keyClick(review.column.list, Qt.Key.Key_Space)
    path.write_bytes(path.read_bytes() + b"Another line.\n")
    review.commit("A line")
    assert "changed since you looked at it" in review.said()
    assert review.git("log", "--format=%s") == "Start"
    review.column.commit_button.click()
    review.settle()
    assert review.git("log", "--format=%s") == "A line\nStart"


def test_amending_takes_message_and_files_into_the_last_commit(repository):
    review = repository
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.open()
    review.column.amend.click()
    assert review.column.message.toPlainText() == "Start"
    assert review.column.commit_button.text() == "Save and amend with 1 file"
    review.commit("A better start")
    assert review.git("log", "--format=%s") == "A better start"
    assert "many words" in review.git("show", "HEAD:docs/posts/first.md")
    assert not review.column.amend.isChecked()


def test_what_a_hook_changed_before_it_refused_can_be_taken_over(repository):
    review = repository
    review.hook(
        "pre-commit",
        "sed -i 's/many words/many good words/' docs/posts/first.md",
        "echo changed >&2",
        "exit 1",
    )
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.app.save()
    review.open()
    review.commit("More words")
    path = review.site / "docs/posts/first.md"
    assert b"and many words" in path.read_bytes()
    assert review.column.take_over_button.isVisible()
    review.column.take_over_button.click()
    review.settle()
    assert b"and many good words" in path.read_bytes()
    assert review.said().startswith("Taken over: first.md")


def test_pull_goes_forward_to_what_others_have_pushed(repository, tmp_path):
    review = repository
    remote, other = tmp_path / "remote.git", tmp_path / "other"
    review.git("init", "-q", "--bare", "-b", "main", os.fspath(remote), folder=tmp_path)
    review.git("remote", "add", "origin", os.fspath(remote))
    review.git("push", "-q", "-u", "origin", "main")
    review.git("clone", "-q", os.fspath(remote), os.fspath(other), folder=tmp_path)
    (other / "docs/posts/second.md").write_bytes(b"# From elsewhere\n")
    review.git("commit", "-q", "-am", "Elsewhere", folder=other)
    review.git("push", "-q", folder=other)
    review.app.open("first.md")
    review.open()
    assert review.column.pull_button.isVisible()
    review.column.pull_button.click()
    review.settle()
    assert review.said().startswith("Pulled")
    assert (review.site / "docs/posts/second.md").read_bytes() == b"# From elsewhere\n"
    assert not review.column.amend.isEnabled()


def test_closing_the_window_ends_a_hook_that_runs(repository):
    review = repository
    review.hook("pre-commit", "echo waiting", "exec sleep 60")
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.app.save()
    review.open()
    review.column.message.setPlainText("More words")
    review.column.commit_button.click()
    review.qtbot.waitUntil(lambda: "waiting" in review.column.output.toPlainText(), timeout=20_000)
    review.desk.end()
    assert review.git("log", "--format=%s") == "Start"


def test_going_to_another_post_shows_it(repository):
    review = repository
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.open()
    review.app.parts.workspace.open_post(review.site / "docs/posts/second.md")
    assert not review.desk.is_open
    assert review.app.session.path.name == "second.md"


def test_files_outside_of_the_site_are_shown_on_request(review):
    top = review.site.parent
    review.git("init", "-q", folder=top)
    review.git("add", "-A", folder=top)
    review.git("commit", "-q", "-m", "Start", folder=top)
    (top / "notes.txt").write_text("x")
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.open()
    assert list(review.rows()) == ["first.md"]
    button = review.column.findChild(QPushButton, "restOfRepository")
    assert button.text() == "1 more outside of the site"
    button.click()
    assert list(review.rows()) == ["first.md", "notes.txt"]
    button.click()
    assert list(review.rows()) == ["first.md"]
    review.commit("More words")
    assert review.git("show", "--name-only", "--format=", folder=top) == "small-blog/docs/posts/first.md"


def test_a_picture_is_shown_before_and_after(repository):
    review = repository
    picture = review.site / "docs/img/new.png"
    picture.write_bytes(PIXEL)
    review.app.open("first.md")
    review.open()
    review.choose("new.png")
    source = review.view.source
    after = source.findChild(QLabel, "pictureAfter")
    review.qtbot.waitUntil(lambda: not after.pixmap().isNull(), timeout=20_000)
    assert after.accessibleName() == f"New · {len(PIXEL)} bytes · 1 × 1 pixels"
    assert not source.findChild(QLabel, "pictureBefore").isVisible()
    assert not review.view.rendered.isVisible()


def test_a_new_file_can_be_discarded(repository):
    review = repository
    path = review.site / "docs/posts/new.md"
    path.write_bytes(b"# New\n")
    review.app.open("first.md")
    review.open()
    review.choose("new.md")
    review.view.source.discard_action.trigger()
    review.answer("askDiscard", "Delete it")
    review.qtbot.waitUntil(lambda: not path.exists(), timeout=20_000)
    kept = review.app.parts.versions._history.versions(path)
    assert [version.read() for version in kept] == [b"# New\n"]


def test_a_template_is_no_message_yet(repository):
    review = repository
    (review.site.parent / "template").write_text("posts: \n# a comment\n")
    review.git("config", "commit.template", os.fspath(review.site.parent / "template"))
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.open()
    assert review.column.message.toPlainText() == "posts: "
    assert not review.column.commit_button.isEnabled()
    review.column.message.setPlainText("posts: more words")
    assert review.column.commit_button.isEnabled()


def test_only_what_was_edited_here_is_committed_where_the_person_says_so(repository):
    review = repository
    path = review.site / "docs/posts/first.md"
    committed = path.read_bytes()
    path.write_bytes(committed.replace(b"2025-10-11", b"2025-11-11").replace(b"\n", b"\r\n"))
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.open()
    assert "Line endings: LF → CRLF" in review.view.source.findChild(QLabel, "differenceNotes").text()
    assert "Changed elsewhere" in review.view.source.diff.toPlainText()
    only_here = review.view.source.only_here
    assert only_here.isVisible()
    QTest.mouseClick(only_here, Qt.MouseButton.LeftButton)
    assert review.rows()["first.md"][1] == "some"
    review.commit("More words")
    shown = subprocess.run(
        ["git", "show", "HEAD:docs/posts/first.md"], cwd=review.site, capture_output=True, check=True
    )
    assert shown.stdout == committed.replace(b"and more words", b"and many words")
    on_disk = path.read_bytes()
    assert b"2025-11-11" in on_disk
    assert on_disk.count(b"\r\n") == on_disk.count(b"\n")


@pytest.mark.skipif(find_spec("material") is None, reason="mkdocs-material is not installed")
def test_a_site_that_is_trusted_from_the_checks_is_built_at_once(repository):
    review = repository
    review.app.open("first.md")
    review.replace("and more words", "and many words")
    review.open()

    def build():
        return next((check for check in review.column.checks.checks if check.id == "build"), None)

    review.qtbot.waitUntil(lambda: build() is not None and build().action == "Trust…", timeout=20_000)
    button = review.column.findChild(QWidget, "check-build").findChild(QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def asked():
        return [one for one in review.app.window.findChildren(TrustQuestion) if one.isVisible()]

    review.qtbot.waitUntil(lambda: bool(asked()), timeout=20_000)
    asked()[0].accept()
    review.qtbot.waitUntil(lambda: build().detail.endswith(" s"), timeout=60_000)
    assert build().state in ("good", "warning")
    assert review.desk.is_open
