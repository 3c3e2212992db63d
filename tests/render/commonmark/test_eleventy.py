"""What the packages that an Eleventy site uses make of Markdown."""

import pytest

from editor.render.commonmark.renderer import CommonMarkRenderer
from tests.render.commonmark.model import Typed, document_of, html_of


def page(text, **options):
    given = {"flavour": "eleventy", "markdown_it": {"html": True}, "templates": "liquid", "disable": ["code"]}
    return html_of(text, **{**given, **options})


def notes(text, **options):
    return Typed({"flavour": "eleventy", "templates": "liquid", **options}, text).notes


def test_the_options_of_markdown_it_are_the_sites():
    text = '<b>a</b> -- "b"\nexample@example.com'
    assert page(text) == "<p><b>a</b> -- &quot;b&quot;\nexample@example.com</p>"
    assert page(text, markdown_it={}) == "<p>&lt;b&gt;a&lt;/b&gt; -- &quot;b&quot;\nexample@example.com</p>"
    everything = {"html": True, "breaks": True, "linkify": True, "typographer": True}
    assert page(text, markdown_it=everything) == (
        '<p><b>a</b> – “b”<br>\n<a href="mailto:example@example.com">example@example.com</a></p>'
    )


def test_indented_lines_are_text_and_no_headings():
    assert page("    # no code") == "<p># no code</p>"
    assert page("    # code", disable=[]) == "<pre><code># code\n</code></pre>"


def test_spaces_that_do_not_break_stay():
    assert page("text\u00a0\n\n# head\u00a0 ##\n\nunder\u00a0\n---") == (
        "<p>text\u00a0</p>\n<h1>head\u00a0</h1>\n<h2>under\u00a0</h2>"
    )


@pytest.mark.parametrize(
    ("options", "html"),
    [
        ({}, """<h2 id="it's-%C3%A4-b" tabindex="-1">It's ä b</h2>"""),
        ({"slugify": "slugify"}, '<h2 id="its-ae-b" tabindex="-1">It\'s ä b</h2>'),
        ({"level": 3}, "<h2>It's ä b</h2>"),
        ({"level": [2], "tabIndex": False, "slugify": "slugify"}, '<h2 id="its-ae-b">It\'s ä b</h2>'),
        (
            {"slugify": "slugify", "permalink": {"kind": "headerLink"}},
            '<h2 id="its-ae-b" tabindex="-1"><a class="header-anchor" href="#its-ae-b">It\'s ä b</a></h2>',
        ),
        (
            {"slugify": "slugify", "permalink": {"kind": "ariaHidden", "placement": "before", "class": "x"}},
            '<h2 id="its-ae-b" tabindex="-1"><a class="x" href="#its-ae-b" aria-hidden="true">#</a> It\'s ä b</h2>',
        ),
    ],
)
def test_anchors_of_headings(options, html):
    assert page("## It's ä b", plugins=[["markdown-it-anchor", options]]) == html


def test_the_ids_of_eleventys_own_plugin_count_from_two():
    assert page("# A\n\n# A\n\n# A", heading_ids=True) == (
        '<h1 id="a">A</h1>\n<h1 id="a-2">A</h1>\n<h1 id="a-3">A</h1>'
    )
    assert notes("# Заголовок", heading_ids=True) == [["heading-ids", ""]]
    assert notes("<h1>A</h1>", heading_ids=True, markdown_it={"html": True}) == [["heading-ids", ""]]


def test_footnotes():
    html = page("a[^1] b^[in *line*] c[^1]\n\n[^1]: note\n", plugins=[["markdown-it-footnote", {}]])
    reference, inline, again = (
        '<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup>',
        '<sup class="footnote-ref"><a href="#fn2" id="fnref2">[2]</a></sup>',
        '<sup class="footnote-ref"><a href="#fn1" id="fnref1:1">[1:1]</a></sup>',
    )
    assert html.startswith(f"<p>a{reference} b{inline} c{again}</p>")
    assert '<li id="fn2" class="footnote-item"><p>in <em>line</em> <a href="#fnref2"' in html
    assert html.index('href="#fnref1"') < html.index('href="#fnref1:1"')


def test_a_reference_to_no_footnote_is_text():
    assert page("a[^1]", plugins=[["markdown-it-footnote", {}]]) == "<p>a[^1]</p>"


@pytest.mark.parametrize(
    ("name", "text", "html"),
    [
        ("markdown-it-mark", "a ==b== c", "<p>a <mark>b</mark> c</p>"),
        ("markdown-it-ins", "a ++b++ +c+", "<p>a <ins>b</ins> +c+</p>"),
        ("markdown-it-mark", "===b===", "<p>=<mark>b</mark>=</p>"),
        ("markdown-it-sub", "H~2~O", "<p>H<sub>2</sub>O</p>"),
        ("markdown-it-sup", "x^2^", "<p>x<sup>2</sup></p>"),
        ("markdown-it-deflist", "a\n: b", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"),
    ],
)
def test_small_plugins(name, text, html):
    assert page(text, plugins=[[name, {}]]) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('# A {#b .c d="e f"}', '<h1 id="b" class="c" d="e f">A</h1>'),
        ("*a*{.b} `c`{.d}", '<p><em class="b">a</em> <code class="d">c</code></p>'),
        ("text\n{.a}", '<p class="a">text</p>'),
        ("- a {.b}\n- c\n{.d}", '<ul class="d">\n<li class="b">a</li>\n<li>c</li>\n</ul>'),
        ("- a\n\n{.b}", '<ul class="b">\n<li>a</li>\n</ul>'),
        ("--- {.a}", '<hr class="a">'),
        ("text\n\n{.a}", '<p>text</p>\n<p class="a"></p>'),
        ("{not} {} a {.}", "<p>{not} {} a {.}</p>"),
    ],
)
def test_attributes_in_braces(text, html):
    assert page(text, plugins=[["markdown-it-attrs", {}]]) == html


def test_attributes_below_a_list_belong_to_its_block_while_they_are_typed():
    options = {"flavour": "eleventy", "plugins": [["markdown-it-attrs", {}]]}
    typed = Typed(options, "- a\n\n.b\n\ntext\n")
    typed.type(typed.text.index(".b"), typed.text.index(".b"), "{")
    typed.type(typed.text.index(".b") + 2, typed.text.index(".b") + 2, "}")
    assert typed.blocks == ['<ul class="b">\n<li>a</li>\n</ul>', "<p>text</p>"]
    typed.check()


def test_prism_wraps_code_and_is_named():
    assert page("```js/1\na<b\n```", highlighter="Prism") == (
        '<pre class="language-js"><code class="language-js">a&lt;b</code></pre>'
    )
    assert page("```\na\n```", highlighter="Prism") == "<pre><code>a\n</code></pre>"
    assert notes("```js\na\n```", highlighter="Prism") == [["highlighter", "Prism"]]
    assert notes("```\na\n```", highlighter="Prism") == []


def test_what_the_template_engine_prints_is_a_placeholder_and_named_once():
    html = page("a {{ site.title }} b")
    assert html == (
        '<p>a <copydesk-placeholder kind="output" name="site.title">{{ site.title }}</copydesk-placeholder> b</p>'
    )
    text = '{% tag "*a*" %}\n\n{{ x }} and {{ x }}\n\n{% endtag %}'
    assert notes(text) == [["placeholder", "tag"], ["placeholder", "x"]]


def test_what_is_raw_or_a_comment_needs_no_template_engine():
    text = "{% raw %}`{{ kept }}`{% endraw %}\n\n{% comment %}gone{% endcomment %}\n\n{{ '{%' }}"
    assert page(text) == "<p><code>{{ kept }}</code></p>\n<p>{%</p>"
    assert notes(text) == []


def test_templates_in_addresses_and_raw_html_do_not_break_them():
    html = page('[a]({{ "/b/" | url }}) [c]({{d}}) <i title="{{ e }}">f</i>')
    assert html == (
        '<p><a href="{{ &quot;/b/&quot; | url }}">a</a> <a href="{{d}}">c</a> <i title="{{ e }}">f</i></p>'
    )


def test_no_template_engine_where_the_site_or_the_page_has_none():
    assert page("{{ a }}", templates="") == "<p>{{ a }}</p>"
    typed = Typed({"flavour": "eleventy", "templates": "liquid"}, "{{ a }}")
    assert "copydesk-placeholder" in typed.blocks[0]


def test_what_a_later_step_changes_is_noted_only_where_there_is_such_a_thing():
    changes = [["<img", "eleventyImageTransformPlugin"]]
    assert notes("![a](b.png)", changes=changes) == [["changed-in-build", "eleventyImageTransformPlugin"]]
    assert notes("a", changes=changes) == []


def test_a_comment_of_the_template_engine_leaves_empty_lines():
    typed = Typed(
        {"flavour": "eleventy", "templates": "liquid"},
        "one\n{% comment %}\n\ngone\n{% endcomment %}\ntwo {% comment %}x{% endcomment %}\n",
    )
    assert [block for block in typed.blocks if block] == ["<p>one</p>", "<p>two</p>"]
    assert sum(typed.lines) == 6


def test_a_page_names_another_template_engine_than_its_site():
    options = {"flavour": "eleventy", "templates": "liquid"}
    for named, shown in (("md", False), ("njk,md", True), (False, True), ("", True)):
        document = document_of("{{ a }}", options, {"meta": {"templateEngineOverride": named}})
        assert ("copydesk-placeholder" in CommonMarkRenderer().render(document)[0]) is shown


def test_the_mark_of_the_excerpt_is_taken_out():
    options = {"flavour": "eleventy", "excerpt_separator": "<!-- cut -->", "markdown_it": {"html": True}}
    assert html_of("one\n\n<!-- cut -->\n\ntwo\n", **options) == "<p>one</p>\n<p>two</p>"
    assert html_of("one <!-- cut --> two\n", **options) == "<p>one  two</p>"
    typed = Typed(options, "one\n\ntwo\n")
    typed.type(5, 5, "<!-- cut -->\n")
    assert "cut" not in "".join(typed.blocks)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a {# b\nc #} d\n\ne", "<p>a  d</p>\n<p>e</p>"),
        ("{# b\nc #}# d\n\ne", "<h1>d</h1>\n<p>e</p>"),
        ("{# b\n\nc #}\nd\n\ne", "<p>d</p>\n<p>e</p>"),
        ("{# b #}d\n\ne", "<p>d</p>\n<p>e</p>"),
        ("[a](/{# b\nc #}d) e", '<p><a href="/d">a</a> e</p>'),
        ("a {# b\nc #}", "<p>a</p>"),
    ],
)
def test_comments_take_their_lines_along(text, html):
    assert page(text, templates="njk") == html


def test_blocks_behind_a_comment_keep_their_lines():
    typed = Typed({"flavour": "eleventy", "templates": "njk"}, "a {# b\nc\nd #} e\n\n# F\n\ng\n")
    assert typed.lines == [4, 2, 1]
    typed.check()


@pytest.mark.parametrize("text", ["a {{ b", "a {% b", "a {# b", "{{ 'b }}"])
def test_a_tag_without_an_end_is_noted(text):
    assert ["template-broken", ""] in notes(text, templates="njk")


def test_a_sign_of_a_comment_is_text_to_liquid():
    assert page("a {# b") == "<p>a {# b</p>"
    assert notes("a {# b\n\n{{ '{#' }}") == []
