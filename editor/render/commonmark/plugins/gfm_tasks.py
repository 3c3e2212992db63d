"""Lists of tasks as remark-gfm makes them."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TASK = re.compile(r"\[([ \t\nxX])\](?=\n|[ \t]+[^ \t])[ \t\n]?")


BOX = '<input type="checkbox"{checked} disabled> '


def gfm_tasks(md: MarkdownIt, box: str = BOX, *, classes: bool = True) -> None:
    """Let `md` know tasks; texts must be joined before. Lists and items get classes only where these are asked for."""

    def tasks(state: StateCore) -> None:
        _tasks(state, box, classes=classes)

    md.core.ruler.push("gfm_tasks", tasks)


def _tasks(state: StateCore, box: str, *, classes: bool) -> None:
    lists: list[Token] = []
    items: list[Token] = []
    for index, token in enumerate(state.tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            items.append(token)
        elif token.type == "inline" and _begins_item(state.tokens, index) and _take(token, box) and classes:
            items[-1].attrs["class"] = "task-list-item"
            lists[-1].attrs["class"] = "contains-task-list"
        if token.type == "list_item_close":
            items.pop()


def _begins_item(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[max(0, index - 2) : index]
    return [token.type for token in before] == ["list_item_open", "paragraph_open"]


def _take(inline: Token, box: str) -> bool:
    """Make a box of what an item begins with."""
    found = _TASK.match(inline.content)
    children = inline.children or []
    if found is None or not children or children[0].type != "text":
        return False
    first = children[0]
    if not first.content.startswith(found[0].rstrip()):
        return False
    checked = " checked" if found[1] in "xX" else ""
    first.content = first.content[len(found[0]) :]
    inline.children = [Token("html_inline", "", 0, content=box.format(checked=checked)), *children]
    return True
