"""Dates as front matter has them: what YAML takes for a date, and what to say about what it doesn't.

The forms are those of YAML 1.1's timestamp (https://yaml.org/type/timestamp.html), as PyYAML reads them: a
date, or a date and a time with seconds, and a zone or none.
"""

import datetime
import re
import warnings
from collections.abc import Collection

from editor.errors import FrontMatterError
from editor.translation import gettext as _

_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_TIMESTAMP = re.compile(
    r"""(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)
        (?:[Tt]|[ \t]+)
        (?P<hour>\d\d?):(?P<minute>\d\d)(?P<seconds>:(?P<second>\d\d)(?:\.(?P<fraction>\d*))?)?
        (?:[ \t]*(?P<zone>Z|[-+]\d\d?(?::?\d\d)?|[A-Za-z]{1,5}))?""",
    re.VERBOSE,
)


def read(text: str) -> datetime.date | datetime.datetime:
    """Return the date, or the date and time, that `text` is; the zone is kept, none stays none.

    Raises FrontMatterError with a sentence that says what is missing.
    """
    text = text.strip()
    if not text:
        raise FrontMatterError(_("The date is empty: write one such as 2024-01-31"))
    match = _DATE.fullmatch(text)
    if match:
        year, month, day = (int(part) for part in match.groups())
        if len(text) != len("2024-01-31"):
            raise FrontMatterError(
                _("Month and day need two digits: {date}").format(date=f"{year:04}-{month:02}-{day:02}")
            )
        try:
            return datetime.date(year, month, day)
        except ValueError:
            raise FrontMatterError(_("There is no such day as {date}").format(date=text)) from None
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        raise FrontMatterError(
            _("“{text}” is not a date: write 2024-01-31, or 2024-01-31 09:05:00 with the time").format(
                text=text
            )
        )
    if match["seconds"] is None:
        raise FrontMatterError(
            _("A time needs its seconds: {date}").format(date=_with_seconds(text, match)),
        )
    zone = match["zone"]
    if zone and zone != "Z" and (zone[0].isalpha() or not re.fullmatch(r"[-+]\d\d?(:\d\d)?", zone)):
        raise FrontMatterError(_("“{zone}” is no time zone here: write Z, or +02:00").format(zone=zone))
    try:
        return datetime.datetime(  # no zone stays no zone: the generator decides what it means
            int(match["year"]),
            int(match["month"]),
            int(match["day"]),
            int(match["hour"]),
            int(match["minute"]),
            int(match["second"]),
            int((match["fraction"] or "")[:6].ljust(6, "0")),
            tzinfo=_zone(zone),
        )
    except ValueError:
        raise FrontMatterError(_("There is no such day and time as {date}").format(date=text)) from None


def is_no_day(text: str) -> bool:
    """Return whether `text` names year, month and day, and there is no such day."""
    match = re.match(r"(\d{4})-(\d\d?)-(\d\d?)(?!\d)", text.strip())
    try:
        return match is not None and not datetime.date(*(int(part) for part in match.groups()))
    except ValueError:
        return True


def reads_freely(text: str) -> bool:
    """Return whether python-dateutil, which reads nearly anything, takes `text` for a date."""
    from dateutil import parser  # here, as it costs a start 10 ms and few posts need it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of names of zones that it does not know, and leaves out
            parser.parse(text, default=datetime.datetime(2000, 1, 1))
    except (ValueError, TypeError, OverflowError):
        return False
    return True


def looks_like_date(text: str, words: Collection[str] = ()) -> bool:
    """Return whether `text` was meant as a date, right or not, or is one of `words` (in lower case) for one."""
    return bool(_DATE.match(text.strip())) or text.strip().lower() in words


def _with_seconds(text: str, match: re.Match[str]) -> str:
    """Return the text of `match` with the seconds that it lacks."""
    end = match.end("minute")
    return text[:end] + ":00" + text[end:]


def _zone(text: str | None) -> datetime.tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return datetime.UTC
    hours, _colon, minutes = text[1:].partition(":")
    offset = datetime.timedelta(hours=int(hours), minutes=int(minutes or 0))
    return datetime.timezone(-offset if text[0] == "-" else offset)
