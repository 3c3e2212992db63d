import io
import json
import os
import sys

import pytest

from editor.cli import run

KEYS = {
    "path",
    "title",
    "date",
    "draft",
    "state",
    "published",
    "url",
    "tags",
    "categories",
    "authors",
    "words",
}


def test_json(site_copy, capsys):
    assert run(["posts", str(site_copy("two-blogs")), "--json"]) == 0
    captured = capsys.readouterr()
    posts = json.loads(captured.out)
    assert captured.err == ""
    assert len(posts) == 18
    assert all(set(post) >= KEYS for post in posts)
    first = next(post for post in posts if post["path"] == "docs/blog/posts/2024/first.md")
    assert first["url"] == "/blog/2024/Jan/field-notes/c/first--foremost-c/"
    assert (first["title"], first["date"]) == ("First, & foremost: C++", "2024-01-31")
    assert first["tags"] == ["blog", "one", "2024"]


def test_one_line_a_post_newest_first(site_copy, capsys):
    assert run(["posts", str(site_copy("two-blogs"))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 18
    assert " ".join(lines[0].split()) == (
        "2999-02-03 published docs/notes/entries/sooner.md Later, but not held back"
    )
    assert [line[:10] for line in lines] == sorted((line[:10] for line in lines), reverse=True)


def test_search(site_copy, capsys):
    folder = str(site_copy("two-blogs"))
    assert run(["posts", folder, "--search", "FOREMOST picture", "--json"]) == 0
    assert [post["path"] for post in json.loads(capsys.readouterr().out)] == ["docs/blog/posts/2024/first.md"]
    assert run(["posts", folder, "--search", "nowhere"]) == 0
    assert capsys.readouterr().out == ""


def test_bad_posts_are_in_the_list(tmp_path, capsys):
    posts = tmp_path / "docs/blog/posts"
    posts.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("theme: {name: material}\nplugins: [blog]\n", "utf-8")
    (posts / "bad.md").write_bytes(b"---\ntitle: [\n---\n\xff")
    (posts / "no-date.md").write_bytes(b"---\ntitle: No date\n---\n")
    assert run(["posts", str(tmp_path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(post["state"], post["published"], post["date"]) for post in found] == [
        ("invalid", False, None)
    ] * 2


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="file names are text there")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_names_and_titles_that_the_terminal_can_not_show(tmp_path, monkeypatch, options):
    (tmp_path / "你.md").write_text("# 你好\n", "utf-8")
    (tmp_path / os.fsdecode(b"\xff.md")).write_bytes("# \xdcber\n".encode())
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    assert run(["posts", str(tmp_path), *options]) == 0
    out.flush()
    said = out.buffer.getvalue()
    if options:
        assert {post["title"] for post in json.loads(said)} == {"你好", "Über"}
    else:
        assert len(said.splitlines()) == 2


def test_a_folder_that_is_not_there(tmp_path, capsys):
    assert run(["posts", str(tmp_path / "none"), "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
