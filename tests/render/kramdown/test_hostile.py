"""Texts that are made to take long: they end soon, and nothing is raised."""

import time

import pytest

from editor.render.kramdown.liquid import filled
from editor.render.kramdown.options import options_of
from editor.render.kramdown.text_page import to_html

_SIZE = 6_000
_SECONDS = 5.0
_UNITS = [
    *[
        "*a ",
        "**a ",
        "*a **b ",
        "*a **b** ",
        "_a __b ",
        "***a ",
        "a*",
        "*_",
        "[",
        "![",
        "[a](",
        '[a](b "',
        "[a]((",
    ],
    *[
        "`",
        "<b>",
        "<div>\n",
        '<div markdown="1">\n',
        "<",
        "<a",
        "<!--\n",
        "<p>",
        "<a@",
        "<http:",
        "<![CDATA[",
    ],
    *[
        "|",
        "| a ",
        "a|b\n",
        "{:",
        "a{: .b",
        "$$",
        "$$a\n\n",
        "&a",
        '"',
        "'",
        "~~a",
        "-",
        "* ",
        "```\n",
        "```x\na\n\n",
    ],
    *[
        " ",
        "\t",
        "- \t",
        "- ",
        "> ",
        ">",
        "a\n: b\n",
        "[^1]: a\n\n",
        "*[a]: b\n",
        "{::comment}\n",
        "{::comment}",
        "\\",
    ],
    *[
        "{% if x %}",
        "{% raw %}",
        "{{",
        "<script>\n",
        '[a]: b "c\n',
        "# ",
        "#",
        "    a\nb\n",
        "    a\n\n",
        "^\n",
        "[^1]",
    ],
]


@pytest.mark.parametrize("unit", _UNITS)
def test_repeating_ends_soon(unit: str) -> None:
    text = unit * (_SIZE // len(unit))
    started = time.perf_counter()
    to_html(filled(text, {}).text, options_of({}))
    to_html(text + "]\n\n*`)}%}}}", options_of({}))
    assert time.perf_counter() - started < _SECONDS


def test_deep_nesting_ends_soon() -> None:
    texts = [
        "\n".join("  " * depth + "- a" for depth in range(150)),
        "[" * 2000 + "]" * 2000,
        "![" * 2000 + "]" * 2000,
        "".join(f"[^{number}]: [^{number + 1}]\n" for number in range(400)) + "\n[^0]\n",
        "".join(f"{{:a{number}: a{number + 1} a{number + 1}}}\n" for number in range(60)) + "\nx\n{: a0}\n",
    ]
    started = time.perf_counter()
    for text in texts:
        to_html(text, options_of({}))
    assert time.perf_counter() - started < 2 * _SECONDS
