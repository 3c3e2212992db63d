"""Placeholders for what only the whole page decides, as they stand in a block's HTML.

They are made of letters and digits, so that every step of Markdown leaves them alone.
"""

from __future__ import annotations

import re

_SALT = "cqz7vk"

CODE_BASE = 483_920_000_000
"""Code blocks are counted from here in each block: no page has such a number of its own."""

TAB_BASE = 483_930_000_000

HEADING, TAB, REFERENCE, NUMBER, BACKLINK, CONTENTS = "h", "t", "r", "n", "b", "c"

PATTERN = re.compile(rf"{_SALT}([htrnbc]\d+)z|4839([23]\d{{7}})")
"""Finds one; the group that matched says which."""

_PLAIN = re.compile(rf"{_SALT}([htrnbc]\d+)z")


def token(kind: str, number: int) -> str:
    """Return the placeholder of the `number`-th thing of a kind in its block."""
    return f"{_SALT}{kind}{number}z"


def mark(number: int) -> str:
    """Return the text of a paragraph or an item that stands for a neighbour; it never gets to the page."""
    return f"{_SALT}m{number}z"


def parts(html: str) -> list[str]:
    """Cut HTML at its placeholders: text, then name and text in turn.

    The name is kind and number; `2…` is a code block's number, `3…` a tab set's, counted from nought.
    """
    if _SALT not in html and "4839" not in html:
        return [html]
    found: list[str] = []
    at = 0
    for match in PATTERN.finditer(html):
        found += [html[at : match.start()], match.group(1) or match.group(2)]
        at = match.end()
    found.append(html[at:])
    return found


def names(text: str) -> list[str]:
    """Return the names of the placeholders in a short text, an id or a slug."""
    return _PLAIN.findall(text) if _SALT in text else []
