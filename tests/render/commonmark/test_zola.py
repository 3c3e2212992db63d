"""What Zola makes of Markdown, after its documentation."""

import pytest

from editor.render.commonmark.renderer import CommonMarkRenderer
from tests.render.commonmark.model import Typed, document_of, html_of


def page(text, facts=None, **options):
    given = {"flavour": "zola", "front_matter": "hugo", **options}
    return CommonMarkRenderer().render(document_of(text, given, facts))[0]


def notes(text, **options):
    return Typed({"flavour": "zola", **options}, text).notes


def test_headings_have_ids_of_their_text_and_the_ones_they_are_given():
    assert page("# Hello\n\n# Hello\n\n# L'écologie et vous\n\n# Hello {#hello-1 .a .b}\n\n# `hi` **x**") == (
        '<h1 id="hello">Hello</h1>\n<h1 id="hello-2">Hello</h1>\n'
        '<h1 id="l-ecologie-et-vous">L\'écologie et vous</h1>\n'
        '<h1 id="hello-1" class="a b">Hello</h1>\n<h1 id="hi-x"><code>hi</code> <strong>x</strong></h1>'
    )
    assert page("# A b: c", anchors="safe") == '<h1 id="A_b_c">A b: c</h1>'


@pytest.mark.parametrize(
    ("where", "html"),
    [
        ("left", '<h1 id="a"><a class="zola-anchor" href="#a" aria-label="Anchor link for: a">🔗</a>A</h1>'),
        ("right", '<h1 id="a">A<a class="zola-anchor" href="#a" aria-label="Anchor link for: a">🔗</a></h1>'),
        ("heading", '<h1 id="a"><a class="zola-anchor" href="#a">A</a></h1>'),
        ("", '<h1 id="a">A</h1>'),
    ],
)
def test_links_of_headings_stand_where_the_section_says(where, html):
    assert page("# A", {"anchor_links": where}) == html


def test_code_names_its_language():
    assert page("```rust,linenos\na<\n```\n\n```\nb\n```") == (
        '<pre data-lang="rust" class="language-rust "><code class="language-rust" data-lang="rust">a&lt;\n'
        "</code></pre>\n<pre><code>b\n</code></pre>"
    )
    assert notes("```rust\na\n```") == []
    assert notes("```rust\na\n```", highlighted=True) == [["highlighter", "Zola"]]


def test_links_to_other_sites_get_what_the_site_asks_for():
    asked = {"external_links_target_blank": True, "external_links_no_follow": True}
    assert page("[a](https://example.com) [b](/c)", markdown=asked) == (
        '<p><a href="https://example.com" rel="noopener nofollow" target="_blank">a</a> <a href="/c">b</a></p>'
    )


def test_links_to_pages_of_the_site_lead_to_their_addresses():
    facts = {"permalinks": {"@/b/c.md": "https://example.com/b/c/"}}
    assert page("[a](@/b/c.md#d)", facts) == '<p><a href="https://example.com/b/c/#d">a</a></p>'
    assert notes("[a](@/none.md)") == [["link-address", "@/none.md"]]


def test_footnotes_stand_where_they_are_written():
    assert page("a[^x]\n\n[^x]: b") == (
        '<p>a<sup class="footnote-reference"><a href="#x">1</a></sup></p>\n'
        '<div class="footnote-definition" id="x"><sup class="footnote-definition-label">1</sup>\n<p>b</p>\n</div>'
    )


def test_footnotes_at_the_bottom_are_numbered_and_lead_back():
    html = page("a[^y] b[^x] c[^y]\n\n[^x]: one\n[^y]: two\n[^z]: none", markdown={"bottom_footnotes": True})
    assert html.index('<li id="fn-y">') < html.index('<li id="fn-x">')
    assert '<p>two <a href="#fr-y-1">↩</a> <a href="#fr-y-2">↩2</a></p>' in html
    assert "none" not in html


def test_signs_emoji_and_definitions_are_options():
    text = '"a" -- it\'s --- b... :smile:\n\nterm\n: said'
    assert "&quot;a&quot; -- it's --- b... :smile:" in page(text)
    html = page(text, markdown={"smart_punctuation": True, "render_emoji": True, "definition_list": True})
    assert "“a” – it’s — b… 😄" in html
    assert "<dt>term</dt>" in html


def test_tables_tasks_and_struck_text():
    html = page("| a |\n|--:|\n| ~~b~~ |\n\n- [x] c")
    assert '<td style="text-align: right"><del>b</del></td>' in html
    assert '<li><input disabled="" type="checkbox" checked>\nc</li>' in html


def test_the_first_mark_of_the_summary_becomes_its_place():
    assert page("a\n\n<!-- more -->\n\nb\n\n<!-- more -->") == (
        '<p>a</p>\n<span id="continue-reading"></span>\n<p>b</p>\n<!-- more -->'
    )


def test_shortcodes_are_labels_and_those_in_comments_are_text():
    html = page('{{ youtube(id="a)b") }}\n\n{% quote() %}\n*c*\n\nd\n{% end %}\n\ne {{/* f() */}} {{ g }}')
    assert html.count("copydesk-placeholder kind=") == 2
    assert "<em>" not in html
    assert "<p>e {{ f() }} {{ g }}</p>" in html
    assert notes("{{ youtube(id=1) }}") == [["placeholder", "youtube"]]


def test_a_picture_is_loaded_late_where_the_site_asks_for_it():
    assert page("![a](b.png)", markdown={"lazy_async_image": True}) == (
        '<p><img src="b.png" alt="a" loading="lazy" decoding="async"></p>'
    )
    assert html_of("![a](b.png)", flavour="zola") == '<p><img src="b.png" alt="a"></p>'
