"""Hugo's Markdown; what is expected was published by Hugo 0.168."""

import pytest

from editor.render.commonmark.renderer import CommonMarkRenderer
from editor.render.python_markdown.verification import tokens
from tests.render.commonmark.model import document_of

SITE = {"flavour": "hugo", "goldmark": {"renderer": {"unsafe": True}}}


def page(text, facts=None, **goldmark):
    options = {**SITE, "goldmark": {**SITE["goldmark"], **goldmark}}
    html, notes, _files = CommonMarkRenderer().render(document_of(text, options, facts))
    return html, notes


def shown(html):
    return tokens(html)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (
            "# Hello World\n\n## Hello World\n",
            '<h1 id="hello-world">Hello World</h1><h2 id="hello-world-1">Hello World</h2>',
        ),
        ("# !!!\n", '<h1 id="heading">!!!</h1>'),
        ("# C++ & C# 100% ½ ² ٣\n", '<h1 id="c--c-100---٣">C++ &amp; C# 100% ½ ² ٣</h1>'),
        ("# [a_b c](x)\n", '<h1 id="a_"><a href="x">a_b c</a></h1>'),
        ('## T {#i .a key="v"}\n', '<h2 id="i" class="a" key="v">T</h2>'),
        ("# https://x.yz/a\n", '<h1><a href="https://x.yz/a">https://x.yz/a</a></h1>'),
        ("\"a\" 'b' it's -- --- ... << >>", "<p>“a” ‘b’ it’s – — … « »</p>"),
        ("'90s 'tis rock 'n' roll", "<p>’90s ’tis rock ’n’ roll</p>"),
        (
            "(https://a.bc/c), (https://a.bc/c.) https://a.bc/c(x)).",
            '<p>(<a href="https://a.bc/c">https://a.bc/c</a>), (<a href="https://a.bc/c.">https://a.bc/c.</a>) <a href="https://a.bc/c(x)">https://a.bc/c(x)</a>).</p>',
        ),
        ("x:https://a.bc [x https://a.bc", "<p>x:https://a.bc [x https://a.bc</p>"),
        (
            "www.a.com me@x.com",
            '<p><a href="https://www.a.com">www.a.com</a> <a href="mailto:me@x.com">me@x.com</a></p>',
        ),
        ("~~a~~ ~b~ H~2~O", "<p><del>a</del> <del>b</del> H<del>2</del>O</p>"),
        (
            "- [x] a\n- [ ] b\n- [x](c)\n",
            (
                '<ul><li><input checked disabled type="checkbox"> a</li><li><input disabled type="checkbox"> b</li>'
                '<li><input checked disabled type="checkbox"> (c)</li></ul>'
            ),
        ),
        ("A\nB\n: c\n\n: d\n\n  e\n", "<dl><dt>A</dt><dt>B</dt><dd>c</dd><dd><p>d</p><p>e</p></dd></dl>"),
        ("A\n: c\n\n  d\n", "<dl><dt>A</dt><dd>c<p>d</p></dd></dl>"),
        (
            "text\n| a |\n|:-:|\n| `b\\|c` |\n",
            (
                '<p>text</p><table><thead><tr><th style="text-align: center">a</th></tr></thead>'
                '<tbody><tr><td style="text-align: center"><code>b|c</code></td></tr></tbody></table>'
            ),
        ),
        ("| a\n| - | -\n", "<table><thead><tr><th>a</th><th></th></tr></thead><tbody></tbody></table>"),
        ("a\n<!--more-->\nb", "<p>a</p><p>b</p>"),
        ("\u00a0a\u00a0\n", "<p>\u00a0a\u00a0</p>"),
        ("`a\n   b`", "<p><code>a b</code></p>"),
        ("[a](javascript:b)", '<p><a href="javascript:b">a</a></p>'),
        ("![*a* `b` &amp;](c)", '<p><img src="c" alt="a b &amp;"></p>'),
        ("Foo\n   ----  \n", '<h2 id="foo">Foo</h2>'),
        ("Foo *bar\nbaz*\n===\n", "<h1>Foo <em>bar\nbaz</em></h1>"),
        ("    code\n", "<pre><code>code\n</code></pre>"),
        ("> [!NOTE]\n> a\n", "<blockquote><p>[!NOTE]\na</p></blockquote>"),
    ],
)
def test_it_publishes_what_hugo_does(text, published):
    assert shown(page(text)[0]) == shown(published)


@pytest.mark.parametrize(
    ("text", "published", "settings"),
    [
        ("<b>a</b> [x](javascript:y)", '<p>a <a href="">x</a></p>', {"renderer": {}}),
        ("a\nb", "<p>a<br>\nb</p>", {"renderer": {"hardWraps": True}}),
        ('"a" \'b', '<p>"a" \'b</p>', {"extensions": {"typographer": {"disable": True}}}),
        (
            '"a"',
            "<p>«a»</p>",
            {"extensions": {"typographer": {"leftDoubleQuote": "&laquo;", "rightDoubleQuote": "&raquo;"}}},
        ),
        (
            "www.a.com",
            '<p><a href="http://www.a.com">www.a.com</a></p>',
            {"extensions": {"linkifyProtocol": "http"}},
        ),
        ("https://a.bc", "<p>https://a.bc</p>", {"extensions": {"linkify": False}}),
        ("# Ünï", '<h1 id="uni">Ünï</h1>', {"parser": {"autoIDType": "github-ascii"}}),
        ("# A", "<h1>A</h1>", {"parser": {"autoHeadingID": False}}),
        ("# A {#b}", '<h1 id="a-b">A {#b}</h1>', {"parser": {"attribute": {"title": False}}}),
        (
            "a\n{.b}\n\n- c\n{.d}\n",
            '<p class="b">a</p><ul class="d"><li>c</li></ul>',
            {"parser": {"attribute": {"block": True}}},
        ),
        ("A\n: b", '<dl><dt id="a">A</dt><dd>b</dd></dl>', {"parser": {"autoDefinitionTermID": True}}),
        (
            "![a](b)\n\nc",
            '<img src="b" alt="a"><p>c</p>',
            {"parser": {"wrapStandAloneImageWithinParagraph": False}},
        ),
        (
            "H~2~O x^2^ ++a++ ==b== ~~c~~",
            "<p>H<sub>2</sub>O x<sup>2</sup> <ins>a</ins> <mark>b</mark> <del>c</del></p>",
            {
                "extensions": {
                    "strikethrough": False,
                    "extras": {
                        name: {"enable": True}
                        for name in ("delete", "insert", "mark", "subscript", "superscript")
                    },
                }
            },
        ),
        (
            "a $x_1*y*$ b\n$$c < *d*$$\ne",
            "<p>a $x_1*y*$ b\n</p>$$c < *d*$$<p>\ne</p>",
            {
                "extensions": {
                    "passthrough": {
                        "enable": True,
                        "delimiters": {"inline": [["$", "$"]], "block": [["$$", "$$"]]},
                    }
                }
            },
        ),
    ],
)
def test_it_follows_the_settings(text, published, settings):
    assert shown(page(text, **settings)[0]) == shown(published)


def test_footnotes_are_numbered_in_the_order_of_reference():
    html, _notes = page("[^x]: X [^y]\n\nsee [^y] [^x] [^z]\n\n[^y]: Y\n")
    link = '<sup id="fnref{0}"><a href="#fn:{1}" class="footnote-ref" role="doc-noteref">{1}</a></sup>'
    assert link.format("1:1", 1) in html
    assert link.format(":2", 2) in html
    assert "[^z]" in html
    assert html.index('<li id="fn:1">\n<p>Y') < html.index('<li id="fn:2">\n<p>X')
    back = '&#160;<a href="#fnref:1" class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a>'
    assert back in html


def test_whether_a_quote_closes_depends_on_the_paragraphs_above():
    assert shown(page("a\n\nb:'\n")[0]) == shown("<p>a</p><p>b:'</p>")
    # The quote after x is taken for an apostrophe, and does not count as closing.
    assert shown(page("'x' a\n\nb:'\n")[0]) == shown("<p>‘x’ a</p><p>b:’</p>")


def test_code_is_wrapped_as_chroma_wraps_it():
    html, _notes = page(
        "```go {hl_lines=[2],linenos=inline}\na\nb\n```\n\n```\nplain <b>\n```\n\n```nolang\nx\n```\n"
    )
    assert '<div class="highlight"><pre tabindex="0" style="' in html
    assert '<code class="language-go" data-lang="go">' in html
    assert html.count("background-color:#3c3d38") == 1
    assert '<pre tabindex="0"><code>plain &lt;b&gt;\n</code></pre>' in html
    assert '<pre tabindex="0"><code class="language-nolang" data-lang="nolang">x\n</code></pre>' in html


def test_what_hugo_would_stop_at_is_noted():
    assert page("```go {hl_lines=[}\na\n```\n")[1] == [["hugo-attributes", "go {hl_lines=[}"]]


def test_the_hooks_of_the_site_are_noted_where_they_would_be_used():
    options = {**SITE, "hooks": ["blockquote-alert", "codeblock-mermaid", "link"]}

    def notes(text):
        return CommonMarkRenderer().render(document_of(text, options))[1]

    assert notes("a\n\n> b\n\n```go\nc\n```\n") == []
    assert notes("> [!NOTE]\n> a\n") == [["hugo-render-hook", "blockquote-alert"]]
    assert notes("```mermaid\na\n```\n") == [["hugo-render-hook", "codeblock-mermaid"]]
    assert notes("[a](b)") == [["hugo-render-hook", "link"]]


def test_hugos_own_hooks_write_what_the_site_says_of_links():
    options = {**SITE, "embedded": ["link", "image"]}
    facts = {
        "permalink": "/posts/a/",
        "pages": {"b.md": ["https://x.org/posts/b/", "/posts/b/"]},
        "resources": {"c d.png": "/posts/a/c%20d.png"},
    }
    text = "[x](b.md#y) [h](#z) [n](missing.md) ![p](<c d.png>) [t](tel:1)"
    html, _notes, _files = CommonMarkRenderer().render(document_of(text, options, facts))
    assert shown(html) == shown(
        '<p><a href="/posts/b/#y">x</a> <a href="/posts/a/#z">h</a> <a href="missing.md">n</a> '
        '<img src="/posts/a/c%20d.png" alt="p"> <a href="#ZgotmplZ">t</a></p>'
    )


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (
            "| \u00a0a\u00a0 |\n|---|\n| \u3000b\x1c |\n",
            (
                "<table><thead><tr><th>\u00a0a\u00a0</th></tr></thead>"
                "<tbody><tr><td>\u3000b\x1c</td></tr></tbody></table>"
            ),
        ),
        ("|a|b|\n|\u00a0---|---|\n", "<p>|a|b| |\u00a0—|—|</p>"),
        ("## a {#c\u00a0}\n", '<h2 id="c\u00a0">a</h2>'),
        ("x\x1cy *\x1fa*", "<p>x\x1cy <em>\x1fa</em></p>"),
    ],
)
def test_white_space_beyond_that_of_ascii_is_text(text, published):
    html, _notes = page(text)
    assert shown(html) == shown(published)
    assert ("\u00a0" in html, "\x1c" in html) == ("\u00a0" in published, "\x1c" in published)


def test_attributes_within_attributes_without_an_end_are_text():
    assert page("{a=" * 3000)[0].startswith("<p>{a={a=")


@pytest.mark.timeout(30)
def test_a_long_run_of_quotes_is_looked_over_once():
    assert page('"' * 20_000)[0].startswith("<p>")
