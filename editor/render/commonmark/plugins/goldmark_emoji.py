"""GitHub's names of emoji between colons, where the site's `enableEmoji` is on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_NAME = re.compile(r":([0-9a-zA-Z+_-]+):")


def emoji(state: StateInline, silent: bool) -> bool:
    """Take an emoji's name; the rule of markdown-it."""
    found = _NAME.match(state.src, state.pos, state.posMax) if state.src[state.pos] == ":" else None
    character = _known().get(found[1]) if found else None
    if found is None or character is None:
        return False
    if not silent:
        token = state.push("raw_text", "", 0)
        token.content = character
        token.meta["name"] = found[1]
    state.pos = found.end()
    return True


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    # Here and not above: few sites use them, and the table is large.
    from pymdownx import gemoji_db  # type: ignore[import-untyped]

    return {
        name.strip(":"): "".join(chr(int(part, 16)) for part in entry["unicode"].split("-"))
        for name, entry in (
            *gemoji_db.emoji.items(),
            *((alias, gemoji_db.emoji[known]) for alias, known in gemoji_db.aliases.items()),
        )
        if entry.get("unicode")
    }
