"""Each construct, with the HTML that kramdown 2.4 writes for it as Jekyll sets it up."""

# The pages read better as texts that run on.
# ruff: noqa: ISC004, E501
import pytest

from editor.render.kramdown.options import options_of
from editor.render.kramdown.text_page import to_html

_CODE = 'class="language-{} highlighter-rouge"'
_BLOCK = (
    '<div class="language-{} highlighter-rouge"><div class="highlight"><pre class="highlight"><code>{}</code>'
    "</pre></div></div>\n"
)

CASES = {
    "header": ("# A *b* c!\n", '<h1 id="a-b-c">A <em>b</em> c!</h1>\n'),
    "header with an id": ("## A {#x}\n", '<h2 id="x">A</h2>\n'),
    "headers alike": ("# A\n# A\n", '<h1 id="a">A</h1>\n<h1 id="a-1">A</h1>\n'),
    "header in letters": ("# Für “日本”\n", '<h1 id="für-日本">Für “日本”</h1>\n'),
    "header in HTML": (
        '<div markdown="1">\n# A b\n</div>\n',
        '<div>\n  <h1 id="a-b">A b</h1>\n</div>\n',
    ),
    "setext": ("A\n===\n", '<h1 id="a">A</h1>\n'),
    "paragraph ended by a list": ("a\n- b\n", "<p>a</p>\n<ul>\n  <li>b</li>\n</ul>\n"),
    "lazy quote": ("> a\nb\n", "<blockquote>\n  <p>a\nb</p>\n</blockquote>\n"),
    "loose list": (
        "- a\n\n- b\n",
        "<ul>\n  <li>\n    <p>a</p>\n  </li>\n  <li>\n    <p>b</p>\n  </li>\n</ul>\n",
    ),
    "nested list": (
        "- a\n  - b\n",
        "<ul>\n  <li>a\n    <ul>\n      <li>b</li>\n    </ul>\n  </li>\n</ul>\n",
    ),
    "task list": (
        "- [x] a\n",
        '<ul class="task-list">\n  <li class="task-list-item"><input type="checkbox" '
        'class="task-list-item-checkbox" disabled="disabled" checked="checked" />a</li>\n</ul>\n',
    ),
    "list item with attributes": ("* {:.c} a\n", '<ul>\n  <li class="c">a</li>\n</ul>\n'),
    "lists apart": ("* a\n^\n* b\n", "<ul>\n  <li>a</li>\n</ul>\n<ul>\n  <li>b</li>\n</ul>\n"),
    "definition list": ("t\n: d\n", "<dl>\n  <dt>t</dt>\n  <dd>d</dd>\n</dl>\n"),
    "code": ("    a < b\n", _BLOCK.format("plaintext", "a &lt; b\n")),
    "fence": ("```text\na\n```\n", _BLOCK.format("text", "a\n")),
    "fence of an unknown language": (
        "```nosuch\na\n```\n",
        '<pre><code class="language-nosuch">a\n</code></pre>\n',
    ),
    "fence with words": ("```a b\nc\n```\n", f"<p><code {_CODE.format('plaintext')}>a b\nc\n</code></p>\n"),
    "code with class": (
        "`a`{:.x}\n",
        '<p><code class="language-plaintext x highlighter-rouge">a</code></p>\n',
    ),
    "table": (
        "| a | b |\n|:--|--:|\n| `|` | c |\n",
        '<table>\n  <thead>\n    <tr>\n      <th style="text-align: left">a</th>\n'
        '      <th style="text-align: right">b</th>\n    </tr>\n  </thead>\n  <tbody>\n    <tr>\n'
        f'      <td style="text-align: left"><code {_CODE.format("plaintext")}>|</code></td>\n'
        '      <td style="text-align: right">c</td>\n    </tr>\n  </tbody>\n</table>\n',
    ),
    "attributes below": ('a\n{: .c #i k="v"}\n', '<p class="c" id="i" k="v">a</p>\n'),
    "attributes above": ("{: .c}\na\n", '<p class="c">a</p>\n'),
    "attribute list defined": ("a\n{:x}\n\n{:x: .c}\n", '<p class="c">a</p>\n\n'),
    "attributes of a span": ("*a*{:.c}\n", '<p><em class="c">a</em></p>\n'),
    "reference": ('[a][B]\n\n[b]: /u "t"\n', '<p><a href="/u" title="t">a</a></p>\n\n'),
    "picture": ("![a *b*](u)\n", '<p><img src="u" alt="a *b*" /></p>\n'),
    "address": ("<https://e.org>\n", '<p><a href="https://e.org">https://e.org</a></p>\n'),
    "within words": ("a_b_c *d*e\n", "<p>a_b_c <em>d</em>e</p>\n"),
    "quotes": ("\"a\" 'b' it's '80s\n", "<p>“a” ‘b’ it’s ’80s</p>\n"),
    "dashes": ("a -- b --- c... << d >>\n", "<p>a – b — c… «\u00a0d\u00a0»</p>\n"),
    "struck": ("~~a~~\n", "<p><del>a</del></p>\n"),
    "breaks": ("a  \nb\\\nc\n", "<p>a<br />\nb<br />\nc</p>\n"),
    "entities": ("&copy; &amp; &nosuch; &\n", "<p>© &amp; &amp;nosuch; &amp;</p>\n"),
    "math": ("$$a<b$$\n", "\\[a&lt;b\\]\n"),
    "math in text": ("x $$a$$\n", "<p>x \\(a\\)</p>\n"),
    "abbreviation": ("A B\n\n*[B]: see\n", '<p>A <abbr title="see">B</abbr></p>\n\n'),
    "comment": ("{::comment}\na\n{:/comment}\n", "<!-- a -->\n"),
    "no Markdown": ("{::nomarkdown}\n*a*\n{:/}\n", "*a*\n"),
    "raw HTML": ("<div>*a*</div>\n", "<div>*a*</div>\n"),
    "read HTML": ('<div markdown="1">\n*a*\n</div>\n', "<div>\n  <p><em>a</em></p>\n</div>\n"),
    "HTML in text": ("a <b>*c*</b> <kbd>*d*</kbd>\n", "<p>a <b><em>c</em></b> <kbd>*d*</kbd></p>\n"),
    "contents": (
        "* x\n{:toc}\n\n# A\n\n## B\n{:.no_toc}\n\n## C\n",
        '<ul id="markdown-toc">\n  <li><a href="#a" id="markdown-toc-a">A</a>    <ul>\n'
        '      <li><a href="#c" id="markdown-toc-c">C</a></li>\n    </ul>\n  </li>\n</ul>\n\n'
        '<h1 id="a">A</h1>\n\n<h2 class="no_toc" id="b">B</h2>\n\n<h2 id="c">C</h2>\n',
    ),
    "footnotes": (
        "a[^x] b[^x]\n\n[^x]: note\n",
        '<p>a<sup id="fnref:x" role="doc-noteref"><a href="#fn:x" class="footnote" rel="footnote">1</a></sup> '
        'b<sup id="fnref:x:1" role="doc-noteref"><a href="#fn:x" class="footnote" rel="footnote">1</a></sup></p>\n\n'
        '<div class="footnotes" role="doc-endnotes">\n  <ol>\n    <li id="fn:x" role="doc-endnote">\n      <p>note\u00a0'
        '<a href="#fnref:x" class="reversefootnote" role="doc-backlink">&#8617;</a>\u00a0'
        '<a href="#fnref:x:1" class="reversefootnote" role="doc-backlink">&#8617;<sup>2</sup></a></p>\n'
        "    </li>\n  </ol>\n</div>\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_construct_becomes_what_kramdown_makes_of_it(name: str) -> None:
    text, html = CASES[name]
    assert to_html(text, options_of({})) == html


@pytest.mark.parametrize(
    ("options", "text", "html"),
    [
        ({"auto_ids": False}, "# A\n", "<h1>A</h1>\n"),
        ({"auto_id_prefix": "x-"}, "# A\n", '<h1 id="x-a">A</h1>\n'),
        ({"hard_wrap": True}, "a\nb\n", "<p>a<br />\nb</p>\n"),
        ({"smart_quotes": "apos,apos,quot,quot"}, '"a"\n', '<p>"a"</p>\n'),
        ({"parse_block_html": True}, "<div>\n*a*\n</div>\n", "<div>\n  <p><em>a</em></p>\n</div>\n"),
        ({"math_engine": None}, "a $$b$$\n", '<p>a <span class="kdmath">$b$</span></p>\n'),
        ({"input": "kramdown"}, "a\n# b\n", "<p>a\n# b</p>\n"),
        ({"syntax_highlighter": None}, "`a`\n", "<p><code>a</code></p>\n"),
        ({"syntax_highlighter_opts": {"disable": True}}, "    a\n", "<pre><code>a\n</code></pre>\n"),
    ],
)
def test_options_of_the_site_count(options: dict[str, object], text: str, html: str) -> None:
    assert to_html(text, options_of(options)) == html


def test_colours_do_not_change_the_text_of_code() -> None:
    html = to_html("```irb\n>> 1\n=> 1\n         ^\n```\n", options_of({}))
    assert "&gt;" in html
    assert html.count("^") == 1
