"""`copydesk trust SITE`: let a site's code run, or no longer."""

import argparse
from pathlib import Path

from editor.cli import output
from editor.errors import CopydeskError, SiteError
from editor.render.withheld_code import withheld_extensions, withheld_functions
from editor.settings import Settings
from editor.site.find import open_site
from editor.site.own_code import own_code
from editor.site.site import Site
from editor.translation import gettext as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes to its parser."""
    parser.add_argument("site", metavar="SITE", type=Path, help=_("the site's folder"))
    parser.add_argument("--revoke", action="store_true", help=_("trust the site no longer"))


def run(arguments: argparse.Namespace) -> int:
    """Note whether the site is trusted and say what that means; return 1 where it can't be done."""
    settings = Settings.load()
    folder: Path = arguments.site.absolute()
    try:
        root = _root(folder, settings, arguments.revoke)
        if arguments.revoke:
            settings.revoke(root)
        else:
            settings.trust(root)
            site = open_site(folder, settings)
    except CopydeskError as error:
        output.complain(error)
        return 1
    if arguments.revoke:
        output.say(_("Not trusted any more, nothing of it runs: {folder}").format(folder=root))
        return 0
    output.say(_("Trusted, its code may run in previews and builds: {folder}").format(folder=root))
    for said in code_that_trust_lets_run(site):
        output.say(said)
    return 0


def _root(folder: Path, settings: Settings, revoke: bool) -> Path:
    """Return the root of the site in `folder`; raises SiteError, but for a trust that is to be taken back."""
    try:
        return open_site(folder, settings).root
    except SiteError:
        if revoke and settings.is_trusted(folder):
            return folder  # it can't be read any more, or is gone
        raise


def code_that_trust_lets_run(site: Site) -> list[str]:
    """Return a sentence for each kind of code that the site brings along; it takes a look at the disk."""
    own = own_code(site)
    said = []
    if own.environment:
        said.append(_("Pages are rendered by the site's own Python: {folder}").format(folder=own.environment))
    if names := withheld_extensions(site.dialect):
        said.append(_("Markdown extensions of the site run: {names}").format(names=", ".join(names)))
    if names := withheld_functions(site.dialect):
        said.append(_("Functions that its configuration names run: {names}").format(names=", ".join(names)))
    if own.hooks:
        said.append(_("Builds run the site's hooks: {files}").format(files=", ".join(own.hooks)))
    if own.macros:
        said.append(_("Builds run the functions that its pages call as macros"))
    return said
