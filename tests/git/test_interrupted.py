"""A commit whose maker is killed before the index knows of it."""

import signal
import subprocess
import sys

import pytest

from editor.git.committing import Pick, commit, repair
from editor.git.contents import sides
from editor.git.hunks import with_hunks

_SCRIPT = """
import os, sys
from pathlib import Path
from editor.git.committing import Pick, commit
from editor.git.repository import Repository
os.environ["MAKER"] = str(os.getpid())
content = Path(sys.argv[2]).read_bytes()
picks = [Pick("a.md", content), Pick("b.md"), Pick("new.md")]
commit(Repository.find(Path(sys.argv[1])), "Killed", picks, amend=sys.argv[3] == "amend")
"""


@pytest.fixture
def killed(repo, tmp_path):
    """A function: commit a hunk of a.md, b.md and new.md, and be killed once the commit is there."""

    def make(how: str) -> None:
        repo.commit("More", d_md="d\n")
        repo.write("a.md", "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n")
        repo.git("add", "a.md")
        repo.write("d.md", "staged beside\n")
        repo.git("add", "d.md")
        both = sides(repo.repository, repo.changes()["a.md"])
        content = tmp_path / "content"
        content.write_bytes(with_hunks(both.before, both.after, [0]))
        (repo.top / "b.md").unlink()
        repo.write("new.md", "new\n")
        hook = repo.hook("post-commit", "kill -9 $MAKER")
        ended = subprocess.run([sys.executable, "-c", _SCRIPT, str(repo.top), str(content), how], check=False)
        assert ended.returncode == -signal.SIGKILL
        hook.unlink()

    return make


@pytest.mark.parametrize("how", ["new", "amend"])
def test_the_index_is_brought_up_to_date_by_who_comes_next(repo, killed, how):
    killed(how)
    assert repo.said("log", "-1", "--format=%s") == "Killed"
    assert "D  new.md" in repo.status()
    assert repair(repo.repository)
    assert repo.status() == ["M  a.md", "M  d.md"]
    assert repo.git("diff", "--cached", "a.md").endswith(b"\n six\n-seven\n+SEVEN\n")
    assert not list(repo.repository.git_dir.glob("copydesk-commit-*"))
    assert not repair(repo.repository)


def test_nothing_is_touched_where_somebody_went_on(repo, killed):
    killed("new")
    repo.git("add", "new.md")
    before = repo.index()
    assert not repair(repo.repository)
    assert repo.index() == before


def test_a_commit_that_is_being_made_is_left_alone(repo):
    repo.write("a.md", "changed\n")
    seen: list[bool] = []
    repo.hook("post-commit", "echo there; sleep 0.5")

    def look(line: str) -> None:
        if line == "there":
            seen.append(repair(repo.repository))

    commit(repo.repository, "Going on", [Pick("a.md")], said=look)
    assert seen == [False]
    assert repo.status() == []


def test_the_next_commit_finds_the_index_as_it_should_be(repo, killed):
    killed("new")
    repo.write("b.md", "again\n")
    commit(repo.repository, "Next", [Pick("b.md")])
    assert repo.names() == ["b.md"]
    assert repo.status() == ["M  a.md", "M  d.md"]


def test_the_commit_of_somebody_else_is_none_of_ours(repo, killed):
    killed("amend")
    repo.git("update-ref", "HEAD", "HEAD@{1}")
    repo.git("commit", "-q", "--amend", "--only", "-m", "In a terminal")
    before = repo.status()
    assert not repair(repo.repository)
    assert repo.status() == before
