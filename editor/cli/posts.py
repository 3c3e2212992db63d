"""`copydesk posts [SITE]`: the posts of the site, newest first."""

import argparse
from pathlib import Path

from editor.cli import output
from editor.errors import CopydeskError
from editor.settings import Settings
from editor.site.find import open_site
from editor.site.index import PostIndex, PostSummary
from editor.site.site import Site
from editor.translation import gettext as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes to its parser."""
    parser.add_argument(
        "site", nargs="?", default=".", metavar="SITE", help=_("the site's folder (default: this one)")
    )
    parser.add_argument("--search", metavar="TEXT", help=_("only posts in which every word of TEXT occurs"))
    parser.add_argument("--json", action="store_true", help=_("print a JSON list"))


def run(arguments: argparse.Namespace) -> int:
    """Print the posts, one a line: date, state, file, title; return 1 where the site can't be read."""
    try:
        site = open_site(Path(arguments.site), Settings.load())
    except CopydeskError as error:
        output.complain(error)
        return 1
    index = PostIndex(site)
    posts = index.refresh()
    if arguments.search:
        posts = index.search(arguments.search)
    if arguments.json:
        output.say_json([_as_json(site, post) for post in posts])
        return 0
    for post in posts:
        output.say(f"{post.date[:10]:10}  {post.state:9}  {site.relative(post.path)}  {post.title}")
    return 0


def _as_json(site: Site, post: PostSummary) -> dict[str, object]:
    return {
        "path": site.relative(post.path),
        "title": post.title,
        "date": post.date or None,
        "draft": post.draft,
        "state": post.state,
        "published": post.published,
        "url": post.url or None,
        "tags": list(post.tags),
        "categories": list(post.categories),
        "authors": list(post.authors),
        "words": post.words,
        "problem": post.problem or None,
    }
