"""The commits of a post, under all of its names."""

from datetime import timedelta

import pytest

from editor.git.contents import at
from editor.git.history import revisions


def test_the_commits_newest_first_under_each_name(repo, monkeypatch):
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2020-02-29T23:30:00+0530")
    repo.write("posts/old name.md", "text\n" * 20)
    repo.commit("Write it\n\nAt length")
    monkeypatch.delenv("GIT_AUTHOR_DATE")
    repo.commit("Another", b_md="other\n")
    repo.git("mv", "posts/old name.md", 'posts/ü\n"new".md')
    repo.commit("Move it")
    repo.write('posts/ü\n"new".md', "text\n" * 21)
    repo.git("add", "-A")
    repo.git("commit", "-q", "--author", "Grace Hopper <g@example.org>", "-m", "Über\nzwei Zeilen")
    name = 'posts/ü\n"new".md'
    found = revisions(repo.repository, name)
    assert [(one.subject, one.author, one.path) for one in found] == [
        ("Über zwei Zeilen", "Grace Hopper", name),
        ("Move it", "Ada", name),
        ("Write it", "Ada", "posts/old name.md"),
    ]
    assert found[0].hash == repo.said("rev-parse", "HEAD")
    assert found[2].date.isoformat() == "2020-02-29T23:30:00+05:30"
    assert found[2].date.utcoffset() == timedelta(hours=5, minutes=30)
    assert [at(repo.repository, one.hash, one.path).count(b"text") for one in found] == [21, 20, 20]
    assert revisions(repo.repository, name, 1) == found[:1]


def test_a_post_that_was_deleted_and_came_back(repo):
    repo.git("rm", "-q", "b.md")
    repo.commit("Gone")
    assert [(one.subject, one.deleted) for one in revisions(repo.repository, "b.md")] == [
        ("Gone", True),
        ("Start", False),
    ]
    repo.commit("Back", b_md="b again\n")
    assert [one.deleted for one in revisions(repo.repository, "b.md")] == [False, True, False]


def test_merges_do_not_confuse(repo):
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Side", b_md="side\n")
    repo.git("checkout", "-q", "main")
    repo.commit("Main", b_md="main\n")
    repo.git("merge", "side", fails=True)
    repo.commit("Both", b_md="both\n")
    found = revisions(repo.repository, "b.md")
    assert {"Side", "Main", "Start"} <= {one.subject for one in found}
    assert {one.path for one in found} == {"b.md"}


def test_a_file_without_commits_and_a_repository_without(repo, new_repo):
    repo.write("new.md", "x")
    assert revisions(repo.repository, "new.md") == []
    fresh = new_repo("fresh")
    assert revisions(fresh.repository, "a.md") == []


def test_what_the_configuration_adds_is_left_out(repo):
    for name, value in {
        "log.showSignature": "true",
        "color.ui": "always",
        "log.date": "relative",
        "log.decorate": "full",
        "format.pretty": "oneline",
        "diff.renames": "false",
        "core.notesRef": "refs/notes/commits",
        "log.showRoot": "false",
        "diff.external": "false",
    }.items():
        repo.git("config", name, value)
    repo.git("notes", "add", "-m", "a note")
    repo.git("mv", "a.md", "c.md")
    repo.commit("Move")
    assert [(one.subject, one.path) for one in revisions(repo.repository, "c.md")] == [
        ("Move", "c.md"),
        ("Start", "a.md"),
    ]


def test_names_that_are_options_or_patterns(repo):
    repo.write("--all", "x\n")
    repo.write("*", "x\n")
    repo.commit("Odd")
    repo.commit("Next", a_md="next\n")
    assert [one.subject for one in revisions(repo.repository, "--all")] == ["Odd"]
    assert [one.subject for one in revisions(repo.repository, "*")] == ["Odd"]


def test_the_encoding_of_old_messages(repo):
    repo.write("b.md", "x\n")
    repo.git("add", "b.md")
    repo.git(
        "-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-q", "-F", "-", data="Größe".encode("latin-1")
    )
    assert revisions(repo.repository, "b.md")[0].subject == "Größe"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("1600000000 -0730", "2020-09-13T04:56:40-07:30"),
        ("1600000000 +9959", "2020-09-13T12:26:40+00:00"),
        ("1600000000 -7500", "2020-09-13T12:26:40+00:00"),
        ("253402300800 +0000", "1970-01-01T00:00:00+00:00"),
    ],
)
def test_dates_as_imports_leave_them(repo, told, expected):
    repo.git("add", "-A")
    lines = [
        f"tree {repo.said('write-tree')}",
        f"author Ada <ada@example.org> {told}",
        f"committer Ada <ada@example.org> {told}",
        "",
        "Imported",
    ]
    raw = "\n".join(lines).encode()
    made = repo.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", data=raw).decode().strip()
    repo.git("reset", "-q", "--hard", made)
    (found,) = revisions(repo.repository, "a.md")
    assert found.date.isoformat() == expected
