"""How TOML writes a value."""

import datetime
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SPECIAL = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def spell_key(key: str) -> str:
    """Return `key`, in quotes where it needs them."""
    return key if _BARE_KEY.fullmatch(key) else _basic(key)


def spell(value: Any, style: str, old: str, source_of: Callable[[Any], str | None]) -> Iterator[str]:
    """Yield spellings of `value`; `style` and `old` are how the value before it was written.

    `source_of` knows spellings of items that are to be kept.
    """
    if isinstance(value, str):
        yield from _spell_text(value, style, old)
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, datetime.datetime):
        if re.match(r"\d{4}-\d\d-\d\d ", old):
            yield _short_zone(value.isoformat(" "), old)
        yield _short_zone(value.isoformat(), old)
    elif isinstance(value, datetime.date | datetime.time):
        yield value.isoformat()
    elif isinstance(value, list):
        yield "[" + ", ".join(_inner(item, source_of) for item in value) + "]"
    elif isinstance(value, dict):
        inner = (f"{spell_key(key)} = {_inner(item, source_of)}" for key, item in value.items())
        yield "{ " + ", ".join(inner) + " }" if value else "{}"
    elif isinstance(value, int | float):
        yield repr(value)


def holds_null(value: Any) -> bool:
    """Return whether TOML can't write `value`, as there is a null in it."""
    if isinstance(value, dict):
        return any(map(holds_null, value.values()))
    return any(map(holds_null, value)) if isinstance(value, list) else value is None


def _inner(value: Any, source_of: Callable[[Any], str | None]) -> str:
    return source_of(value) or next(spell(value, "", "", source_of))


def _spell_text(text: str, style: str, old: str) -> Iterator[str]:
    newline = "\r\n" if "\r\n" in old else "\n"
    if style == "multiline":
        opening = old[:3] + (newline if old[3:].startswith(("\n", "\r\n")) else "")
        if old.startswith("'") and "'''" not in text and not _SPECIAL.search(text.replace("\n", "")):
            yield opening + text.replace("\n", newline) + "'''"
        escaped = _basic(text)[1:-1].replace("\\n", "\n").replace('\\"', '"').replace('"""', '""\\"')
        if "\\\\" not in escaped:  # where one could be taken for the beginning of another
            closing = re.sub(r'"\Z', r"\\" + '"', escaped)
            yield opening.replace("'", '"') + closing.replace("\n", newline) + '"""'
    literal = "'" not in text and not _SPECIAL.search(text)
    if literal and (style == "single" or (style != "double" and re.search(r'["\\]', text))):
        yield f"'{text}'"
    yield _basic(text)


def _basic(text: str) -> str:
    spelled = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", spelled)


def _short_zone(spelled: str, old: str) -> str:
    return (
        spelled.removesuffix("+00:00") + "Z" if spelled.endswith("+00:00") and old.endswith("Z") else spelled
    )
