"""Folders as attack: what is no file, leads in circles or out, or has a name that is no name."""

import json
import os
import subprocess
import sys

import pytest

from editor import cli
from tests.conftest import ROOT
from tests.hostile.fuzz import within

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")

POST = b"---\ntitle: A post\ndate: 2025-01-01\n---\n\n# Hello\n"
NAMES = [
    b"-rf.md", b"--output-dir=x.md", b"--help.md", b"a\nb.md", b"a\tb\r.md", b"\xe2\x80\xaedm.exe.md", b"\xff\xfe.md",
    b"\xed\xa0\x80.md", b"$(touch MARK).md", b"`touch MARK`.md", b"; touch MARK;.md", b"a'b\"c.md", b"%2e%2e%2fx.md", b"\x1b[31mred.md",
    b"a\\b.md", b" .md", b".md", b"...md", b"x" * 240 + b".md", b"{{x}}.md", b"#a?b.md", b"*.md", b"e\xcc\x81.md", b"\xef\xbb\xbfx.md",
]  # fmt: skip
SITES = {
    "plain": ({}, ""),
    "mkdocs-material": ({"mkdocs.yml": "site_name: x\ntheme: {name: material}\nplugins: [blog]\n"}, "docs/blog/posts"),
    "hugo": ({"hugo.toml": "title='x'\n"}, "content/posts"),
    "jekyll": ({"_config.yml": "title: x\ncollections_dir: ''\n"}, "_posts"),
    "pelican": ({"pelicanconf.py": "PATH='content'\n"}, "content"),
}  # fmt: skip


@pytest.fixture(params=SITES)
def folder(request, tmp_path, canary, monkeypatch):
    """Give the folder of the posts of a site, of each kind, with everything in it that is no post."""
    files, place = SITES[request.param]
    root = tmp_path / "site"
    (root / ".git").mkdir(parents=True)
    for name, text in files.items():
        (root / name).write_text(text)
    posts = root / place
    posts.mkdir(parents=True, exist_ok=True)
    dated = "2024-01-01-" if request.param == "jekyll" else ""
    (posts / f"{dated}good.md").write_bytes(POST)
    for name in NAMES:
        (posts / os.fsdecode(dated.encode() + name.replace(b"MARK", b"mark"))).write_bytes(POST)
    os.mkfifo(posts / f"{dated}pipe.md")
    (posts / f"{dated}folder.md").mkdir()
    (posts / f"{dated}folder.md" / f"{dated}inner.md").write_bytes(POST)
    (posts / f"{dated}outside.md").symlink_to(canary.folder / "c.md")
    (posts / "outside").symlink_to(canary.folder)
    (posts / f"{dated}zero.md").symlink_to("/dev/zero")
    (posts / f"{dated}self.md").symlink_to(f"{dated}self.md")
    (posts / f"{dated}broken.md").symlink_to("nowhere.md")
    (posts / "circle").symlink_to(posts)
    (posts / "deeper").mkdir()
    (posts / "deeper" / "up").symlink_to("..")
    monkeypatch.chdir(posts)
    canary.opened()
    yield posts
    assert canary.opened() == []
    assert not list(tmp_path.rglob("mark"))


def test_the_commands_go_around_them(folder, canary, capsys):
    for command in (
        ["info", "--json"],
        ["posts", "--json"],
        ["posts"],
        ["check"],
        ["check", "--format", "json"],
    ):
        with within(20):
            assert cli.run(command) in (0, 1)
        out, err = capsys.readouterr()
        assert canary.words not in out + err
        if command == ["posts", "--json"]:
            listed = [post["path"] for post in json.loads(out)]
            assert sum(path.endswith("good.md") for path in listed) == 1
            assert len(listed) == len(set(listed))
            assert not any(
                "pipe" in path or "zero" in path or "circle" in path or "outside" in path for path in listed
            )
        if command == ["posts"]:
            assert len(out.splitlines()) == len(listed)


def test_each_can_be_named(folder, canary):
    """In a process of its own: a file that is waited for would stop the test."""
    names = [name for name in sorted(os.listdir(os.fsencode(folder))) if b"outside" not in name]  # noqa: PTH208  (as bytes)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for command in (["meta"], ["render"], ["check"]):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "editor",
                *command,
                "--json" if command != ["check"] else "--strict",
                "--",
                *names,
            ],
            env=environment,
            capture_output=True,
            timeout=90,
            check=False,
        )
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        assert canary.words.encode() not in done.stdout + done.stderr
        if command != ["check"]:
            known = json.loads(done.stdout)
            paths = known if command == ["meta"] else [page["path"] for page in known]
            assert len(paths) >= len(NAMES) + 1
