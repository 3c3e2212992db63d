"""How YAML writes a value: spellings that every loader in use reads alike."""

import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

# A plain scalar must be text for YAML 1.1 and 1.2, in PyYAML, Ruby's Psych, Go's yaml and js-yaml alike.
_AMBIGUOUS = re.compile(
    r"""
      ~ | null | true | false | y | yes | n | no | on | off | <<?| =
    | [-+]? \.(inf|nan)
    | [-+]? 0 [xob] [0-9a-f_]+
    | [-+]? \.? [0-9] [0-9_,.:]* (e [-+]? [0-9]*)?        # 1e3, 1_000, 1,000, 12:30, 1.10, 1.2.3
    | [-+]? [0-9]{4} - [0-9]{1,2} - [0-9]{1,2} ([t\s].*)? # dates, however they go on
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_INDICATOR = re.compile(r"[,\[\]{}#&*!|>'\"%@`:?]|-(?:\s|\Z)|---|\.\.\.")
_SPLITTING = re.compile(r":(?:\s|\Z)|\s#")
_FLOW = re.compile(r"[,\[\]{}:?]")
_SPECIAL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_DATE_TIME = re.compile(r"\d{4}-\d\d?-\d\d?([Tt]|[ \t]+)[\d:]+(\.\d+)?([ \t]*)(Z|[-+][\d:]+)?")


def is_plain(text: str, *, flow: bool) -> bool:
    """Return whether `text` may stand without quotes; `flow`: within brackets."""
    return not (
        not text
        or text != text.strip()
        or _AMBIGUOUS.fullmatch(text)
        or _INDICATOR.match(text)
        or _SPLITTING.search(text)
        or _SPECIAL.search(text)
        or (flow and _FLOW.search(text))
    )


def quoted(text: str) -> str:
    """Return `text` in double quotes."""
    spelled = json.dumps(text, ensure_ascii=False)
    return _SPECIAL.sub(lambda found: f"\\u{ord(found[0]):04x}", spelled)


def single_quoted(text: str) -> str | None:
    """Return `text` in single quotes, or None where they can't hold it."""
    return None if _SPECIAL.search(text) else "'" + text.replace("'", "''") + "'"


def spell_text(text: str, style: str, *, flow: bool) -> Iterator[str]:
    """Yield spellings of `text` on one line, in the quotes that `style` names first."""
    single = single_quoted(text)
    if style == "double":
        yield quoted(text)
    if style == "single" and single:
        yield single
    if style not in ("double", "single") and is_plain(text, flow=flow):
        yield text
    if single and re.search(r'["\\]', text) and "'" not in text:
        yield single  # rather than one full of backslashes
    yield quoted(text)


def spell_scalar(value: Any, style: str, old: str, *, flow: bool) -> Iterator[str]:
    """Yield spellings of a scalar; `style` and `old` are how the value before it was written."""
    if isinstance(value, str):
        yield from spell_text(value, style, flow=flow)
    elif value is None:
        yield "null"
    elif isinstance(value, bool):
        word = "true" if value else "false"
        if old in ("True", "False"):
            yield word.capitalize()
        elif old in ("TRUE", "FALSE"):
            yield word.upper()
        yield word
    elif isinstance(value, float):
        yield _spell_float(value)
    elif isinstance(value, datetime.datetime):
        yield from spell_moment(value, old)
    elif isinstance(value, datetime.date):
        yield value.isoformat()
    else:
        yield str(value)


def _spell_float(value: float) -> str:
    spelled = repr(value)
    if spelled in ("inf", "-inf", "nan"):
        return spelled.replace("inf", ".inf").replace("nan", ".nan")
    mantissa, exponent, power = spelled.partition("e")
    # YAML 1.1 knows no float without a dot.
    return mantissa + ("" if "." in mantissa else ".0") + exponent + power


def spell_moment(value: datetime.datetime, old: str) -> Iterator[str]:
    """Yield spellings of a date and time: the separator, the gap before the zone and its `Z` as in `old`."""
    spelled = value.replace(tzinfo=None).isoformat(" ")
    zone = value.isoformat()[len(spelled) :]
    shape = _DATE_TIME.fullmatch(old)
    if shape:
        gap, old_zone = shape[3], shape[4]
        short = "Z" if zone == "+00:00" and old_zone == "Z" else zone
        yield spelled.replace(" ", shape[1], 1) + (gap if zone and old_zone else "") + short
    yield spelled + zone


def spell_flow(value: Any, source_of: Callable[[Any], str | None]) -> str:
    """Return `value` on one line, lists and maps in brackets; `source_of` knows spellings to be kept."""
    known = source_of(value)
    if known is not None:
        return known
    if isinstance(value, list):
        return "[" + ", ".join(spell_flow(item, source_of) for item in value) + "]"
    if isinstance(value, dict):
        inner = (
            f"{next(spell_text(key, '', flow=True))}: {spell_flow(item, source_of)}"
            for key, item in value.items()
        )
        return "{" + ", ".join(inner) + "}"
    return next(spell_scalar(value, "", "", flow=True))


@dataclass(frozen=True, slots=True)
class Steps:
    """By how many columns what is in a map stands right of its key."""

    maps: int
    lists: int


def spell_block(value: Any, indent: int, steps: Steps, source_of: Callable[[Any], str | None]) -> list[str]:
    """Return the lines of a list or map with content; maps and lists in maps are indented by `steps`."""
    pad = " " * indent
    lines: list[str] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            head = pad + next(spell_text(key, "", flow=False)) + ":"
            more = steps.lists if isinstance(inner, list) else steps.maps
            lines += _below(head, inner, indent + more, steps, source_of)
        return lines
    for item in value:
        if source_of(item) is None and isinstance(item, dict | list) and item:
            first, *rest = spell_block(item, indent + 2, steps, source_of)
            lines += [pad + "- " + first[indent + 2 :], *rest]
        else:
            lines += _below(pad + "-", item, indent + 2, steps, source_of)
    return lines


def _below(
    head: str, value: Any, indent: int, steps: Steps, source_of: Callable[[Any], str | None]
) -> list[str]:
    """Return the lines of `value` behind `head` (a key with its colon, or a dash)."""
    known = source_of(value)
    if known is None and isinstance(value, dict | list) and value:
        return [head, *spell_block(value, indent, steps, source_of)]
    if known is None:
        known = (
            spell_flow(value, source_of)
            if isinstance(value, dict | list)
            else next(spell_scalar(value, "", "", flow=False))
        )
    return [f"{head} {known}".rstrip()]
