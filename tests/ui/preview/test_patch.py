from hypothesis import given
from hypothesis import strategies as st

from editor.ui.preview.patch import Run, first_part, patched, runs_between

BLOCKS = st.lists(st.sampled_from("abcdefg"), max_size=12)


@given(BLOCKS, BLOCKS)
def test_the_runs_make_the_wanted_page(shown, wanted):
    runs = runs_between(shown, wanted)
    assert patched(shown, runs) == wanted
    assert bool(runs) == (shown != wanted)


@given(BLOCKS, BLOCKS, st.integers(0, 6))
def test_part_by_part_it_comes_to_the_wanted_page(shown, wanted, size):
    for _step in range(len(shown) + len(wanted) + 1):
        shown = patched(shown, first_part(runs_between(shown, wanted), size))
    assert shown == wanted


def test_one_changed_block_is_one_run():
    assert runs_between(list("abc"), list("axc")) == [Run(1, 1, ("x",))]


def test_what_stands_between_two_changes_is_kept():
    assert runs_between(list("abcde"), list("xbcdy")) == [Run(0, 1, ("x",)), Run(4, 1, ("y",))]


def test_a_part_is_about_as_long_as_asked():
    runs = runs_between([], ["x" * 10] * 100)
    assert len(first_part(runs, 35)[0].inserted) == 4
    assert first_part(runs, 10_000) == runs
