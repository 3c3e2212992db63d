"""What counts when two trees are compared, and what does not."""

import pytest

from tests.end_to_end.published.compare import difference


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<div>\n<p> a</p> </div><!-- x -->", "<div><p>a</p></div>"),
        ('<a href="x" title="y">a</a>', "<a title=y href=x>a</a>"),
        ('<a href="../x/">a</a>', '<a href="y.md#z">a</a>'),
        ('<img src="../a/b.png?1">', '<img src="b.png">'),
        ("<p>a<!-- x --> b</p>", "<p>a b</p>"),
        ("<p>a\n  b</p>", "<p>a b</p>"),
    ],
)
def test_this_does_not_count(one, other):
    assert difference(one, other) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a <b>b</b></p>", "<p>a<b>b</b></p>"),
        ("<p id=x>a</p>", "<p>a</p>"),
        ("<pre>a\n b</pre>", "<pre>a\nb</pre>"),
        ('<a href="/x">a</a>', '<a href="x">a</a>'),
        ('<a href="#x">a</a>', '<a href="#y">a</a>'),
        ('<img src="a.png">', '<img src="b.png">'),
        ("<p>a</p><p>b</p>", "<p>a</p>"),
    ],
)
def test_this_counts(one, other):
    found = difference(one, other)
    assert found is not None
    assert found.published != found.previewed


def test_the_spans_of_code_may_be_left_out():
    one = '<div class="highlight"><pre><code><span class="k">if</span> x</code></pre></div>'
    assert difference(one, "<pre>if x</pre>", flat_code=True) is None
    assert difference(one, "<pre>if y</pre>", flat_code=True) is not None
    assert difference(one, "<pre>if x</pre>") is not None
