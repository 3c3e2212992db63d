"""Made-up text in kramdown's syntax: small pieces that touch each other, the same for a seed."""

import random

_SPANS = """
a|b c|foo|*|**|_|__|`|``|[|]|(|)|![|](u)|](u "t")|[l]|[x][l]|[l][]|<b>|</b>|<i class="x">|<br>|<span markdown="0">
</span>|&amp;|&lt;|&|&copy;|&nosuch;|"|'|"q"|it's|--|---|...|<<|>>|\\*|\\|\\\\|  |~~|~~d~~|$$x$$|{:.c}|{: #i}
{:.c #d k="v"}|[^1]|[^n]|<http://e.x/>|<me@x.org>|HTML|*em*|**st**|`c`|!|<!-- c -->|é|日本|80s|{::comment}|{:/}
""".replace("\n", "|").split("|")

_BLOCKS = [
    *[
        "# H",
        "## H {#id}",
        "### *H* two",
        "H\n===",
        "H\n---",
        "---",
        "* * *",
        "> q",
        ">",
        "- a",
        "* a",
        "+ a",
        "1. a",
        "10. c",
        "  - n",
        "    - n",
        "\t- n",
        "    code",
    ],
    *[
        "```",
        "```ruby",
        "~~~",
        ": def",
        "t\n: d",
        "[l]: http://l.x 'T'",
        "[x]: /x",
        "[^1]: note",
        "[^2]: two\n    more",
        "*[HTML]: Hyper",
        "{: .c}",
    ],
    *[
        "{:toc}",
        "{:.no_toc}",
        "{:a: .al k='v'}",
        "{::comment}",
        "{:/comment}",
        "{:/}",
        "^",
        "$$",
        "$$ a $$",
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<!-- c -->",
    ],
    *[
        '<div markdown="1">',
        '<p markdown="1">',
        "<pre>",
        "</pre>",
        "<hr>",
        "<br>",
        "- [ ] t",
        "- [x] t",
        "* {:.ic} it",
        "a\\",
        "b  ",
        "   text",
    ],
    *[
        "| a | b |",
        "|---|---|",
        "|:--|--:|",
        "a | b",
        "",
        "",
        "",
        "",
        "",
        "- > q",
        "- # h",
        "* a\n\n  b",
        "* x\n{:toc}",
    ],
]


def spans(dice: random.Random) -> str:
    """Return a line's worth of spans."""
    return "".join(dice.choice(_SPANS) + dice.choice(["", "", " "]) for _ in range(dice.randint(1, 6)))


def block(dice: random.Random) -> str:
    """Return something that a block may begin with, with or without text behind."""
    made = dice.choice(_BLOCKS)
    chance = dice.random()
    if chance < 0.3:
        return f"{made} {spans(dice)}"
    return spans(dice) if chance < 0.4 else made


def text(dice: random.Random, most: int = 8) -> str:
    """Return a text of up to `most` blocks."""
    return "".join(block(dice) + dice.choice(["\n", "\n", "\n\n"]) for _ in range(dice.randint(1, most)))
