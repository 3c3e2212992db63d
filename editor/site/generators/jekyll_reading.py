"""Posts as Jekyll reads them: YAML by Ruby's rules, dates by those of `Time.parse`, its slugs.

The rules are those of jekyll/document.rb and utils.rb (4.3).
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

import yaml

from editor.post import bounded_yaml
from editor.schema import yaml_words
from editor.site.generators import text_dates
from editor.site.generators.rules import Source
from editor.translation import gettext as _

_BLOCK = re.compile(r"\A(---\s*\n.*?\n?)^((---|\.\.\.)[^\S\n]*(?:\n|\Z))", re.DOTALL | re.MULTILINE)
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TIME = re.compile(
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
    r"(?:[Tt]|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d*)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>[A-Za-z]{1,5}|[-+]\d{1,2}(?::?\d{2})?)?"
)
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_ZONES: Mapping[str, int] = {
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}


class RubyLoader(_BASE):  # type: ignore[misc]
    """PyYAML's safe loader, where a day that there is not stays text, as it does in Ruby."""

    def timestamp(self, scalar: Any) -> Any:
        """Return a date or a moment; the text where there is no such one."""
        try:
            return self.construct_yaml_timestamp(scalar)
        except (ValueError, OverflowError):
            return scalar.value

    yaml_constructors = {  # noqa: RUF012  PyYAML's own name for the table, never changed here
        **yaml.SafeLoader.yaml_constructors,
        "tag:yaml.org,2002:timestamp": timestamp,
    }


def read_source(text: str) -> Source:
    """Take a post apart; one without front matter is all body."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    match = _BLOCK.match(text)
    if match is None:
        return Source({}, text)
    header = match[1].split("\n", 1)[1]
    body = text[match.end() :].lstrip("\n")
    try:
        values = bounded_yaml.load(match[1], RubyLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = yaml_words.reason(error, match[1])
        said = _("Line {line} is not valid YAML: {reason}").format(line=line, reason=reason)
        return Source({}, body, header, said)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError, KeyError) as error:
        said = _("The front matter is not valid YAML: {reason}").format(reason=yaml_words.reason(error))
        return Source({}, body, header, said)
    if values is None or values is False:
        values = {}
    if not isinstance(values, dict):
        return Source({}, body, header, _("The front matter must be `name: value` lines"))
    return Source({str(key): value for key, value in values.items()}, body, header)


def moment_of(value: Any, zone: tzinfo | None) -> datetime | None:
    """Return the moment of a date in front matter, in the zone of the site (None: this machine's).

    A time with seconds and no zone is YAML's own, which is UTC; any other text is read in the site's zone.
    None where it is no date: Jekyll builds nothing then.
    """
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(zone)
    if isinstance(value, date):
        return _local(text_dates.midnight(value), zone)
    text = "" if value is None else str(value).strip()
    match = _TIME.match(text)
    try:
        if match:
            return _of_match(match, zone)
        day = _DAY.match(text)
        if day:
            return _local(_day(day), zone)
    except ValueError:
        return None
    moment = text_dates.parse(text, text_dates.midnight()) if re.search(r"\d", text) else None
    if moment is None:
        return None
    return moment.astimezone(zone) if moment.tzinfo else _local(moment, zone)


def slugified(text: str, *, pretty: bool = False) -> str:
    """Return a slug: with `pretty`, case and what an address can show stay; else letters and digits alone."""
    kept = "._~!$&'()+,;=@" if pretty else ""
    characters = [character if character in kept or _is_letter(character) else " " for character in text]
    slug = re.sub(" +", "-", "".join(characters))
    slug = slug.removeprefix("-").removesuffix("-")
    return slug if pretty else slug.lower()


def title_of_slug(slug: str) -> str:
    """Return the title that Jekyll makes of the name of a file."""
    return " ".join(word.capitalize() for word in slug.rstrip("-").split("-"))


def words(value: Any) -> list[str]:
    """Return a list of tags or categories: a bare text is split at its spaces."""
    if isinstance(value, str):
        return value.split()
    if isinstance(value, list):
        return [text for entry in value if entry is not None for text in _flat(entry)]
    return []


def singular(value: Any) -> list[str]:
    """Return what `category` or `tag` says: a bare text is one, spaces and all."""
    return [text for text in _flat(value) if value is not None]


def _flat(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for entry in value if entry is not None for text in _flat(entry)]
    return [str(value).lower() if isinstance(value, bool) else str(value)]


def _is_letter(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"


def _day(match: re.Match[str]) -> datetime:
    """Return the day of a match; the 30th of February is the first of March, as in Ruby."""
    year, month, day = (int(part) for part in match.group(1, 2, 3))
    if day > 31:
        raise ValueError(day)
    return datetime(year, month, 1) + timedelta(days=day - 1)


def _of_match(match: re.Match[str], zone: tzinfo | None) -> datetime:
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    moment = _day(match).replace(
        hour=hour, minute=int(match["minute"]), second=min(int(match["second"] or 0), 59)
    )
    named = (match["zone"] or "").upper()
    offset: tzinfo | None = None
    if named in ("Z", "UTC", "GMT"):
        offset = UTC
    elif named in _ZONES:
        offset = timezone(timedelta(hours=_ZONES[named]))
    elif named[:1] in ("+", "-"):
        digits = named[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        span = timedelta(hours=int(hours), minutes=int(minutes))
        offset = timezone(-span if named[0] == "-" else span)
    return text_dates.in_zone(moment.replace(tzinfo=offset), zone) if offset else _local(moment, zone)


def _local(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment.replace(tzinfo=zone) if zone else text_dates.in_zone(moment)
