"""Whether what is shown is the page: as a browser sees it, and what has to change."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.render.python_markdown.verification import corrections, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<p class="a" id="b">x</p>', '<p id="b" class="a">x</p>'),
        ("<p>a</p>\n\n<p>b</p>\n", "<p>a</p><p>b</p>"),
        ("<ul>\n<li>a</li>\n</ul>", "<ul><li>a</li></ul>"),
        ("<p>a\n  b</p>", "<p>a b</p>"),
        ("<p>a<br />\nb</p>", "<p>a<br>b</p>"),
        ("<p>&amp; &#169; x</p>", "<p>&#38; © x</p>"),
        ("<p>a</p><!-- more --><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a</p><![CDAT[x]]><p>b</p>", "<p>a</p><p>b</p>"),  # as it is typed
        ('<p class=" a  b ">x</p>', '<p class="a b">x</p>'),
        ("<svg><path d='x'/></svg>", '<svg><path d="x"></path></svg>'),
    ],
)
def test_what_nobody_sees_makes_no_difference(one, other):
    assert tokens(one) == tokens(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p>", "<p>b</p>"),
        ("<p>a <em>b</em></p>", "<p>a<em>b</em></p>"),
        ("<pre>a\n  b</pre>", "<pre>a\n b</pre>"),
        ('<p id="a">x</p>', '<p id="b">x</p>'),
        ("<p>a</p>", "<div>a</div>"),
        ("<p>a</p><p>b</p>", "<p>ab</p>"),
        ("<script>a</script>", "<script>b</script>"),
        ("<p>a\u00a0b</p>", "<p>a b</p>"),
    ],
)
def test_what_somebody_sees_does(one, other):
    assert tokens(one) != tokens(other)


P = [f"<p>{letter}</p>" for letter in "abcdef"]


@pytest.mark.parametrize(
    ("shown", "page", "expected"),
    [
        (P, P, []),
        (["", *P[:3], "", *P[3:], ""], P, []),
        ([*P[:2], "<p>x</p>", *P[3:]], P, [(2, 1, P[2])]),
        ([P[0], "<p>b\nc</p>", *P[3:]], P, [(1, 1, f"{P[1]}\n{P[2]}")]),
        ([*P[:2], *P[3:]], P, [(1, 1, f"{P[1]}\n{P[2]}")]),
        (P[1:], P, [(0, 1, f"{P[0]}\n{P[1]}")]),
        (P[:-1], P, [(4, 1, f"{P[4]}\n{P[5]}")]),
        ([*P, "<p>more</p>"], P, [(6, 1, "")]),
        (["<p>x</p>", *P[1:5], "<p>y</p>"], P, [(0, 1, P[0]), (5, 1, P[5])]),
        (["<p>x</p>"], [], [(0, 1, "")]),
        ([f"{P[0]}\n{P[1]}", "<p>x</p>", *P[3:]], P, [(1, 1, P[2])]),
    ],
)
def test_only_what_differs_is_corrected(shown, page, expected):
    assert corrections(shown, "\n".join(page)) == expected


PIECES = st.sampled_from(
    [
        "",
        "<p>a</p>",
        "<p>b <em>c</em></p>",
        "<!-- c -->",
        "bare text",
        "<ul>\n<li>x</li>\n</ul>",
        "<pre>a\n\n b</pre>",
        "<div>",
        "</div>",
        "<h2 id='x'>h</h2>\n<hr />",
        "<script>if (a < b) {}</script>",
        "<a href='x'>",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=8), st.lists(PIECES, max_size=8))
def test_after_its_corrections_the_page_is_right(shown, page):
    whole = "\n".join(page)
    found = corrections(shown, whole)
    end = 0
    for index, count, html in found:
        assert index >= end
        assert count > 0
        end = index + count
        shown[index:end] = [html, *[""] * (count - 1)]
    assert end <= len(shown)
    assert tokens("\n".join(filter(None, shown))) == tokens(whole)


@settings(deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=8))
def test_an_equal_page_needs_none(page):
    assert corrections(page, "\n".join(filter(None, page))) == []


def test_where_elements_do_not_tell_what_goes_where_all_that_differs_is_one_correction():
    # Between a formatting element that stays open and its end, text that is put together reads otherwise.
    assert corrections(["</b>", "", "<i>"], "</b><i>") == [(0, 3, "</b><i>")]
