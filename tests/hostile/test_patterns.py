"""Runs of one sign, a hundred thousand of it in a line: what looks at a line on each key is done at once."""

import pytest

from editor.post.line_state import TEXT, YAML, front_matter_state, state_after
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
