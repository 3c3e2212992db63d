"""Where and when the post is published, beside the others."""

from collections.abc import Iterator

from editor.proof.diagnostic import ERROR, INFO, WARNING
from editor.proof.reading import Reading
from editor.proof.rule import FRONT_MATTER, Finding, Rule
from editor.site.generators import dates
from editor.translation import gettext as _

DUPLICATE = "duplicate-address"
"""The rule that finds two posts at one address."""
REFUSED = "refused"
"""The rule that says what the generator says; it is left out where another has found why."""
_DATE_KEYS = ("publishDate", "date")
_KNOWN = ("mkdocs-material", "pelican", "nikola", "hugo", "jekyll", "hexo")
"""The generators whose rules about future dates are known here."""


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            DUPLICATE,
            ERROR,
            FRONT_MATTER,
            _("another post of the site is published at the same address"),
            duplicate,
        ),
        Rule(
            REFUSED,
            ERROR,
            FRONT_MATTER,
            _("the generator refuses the post for another reason than the rules above"),
            refused,
        ),
        Rule(
            "future-date",
            INFO,
            FRONT_MATTER,
            _("a date to come: the post is held back, or public at once, as the generator does it"),
            future,
        ),
    )


def refused(reading: Reading) -> Iterator[Finding]:
    publication = reading.publication
    if publication is None or publication.state != "invalid" or reading.site.generator == "plain":
        return
    if publication.problem:
        place, key = _place_of(reading, publication.problem)
        yield Finding(*place, publication.problem, None, key)


def duplicate(reading: Reading) -> Iterator[Finding]:
    publication = reading.publication
    if publication is None or not publication.url or publication.state in ("invalid", "hidden"):
        return
    there = reading.others.addresses.get(publication.url, ())
    twin = next((address for address in there if address.path != reading.path), None)
    if twin is None:
        return
    said = _("“{title}” ({path}) has the same address, {url}: give one of them another slug")
    words = said.format(title=twin.title, path=reading.site.relative(twin.path), url=publication.url)
    severity = ERROR if publication.published and twin.published else WARNING
    key = next(filter(None, map(reading.key_of, ("slug", "url", "permalink", "title"))), "")
    place = reading.place(key) if key else reading.first_line()
    yield Finding(*place, words, None, key, severity)


def future(reading: Reading) -> Iterator[Finding]:
    publication = reading.publication
    if publication is None or reading.site.generator not in _KNOWN:
        return
    if publication.state not in ("scheduled", "published"):
        return
    key = next(filter(None, map(reading.key_of, _DATE_KEYS)), None)
    if key is None:
        return
    value = reading.value(key)
    if isinstance(value, dict):
        key, value = f"{key}.created", value.get("created")
    moment = dates.as_moment(value)
    if moment is None or moment <= reading.now:
        return
    day = moment.date().isoformat()
    if publication.state == "scheduled":
        said, severity = _("The post is held back until {date}, and published by a build after it"), INFO
    else:
        said, severity = _("The post is dated {date}, and yet public with the next build"), WARNING
    yield Finding(*reading.place(key), said.format(date=day), None, key, severity)


def _place_of(reading: Reading, problem: str) -> tuple[tuple[int, int], str]:
    """Return the place and the key of the value that the sentence quotes, or of the field that it begins with.

    The first line where it is about none.
    """
    for key, value in reading.front_matter.values.items():
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, str) and entry and f"“{entry}”" in problem:
                return reading.place(key, entry), key
    for key in reading.front_matter.values:
        if problem.lower().startswith(f"{key.lower()} "):
            return reading.place(key), key
    return reading.first_line(), ""
