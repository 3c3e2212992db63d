"""How a date is written: reading the usual spellings, and writing another date in the same way."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from editor.translation import gettext as _

_SPELLING = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?:(?P<between>[Tt]|[ \t]+)(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    r"(?P<second>:\d{2})?(?P<fraction>\.\d+)?(?P<gap>[ \t]*)(?P<zone>Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)


def read_date(value: Any) -> date | None:
    """Return the day, or the moment, that a value of front matter means; None where it is none to read.

    A moment has no zone where the value has none.
    """
    if isinstance(value, date):
        return value
    match = _SPELLING.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    day = (int(match["year"]), int(match["month"]), int(match["day"]))
    try:
        if match["hour"] is None:
            return date(*day)
        second = int((match["second"] or ":0")[1:])
        return datetime(*day, int(match["hour"]), int(match["minute"]), second, tzinfo=_zone(match["zone"]))
    except ValueError:
        return None


def as_written_like(example: str, moment: datetime) -> str | None:
    """Return `example` with the date in it replaced by `moment`, spelled in the same way.

    `moment` has a time zone; the hour is that of the example's zone where it names UTC, else `moment`'s own.
    None where no date is found in the example.
    """
    match = _SPELLING.search(example)
    if match is None:
        return None
    zone = match["zone"] or ""
    if zone and zone[0] not in "+-":
        moment = moment.astimezone(UTC)
    mark = match["mark"]
    if len(match["month"]) == 1 or len(match["day"]) == 1:
        text = f"{moment.year:04}{mark}{moment.month}{mark}{moment.day}"
    else:
        text = f"{moment.year:04}{mark}{moment.month:02}{mark}{moment.day:02}"
    if match["hour"] is not None:
        text += f"{match['between']}{moment.hour:02}:{moment.minute:02}"
        text += f":{moment.second:02}" if match["second"] else ""
        if zone:
            text += match["gap"] + (zone if zone[0] not in "+-" else _offset(moment, colon=":" in zone))
        elif match["gap"]:
            text += match["gap"]
    return example[: match.start()] + text + example[match.end() :]


def day_text(day: date) -> str:
    """Return the day as people read it: 11 Oct 2025."""
    months = (
        *(_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun")),
        *(_("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec")),
    )
    return _("{day} {month} {year}").format(day=day.day, month=months[day.month - 1], year=day.year)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _offset(moment: datetime, *, colon: bool) -> str:
    offset = moment.strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}" if colon else offset[:5]
