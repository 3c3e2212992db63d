"""The page as blocks: what changes is told, and lines are found."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.render.page_blocks import Block, Change, PageBlocks
from editor.render.withheld import kinds, withheld


def block(html, lines=1):
    return Block(html, lines, kinds(html))


def page_of(*blocks):
    page = PageBlocks()
    page.replace_all([block(each) if isinstance(each, str) else block(*each) for each in blocks])
    return page


def made(before, changes):
    """Return a list of blocks after `changes`, as one makes them who only hears of them."""
    result = list(before)
    for change in reversed(changes):
        result[change.start : change.start + change.removed] = change.blocks
    return result


def test_the_blocks_together_are_the_page():
    page = page_of("<p>a</p>", "", "<p>b</p>")
    assert page.html() == "<p>a</p>\n<p>b</p>"
    assert len(page) == 3
    assert page.pieces() == ["<p>a</p>", "", "<p>b</p>"]


def test_a_page_that_was_cut_up_afterwards_keeps_its_line_feeds():
    assert (
        page_of(("<p>a</p>", None), ("", None), ("<p>b</p>", None), ("", None)).html()
        == "<p>a</p>\n\n<p>b</p>\n"
    )


def test_another_page_differs_only_where_it_does():
    page = page_of("a", "b", "c", "d", "e")
    changes = page.replace_all([block(each) for each in "aXcdYZ"])
    assert changes == [Change(1, 1, [block("X")]), Change(4, 1, [block("Y"), block("Z")])]
    assert page.replace_all([block(each) for each in "aXcdYZ"]) == []


def test_other_lines_are_a_change_too():
    page = page_of("a", "b")
    assert page.replace_all([block("a", 2), block("b")]) == [Change(0, 1, [block("a", 2)])]


def test_what_is_found_in_the_blocks_is_counted():
    page = page_of("<style></style>", "<p>b</p>", "<form></form>")
    assert [sentence.split()[0] for sentence in withheld(page.kinds)] == ["Style", "Forms"]
    page.apply([Change(0, 1, [block("<p>a</p>")]), Change(2, 1, [block("<script></script>")])])
    assert [sentence.split()[0] for sentence in withheld(page.kinds)] == ["Scripts"]


@pytest.mark.parametrize(
    "changes",
    [
        [Change(2, 1, ())],
        [Change(0, 3, ())],
        [Change(-1, 1, ())],
        [Change(1, 1, ()), Change(0, 1, ())],
        [Change(0, 2, ()), Change(1, 1, ())],
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(changes):
    page = page_of("a", "b")
    with pytest.raises(ValueError, match="change"):
        page.apply(changes)
    with pytest.raises(ValueError, match=r"correction|change"):
        page.correct([(change.start, change.removed, block("x")) for change in changes])
    assert page.pieces() == ["a", "b"]


def test_a_correction_shows_one_html_for_several_blocks():
    page = page_of("a", "b", "c", "d")
    assert page.correct([(1, 2, block("X"))]) == [Change(1, 2, [block("X"), block("")])]
    assert page.html() == "a\nX\nd"


def test_a_correction_goes_with_the_first_change_inside_and_all_of_it_is_told():
    page = page_of("a", "b", "c", "d", "e")
    page.correct([(1, 3, block("X"))])
    assert page.apply([Change(0, 1, ())]) == [Change(0, 1, ())]
    assert page.pieces() == ["X", "", "", "e"]
    changes = page.apply([Change(1, 1, [block("C"), block("C2")])])
    assert page.pieces() == ["b", "C", "C2", "d", "e"]
    assert changes == [Change(0, 3, [block(each) for each in ("b", "C", "C2", "d")])]


def test_a_correction_over_another_takes_its_place():
    page = page_of("a", "b", "c", "d")
    page.correct([(0, 2, block("X"))])
    page.correct([(1, 2, block("Y"))])
    assert page.pieces() == ["a", "Y", "", "d"]


# -- Lines


def test_an_empty_page_has_no_lines():
    assert not PageBlocks().lines_known


def test_blocks_of_unknown_lines_make_all_unknown():
    page = page_of(("a", 1), ("b", None))
    assert not page.lines_known
    page.apply([Change(1, 1, [block("b", 2)])])
    assert page.lines_known


BLOCKS = st.lists(
    st.builds(block, st.sampled_from(["", "<p>a</p>", "<form></form>", "c"]), st.integers(0, 3)), max_size=5
)
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("change"), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), BLOCKS), max_size=3)
        ),
        st.tuples(st.just("correct"), st.floats(0, 1), st.integers(1, 3)),
        st.tuples(st.just("all"), BLOCKS),
    ),
    max_size=20,
)


@given(BLOCKS, STEPS)
def test_whoever_hears_of_the_changes_has_the_page(blocks, steps):
    page = PageBlocks()
    heard = made([], page.replace_all(blocks))
    for kind, *rest in steps:
        changes = []
        if kind == "change":
            position, ordered = 0, []
            for gap, removed, added in rest[0]:
                start = min(position + gap, len(page))
                removed = min(removed, len(page) - start)
                ordered.append(Change(start, removed, added))
                position = start + removed
            changes = page.apply(ordered)
        elif kind == "correct" and len(page):
            at = round(rest[0] * (len(page) - 1))
            changes = page.correct([(at, min(rest[1], len(page) - at), block("!"))])
        elif kind == "all":
            changes = page.replace_all(rest[0])
        heard = made(heard, changes)
        assert heard == page.blocks()
        assert all(one.start + one.removed <= other.start for one, other in pairwise(changes))
        found = 0
        for each in heard:
            found |= each.kinds
        assert page.kinds == found
