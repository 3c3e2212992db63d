"""Dates in addresses: patterns of Unicode's CLDR (`yyyy/MM/dd`), as the blog plugin uses them through Babel.

https://unicode.org/reports/tr35/tr35-dates.html#Date_Format_Patterns: the fields of a date and of a time are
known here; what depends on a language (names of months, `long`) comes from Babel where it is installed, else
in English.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

_NAMED = {
    "full": "EEEE, MMMM d, y",
    "long": "MMMM d, y",
    "medium": "MMM d, y",
    "short": "M/d/yy",
}
_TOKEN = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+")


def as_moment(value: Any) -> datetime | None:
    """Return the moment that a date in front matter is: midnight without a time, UTC without a zone."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    return None


def iso_text(value: Any, header: str = "") -> str:
    """Return a date as ISO 8601 text with no more precision than the file gives; anything else as its text.

    `header` is the front matter's text, which tells `Z` from `+00:00`.
    """
    if value is None:
        return ""
    if not isinstance(value, date):
        return str(value)
    text = value.isoformat()
    if text.endswith("+00:00") and re.search(value.strftime(r"%Y-%m-%d[Tt ]+[\d:.]+ *[Zz]"), header):
        return text.removesuffix("+00:00") + "Z"
    return text


def format_date(moment: datetime, pattern: str, language: str) -> str:
    """Return `moment` in a CLDR pattern, or in `full`, `long`, `medium`, `short`, in a language (`en`,
    `pt-BR`).

    Raises ValueError for a pattern with a field that is not known.
    """
    babel = (
        _babel(language) if pattern in _NAMED or re.search(r"MMM|LLL|E|c|a|e|w|W|QQQ|G", pattern) else None
    )
    if babel is not None:
        return babel(moment, pattern)
    pattern = _NAMED.get(pattern, pattern)
    parts = []
    for match in _TOKEN.finditer(pattern):
        quoted, letter = match.group(1), match.group(2)
        if quoted is not None:
            parts.append(quoted.replace("''", "'") or "'")
        elif letter:
            parts.append(_field(moment, letter, len(match.group(0))))
        else:
            parts.append(match.group(0))
    return "".join(parts)


def _field(moment: datetime, letter: str, width: int) -> str:
    field = _FIELDS.get(letter)
    if field is None:
        raise ValueError(f"the date pattern has no field {letter}")
    value = field(moment)
    if letter in "yY" and width == 2:
        return f"{value % 100:02}"
    if letter in "ML" and width >= 3:
        return moment.strftime("%b" if width == 3 else "%B")
    if letter == "E":
        return moment.strftime("%a" if width <= 3 else "%A")
    return f"{value:0{width}}"


_FIELDS: Mapping[str, Callable[[datetime], int]] = {
    "y": lambda moment: moment.year,
    "Y": lambda moment: moment.isocalendar().year,
    "M": lambda moment: moment.month,
    "L": lambda moment: moment.month,
    "d": lambda moment: moment.day,
    "D": lambda moment: moment.timetuple().tm_yday,
    "E": lambda moment: moment.isoweekday(),
    "w": lambda moment: moment.isocalendar().week,
    "Q": lambda moment: (moment.month + 2) // 3,
    "H": lambda moment: moment.hour,
    "h": lambda moment: moment.hour % 12 or 12,
    "m": lambda moment: moment.minute,
    "s": lambda moment: moment.second,
}


def _babel(language: str) -> Callable[[datetime, str], str] | None:
    """Return Babel's formatting for a language, or None where Babel or the language is not there."""
    try:
        from babel import Locale, UnknownLocaleError, dates
    except ImportError:
        return None
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None

    def formatted(moment: datetime, pattern: str) -> str:
        if pattern in _NAMED:
            return dates.format_date(moment, pattern, locale)
        return dates.format_datetime(moment, pattern, locale=locale)

    return formatted
