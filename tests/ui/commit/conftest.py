"""Small sites in repositories of the real git.

Fixtures:
    blog    a Blog: a plain site in a repository with one commit
"""

import os
import subprocess
from pathlib import Path

import pytest

from editor.git.repository import Repository
from editor.site.find import open_site
from editor.ui.commit.overview import Asked, OpenPost, read_overview

POST = b"---\ndraft: true\ndate: 2025-01-01\n---\n\n# One\n\nFirst words.\n\n## Two\n\nMore words.\n"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


class Blog:
    """A site in a repository, and what is asked of both."""

    def __init__(self, top: Path, folder: str = "") -> None:
        self.top = top
        self.root = top / folder
        (self.root / "posts").mkdir(parents=True)
        self.git("init", "-q")
        self.write("posts/one.md", POST)
        self.write("posts/two.md", b"# Two\n\nWords.\n")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Start")
        self.site = open_site(self.root)

    def git(self, *arguments: str) -> str:
        ended = subprocess.run(["git", *arguments], cwd=self.top, capture_output=True, check=True)
        return ended.stdout.decode("utf-8", "surrogateescape")

    def write(self, name: str, data: bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    @property
    def repository(self) -> Repository:
        found = Repository.find(self.top)
        assert found is not None
        return found

    def overview(self, before=None, unsaved=None, known=None):
        """Read what is changed; `before` and `unsaved` are bytes by name in the site."""
        before = {os.path.realpath(self.root / name): data for name, data in (before or {}).items()}
        posts = {
            os.path.realpath(self.root / name): OpenPost(self.root / name, data)
            for name, data in (unsaved or {}).items()
        }
        return read_overview(Asked(self.site, posts, before), known=known)

    def files(self, **given):
        """Return name -> ChangedFile."""
        return {file.path.name: file for file in self.overview(**given).files}


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path / "blog")
