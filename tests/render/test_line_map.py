import pytest

from editor.render.line_map import align, inner_lines
from editor.render.python_markdown.html_blocks import split_blocks

SOURCE = """\
---
title: A post about clocks
---
# A post about clocks

Clocks, and what [they](https://example.org/a/very/long/address.html) tell.

## Clocks

![A clock](img/clock.png)

!!! note "Mind the gap"
    Inside the note.

```python
def clock():
    return 12
```

| a | b |
|---|---|
| 1 | 2 |

1. one
2. two

Last words.
"""
HTML = """\
<h1 id="a">A post about clocks<a class="headerlink" href="#a" title="Permanent link">&para;</a></h1>
<p>Clocks, and what <a href="https://example.org/a/very/long/address.html">they</a> tell.</p>
<h2>Clocks</h2>
<p><img alt="A clock" src="img/clock.png" /></p>
<div class="admonition note">
<p class="admonition-title">Mind the gap</p>
<p>Inside the note.</p>
</div>
<div class="highlight"><table><tr><td class="linenos"><pre>1\n2</pre></td>\
<td class="code"><pre><span>def</span> <span>clock</span>():\n    return 12</pre></td></tr></table></div>
<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>
<ol>
<li>one</li>
<li>two</li>
</ol>
<p>Last words.</p>
"""


def test_each_block_is_found():
    assert align(SOURCE, split_blocks(HTML)) == [3, 5, 7, 9, 11, 15, 19, 23, 26]


def test_windows_line_ends_change_nothing():
    assert align(SOURCE.replace("\n", "\r\n"), split_blocks(HTML)) == align(SOURCE, split_blocks(HTML))


def test_a_block_from_elsewhere_stands_between_its_neighbours():
    blocks = ["<p>First words</p>", "<p>zzz from a snippet zzz</p>", "<p>Second words</p>"]
    assert align("First words\n\n--8<-- 'x'\n\nSecond words\n", blocks) == [0, 2, 4]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("", []),
        ("", ["<p>x</p>"]),
        ("x", ["", "<hr>", "<!-- -->"]),
        ("---\nnever closed", ["<p>never closed</p>"]),
        ("a\n" * 50, ["<p>a</p>"] * 80),
        ("---\ntitle: x\n---\n", ["<p>x</p>"]),
    ],
)
def test_lines_stay_inside_the_text_and_never_decrease(source, blocks):
    lines = align(source, blocks)
    assert len(lines) == len(blocks)
    assert lines == sorted(lines)
    assert all(0 <= line < len(source.split("\n")) for line in lines)


def test_a_word_further_up_does_not_catch_the_heading():
    source = "# Clocks\n\nOne hypothesis, one table.\n\n## Hypothesis\n\nWords.\n"
    blocks = ["<h1>Clocks</h1>", "<p>One hypothesis, one table.</p>", "<h2>Hypothesis</h2>", "<p>Words.</p>"]
    assert align(source, blocks) == [0, 2, 4, 6]


def lines_of(source, html):
    return inner_lines(source.split("\n"), html)


def test_entries_paragraphs_and_code_inside_a_block_have_their_lines():
    source = "1. First\n\n    More of it\n\n    ```\n    code here\n    ```\n\n2. Second\n    * inner"
    html = (
        "<ol><li><p>First</p><p>More of it</p><pre><code>code here</code></pre></li>"
        "<li><p>Second</p><ul><li>inner</li></ul></li></ol>"
    )
    assert lines_of(source, html) == [
        ("li", 0), ("p", 0), ("p", 2), ("pre", 5), ("li", 8), ("p", 8), ("li", 9),
    ]  # fmt: skip


def test_rows_terms_and_headings_have_their_lines():
    table = "| a | b |\n| - | - |\n| one | 1 |\n| two | 2 |"
    html = (
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>one</td><td>1</td></tr>"
        "<tr><td>two</td><td>2</td></tr></tbody></table>"
    )
    assert lines_of(table, html) == [("tr", 0), ("tr", 2), ("tr", 3)]
    terms = "Apple\n:   A fruit\n\nPear\n:   Another"
    html = "<dl><dt>Apple</dt><dd>A fruit</dd><dt>Pear</dt><dd>Another</dd></dl>"
    assert lines_of(terms, html) == [("dt", 0), ("dd", 1), ("dt", 3), ("dd", 4)]
    assert lines_of("## Head", '<h2 id="head">Head<a class="headerlink" href="#head">¶</a></h2>') == [
        ("h2", 0)
    ]


def test_a_tab_begins_at_its_own_line():
    source = '=== "Same"\n\n    Same words.\n\n=== "Other"\n\n    Same words.\n'
    html = (
        '<div class="tabbed-set"><div class="tabbed-labels"><label>Same</label><label>Other</label></div>'
        '<div class="tabbed-content"><div class="tabbed-block"><p>Same words.</p></div>'
        '<div class="tabbed-block"><p>Same words.</p></div></div></div>'
    )
    assert lines_of(source, html) == [("div", 0), ("p", 2), ("div", 4), ("p", 6)]


def test_what_only_looks_like_a_tag_is_none():
    html = "<p>a</p><!-- <p>b</p> --><script>'<li>'</script><pre>&lt;p></pre><picture></picture><Li>c</Li>"
    assert [name for name, _line in lines_of("a", html)] == ["p", "pre", "li"]


def test_a_block_without_anything_of_its_own():
    assert lines_of("", "<hr>") == []
    assert lines_of("", "") == []
    assert lines_of("![x](a.png)", '<p><img alt="x" src="a.png"></p>') == [("p", 0)]
