"""Sites of each generator to check a post of, and a short way to do it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editor.proof.diagnostic import Diagnostic
from editor.proof.engine import check
from editor.proof.other_posts import OtherPosts
from editor.proof.reading import Reading
from editor.site.find import open_site

NOW = datetime(2026, 6, 1, tzinfo=UTC)

MATERIAL = {
    "mkdocs.yml": (
        "site_name: A blog\ntheme: {name: material}\n"
        "plugins:\n- blog:\n    blog_dir: .\n    categories_allowed: [Search, Notes]\n"
    ),
    "docs/.authors.yml": "authors:\n  ann: {name: Ann, description: Writes, avatar: a.png}\n",
}
SITES: dict[str, tuple[dict[str, str], str]] = {
    "mkdocs-material": (MATERIAL, "docs/posts/{name}.md"),
    "pelican": ({"pelicanconf.py": "PATH = 'content'\nSITENAME = 'A blog'\n"}, "content/{name}.md"),
    "jekyll": ({"_config.yml": "title: A blog\n"}, "_posts/2024-01-31-{name}.md"),
    "hugo": ({"hugo.toml": 'baseURL = "https://example.org/"\n'}, "content/posts/{name}.md"),
    "nikola": (
        {"conf.py": 'BLOG_TITLE = "A blog"\nPOSTS = (("posts/*.md", "posts", "post.tmpl"),)\n'},
        "posts/{name}.md",
    ),
    "plain": ({}, "{name}.md"),
}


class Desk:
    """A site of one generator with posts, and what is found in one of them."""

    def __init__(self, folder: Path, generator: str) -> None:
        files, self._pattern = SITES[generator]
        self.folder = folder
        for name, text in files.items():
            self.write(name, text)
        self.write(self._pattern.format(name="other"), "---\ntitle: Other\ndate: 2024-01-01\n---\nWords.\n")
        self.site = open_site(folder)
        assert self.site.generator == generator

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def post(self, name: str, text: str) -> Path:
        return self.write(self._pattern.format(name=name), text)

    def check(self, text: str, name: str = "post", *, marked: bool = False) -> list[Diagnostic]:
        """Return what is found in `text` as the post `name`, which is on disk then."""
        path = self.post(name, text)
        return check(Reading(self.site, path, text, marked, OtherPosts.of(self.site), NOW))

    def codes(self, text: str, name: str = "post") -> list[str]:
        return [found.code for found in self.check(text, name)]

    def only(self, code: str, text: str) -> Diagnostic:
        """Return the one diagnostic with `code`."""
        [found] = [found for found in self.check(text) if found.code == code]
        return found

    def mended(self, code: str, text: str) -> str:
        """Return `text` after the quick fix for `code`, which must be gone then."""
        found = self.only(code, text)
        assert found.fix is not None, found.message
        after = found.fix.edit.apply(text)
        assert not [later for later in self.check(after) if (later.code, later.key) == (code, found.key)]
        return after


@pytest.fixture
def site_of(tmp_path: Path) -> Callable[[str], Desk]:
    """Give a function that makes a site of a generator."""
    return lambda generator: Desk(tmp_path / generator, generator)


@pytest.fixture
def material(site_of: Callable[[str], Desk]) -> Desk:
    return site_of("mkdocs-material")
