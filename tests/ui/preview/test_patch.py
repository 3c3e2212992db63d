import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.ui.preview.patch import Page, Run, message, patched

FORMULA = '<p><span class="arithmatex">\\(x\\)</span></p>'
HTML = st.sampled_from(["<p>a</p>", "<p>b</p>", "<p>c</p>", "", FORMULA])
BLOCKS = st.lists(st.tuples(HTML, st.integers(0, 2)), max_size=8)
SCRIPT = st.lists(
    st.one_of(
        st.tuples(st.just("change"), st.floats(0, 1), st.floats(0, 1), BLOCKS),
        st.tuples(st.just("send"), st.integers(0, 60)),
        st.tuples(st.just("ready"), st.floats(0, 1)),
        st.tuples(st.just("renew"), st.floats(0, 1)),
        st.just(("clear",)),
    ),
    max_size=30,
)


def page_of(count, size=1):
    page = Page()
    page.apply([(0, None, [(f"<p>{number}{'x' * size}</p>", 1) for number in range(count)])])
    return page


def sent(page, characters=1 << 30):
    """Send all that is ready and return it."""
    every = []
    while True:
        runs, complete = page.next_part(characters)
        if not runs:
            return every
        every += runs
        if complete:
            return every


@given(SCRIPT)
def test_whatever_happens_the_page_comes_to_what_is_wanted(script):
    page, mirror, wanted = Page(), [], []
    for what, *values in script:
        if what == "change":
            first, last = sorted(round(value * len(wanted)) for value in values[:2])
            page.apply([(first, last - first, values[2])])
            wanted[first:last] = values[2]
        elif what == "send":
            runs, complete = page.next_part(values[0])
            assert [run.start for run in runs] == sorted(run.start for run in runs)
            mirror = patched(mirror, runs)
            assert not complete or mirror == page.wanted
        elif what == "ready":
            for block in page.wanted[: round(values[0] * len(page.wanted))]:
                block.screen = "done" if block.screen is None else block.screen
        elif what == "renew" and wanted:
            index = round(values[0] * (len(wanted) - 1))
            block = page.wanted[index]
            page.anew(index, type(block)(block.published, block.lines))
        elif what == "clear":
            page.clear_shown()
            mirror = []
        assert mirror == page.shown
        assert [(block.published, block.lines) for block in page.wanted] == wanted
    for block in page.wanted:
        block.screen = "done" if block.screen is None else block.screen
    for _step in range(len(page.wanted) + len(mirror) + 1):
        mirror = patched(mirror, page.next_part(1)[0])
    assert mirror == page.wanted
    assert page.next_part(1) == ([], True)


def test_a_key_is_one_block_even_while_the_rest_of_a_long_page_is_still_to_come():
    page = page_of(900)
    page.next_part(3_000)
    page.apply([(100, 1, [("<p>typed</p>", 1)])])
    runs, complete = page.next_part(3_000)
    assert not complete
    assert runs[0] == Run(100, 1, (page.wanted[100],))
    assert runs[1].removed == 0


def test_what_is_typed_does_not_wait_for_a_formula_elsewhere():
    page = page_of(10)
    sent(page)
    page.apply([(2, 1, [(FORMULA, 1)])])
    page.apply([(7, 1, [("<p>typed</p>", 1)])])
    runs, complete = page.next_part(1 << 30)
    assert [run.start for run in runs] == [7]
    assert not complete


def test_what_stands_between_two_changes_is_kept():
    page = page_of(5)
    sent(page)
    page.apply([(0, 1, [("<p>x</p>", 1)]), (4, 1, [("<p>y</p>", 1)])])
    assert [(run.start, run.removed, len(run.inserted)) for run in sent(page)] == [(0, 1, 1), (4, 1, 1)]


def test_a_part_is_about_as_long_as_asked():
    page = page_of(100, 20)
    assert len(page.next_part(100)[0][0].inserted) == 4
    assert page.next_part(1 << 30)[1]


def test_the_far_end_of_a_long_page_sleeps_until_it_is_near():
    page = page_of(3000, 200)
    awake = [not block.asleep for block in page.wanted]
    assert all(awake[:800])
    assert not any(awake[1200:])
    sent(page)
    assert sum(len(block.screen) for block in page.shown) < 500_000
    page.wake_around(2000, 2004)
    assert not any(block.asleep for block in page.wanted[1950:2050])
    assert page.wanted[1700].asleep
    assert page.wanted[2300].asleep
    assert [run.removed == len(run.inserted) for run in sent(page)] == [True]
    assert page.wake_around(1998, 2006) == []


def test_what_is_typed_far_away_sleeps_and_what_is_typed_near_does_not():
    page = page_of(3000, 200)
    sent(page)
    page.apply([(2500, 1, [("<p>far</p>", 1)])])
    page.apply([(5, 1, [("<p>near</p>", 1)])])
    assert page.wanted[2500].asleep
    assert not page.wanted[5].asleep


def test_a_block_that_did_not_change_stays_awake_when_all_comes_anew():
    page = page_of(3000, 200)
    page.wake_around(2000, 2004)
    page.apply([(0, None, [(block.published, block.lines) for block in page.wanted])])
    assert not page.wanted[2002].asleep
    assert page.wanted[2600].asleep


def test_a_name_is_found_in_what_sleeps():
    page = page_of(3000, 200)
    page.apply([(2500, 1, [('<h2 id="far">Far</h2>', 1)]), (2600, 1, [('<p><a name="old"></a></p>', 1)])])
    assert page.asleep_with("far") == 2500
    assert page.asleep_with("old") == 2600
    assert page.asleep_with("gone") is None
    page.wake(2500, 2500)
    assert page.asleep_with("far") is None


def test_a_change_out_of_the_page_is_refused():
    with pytest.raises(ValueError, match="no blocks"):
        page_of(3).apply([(2, 2, [])])


def test_of_a_long_block_only_what_differs_is_sent():
    chance = random.Random(3)
    words = "".join(chance.choice("abc é😀") for _letter in range(4000))
    page = Page()
    page.apply([(0, None, [(f"<p>{words}</p>", 1)])])
    sent(page)
    before = page.shown
    page.apply([(0, 1, [(f"<p>{words[:2000]}X{words[2000:]}</p>", 1)])])
    [[html, _lines, head, tail]] = message(page.next_part(1 << 30)[0][0], before)[2]
    assert html == "X"
    assert head == len(f"<p>{words[:2000]}".encode("utf-16-le")) // 2
    assert tail == len(f"{words[2000:]}</p>\n".encode("utf-16-le")) // 2
