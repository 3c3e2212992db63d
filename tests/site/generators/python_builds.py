"""Hold what a site says of its posts against the real Pelican, Nikola and Jekyll."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from editor.site.find import open_site
from editor.site.index import PostSummary, read_posts
from tests.site.generators.real_builds import program

_HERE = Path(__file__).parent


def build(generator: str, *sites: Path) -> list[dict[str, list[str]] | None]:
    """Build sites; return for each what every source was written as: [address, file]; None for a failure."""
    found = program(generator)
    if generator == "jekyll":
        command = ["ruby", str(_HERE / "jekyll_build.rb")]
    else:
        command = [str(found.with_name("python")), str(_HERE / f"{generator}_build.py")]
    done = subprocess.run(
        [*command, *map(str, sites)], capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def build_all(
    generator: str, folders: Mapping[str, Path]
) -> dict[str, tuple[Path, dict[str, list[str]] | None]]:
    """Build sites by the names of their cases in one run; return folder and pages of each, as `build` does.

    Every site is built in a process of its own, in which the generator is loaded already.
    """
    pages = build(generator, *folders.values())
    return {name: (folder, built) for (name, folder), built in zip(folders.items(), pages, strict=True)}


def said(folder: Path) -> dict[str, PostSummary]:
    """Return what the site says of its posts, by path."""
    site = open_site(folder)
    return {site.relative(post.path): post for post in read_posts(site)}


def agree(folder: Path, built: dict[str, list[str]] | None) -> dict[str, PostSummary]:
    """Assert that the posts which are said to be published are those that were written, at their addresses."""
    assert built is not None
    posts = said(folder)
    published = {name: unquote(post.url) for name, post in posts.items() if post.published}
    real = {name: "/" + unquote(page[0]).lstrip("/") for name, page in built.items() if name in posts}
    names = {*published, *real}
    different = {
        name: (published.get(name), real.get(name)) for name in names if published.get(name) != real.get(name)
    }
    assert not different, different
    return posts


def states(posts: dict[str, PostSummary]) -> dict[str, str]:
    """Return the posts' states by the names of their files."""
    return {Path(name).stem: post.state for name, post in posts.items()}
