"""Pages that are handed over before all of their blocks are rendered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.generated import DOCUMENTS, EDITS, FAST, Shown, page, placed, tree, whole


class Budget:
    """Has enough after so many questions."""

    def __init__(self, blocks):
        self.left = blocks

    def __call__(self):
        self.left -= 1
        return self.left < 0


def finish(kept, shown, patch):
    """Take in patch after patch of one block until there is no more."""
    for _ in range(500):
        if not patch.more:
            return
        patch = kept.patch(Budget(0))
        assert patch.rendered or not patch.more
        shown.take(patch)
    raise AssertionError("it never ends")


@pytest.mark.parametrize("open_from", [0, 1_000_000], ids=["opened", "closed"])
@FAST
@given(text=DOCUMENTS, edits=EDITS, budgets=st.lists(st.integers(0, 4), min_size=8, max_size=8))
def test_a_page_in_the_making_is_edited_and_ends_as_that_of_the_whole(open_from, text, edits, budgets):
    kept, shown = page("material", open_from), Shown()
    patch = kept.open(text, Budget(budgets[0]))
    shown.take(patch)
    for number, edit in enumerate(edits):
        edit = placed(text, edit)
        text = text[: edit[0]] + edit[2] + text[edit[1] :]
        kept.edit(*edit)
        if number % 3 != 2:
            patch = kept.patch(Budget(budgets[number % len(budgets)]))
            shown.take(patch)
            if not patch.whole:
                lines = sum(count for _html, count in shown.blocks)
                assert lines == text.count("\n") + (not text.endswith("\n") if text else 0)
    patch = kept.patch(Budget(0))
    shown.take(patch)
    finish(kept, shown, patch)
    assert tree(shown.html) == tree(whole("material", text)), repr(text)


def paragraphs(count):
    return "".join(f"word {number}\n\n" for number in range(count))


def texts(shown):
    return [html for html, _lines in shown.blocks if html]


def test_a_page_is_opened_from_its_top_in_steps():
    kept, shown = page("extra"), Shown()
    patch = kept.open(paragraphs(50), Budget(9))
    shown.take(patch)
    assert patch.more
    assert patch.rendered == 10
    assert texts(shown) == [f"<p>word {number}</p>" for number in range(10)]
    assert shown.blocks[-1] == ("", 80)
    finish(kept, shown, patch)
    assert texts(shown) == [f"<p>word {number}</p>" for number in range(50)]


def test_what_is_typed_far_below_is_rendered_before_the_rest():
    kept, shown = page("extra"), Shown()
    text = paragraphs(50)
    shown.take(kept.open(text, Budget(0)))
    at = text.index("word 40")
    kept.edit(at, at, "a ")
    patch = kept.patch(Budget(0))
    shown.take(patch)
    assert patch.rendered == 1
    assert texts(shown) == ["<p>word 0</p>", "<p>a word 40</p>"]
    assert [lines for _html, lines in shown.blocks] == [2, 78, 2, 18]
    finish(kept, shown, patch)
    assert len(texts(shown)) == 50


def test_what_was_there_stays_until_its_place_is_rendered():
    kept, shown = page("material"), Shown()
    text = "".join(f"word {number}\n\n```\n\ncode {number}\n\n```\n\n" for number in range(30))
    shown.take(kept.open(text))
    before = texts(shown)
    at = text.index("word 10")
    kept.edit(at, at, "```\n\n")  # from here on all that was code is text, and the other way round
    patch = kept.patch(Budget(0))
    shown.take(patch)
    assert patch.more
    assert texts(shown)[:20] == before[:20]
    assert "word 10" in texts(shown)[20]
    assert texts(shown)[-30:] == before[-30:]
    text = text[:at] + "```\n\n" + text[at:]
    assert sum(lines for _html, lines in shown.blocks) == text.count("\n")
    finish(kept, shown, patch)
    assert tree(shown.html) == tree(whole("material", text))


def test_all_that_uses_a_definition_is_rendered_again_step_by_step():
    kept, shown = page("extra"), Shown()
    text = "[x]: /u\n\n" + "a [x]\n\n" * 30
    shown.take(kept.open(text))
    kept.edit(5, 7, "/v")
    patch = kept.patch(Budget(3))
    shown.take(patch)
    assert patch.more
    assert 0 < shown.html.count("/v") < 30
    finish(kept, shown, patch)
    assert (shown.html.count("/v"), shown.html.count("/u")) == (30, 0)


def test_links_are_right_at_once_where_definitions_are_guessed():
    kept, shown = page("extra"), Shown()
    text = "a [x] and a note[^1]\n\n" * 20 + "[x]: /u\n\n[^1]: note\n"
    head = page("extra")
    head.open("[x]: /u\n\n[^1]: note\n")
    patch = kept.open(text, Budget(0), head)
    shown.take(patch)
    assert '<a href="/u">x</a>' in shown.html
    assert ">1</a></sup>" in shown.html
    finish(kept, shown, patch)
    assert tree(shown.html) == tree(whole("extra", text))


def test_what_a_page_begins_with_is_taken_over():
    kept, shown, head = page("material"), Shown(), page("material")
    text = paragraphs(50)
    head.open(text[: text.index("word 20")])
    patch = kept.open(text, Budget(0), head)
    assert patch.rendered == 1
    shown.take(patch)
    assert len(texts(shown)) == 21
    finish(kept, shown, patch)
    assert tree(shown.html) == tree(whole("material", text))


def test_a_wrong_guess_is_put_right():
    kept, shown = page("extra"), Shown()
    text = "a [x] and [y]\n\n" * 20 + "[x]: /u\n"
    head = page("extra")
    head.open("[x]: /wrong\n[y]: /wrong\n")
    patch = kept.open(text, Budget(0), head)
    shown.take(patch)
    finish(kept, shown, patch)
    assert tree(shown.html) == tree(whole("extra", text))
