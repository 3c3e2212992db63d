"""Checker: the check of files of one or several sites, each site and its posts read once."""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from editor.cli.page_renderer import page_renderer
from editor.errors import CopydeskError, OpenError
from editor.post.document import PostDocument
from editor.proof.contents import SUFFIXES, Around, Content, check_content
from editor.proof.diagnostic import Diagnostic
from editor.proof.other_posts import OtherPosts
from editor.proof.page_renderer import PageRenderer
from editor.proof.reading import Reading
from editor.proof.rule import Rule
from editor.proof.rules.web_links import web_addresses
from editor.settings import Settings
from editor.site import files
from editor.site.find import SiteFinder, open_site
from editor.site.generators.plain import Plain
from editor.site.site import Site
from editor.site.two_files import meta_file
from editor.translation import gettext as _

_log = logging.getLogger(__name__)

_SKIPPED = ("node_modules", "__pycache__", "venv", "site-packages", "vendor")


@dataclass(frozen=True, slots=True)
class Given:
    """A file to be checked, and what was given on the command line for it: itself, or a folder above it."""

    path: Path
    root: Path


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a file."""

    found: tuple[tuple[str, Diagnostic], ...] = ()
    """Each with what its file is called."""
    errors: tuple[CopydeskError, ...] = ()
    """Why it could not be checked, or not all of it."""


class Checker:
    """Checks one file after the other; a context manager that ends what renders for it."""

    def __init__(
        self, folder: Path | None, *, trust: bool = False, staged: Mapping[Path, bytes] | None = None
    ) -> None:
        """Take the site `folder` for all files, if one is named; raises SiteError.

        The files in `staged`, by their absolute paths, are checked as these bytes, whatever the disk has.
        """
        self._sites = _Sites(folder, trust=trust)
        self._staged = dict(staged or {})
        self._stack = ExitStack()
        self._renderer: PageRenderer | None = None
        self._failures: dict[Path | None, CopydeskError] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def prepare(self, given: list[Given]) -> None:
        """Read the sites of files and their other posts, for all that is checked afterwards."""
        for each in given:
            try:
                self._sites.of(place_of(each.path), each.root)
            except CopydeskError:
                continue  # `check` tells it

    def check(self, given: Given, rules: tuple[Rule, ...]) -> Checked:
        """Return what `rules` find in a file; of a post in two files, in both."""
        path = given.path
        try:
            document = self._opened(path)
            place = place_of(path)
            site, others = self._sites.of(place, given.root)
            beside = meta_file(site, place)
            meta = Content.of(self._opened(beside)) if beside is not None else None
            post = Content(place, document.text, document.marked)
            found = check_content(site, post, Around(others, self._pages()), meta, rules)
            if self._staged:  # of a post in two files, one may not be
                found = [each for each in found if each.path in self._staged]
        except CopydeskError as error:
            error.path = error.path or path
            return Checked(errors=(error,))
        except Exception as error:  # a rule that can't bear a post must not hide the others
            _log.debug("%s can't be checked", path, exc_info=error)
            words = _("The file can't be checked: {reason}").format(reason=f"{type(error).__name__}: {error}")
            return Checked(errors=(CopydeskError(words, path=path),))
        failure = self._failures.pop(place, None)
        if failure is not None:
            words = _("Its page could not be looked at: {reason}").format(reason=failure.message)
            failure = CopydeskError(words, path=path)
        self._failures.clear()  # those of other posts are told with these
        named = [(_name(site, diagnostic.path or place, path, place), diagnostic) for diagnostic in found]
        return Checked(tuple(named), (failure,) if failure is not None else ())

    def web_addresses(self, given: Given) -> list[str]:
        """Return the addresses of the web that a file links to; none where it can't be read."""
        try:
            document = self._opened(given.path)
            place = place_of(given.path)
            site, _others = self._sites.of(place, given.root)
            return web_addresses(Reading(site, place, document.text, marked=document.marked))
        except CopydeskError:
            return []

    def _opened(self, path: Path) -> PostDocument:
        """Return what is to be checked of a file: what is staged of it, else what the disk has."""
        data = self._staged.get(place_of(path))
        document = PostDocument.open(path) if data is None else PostDocument(path, data)
        if document.read_only:
            raise OpenError(document.read_only, path=path)
        return document

    def _pages(self) -> PageRenderer:
        """Return what renders posts; its worker is started when it is first needed."""
        if self._renderer is None:
            self._renderer = self._stack.enter_context(page_renderer(self._note_failure))
        return self._renderer

    def _note_failure(self, path: Path | None, error: CopydeskError) -> None:
        self._failures[path] = error


def markdown_files(given: Path) -> Iterator[Path]:
    """Yield the file that was given, or the Markdown files below the folder, none of them hidden."""
    if not given.is_dir():
        yield given
        return
    for path in files.walk(given, lambda path: not path.is_symlink() or path == given, _is_skipped):
        if path.name.endswith(SUFFIXES) and not path.name.startswith("."):
            yield path


def _is_skipped(folder: Path) -> bool:
    return is_passed_over(folder.name) or (folder / "pyvenv.cfg").is_file()


def is_passed_over(name: str) -> bool:
    """Return whether folders with such a name are no part of a site, and left out below a folder that is given."""
    return name.startswith(".") or name in _SKIPPED


def place_of(path: Path) -> Path:
    """Return the absolute path of a file, links on the way to it left as they are."""
    return Path(os.path.normpath(path.absolute()))


def _name(site: Site, place: Path, given: Path, checked: Path) -> str:
    """Return what a file is called: from the site's folder, else as it was given."""
    name = site.relative(place)
    if not Path(name).is_absolute():
        return name
    return str(given if place == checked else given.with_name(place.name))


class _Sites:
    """The sites of the files and what their posts have in common, each read once."""

    def __init__(self, folder: Path | None, *, trust: bool) -> None:
        self._settings = Settings.load()
        self._named = open_site(folder, self._settings, trust=trust) if folder is not None else None
        self._finder = SiteFinder(self._settings, trust=trust)
        self._plains: dict[Path, Site] = {}
        self._by_root: dict[tuple[Path, Path | None], tuple[Site, OtherPosts]] = {}

    def of(self, path: Path, given: Path) -> tuple[Site, OtherPosts]:
        """Return the site of a file, and its posts; without a site it is the folder that was given."""
        site = self._named or self._finder.find(path)
        if site is None:
            site = self._plain(given if given.is_dir() else given.absolute().parent)
        key = (site.root, next(iter(site.configuration), None))
        if key not in self._by_root:
            self._by_root[key] = site, OtherPosts.of(site)
        return self._by_root[key]

    def _plain(self, folder: Path) -> Site:
        """Return the folder as a site of its own."""
        folder = place_of(folder)
        if folder not in self._plains:
            rules = Plain(root=folder, trusted=False, content_dirs=(folder,), static_dirs=(folder,))
            self._plains[folder] = Site.of(rules)
        return self._plains[folder]
