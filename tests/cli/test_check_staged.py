"""`copydesk check --staged`: what a commit takes is checked, by real hooks of git."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from editor.cli import run

ROOT = Path(__file__).resolve().parents[2]
FAULTY = "---\ntitle: 12:30\ndate: '2024-01-31'\n---\n\nWords.\n"
FINE = "---\ndate: 2024-01-31\n---\n\n# A heading\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    around = {**os.environ, "PYTHONPATH": str(ROOT), "GIT_EDITOR": "true"}
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(command, cwd=folder, env=around, capture_output=True, text=True, check=False)


@pytest.fixture
def blog(site_copy, monkeypatch) -> Path:
    """Give a blog without a fault, all of it committed, in which the tests run."""
    site = site_copy("small-blog")
    (site / "docs/posts/hostile.md").unlink()
    monkeypatch.chdir(site)
    for name in ("GIT_INDEX_FILE", "GIT_DIR"):
        monkeypatch.delenv(name, raising=False)
    assert git(site, "init", "-q").returncode == 0
    git(site, "add", "-A")
    assert git(site, "commit", "-qm", "all").returncode == 0
    return site


@pytest.fixture
def hooked(blog) -> Path:
    """Give the blog with the README's hook."""
    hook = write(
        blog / ".git/hooks/pre-commit", f'#!/bin/sh\nexec "{sys.executable}" -m editor check --staged\n'
    )
    hook.chmod(0o755)
    return blog


def test_what_is_staged_is_checked_and_not_the_file(blog, capsys):
    post = write(blog / "docs/posts/new.md", FAULTY)
    git(blog, "add", "-A")
    write(post, FINE)
    assert run(["check", "--staged"]) == 1
    assert capsys.readouterr().out.startswith("docs/posts/new.md:2:8: error: ")
    assert run(["check"]) == 0
    git(blog, "add", "-A")
    write(post, FAULTY)
    assert run(["check", "--staged"]) == 0
    post.unlink()
    assert run(["check", "--staged"]) == 0
    assert capsys.readouterr() == ("", "")


def test_what_is_staged_and_gone_from_the_folder_is_checked(blog, capsys):
    post = write(blog / "docs/posts/new.md", FAULTY)
    git(blog, "add", "-A")
    post.unlink()
    assert run(["check", "--staged"]) == 1
    assert capsys.readouterr().out.startswith("docs/posts/new.md:2:8: error: ")


def test_what_is_deleted_or_not_staged_is_left_out(blog, capsys):
    write(blog / "docs/posts/untracked.md", FAULTY)
    write(blog / "docs/posts/notes.txt", FAULTY)
    git(blog, "add", "docs/posts/notes.txt")
    git(blog, "rm", "-q", "--cached", "docs/posts/first.md")
    assert run(["check", "--staged"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_of_any_kind(blog, capsys):
    names = ["-v.md", "a b.md", "a\nb.md", 'a"ü*.md', "[x].md", os.fsdecode(b"\xff.md")]
    for name in names:
        write(blog / name, FAULTY)
    git(blog, "add", "-A")
    assert run(["check", "--staged", "--strict"]) == 1
    captured = capsys.readouterr()
    assert captured.err == ""
    assert captured.out.count(" [read-otherwise]") == len(names)


def test_only_what_is_below_what_is_given(blog, capsys):
    write(blog / "docs/posts/one.md", FAULTY)
    two = write(blog / "docs/posts/sub/two.md", FAULTY)
    git(blog, "add", "-A")
    assert run(["check", "--staged", "docs/posts/sub"]) == 1
    assert {line.split(":")[0] for line in capsys.readouterr().out.splitlines()} == {"docs/posts/sub/two.md"}
    assert run(["check", "--staged", str(two)]) == 1
    assert {line.split(":")[0] for line in capsys.readouterr().out.splitlines()} == {"docs/posts/sub/two.md"}


def test_a_folder_without_a_repository(tmp_path, capsys):
    assert run(["check", "--staged", str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"{tmp_path}:1:1: ")


def test_a_path_that_is_nowhere(blog, capsys):
    assert run(["check", "--staged", "docs/gone.md"]) == 1
    assert capsys.readouterr().err == "docs/gone.md:1:1: There is no such file\n"


def test_of_a_post_in_two_files_it_is_the_staged_one(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "conf.py", "BLOG_TITLE = 'x'\nPOSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n")
    post = write(tmp_path / "posts/a.md", "Words.\n")
    meta = write(tmp_path / "posts/a.meta", ".. title: One\n.. date: 2024-01-31\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "all")
    write(post, "A [tract](github.com/a/b).\n")
    write(meta, ".. title: One\n.. date: garbage\n")
    git(tmp_path, "add", "posts/a.meta")
    assert run(["check", "--staged"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("posts/a.meta:2:10: error: ")
    git(tmp_path, "add", "-A")
    assert run(["check", "--staged", "--strict"]) == 1
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "posts/a.meta",
        "posts/a.md",
    ]


def test_the_hook_holds_back_what_was_staged_before_it_was_mended(hooked):
    post = write(hooked / "docs/posts/new.md", FAULTY)
    git(hooked, "add", "-A")
    write(post, FINE)
    refused = git(hooked, "commit", "-m", "staged")
    assert refused.returncode == 1
    assert "docs/posts/new.md:2:8: error: " in refused.stderr + refused.stdout
    mended = git(hooked, "commit", "-a", "-m", "mended")
    assert mended.returncode == 0, mended.stderr
    assert git(hooked, "show", "HEAD:docs/posts/new.md").stdout == FINE


def test_the_hook_sees_what_a_commit_of_all_takes(hooked):
    post = write(hooked / "docs/posts/first.md", FINE)
    git(hooked, "add", "-A")
    write(post, FAULTY)
    assert git(hooked, "commit", "-a", "-m", "all").returncode == 1
    assert git(hooked, "commit", "-m", "staged").returncode == 0


def test_the_hook_sees_what_a_commit_of_one_file_takes(hooked):
    bad = write(hooked / "docs/posts/bad.md", FAULTY)
    fine = write(hooked / "docs/posts/first.md", FINE)
    git(hooked, "add", str(bad))
    assert git(hooked, "commit", "-m", "one", "docs/posts/bad.md").returncode == 1
    taken = git(hooked, "commit", "-m", "one", str(fine.relative_to(hooked)))
    assert taken.returncode == 0, taken.stderr  # what is staged beside it is no part of that commit
    assert git(hooked, "commit", "-m", "the rest").returncode == 1


def test_the_hook_in_another_work_tree_and_from_a_folder_below(hooked, tmp_path):
    tree = tmp_path / "tree"
    assert git(hooked, "worktree", "add", "-q", str(tree)).returncode == 0
    write(tree / "docs/posts/new.md", FAULTY)
    git(tree, "add", "-A")
    refused = git(tree / "docs/posts", "commit", "-m", "bad")
    assert refused.returncode == 1
    assert "docs/posts/new.md:2:8: error: " in refused.stderr + refused.stdout
    write(hooked / "docs/posts/new.md", FINE)
    git(hooked, "add", "-A")
    assert git(hooked, "commit", "-m", "fine").returncode == 0


def test_the_hook_before_the_first_commit(site_copy):
    site = site_copy("small-blog")
    (site / "docs/posts/hostile.md").unlink()
    git(site, "init", "-q")
    hook = write(
        site / ".git/hooks/pre-commit", f'#!/bin/sh\nexec "{sys.executable}" -m editor check --staged\n'
    )
    hook.chmod(0o755)
    bad = write(site / "docs/posts/new.md", FAULTY)
    git(site, "add", "-A")
    assert git(site, "commit", "-m", "first").returncode == 1
    write(bad, FINE)
    git(site, "add", "-A")
    first = git(site, "commit", "-m", "first")
    assert first.returncode == 0, first.stderr


def test_annotations_of_github_name_files_from_the_top_of_the_repository(site_copy, monkeypatch, capsys):
    site = site_copy("small-blog")
    (site / "docs/posts/hostile.md").unlink()
    top = site.parent / "repository"
    top.mkdir()
    site = site.rename(top / "web")
    bad = write(site / "docs/posts/bad.md", FAULTY)
    monkeypatch.chdir(site)
    assert run(["check", "--format", "github", str(bad)]) == 1
    assert capsys.readouterr().out.startswith("::error file=docs/posts/bad.md,line=2,")
    git(top, "init", "-q")
    git(top, "add", "-A")
    for staged in ([], ["--staged"]):
        assert run(["check", "--format", "github", *staged]) == 1
        assert capsys.readouterr().out.startswith("::error file=web/docs/posts/bad.md,line=2,")
    assert run(["check"]) == 1
    assert capsys.readouterr().out.startswith("docs/posts/bad.md:2:8: ")
