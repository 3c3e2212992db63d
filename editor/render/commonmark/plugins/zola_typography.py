"""Dashes and ellipses as pulldown-cmark's smart punctuation has them; quotes are markdown-it's."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_DASHES = re.compile(r"-{2,}")


def zola_typography(md: MarkdownIt) -> None:
    """Let `md` write typographic signs."""
    md.options["typographer"] = True
    md.enable("smartquotes")
    md.core.ruler.before("smartquotes", "zola_dashes", _smarten)


def _smarten(state: StateCore) -> None:
    for inline in state.tokens:
        for token in inline.children or ():
            if token.type == "text":
                token.content = _DASHES.sub(_dashes, token.content.replace("...", "\u2026"))


def _dashes(found: re.Match[str]) -> str:
    count = len(found[0])
    if count % 3 == 0:
        return "\u2014" * (count // 3)
    if count % 2 == 0:
        return "\u2013" * (count // 2)
    short = 1 if count % 3 == 2 else 2
    return "\u2014" * ((count - 2 * short) // 3) + "\u2013" * short
