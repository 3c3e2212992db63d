"""`copydesk new TITLE`: a new post where its generator wants it."""

import argparse
from datetime import datetime
from pathlib import Path

from editor.cli import output
from editor.cli.values import read_setting
from editor.errors import CopydeskError
from editor.settings import Settings
from editor.site.find import find_site, open_site
from editor.site.new_post import create_post, is_no_taxonomy, key_of_new
from editor.site.verdict import verdict
from editor.translation import gettext as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes to its parser."""
    parser.add_argument("title", metavar="TITLE", help=_("the title of the post"))
    parser.add_argument(
        "--site", metavar="DIR", help=_("the site's folder (default: found upwards from here)")
    )
    parser.add_argument("--template", metavar="NAME", help=_("a template of the program or of the site"))
    parser.add_argument(
        "--set",
        dest="values",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        type=_setting,
        help=_("set a field of the front matter; may be given more than once"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the post and print its absolute path; return 1 where it can't be made."""
    settings = Settings.load()
    try:
        if arguments.site is not None:
            site = open_site(Path(arguments.site), settings)
        else:
            site = find_site(Path.cwd(), settings) or open_site(Path.cwd(), settings)
        values = {}
        for given, text in arguments.values:
            key = key_of_new(site, given)
            values[key] = read_setting(key, text, site.content_type.field(key), site.front_matter)
        path = create_post(site, arguments.title, template=arguments.template, values=values)
    except CopydeskError as error:
        error.path = error.path or Path(arguments.site or ".")
        output.complain(error)
        return 1
    output.say(path)
    for key in (key for key in values if is_no_taxonomy(site, key)):
        said = _("The site's configuration has no taxonomy {name}").format(name=key)
        output.note(said, path)
    found = verdict(site, path, site.read(path.read_text("utf-8")), datetime.now().astimezone())
    if found.ignored:
        output.note(found.line, path)
    return 0


def _setting(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise argparse.ArgumentTypeError(_("KEY=VALUE is wanted, not “{text}”").format(text=text))
    return key.strip(), value
