"""A page of Hugo that is typed into stays what it is when it is rendered at once."""

import random

import pytest

from tests.render.commonmark.model import Typed

SITE = {
    "flavour": "hugo",
    "goldmark": {
        "renderer": {"unsafe": True},
        "parser": {"attribute": {"block": True}},
        "extensions": {
            "passthrough": {"enable": True, "delimiters": {"block": [["$$", "$$"]], "inline": []}}
        },
    },
}
TEXT = """---
title: A
---
# One *two* {#own}

'x' a "quote" and it's https://a.bc/d [^n]

## One

Term
: what

: more

  and more

| a | b |
|---|:-:|
| c[^m] | d |
{.wide}

{{< figure src="a.png"
  caption="c" >}}

<!--more-->

{{% tip "x" %}}
> inner [^n]

# One
{{% /tip %}}
rest b:'

[^n]: Note [^m]

    more
[^m]: Other

- [ ] a

  ```go {hl_lines=[1]}
  b
  ```
- {{< unknown >}}text{{< /unknown >}}

$$
x
$$
[l]: https://x.yz
end [l]
"""
PIECES = [
    "\n",
    "\n\n",
    "# ",
    "## One\n",
    "{{< box >}}",
    "{{< /box >}}",
    "{{% tip %}}",
    "{{% /tip %}}",
    "<!--more-->",
    "[^n]",
    "[^k]: K\n",
    "'",
    '"',
    "`",
    "```\n",
    ": ",
    "    ",
    "- ",
    "> ",
    "| a |\n|---|\n",
    "$$",
    "{.x}\n",
    "<div>",
    "</div>\n",
    "*",
    "x",
]


@pytest.mark.parametrize("seed", range(6))
def test_random_edits(seed):
    dice = random.Random(seed)
    typed = Typed(SITE, TEXT)
    typed.check()
    for _ in range(25):
        start = dice.randrange(len("---\ntitle: A\n---\n"), len(typed.text) + 1)
        end = min(len(typed.text), start + dice.choice([0, 0, 0, 1, 3, 20]))
        typed.type(start, end, dice.choice(PIECES))
        typed.check()


def test_a_key_renders_what_it_touches():
    typed = Typed(SITE, "---\ntitle: A\n---\n" + "".join(f"# H {n}\n\nText {n}\n\n" for n in range(200)))
    at = typed.text.index("Text 100")
    typed.type(at, at, "x")
    assert typed.rendered < 8
    typed.check()


def test_an_id_that_is_taken_above_changes_those_below():
    typed = Typed(SITE, "a\n\n# One\n\n# One\n")
    assert 'id="one-1"' in typed.blocks[2]
    typed.type(0, 1, "# One")
    assert 'id="one-2"' in typed.blocks[2]
    typed.check()
