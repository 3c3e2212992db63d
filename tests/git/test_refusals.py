"""Commits that are refused: one sentence says why, and the index and the files are as they were."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from editor.errors import GitError
from editor.git import command, running, staging
from editor.git.committing import CommitRefused, Pick, commit, take_hook_changes
from editor.git.repository import Repository
from tests.git.conftest import has_ended


class Before:
    """The repository before an attempt, to the byte."""

    def __init__(self, repo) -> None:
        self._repo = repo
        self._was = self._now()

    def _now(self):
        files = {
            str(file.relative_to(self._repo.top)): (file.read_bytes(), file.stat().st_mode)
            for file in self._repo.top.rglob("*")
            if file.is_file() and ".git" not in file.relative_to(self._repo.top).parts
        }
        return self._repo.index(), files, self._repo.said("rev-parse", "HEAD", "--all")

    def check(self) -> None:
        assert self._now() == self._was
        assert not list(self._repo.repository.git_dir.glob("copydesk*"))
        assert not self._repo.repository.index_lock.exists()


@pytest.fixture
def edited(repo):
    """A picked file, one staged beside, one changed and not staged."""
    repo.commit("More", c_md="c\n")
    repo.write("b.md", "staged beside\n")
    repo.write("new.md", "new\n")
    repo.git("add", "b.md")
    repo.write("a.md", "picked\n")
    repo.write("c.md", "unstaged\n")
    repo.git("status")
    return repo


def refused(repo, *names: str | Pick, message: str = "Pick", **options) -> CommitRefused:
    with pytest.raises(CommitRefused) as caught:
        commit(repo.repository, message, [Pick(name) for name in names or ("a.md", "new.md")], **options)
    assert "\n" not in caught.value.message
    return caught.value


@pytest.mark.parametrize("hook", ["pre-commit", "commit-msg", "prepare-commit-msg"])
def test_a_hook_that_refuses(edited, hook):
    edited.hook(hook, "echo 'line 3: two spaces'; echo 'see the guide' >&2; exit 3")
    before = Before(edited)
    heard: list[str] = []
    error = refused(edited, said=heard.append)
    assert error.message == f"The hook {hook} refused the commit: what it printed says why"
    assert error.hook == hook
    assert error.output.splitlines()[:2] == ["line 3: two spaces", "see the guide"] == heard[:2]
    assert not error.changed
    before.check()


def test_a_hook_that_can_not_be_run(edited):
    edited.hook("pre-commit", "exit 0", shell="#!/nowhere/interpreter")
    before = Before(edited)
    assert refused(edited).hook == "pre-commit"
    before.check()


def test_a_hook_of_another_folder(edited, tmp_path):
    (tmp_path / "hooks").mkdir()
    edited.hook("pre-commit", "echo moved >> a.md; exit 1").rename(tmp_path / "hooks" / "pre-commit")
    edited.git("config", "core.hooksPath", str(tmp_path / "hooks"))
    before = Before(edited)
    assert [change.path for change in refused(edited).changed] == ["a.md"]
    before.check()


def test_a_hook_that_changes_files_and_refuses(edited):
    """As a formatter does, so that one looks at what it did: it can be taken over, and then the commit is made."""
    edited.hook("pre-commit", "grep -q formatted a.md && exit 0; echo formatted > a.md; rm new.md; exit 1")
    before = Before(edited)
    error = refused(edited)
    before.check()
    assert {(change.path, change.before, change.after, change.put_back) for change in error.changed} == {
        ("a.md", b"picked\n", b"formatted\n", True),
        ("new.md", b"new\n", None, True),
    }
    assert take_hook_changes(edited.repository, error) == ("a.md", "new.md")
    assert edited.read("a.md") == b"formatted\n"
    made = commit(edited.repository, "Again", [Pick("a.md")])
    assert made.paths == ("a.md",)


def test_what_was_written_since_is_not_taken_over(edited):
    edited.hook("pre-commit", "echo formatted > a.md; exit 1")
    error = refused(edited)
    edited.write("a.md", "typed on\n")
    assert take_hook_changes(edited.repository, error) == ()
    assert edited.read("a.md") == b"typed on\n"


def test_a_file_that_was_saved_meanwhile_is_not_put_back(edited):
    edited.hook("pre-commit", "echo saved > a.md; echo spoilt > c.md; exit 1")
    error = refused(edited, put_back=lambda path: path != "a.md")
    assert edited.read("a.md") == b"saved\n"
    assert edited.read("c.md") == b"unstaged\n"
    assert [(change.path, change.put_back) for change in error.changed] == [("a.md", False), ("c.md", True)]


def test_a_hook_that_stages_files_and_refuses(edited):
    edited.hook("pre-commit", "git add -A; exit 1")
    before = Before(edited)
    refused(edited)
    before.check()


def test_a_hook_that_goes_round_to_the_index(edited):
    edited.hook("pre-commit", "unset GIT_INDEX_FILE; git add -A; git rm -q --cached b.md; exit 1")
    before = Before(edited)
    refused(edited)
    before.check()


def test_a_hook_that_puts_changes_aside_as_frameworks_do(edited):
    """The work tree is what is staged while it runs; what was put aside comes back by a patch."""
    edited.hook(
        "pre-commit",
        "git diff --binary > .git/aside; git checkout -q -- .; cat a.md b.md c.md; git apply .git/aside; exit 1",
    )
    before = Before(edited)
    error = refused(edited, "a.md")
    assert error.output == "picked\nb\nc", "the hook saw the commit, not what is staged beside"
    before.check()


def test_cancelling_ends_the_hook_with_all_that_it_started(edited, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "_GRACE_SECONDS", 0.5)
    child = tmp_path / "child"
    edited.hook(
        "pre-commit", f"echo spoilt > c.md; (sleep 300 & echo $! > '{child}'; echo running; wait); exit 0"
    )
    before = Before(edited)
    begun = threading.Event()
    start = time.monotonic()
    error = refused(edited, said=lambda _line: begun.set(), cancelled=begun.is_set)
    assert time.monotonic() - start < 20
    assert error.cancelled
    assert error.message == "The commit was cancelled: nothing is committed"
    before.check()
    assert has_ended(int(child.read_text()))


def test_cancelling_after_the_commit_is_made_says_so(edited):
    edited.hook("post-commit", "echo made; sleep 300")
    running = threading.Event()
    made = commit(
        edited.repository, "Pick", [Pick("a.md")], said=lambda _line: running.set(), cancelled=running.is_set
    )
    assert made.hash == edited.said("rev-parse", "HEAD")
    assert made.warning
    assert edited.status() == ["M  b.md", " M c.md", "?? new.md"]


@pytest.mark.parametrize("program", ["false", "/nowhere/gpg"])
def test_a_signature_that_fails(edited, program):
    edited.git("config", "commit.gpgsign", "true")
    edited.git("config", "gpg.program", program)
    before = Before(edited)
    error = refused(edited)
    assert error.message.startswith("The commit can't be signed")
    assert "gpg" in error.output
    before.check()


def test_an_ssh_key_that_is_not_there(edited):
    edited.git("config", "commit.gpgsign", "true")
    edited.git("config", "gpg.format", "ssh")
    edited.git("config", "user.signingkey", "/nowhere/key.pub")
    before = Before(edited)
    assert refused(edited).message.startswith("The commit can't be signed")
    before.check()


def test_a_lock_is_named_and_left_alone(edited):
    lock = edited.write(".git/index.lock", b"")
    index = edited.index()
    error = refused(edited)
    assert str(lock) in error.message
    assert lock.exists() and edited.index() == index


def test_a_lock_that_comes_while_the_commit_is_made(edited, monkeypatch):
    """The commit is there, the other git stays where it is: a sentence says what is left to do."""
    monkeypatch.setattr(staging, "_PATIENCE_SECONDS", 0.2)
    edited.hook("post-commit", "touch .git/index.lock")
    made = commit(edited.repository, "Pick", [Pick("a.md")])
    assert made.hash == edited.said("rev-parse", "HEAD")
    assert "git reset" in made.warning
    assert (edited.top / ".git/index.lock").exists()


def test_a_lock_of_the_branch(edited):
    lock = edited.write(".git/refs/heads/main.lock", b"")
    index = edited.index()
    assert "main.lock" in refused(edited).message
    assert lock.exists() and edited.index() == index


def test_no_name_and_address(edited):
    edited.git("config", "--unset", "user.name")
    edited.git("config", "--unset", "user.email")
    edited.git("config", "user.useConfigOnly", "true")
    edited.git("config", "--global", "--rename-section", "user", "kept")
    try:
        before = Before(edited)
        error = refused(edited)
        before.check()
    finally:
        edited.git("config", "--global", "--rename-section", "kept", "user")
    assert "git config --global user.name" in error.message
    assert "git config --global user.email" in error.message


def test_nothing_to_commit(edited):
    before = Before(edited)
    with pytest.raises(CommitRefused, match="nothing to commit"):
        commit(edited.repository, "Pick", [Pick("a.md", edited.in_head("a.md"))])
    with pytest.raises(CommitRefused, match="nothing to commit"):
        commit(edited.repository, "Pick", [])
    before.check()


@pytest.mark.parametrize("message", ["", " \n\t\n"])
def test_no_message(edited, message):
    before = Before(edited)
    assert refused(edited, message=message).message == "A commit needs a message: write what it changes"
    before.check()


def test_a_hook_that_takes_the_message_away(edited):
    edited.hook("commit-msg", ': > "$1"')
    before = Before(edited)
    assert refused(edited).message == "A commit needs a message: write what it changes"
    before.check()


def test_amending_before_the_first_commit(new_repo):
    repo = new_repo()
    repo.write("a.md", "a\n")
    assert "no commit yet" in refused(repo, "a.md", amend=True).message


def test_amending_to_nothing(edited):
    (edited.top / "c.md").unlink()
    before = Before(edited)
    with pytest.raises(CommitRefused, match=r"git reset HEAD\^"):
        commit(edited.repository, "Nothing", [Pick("c.md")], amend=True)
    before.check()


def under_way(repo, *arguments: str) -> None:
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Side", a_md="side\n")
    repo.git("checkout", "-q", "main")
    repo.commit("Main", a_md="main\n")
    repo.git(*arguments, fails=True)


@pytest.mark.parametrize(
    ("operation", "arguments", "way_out"),
    [
        ("merge", ("merge", "side"), "git merge --abort"),
        ("cherry-pick", ("cherry-pick", "side"), "git cherry-pick --abort"),
        ("rebase", ("rebase", "side"), "git rebase --abort"),
        ("rebase", ("rebase", "--apply", "side"), "git rebase --abort"),
    ],
)
def test_what_is_under_way_is_named(repo, operation, arguments, way_out):
    under_way(repo, *arguments)
    state = repo.repository.state()
    assert (state.operation, state.conflicts) == (operation, 1)
    assert way_out in state.warning
    repo.write("b.md", "x\n")
    before = Before(repo)
    assert refused(repo, "b.md").message == state.warning
    assert refused(repo, "b.md", amend=True).message == state.warning
    before.check()


def test_a_rebase_is_not_finished_by_a_commit_of_the_whole(repo):
    under_way(repo, "rebase", "side")
    repo.write("a.md", "settled\n")
    assert "git rebase --continue" in refused(repo, "a.md", whole=True).message


def test_a_revert_and_patches_and_a_bisect_under_way(repo, tmp_path):
    repo.commit("Other", a_md="other\n")
    repo.commit("Last", a_md="last\n")
    repo.git("revert", "--no-edit", "HEAD~1", fails=True)
    assert repo.repository.state().operation == "revert"
    repo.git("revert", "--abort")
    patch = repo.git("format-patch", "-1", "--stdout", "HEAD~1")
    repo.git("am", "-q", data=patch, fails=True)
    assert repo.repository.state().operation == "am"
    assert "git am --abort" in repo.repository.state().warning
    repo.git("am", "--abort")
    repo.git("bisect", "start")
    assert "git bisect reset" in repo.repository.state().warning
    repo.write("a.md", "x\n")
    assert "git bisect reset" in refused(repo, "a.md").message


def test_between_two_commits_of_a_row_the_row_is_still_under_way(repo):
    under_way(repo, "status")
    repo.git("checkout", "-q", "side")
    repo.commit("Second", c_md="c\n")
    repo.git("checkout", "-q", "main")
    repo.git("cherry-pick", "side~1", "side", fails=True)
    repo.write("a.md", "both\n")
    repo.git("add", "a.md")
    repo.git("commit", "-q", "-m", "by hand")
    assert repo.repository.state().operation == "cherry-pick"


def test_a_file_that_can_not_be_in_a_repository(edited):
    before = Before(edited)
    for name in (".git/config", "../outside.md", "/etc/hostname"):
        assert refused(edited, name).message
    before.check()


def test_git_that_can_not_be_run(edited, monkeypatch):
    repository = Repository(edited.top)
    before = Before(edited)
    monkeypatch.setattr(command, "git_path", lambda: None)
    with pytest.raises(GitError, match="install git"):
        commit(repository, "Pick", [Pick("a.md")])
    monkeypatch.undo()
    before.check()


def test_what_a_crash_left_is_harmless_and_goes_in_time(edited):
    left = edited.top / ".git/copydesk-commit-abc"
    left.mkdir()
    shutil.copy(edited.top / ".git/index", left / "index")
    commit(edited.repository, "Pick", [Pick("a.md")])
    assert left.exists(), "it may be in use"
    os.utime(left, (1, 1))
    commit(edited.repository, "Pick", [Pick("c.md")])
    assert not left.exists()


def test_ending_the_program_during_a_hook_leaves_a_repository_that_works(edited):
    """The program is killed while git waits for a hook: the index is as it was, and nothing is locked."""
    edited.hook("pre-commit", "echo ready; exec sleep 30")
    code = (
        "import sys, pathlib\nfrom editor.git.committing import *\nfrom editor.git.repository import Repository\n"
        "commit(Repository.find(pathlib.Path(sys.argv[1])), 'x', [Pick('a.md')], "
        "said=lambda line: print(line, flush=True))"
    )
    index = edited.index()
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(edited.top)], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert edited.index() == index
    assert edited.status() == [" M a.md", "M  b.md", " M c.md", "?? new.md"]
    (edited.top / ".git/hooks/pre-commit").unlink()
    commit(edited.repository, "Pick", [Pick("a.md")])
    assert edited.names() == ["a.md"]


def test_a_hook_that_fails_without_refusing_is_not_blamed(edited):
    edited.hook("post-index-change", "exit 1")
    edited.git("config", "commit.gpgsign", "true")
    edited.git("config", "gpg.program", "false")
    error = refused(edited)
    assert not error.hook
    assert error.message.startswith("The commit can't be signed")


def test_a_hook_at_the_very_end(edited):
    edited.hook("reference-transaction", '[ "$1" = prepared ] && echo no && exit 1; exit 0')
    before = Before(edited)
    assert refused(edited).hook == "reference-transaction"
    before.check()


def test_a_git_that_is_refused_within_a_hook_is_not_taken_for_a_hook(edited):
    """A hook may commit elsewhere, and carry on where that fails."""
    inner = "git init -q; echo exit 1 > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit"
    edited.hook(
        "pre-commit",
        f"mkdir ../inner; cd ../inner; unset GIT_INDEX_FILE GIT_DIR; {inner}; git commit -q --allow-empty -m x; exit 0",
    )
    edited.git("config", "commit.gpgsign", "true")
    edited.git("config", "gpg.program", "false")
    assert not refused(edited).hook
