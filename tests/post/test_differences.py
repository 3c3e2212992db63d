from hypothesis import given
from hypothesis import strategies as st

from editor.post.differences import DiffLine, count_changed, diff_lines


def kinds(before, after, context=1):
    return [(line.kind, line.text) for line in diff_lines(before, after, context)]


def test_equal_texts_have_no_lines():
    assert diff_lines("a\nb\n", "a\nb\n") == []


def test_a_changed_line_with_what_is_around():
    found = kinds("a\nb\nc\nd\ne\n", "a\nb\nX\nd\ne\n")
    assert found == [
        ("skipped", ""),
        ("same", "b"),
        ("gone", "c"),
        ("new", "X"),
        ("same", "d"),
        ("skipped", ""),
    ]


def test_changes_near_each_other_share_the_lines_between():
    found = kinds("a\nb\nc\n", "A\nb\nC\n", 3)
    assert [kind for kind, _text in found] == ["gone", "new", "same", "gone", "new"]


def test_an_ending_counts():
    assert kinds("a\r\n", "a\n") == [("gone", "a"), ("new", "a")]
    assert kinds("a", "a\n") == [("gone", "a"), ("new", "a")]


def test_numbers_are_those_of_the_lines():
    found = diff_lines("a\nb\n", "a\nx\nb\n", 0)
    assert found == [DiffLine("skipped", "", 1), DiffLine("new", "x", 2), DiffLine("skipped", "", 3)]


def test_counting():
    assert count_changed(diff_lines("a\nb\nc\n", "a\nX\nc\nd\n")) == 2
    assert count_changed([]) == 0


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\r\n", "\n"]), max_size=12)


@given(LINES, LINES, st.integers(0, 3))
def test_with_all_around_it_either_text_can_be_read_off(old, new, context):
    before, after = "".join(old), "".join(new)
    found = diff_lines(before, after, 100)
    if before != after:
        assert [line.text for line in found if line.kind != "gone"] == after.splitlines()
        assert [line.text for line in found if line.kind != "new"] == before.splitlines()
    shown = [line for line in diff_lines(before, after, context) if line.kind in ("same", "new")]
    assert [line.line for line in shown] == sorted({line.line for line in shown})
    assert all(after.splitlines()[line.line - 1] == line.text for line in shown)
