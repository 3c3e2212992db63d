"""Whether the keys are those that the generator knows, and all that it needs are there."""

import difflib
import re
from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice

from editor.proof import fixes
from editor.proof.diagnostic import ERROR, INFO, WARNING
from editor.proof.reading import Reading
from editor.proof.rule import FRONT_MATTER, Finding, Rule
from editor.schema import checks
from editor.site.content_types.outliers import is_one_slip
from editor.translation import gettext as _

_NEAR = 0.82
_MOST_KEYS = 1000
"""No post has more keys, and each takes as long as a line of text does."""
_LONG = 5
_NEAR_PART = 0.6
"""How alike the parts of `redirect_from` must be: `redirect_to` is another key."""
_ONE_NAME_FOR_TAGS = ("pelican", "nikola")
"""Generators that read `tags` and nothing else; to others, `tag` is as good."""
_HABIT = 3
"""So many posts with a key are no mistake."""
_KNOWN = """
    abstract aliases archived audio author authors author_profile banner bibliography body build canonical cascade
    caption card categories category class code comments content copyright cover css custom data date dates deprecated
    description disqus draft enclosure encoding excerpt expires expirydate favicon featured feed filters footer format
    gallery group guid header headless hero hidden hide icon id image images image_alt in_search_index index
    intro js keywords kind label lang language lastmod layout license link links linktitle list locale logo markup
    math mathjax menu menus meta modified name nav next nocomments noindex number order outputs page paginate
    params parent path permalink photo photos pin pinned prev preview previewimage private projects pubdate
    published publishdate readtime rating redirect redirect_from redirect_to redirects related
    render resources rss save_as search section
    seo series share short short_title sidebar sitemap slug social sort source sources standalone state status
    sticky sub subtitle summary tag tags taxonomies teaser template theme thumb thumbnail thumbnails time title
    titles toc topic topics translation translations translationkey type updated url url_type version video videos
    visible weight words year
    """
"""Keys that some generator or common theme knows: none of them is a misspelling."""


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "missing-field",
            ERROR,
            FRONT_MATTER,
            _("a field that the generator needs is not there, or empty"),
            missing,
        ),
        Rule(
            "unknown-field",
            WARNING,
            FRONT_MATTER,
            _("a key that looks misspelt, or that the generator refuses"),
            unknown,
        ),
    )


def missing(reading: Reading) -> Iterator[Finding]:
    if not reading.is_post or reading.front_matter.problem is not None:
        return
    for field in reading.content_type.fields:
        if not field.required and not field.options.get("wanted"):
            continue
        outer = field.key.rpartition(".")[0]
        if outer and reading.key_of(outer) is None:
            continue  # no part of a map is missing where there is no map
        key = reading.key_of(field.key)
        value = reading.value(key) if key is not None else None
        if value is not None or reading.merged.get(field.key) is not None:
            continue
        place = reading.key_place(key) if key is not None else reading.first_line()
        fix = None
        if field.kind == "date":
            day = _day_of_name(reading) or reading.now.date()
            title = _("Write {date}").format(date=day.isoformat())
            fix = fixes.set_value(reading, key or field.key, day, title)
        said = checks.missing(field) if field.required else checks.wanted(field)
        severity = (field.severity or INFO) if field.required else WARNING
        yield Finding(*place, said, fix, field.key, severity)


def unknown(reading: Reading) -> Iterator[Finding]:
    if not reading.is_post:
        return  # of pages, nothing is known of their habits
    values = reading.front_matter.values
    content_type = reading.content_type
    exact = {field.key for field in content_type.fields}
    known = {name.lower() for name in exact}
    parents = {name.partition(".")[0] for name in known}
    unused = [name for name in exact if reading.key_of(name) is None]
    for key in islice(values, _MOST_KEYS):
        if key in exact or key.lower() in parents or (key.lower() in known and not content_type.closed):
            continue
        meant = _meant(reading, key, exact, unused)
        if meant is not None:
            said = _("“{key}” is not a known field: did you mean “{near}”?").format(key=key, near=meant)
            fix = None
            if reading.key_of(meant) is None:
                fix = fixes.rename_key(reading, key, meant)
            else:
                said = _("“{key}” is not a known field: did you mean “{near}”, which is there as well?")
                said = said.format(key=key, near=meant)
            severity = ERROR if content_type.closed else WARNING
            yield Finding(*reading.key_place(key), said, fix, key, severity)
        elif content_type.closed:
            said = _("“{key}” is not a known field: the generator refuses it").format(key=key)
            yield Finding(*reading.key_place(key), said, None, key, ERROR)


def near_key(key: str, known: Collection[str]) -> str | None:
    """Return which of the `known` keys `key` is a misspelling of, as far as spelling tells; None for none."""
    folded = key.lower()
    if folded in _KNOWN.split() or len(folded) < 4:
        return None
    by_name = {name.lower(): name for name in known if "." not in name}
    near = difflib.get_close_matches(folded, sorted(by_name), n=3, cutoff=_NEAR)
    near += [name for name in by_name if is_one_slip(folded, name) and _is_long_enough(folded, name)]
    return next((by_name[name] for name in near if not _are_relatives(folded, name)), None)


def _meant(reading: Reading, key: str, known: set[str], unused: list[str]) -> str | None:
    """Return the known key that `key` is a misspelling of, unless it is one of the site's own.

    `unused` are those of the known ones that the post does not have.
    """
    slips = reading.others.slips
    usual = slips.learned.keys.get(key) if slips is not None else None
    if usual is not None and usual.posts >= _HABIT:
        return None
    if reading.site.generator in _ONE_NAME_FOR_TAGS and key.lower() == "tag":
        return "tags"
    near = near_key(key, unused)
    if near is not None:
        return near
    # What is there as well is more likely another field: one wrong letter in a long word tells.
    used = [
        name
        for name in known
        if name not in unused and len(name) >= _LONG and is_one_slip(key.lower(), name.lower())
    ]
    return near_key(key, used)


def _is_long_enough(key: str, name: str) -> bool:
    """Return whether one wrong letter is a slip: short words differ by one as it is, exchanged letters are seen."""
    return len(key) >= _LONG or sorted(key) == sorted(name)


def are_two_names(key: str, other: str) -> bool:
    """Return whether `key` is no misspelling of `other`, near as they are: a name of its own, or a plural."""
    folded = key.lower()
    return folded in _KNOWN.split() or (folded != other.lower() and _are_relatives(folded, other.lower()))


def _are_relatives(one: str, other: str) -> bool:
    """Return whether two keys differ as names do, not as misspellings: singular and plural, numbers, parts."""
    bare, other_bare = re.sub(r"[\d_-]+", "", one), re.sub(r"[\d_-]+", "", other)
    short, long = sorted((bare, other_bare), key=len)
    if long in (short, short + "s", short + "es") or (short[:-1] + "ies" == long and short[-1] == "y"):
        return True
    if len(long) - len(short) >= 2 and (long.startswith(short) or long.endswith(short)):
        return True
    parts, other_parts = re.split(r"[_-]", one), re.split(r"[_-]", other)
    if len(parts) == len(other_parts) > 1:
        pairs = zip(parts, other_parts, strict=True)
        return any(difflib.SequenceMatcher(None, *pair).ratio() < _NEAR_PART for pair in pairs)
    return False


def _day_of_name(reading: Reading) -> date | None:
    """Return the date that the file's name begins with."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", reading.path.name) if reading.path is not None else None
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
