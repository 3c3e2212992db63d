"""A build of the site as it would be after the commit, in a clean folder of the cache."""

import hashlib
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from editor.errors import BuildError
from editor.git.committing import Pick
from editor.git.repository import Repository
from editor.git.staged_tree import check_out
from editor.site.building import history
from editor.site.building.build import SiteBuild
from editor.site.building.results import BuildProblem, BuildResult
from editor.site.find import open_site
from editor.site.site import Site
from editor.translation import gettext as _

_INSTALLED = ("node_modules", ".venv", "venv", "env")
"""What is installed for a site and not in its repository: the build uses it where it is."""
_KEPT = 4
"""So many repositories' folders are kept, those built last."""
_COMMANDS = {
    "mkdocs-material": "mkdocs build",
    "mkdocs": "mkdocs build",
    "zensical": "zensical build",
    "pelican": "pelican",
    "nikola": "nikola build",
    "hugo": "hugo",
    "jekyll": "jekyll build",
    "eleventy": "eleventy",
    "zola": "zola build",
    "astro": "astro build",
    "hexo": "hexo generate",
}


@dataclass(frozen=True, slots=True)
class StagedBuild:
    """What came of a build."""

    tree: str
    """The hash of what was built."""
    result: BuildResult
    seconds: float = 0.0
    """How long all of it took, with the writing of the files."""


def command_of(site: Site) -> str:
    """Return what people call the build of a site; empty where nothing builds it."""
    return _COMMANDS.get(site.generator, "")


def build_picked(
    site: Site,
    repository: Repository,
    picks: Sequence[Pick],
    cache_dir: Path,
    stop: threading.Event,
    known: StagedBuild | None = None,
    progress: Callable[[str], None] = lambda _line: None,
) -> StagedBuild:
    """Build the last commit with `picks`; `known` is given back where that is what it was of.

    Not for the GUI thread, and one at a time. Raises GitError, BuildError, NotTrusted, SiteError; nothing of the site
    or its repository is changed.
    """
    digest = hashlib.sha256(os.fsencode(repository.top)).hexdigest()[:12]
    name = re.sub(r"[^a-z0-9]+", "-", repository.top.name.lower())[:40]
    base, begun = cache_dir.absolute() / "commits", time.monotonic()
    place = base / f"{name}-{digest}"
    files = place / "files"
    try:
        _remove(files)
        files.mkdir(parents=True)
        os.utime(place)
        _remove_old(base, place)
        tree = check_out(repository, picks, files)
        if known is not None and known.tree == tree.tree:
            return known
        inner = repository.name(site.root)
        root = files if inner in (None, ".") else files / str(inner)
        if not root.is_dir():
            raise BuildError(_("The commit would hold nothing of the site"))
        _link_installed(repository.top, files, site.root, root, tree.submodules)
        history.link(repository.top, files, place / "history")
    except OSError as error:
        raise BuildError(
            _("The cache can't be written: {reason}").format(reason=error.strerror or error)
        ) from error
    staged = open_site(root, trust=site.trusted)
    result = SiteBuild(staged, place).run(progress=progress, cancelled=stop)
    problems = tuple(_in_site(problem, files, repository.top) for problem in result.problems)
    return StagedBuild(tree.tree, replace(result, problems=problems), time.monotonic() - begun)


def _link_installed(top: Path, files: Path, site: Path, root: Path, submodules: Sequence[str]) -> None:
    """Let what is no part of the commit be found where it would be: packages, and repositories in the repository."""
    for original, copy in {top: files, site: root}.items():
        for name in _INSTALLED:
            if (original / name).is_dir() and not (copy / name).exists():
                (copy / name).symlink_to(original / name)
    for name in submodules:
        copy = files / name
        if (top / name).is_dir():
            with suppress(OSError):
                copy.rmdir()
            if not copy.exists():
                shutil.copytree(
                    top / name, copy, symlinks=True, ignore=shutil.ignore_patterns(".git", "node_modules")
                )


def _in_site(problem: BuildProblem, files: Path, top: Path) -> BuildProblem:
    """Return a problem with the places of the work tree."""
    message = problem.message.replace(str(files), str(top))
    path = problem.path
    if path is not None and path.is_relative_to(files):
        path = top / path.relative_to(files)
    return replace(problem, message=message, path=path)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _remove_old(base: Path, spared: Path) -> None:
    folders = sorted(base.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in folders[_KEPT:]:
        if folder != spared:
            shutil.rmtree(folder, ignore_errors=True)
