"""Whether anything has happened in a repository, told by little."""

import pytest

from editor.git.standing import folders_of, standing


def stage(repo):
    repo.write("a.md", "staged\n")
    repo.git("add", "a.md")


def merge(repo):
    repo.git("switch", "-q", "-c", "side")
    repo.commit("Side", a_md="side\n")
    repo.git("switch", "-q", "main")
    repo.commit("Main", a_md="main\n")
    repo.git("merge", "-q", "side", fails=True)


@pytest.mark.parametrize(
    "act",
    [
        lambda repo: repo.git("checkout", "-q", "--detach"),
        lambda repo: repo.git("switch", "-q", "-c", "other"),
        lambda repo: repo.git("branch", "-q", "-m", "other"),
        lambda repo: repo.git("commit", "-q", "--allow-empty", "-m", "Nothing"),
        lambda repo: repo.git("reset", "-q", "--soft", "HEAD~"),
        stage,
        merge,
    ],
    ids=["detached", "switched", "renamed", "committed", "reset", "staged", "merging"],
)
def test_what_git_does_is_seen_without_running_it(repo, act):
    repo.commit("One", a_md="one\n")
    repo.commit("Two", a_md="two\n")
    before = standing(repo.repository, files=False)
    assert standing(repo.repository, files=False).is_as(before)
    act(repo)
    assert not standing(repo.repository, files=False).is_as(before)


def test_branches_that_are_packed_and_in_another_work_tree(repo, tmp_path):
    repo.commit("One", a_md="one\n")
    repo.git("pack-refs", "--all")
    repo.git("worktree", "add", "-q", str(tmp_path / "tree"), "-b", "feature/x")
    tree = type(repo)(tmp_path / "tree", init=False)
    before = standing(tree.repository, files=False)
    tree.commit("Two", b_md="two\n")
    assert not standing(tree.repository, files=False).is_as(before)
    shared = repo.top / ".git"
    assert {str(shared), str(shared / "refs/heads/feature")} <= set(folders_of(tree.repository))


def test_files_are_seen_where_they_are_asked_for(repo):
    repo.commit("One", a_md="one\n", c_md="c\n")
    before = standing(repo.repository, files=True)
    path = repo.write("a.md", "other\n")
    plain = standing(repo.repository, files=False)
    changed = standing(repo.repository, files=True)
    assert plain.is_as(before)
    assert not changed.is_as(before)
    assert standing(repo.repository, files=True).is_as(changed)
    path.write_bytes(b"other, and longer\n")  # to git it is as changed as before
    assert not standing(repo.repository, files=True).is_as(changed)
    new = standing(repo.repository, files=True)
    repo.write("new “one”.md", "new\n")
    assert not standing(repo.repository, files=True).is_as(new)
