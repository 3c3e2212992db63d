import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editor.render.python_markdown.html_blocks import split_again, split_blocks


def as_a_browser_reads(html: str) -> str:
    tree = html5lib.parseFragment(html)
    return html5lib.serialize(tree, omit_optional_tags=False, quote_attr_values="always")


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", []),
        ("words", ["words"]),
        ("<h1>A</h1>\n<p>b <em>c</em></p>\n", ["<h1>A</h1>\n", "<p>b <em>c</em></p>\n"]),
        ("<hr />\n<p>x<br>y</p>", ["<hr />\n", "<p>x<br>y</p>"]),
        ("<div>\n<div>\n</div>\n</div>\n<p>x</p>", ["<div>\n<div>\n</div>\n</div>\n", "<p>x</p>"]),
        ("<!-- a <p> --><p>x</p>", ["<!-- a <p> --><p>x</p>"]),
        ("<p>x</p><!-- more -->\n", ["<p>x</p>", "<!-- more -->\n"]),
        ("<pre>a\n\n</pre><p>x</p>", ["<pre>a\n\n</pre>", "<p>x</p>"]),
        ('<p title="</p>">x</p><p>y</p>', ['<p title="</p>">x</p>', "<p>y</p>"]),
        ("<p title='>'>x</p><p>y</p>", ["<p title='>'>x</p>", "<p>y</p>"]),
        ("<script>'<p>'</script><p>x</p>", ["<script>'<p>'</script>", "<p>x</p>"]),
        ("<p>a < b</p><p>x</p>", ["<p>a < b</p>", "<p>x</p>"]),
        ("<P>x</P><DIV>y</dIV>", ["<P>x</P>", "<DIV>y</dIV>"]),
        ("<p>one<p>two", ["<p>one", "<p>two"]),
        ("<p>one<div>two</div></p>x", ["<p>one", "<div>two</div>", "</p>", "x"]),
        ("<div><p>never closed\n<p>x</p>", ["<div><p>never closed\n<p>x</p>"]),
        ("<p><b>bold<p>still</b> not</p><p>x</p>", ["<p><b>bold<p>still</b> not</p>", "<p>x</p>"]),
        ("<svg><path d='M0'/><g/></svg><p>x</p>", ["<svg><path d='M0'/><g/></svg>", "<p>x</p>"]),
        ("<div/><p>x</p>", ["<div/><p>x</p>"]),
        ("<p>x</p><p unfinished", ["<p>x</p>", "<p unfinished"]),
        ("<p>x</p><!-- unfinished <p>y</p>", ["<p>x</p>", "<!-- unfinished <p>y</p>"]),
    ],
)
def test_blocks(html, blocks):
    assert split_blocks(html) == blocks


@pytest.mark.parametrize(
    "html",
    [
        "<p>x <b>y</b> z</p>\n<ul>\n<li>1<ul><li>2</li></ul></li>\n</ul>\n<hr>text <i>i</i> more<p>z</p>",
        "<table><tr><td>1<td>2<tr><td>3</table><p>x</p>",
        "<p><b>bold<p>still</b> not</p><p>x</p>",
        "<p>one<ul><li>two</ul>three</p>four",
        "<dl><dt>a<dd>b</dl><details><summary>s</summary><p>x</details><p>y",
        "<div><table><tr><td></div></td></tr></table></div><p>x</p>",
    ],
)
def test_each_block_alone_is_read_as_in_the_whole(html):
    blocks = split_blocks(html)
    assert len(blocks) > 1
    assert "".join(map(as_a_browser_reads, blocks)) == as_a_browser_reads(html)


PIECES = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<br>",
    "<li>",
    "<ul>",
    "</ul>",
    "<!--",
    "-->",
    "<",
    ">",
]
PIECES += [
    '"',
    "<a href='",
    "'>",
    "</a>",
    "<script>",
    "</script>",
    " ",
    "\n",
    "x",
    "<table>",
    "</table>",
    "<td>",
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@given(SOUP)
def test_joined_the_blocks_are_the_page(html):
    blocks = split_blocks(html)
    assert "".join(blocks) == html
    assert all(blocks)


@given(SOUP, SOUP, SOUP, SOUP)
@example("<p>x</p>", "", "</p>", "<p>y</p>")
def test_looking_only_at_the_change_finds_the_same(before, old, new, after):
    previous, html = before + old + after, before + new + after
    assert split_again(html, previous, split_blocks(previous)) == split_blocks(html)


def test_what_did_not_change_is_not_looked_at_again():
    html = "".join(f"<p>{number}</p>\n" for number in range(1_000))
    blocks = split_blocks(html)
    changed = split_again(html.replace("<p>500<", "<p>five hundred<"), html, blocks)
    assert [old is new for old, new in zip(blocks, changed, strict=True)].count(False) <= 3
