"""Addresses as Jekyll makes them of patterns such as `/:categories/:year/:title/` (jekyll/url.rb, 4.3)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from editor.errors import SiteError
from editor.site.generators.jekyll_reading import slugified
from editor.translation import gettext as _

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Named:
    """What the placeholders of an address stand for."""

    collection: str
    path: str
    """Below the collection's folder, without suffix."""
    file_name: str
    """Without suffix."""
    slug: Any
    categories: tuple[str, ...]
    date: datetime
    output_ext: str = ".html"


def filled(pattern: str, named: Named) -> str:
    """Return the address of a pattern; raises SiteError for a placeholder that Jekyll does not know."""

    def replaced(match: re.Match[str]) -> str:
        name = match[1]
        for known in (name, name.rstrip("_")) if name.endswith("_") else (name,):
            if known in _VALUES:
                return escaped(_VALUES[known](named)) + match[0][len(known) + 1 :]
        said = _("The pattern {pattern} has a placeholder that is not known").format(pattern=pattern)
        raise SiteError(said)

    return cleaned(re.sub(r":([a-z_]+)", replaced, pattern))


def cleaned(address: str) -> str:
    """Return an address without what leads out of the site, and with single slashes."""
    return re.sub("/+", "/", ("/" + address).replace("..", "/").replace("./", ""))


def escaped(path: str) -> str:
    """Return a part of an address with what it can't show written as `%XX`."""
    return quote(path, safe="/:@!$&'()*+,;=?[]", errors="surrogateescape")


def _slug_or_name(named: Named, *, pretty: bool) -> str:
    text = named.file_name if named.slug is None else named.slug
    if not isinstance(text, str):
        raise SiteError(_("slug must be text: put quotes around it"))
    return slugified(text, pretty=pretty)


def _unique(names: list[str]) -> str:
    return "/".join(dict.fromkeys(names))


_VALUES: Mapping[str, Callable[[Named], str]] = {
    "collection": lambda named: named.collection,
    "path": lambda named: named.path,
    "output_ext": lambda named: named.output_ext,
    "name": lambda named: slugified(named.file_name),
    "title": lambda named: _slug_or_name(named, pretty=True),
    "slug": lambda named: _slug_or_name(named, pretty=False),
    "categories": lambda named: _unique([name.lower() for name in named.categories]),
    "slugified_categories": lambda named: _unique([slugified(name) for name in named.categories]),
    "year": lambda named: f"{named.date.year:04}",
    "month": lambda named: f"{named.date.month:02}",
    "day": lambda named: f"{named.date.day:02}",
    "hour": lambda named: f"{named.date.hour:02}",
    "minute": lambda named: f"{named.date.minute:02}",
    "second": lambda named: f"{named.date.second:02}",
    "i_day": lambda named: str(named.date.day),
    "i_month": lambda named: str(named.date.month),
    "short_month": lambda named: _MONTHS[named.date.month - 1][:3],
    "long_month": lambda named: _MONTHS[named.date.month - 1],
    "short_year": lambda named: f"{named.date.year % 100:02}",
    "w_year": lambda named: str(named.date.isocalendar().year),
    "week": lambda named: f"{named.date.isocalendar().week:02}",
    "w_day": lambda named: str(named.date.isoweekday()),
    "short_day": lambda named: _DAYS[named.date.weekday()][:3],
    "long_day": lambda named: _DAYS[named.date.weekday()],
    "y_day": lambda named: f"{named.date.timetuple().tm_yday:03}",
}
