"""`copydesk build [SITE] [--post FILE] [--trust]`: the site as its own generator builds it, in our cache."""

import argparse
import sys
from pathlib import Path

from editor.cli import output
from editor.errors import BuildError, CopydeskError, NotTrusted, OpenError
from editor.post.document import PostDocument
from editor.settings import Settings
from editor.site.building.build import SiteBuild
from editor.site.building.results import BuildProblem
from editor.site.files import as_written
from editor.site.find import find_site, open_site
from editor.site.site import Site
from editor.translation import gettext as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes to its parser."""
    parser.add_argument(
        "site", nargs="?", type=Path, metavar="SITE", help=_("the site's folder (default: this one)")
    )
    parser.add_argument(
        "--post",
        type=Path,
        metavar="FILE",
        help=_("print where the page of this post is, not the whole site"),
    )
    parser.add_argument("--trust", action="store_true", help=_("trust the site's code for this run"))
    parser.add_argument("--verbose", action="store_true", help=_("print what the generator says to stderr"))


def run(arguments: argparse.Namespace) -> int:
    """Build the site and print the folder of its pages, or the page of the post; return 1 where it fails."""
    try:
        settings = Settings.load()
        site = _site(arguments, settings)
        post = arguments.post
        document = PostDocument.open(post) if post is not None else None
        try:
            result = SiteBuild(site, settings.cache_dir).run(
                progress=_say if arguments.verbose else _say_nothing
            )
        except NotTrusted as error:
            said = _(
                "The site is built by its own code, which is not trusted: "
                "`copydesk trust {site}` trusts it from now on, `--trust` for one run"
            )
            raise NotTrusted(said.format(site=site.root), path=error.path) from error
        for problem in result.problems:
            _complain(site, problem)
        if not result.succeeded:
            return 1
        if document is None:
            output.say(result.folder)
            return 0
        path = as_written(post)
        url = site.publication(path, site.read(document.text)).url
        page = result.page_of(path, url, document.text)
        if page is None:
            raise BuildError(_("The generator made no page of the post"), path=post)
        output.say(page)
    except CopydeskError as error:
        output.complain(error)
        return 1
    return 0


def _site(arguments: argparse.Namespace, settings: Settings) -> Site:
    if arguments.post is not None and not arguments.post.is_file():
        raise OpenError(_("There is no such file"), path=arguments.post)
    if arguments.site is not None or arguments.post is None:
        return open_site(arguments.site or Path(), settings, trust=arguments.trust)
    found = find_site(arguments.post, settings, trust=arguments.trust)
    if found is None:
        raise BuildError(_("The post is in no site, so no generator builds it"), path=arguments.post)
    return found


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _say_nothing(_line: str) -> None:
    pass


def _complain(site: Site, problem: BuildProblem) -> None:
    message = problem.message
    if problem.severity == "warning":
        message = _("warning: {message}").format(message=message)
    path = Path(site.relative(problem.path)) if problem.path is not None else site.root
    output.complain(BuildError(message, path=path, line=problem.line))
