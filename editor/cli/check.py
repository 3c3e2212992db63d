"""`copydesk check [PATH…]`: what is wrong with posts, or may be; made for a hook of git."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from editor.cli import output
from editor.errors import CopydeskError, OpenError
from editor.post.document import PostDocument
from editor.proof.diagnostic import ERROR, WARNING, Diagnostic
from editor.proof.engine import check
from editor.proof.other_posts import OtherPosts
from editor.proof.reading import Reading
from editor.settings import Settings
from editor.site import files
from editor.site.find import SiteFinder, open_site
from editor.site.generators.plain import Plain
from editor.site.site import Site
from editor.site.two_files import meta_file, site_of_meta
from editor.translation import gettext as _

SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".mdx")
_SKIPPED = ("node_modules", "__pycache__", "venv", "site-packages", "vendor")
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
"""What GitHub calls the severities."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `check`."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        help=_("a post, or a folder: all Markdown files below it (default: this folder)"),
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help=_("lines for people, JSON, or annotations of GitHub's actions"),
    )
    parser.add_argument("--strict", action="store_true", help=_("fail for warnings, too"))
    parser.add_argument("--site", metavar="DIR", type=Path, help=_("the site; default: found upwards"))


def run(arguments: argparse.Namespace) -> int:
    """Print the diagnostics of the files; return 1 for an error (`--strict`: or a warning), else 0."""
    try:
        sites = _Sites(arguments.site)
    except CopydeskError as error:
        error.path = error.path or arguments.site
        output.complain(error)
        return 1
    failed = False
    found: list[tuple[str, Diagnostic]] = []
    for given in arguments.paths or [Path()]:
        for path in _files(given):
            try:
                name, diagnostics = _checked(path, given, sites)
            except CopydeskError as error:
                error.path = error.path or path
                output.complain(error)
                failed = True
                continue
            found += [(name, diagnostic) for diagnostic in diagnostics]
            if arguments.format != "json":
                for diagnostic in diagnostics:
                    line = _annotation if arguments.format == "github" else _line
                    output.say(line(name, diagnostic))
    if arguments.format == "json":
        output.say_json([_as_json(name, diagnostic) for name, diagnostic in found])
    bad = (ERROR, WARNING) if arguments.strict else (ERROR,)
    return int(failed or any(diagnostic.severity in bad for _name, diagnostic in found))


def _checked(path: Path, given: Path, sites: "_Sites") -> tuple[str, list[Diagnostic]]:
    """Return what a file is called, and what was found in it; raises CopydeskError.

    Of a post in two files, it is the one that says all of it.
    """
    document = _opened(path)
    place = Path(os.path.normpath(path.absolute()))
    site, others = sites.of(place, given)
    named = path
    beside = meta_file(site, place)
    if beside is not None:
        document, named = _opened(beside), beside
        site = site_of_meta(site, place)
    reading = Reading(site, place, document.text, marked=document.marked, others=others)
    name = site.relative(beside or place)
    return (str(named) if Path(name).is_absolute() else name), check(reading)


def _opened(path: Path) -> PostDocument:
    document = PostDocument.open(path)
    if document.read_only:
        raise OpenError(document.read_only, path=path)
    return document


def _files(given: Path) -> Iterator[Path]:
    """Yield the file that was given, or the Markdown files below the folder, none of them hidden."""
    if not given.is_dir():
        yield given
        return
    for path in files.walk(given, lambda path: not path.is_symlink() or path == given, _is_skipped):
        if path.name.endswith(SUFFIXES) and not path.name.startswith("."):
            yield path


def _is_skipped(folder: Path) -> bool:
    return folder.name.startswith(".") or folder.name in _SKIPPED or (folder / "pyvenv.cfg").is_file()


class _Sites:
    """The sites of the files and what their posts have in common, each read once."""

    def __init__(self, folder: Path | None) -> None:
        """Take the site `folder` for all files, if one is named; raises SiteError."""
        self._settings = Settings.load()
        self._named = open_site(folder, self._settings) if folder is not None else None
        self._finder = SiteFinder(self._settings)
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
        folder = Path(os.path.normpath(folder.absolute()))
        if folder not in self._plains:
            rules = Plain(root=folder, trusted=False, content_dirs=(folder,), static_dirs=(folder,))
            self._plains[folder] = Site.of(rules)
        return self._plains[folder]


def _line(name: str, diagnostic: Diagnostic) -> str:
    place = f"{name}:{diagnostic.line}:{diagnostic.column}"
    return f"{place}: {diagnostic.severity}: {_one_line(diagnostic.message)} [{diagnostic.code}]"


def _annotation(name: str, diagnostic: Diagnostic) -> str:
    """Return a diagnostic as a workflow command of GitHub's actions.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    where = f"file={_escaped(name)},line={diagnostic.line},col={diagnostic.column}"
    if (diagnostic.end_line, diagnostic.end_column) > (diagnostic.line, diagnostic.column):
        where += f",endLine={diagnostic.end_line},endColumn={diagnostic.end_column}"
    command = _COMMANDS[diagnostic.severity]
    words = diagnostic.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{command} {where},title={diagnostic.code}::{words}"


def _escaped(text: str) -> str:
    """Return a property of a workflow command."""
    for character, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(character, code)
    return text


def _as_json(name: str, diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "path": name,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "end_line": diagnostic.end_line,
        "end_column": diagnostic.end_column,
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "fix": diagnostic.fix.title if diagnostic.fix else None,
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
