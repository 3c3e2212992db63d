"""Hunks: any choice of them gives a file of whole lines of the two, and every byte is as it was."""

import itertools
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.git.hunks import Hunk, hunks, lines_of, with_hunks

LINES = st.lists(
    st.sampled_from(
        [b"a\n", b"b\n", b"c\r\n", b"c\n", b"\r", b"\n", b"\r\n", b"\0\n", b"\xff\xfe\n", b"d\re\n"]
    ),
    max_size=14,
)
END = st.sampled_from([b"", b"end", b"\r", b"\0"])


def contents():
    return st.builds(lambda lines, end: b"".join(lines) + end, LINES, END)


@given(contents(), contents())
@settings(deadline=None)
def test_all_hunks_give_the_later_version_and_none_the_earlier(before, after):
    count = len(hunks(before, after))
    assert with_hunks(before, after, range(count)) == after
    assert with_hunks(before, after, ()) == before
    assert (count == 0) == (before == after)


@given(contents(), contents(), st.sets(st.integers(0, 9)))
@settings(deadline=None)
def test_a_choice_leaves_the_bytes_of_all_other_lines(before, after, chosen):
    """What is expected is put together from the hunks' places alone."""
    old, new = lines_of(before), lines_of(after)
    expected: list[bytes] = []
    done = 0
    for number, hunk in enumerate(hunks(before, after)):
        expected += old[done : hunk.before_start]
        expected += (
            new[hunk.after_start : hunk.after_end]
            if number in chosen
            else old[hunk.before_start : hunk.before_end]
        )
        done = hunk.before_end
    expected += old[done:]
    mixed = with_hunks(before, after, chosen)
    assert mixed == b"".join(expected)
    assert lines_of(mixed) == expected, "no line of one side is glued to one of the other"


@given(contents(), contents())
@settings(deadline=None)
def test_hunks_are_in_order_with_a_common_line_between(before, after):
    old, new = lines_of(before), lines_of(after)
    found = hunks(before, after)
    for hunk in found:
        assert hunk.gone == tuple(old[hunk.before_start : hunk.before_end])
        assert hunk.new == tuple(new[hunk.after_start : hunk.after_end])
        assert hunk.gone or hunk.new
    last, new_last = 0, 0
    for hunk in [*found, Hunk(len(old), len(old), len(new), len(new), (), ())]:
        assert old[last : hunk.before_start] == new[new_last : hunk.after_start]
        last, new_last = hunk.before_end, hunk.after_end
    for one, other in itertools.pairwise(found):
        assert other.before_start > one.before_end
        assert other.after_start > one.after_end


@given(contents(), contents(), st.sets(st.integers(0, 9)))
@settings(deadline=None)
def test_what_was_chosen_is_no_difference_any_more(before, after, chosen):
    """Choosing some, and then all the rest, is choosing all."""
    mixed = with_hunks(before, after, chosen)
    assert with_hunks(mixed, after, range(len(hunks(mixed, after)))) == after


def test_only_a_line_feed_ends_a_line():
    assert lines_of(b"a\rb\r\nc\x0bd\x0c\xe2\x80\xa8e\n\nf") == [
        b"a\rb\r\n",
        b"c\x0bd\x0c\xe2\x80\xa8e\n",
        b"\n",
        b"f",
    ]
    assert lines_of(b"") == []


def test_two_edits_in_one_file_can_be_taken_singly():
    before, after = b"a\nb\nc\nd\n", b"A\nb\nc\nD\n"
    assert [(hunk.gone, hunk.new) for hunk in hunks(before, after)] == [
        ((b"a\n",), (b"A\n",)),
        ((b"d\n",), (b"D\n",)),
    ]
    assert with_hunks(before, after, [1]) == b"a\nb\nc\nD\n"


def test_a_moved_paragraph_stays_whole():
    paragraph = b"".join(b"line %d\n" % number for number in range(5))
    before, after = b"top\n" + paragraph + b"middle\nend\n", b"top\nmiddle\n" + paragraph + b"end\n"
    assert len(hunks(before, after)) == 2


def test_large_files_take_no_time():
    before = b"".join(b"line %d\n" % number for number in range(50_000))
    after = b"".join(b"line %d%s\n" % (number, b"!" * (number % 7 == 0)) for number in range(50_000))
    repeated, other = b"x\ny\n" * 20_000, b"y\nz\n" * 20_000
    nested = [b"%d\n" % (number // 2 + 1 - 3 * (number % 2) * (number > 1)) for number in range(20_000)]
    start = time.perf_counter()
    assert len(hunks(before, after)) == 7_143
    assert with_hunks(repeated, other, range(40_000)) == other
    assert hunks(b"".join(nested), b"".join(nested[::-1]))
    assert len(hunks(b"a\n" + b"x\ny\n" * 400, b"b\n" + b"y\nx\n" * 400 + b"c\n")) > 1
    assert time.perf_counter() - start < 5
