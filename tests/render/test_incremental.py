import pytest
from hypothesis import given

from tests.render.generated import DOCUMENTS, EDITS, FAST, Shown, page, placed, tree, whole


@pytest.mark.parametrize("open_from", [0, 1_000_000], ids=["opened", "closed"])
@pytest.mark.parametrize("name", ["material", "extra"])
@FAST
@given(text=DOCUMENTS, edits=EDITS)
def test_after_any_edits_the_page_is_that_of_the_whole(name, open_from, text, edits):
    kept, shown = page(name, open_from), Shown()
    shown.take(kept.open(text))
    assert tree(shown.html) == tree(whole(name, text))
    for edit in edits:
        edit = placed(text, edit)
        text = text[: edit[0]] + edit[2] + text[edit[1] :]
        kept.edit(*edit)
        shown.take(kept.patch())
        assert tree(shown.html) == tree(whole(name, text)), repr(text)


@pytest.mark.parametrize("open_from", [0, 1_000_000], ids=["opened", "closed"])
@FAST
@given(text=DOCUMENTS, edits=EDITS, later=EDITS)
def test_edits_that_waited_make_one_patch_of_the_whole(open_from, text, edits, later):
    kept, shown = page("material", open_from), Shown()
    shown.take(kept.open(text))
    for several in (edits, later):
        for edit in several:
            edit = placed(text, edit)
            text = text[: edit[0]] + edit[2] + text[edit[1] :]
            kept.edit(*edit)
        shown.take(kept.patch())
        assert tree(shown.html) == tree(whole("material", text)), repr(text)


def test_a_list_that_stays_keeps_its_items_while_one_beside_it_becomes_another():
    # Both lie between edits that waited; what the page decides has to reach the items of both later.
    text = "Top\n\n- a[^1]\n- b\n- c\n\nText\n\n1. d\n2. e[^1]\n3. f\n\n[^1]: note\n"
    kept, shown = page("material", open_from=0), Shown()
    shown.take(kept.open(text))

    def edit(old, new):
        nonlocal text
        start = text.index(old)
        kept.edit(start, start + len(old), new)
        text = text.replace(old, new, 1)

    edit("Top", "At the top")
    edit("3. f", "3. other")
    shown.take(kept.patch())
    edit("At the top", "[^0]: first\n\nAt the top")
    shown.take(kept.patch())
    assert tree(shown.html) == tree(whole("material", text))
    assert shown.html.count(">2</a></sup>") == 2


@pytest.mark.parametrize(
    ("end", "lines"), [("", [2, 1]), ("\n", [2, 1]), ("\nmore", [2, 2]), ("\n\n", [2, 2])]
)
def test_a_last_line_counts_without_its_line_feed_too(end, lines):
    shown = Shown().take(page("material").open("one\n\ntwo" + end))
    assert [count for _html, count in shown.blocks] == lines
