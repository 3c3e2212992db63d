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
