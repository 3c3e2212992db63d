"""Edits of all kinds through the real worker: after verification the page is what the whole text gives."""

import random

import markdown
import pytest

from editor.post.text_edit import TextEdit
from editor.render.protocol import Dialect, PageContext
from editor.render.python_markdown.verification import tokens

EXTENSIONS = [
    "toc",
    "tables",
    "footnotes",
    "admonition",
    "attr_list",
    "def_list",
    "abbr",
    "pymdownx.superfences",
]

POST = """\
---
title: A post
---

# One

Some *words*, a [link][there] and a note.[^1]

- a
- b

    more of b

!!! note "Mind"
    The HTML of it.

    ```python
    print(1)
    ```

| a | b |
| - | - |
| 1 | 2 |

## One

Term
:   Its meaning

> quoted

<div>
raw
</div>

Last words.[^2]

[there]: https://example.org
[^1]: First note.
[^2]: Second
    note.
*[HTML]: a language
"""

PIECES = [
    "x",
    "\n",
    "\n\n",
    "    ",
    "`",
    "```\n",
    "<div>\n",
    "</div>",
    "# ",
    "!!! note\n",
    "[^1]",
    "é\U0001f642",
    "- ",
]


def random_edit(chance, text):
    start = chance.randrange(len(text) + 1)
    match chance.randrange(4):
        case 0:
            return TextEdit(start, min(len(text), start + chance.randrange(80)), "")
        case 1:
            end = min(len(text), start + chance.randrange(200))
            return TextEdit(start, start, text[start:end])
        case _:
            return TextEdit(start, start, chance.choice(PIECES))


@pytest.mark.parametrize("seed", range(6))
def test_after_verification_the_page_is_that_of_the_text(renderer, seed):
    chance = random.Random(seed)
    dialect = Dialect("python-markdown", {"extensions": EXTENSIONS})
    text = POST
    renderer.open(text, dialect, PageContext("/nowhere", "post.md"))
    renderer.render()
    for step in range(25):
        edit = random_edit(chance, text)
        text = edit.apply(text)
        renderer.edit(edit)
        if chance.random() < 0.1:
            renderer._process.kill()
        if step % 3 != 1:  # the others go out together
            renderer.render()
        if step % 6 == 5:
            renderer.verify()
    renderer.verify()
    fresh = type(renderer)()
    with fresh:
        fresh.open(text, dialect, PageContext("/nowhere", "post.md"))
        fresh.verify()
        assert tokens(renderer.render().html) == tokens(fresh.render().html)


@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_python_markdown_makes_of_the_body(renderer, seed):
    chance = random.Random(seed)
    dialect = Dialect("python-markdown", {"extensions": EXTENSIONS})
    text = POST.partition("---\n\n")[2]
    renderer.open(text, dialect, PageContext("/nowhere", "post.md"))
    for _step in range(20):
        edit = random_edit(chance, text)
        text = edit.apply(text)
        renderer.edit(edit)
        renderer.render()
    renderer.verify()
    assert tokens(renderer.render().html) == tokens(markdown.markdown(text, extensions=EXTENSIONS))
