"""`copydesk info [SITE]`: what the site is."""

import argparse
from pathlib import Path

from editor.cli import output
from editor.cli.trust import code_that_trust_lets_run
from editor.errors import CopydeskError
from editor.settings import Settings
from editor.site.find import open_site
from editor.site.site import Site
from editor.translation import gettext as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes to its parser."""
    parser.add_argument(
        "site", nargs="?", default=".", metavar="SITE", help=_("the site's folder (default: this one)")
    )
    parser.add_argument("--json", action="store_true", help=_("print one JSON object"))


def run(arguments: argparse.Namespace) -> int:
    """Print what the site is; return 1 where it can't be read."""
    try:
        site = open_site(Path(arguments.site), Settings.load())
    except CopydeskError as error:
        output.complain(error)
        return 1
    posts = len(site.post_paths())
    if arguments.json:
        output.say_json(_as_json(site, posts))
        return 0
    rows = [
        (_("site"), site.name),
        (_("generator"), site.generator),
        (_("folder"), str(site.root)),
        (_("address"), site.url or "–"),
        (_("posts"), str(posts)),
        (_("content"), ", ".join(site.relative(folder) for folder in site.content_dirs)),
        (_("static files"), ", ".join(site.relative(folder) for folder in site.static_dirs)),
        (_("front matter"), site.front_matter),
        (_("Markdown"), site.dialect.family),
        (_("trusted"), _("yes") if site.trusted else _("no")),
    ]
    if python := site.dialect.interpreter:
        rows.append((_("its Python"), site.relative(Path(python))))
    width = max(len(name) for name, _value in rows)
    for name, value in rows:
        output.say(f"{name:{width}}  {value}")
    for reason in site.dialect.reasons:
        output.say(reason)
    for problem in site.problems:
        output.say(problem.located())
    return 0


def _as_json(site: Site, posts: int) -> dict[str, object]:
    return {
        "generator": site.generator,
        "root": str(site.root),
        "name": site.name,
        "url": site.url,
        "content_dirs": [site.relative(folder) for folder in site.content_dirs],
        "static_dirs": [site.relative(folder) for folder in site.static_dirs],
        "front_matter": site.front_matter,
        "dialect": site.dialect.family,
        "reasons": list(site.dialect.reasons),
        "posts": posts,
        "trusted": site.trusted,
        "code": code_that_trust_lets_run(site),
        "interpreter": site.dialect.interpreter or None,
        "configuration": [site.relative(file) for file in site.configuration],
        "problems": [problem.located() for problem in site.problems],
    }
