"""The command line: one module a command, each with `add_arguments(parser)` and `run(arguments) -> int`.

Exits: 0 on success, 1 where an input is wrong, 2 for wrong usage. Errors are one line each on stderr.
"""

import argparse
import importlib
from collections.abc import Sequence

from editor.translation import gettext as _


def commands() -> dict[str, str]:
    """Return name -> what it does (translated) of every command, in the order of the help."""
    return {
        "info": _("say what the site is"),
        "posts": _("list the posts, newest first"),
        "new": _("create a post where its generator wants it"),
        "render": _("print a post's HTML as the generator would publish it"),
        "meta": _("read or edit front matter in place"),
        "check": _("check posts before they are published"),
        "recover": _("list unsaved work in the recovery journal, or write it out"),
        "trust": _("let a site's code run, or no longer"),
        "build": _("build the site with its own generator, in the cache"),
    }


def run(argv: Sequence[str]) -> int:
    """Run the command that `argv` begins with (one of `commands`) and return the exit status."""
    name = argv[0]
    module = importlib.import_module(f"editor.cli.{name}")
    parser = argparse.ArgumentParser(prog=f"copydesk {name}", description=commands()[name].capitalize())
    module.add_arguments(parser)
    status: int = module.run(parser.parse_args(argv[1:]))
    return status
