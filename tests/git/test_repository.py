"""Where a repository is found, and what is said of how things stand in it."""

import os
import subprocess

import pytest

from editor.errors import GitError
from editor.git import command
from editor.git.changes import changes
from editor.git.committing import Pick, commit, last_message, message_template
from editor.git.contents import at, in_index, sides
from editor.git.discarding import discard
from editor.git.history import revisions
from editor.git.repository import Repository
from editor.git.staged_tree import check_out


def test_no_repository(tmp_path):
    assert Repository.find(tmp_path) is None


def test_making_one(tmp_path):
    made = Repository.create(tmp_path)
    assert made == Repository.find(tmp_path)
    state = made.state()
    assert (state.branch, state.unborn, state.head, state.detached) == ("main", True, "", False)
    assert state.warning == ""
    assert changes(made) == []


def test_found_from_a_sub_folder_and_through_a_link(repo, tmp_path):
    (repo.top / "docs/blog").mkdir(parents=True)
    (tmp_path / "link").symlink_to(repo.top / "docs")
    for folder in (repo.top, repo.top / "docs/blog", tmp_path / "link/blog"):
        found = Repository.find(folder)
        assert found is not None and found.top == repo.top
    assert found.name(tmp_path / "link/blog/a.md") == "docs/blog/a.md"
    assert found.name(repo.top) == "."
    assert found.name(tmp_path / "link") == "docs"
    assert found.name(tmp_path) is None
    (repo.top / "docs/here.md").symlink_to(repo.top / "a.md")
    assert found.name(repo.top / "docs/here.md") == "docs/here.md"
    assert found.path("docs/blog") == repo.top / "docs/blog"


def test_a_folder_with_a_line_feed_and_bytes_that_are_no_text(new_repo):
    name = os.fsdecode(b"si\nte \xe9")
    repo = new_repo(name)
    assert repo.repository.top.name == name
    assert repo.repository.git_dir == repo.top / ".git"
    repo.write("a.md", "a")
    assert set(repo.changes()) == {"a.md"}


def test_a_site_in_a_sub_folder_shows_its_own_files_only(repo):
    repo.write("docs/a.md", "a\n")
    repo.write("docs/deep/b.md", "b\n")
    repo.write("docs2/c.md", "c\n")
    repo.write("a.md", "changed\n")
    assert [change.path for change in changes(repo.repository, repo.top / "docs")] == [
        "docs/a.md",
        "docs/deep/b.md",
    ]
    assert len(changes(repo.repository, repo.top)) == 4
    with pytest.raises(GitError, match="not in the repository"):
        changes(repo.repository, repo.top.parent)


def test_a_sub_folder_that_is_a_pattern(repo):
    repo.write("[ab]/x.md", "x\n")
    repo.write("a/y.md", "y\n")
    assert [change.path for change in changes(repo.repository, repo.top / "[ab]")] == ["[ab]/x.md"]


def test_a_work_tree_and_a_submodule_are_repositories_of_their_own(repo, new_repo, tmp_path):
    repo.git("worktree", "add", "-q", str(tmp_path / "tree"))
    found = Repository.find(tmp_path / "tree")
    assert found is not None and found.top == tmp_path / "tree"
    assert found.git_dir == repo.top / ".git/worktrees/tree"
    (found.git_dir / "index.lock").touch()
    assert found.state().locked and not repo.repository.state().locked
    inner = new_repo("inner")
    inner.commit("Inner", a_md="a\n")
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "sub")
    found = Repository.find(repo.top / "sub")
    assert found is not None and found.top == repo.top / "sub"
    assert found.git_dir == repo.top / ".git/modules/sub"


def test_a_bare_repository_and_git_s_own_folder(repo, tmp_path):
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    for folder in (tmp_path / "bare.git", repo.top / ".git"):
        with pytest.raises(GitError, match="clone it first"):
            Repository.find(folder)


def test_a_repository_of_someone_else(repo, monkeypatch):
    """What git's own tests set to be another user."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(GitError) as caught:
        Repository.find(repo.top)
    assert f"git config --global --add safe.directory {repo.top}" in caught.value.message


def test_a_repository_that_is_broken(repo):
    repo.write(".git/HEAD", "nonsense")
    assert Repository.find(repo.top) is None or pytest.fail("git sees one")
    (repo.top / "sub").mkdir()
    repo.write("sub/.git", "gitdir: /nowhere\n")
    with pytest.raises(GitError, match="/nowhere"):
        Repository.find(repo.top / "sub")


def test_no_git_and_no_folder(repo, monkeypatch):
    with pytest.raises(GitError, match="git can't be run"):
        Repository.find(repo.top / "gone")
    monkeypatch.setattr(command, "git_path", lambda: None)
    with pytest.raises(GitError, match="install git"):
        Repository.find(repo.top)


def test_the_state(repo, tmp_path):
    state = repo.repository.state()
    assert state.branch == "main"
    assert state.head == repo.said("rev-parse", "HEAD")
    assert (state.upstream, state.remotes, state.head_pushed, state.warning) == ("", (), False, "")
    subprocess.run(["git", "clone", "-q", "--bare", repo.top, tmp_path / "bare"], check=True)
    repo.git("remote", "add", "origin", str(tmp_path / "bare"))
    repo.git("fetch", "-q")
    state = repo.repository.state()
    assert (state.upstream, state.remotes, state.head_pushed) == ("", ("origin",), True)
    repo.git("branch", "-q", "--set-upstream-to", "origin/main")
    repo.commit("One")
    repo.commit("Two")
    state = repo.repository.state()
    assert (state.upstream, state.ahead, state.behind, state.head_pushed) == ("origin/main", 2, 0, False)
    repo.git("reset", "-q", "--hard", "HEAD~2")
    assert repo.repository.state().head_pushed
    repo.git("checkout", "-q", "-b", "feature/ä")
    assert repo.repository.state().branch == "feature/ä"


def test_conflicts_are_counted_and_named(repo):
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Side", a_md="side\n", b_md="side\n")
    repo.git("checkout", "-q", "main")
    repo.commit("Main", a_md="main\n")
    repo.git("rm", "-q", "b.md")
    repo.git("commit", "-q", "-m", "Gone")
    repo.git("merge", "side", fails=True)
    assert repo.repository.state().conflicts == 2
    assert {path: change.kind for path, change in repo.changes().items()} == {
        "a.md": "conflicted",
        "b.md": "conflicted",
    }


def test_asking_changes_nothing(repo):
    """Not even the index, which git refreshes on the way."""
    for name in ("a.md", "b.md"):
        os.utime(repo.top / name, (1_000_000_000, 1_000_000_000))
    before = repo.index()
    assert repo.changes() == {}
    repo.repository.state()
    assert repo.index() == before


@pytest.fixture
def armed(repo):
    """A repository whose own configuration names programs; any that runs leaves a file."""
    mark = repo.top.parent / "ran"
    repo.write("plain.md", "plain\n")
    repo.commit("More", c_md="c\n")
    script = repo.write(".git/script", f"#!/bin/sh\necho \"$0 $*\" >> '{mark}'\ncat\n")
    script.chmod(0o755)
    repo.git("config", "core.fsmonitor", str(script))
    for name in ("x", "a=b.c d"):
        repo.git("config", f"filter.{name}.clean", f"{script} clean")
        repo.git("config", f"filter.{name}.smudge", f"{script} smudge")
    repo.git("config", "filter.y.process", f"{script} process")
    repo.git("config", "filter.y.required", "true")
    repo.git("config", "diff.external", str(script))
    repo.git("config", "diff.x.textconv", str(script))
    repo.git("config", "gpg.program", str(script))
    repo.git("config", "log.showSignature", "true")
    repo.git("config", "core.pager", str(script))
    repo.write(".git/info/attributes", "a.md filter=x diff=x\nb.md filter=y\nc.md filter=a=b.c d\n")
    for name in ("post-index-change", "reference-transaction"):
        repo.hook(name, f"echo {name} >> '{mark}'")
    mark.unlink(missing_ok=True)
    for name in ("a.md", "b.md", "c.md", "plain.md"):
        repo.write(name, repo.read(name).swapcase())
    return repo, mark


def test_reading_a_repository_that_is_not_trusted_starts_nothing(armed):
    repo, mark = armed
    repository = Repository.find(repo.top, trusted=False)
    assert repository is not None
    repository.state()
    found = changes(repository)
    assert {change.path for change in found} == {"a.md", "b.md", "c.md", "plain.md"}
    for change in found:
        sides(repository, change)
        in_index(repository, change.path)
        for revision in revisions(repository, change.path):
            at(repository, revision.hash, revision.path)
    message_template(repository)
    last_message(repository)
    check_out(repository, [Pick(change.path) for change in found], repo.top.parent / "tree")
    assert not mark.exists(), mark.read_text()


@pytest.mark.parametrize("trusted", [False, True])
def test_what_is_missing_is_fetched_for_a_trusted_one_alone(repo, tmp_path, trusted):
    mark = tmp_path / "mark"
    shell = repo.write("shell", f"#!/bin/sh\necho asked >> '{mark}'\nexit 1\n")
    shell.chmod(0o755)
    blob = repo.said("rev-parse", "HEAD:a.md")
    (repo.top / ".git/objects" / blob[:2] / blob[2:]).unlink()
    repo.git("config", "core.repositoryFormatVersion", "1")
    repo.git("config", "extensions.partialClone", "origin")
    repo.git("config", "remote.origin.url", "ssh://nowhere/there")
    repo.git("config", "remote.origin.promisor", "true")
    repo.git("config", "core.sshCommand", f"'{shell}'")
    repository = Repository.find(repo.top, trusted=trusted)
    assert repository is not None
    with pytest.raises(GitError):
        at(repository, "HEAD", "a.md")
    assert mark.exists() is trusted


def test_no_program_watches_files_for_a_trusted_one_either(armed):
    repo, mark = armed
    repo.git("config", "--remove-section", "filter.y")
    assert changes(repo.repository)
    assert "script clean" in mark.read_text()
    assert "script 2" not in mark.read_text()
    repo.git("status")
    assert "script 2" in mark.read_text(), (
        "the version of the protocol is the first that core.fsmonitor is told"
    )


def test_what_the_person_asks_for_runs_as_in_a_terminal(armed):
    repo, mark = armed
    repo.git("config", "--remove-section", "filter.y")
    repository = Repository.find(repo.top, trusted=False)
    commit(repository, "Pick", [Pick("a.md")])
    assert "script clean" in mark.read_text()
    mark.unlink()
    repo.write("a.md", "again\n")
    discard(repository, next(change for change in changes(repository) if change.path == "a.md"))
    assert "script smudge" in mark.read_text()
