"""Discarded changes: the file is as the last commit has it, and no other is touched."""

import pytest

from editor.errors import GitError
from editor.git.discarding import discard


def discarded(repo, name: str) -> None:
    discard(repo.repository, repo.changes()[name])


def test_each_kind(repo):
    repo.commit("More", c_md="c\n" * 9, d_md="d\n", e_md="e\n")
    repo.write("a.md", "staged\n")
    repo.git("add", "a.md")
    repo.write("a.md", "and changed\n")
    (repo.top / "b.md").unlink()
    repo.git("mv", "c.md", "sub.md")
    repo.git("rm", "-q", "d.md")
    (repo.top / "e.md").unlink()
    (repo.top / "e.md").symlink_to("a.md")
    repo.write("new.md", "new\n")
    repo.git("add", "new.md")
    repo.write("deep/untracked.md", "x\n")
    repo.write("deep/other.md", "x\n")
    kept = repo.write("a2.md", "kept\n")
    for name in list(repo.changes()):
        if name not in {"a2.md", "deep/other.md"}:
            discarded(repo, name)
    assert repo.status() == ["?? a2.md", "?? deep/other.md"]
    assert kept.read_bytes() == b"kept\n"
    assert repo.read("e.md") == b"e\n" and not (repo.top / "e.md").is_symlink()


def test_names_that_look_like_options_and_patterns(repo):
    repo.write("-f", "x\n")
    repo.write("*.md", "x\n")
    repo.commit()
    repo.write("-f", "changed\n")
    repo.write("*.md", "changed\n")
    repo.write("a.md", "changed\n")
    discarded(repo, "-f")
    discarded(repo, "*.md")
    assert repo.status() == [" M a.md"]
    repo.write("?.md", "new\n")
    discarded(repo, "?.md")
    assert repo.status() == [" M a.md"]


def test_the_mode_too(repo):
    (repo.top / "a.md").chmod(0o755)
    discarded(repo, "a.md")
    assert repo.status() == []


def test_a_link_is_deleted_and_not_what_it_points_to(repo):
    (repo.top / "link.md").symlink_to("a.md")
    discarded(repo, "link.md")
    assert repo.status() == []
    assert (repo.top / "a.md").exists()


def test_before_the_first_commit(new_repo):
    repo = new_repo()
    repo.write("a.md", "a\n")
    repo.git("add", "a.md")
    discarded(repo, "a.md")
    assert repo.status() == [] and not (repo.top / "a.md").exists()


def test_line_endings_as_on_a_checkout(repo):
    repo.write(".gitattributes", "*.md text eol=crlf\n")
    repo.commit()
    repo.write("a.md", "x\n")
    discarded(repo, "a.md")
    assert repo.read("a.md").startswith(b"one\r\ntwo\r\n")


def test_a_lock_a_conflict_and_a_nested_repository_are_refused(repo, new_repo):
    repo.write("a.md", "changed\n")
    change = repo.changes()["a.md"]
    lock = repo.write(".git/index.lock", "")
    with pytest.raises(GitError, match=r"index\.lock is there"):
        discard(repo.repository, change)
    assert repo.read("a.md") == b"changed\n"
    lock.unlink()
    repo.git("checkout", "-q", "a.md")
    nested = new_repo("site/nested")
    nested.commit("Nested", x_md="x\n")
    with pytest.raises(GitError, match="repository of its own"):
        discarded(repo, "nested/")
    assert nested.read("x.md") == b"x\n"
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Side", a_md="side\n")
    repo.git("checkout", "-q", "main")
    repo.commit("Main", a_md="main\n")
    repo.git("merge", "side", fails=True)
    with pytest.raises(GitError, match="has conflicts"):
        discarded(repo, "a.md")


def test_nothing_behind_a_link_is_deleted(repo, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "new.md").write_bytes(b"of somebody else\n")
    repo.write("folder/new.md", "new\n")
    repo.git("add", "folder/new.md")
    (repo.top / "folder/new.md").unlink()
    (repo.top / "folder").rmdir()
    (repo.top / "folder").symlink_to(outside)
    discarded(repo, "folder/new.md")
    assert (outside / "new.md").read_bytes() == b"of somebody else\n"
    assert repo.said("ls-files", "folder") == ""
