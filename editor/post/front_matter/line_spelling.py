"""How front matter of lines writes a value: as text."""

import datetime
import re
from typing import Any

_MOMENT = re.compile(
    r"\d{4}[-/]\d\d?[-/]\d\d?(?P<gap>[Tt ]+)\d\d?:\d\d(?P<seconds>:\d\d)?[\d.]*(?P<zone>\s*(?:UTC|GMT|Z)?.*)"
)


def spell_text_of(value: Any, old: str) -> str:
    """Return the text for a scalar; a date and time is written as in `old`, the text before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return _spell_moment(value, old)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _spell_moment(value: datetime.datetime, old: str) -> str:
    shape = _MOMENT.fullmatch(old)
    gap = shape["gap"] if shape else " "
    short = shape is not None and not shape["seconds"] and not value.second and not value.microsecond
    spelled = value.replace(tzinfo=None).isoformat(gap[0], "minutes" if short else "auto")
    zone = value.strftime("%z")
    if not zone:
        return spelled
    zone = f"{zone[:3]}:{zone[3:5]}"
    named = shape["zone"].strip() if shape else ""
    blank = " " if shape and shape["zone"][:1].isspace() else ""
    if named.startswith("UTC"):
        return f"{spelled}{blank}UTC" + ("" if zone == "+00:00" else zone)
    if named == "Z" and zone == "+00:00":
        zone = "Z"
    elif re.fullmatch(r"[-+]\d{4}", named):
        zone = zone.replace(":", "")
    return spelled + blank + zone
