"""Titles and descriptions that are cut off where others show them.

Search engines cut by width, at about 60 characters of a title and 160 of a description:
https://developers.google.com/search/docs/appearance/title-link, …/snippet.
"""

import unicodedata
from collections.abc import Iterator

from editor.proof.diagnostic import INFO
from editor.proof.reading import Reading
from editor.proof.rule import FRONT_MATTER, Finding, Rule
from editor.translation import gettext as _

_MOST = {"title": 60, "description": 160}


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "long-title",
            INFO,
            FRONT_MATTER,
            _("a title that search results cut off, of more than about 60 characters"),
            title,
        ),
        Rule(
            "long-description",
            INFO,
            FRONT_MATTER,
            _("a description that search results cut off, of more than about 160 characters"),
            description,
        ),
    )


def title(reading: Reading) -> Iterator[Finding]:
    said = _("The title is {count} characters long: search results cut it off after about {most}")
    yield from _long(reading, "title", said)


def description(reading: Reading) -> Iterator[Finding]:
    said = _("The description is {count} characters long: search results cut it off after about {most}")
    yield from _long(reading, "description", said)


def _long(reading: Reading, name: str, said: str) -> Iterator[Finding]:
    key = reading.key_of(name)
    value = reading.value(key) if key is not None else None
    if key is None or not isinstance(value, str) or "{{" in value or not reading.is_post:
        return
    field = next((field for field, known in reading.fields() if known == key), None)
    wanted = field.options.get("length") if field is not None else None
    most = max(wanted, _MOST[name]) if isinstance(wanted, int) else _MOST[name]
    count = _width(value.strip())
    if count > most:
        yield Finding(*reading.place(key), said.format(count=count, most=most), None, key)


def _width(text: str) -> int:
    """Return how many Latin letters take as much room; a character of East Asian scripts counts for two."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
        if not unicodedata.combining(character)
    )
