"""The dates of Hugo's posts: which texts are dates, and which of its keys gives which date.

The forms are those of Hugo's library for them, https://github.com/spf13/cast (caste.go, timeFormats); the
order of the keys is https://gohugo.io/configuration/front-matter/#dates.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from editor.translation import gettext as _

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "publishdate": ("pubdate", "published"),
    "lastmod": ("modified",),
    "expirydate": ("unpublishdate",),
}
DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "publishdate", "lastmod"),
    "lastmod": (":git", "lastmod", "date", "publishdate"),
    "publishdate": ("publishdate", "date"),
    "expirydate": ("expirydate",),
}
_DAY = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2}):(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?"
_FORMS = (
    re.compile(_DAY),
    re.compile(rf"{_DAY}T{_CLOCK}(?P<zone>Z|[+-]\d{{2}}:?\d{{2}})?"),
    re.compile(rf"{_DAY} {_CLOCK} ?(?P<zone>Z|[+-]\d{{2}}:?\d{{2}})?(?: [A-Z]{{3,4}})?"),
)
_NAMED_FORMS = (
    "%d %b %Y",
    "%a, %d %b %Y %H:%M:%S %z",
    "%a, %d %b %Y %H:%M:%S %Z",
    "%d %b %y %H:%M %z",
    "%d %b %y %H:%M %Z",
    "%A, %d-%b-%y %H:%M:%S %Z",
    "%a %b %d %H:%M:%S %Y",
    "%a %b %d %H:%M:%S %Z %Y",
    "%a %b %d %H:%M:%S %z %Y",
)
_FILE_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:.(\d{2}-\d{2}-\d{2}))?")


def moment_of(value: Any, zone: tzinfo) -> datetime | None:
    """Return the moment that a value of the front matter means to Hugo, or None where it is no date to it.

    A value without a time zone is in that of the site, `zone`.
    """
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(), zone)
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        try:
            return datetime.fromtimestamp(value, UTC)
        except (OverflowError, ValueError, OSError):
            return None
    return _from_text(value, zone) if isinstance(value, str) else None


def _from_text(text: str, zone: tzinfo) -> datetime | None:
    for form in _FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        parts = match.groupdict()
        offset = (parts.get("zone") or "").replace("Z", "+0000").replace(":", "")
        fields = {
            name: int(parts.get(name) or 0) for name in ("year", "month", "day", "hour", "minute", "second")
        }
        try:
            return datetime(**fields, tzinfo=datetime.strptime(offset, "%z").tzinfo if offset else zone)
        except ValueError:
            return None
    for pattern in _NAMED_FORMS:
        try:
            moment = datetime.strptime(text, pattern)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=zone if "%Z" not in pattern else UTC)
    return None


def from_file_name(name: str, zone: tzinfo) -> tuple[datetime, str] | None:
    """Return the date that a file's name begins with, and the slug behind it; None where it has none."""
    match = _FILE_DATE.match(name)
    if match is None:
        return None
    if match[2]:
        moment = _from_text(f"{match[1]}T{match[2].replace('-', ':')}", zone)
        if moment is not None:
            return moment, name[19:].strip(" -_")
    moment = _from_text(match[1], zone)
    return (moment, name[10:].strip(" -_")) if moment is not None else None


def handlers_of(setting: Any) -> dict[str, tuple[str, ...]]:
    """Return for each of Hugo's four dates the keys that may give it, from the setting `frontmatter`."""
    given = setting if isinstance(setting, Mapping) else {}
    handlers: dict[str, tuple[str, ...]] = {}
    for name, default in DEFAULTS.items():
        chosen = given.get(name)
        listed = [chosen] if isinstance(chosen, str) else chosen if isinstance(chosen, Sequence) else default
        names: list[str] = []
        for entry in (str(key).lower() for key in listed):
            for key in default if entry == ":default" else (entry,):
                names += [key, *_ALIASES.get(key, ())]
        handlers[name] = tuple(dict.fromkeys(names))
    return handlers


def dates_of(
    values: Mapping[str, Any],
    handlers: Mapping[str, tuple[str, ...]],
    file_name: str,
    zone: tzinfo,
    modified: Callable[[], datetime | None],
) -> tuple[dict[str, datetime], str, str]:
    """Return a post's dates by name, the slug that its file's name gives, and what is wrong (translated).

    `values` have keys in lower case; `modified` tells when the file was changed, for `:filemodtime`.
    """
    found: dict[str, datetime] = {}
    params = dict(values)
    slug = problem = ""
    for name, keys in handlers.items():
        for key in keys:
            moment: datetime | None = None
            if key == ":filename":
                named = from_file_name(file_name, zone)
                if named is not None:
                    moment = named[0]
                    slug = slug if "slug" in values else named[1]
            elif key == ":filemodtime":
                moment = modified()
            elif not key.startswith(":"):
                value = params.get(key)
                if value is None or value == "":
                    continue
                moment = moment_of(value, zone)
                if moment is None:
                    said = _("{key} is not a date that Hugo reads: write one such as 2024-01-31")
                    problem = problem or said.format(key=key)
                    continue
            if moment is not None:
                found[name] = moment
                params.setdefault(name, moment)
                break
    return found, slug, problem
