"""Headings of Hugo: the attributes at their end, and the ids that it makes for them.

https://gohugo.io/configuration/markup/#parserautoidtype; observed with Hugo 0.168.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING, Any

from editor.render.commonmark.flavour import Late, told
from editor.render.commonmark.plugins.goldmark_attributes import trailing_attributes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Identifier(Late):
    """An element that has an id, or gets one."""

    kind: str
    """`heading` or `term`: what an id is called where the text has no letter."""
    text: str
    given: str | None


def heading_attributes(tokens: list[Token]) -> None:
    """Take the attributes at the end of headings off their text, before the text is parsed."""
    for opening, inline in itertools.pairwise(tokens):
        if opening.type != "heading_open":
            continue
        lines = inline.content.split("\n")
        if opening.markup.startswith("#"):
            # The closing marks may stand before the attributes.
            lines[-1], found = trailing_attributes(lines[-1])
            lines[-1] = re.sub(r"(?:^|[ \t]+)#+[ \t]*\Z", "", lines[-1]) if found else lines[-1]
        else:
            lines[-1], found = trailing_attributes(lines[-1])
        if found:
            inline.content = "\n".join(lines)
            opening.meta.setdefault("attributes", {}).update(found)


def identify(tokens: Sequence[Token], env: dict[str, Any], *, headings: bool, terms: bool) -> None:
    """Give headings, and terms of definition lists, the ids that the whole page decides."""
    for opening, inline in itertools.pairwise(tokens):
        if opening.type not in ("heading_open", "dt_open"):
            continue
        attributes = opening.meta.setdefault("attributes", {})
        given = attributes.get("id")
        kind = "heading" if opening.type == "heading_open" else "term"
        text = plain_text(inline.children or [])
        if kind == "heading":
            text = last_line(text) if "\n" in inline.content else text
        if given is not None or (text and (headings if kind == "heading" else terms)):
            late = Identifier(kind, text, None if given is None else str(given))
            attributes["id"] = told(env).late(late)
        for name, value in opening.meta.get("below", {}).items():
            attributes.setdefault(name, value)


def plain_text(tokens: Sequence[Token]) -> str:
    """Return the text of inline tokens as Hugo takes it for an id: references by name are resolved alone."""
    parts: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = _end(tokens, at)
        parts.append(_own_text(token) if end == at else _first(tokens[at : end + 1]))
        at = end + 1
    return _ENTITY.sub(lambda found: html5.get(found[1] + ";", found[0]), "".join(parts))


def last_line(text: str) -> str:
    """Return what of a heading over several lines its id is made of."""
    return text.rpartition("\n")[2]


def identifiers(blocks: Sequence[Sequence[Late]], values: list[list[str]], kind: str) -> None:
    """Put the ids of a page into `values`; `kind` is how they are made: the setting `autoIDType`."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    """By what an id is made of, the number of its last one: those before it are taken."""
    for index, lates in enumerate(blocks):
        for number, late in enumerate(lates):
            if not isinstance(late, Identifier):
                continue
            name = late.given
            if name is None:
                base = anchor(late.text, kind) or late.kind
                name, count = base, counts.get(base, 0)
                while name in taken:
                    count += 1
                    name = f"{base}-{count}"
                counts[base] = count
            taken.add(name)
            values[index][number] = name


def anchor(text: str, kind: str) -> str:
    """Return the id for a text; `kind` is `github`, `github-ascii` or `blackfriday`."""
    if kind == "blackfriday":
        return re.sub(r"[^\w]+|_+", "-", _without_marks(text, False)).strip("-").lower()
    if kind == "github-ascii":
        text = _without_accents(text)
        text = "".join(character for character in text if character.isascii())
    made = []
    for character in text.strip():
        if character in "- ":
            made.append("-")
        elif character == "_" or character.isalpha() or unicodedata.category(character) == "Nd":
            made.append(character.lower() if len(character.lower()) == 1 else character)
    return "".join(made)


def _without_accents(text: str) -> str:
    split = unicodedata.normalize("NFD", text)
    kept = "".join(character for character in split if unicodedata.category(character) != "Mn")
    return unicodedata.normalize("NFC", kept)


def _without_marks(text: str, _keep: bool) -> str:
    return "".join(
        character if unicodedata.category(character)[0] in "LN" else " " for character in text
    ).strip()


def _end(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the token that closes the one at `at`; its own where it closes itself."""
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth <= 0:
            return index
    return len(tokens) - 1


def _own_text(token: Token) -> str:
    if token.type in ("text", "raw_text"):
        if "name" in token.meta:
            return str(token.meta["name"])
        return "" if token.meta.get("late") else token.content
    if token.type == "text_special":
        return token.markup
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        return _TAGS.sub("", token.content).strip()
    if token.type == "code_inline":
        return token.content
    if token.type == "image":
        return _first([token, *(token.children or []), token])
    return ""


def _first(tokens: Sequence[Token]) -> str:
    """Return the text of the first of what an element, given by its tokens, holds: Hugo stops there."""
    if tokens[0].markup == "autolink" or len(tokens) < 3:
        return ""
    inner = tokens[1:-1]
    if inner[0].nesting == 1:
        return _first(inner[: _end(inner, 0) + 1])
    parts: list[str] = []
    after_mark = False
    for token in inner:
        is_mark = bool(token.meta)
        # Marks that became nothing are joined to the text before them, not to what follows.
        if token.type not in ("text", "text_special") or (after_mark and not is_mark):
            # The end of a line belongs to the text before it.
            parts += ["\n"] if parts and token.type in ("softbreak", "hardbreak") else []
            break
        parts.append(_own_text(token))
        after_mark = is_mark
    return "".join(parts) or _own_text(inner[0])
