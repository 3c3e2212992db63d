"""Goldmark's attribute lists: `{#id .class key=value}` behind a heading, in an info string, below a block.

https://gohugo.io/content-management/markdown-attributes/; the syntax as observed with Hugo 0.168.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from editor.render.commonmark.plugins.goldmark_inline import SPACES

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

Attributes = dict[str, Any]

_SHORT = re.compile(r"[#.]((?:[^\s!-/:-@\[-`{-~]|[_\-:.])*)", re.ASCII)
_NAME = re.compile(r"[A-Za-z_:][A-Za-z0-9_:.-]*")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d*)?")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "/": "/", "\\": "\\"}
_WORDS = {"true": True, "false": False, "null": None}


class _Broken(Exception):
    pass


def read_attributes(text: str, at: int = 0) -> tuple[Attributes, int] | None:
    """Return the attributes that begin at `at`, and the place behind them; None where there are none."""
    try:
        return _list(text, _spaces(text, at))
    except (_Broken, IndexError, RecursionError):
        return None


def trailing_attributes(line: str) -> tuple[str, Attributes]:
    """Return the last line of a heading without the attributes at its end, and them."""
    at = 0
    while at < len(line):
        if line[at] == "\\":
            at += 2
            continue
        if line[at] == "{":
            found = read_attributes(line, at)
            if found and not line[found[1] :].strip(SPACES):
                return line[:at].rstrip(SPACES), found[0]
        at += 1
    return line, {}


def block_attributes(md: MarkdownIt) -> None:
    """Let `md` know attributes on a line of their own, below the block that they are for."""
    md.block.ruler.before(
        "table", "attributes", _attributes, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def placed_attributes(tokens: list[Token]) -> list[Token]:
    """Return block tokens with the attributes of `block_attributes` put to the blocks above them."""
    made: list[Token] = []
    for token in tokens:
        if token.type != "attributes":
            made.append(token)
            continue
        owner = _opening(made, token.level)
        if owner is None or token.hidden or owner.type == "fence":
            continue
        # The id of a heading is made before what stands below it is seen.
        own = owner.meta.setdefault("below" if owner.type == "heading_open" else "attributes", {})
        for name, value in token.meta.items():
            own.setdefault(name, value)
    return made


def _opening(tokens: list[Token], level: int) -> Token | None:
    """Return the token that opens the block which `tokens` end with, where that is of the level `level`."""
    last = tokens[-1] if tokens else None
    if last is None or last.level != level or last.nesting == 1:
        return None
    if last.nesting == 0:
        return last
    return next(
        (token for token in reversed(tokens[:-1]) if token.level == level and token.nesting == 1), None
    )


def written(attributes: Attributes, skipped: tuple[str, ...] = ()) -> str:
    """Return attributes as HTML, without handlers of events."""
    parts = []
    for name, value in attributes.items():
        if not name.lower().startswith("on") and name not in skipped:
            parts.append(f' {name}="{escaped(value)}"')
    return "".join(parts)


def escaped(value: Any) -> str:
    """Return a value as it is written into an attribute."""
    return word(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def word(value: Any) -> str:
    """Return a value as text, as Hugo casts it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value if isinstance(value, str) else ""


def _spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n\r\f\v":
        at += 1
    return at


def _list(text: str, at: int) -> tuple[Attributes, int]:
    if text[at] != "{":
        raise _Broken
    at += 1
    found: Attributes = {}
    while text[at] != "}":
        at = _spaces(text, at)
        if text[at] in "#.":
            match = _SHORT.match(text, at)
            assert match is not None
            name, value, at = ("id" if text[at] == "#" else "class"), match[1], match.end()
        else:
            name_found = _NAME.match(text, at)
            if name_found is None:
                raise _Broken
            name, at = name_found[0], _spaces(text, name_found.end())
            if text[at] != "=":
                raise _Broken
            value, at = _value(text, _spaces(text, at + 1))
            if name == "class" and not isinstance(value, str):
                raise _Broken
        if name == "class" and "class" in found:
            found["class"] = f"{found['class']} {value}"
        else:
            found[name] = value
        at = _spaces(text, at)
        if text[at] == ",":
            at = _spaces(text, at + 1)
    return found, at + 1


def _value(text: str, at: int) -> tuple[Any, int]:
    character = text[at]
    if character == "{":
        return _list(text, at)
    if character == "[":
        return _array(text, at + 1)
    if character == '"':
        return _string(text, at + 1)
    if character in "+-" or character.isdigit():
        number = _NUMBER.match(text, at)
        try:
            return float(number[0] if number else ""), number.end() if number else at
        except ValueError:
            raise _Broken from None
    found = _NAME.match(text, at)
    if found is None:
        raise _Broken
    return _WORDS.get(found[0], found[0]), found.end()


def _array(text: str, at: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while True:
        comma = bool(found) and text[at] == ","
        at += comma
        if text[at] == "]":
            if comma:
                raise _Broken
            return found, at + 1
        value, at = _value(text, _spaces(text, at))
        found.append(value)
        at = _spaces(text, at)


def _string(text: str, at: int) -> tuple[str, int]:
    made = []
    while text[at] != '"':
        if text[at] == "\n":
            raise _Broken
        if text[at] == "\\" and text[at + 1] in _ESCAPES:
            made.append(_ESCAPES[text[at + 1]])
            at += 2
        else:
            made.append(text[at])
            at += 1
    return "".join(made), at + 1


def _attributes(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("{", at):
        return False
    found = read_attributes(state.src[at : state.eMarks[start]] + "\n")
    if found is None:
        return False
    if silent:
        return True
    token = state.push("attributes", "", 0)
    token.meta = found[0]
    token.map = [start, start + 1]
    # A blank line before it takes away what it is for.
    token.hidden = start == 0 or state.isEmpty(start - 1)
    state.line = start + 1
    return True
