import pytest

from editor.render.python_markdown.html_blocks import split_blocks
from editor.render.line_map import align, line_fraction

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


def test_where_a_line_stands():
    starts = [3, 5, 5, 9]
    assert line_fraction(0, starts, 12) == (0, 0.0)
    assert line_fraction(3, starts, 12) == (0, 0.0)
    assert line_fraction(4, starts, 12) == (0, 0.5)
    assert line_fraction(10, starts, 12) == (3, 1 / 3)
    assert line_fraction(99, starts, 12) == (3, 1.0)
    assert line_fraction(1, [], 12) == (-1, 0.0)
