"""What the form is told about the site and the rest of the post."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from editor.errors import SiteError
from editor.site.content_types.learning import Learned
from editor.site.date_style import day_text
from editor.site.index import PostSummary
from editor.site.site import Site
from editor.translation import gettext as _
from editor.ui.form.facts import FormFacts
from editor.ui.session import PostSession
from editor.ui.site_pictures import SitePictures

_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
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
    site: Site,
    session: PostSession,
    suggestions: Mapping[str, Mapping[str, int]],
    learned: Learned | None = None,
) -> FormFacts:
    """Return derived and inherited values for the post of `session`, beside the site's `suggestions`.

    `learned` is what the site's posts show: how they write a picture.
    """
    front_matter = session.header
    start = session.front_matter.body_start
    body = session.content.slice(start, start + _LOOKED_THROUGH)
    values = {} if front_matter.problem else front_matter.values
    path = session.path
    inherited = {}
    slug = ""
    if path is not None:
        slug = site.derived_slug(path, values, body)
        try:
            inherited = site.inherited(path)
        except SiteError:
            inherited = {}
    notes = {}
    own_title = first_heading(body)
    if path is not None:
        without_title = {key: value for key, value in values.items() if key != "title"}
        fallback = site.title(path, without_title, body)
        if fallback != own_title and not values.get("title"):
            notes["title"] = _("As the generator names it without a title")
        own_title = fallback
    shown = _shown_day(site, values.get("date"), "" if front_matter.problem else front_matter.source("date"))
    if shown:
        notes["date"] = shown
    return FormFacts(
        completions=suggestions,
        authors={name: author.name for name, author in site.authors(path).items()},
        title=own_title,
        slug=slug,
        inherited=inherited,
        notes=notes,
        proofed=True,
        pictures=SitePictures(site, path, learned) if path is not None else None,
    )


def _shown_day(site: Site, value: Any, source: str | None) -> str:
    """Return the sentence on a date that the site shows as another day than stands in the file, else nothing."""
    shown = site.shown_day(value)
    stands = _DAY.search(source or "")
    if shown is None or stands is None or tuple(map(int, stands.groups())) == shown[0].timetuple()[:3]:
        return ""
    return _("Shown as {day} by the site ({zone})").format(day=day_text(shown[0]), zone=shown[1])


def post_title(session: PostSession, site: Site | None) -> str:
    """Return the post's title as `site` has it; where that is not known, the field, else the first heading.

    It is empty where neither is there. `site` is the one that reads the post's fields.
    """
    values = {} if session.header.problem else session.header.values
    start = session.front_matter.body_start
    body = session.content.slice(start, start + _LOOKED_THROUGH)
    if site is not None and session.path is not None:
        return site.title(session.path, values, body)
    title = values.get("title")
    return title if isinstance(title, str) and title else first_heading(body)


def first_heading(body: str) -> str:
    """Return the words of the first line `# Heading` outside of fenced code, else an empty text."""
    fence = ""
    for line in body.splitlines():
        start = line.lstrip(" ")[:3]
        if start in ("```", "~~~") and fence in ("", start):
            fence = "" if fence else start
        elif not fence and line.startswith("# "):
            words = line[1:].strip().rstrip("#").rstrip()
            opened = words.rfind("{")
            if words.endswith("}") and opened > 0 and words[opened - 1].isspace():
                words = words[:opened].rstrip()
            if words:
                return words
    return ""
