"""Attributes in braces as the package markdown-it-attrs gives them: `{.class #id key=value}` (version 4)."""

import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from editor.render.commonmark.flavour import told

_RULE = re.compile(r" {0,3}[-*_]{3,} ?\{[^}]")
_PART = re.compile(
    r'(?P<mark>\.\.|[.#])?(?P<key>[^\t\n\f />"\'=]*)(?:=(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^ }]*)))?'
)
_LISTS = ("bullet_list_close", "ordered_list_close")


def attrs_plugin(md: MarkdownIt) -> None:
    """Give elements the attributes that stand behind them."""
    md.core.ruler.before("linkify", "curly_attributes", _attributes)


def is_of_the_block_above(tokens: Sequence[Token]) -> bool:
    """Return whether a top-level element is a paragraph of attributes alone, which a list or table above it takes."""
    return (
        len(tokens) == 3
        and tokens[0].type == "paragraph_open"
        and _only(tokens[1].content.strip())
        and "\n" not in tokens[1].content
    )


def _attributes(state: StateCore) -> None:
    tokens = state.tokens
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.block and token.info and _at_end(token.info):
            start = token.info.rfind("{")
            _give(token, token.info[start:])
            token.info = re.sub(r"[ \n]\Z", "", token.info[:start])
        if token.type in (*_LISTS, "table_close"):
            _below(tokens, index)
        if token.type == "inline" and "{" in token.content:
            _inline(tokens, index)
        index += 1
    if any(
        "rowspan" in token.attrs or "colspan" in token.attrs for token in tokens if token.type == "td_open"
    ):
        told(state.env).note("changed-in-build", "markdown-it-attrs")


def _below(tokens: list[Token], index: int) -> None:
    """Give a list or a table what the paragraph below it is made of."""
    following = tokens[index + 1 : index + 4]
    if len(following) < 3 or following[0].type != "paragraph_open" or not _only(following[1].content):
        return
    if tokens[index].type in _LISTS and len(following[1].children or []) != 1:
        return
    _give(_opening(tokens, index), following[1].content)
    del tokens[index + 1 : index + 4]


def _inline(tokens: list[Token], index: int) -> None:
    token = tokens[index]
    children = token.children = list(token.children or [])
    _behind(children, lambda before: before.type in ("image", "code_inline"))
    _behind(children, lambda before: before.nesting == -1)
    if not children or children[-1].type != "text":
        return
    text = children[-1].content
    in_list = index >= 2 and tokens[index - 2].type == "list_item_open"
    alone = len(children) >= 2 and children[-2].type == "softbreak" and _only(text)
    if in_list and alone:
        at = index - 2
        while at > 0 and tokens[at].type not in ("ordered_list_open", "bullet_list_open"):
            at -= 1
        _give(tokens[at], text)
        del children[-2:]
    elif in_list and _at_end(text):
        children[-1].content = _cut(tokens[index - 2], text)
    elif alone:
        end = index + 1
        while end + 1 < len(tokens) and tokens[end + 1].nesting == -1:
            end += 1
        _give(_opening(tokens, end), text)
        del children[-2:]
    elif tokens[index - 1].type == "paragraph_open" and len(children) == 1 and _RULE.match(token.content):
        _give(tokens[index - 1], token.content[token.content.rfind("{") :])
        rule = tokens[index - 1]
        rule.type, rule.tag, rule.nesting = "hr", "hr", 0
        tokens[index + 1].hidden, tokens[index + 1].tag = True, ""
        children.clear()
    elif _at_end(text):
        end = index + 1
        while end < len(tokens) and tokens[end].nesting != -1:
            end += 1
        if end < len(tokens):
            children[-1].content = _cut(_opening(tokens, end), text)


def _behind(children: list[Token], takes: Callable[[Token], bool]) -> None:
    """Give elements in a line the attributes right behind them."""
    at = 1
    while at < len(children):
        token = children[at]
        end = _first_end(token.content) if token.type == "text" else -1
        if end < 0 or not takes(children[at - 1]):
            at += 1
            continue
        before = children[at - 1]
        _give(before if before.nesting != -1 else _opening(children, at - 1), token.content[: end + 1])
        token.content = token.content[end + 1 :]
        if not token.content and before.nesting != -1:
            del children[at]


def _cut(token: Token, text: str) -> str:
    """Give a token the attributes at the end of a text; return the text before them."""
    start = text.rfind("{")
    _give(token, text[start:])
    return text[:start].removesuffix(" ")


def _opening(tokens: Sequence[Token], index: int) -> Token:
    """Return the token that opens what the one at `index` closes."""
    closing = tokens[index]
    kind = closing.type.replace("_close", "_open")
    for token in reversed(tokens[:index]):
        if token.type == kind and token.level == closing.level:
            return token
    return closing


def _give(token: Token, written: str) -> None:
    inner = written[1 : written.rfind("}")]
    at = 0
    while at < len(inner):
        found = _PART.match(inner, at)
        if found is None or found.end() == at:
            at += 1
            continue
        at = found.end()
        value = found["quoted"] if found["quoted"] is not None else found["bare"] or ""
        if found["mark"] == "#":
            token.attrs["id"] = found["key"]
        elif found["mark"]:
            token.attrJoin("class" if found["mark"] == "." else "css-module", found["key"])
        elif found["key"] == "class":
            token.attrJoin("class", value)
        elif found["key"]:
            token.attrs[found["key"]] = value


def _long_enough(written: str) -> bool:
    return len(written) >= (4 if written[1:2] in (".", "#") else 3)


def _only(text: str) -> bool:
    return text.startswith("{") and text.endswith("}") and _long_enough(text)


def _at_end(text: str) -> bool:
    start = text.rfind("{")
    return start >= 0 and text.find("}", start + 2) == len(text) - 1 and _long_enough(text[start:])


def _first_end(text: str) -> int:
    """Return where attributes end that a text begins with, -1 where it does not."""
    end = text.find("}", 2) if text.startswith("{") else -1
    return end if end > 0 and text[end + 1 : end + 2] != "}" and _long_enough(text[: end + 1]) else -1
