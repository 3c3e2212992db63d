"""Repositories made by the real git, in temporary folders.

Fixtures:
    repo        a repository with one commit, as a Repo
    new_repo    a function: make a repository without a commit in a folder of this name
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.git.changes import Change, changes
from editor.git.repository import Repository


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if shutil.which("git") is None:
        for found in items:
            if Path(found.path).parent == Path(__file__).parent:
                found.add_marker(pytest.mark.skip(reason="git is not installed"))


class Repo:
    """A repository, and what a person does in a terminal."""

    def __init__(self, top: Path, *, init: bool = True) -> None:
        self.top = top
        top.mkdir(parents=True, exist_ok=True)
        if init:
            self.git("init", "-q", "-b", "main")
            self.git("config", "user.name", "Ada")
            self.git("config", "user.email", "ada@example.org")

    @property
    def repository(self) -> Repository:
        found = Repository.find(self.top)
        assert found is not None
        return found

    def git(self, *arguments: str | bytes, data: bytes | None = None, fails: bool = False) -> bytes:
        ended = subprocess.run(
            ["git", *arguments], cwd=self.top, input=data, capture_output=True, check=False, timeout=60
        )
        assert fails or ended.returncode == 0, ended.stderr.decode("utf-8", "replace")
        return ended.stdout

    def said(self, *arguments: str) -> str:
        return self.git(*arguments).decode("utf-8", "surrogateescape").strip("\n")

    def write(self, name: str, content: bytes | str) -> Path:
        file = self.top / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def read(self, name: str) -> bytes:
        return (self.top / name).read_bytes()

    def commit(self, message: str = "Change", **files: bytes | str) -> str:
        """Commit all there is, after writing `files` (`a_md` is a.md)."""
        for name, content in files.items():
            self.write(name.replace("_", "."), content)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.said("rev-parse", "HEAD")

    def hook(self, name: str, script: str, shell: str = "#!/bin/sh") -> Path:
        file = self.write(f".git/hooks/{name}", f"{shell}\n{script}\n")
        file.chmod(0o755)
        return file

    def changes(self) -> dict[str, Change]:
        return {change.path: change for change in changes(self.repository)}

    def index(self) -> bytes:
        return (self.repository.git_dir / "index").read_bytes()

    def status(self) -> list[str]:
        """What a terminal shows: `XY path`."""
        return self.said("status", "--porcelain", "-uall").splitlines()

    def in_head(self, name: str, revision: str = "HEAD") -> bytes:
        return self.git("cat-file", "blob", os.fsencode(f"{revision}:{name}"))

    def names(self, revision: str = "HEAD") -> list[str]:
        """The files that a commit changes."""
        listed = self.git("show", "-z", "--format=", "--name-only", "--no-renames", revision)
        return sorted(os.fsdecode(name) for name in listed.split(b"\0") if name)

    def count(self) -> int:
        return int(self.said("rev-list", "--count", "--all"))


def has_ended(process: int) -> bool:
    """Return whether the process with this id is over.

    One that has ended stays in the list until its parent, or who took it over from that, has asked how.
    """
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    try:
        return "State:\tZ" in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


@pytest.fixture
def new_repo(tmp_path: Path) -> Callable[..., Repo]:
    def make(name: str = "site", *, init: bool = True) -> Repo:
        return Repo(tmp_path / name, init=init)

    return make


@pytest.fixture
def repo(new_repo: Callable[..., Repo]) -> Repo:
    made = new_repo()
    made.commit("Start", a_md="one\ntwo\nthree\nfour\nfive\nsix\nseven\n", b_md="b\n")
    return made
