"""What the badge says of content that the preview leaves out."""

import pytest

from editor.render.withheld import FORMULA, kinds, withheld


@pytest.mark.parametrize(
    ("html", "word"),
    [
        ("<p>a</p><script>1</script>", "Scripts"),
        ('<img src="x.png" onerror="1">', "Scripts"),
        ('<a href="javascript:1">x</a>', "Scripts"),
        ("<style>p {}</style>", "Style"),
        ('<iframe src="file:///etc/passwd"></iframe>', "Embedded"),
        ("<form><input></form>", "Forms"),
        ('<img alt="" src="https://example.org/x.png">', "Pictures"),
        ('<pre class="mermaid"><code>graph</code></pre>', "Diagrams"),
    ],
)
def test_it_is_named(html, word):
    assert [sentence.split()[0] for sentence in withheld(kinds(html))] == [word]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Plain <em>words</em> and onward = 1</p>",
        '<p><img src="/img/x.png"><a href="https://example.org">x</a></p>',
        "<pre><code>&lt;script&gt; &lt;iframe&gt;</code></pre>",
        '<script type="math/tex">x</script>',
    ],
)
def test_what_is_shown_is_not_named(html):
    assert withheld(kinds(html)) == ()


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<p>Let <span class="arithmatex">\\(x\\)</span> be</p>', True),
        ('<script type="math/tex">x</script>', True),
        ("<p>What arithmatex does</p>", False),
    ],
)
def test_formulas_are_told_apart(html, found):
    assert bool(kinds(html) & FORMULA) is found


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ('<img src="https://x.org/a.png">', "Pictures from other hosts"),
        ("<img alt=a src=//x.org/a.png>", "Pictures from other hosts"),
        ('<img src="http://x.org/a.png">', "Films, sounds and unencrypted pictures"),
        ('<video src="https://x.org/a.mp4">', "Films, sounds and unencrypted pictures"),
        ('<audio><source src="//x.org/a.mp3"></audio>', "Films, sounds and unencrypted pictures"),
    ],
)
def test_what_lies_elsewhere_is_told_by_whether_it_can_be_allowed(html, sentence):
    (said,) = withheld(kinds(html))
    assert said.startswith(sentence)
