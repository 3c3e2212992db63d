"""`copydesk check [PATH…]`: what is wrong with posts, or may be; made for a hook of git."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from editor.cli import check_formats, output
from editor.cli.checker import Checked, Checker, Given, markdown_files
from editor.cli.side_by_side import processes_for, side_by_side
from editor.cli.staged import staged_posts
from editor.errors import CopydeskError, LinkCheckError
from editor.proof.diagnostic import ERROR, WARNING, Diagnostic
from editor.proof.external_links import LinkCheck
from editor.proof.rule import Rule
from editor.proof.rules import all_rules
from editor.proof.rules.web_links import web_rules
from editor.translation import gettext as _

_FILES_EACH = 60
"""So many files for each process: fewer are done before another one has started."""


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
    parser.add_argument(
        "--staged",
        action="store_true",
        help=_("check what git has staged, as it is staged: for a hook before a commit"),
    )
    parser.add_argument("--strict", action="store_true", help=_("fail for warnings, too"))
    parser.add_argument("--site", metavar="DIR", type=Path, help=_("the site; default: found upwards"))
    parser.add_argument("--trust", action="store_true", help=_("trust the site's code for this run"))
    parser.add_argument(
        "--external",
        action="store_true",
        help=_("also ask the web whether the pages are there that the posts link to: this takes its time"),
    )
    parser.add_argument("--rules", action="store_true", help=_("list the rules, and check nothing"))


def run(arguments: argparse.Namespace) -> int:
    """Print the diagnostics of the files; return 1 for an error (`--strict`: or a warning), else 0."""
    if arguments.rules:
        return _list_rules(arguments.format)
    roots = arguments.paths or [Path()]
    try:
        given, staged = staged_posts(roots) if arguments.staged else (_files(roots), None)
    except CopydeskError as error:
        output.complain(error)
        return 1
    try:
        checker = Checker(arguments.site, trust=arguments.trust, staged=staged)
    except CopydeskError as error:
        error.path = error.path or arguments.site
        output.complain(error)
        return 1
    failed = False
    rules = all_rules()
    with checker:
        if arguments.external:
            try:
                rules += _asked(checker, given)
            except LinkCheckError as error:
                output.complain(error)
                failed = True
        found, unchecked = _told(_all_checked(checker, given, rules), arguments.format)
    bad = (ERROR, WARNING) if arguments.strict else (ERROR,)
    return int(failed or unchecked or any(diagnostic.severity in bad for diagnostic in found))


def _files(roots: list[Path]) -> list[Given]:
    return [Given(path, root) for root in roots for path in markdown_files(root)]


def _all_checked(checker: Checker, given: list[Given], rules: tuple[Rule, ...]) -> Iterable[Checked]:
    """Check the files, side by side where they are many; their sites are read before."""
    processes = processes_for(len(given), _FILES_EACH)
    if processes > 1:
        checker.prepare(given)
    return side_by_side(lambda each: checker.check(each, rules), given, processes)


def _told(checked: Iterable[Checked], form: str) -> tuple[list[Diagnostic], bool]:
    """Print what was found as it comes; return it, and whether a file could not be checked."""
    found: list[tuple[str, Diagnostic]] = []
    unchecked = False
    for each in checked:
        for error in each.errors:
            output.complain(error)
            unchecked = True
        found += each.found
        if form != "json":
            for name, diagnostic in each.found:
                if form == "github":
                    output.say(check_formats.annotation(_from_top(name, diagnostic.path), diagnostic))
                else:
                    output.say(check_formats.line(name, diagnostic))
    if form == "json":
        output.say_json([check_formats.as_json(name, diagnostic) for name, diagnostic in found])
    return [diagnostic for _name, diagnostic in found], unchecked


def _from_top(name: str, path: Path | None) -> str:
    """Return what a file of a repository is called from its top, as GitHub does; of any other, `name`.

    It is the folder that has git's own: git may refuse to answer where another user owns it, as in a container.
    """
    if path is None:
        return name
    top = next((folder for folder in path.parents if (folder / ".git").exists()), None)
    return name if top is None else path.relative_to(top).as_posix()


def _asked(checker: Checker, given: list[Given]) -> tuple[Rule, ...]:
    """Ask the web for the pages that the files link to; return the rules that tell what became of it."""
    addresses = dict.fromkeys(address for each in given for address in checker.web_addresses(each))
    terminal = sys.stderr.isatty()

    def told(done: int, of: int) -> None:
        if terminal:
            sys.stderr.write("\r\033[K" + (_("{done} of {count} pages").format(done=done, count=of)))
            sys.stderr.flush()

    try:
        return web_rules(LinkCheck().run(addresses, told))
    finally:
        if terminal:
            sys.stderr.write("\r\033[K")


def _list_rules(form: str) -> int:
    rules = (*all_rules(), *web_rules({}))
    if form == "json":
        output.say_json([check_formats.rule_as_json(rule) for rule in rules])
    else:
        for line in check_formats.table(rules):
            output.say(line)
    return 0
