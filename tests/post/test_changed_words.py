"""Words within lines, and which lines are forms of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.post.differences import changed_words, paired


def marked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return `text` with its spans in brackets."""
    for start, end in reversed(spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("draft: true", "draft: false", "draft: [true]", "draft: [false]"),
        ("time have passed.", "time has passed.", "time [have] passed.", "time [has] passed."),
        ("(github.com/x)", "(https://github.com/x)", "(github.com/x)", "([https://]github.com/x)"),
        ("one two three", "one three", "one [two ]three", "one three"),
        ("a b c d", "a x y d", "a [b c] d", "a [x y] d"),
        ("同じ文です", "同じ本です", "同じ[文]です", "同じ[本]です"),
        ("", "new", "", "[new]"),
        ("same", "same", "same", "same"),
        ("an 😀 here", "an 😁 here", "an [😀] here", "an [😁] here"),
    ],
)
def test_words_that_differ_are_marked_and_no_others(before, after, gone, new):
    old_spans, new_spans = changed_words(before, after)
    assert marked(before, old_spans) == gone
    assert marked(after, new_spans) == new


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_is_not_marked_is_the_same_on_both_sides(before, after):
    def rest(text, spans):
        for start, end in reversed(spans):
            text = text[:start] + text[end:]
        return text

    old_spans, new_spans = changed_words(before, after)
    # Blanks between two marked words are marked with them, on one side perhaps.
    assert "".join(rest(before, old_spans).split()) == "".join(rest(after, new_spans).split())


def test_lines_are_paired_with_what_they_became():
    gone = ["The first line of it.", "A second one follows."]
    new = ["Something else altogether, new!", "The first line of that.", "A second one follows it."]
    assert paired(gone, new) == [(None, 0), (0, 1), (1, 2)]


def test_lines_that_have_nothing_in_common_are_not_paired():
    assert paired(["abc def"], ["xyz uvw"]) == [(0, None), (None, 0)]


def test_many_lines_are_paired_by_their_place():
    gone, new = [f"line {n}" for n in range(100)], [f"other {n}" for n in range(90)]
    pairs = paired(gone, new)
    assert pairs[:90] == [(n, n) for n in range(90)]
    assert pairs[90:] == [(n, None) for n in range(90, 100)]


@given(st.lists(st.text(max_size=12), max_size=6), st.lists(st.text(max_size=12), max_size=6))
def test_each_line_is_read_once_and_in_its_order(gone, new):
    pairs = paired(gone, new)
    assert [one for one, _other in pairs if one is not None] == list(range(len(gone)))
    assert [other for _one, other in pairs if other is not None] == list(range(len(new)))
