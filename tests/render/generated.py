"""Markdown made of all constructs that reach over blank lines or over the page, and edits that break them up.

COPYDESK_EXAMPLES=5000 pytest --timeout=0 tests/render/test_splitter.py tests/render/test_incremental.py
"""

import os
import re
from functools import lru_cache
from typing import Any

import html5lib
import markdown
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from editor.render.python_markdown.block_renderer import BlockRenderer
from editor.render.python_markdown.incremental import IncrementalPage

EXAMPLES = int(os.environ.get("COPYDESK_EXAMPLES", "0"))
FAST = settings(
    max_examples=EXAMPLES or 60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=not EXAMPLES,
    database=None,
)

MATERIAL: tuple[list[str], dict[str, dict[str, Any]]] = (
    [
        *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"),
        *("pymdownx.betterem", "pymdownx.details", "pymdownx.highlight", "pymdownx.superfences"),
        *("pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
    ],
    {
        "toc": {"permalink": True},
        "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span"},
        "pymdownx.tabbed": {"alternate_style": True},
    },
)
EXTRA: tuple[list[str], dict[str, dict[str, Any]]] = (["extra", "toc", "sane_lists", "meta"], {})

WORDS = st.sampled_from(["words", "more *words*", "a [x] and [y][z]", "HTML[^1]", "[^2] `code`", "x | y"])
BLOCKS = st.one_of(
    WORDS,
    st.builds("# {}".format, WORDS),
    st.builds("{}\n---".format, WORDS),
    st.sampled_from(
        [
            "- one\n- two",
            "- one\n- two\nlazy\n- three\n\n- four\n\n    more\n- five",
            "!!! note\n    one\n\n    - two\n    - three\n\n    [x]\n\n        code",
            '=== "A"\n    one\n\n    two[^1]\n=== "B"\n    # three\n\n    - four\n\n        five',
            "- one\n\n- two",
            "1. one\n    more\n\n    even more",
            "- [ ] task\n    - nested",
            "    indented code",
            "> quote\n> - list",
            "```py\nx = 1\n\ny = 2\n```",
            "~~~\n- no list\n~~~",
            "- item\n\n    ```\n    code\n    ```",
            '!!! note "Title"\n    text\n\n    - list',
            "??? info\n    text\n\n    # Heading",
            '=== "One"\n\n    text\n\n=== "Two"\n\n    ```\n    code\n    ```',
            "term\n:   definition",
            "term\n\n:   definition\n\n    more",
            ":   definition",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "<div>\nraw\n\nraw\n</div>",
            '<div markdown="1">\n*text*\n\n- list\n\n</div>',
            "<!-- comment\n\ncomment -->",
            "text <b>bold</b> <span>text",
            "[x]: /url 'title'",
            "[z]: /other",
            "[^1]: note",
            "[^2]: note[^1]\n\n    more",
            "*[HTML]: language",
            "[TOC]",
            "***",
            "## Words {#x .y}",
            "text\n{: .y }",
            "Key: value",
        ]
    ),
)
GAPS = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n \n"])
DOCUMENTS = st.lists(st.tuples(BLOCKS, GAPS), max_size=9).map(lambda found: "".join(map("".join, found)))
INSERTED = st.one_of(
    st.sampled_from(["a", " ", "\n", "\n\n", "*", "`", "#", "-", ">", "[", "]", ":", "|", "<", "=", "    "]),
    st.sampled_from(["- ", "> ", "```\n", "~~~\n", "<div>", "</div>", "<!--", "-->", "\t", "[x]: /new\n"]),
    BLOCKS,
)
EDITS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 12), st.just("") | INSERTED), max_size=6)


def placed(text: str, edit: tuple[int, int, str]) -> tuple[int, int, str]:
    """Put an edit somewhere in the text."""
    start = edit[0] % (len(text) + 1)
    return start, min(len(text), start + edit[1]), edit[2]


@lru_cache(maxsize=4)
def converter(name: str, role: str) -> Any:
    """Return a Markdown instance of the extensions called `name`, one for each role."""
    extensions, configs = {"material": MATERIAL, "extra": EXTRA}[name]
    made = markdown.Markdown(extensions=extensions, extension_configs=configs)
    return BlockRenderer(made) if role == "blocks" else made


def whole(name: str, text: str) -> str:
    """Render a text at once."""
    return str(converter(name, "whole").reset().convert(text))


def page(name: str, open_from: int = 1_000_000) -> IncrementalPage:
    """Return an empty page; what is at least `open_from` characters long is kept as its parts."""
    return IncrementalPage(converter(name, "blocks"), lambda text: whole(name, text), open_from=open_from)


class Shown:
    """The other side: a list of blocks that patches are applied to."""

    def __init__(self) -> None:
        self.blocks: list[tuple[str, int | None]] = []

    def take(self, patch: Any) -> "Shown":
        if patch.fresh:
            assert [(change.start, change.removed) for change in patch.changes] == [(0, 0)]
            self.blocks = []
        ends = [0]
        for change in patch.changes:
            assert ends[-1] <= change.start
            ends.append(change.start + change.removed)
        assert ends[-1] <= len(self.blocks)
        for change in reversed(patch.changes):
            made = [(block.html, block.lines) for block in change.blocks]
            self.blocks[change.start : change.start + change.removed] = made
        return self

    @property
    def html(self) -> str:
        return "\n".join(html for html, _ in self.blocks)


def tree(html: str) -> str:
    """Return what a browser makes of HTML, without comments and white space at the edges of blocks."""
    parsed = html5lib.parseFragment(html)
    text = html5lib.serialize(parsed, omit_optional_tags=False, quote_attr_values="always")
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    kept = re.split(r"(<pre.*?</pre>)", text, flags=re.DOTALL)
    for index in range(0, len(kept), 2):
        kept[index] = re.sub(
            r"\s*(</?(?:p|div|ul|ol|li|d[ldt]|h[1-6]|table|t\w+|blockquote|details|summary|hr)\b[^>]*>|<!--.*?-->)\s*",
            r"\1",
            kept[index],
            flags=re.DOTALL,
        )
        kept[index] = re.sub(r"\s+", " ", kept[index])
    return "".join(kept).strip()
