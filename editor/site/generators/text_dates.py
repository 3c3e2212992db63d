"""Dates that are text, read as python-dateutil reads them: Pelican and Nikola do."""

import re
import warnings
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from dateutil import parser


def parse(text: str, default: datetime) -> datetime | None:
    """Return the moment that `text` means, what it leaves out taken from `default`; None where it is none.

    Without a zone in the text, the moment has none.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of names of zones that it does not know, and leaves out
            return parser.parse(text, default=default)
    except (ValueError, TypeError, OverflowError):
        return None


def midnight(day: date | None = None) -> datetime:
    """Return the beginning of `day`, or of today, without a zone."""
    return datetime.combine(day or date.today(), datetime.min.time())


def as_written(text: str, moment: datetime) -> date:
    """Return `moment` with no more precision than its text has: a day where that names no time."""
    return moment if re.search(r"\d:\d|[Tt ]\d{1,2}\s*[AaPp][Mm]\b|\dT\d", text) else moment.date()


def zone_named(name: str) -> tzinfo | None:
    """Return the time zone of a name such as `Europe/Berlin`, or None where there is no such one."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, ModuleNotFoundError):  # ZoneInfoNotFoundError is a KeyError
        return None
    except KeyError:
        return None


def in_zone(moment: datetime, zone: tzinfo | None = None) -> datetime:
    """Return the same moment in another zone, None for that of this machine; in UTC where no zone has room for it.

    A moment without a zone is one of this machine's.
    """
    try:
        return moment.astimezone(zone)
    except (ValueError, OverflowError, OSError):  # the first day of the year 1, the last of 9999
        return moment.replace(tzinfo=UTC)
