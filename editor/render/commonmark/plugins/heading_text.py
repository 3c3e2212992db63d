"""The text of headings, the ids that are made of it, and which of them are still free."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markdown_it.token import Token

from editor.render.commonmark.flavour import Late

_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "Ä": "Ae",
        "ö": "oe",
        "Ö": "Oe",
        "ü": "ue",
        "Ü": "Ue",
        "ß": "ss",
        "æ": "ae",
        "Æ": "AE",
        "ø": "o",
    }
    | {"Ø": "O", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L"}
)


@dataclass(frozen=True)
class HeadingId(Late):
    """A heading that is to have an id."""

    base: str
    """The id that its text would get, or the one that it was given."""
    given: bool = False


def plain_text(tokens: Sequence[Token] | None) -> str:
    """Return the text of a heading's inline tokens, as markdown-it-anchor takes it: text and code alone."""
    return "".join(token.content for token in tokens or () if token.type in ("text", "code_inline"))


def encoded_slug(text: str) -> str:
    """Return the slug that markdown-it-anchor makes where it is given no function for that."""
    return quote(re.sub(r"\s+", "-", text.strip().lower()), safe="-_.!~*'()")


def sindre_slug(text: str) -> str:
    """Return the slug of Eleventy's filter `slugify` (the package @sindresorhus/slugify, without decamelizing).

    Letters of other scripts than Latin are left out; `is_latin` says whether there are any.
    """
    text = text.replace("&", " and ").replace("\N{UNICORN FACE}", " unicorn ").replace("\u2665", " love ")
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).translate(_LETTERS))
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).lower()
    text = re.sub(r"([a-z0-9]+)'([ts])(?=\s|$)", r"\1\2", text)
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def is_latin(text: str) -> bool:
    """Return whether `sindre_slug` knows all letters of a text."""
    return all(
        not letter.isalpha() or unicodedata.normalize("NFD", letter)[0].isascii() or ord(letter) in _LETTERS
        for letter in text
    )


class TakenIds:
    """The ids of a page, each made unlike those before it."""

    def __init__(self, first: int = 1) -> None:
        """Make a page without ids; the second of the same gets the number `first`."""
        self._first = first
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}
        """The number that is tried first for the next heading of the same: those before it are taken."""

    def unique(self, late: HeadingId) -> str:
        """Return the id of the page's next heading."""
        wanted, number = late.base, self._next.get(late.base, self._first)
        while wanted in self._taken and not late.given:
            wanted = f"{late.base}-{number}"
            number += 1
        self._next[late.base] = number
        self._taken.add(wanted)
        return wanted
