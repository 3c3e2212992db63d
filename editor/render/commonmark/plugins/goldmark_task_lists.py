"""Boxes to tick in lists, as goldmark reads them: before all else in an item's first line."""

from __future__ import annotations

import re

from markdown_it.token import Token

_BOX = re.compile(r"\[([ \t\n\f\rxX])\][ \t\n\f\r]*")


def take_boxes(tokens: list[Token]) -> None:
    """Take the boxes off the text of items, before it is parsed; `put_box` puts them back."""
    for item, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type == "list_item_open" and paragraph.type == "paragraph_open":
            found = _BOX.match(inline.content)
            if found:
                inline.content = inline.content[found.end() :]
                inline.meta["box"] = "checked" if found[1] in "xX" else "open"


def put_box(token: Token, xhtml: bool) -> None:
    """Put the box of an inline token, if it has one, before its children."""
    kind = token.meta.get("box")
    if not kind or token.children is None:
        return
    checked = 'checked="" ' if kind == "checked" else ""
    made = Token("raw_text", "", 0)
    made.content = f'<input {checked}disabled="" type="checkbox"{" />" if xhtml else ">"} '
    token.children.insert(0, made)
