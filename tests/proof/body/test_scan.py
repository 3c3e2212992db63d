"""What the scan finds, where it finds it, and what it passes over."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.proof.body import source as kinds
from editor.proof.body.blocks import scan
from editor.proof.body.grammar import COMMONMARK, KRAMDOWN, PYTHON_MARKDOWN, Grammar

PYTHON = Grammar(
    PYTHON_MARKDOWN,
    certain=True,
    footnotes=True,
    admonitions=True,
    details=True,
    tabs=True,
    fences_need_end=True,
    attributes=True,
    markdown_in_html=True,
    four_columns=True,
    blank_above_list=True,
)
HUGO = Grammar(COMMONMARK, certain=True, footnotes=True, attributes=True)
GRAMMARS = (
    Grammar(),
    HUGO,
    PYTHON,
    Grammar(KRAMDOWN, certain=True, footnotes=True),
    Grammar(javascript=True),
)


def links(text, grammar=HUGO):
    body = scan(text, 0, grammar)
    return [(link.kind, text[slice(*link.text)], link.destination) for link in body.links]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](b)", [("inline", "a", "b")]),
        ("[a](<b c> 'T')", [("inline", "a", "b c")]),
        ("[a](b(c)d)", [("inline", "a", "b(c)d")]),
        ("![a](b)", [("inline", "a", "b")]),
        ("[![p](q)](r)", [("inline", "![p](q)", "r"), ("inline", "p", "q")]),
        (
            "[a][b] [b][] [b]\n\n[B]: c 'T'",
            [("reference", "a", "c"), ("collapsed", "b", "c"), ("shortcut", "b", "c")],
        ),
        ("<https://a.org/b>", [("auto", "https://a.org/b", "https://a.org/b")]),
        ("See https://a.org/b. Yes", [("bare", "https://a.org/b", "https://a.org/b")]),
        ('[a]({{< ref "x.md" >}})', [("inline", "a", '{{< ref "x.md" >}}')]),
        ("[a]({% post_url x %}#b)", [("inline", "a", "{% post_url x %}#b")]),
        ("| a | [b](c) |\n|---|---|\n| [d](e) | `|` |", [("inline", "b", "c"), ("inline", "d", "e")]),
        (
            "> [a](b)\n\n- [c](d)\n\n  [e](f)",
            [("inline", "a", "b"), ("inline", "c", "d"), ("inline", "e", "f")],
        ),
        ("# [a](b)", [("inline", "a", "b")]),
        ("[^1]\n\n[^1]: [a](b)", [("inline", "a", "b")]),
        ("x $a$ [a](b) $b$", [("inline", "a", "b")]),
    ],
)
def test_links_are_found(text, found):
    assert links(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "`[a](b)`", "``[a](`b)``", "```\n[a](b)\n```", "~~~ x\n[a](b)", "    [a](b)", "<!-- [a](b) -->",
        "<!-- x\n\n[a](b)\n\n-->", "\\[a](b)", "$$\n[a](b)\n$$", "{% raw %}\n[a](b)\n{% endraw %}",
        "{{< highlight go >}}\n[a](b)\n{{< /highlight >}}", "<div>\n[a](b)\n</div>", "<pre>\n\n[a](b)\n\n</pre>",
        "- a\n\n        [a](b)", "> ```\n> [a](b)\n> ```", "1. a\n   ```\n   [a](b)\n   ```", "[a] (b)", "[a](b c)",
        '<a title="[a](b)">',
    ],
)  # fmt: skip
def test_what_is_no_link_is_none(text):
    assert links(text) == []


def test_places_are_those_of_the_whole_text():
    text = "---\ntitle: é\n---\n🐟 [a b](c.md 'T'){ .x } ![](<d e.png>)\n\n[x]: y.md\n"
    body = scan(text, text.index("🐟"), PYTHON)
    first, second = body.links
    assert text[first.start : first.end] == "[a b](c.md 'T'){ .x }"
    assert (text[slice(*first.target)], first.title, first.attributes) == ("c.md", "T", ".x")
    assert (text[second.start : second.end], text[slice(*second.target)]) == ("![](<d e.png>)", "d e.png")
    [definition] = body.definitions
    assert (text[slice(*definition.name)], text[slice(*definition.target)]) == ("x", "y.md")


def test_headings_have_their_level_words_and_id():
    text = "# One #\n\nTwo\n---\n\n### Three {#c .d}\n\n> #### Four\n\nFive words\nof it\n===\n"
    found = [
        (head.level, text[head.start : head.end], head.id, head.nested)
        for head in scan(text, 0, HUGO).headings
    ]
    assert found == [
        (1, "One", "", False),
        (2, "Two", "", False),
        (3, "Three", "c", False),
        (4, "Four", "", True),
        (1, "Five words\nof it", "", False),
    ]


def test_a_heading_may_have_no_words():
    for text in ("#\n", "# #", "# # ", "## ##  \n"):
        [head] = scan(text, 0, HUGO).headings
        assert head.start == head.end


def test_python_markdown_takes_a_heading_without_a_space():
    assert [head.level for head in scan("##One\n", 0, PYTHON).headings] == [2]
    assert scan("##One\n", 0, HUGO).headings == ()


def test_a_fence_without_end_is_text_to_python_markdown_alone():
    text = "```\n[a](b)\n"
    assert links(text, PYTHON) == [("inline", "a", "b")]
    assert links(text, HUGO) == []
    assert not scan(text, 0, PYTHON).fences[0].closed


def test_blocks_within_admonitions_and_lists_are_no_code():
    text = "!!! note\n\n    [a](b)\n\n    - c\n\n        [d](e)\n\n            [f](g)\n"
    assert links(text, PYTHON) == [("inline", "a", "b"), ("inline", "d", "e")]


def test_markdown_in_html_is_read_where_it_is_asked_for():
    text = "<div markdown>\n\n[a](b)\n\n</div>\n\n<div>\n\n[c](d)\n\n</div>\n"
    assert links(text, PYTHON) == [("inline", "a", "b")]
    assert links(text, HUGO) == [("inline", "a", "b"), ("inline", "c", "d")]


def test_kramdown_may_read_markdown_in_any_html():
    text = "<div>\n[a](b)\n</div>\n"
    assert links(text, Grammar(KRAMDOWN, certain=True)) == []
    assert links(text, Grammar(KRAMDOWN, certain=True, reads_html=True)) == [("inline", "a", "b")]


def test_tags_have_their_attributes():
    text = '<img src="a.png" alt=\'b\' data-c=d {{ e }} hidden>\n\nA <a href="{{ "x" | y }}">z</a>.\n'
    tags = scan(text, 0, HUGO).tags
    assert [tag.name for tag in tags] == ["a", "a"]
    assert tags[0].attributes["href"][0] == '{{ "x" | y }}'
    [tag] = scan("<img src=\"a.png\" alt='b' data-c=d hidden>\n", 0, HUGO).tags
    assert {name: value[0] for name, value in tag.attributes.items()} == {
        "src": "a.png", "alt": "b", "data-c": "d", "hidden": "",
    }  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_is_there_once(newline):
    text = newline.join(["# A", "", "b", "", "```", "c", "```", "- d", "  e", "", "> f"])
    body = scan(text, 0, HUGO)
    assert [text[line.start : line.end] for line in body.lines] == text.split(newline)
    assert [line.kind for line in body.lines] == [
        kinds.HEADING, kinds.BLANK, kinds.TEXT, kinds.BLANK, kinds.FENCE, kinds.CODE, kinds.FENCE,
        kinds.TEXT, kinds.TEXT, kinds.BLANK, kinds.TEXT,
    ]  # fmt: skip


PIECES = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", "\r", " ", "  ", "\t", "    ", "# ", "## A", "=", "---", "- ", "1. ", "> ", "```", "~~~",
        "`", "``", "[", "]", "(", ")", "![", "](", "[^", "]: ", "<", ">", "<div>", "</div>", "<!--", "-->", "<pre>",
        "{{", "}}", "{%", "%}", "{% raw %}", "{% endraw %}", "{{< a >}}", "$", "$$", "\\[", "\\]", "\\", "!!! note",
        '=== "A"', "??? x", "|", "|-|-|", "a", "a b", "é", "🐟", '"', "'", "{#a}", "{: .b}", ": ", "/// note", ":::",
        "https://a.org", "<b>", "import a", "TODO:", "  \n", "<img src=a>", "*[A]:", "--8<--", "\u2028", "\x00",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(GRAMMARS), st.integers(0, 5))
def test_the_scan_never_fails_and_stays_within_the_text(text, grammar, start):
    start = min(start, len(text))
    body = scan(text, start, grammar)
    spans = [(line.start, line.end) for line in body.lines]
    assert all(after[0] > before[1] for before, after in itertools.pairwise(spans))
    rest = text[start:]
    ends = rest.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert len(spans) == ends + (rest != "" and rest[-1] not in "\r\n")
    for one in (*body.links, *body.headings, *body.fences, *body.calls, *body.definitions, *body.footnotes,
                *body.footnote_uses, *body.tags, *body.comments):  # fmt: skip
        assert start <= one.start <= one.end <= len(text)
    for link in body.links:
        assert link.start <= link.text[0] <= link.text[1] <= link.end
    assert all(before[1] < after[0] for before, after in itertools.pairwise(body.hidden))
    assert all(start <= one < other <= len(text) for one, other in body.hidden)
