"""What is marked, and what not."""

import re
import time

import pytest

from editor.proof.rendered_diff import MarkedPage, accept, folds, reject, rendered_diff

_ENDS = re.compile(r'</(ins|del) data-copydesk-mark="c0d">')
_BEGINS = re.compile(r'<(ins|del) data-copydesk-mark="c0d (\d+)( [a-z ]+)?">')
_UNSEEN = re.compile(r"<!--c0d:[^>]*-->|<!--c0d[+/]-->")
_BLOCK = re.compile(r' data-copydesk-mark="c0d ((?:new|gone) \d+( moved)?)"')


def shown(before: str, after: str) -> str:
    """Return the page with its marks in short: `[-gone-]`, `{+new+}`, and `(new 1)` in the tag of a block."""
    page = rendered_diff(before, after)
    assert (accept(page), reject(page)) == (after, before)
    html = _UNSEEN.sub("", page.html)
    html = _BEGINS.sub(lambda found: "{+" if found[1] == "ins" else "[-", html)
    html = _ENDS.sub(lambda found: "+}" if found[1] == "ins" else "-]", html)
    return _BLOCK.sub(lambda found: f"({found[1]})", html)


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        (
            "<p>how fast time have passed.</p>",
            "<p>how fast time has passed.</p>",
            "<p>how fast time [-have-]{+has+} passed.</p>",
        ),
        ("<p>one three</p>", "<p>one two three</p>", "<p>one {+two +}three</p>"),
        ("<p>It's</p>", "<p>It isn't</p>", "<p>[-It's-]{+It isn't+}</p>"),
        ("<p>a <em>b c</em> d</p>", "<p>a <em>b x c</em> d</p>", "<p>a <em>b {+x +}c</em> d</p>"),
        ("<p>one two three</p>", "<p>one <b>two</b> three</p>", "<p>one [-two-]{+<b>two</b>+} three</p>"),
        (
            '<p>to <a href="x.com">tract</a> an</p>',
            '<p>to <a href="https://x.com">tract</a> an</p>',
            '<p>to [-<a href="x.com">tract</a>-]{+<a href="https://x.com">tract</a>+} an</p>',
        ),
        (
            '<p>to <a href="x">one two three</a> an</p>',
            '<p>to <a href="x">one two four</a> an</p>',
            '<p>to <a href="x">one two [-three-]{+four+}</a> an</p>',
        ),
        (
            '<p><img src="a.png" alt=""></p>',
            '<p><img src="b.png" alt=""></p>',
            '<p>[-<img src="a.png" alt="">-]{+<img src="b.png" alt="">+}</p>',
        ),
        (
            '<p><img src="a.png" alt="one"></p>',
            '<p><img src="a.png" alt="two"></p>',
            '<p>[-<img src="a.png" alt="one">-]{+<img src="a.png" alt="two">+}</p>',
        ),
        ("<p>你好世界</p>", "<p>你们世界</p>", "<p>你[-好-]{+们+}世界</p>"),
        ("<p>ab\u0301c d</p>", "<p>abc d</p>", "<p>[-ab\u0301c-]{+abc+} d</p>"),
        ("<p>a 👩‍👩‍👧 b</p>", "<p>a 👩‍👧 b</p>", "<p>a [-👩‍👩‍👧-]{+👩‍👧+} b</p>"),
        ("<p>one &amp; two</p>", "<p>one &lt; two</p>", "<p>one [-&amp;-]{+&lt;+} two</p>"),
        ("<p>a</p>", "<p>a</p>\n<p>b</p>", "<p>a</p>\n<p(new 1)>{+b+}</p>"),
        ("<p>a</p>\n<p>b</p>\n<p>c</p>", "<p>a</p>\n<p>c</p>", "<p>a</p><p(gone 1)>[-b-]</p>\n<p>c</p>"),
        (
            "<h2>Old</h2>",
            "<h3>Old</h3>",
            "<h2(gone 1)>[-Old-]</h2><h3(new 1)>{+Old+}</h3>",
        ),
        (
            "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
            "<ul>\n<li>a</li>\n<li>x y</li>\n<li>b</li>\n</ul>",
            "<ul>\n<li>a</li>\n<li(new 1)>{+x y+}</li>\n<li>b</li>\n</ul>",
        ),
        (
            "<ul>\n<li>a b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>",
            "<ul>\n<li>a b\n<ul>\n<li>c d</li>\n</ul>\n</li>\n</ul>",
            "<ul>\n<li>a b\n<ul>\n<li>c{+ d+}</li>\n</ul>\n</li>\n</ul>",
        ),
        (
            "<ul>\n<li>a b</li>\n<li>c d</li>\n</ul>",
            "<ul>\n<li>\n<p>a b</p>\n</li>\n<li>\n<p>c x d</p>\n</li>\n</ul>",
            "<ul>\n<li>\n<p>a b</p>\n</li>\n<li>\n<p>c {+x +}d</p>\n</li>\n</ul>",
        ),
        (
            "<table><tr><td>one</td><td>two</td></tr></table>",
            "<table><tr><td>one</td><td>four</td></tr></table>",
            "<table><tr><td>one</td><td>[-two-]{+four+}</td></tr></table>",
        ),
        (
            "<table><tr><td>one</td><td>two</td></tr></table>",
            "<table><tr><td>one</td><td>two</td></tr><tr><td>x</td><td></td></tr></table>",
            "<table><tr><td>one</td><td>two</td></tr><tr(new 1)><td>{+x+}</td><td></td></tr></table>",
        ),
        (
            "<pre><code>a = 1\n  b = 2\n</code></pre>",
            "<pre><code>a = 1\n    b = 2\n</code></pre>",
            "<pre><code>a = 1\n[-  b = 2\n-]{+    b = 2\n+}</code></pre>",
        ),
        (
            "<pre><code>a = 1\nb = 2\n</code></pre>",
            "<pre><code>a = 1\nnew\nb = 3\n</code></pre>",
            "<pre><code>a = 1\n{+new\n+}b = [-2-]{+3+}\n</code></pre>",
        ),
        (
            '<p>is <span class="arithmatex">\\(x + y\\)</span> so</p>',
            '<p>is <span class="arithmatex">\\(x + z\\)</span> so</p>',
            (
                '<p>is [-<span class="arithmatex">\\(x + y\\)</span>-]'
                '{+<span class="arithmatex">\\(x + z\\)</span>+} so</p>'
            ),
        ),
        (
            '<div class="admonition note"><p class="admonition-title">Note</p><p>a b</p></div>',
            '<div class="admonition note"><p class="admonition-title">Beware</p><p>a b</p></div>',
            '<div class="admonition note"><p class="admonition-title">[-Note-]{+Beware+}</p><p>a b</p></div>',
        ),
        ("text", "<p>text</p>", "<p>text</p>"),
        ("<p>x</p>", "", "<p(gone 1)>[-x-]</p>"),
        ("", "<hr>", "<hr(new 1)>"),
    ],
)
def test_what_changed_is_marked_where_it_stands(before, after, marked):
    assert shown(before, after) == marked


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<h2 id="a">One<a class="headerlink" href="#a">¶</a></h2>',
            '<h2 id="b">One<a class="headerlink" href="#b">¶</a></h2>',
        ),
        ('<p class="a">x</p>', '<p class="b" data-x=">">x</p>'),
        ('<ol start="2">\n<li>x</li>\n</ol>', "<ol>\n<li>x</li>\n</ol>"),
        ("<p>one\ntwo</p>", "<p>one two</p>"),
        ("<p>a</p>\n\n<p>b</p>", "<p>a</p>\n<!-- more -->\n<p>b</p>"),
        ("<p>&quot;a&quot; &#38; b</p>", '<p>"a" &amp; b</p>'),
        ("<p>a<br />b</p>", "<p>a<br>b</p>"),
        (
            '<pre><code><span class="n">a</span>\n</code></pre>',
            '<pre><code><span class="k">a</span></code></pre>',
        ),
        ("<script>1</script><p>x</p>", "<script>2</script><p>x</p>"),
        ("<p>x</p>", "<p>x</p></p>"),
        ('<p><a id="x"></a>y</p>', '<p><a id="z"></a>y</p>'),
        (
            '<p>x<sup id="fnref:1"><a href="#fn:1">1</a></sup></p>',
            '<p>x<sup id="fnref:a"><a href="#fn:a">1</a></sup></p>',
        ),
    ],
)
def test_what_nobody_sees_has_no_mark(before, after):
    page = rendered_diff(before, after)
    assert page.count == 0
    assert shown(before, after) == after
    assert folds(page.blocks) == []


def test_numbers_of_lines_are_not_compared():
    row = (
        '<table class="highlighttable"><tr><td class="linenos"><pre>{}</pre></td>'
        '<td class="code"><pre>{}</pre></td></tr></table>'
    )
    page = rendered_diff(row.format("1\n2", "a\nb"), row.format("1\n2\n3", "a\nnew\nb"))
    assert page.count == 1
    assert 'line">new\n</ins' in page.html


def test_what_moved_says_so():
    before = "<p>one two</p>\n<p>three four</p>\n<p>five six</p>\n<p>seven eight</p>"
    after = "<p>three four</p>\n<p>five six</p>\n<p>seven eight</p>\n<p>one two</p>"
    assert "<p(gone 1 moved)>[-one two-]</p>" in shown(before, after)
    assert "<p(new 2 moved)>{+one two+}</p>" in shown(before, after)


def test_what_moved_and_was_edited_says_so_too():
    one = "<p>one two three four five six seven eight</p>"
    rest = "<p>a b c</p>\n<p>d e f</p>\n<p>g h i</p>"
    marked = shown(f"{one}\n{rest}", f"{rest}\n{one.replace('five', '5')}")
    assert (marked.count("(gone 1 moved)"), marked.count("(new 2 moved)")) == (1, 1)


def test_tabs_belong_together_by_their_place():
    tabs = (
        '<div class="tabbed-set"><input name="t" type="radio"><input name="t" type="radio"><div class="tabbed-labels">'
        '<label>{}</label><label>B</label></div><div class="tabbed-content"><div class="tabbed-block"><p>{}</p></div>'
        '<div class="tabbed-block"><p>x</p></div></div></div>'
    )
    marked = shown(tabs.format("Python", "one two"), tabs.format("Rust", "one three"))
    assert marked == tabs.format("[-Python-]{+Rust+}", "one [-two-]{+three+}")


def test_a_new_column_is_a_cell_in_each_row():
    rows = "<table><thead><tr><th>A</th>{}<th>B</th></tr></thead><tbody><tr><td>1</td>{}<td>2</td></tr></tbody></table>"
    marked = shown(rows.format("", ""), rows.format("<th>New</th>", "<td>7</td>"))
    assert marked == rows.format("<th(new 1)>{+New+}</th>", "<td(new 2)>{+7+}</td>")


def test_changes_are_counted_as_a_reader_counts_them():
    before = "<p>one two three four five six</p><p>a</p><p>seven</p>"
    after = "<p>one 2 three four five 6</p><p>a</p><p>eight</p><p>nine</p>"
    page = rendered_diff(before, after)
    assert page.count == 3
    assert [block.changes for block in page.blocks] == [(1, 2), (0, 0), (3, 3), (3, 3), (3, 3)]


def test_marks_of_the_post_itself_are_no_marks():
    own = (
        '<p data-copydesk-mark="c0d new 1">x <ins data-copydesk-mark="c0d 1">y</ins data-copydesk-mark="c0d">'
        "</p><!--c0d/-->"
    )
    page = rendered_diff(own, own.replace(">y<", ">z<"))
    assert page.key == "c1d"
    assert accept(page) == own.replace(">y<", ">z<")
    assert reject(page) == own
    assert page.html.count('"c1d ') == 2


def test_a_block_that_is_gone_and_never_ended_does_not_take_the_rest_along():
    page = rendered_diff("<div>a b c<p>d</p>", "<h2>x</h2><p>y z</p>")
    assert '</div data-copydesk-mark="c0d">' in page.html
    assert (accept(page), reject(page)) == ("<h2>x</h2><p>y z</p>", "<div>a b c<p>d</p>")


# ---- folding


def _page(*names: str) -> tuple[str, str]:
    """Return two pages of a paragraph (`p`), heading (`h`) or rule (`r`) each, of which those with a `!` differ."""
    forms = {"p": "<p>words of {}</p>", "h": "<h2>Heading {}</h2>", "r": "<hr>"}
    sides = ["", ""]
    for number, name in enumerate(names):
        for side in range(2):
            other = " changed" if name.endswith("!") and side else ""
            sides[side] += forms[name[0]].format(f"{number}{other}") + "\n"
    return sides[0], sides[1]


def _folded(*names: str) -> list[tuple[int, int, int, bool]]:
    page: MarkedPage = rendered_diff(*_page(*names))
    return [(fold.start, fold.end, fold.count, fold.all_paragraphs) for fold in folds(page.blocks)]


def test_what_is_unchanged_is_folded_up_to_the_block_before_a_change():
    assert _folded("p", "p", "p", "p!", "p", "p") == [(0, 2, 2, True), (4, 6, 2, True)]


def test_a_long_block_before_a_change_is_folded_too():
    long = f"<p>{'long ' * 200}</p>"
    for before, starts in (([long, "<p>short</p>"], []), (["<p>short</p>", long], [0])):
        page = rendered_diff("\n".join([*before, "<p>one two</p>"]), "\n".join([*before, "<p>one 2</p>"]))
        assert [fold.start for fold in folds(page.blocks)] == starts


def test_one_block_is_no_fold():
    assert _folded("p", "p", "p!", "p") == []


def test_the_heading_above_a_change_stays():
    assert _folded("h", "p", "p", "p", "p!", "p", "h", "p") == [(1, 3, 2, True), (5, 8, 3, True)]


def test_a_fold_says_when_it_holds_more_than_paragraphs():
    assert _folded("p", "r", "p", "p!") == [(0, 2, 2, False)]


# ---- time


def test_a_long_page_with_few_changes_has_few_marks():
    paragraphs = [
        f"<p>{' '.join(f'word{(number * 7 + word) % 997} <em>{word}</em>' for word in range(40))} {number}</p>"
        for number in range(1800)
    ]
    before = "\n".join(paragraphs)
    paragraphs[70] = paragraphs[70].replace("word", "changed ", 1)
    del paragraphs[900]
    after = "\n".join(paragraphs)
    assert len(after) > 1_200_000
    page = rendered_diff(before, after)
    assert (page.count, accept(page) == after, reject(page) == before) == (2, True, True)


@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 20_000,
        "<p>" * 20_000,
        "<b></i>" * 10_000,
        "<ul><li>" * 8_000,
        '<a b="' * 20_000,
        "<svg>" * 2_000,
        "&" * 50_000,
    ],
    ids=lambda html: html[:8],
)
def test_hostile_pages_end(html):
    started = time.process_time()
    page = rendered_diff(html, html[:-2] + "<i>y")
    assert time.process_time() - started < 60.0
    assert reject(page) == html
