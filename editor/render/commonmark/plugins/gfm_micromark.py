"""Where micromark (version 4) cuts blocks otherwise than CommonMark has it, observed with Astro 5."""

from collections.abc import Sequence

from markdown_it.token import Token

_LISTS = ("bullet_list", "ordered_list")
_CONTAINERS = ("bullet_list_open", "ordered_list_open", "blockquote_open", "footnote_open")


def as_micromark(source: str, tokens: list[Token]) -> list[Token]:
    """Return the block tokens of `source` with what micromark makes of lists before other blocks."""
    if not any(_is_list_end(token) for token in tokens):
        return tokens
    lines = source.split("\n")
    found: list[Token] = []
    around = 0
    for at, token in enumerate(tokens):
        after_list = at > 0 and _is_list_end(tokens[at - 1])
        if after_list and token.type == "code_block":
            found += _cut(token)
            continue
        if after_list and around and token.type in _CONTAINERS and token.map:
            above = lines[token.map[0] - 1] if token.map[0] else ""
            if not above.strip(" \t>"):
                _loosen(found)
        if token.type in ("blockquote_open", "footnote_open", "blockquote_close", "footnote_close"):
            around += token.nesting
        found.append(token)
    return found


def _is_list_end(token: Token) -> bool:
    return token.nesting < 0 and token.type.removesuffix("_close") in _LISTS


def _cut(code: Token) -> list[Token]:
    """Return code behind a list: its first line is code for itself."""
    first, _end, rest = code.content.partition("\n")
    if not rest.strip() or not code.map:
        return [code]
    begin, end = code.map
    kept = rest.lstrip("\n")
    head = code.copy(content=first + "\n", map=[begin, begin + 1])
    return [head, code.copy(content=kept, map=[begin + 1 + len(rest) - len(kept), end])]


def _loosen(tokens: Sequence[Token]) -> None:
    """Make the innermost of the lists that end here one with paragraphs."""
    at = len(tokens) - 1
    while at >= 2 and tokens[at - 1].type == "list_item_close" and _is_list_end(tokens[at - 2]):
        at -= 2
    end = tokens[at]
    while at > 0:
        at -= 1
        token = tokens[at]
        if token.level == end.level and token.nesting > 0 and token.type.removesuffix("_open") in _LISTS:
            return
        if token.level == end.level + 2 and token.type in ("paragraph_open", "paragraph_close"):
            token.hidden = False
