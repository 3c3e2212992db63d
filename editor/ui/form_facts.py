"""What the form is told about the site and the rest of the post."""

import re
from collections import Counter
from collections.abc import Mapping

from editor.errors import SiteError
from editor.site.content_types.learning import Learned
from editor.site.index import PostSummary
from editor.site.site import Site
from editor.translation import gettext as _
from editor.ui.form.facts import FormFacts
from editor.ui.session import PostSession

_HEADING = re.compile(r"^# +(.+?)(?:\s+\{[^}]*\})?\s*#*\s*$", re.MULTILINE)
_LOOKED_THROUGH = 20_000
"""Code points of the body in which the first heading is looked for."""


def completions(posts: list[PostSummary], learned: Learned | None = None) -> dict[str, Mapping[str, int]]:
    """Return the values that the site's posts have, counted, by key."""
    return {
        **(learned.vocabularies if learned else {}),
        "tags": Counter(tag for post in posts for tag in post.tags),
        "categories": Counter(category for post in posts for category in post.categories),
        "authors": Counter(author for post in posts for author in post.authors),
    }


def form_facts(
    site: Site, session: PostSession, posts: list[PostSummary], suggestions: Mapping[str, Mapping[str, int]]
) -> FormFacts:
    """Return derived and inherited values for the post of `session`, beside the site's `suggestions`."""
    front_matter = session.front_matter
    body = session.text[front_matter.body_start : front_matter.body_start + _LOOKED_THROUGH]
    heading = _HEADING.search(body)
    values = {} if front_matter.problem else front_matter.values
    path = session.path
    others = [post for post in posts if post.path != path]
    inherited = {}
    slug = ""
    if path is not None:
        slug = site.derived_slug(path, values, body)
        try:
            inherited = site.inherited(path)
        except SiteError:
            inherited = {}
    notes = {}
    own_title = heading[1] if heading else ""
    if path is not None:
        without_title = {key: value for key, value in values.items() if key != "title"}
        fallback = site.title(path, without_title, body)
        if fallback != own_title and not values.get("title"):
            notes["title"] = _("As the generator names it without a title")
        own_title = fallback
    own_url = next((post.url for post in posts if post.path == path), "")
    twin = next((post for post in others if own_url and post.url == own_url), None)
    if twin is not None:
        notes["slug"] = _("“{title}” has the same address").format(title=twin.title)
    return FormFacts(
        completions=suggestions,
        authors={name: author.name for name, author in site.authors(path).items()},
        title=own_title,
        slug=slug,
        inherited=inherited,
        notes=notes,
    )


def post_title(session: PostSession) -> str:
    """Return the post's title: the field, else the first heading, else an empty text."""
    title = None if session.front_matter.problem else session.front_matter.values.get("title")
    if isinstance(title, str) and title:
        return title
    start = session.front_matter.body_start
    heading = _HEADING.search(session.text[start : start + _LOOKED_THROUGH])
    return heading[1] if heading else ""
