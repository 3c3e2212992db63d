"""The ids of headers."""

from __future__ import annotations

import re
import unicodedata

_ASCII = re.compile(r"[^A-Za-z0-9_\- \t]")
_BEFORE_LETTER = re.compile(r"^[^a-zA-Z]+", re.MULTILINE)
_NOT_NAME = re.compile(r"[^a-zA-Z0-9 -]")


class Ids:
    """The ids that a page has given away."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._gfm: dict[str, int] = {}
        self._own: dict[str, int] = {}

    def gfm(self, base: str) -> str:
        """Return the id of a header that GFM names, of the name that `gfm_name` gives its text."""
        count = self._gfm[base] = self._gfm.get(base, -1) + 1
        return f"{self._prefix}{base}-{count}" if count else self._prefix + base

    def own(self, base: str) -> str:
        """Return the id of a header that kramdown itself names, of the name that `own_name` gives its text."""
        if base in self._own:
            self._own[base] += 1
            return f"{self._prefix}{base}-{self._own[base]}"
        self._own[base] = 0
        return self._prefix + base


def gfm_name(text: str) -> str:
    """Return what GFM makes of a header's text: words and hyphens in lower case."""
    text = text.lower()
    kept = _ASCII.sub("", text) if text.isascii() else "".join(filter(_is_kept, text))
    return kept.replace(" ", "-").replace("\t", "-")


def own_name(text: str) -> str:
    """Return what kramdown makes of a header's text: ASCII letters and digits, from the first letter on."""
    name = _NOT_NAME.sub("", _BEFORE_LETTER.sub("", text)).replace(" ", "-").lower()
    return name or "section"


def _is_kept(character: str) -> bool:
    if character in "- \t_":
        return True
    kind = unicodedata.category(character)
    return kind[0] in "LM" or kind in ("Nd", "Pc") or kind == "Nl"
