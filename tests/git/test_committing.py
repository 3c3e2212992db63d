"""Commits of exactly what was picked: nothing else goes in, and what is staged beside stays staged."""

import os
import random
import shutil
import threading
from pathlib import Path

import pytest

from editor.git.committing import CommitRefused, Committed, Pick, commit, last_message, message_template
from editor.git.contents import at_head, in_work_tree, sides
from editor.git.hunks import hunks, lines_of, with_hunks


def picked(repo, *names: str | Pick, message: str = "Pick", **options) -> Committed:
    picks = [name if isinstance(name, Pick) else Pick(name) for name in names]
    return commit(repo.repository, message, picks, **options)


def some_hunks(repo, name: str, *chosen: int) -> Pick:
    found = sides(repo.repository, repo.changes()[name])
    assert found.divisible
    return Pick(name, with_hunks(found.before, found.after, chosen))


def test_only_what_was_picked_is_in_the_commit(repo):
    repo.write("a.md", "changed\n")
    repo.write("b.md", "changed too\n")
    repo.write("new.md", "new\n")
    repo.write("left.md", "left\n")
    repo.git("config", "commit.cleanup", "strip")
    made = picked(repo, "a.md", "new.md", message="Say it\n\nWith # a sign\n# and a line of it\n")
    assert made.hash == repo.said("rev-parse", "HEAD")
    assert repo.names() == ["a.md", "new.md"] == list(made.paths)
    assert repo.said("log", "-1", "--format=%B") == "Say it\n\nWith # a sign\n# and a line of it"
    assert repo.status() == [" M b.md", "?? left.md"]
    assert not made.by_hooks and not made.warning
    assert not list(repo.repository.git_dir.glob("copydesk*"))


def test_what_is_staged_beside_stays_staged(repo):
    repo.write("b.md", "staged\n")
    repo.write("new.md", "staged\n")
    repo.git("add", "b.md", "new.md")
    repo.write("b.md", "staged, and changed again\n")
    repo.write("meant.md", "")
    repo.git("add", "-N", "meant.md")
    repo.write("a.md", "picked\n")
    picked(repo, "a.md")
    assert repo.names() == ["a.md"]
    assert repo.status() == ["MM b.md", " A meant.md", "A  new.md"]
    assert repo.git("cat-file", "blob", ":b.md") == b"staged\n"


def test_some_hunks_of_a_file(repo):
    repo.write("a.md", "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n")
    picked(repo, some_hunks(repo, "a.md", 1))
    assert repo.in_head("a.md") == b"one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n"
    assert repo.read("a.md") == b"ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n"
    assert repo.status() == [" M a.md"]


def test_hunks_staged_beside_the_picked_ones_stay_staged(repo):
    repo.write("a.md", "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n")
    repo.git("add", "a.md")
    repo.write("a.md", "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n")
    picked(repo, some_hunks(repo, "a.md", 1))
    assert repo.in_head("a.md") == b"one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n"
    assert repo.git("cat-file", "blob", ":a.md") == b"ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n"
    assert repo.status() == ["M  a.md"]


def test_a_staged_version_that_can_not_go_with_the_picked_one_gives_way(repo):
    repo.write("a.md", "other\ntwo\nthree\nfour\nfive\nsix\nseven\n")
    repo.git("add", "a.md")
    repo.write("a.md", "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n")
    picked(repo, some_hunks(repo, "a.md", 0))
    assert repo.in_head("a.md") == b"ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n"
    assert repo.status() == [" M a.md"]


def test_deleting_renaming_and_a_folder_that_was_a_file(repo):
    repo.commit("More", c_md="c\n" * 9, d_md="d\n", e_md="e\n")
    repo.git("mv", "c.md", "C.md")
    (repo.top / "d.md").unlink()
    (repo.top / "e.md").unlink()
    repo.write("e.md/index.md", "e\n")
    made = picked(repo, Pick("C.md", source="c.md"), "d.md", "e.md", "e.md/index.md")
    assert set(made.paths) == {"C.md", "c.md", "d.md", "e.md", "e.md/index.md"}
    assert repo.status() == []
    assert repo.said("show", "--format=", "--name-status", "-M").splitlines()[0] == "R100\tc.md\tC.md"


def test_a_renamed_post_of_which_only_some_is_picked(repo):
    repo.git("mv", "a.md", "z.md")
    repo.write("z.md", "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n")
    change = repo.changes()["z.md"]
    assert (change.kind, change.source) == ("renamed", "a.md")
    found = sides(repo.repository, change)
    picked(repo, Pick("z.md", with_hunks(found.before, found.after, [0]), source="a.md"))
    assert repo.in_head("z.md") == b"ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n"
    assert repo.status() == [" M z.md"]


STRANGE = [
    b"with space.md",
    b"'single' and \"double\".md",
    b"two\nlines.md",
    b"-rf",
    b"--amend",
    b"\xc3\xbcber/\xe6\x97\xa5\xe8\xa8\x98.md",
    b"latin \xe9.md",
    b"*.md",
    b":(top)a.md",
    b"back\\slash\ttab.md",
    b"$HOME;ls.md",
]


def test_strange_names_are_names(repo):
    for name in STRANGE:
        file = os.path.join(os.fsencode(repo.top), name)  # noqa: PTH118
        Path(os.fsdecode(file)).parent.mkdir(exist_ok=True)
        Path(os.fsdecode(file)).write_bytes(name)
    found = repo.changes()
    assert set(found) == {os.fsdecode(name) for name in STRANGE}
    made = picked(repo, *found)
    assert set(made.paths) == set(found)
    assert repo.status() == []
    for name in STRANGE:
        assert at_head(repo.repository, os.fsdecode(name)) == name
    repo.write("a.md", "not picked")
    for name in STRANGE:
        Path(os.fsdecode(os.path.join(os.fsencode(repo.top), name))).write_bytes(b"again")  # noqa: PTH118
    picked(repo, *[Pick(os.fsdecode(name), b"some " + name) for name in STRANGE])
    for name in STRANGE:
        assert at_head(repo.repository, os.fsdecode(name)) == b"some " + name
    assert "a.md" not in repo.names()


def test_the_first_commit(new_repo):
    repo = new_repo()
    repo.write("a.md", "a\n")
    repo.write("b.md", "b\n")
    repo.write("c.md", "c\n")
    repo.git("add", "b.md")
    made = picked(repo, "a.md")
    assert made.paths == ("a.md",)
    assert repo.status() == ["A  b.md", "?? c.md"]


def test_amending_takes_more_in_and_keeps_the_author(repo):
    repo.write("a.md", "late\n")
    repo.git("commit", "-q", "-a", "-m", "Late", "--author", "Grace <grace@example.org>")
    repo.write("b.md", "later\n")
    assert last_message(repo.repository) == "Late"
    made = picked(repo, "b.md", message="Both", amend=True)
    assert repo.names() == ["a.md", "b.md"] == list(made.paths)
    assert repo.said("log", "--format=%an %s") == "Grace Both\nAda Start"
    picked(repo, message="Only words", amend=True)
    assert repo.said("log", "--format=%s") == "Only words\nStart"
    assert repo.names() == ["a.md", "b.md"]


def test_the_very_first_commit_can_be_amended(repo):
    repo.write("c.md", "c\n")
    made = picked(repo, "c.md", message="First", amend=True)
    assert made.paths == ("a.md", "b.md", "c.md")
    assert repo.count() == 1 or repo.said("rev-list", "--count", "HEAD") == "1"


def test_a_detached_head_is_committed_to_with_a_warning(repo):
    repo.git("checkout", "-q", "--detach")
    state = repo.repository.state()
    assert state.detached and not state.branch
    assert "git switch -c" in state.warning
    repo.write("a.md", "detached\n")
    made = picked(repo, "a.md")
    assert repo.said("rev-parse", "HEAD") == made.hash
    assert repo.said("rev-parse", "main") != made.hash


def test_the_executable_bit(repo):
    script = repo.write("run.sh", "one\ntwo\nthree\nfour\n")
    script.chmod(0o755)
    repo.commit()
    script.write_bytes(b"ONE\ntwo\nthree\nFOUR\n")
    picked(repo, some_hunks(repo, "run.sh", 0))
    assert repo.said("ls-tree", "HEAD", "run.sh").startswith("100755")
    script.chmod(0o644)
    assert repo.changes()["run.sh"].mode_changed
    picked(repo, some_hunks(repo, "run.sh", 0))
    assert repo.said("ls-tree", "HEAD", "run.sh").startswith("100755"), "lines were picked, not the mode"
    picked(repo, "run.sh")
    assert repo.said("ls-tree", "HEAD", "run.sh").startswith("100644")
    fresh = repo.write("fresh.sh", "a\n")
    fresh.chmod(0o755)
    picked(repo, Pick("fresh.sh", b"b\n"))
    assert repo.said("ls-tree", "HEAD", "fresh.sh").startswith("100755")


def test_links_are_committed_as_links(repo):
    (repo.top / "link.md").symlink_to("a.md")
    (repo.top / "b.md").unlink()
    (repo.top / "b.md").symlink_to("nowhere")
    found = repo.changes()
    assert found["b.md"].kind == "typechange"
    assert sides(repo.repository, found["link.md"]).after == b"a.md"
    assert not sides(repo.repository, found["b.md"]).divisible
    picked(repo, "link.md", "b.md")
    assert repo.status() == []
    assert repo.said("ls-tree", "HEAD", "link.md").startswith("120000")
    assert at_head(repo.repository, "b.md") == b"nowhere"


def test_a_file_behind_a_new_link_is_a_deleted_one(repo):
    repo.write("posts/a.md", "a\n")
    repo.write("elsewhere/a.md", "a\n")
    repo.commit()
    shutil.rmtree(repo.top / "posts")
    (repo.top / "posts").symlink_to("elsewhere")
    picked(repo, *repo.changes())
    assert repo.status() == []
    assert repo.said("ls-tree", "-r", "--name-only", "HEAD").splitlines() == [
        "a.md",
        "b.md",
        "elsewhere/a.md",
        "posts",
    ]


def test_nothing_behind_a_new_link_is_read_as_the_file(repo, tmp_path):
    repo.write("posts/a.md", "a\n")
    repo.commit()
    shutil.rmtree(repo.top / "posts")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_bytes(b"of somebody else\n")
    (repo.top / "posts").symlink_to(outside)
    assert in_work_tree(repo.repository, "posts/a.md") == (None, False)


def test_line_endings_go_through_the_attributes(repo):
    repo.commit("Attributes", _gitattributes="*.md text eol=crlf\n")
    repo.write("a.md", "ONE\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix\r\nSEVEN\r\n")
    pick = some_hunks(repo, "a.md", 1)
    assert pick.content == b"one\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix\r\nSEVEN\r\n"
    picked(repo, pick)
    assert repo.in_head("a.md") == b"one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n"
    assert repo.status() == [" M a.md"]


@pytest.mark.parametrize("setting", ["true", "input"])
def test_line_endings_of_autocrlf_are_no_change(repo, setting):
    """The work tree has other endings than git would write there: still only the edited line differs."""
    repo.git("config", "core.autocrlf", setting)
    repo.write("a.md", "one\ntwo\r\nthree\nfour\nfive\r\nsix\nSEVEN\r\n")
    found = sides(repo.repository, repo.changes()["a.md"])
    assert found.before.splitlines()[:6] == found.after.splitlines()[:6]
    assert [line.strip() for line in found.before.splitlines()[6:]] == [b"seven"]
    picked(repo, Pick("a.md", with_hunks(found.before, found.after, [0])))
    assert repo.in_head("a.md") == b"one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n"


def test_line_endings_that_nothing_converts_are_a_change(repo):
    repo.write("a.md", repo.read("a.md").replace(b"\n", b"\r\n", 2))
    found = sides(repo.repository, repo.changes()["a.md"])
    assert (found.before[:8], found.after[:10]) == (b"one\ntwo\n", b"one\r\ntwo\r\n")
    picked(repo, "a.md")
    assert repo.in_head("a.md").startswith(b"one\r\ntwo\r\nthree\n")


def test_a_filter_is_applied_to_what_is_picked(repo):
    """As LFS or an encrypting filter does: the repository has another form than the work tree."""
    repo.git("config", "filter.rot.clean", "tr a-z n-za-m")
    repo.git("config", "filter.rot.smudge", "tr a-z n-za-m")
    repo.git("config", "filter.rot.required", "true")
    repo.write(".gitattributes", "s.md filter=rot\n")
    repo.write("s.md", "abc\nmiddle\nxyz\n")
    repo.commit()
    assert repo.in_head("s.md") == b"nop\nzvqqyr\nklm\n"
    repo.write("s.md", "abcd\nmiddle\nwxyz\n")
    pick = some_hunks(repo, "s.md", 0)
    assert pick.content == b"abcd\nmiddle\nxyz\n"
    picked(repo, pick)
    assert repo.in_head("s.md") == b"nopq\nzvqqyr\nklm\n"
    assert at_head(repo.repository, "s.md") == b"abcd\nmiddle\nxyz\n"
    assert repo.status() == [" M s.md"]


def test_a_required_filter_that_fails_is_told(repo):
    repo.git("config", "filter.broken.clean", "false")
    repo.git("config", "filter.broken.required", "true")
    repo.write(".gitattributes", "s.md filter=broken\n")
    repo.write("s.md", "x\n")
    before = repo.index()
    with pytest.raises(CommitRefused, match=r"s\.md"):
        picked(repo, "s.md")
    assert repo.index() == before


def test_a_submodule_is_taken_at_its_commit_and_a_nested_repository_is_not(repo, new_repo):
    inner = new_repo("inner")
    inner.commit("Inner", theme_css="x\n")
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "theme")
    repo.commit("Theme")
    theme = new_repo("site/theme", init=False)
    theme.write("theme.css", "dirty\n")
    assert repo.changes() == {}, "what is not committed in it is its own business"
    theme.git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-am", "Inside")
    change = repo.changes()["theme"]
    assert change.submodule and change.kind == "modified" and change.size is None
    assert sides(repo.repository, change).after is None
    picked(repo, "theme")
    assert repo.said("rev-parse", "HEAD:theme") == theme.said("rev-parse", "HEAD")

    nested = new_repo("site/nested")
    nested.commit("Nested", x_md="x\n")
    change = repo.changes()["nested/"]
    assert change.submodule and change.kind == "untracked"
    with pytest.raises(CommitRefused, match="repository of its own"):
        picked(repo, "nested/")


def test_in_a_further_work_tree(repo, tmp_path):
    repo.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side tree"))
    side = type(repo)(tmp_path / "side tree", init=False)
    side.write("a.md", "side\n")
    side.write("b.md", "side\n")
    side.git("add", "b.md")
    repo.write("a.md", "main\n")
    picked(side, "a.md")
    assert side.names() == ["a.md"]
    assert side.status() == ["M  b.md"]
    assert repo.status() == [" M a.md"]
    assert side.repository.state().branch == "side"


def test_in_a_sparse_checkout_nothing_is_lost(repo):
    repo.write("kept/a.md", "a\n")
    repo.write("away/b.md", "b\n")
    repo.commit()
    repo.git("sparse-checkout", "set", "kept")
    assert not (repo.top / "away").exists()
    assert repo.changes() == {}
    repo.write("kept/a.md", "changed\n")
    picked(repo, "kept/a.md")
    assert repo.names() == ["kept/a.md"]
    assert repo.status() == []
    assert repo.in_head("away/b.md") == b"b\n"


def test_empty_files_and_files_that_become_empty(repo):
    repo.write("empty.md", "")
    repo.write("b.md", "")
    assert [change.size for change in repo.changes().values()] == [0, 0]
    picked(repo, "empty.md", "b.md")
    assert repo.status() == []
    assert repo.in_head("b.md") == b""


def test_ignored_files_are_not_listed_and_can_be_picked_by_name(repo):
    repo.commit("Ignore", _gitignore="*.log\n")
    repo.write("x.log", "x\n")
    assert repo.changes() == {}
    picked(repo, "x.log")
    assert repo.names() == ["x.log"]


def test_the_hooks_run_and_what_they_print_is_handed_on(repo):
    repo.hook("pre-commit", "echo looking; echo careful >&2")
    repo.hook("prepare-commit-msg", 'echo "from $2"')
    repo.hook("commit-msg", 'echo >> "$1"; echo "Reviewed-by: the hook" >> "$1"')
    repo.hook("post-commit", "printf '\\033[31mred\\033[0m\\n'; exit 7")
    heard: list[str] = []
    repo.write("a.md", "x\n")
    made = picked(repo, "a.md", said=heard.append)
    assert heard[:3] == ["looking", "careful", "from message"]
    assert "red" in heard
    assert made.output.splitlines() == heard
    assert repo.said("log", "-1", "--format=%B") == "Pick\n\nReviewed-by: the hook"


def test_hooks_see_what_is_about_to_be_committed_and_the_person_s_environment(repo, monkeypatch):
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    monkeypatch.setenv("MY_LINTER", "on")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    repo.hook("pre-commit", 'echo "$MY_LINTER $LC_ALL"; git diff --cached --name-only; git show :a.md')
    repo_status = repo.write("a.md", "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n")
    assert repo_status.exists()
    repo.write("b.md", "x\n")
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    pick = some_hunks(repo, "a.md", 0)
    repository = repo.repository
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    made = commit(repository, "Pick", [pick])
    assert made.output.startswith("on C.UTF-8\na.md\nONE\ntwo\nthree\nfour\nfive\nsix\nseven\n")


def test_hooks_that_change_what_is_committed(repo):
    """As a formatter does that adds again what it has changed."""
    repo.hook("pre-commit", "sed -i s/x/formatted/ a.md; git add a.md; echo log > made.md; git add made.md")
    repo.write("a.md", "x\n")
    repo.write("b.md", "not picked\n")
    repo.git("add", "b.md")
    made = picked(repo, "a.md")
    assert repo.in_head("a.md") == b"formatted\n"
    assert made.by_hooks == ("a.md", "made.md")
    assert made.paths == ("a.md", "made.md")
    assert repo.status() == ["M  b.md"]


def test_a_commit_signed_by_the_person_s_program(repo, tmp_path):
    gpg = tmp_path / "my gpg"
    gpg.write_text(
        "#!/bin/sh\ncat > /dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\n"
        "echo '-----BEGIN PGP SIGNATURE-----'\necho abc\necho '-----END PGP SIGNATURE-----'\n"
    )
    gpg.chmod(0o755)
    repo.git("config", "gpg.program", str(gpg))
    repo.git("config", "commit.gpgsign", "true")
    repo.write("a.md", "signed\n")
    picked(repo, "a.md")
    assert b"BEGIN PGP SIGNATURE" in repo.git("cat-file", "commit", "HEAD")


def test_a_merge_is_committed_as_a_whole(repo):
    merging(repo)
    repo.write("b.md", "not in the merge\n")
    with pytest.raises(CommitRefused, match="merge is under way"):
        picked(repo, "a.md")
    with pytest.raises(CommitRefused, match="1 file has conflicts"):
        picked(repo, whole=True)
    with pytest.raises(CommitRefused, match="marks of a conflict"):
        picked(repo, "a.md", whole=True)
    repo.write("a.md", "both\n")
    assert message_template(repo.repository) == "Merge branch 'side'"
    picked(repo, "a.md", message=message_template(repo.repository), whole=True)
    assert repo.said("log", "-1", "--format=%s %P").count(" ") == 4
    assert repo.in_head("a.md") == b"both\n"
    assert repo.in_head("side.md") == b"side\n"
    assert repo.status() == [" M b.md"]
    assert repo.repository.state().operation == ""


def merging(repo, command: str = "merge") -> None:
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Side", a_md="side\n", side_md="side\n")
    repo.git("checkout", "-q", "main")
    repo.commit("Main", a_md="main\n")
    repo.git(command, "side", fails=True)


def test_a_cherry_pick_is_finished_as_a_whole(repo):
    merging(repo, "cherry-pick")
    with pytest.raises(CommitRefused, match="cherry-pick is under way"):
        picked(repo, "a.md")
    repo.write("a.md", "both\n")
    picked(repo, "a.md", whole=True)
    assert repo.names() == ["a.md", "side.md"]
    assert repo.repository.state().operation == ""


def test_conflicts_of_a_stash_are_settled_by_picking_the_file(repo):
    repo.write("a.md", "stashed\n")
    repo.git("stash", "-q")
    repo.commit("Main", a_md="main\n")
    repo.git("stash", "pop", fails=True)
    assert repo.changes()["a.md"].kind == "conflicted"
    repo.write("b.md", "x\n")
    with pytest.raises(CommitRefused, match="1 file has conflicts"):
        picked(repo, "b.md")
    repo.write("a.md", "settled\n")
    picked(repo, "a.md")
    assert repo.in_head("a.md") == b"settled\n"
    assert repo.status() == [" M b.md"]


def test_the_template_of_the_configuration(repo):
    assert message_template(repo.repository) == ""
    repo.write("template.txt", "\n# why?\nWhy: \n; not a comment\n")
    repo.git("config", "commit.template", str(repo.top / "template.txt"))
    assert message_template(repo.repository) == "Why: \n; not a comment"
    repo.git("config", "core.commentChar", ";")
    assert message_template(repo.repository) == "# why?\nWhy: "


def test_a_message_in_any_language_is_utf_8(repo):
    repo.git("config", "i18n.commitEncoding", "ISO-8859-1")
    repo.write("a.md", "x\n")
    picked(repo, "a.md", message="Änderung 日記 “so”")
    assert last_message(repo.repository) == "Änderung 日記 “so”"
    assert b"encoding" not in repo.git("cat-file", "commit", "HEAD").partition(b"\n\n")[0]


def test_another_s_change_of_the_index_during_the_hooks_is_kept(repo):
    """Somebody stages a file in a terminal while the hooks run."""
    repo.hook("pre-commit", "echo ready; while [ ! -e go ]; do sleep 0.02; done; rm go")
    repo.write("a.md", "picked\n")
    repo.write("b.md", "staged meanwhile\n")

    def stage(line: str) -> None:
        if line == "ready":
            repo.git("add", "b.md")
            repo.write("go", "")

    picked(repo, "a.md", said=stage)
    assert repo.names() == ["a.md"]
    assert repo.status() == ["M  b.md"]


def test_the_index_is_waited_for_once_the_commit_is_there(repo):
    repo.hook("post-commit", "touch .git/index.lock")
    repo.write("a.md", "picked\n")
    timer = threading.Timer(0.4, (repo.top / ".git/index.lock").unlink)
    made = picked(repo, "a.md", said=lambda _line: None if timer.ident else timer.start())
    timer.join()
    assert not made.warning
    assert repo.status() == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_mixture_of_states_and_picks(repo, seed):
    """Each file is at random in the last commit, in the index and in the work tree; some are picked, some in part."""
    chance = random.Random(seed)
    names = [f"posts/{number} ü.md" for number in range(60)]

    def some() -> bytes | None:
        lines = [b"%d\n" % chance.randrange(3) if number % 4 == 0 else b"same\n" for number in range(13)]
        return chance.choice([None, b"".join(lines), b"".join(lines)])

    def put(name: str, content: bytes | None) -> None:
        if content is None:
            (repo.top / name).unlink(missing_ok=True)
        else:
            repo.write(name, content)

    head, index, tree = ({name: some() for name in names} for _part in range(3))
    for contents, command in ((head, "commit"), (index, "add"), (tree, "")):
        for name in names:
            put(name, contents[name])
        if command:
            repo.git("add", "-A")
        if command == "commit":
            repo.commit()
    expected, picks = dict(head), []
    for name in chance.sample(names, 30):
        before, after = head[name], tree[name]
        if chance.random() < 0.5 and before is not None and after is not None:
            count = len(hunks(before, after))
            content = with_hunks(before, after, chance.sample(range(count), count // 2))
            picks.append(Pick(name, content))
            expected[name] = content
        else:
            picks.append(Pick(name))
            expected[name] = after
    commit(repo.repository, "Pick", picks)

    def listed(*arguments: str) -> dict[str, bytes | None]:
        found: dict[str, bytes | None] = dict.fromkeys(names)
        for record in repo.git(*arguments).split(b"\0"):
            told, _tab, name = record.partition(b"\t")
            if name.startswith(b"posts/"):
                found[name.decode()] = repo.git(
                    "cat-file", "blob", told.split()[-1 if "ls-tree" in arguments else 1]
                )
        return found

    assert listed("ls-tree", "-r", "-z", "HEAD") == expected
    assert {name: repo.read(name) if (repo.top / name).exists() else None for name in names} == tree
    now = listed("ls-files", "-s", "-z")
    divided = {pick.path for pick in picks if pick.content is not None}
    for name in names:
        if name in divided:
            kept = {expected[name], index[name]}
            both = None not in kept and now[name] not in kept
            assert not both or set(lines_of(now[name])) <= set(lines_of(expected[name])) | set(
                lines_of(index[name])
            )
        else:
            assert now[name] == (
                expected[name] if any(pick.path == name for pick in picks) else index[name]
            ), name


def test_a_template_without_an_end_is_none(repo, tmp_path):
    for endless in ("/dev/zero", tmp_path / "pipe"):
        if endless != "/dev/zero":
            os.mkfifo(endless)
        repo.git("config", "commit.template", str(endless))
        assert message_template(repo.repository) == ""
    large = repo.write("large.txt", "a line\n" * 200_000)
    repo.git("config", "commit.template", str(large))
    assert message_template(repo.repository) == ""


def test_a_pipe_in_the_place_of_a_file_holds_nothing_up(repo):
    repo.write("a.md", "changed\n")
    (repo.top / "b.md").unlink()
    os.mkfifo(repo.top / "b.md")
    assert sides(repo.repository, repo.changes()["b.md"]).after is None
    picked(repo, "a.md")
    assert repo.names() == ["a.md"]


def test_nothing_is_committed_upon_another_commit_than_the_one_it_was_put_together_with(repo, tmp_path):
    script = tmp_path / "filter"
    script.write_text(
        f"""#!/bin/sh
cat
if [ -n "$GIT_INDEX_FILE" ] && [ ! -e '{tmp_path}/done' ]; then
    touch '{tmp_path}/done'
    cd '{repo.top}' && unset GIT_INDEX_FILE GIT_DIR GIT_WORK_TREE
    echo elsewhere > b.md && git add b.md && git commit -q -m Elsewhere >&2
fi
"""
    )
    script.chmod(0o755)
    repo.write(".gitattributes", "a.md filter=slow\n")
    repo.commit("Filter")
    repo.git("config", "filter.slow.clean", str(script))
    repo.write("a.md", "changed\n")
    with pytest.raises(CommitRefused, match="meanwhile"):
        picked(repo, "a.md")
    assert repo.said("log", "-1", "--format=%s") == "Elsewhere"
    assert repo.in_head("b.md") == b"elsewhere\n"
    picked(repo, "a.md")
    assert repo.names() == ["a.md"]
