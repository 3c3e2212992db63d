"""Code with the spans of a highlighter.

Jekyll publishes what Rouge makes of it. Here Pygments does it, whose classes are the same for most kinds of
tokens; it is its own judgement where they begin and end. The text is the same.
"""

from __future__ import annotations

import functools
from typing import Any

from editor.render.kramdown.rouge_names import NAMES

LONGEST = 60_000
"""Characters: longer code is shown without colours."""


def is_known(language: str) -> bool:
    """Return whether Rouge knows the language, given as after a fence (`name`, `name?option=value`)."""
    return language.partition("?")[0] in NAMES


@functools.lru_cache(maxsize=256)
def highlighted(code: str, language: str) -> str:
    """Return code as HTML, with spans where the language is known."""
    name = language.partition("?")[0].lower()
    lexer = _lexer(name) if name not in ("plaintext", "text", "plain") and len(code) <= LONGEST else None
    if lexer is None:
        return escaped(code)
    # Lexers of sessions leave out a last line that has no end.
    ended = code if code.endswith("\n") else code + "\n"
    tokens = list(lexer.get_tokens(ended))
    if "".join(value for _, value in tokens) != ended:
        return escaped(code)
    html = _spans(tokens)
    return html if ended is code else _without_end(html)


def escaped(text: str) -> str:
    """Return a text with `&`, `<` and `>` written as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _without_end(html: str) -> str:
    """Return HTML without the line feed at its end, which may stand in a span."""
    place = html.rindex("\n")
    return html[:place] + html[place + 1 :]


def _spans(tokens: list[tuple[Any, str]]) -> str:
    from pygments.token import STANDARD_TYPES

    parts: list[str] = []
    for kind, value in tokens:
        if not value:
            continue
        name = STANDARD_TYPES.get(kind)
        while name is None and kind.parent is not None:
            kind = kind.parent
            name = STANDARD_TYPES.get(kind)
        text = escaped(value)
        parts.append(f'<span class="{name}">{text}</span>' if name and name != "w" else text)
    return "".join(parts)


@functools.lru_cache(maxsize=64)
def _lexer(name: str) -> Any:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
