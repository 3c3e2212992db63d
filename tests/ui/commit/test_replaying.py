"""A change that is done to another version of its file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.ui.commit.replaying import replayed

LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n", b"\n", b"long line\n"]), max_size=8).map(b"".join)


@pytest.mark.parametrize(
    ("onto", "before", "after", "wanted"),
    [
        (b"a\nb\nc\n", b"a\nb\nX\n", b"A\nb\nX\n", b"A\nb\nc\n"),
        (b"draft: 1\ndate: 1\n", b"draft: 1\ndate: 2\n", b"draft: 2\ndate: 2\n", b"draft: 2\ndate: 1\n"),
        (b"a\r\nb\r\n", b"a\nb\n", b"a\nnew\nb\n", b"a\r\nnew\r\nb\r\n"),
        (b"\xef\xbb\xbfa\n", b"a\n", b"b\n", b"\xef\xbb\xbfb\n"),
        (b"a\n", b"\xef\xbb\xbfa\r\n", b"\xef\xbb\xbfb\r\n", b"b\n"),
        (b"a\nb", b"a\nb", b"a\nb\nc", b"a\nb\nc"),
        (b"a\nb", b"a\nb\n", b"a\nb\nc\n", b"a\nb\nc"),
        (b"a\nb\n", b"a\nb\n", b"a\nb", b"a\nb"),
        (b"above\na\n", b"a\n", b"a\nend\n", b"above\na\nend\n"),
        (b"", b"", b"new\n", b"new\n"),
    ],
)
def test_the_change_alone_is_done(onto, before, after, wanted):
    assert replayed(onto, before, after) == wanted


@pytest.mark.parametrize(
    ("onto", "before", "after"),
    [
        (b"a\nb\n", b"a\nX\n", b"a\nY\n"),
        (b"a\n", b"X\nY\n", b"X\nnew\nY\n"),
    ],
)
def test_where_the_lines_are_others_there_is_no_answer(onto, before, after):
    assert replayed(onto, before, after) is None


@given(LINES, LINES)
def test_the_change_of_a_version_gives_the_next_one(before, after):
    assert replayed(before, before, after) == after


@given(LINES, LINES)
def test_no_change_leaves_any_version_as_it_is(onto, before):
    assert replayed(onto, before, before) == onto
