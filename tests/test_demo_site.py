"""The demo site: a real MkDocs Material blog, that shows what the preview can do."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from editor import resources

SITE = resources.path("demo-site")
POSTS = sorted((SITE / "docs/posts").glob("*.md"))

SHOWN = {
    "admonitions": r"^!!! \w+",
    "folded boxes": r"^\?\?\?\+? \w+",
    "tabs": r'^=== "',
    "line numbers": r'linenums="1"',
    "highlighted lines": r'hl_lines="',
    "a code title": r'title="',
    "tables": r"^\|.*\| *-+:",
    "tasks": r"^- \[x\] ",
    "footnotes": r"^\[\^\w+\]: ",
    "formulas": r"^\$\$$",
    "keys": r"\+\+ctrl\+z\+\+",
    "definitions": r"^:   ",
    "a picture with a caption": r"<figcaption>",
    "a picture with attributes": r"!\[.+\]\(\S+\)\{ width=",
    "a diagram": r"^```mermaid",
    "an icon": r":material-[\w-]+:",
    "marks": r"==\w",
    "an excerpt": r"^<!-- more -->$",
}


def front_matter(post: Path) -> str:
    return post.read_text("utf-8").split("---\n")[1]


@pytest.mark.parametrize("what", SHOWN)
def test_the_posts_show(what):
    assert any(re.search(SHOWN[what], post.read_text("utf-8"), re.MULTILINE) for post in POSTS)


def test_the_front_matter_is_written_in_many_ways():
    """The form is to be tried on comments, lists of both kinds, and dates of all three kinds."""
    blocks = [front_matter(post) for post in POSTS]
    assert any(re.search(r"^#", block, re.MULTILINE) for block in blocks)
    assert any(re.search(r"^tags: \[", block, re.MULTILINE) for block in blocks)
    assert any(re.search(r"^tags:\n *- ", block, re.MULTILINE) for block in blocks)
    dates = {type(yaml.safe_load(block)["date"]).__name__ for block in blocks}
    assert dates == {"date", "datetime", "dict"}
    assert sum(yaml.safe_load(block).get("draft", False) for block in blocks) == 1


def test_pictures_are_small_and_all_of_them_are_used():
    text = "".join(post.read_text("utf-8") for post in POSTS) + (SITE / "docs/.authors.yml").read_text(
        "utf-8"
    )
    for picture in (SITE / "docs/img").iterdir():
        assert picture.stat().st_size < 60_000
        assert f"img/{picture.name}" in text


@pytest.mark.skipif(not find_spec("material"), reason="mkdocs-material is not installed")
def test_the_real_generator_builds_it_without_a_warning(tmp_path):
    site = shutil.copytree(SITE, tmp_path / "site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path / "built"],
        cwd=site,
        # Material's announcement of what comes after MkDocs is no warning about this site.
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    assert "WARNING" not in built.stderr
    assert (tmp_path / "built/2026/everything-a-post-can-hold/index.html").is_file()
    assert not list((tmp_path / "built").glob("*/links-that-last")), "a draft is not published"
