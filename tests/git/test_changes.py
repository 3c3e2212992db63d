"""What changed, file by file, and what is in the files on both sides."""

import os
import time

import pytest

from editor.errors import GitError
from editor.git.changes import Change
from editor.git.committing import Pick, commit
from editor.git.contents import at, at_head, in_index, sides
from editor.git.discarding import discard
from editor.git.hunks import with_hunks


def test_the_kinds(repo):
    repo.commit("More", c_md="c\n" * 9, d_md="d\n", e_md="e\n", f_md="f\n")
    repo.write("a.md", "changed\n")
    (repo.top / "b.md").unlink()
    repo.git("mv", "c.md", "sub.md")
    repo.git("rm", "-q", "d.md")
    (repo.top / "e.md").unlink()
    (repo.top / "e.md").symlink_to("f.md")
    repo.write("new.md", "new\n")
    repo.git("add", "new.md")
    repo.write("meant.md", "four")
    repo.git("add", "-N", "meant.md")
    repo.write("deep/er/untracked.md", "")
    assert repo.changes() == {
        "a.md": Change("a.md", "modified", unstaged=True, size=8),
        "b.md": Change("b.md", "deleted", unstaged=True),
        "sub.md": Change("sub.md", "renamed", source="c.md", staged=True, size=18),
        "d.md": Change("d.md", "deleted", staged=True),
        "e.md": Change("e.md", "typechange", unstaged=True, size=4),
        "new.md": Change("new.md", "added", staged=True, size=4),
        "meant.md": Change("meant.md", "added", unstaged=True, size=4),
        "deep/er/untracked.md": Change("deep/er/untracked.md", "untracked", unstaged=True, size=0),
    }
    assert list(repo.changes()) == sorted(repo.changes())


def test_a_file_changed_after_it_was_staged(repo):
    repo.write("a.md", "staged\n")
    repo.git("add", "a.md")
    repo.write("a.md", "and again\n")
    assert repo.changes() == {"a.md": Change("a.md", "modified", staged=True, unstaged=True, size=10)}
    assert at_head(repo.repository, "a.md").startswith(b"one\n")
    assert in_index(repo.repository, "a.md") == b"staged\n"


def test_a_file_taken_out_of_the_index_only(repo):
    repo.git("rm", "-q", "--cached", "a.md")
    assert repo.changes() == {"a.md": Change("a.md", "modified", staged=True, unstaged=True, size=34)}


def test_a_staged_file_that_is_gone(repo):
    repo.write("new.md", "new\n")
    repo.git("add", "new.md")
    (repo.top / "new.md").unlink()
    assert repo.changes() == {"new.md": Change("new.md", "deleted", staged=True, unstaged=True)}


def test_a_renamed_file_that_is_gone(repo):
    repo.git("mv", "a.md", "z.md")
    (repo.top / "z.md").unlink()
    assert repo.changes() == {"a.md": Change("a.md", "deleted", staged=True, unstaged=True)}


def test_the_configuration_of_the_person_changes_nothing(repo):
    for name, value in {
        "status.renames": "false",
        "status.showUntrackedFiles": "no",
        "status.relativePaths": "true",
        "core.quotePath": "true",
        "status.branch": "true",
        "color.ui": "always",
        "status.showStash": "true",
    }.items():
        repo.git("config", name, value)
    repo.git("mv", "a.md", "ü.md")
    repo.write("neu/ä.md", "x")
    assert {(change.path, change.kind) for change in repo.changes().values()} == {
        ("ü.md", "renamed"),
        ("neu/ä.md", "untracked"),
    }


def test_a_rename_of_case_only(repo):
    repo.git("mv", "a.md", "A.md")
    assert repo.changes() == {"A.md": Change("A.md", "renamed", source="a.md", staged=True, size=34)}


def test_a_file_renamed_without_git(repo):
    repo.commit("More", c_md="c\n" * 9, d_md="d\n" * 9)
    (repo.top / "a.md").rename(repo.top / "posts.md")
    repo.write("posts.md", repo.read("posts.md") + b"eight\n")
    (repo.top / "c.md").rename(repo.top / "--c.md")
    repo.write("unlike.md", "unlike\n")
    (repo.top / "b.md").unlink()
    before = repo.index()
    assert repo.changes() == {
        "--c.md": Change("--c.md", "renamed", source="c.md", unstaged=True, size=18),
        "b.md": Change("b.md", "deleted", unstaged=True),
        "posts.md": Change("posts.md", "renamed", source="a.md", unstaged=True, size=40),
        "unlike.md": Change("unlike.md", "untracked", unstaged=True, size=7),
    }
    assert repo.index() == before
    found = sides(repo.repository, repo.changes()["posts.md"])
    assert found.after == found.before + b"eight\n" and found.divisible
    commit(
        repo.repository,
        "Rename",
        [Pick("posts.md", found.before, source="a.md"), Pick("--c.md", source="c.md")],
    )
    assert repo.status() == [" D b.md", " M posts.md", "?? unlike.md"]
    assert repo.names() == ["--c.md", "a.md", "c.md", "posts.md"]
    (repo.top / "d.md").rename(repo.top / "e.md")
    discard(repo.repository, repo.changes()["e.md"])
    assert repo.read("d.md") == b"d\n" * 9 and not (repo.top / "e.md").exists()


def test_the_executable_bit_is_told(repo):
    (repo.top / "a.md").chmod(0o755)
    change = repo.changes()["a.md"]
    assert change.mode_changed
    found = sides(repo.repository, change)
    assert found.before == found.after
    repo.git("config", "core.fileMode", "false")
    assert repo.changes() == {}


def test_a_time_stamp_alone_is_no_change(repo):
    os.utime(repo.top / "a.md", (1, 1))
    assert repo.changes() == {}


def test_both_sides(repo):
    repo.write("a.md", b"\xff\r\n\0")
    (repo.top / "b.md").unlink()
    repo.write("c.md", "c")
    found = {path: sides(repo.repository, change) for path, change in repo.changes().items()}
    assert found["a.md"].before.startswith(b"one\n")
    assert (found["a.md"].after, found["a.md"].binary, found["a.md"].divisible) == (
        b"\xff\r\n\0",
        True,
        False,
    )
    assert (found["b.md"].before, found["b.md"].after) == (b"b\n", None)
    assert (found["c.md"].before, found["c.md"].after) == (None, b"c")


def test_a_renamed_file_has_its_old_name_before(repo):
    repo.git("mv", "a.md", "z.md")
    repo.write("z.md", repo.read("z.md") + b"eight\n")
    found = sides(repo.repository, repo.changes()["z.md"])
    assert found.after == found.before + b"eight\n"
    assert found.divisible


def test_before_the_first_commit(new_repo):
    repo = new_repo()
    repo.write("a.md", "a")
    repo.git("add", "a.md")
    assert at_head(repo.repository, "a.md") is None
    assert in_index(repo.repository, "a.md") == b"a"
    assert sides(repo.repository, repo.changes()["a.md"]).before is None


def test_a_file_in_the_past(repo):
    start = repo.said("rev-parse", "HEAD")
    repo.git("tag", "v1")
    repo.commit("Next", a_md="next\n", z_md="z\n")
    assert at(repo.repository, start, "a.md").startswith(b"one")
    assert at(repo.repository, "v1", "a.md") == at(repo.repository, "HEAD~1", "a.md")
    assert at(repo.repository, start, "z.md") is None
    assert at(repo.repository, "HEAD", "sub") is None
    for revision in ("nowhere", "--help", "HEAD:a.md", ""):
        with pytest.raises(GitError):
            at(repo.repository, revision, "a.md")


def test_a_folder_is_no_file(repo):
    repo.commit("Deep", z_md="")
    repo.write("posts/a.md", "a")
    repo.commit()
    assert at_head(repo.repository, "posts") is None
    assert at_head(repo.repository, "posts/") is None
    assert at_head(repo.repository, "*.md") is None


def test_the_past_has_the_endings_of_the_work_tree(repo):
    repo.write(".gitattributes", "*.md text eol=crlf\n")
    assert at_head(repo.repository, "b.md") == b"b\r\n"
    assert in_index(repo.repository, "b.md") == b"b\r\n"


def test_our_side_of_a_conflict(repo):
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Side", a_md="side\n")
    repo.git("checkout", "-q", "main")
    repo.commit("Main", a_md="main\n")
    repo.git("merge", "side", fails=True)
    assert in_index(repo.repository, "a.md") == b"main\n"
    found = sides(repo.repository, repo.changes()["a.md"])
    assert b"<<<<<<<" in found.after and not found.divisible


def test_content_that_no_file_would_be_committed_as(repo):
    """Attributes that came later would change every line ending: there is no committing a part of that."""
    repo.commit("Windows", c_md=b"one\r\ntwo\r\nthree\r\n")
    repo.write(".gitattributes", "*.md text\n")
    repo.write("c.md", b"ONE\r\ntwo\r\nthree\r\n")
    found = sides(repo.repository, repo.changes()["c.md"])
    assert not found.divisible
    assert found.after == b"ONE\r\ntwo\r\nthree\r\n"


def test_thousands_of_files(repo):
    for number in range(3_000):
        folder = repo.top / f"posts/{number // 100}"
        if number % 100 == 0:
            folder.mkdir(parents=True)
        (folder / f"{number}.md").write_bytes(b"text %d\n" % number)
    repo.commit()
    for number in range(0, 3_000, 150):
        repo.write(f"posts/{number // 100}/{number}.md", "changed\n")
    start = time.perf_counter()
    assert len(repo.changes()) == 20
    assert time.perf_counter() - start < 5


def test_a_repository_with_longer_hashes(new_repo):
    repo = new_repo(init=False)
    repo.git("init", "-q", "--object-format=sha256", "-b", "main")
    repo.git("config", "user.name", "Ada")
    repo.git("config", "user.email", "ada@example.org")
    repo.commit("Start", a_md="one\ntwo\nthree\n", b_md="b\n")
    repo.write("a.md", "ONE\ntwo\nTHREE\n")
    (repo.top / "b.md").unlink()
    found = sides(repo.repository, repo.changes()["a.md"])
    assert found.divisible
    commit(repo.repository, "Pick", [Pick("a.md", with_hunks(found.before, found.after, [0])), Pick("b.md")])
    assert repo.in_head("a.md") == b"ONE\ntwo\nthree\n"
    assert repo.status() == [" M a.md"]
