"""Ids of headings as the package github-slugger makes them."""

import unicodedata
from functools import lru_cache

_FRAMED = (range(0x24B6, 0x24EA), range(0x1F130, 0x1F14A), range(0x1F150, 0x1F16A), range(0x1F170, 0x1F18A))
"""Letters in circles and squares, which Unicode calls alphabetic symbols."""


def github_slug(text: str) -> str:
    """Return a heading's text in lower case, signs left out, each space a hyphen."""
    return "".join(filter(_stays, text.lower())).replace(" ", "-")


class GithubIds:
    """The ids of a page, each made unlike those before it."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def unique(self, slug: str) -> str:
        """Return the id of the next heading, given its slug."""
        wanted = slug
        while wanted in self._counts:
            self._counts[slug] += 1
            wanted = f"{slug}-{self._counts[slug]}"
        self._counts[wanted] = 0
        return wanted


@lru_cache(maxsize=2000)
def _stays(letter: str) -> bool:
    if letter in " -":
        return True
    category = unicodedata.category(letter)
    if category[0] in "LM" or category in ("Nd", "Nl", "Pc"):
        return True
    return any(ord(letter) in some for some in _FRAMED)
