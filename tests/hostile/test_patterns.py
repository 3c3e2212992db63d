"""Runs of one sign, a hundred thousand of it in a line: what looks at a line on each key is done at once."""

import pytest

from editor.post.line_state import TEXT, YAML, front_matter_state, state_after
from editor.proof.body.blocks import scan
from editor.proof.body.grammar import COMMONMARK, PYTHON_MARKDOWN, Grammar
from editor.ui.text_editor.line_spans import line_spans
from tests.hostile.fuzz import within

RUNS = (
    " ", "\t", "> ", ">", "- ", "1. ", "`", "~", "*", "_", "[", "](", "![", "<", "<a ", "<!--", "-->", "{", "{{", "{%", "$", "$$", "|",
    "-", "=", "#", "# ", "\\", "&a;", ":", "a:", '"', "'", "a b ", "!", "(", "x", "\u0301", "é", "*a ", "**a", "[^", "]: ", "+",
)  # fmt: skip


@pytest.mark.parametrize("beginning", ["", "```", "- ", "> ", "a: "])
def test_a_line_takes_no_time(beginning):
    for run in RUNS:
        for ending in ("", "`", "x"):
            line = beginning + run * (100_000 // len(run)) + ending
            for state in (TEXT, YAML, front_matter_state("+++"), state_after("```py", TEXT)):
                with within(1.0):
                    state_after(line, state)


def test_nor_does_colouring_one():
    for run in RUNS:
        line = run * (5_000 // len(run))
        for state in (TEXT, YAML):
            with within(1.0):
                list(line_spans(line, state))


BLOCKS = (
    "[a](<b", '[a](b "', "[a][", "`a``", "<div>\n\n", "```\n", "````\n```\n", "<a b='", "[^a]: ", "[a]: b\n", "[x]({{", "https://",
    "<!--\n", "$$\n", "\\[\n", "\\begin{a}\n", "{% raw %}\n", "{{< x\n", "!!! a\n", "    !!! a\n", "- a\n  ", "> a\n", "<pre>", "</div>\n",
    "a\n\n", "a|b\n-|-\n", "\r", "a\n=\n", "- ```\n", "> ```\n", "[a\n", "[a](x){", "![](x)", "<!-- a -->", "{{ a }}", "## a {#a}\n",
)  # fmt: skip


@pytest.mark.parametrize("family", [COMMONMARK, PYTHON_MARKDOWN])
def test_nor_does_scanning_a_body(family):
    python = family == PYTHON_MARKDOWN
    grammar = Grammar(family, True, fences_need_end=python, four_columns=python, blank_above_list=python)
    for run in (*RUNS, *BLOCKS):
        for beginning in ("", "- ", "> "):
            text = beginning + run * (15_000 // len(run))
            with within(1.0):
                scan(text, 0, grammar)
