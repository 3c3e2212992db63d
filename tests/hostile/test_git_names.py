"""File names, attributes and configuration of a repository as attack: git is asked of each file, and nothing runs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from editor.git.changes import changes
from editor.git.contents import at_head, in_index, in_work_tree
from editor.git.history import revisions
from editor.git.repository import Repository
from tests.hostile.test_files import NAMES, POST

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="Windows has no such files"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

ALL = [
    *(name.replace(b"MARK", b"mark") for name in NAMES),
    b"--output=mark", b"--upload-pack=touch mark", b"-mark", b"-c", b"--", b"HEAD", b"main", b"@{-1}", b":(exclude)x", b":!x.md", b":(top)x.md",
    b"HEAD:x.md", b"^main", b"a..b",
]  # fmt: skip


def git(folder: Path, *arguments: str | bytes) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "site"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    for name in ALL:
        (root / os.fsdecode(name)).write_bytes(POST)
    return root


def test_each_name_is_one_file(folder):
    repository = Repository.find(folder)
    assert repository is not None
    names = {os.fsdecode(name) for name in ALL}
    assert {change.path for change in changes(repository)} == names
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    for name in sorted(names):
        assert at_head(repository, name) == POST, name
        assert in_index(repository, name) == POST, name
        assert in_work_tree(repository, name)[0] == POST, name
        assert len(revisions(repository, name)) == 1, name
    for name in names:
        (folder / name).write_bytes(POST + b"more\n")
    assert {change.path for change in changes(repository)} == names
    assert not (folder / "mark").exists()


PROGRAMS = {
    "core.fsmonitor": "PROGRAM",
    "core.pager": "PROGRAM",
    "core.editor": "PROGRAM",
    "core.sshCommand": "PROGRAM",
    "diff.external": "PROGRAM",
    "diff.evil.command": "PROGRAM",
    "diff.evil.textconv": "PROGRAM; cat",
    "pager.log": "PROGRAM",
    "credential.helper": "!PROGRAM",
    "uploadpack.packObjectsHook": "PROGRAM",
    "gpg.program": "PROGRAM",
    "log.showSignature": "true",
}


@pytest.mark.parametrize("name", [*PROGRAMS, "hooks"])
def test_looking_runs_no_program_of_the_repository(folder, tmp_path, name):
    """One that came as an archive brings its configuration along."""
    mark = tmp_path / "elsewhere"
    (folder / ".gitattributes").write_text("* diff=evil\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {mark}\n")
    program.chmod(0o755)
    if name == "hooks":
        hooks = folder / ".git/hooks"
        hooks.mkdir(exist_ok=True)
        for hook in ("post-index-change", "fsmonitor-watchman", "reference-transaction", "post-checkout"):
            shutil.copy(program, hooks / hook)
    else:
        git(folder, "config", name, PROGRAMS[name].replace("PROGRAM", str(program)))
    (folder / "-rf.md").write_bytes(POST + b"more\n")
    repository = Repository.find(folder)
    assert repository is not None
    assert {change.path for change in changes(repository)} == {"-rf.md"}
    assert at_head(repository, "-rf.md") == in_index(repository, "-rf.md") == POST
    assert in_work_tree(repository, "-rf.md")[0] == POST + b"more\n"
    assert len(revisions(repository, "-rf.md")) == 1
    assert repository.state().branch == "main"
    assert not mark.exists()
