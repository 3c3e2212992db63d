"""Both pages come back from the page with marks, to the character, and a browser sees the marks as they are meant."""

import os
import random
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.proof.rendered_diff import MarkedPage, accept, cut, reject, rendered_diff
from tests.benchmarks.rendered_diff import page_pairs, read_posts
from tests.proof.generated_pages import PAGE, SOUP, edited_pages
from tests.proof.marked_trees import same_trees

EXAMPLES = int(os.environ.get("COPYDESK_EXAMPLES", "0"))
FAST = settings(
    max_examples=EXAMPLES or 80,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=not EXAMPLES,
    database=None,
)


def exact(before: str, after: str) -> MarkedPage:
    page = rendered_diff(before, after)
    assert accept(page) == after
    assert reject(page) == before
    return page


@FAST
@given(PAGE, PAGE)
def test_pages_that_have_nothing_in_common_come_back(before, after):
    exact(before, after)


@FAST
@given(SOUP, SOUP)
def test_anything_comes_back(before, after):
    exact(before, after)


@FAST
@given(SOUP, st.integers(0, 40), st.integers(0, 5), SOUP)
def test_anything_comes_back_after_an_edit(before, start, removed, put_in):
    exact(before, before[:start] + put_in[:20] + before[start + removed :])


@FAST
@given(edited_pages())
def test_edited_pages_come_back_also_where_a_browser_resolves_the_marks(pages):
    before, after = pages
    assert same_trees(exact(before, after), before, after)


@FAST
@given(SOUP)
def test_a_page_that_did_not_change_has_no_marks(html):
    page = rendered_diff(html, html)
    assert (page.html, page.count) == (html, 0)


@FAST
@given(st.one_of(PAGE, SOUP))
def test_the_pieces_of_a_page_are_the_page(html):
    assert "".join(cut(html)) == html


def test_the_pages_of_real_posts_come_back_after_edits(corpus: Path):
    texts = read_posts([corpus / "posts"])
    pairs = 0
    for number, before, after in page_pairs(texts[::45], texts, 2, random.Random(3)):
        pairs += 1
        page = rendered_diff(before, after)
        assert (accept(page) == after, reject(page) == before) == (True, True), number
        assert pairs % 8 or same_trees(page, before, after), number
    assert pairs > 40
