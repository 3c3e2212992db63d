"""What Astro makes of Markdown: remark with GitHub's extensions and typography, and Astro's own steps.

What is expected was made by Astro 5.18.
"""

import pytest

from editor.render.commonmark.plugins.gfm_slugs import GithubIds, github_slug
from editor.render.commonmark.plugins.smartypants import Smartypants
from editor.render.commonmark.renderer import CommonMarkRenderer
from tests.render.commonmark.model import Typed, document_of, html_of


def page(text, **options):
    return html_of(text, **{"flavour": "astro", "front_matter": "hugo", **options})


def notes(text, **options):
    return Typed({"flavour": "astro", **options}, text).notes


def mdx(text):
    document = document_of(text, {"flavour": "astro"})
    document.path = "page.mdx"
    return CommonMarkRenderer().render(document)[:2]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("He said, \"'Quoted' words.\"", "He said, “‘Quoted’ words.”"),
        ("it's the '80s -- dogs' --- end...", "it’s the ’80s — dogs’ --- end…"),
        ('``so\'\' ("x") "a": b', "“so” (“x”) “a”: b"),
        ('"One." "Two?" she said.', "“One.” “Two?” she said."),
        (". . . and more. . . .", "… and more… ."),
        ("Mr. 'A' vs. \"B\", 1.'2' \U0001f600'x'", "Mr. ‘A’ vs. “B”, 1.‘2’ \U0001f600‘x’"),
    ],
)
def test_typography(written, shown):
    made = Smartypants({})
    assert made.other(made.quoted(f" {written} "))[1:-1] == shown


def test_quotes_go_through_emphasis_links_and_code_but_not_through_breaks():
    assert page('*"a* b" [\'c](d)\' `"`"') == (
        '<p><em>“a</em> b” <a href="d">‘c</a>’ <code>&quot;</code>”</p>'
    )
    assert page('a  \n"b"') == "<p>a<br />\n”b”</p>"
    assert page('"a"...', smartypants=False) == "<p>&quot;a&quot;...</p>"
    assert (
        page('"a" -- b', smartypants={"dashes": "oldschool", "quotes": False}) == "<p>&quot;a&quot; – b</p>"
    )


def test_ids_of_headings_are_githubs_without_a_hyphen_at_the_end():
    assert page("# It's `x` & y!\n\n# It's x  y\n\n# a-\n\n# a-") == (
        '<h1 id="its-x--y">It’s <code>x</code> &amp; y!</h1>\n<h1 id="its-x--y-1">It’s x  y</h1>\n'
        '<h1 id="a">a-</h1>\n<h1 id="a--1">a-</h1>'
    )
    assert page("# a-", keeps_hyphens=True) == '<h1 id="a-">a-</h1>'
    assert github_slug("Ünïcode Ⓐ 日本_x ½ 👍") == "ünïcode-ⓐ-日本_x--"


def test_an_id_that_is_taken_counts_on():
    ids = GithubIds()
    assert [ids.unique(slug) for slug in ("a", "a-1", "a", "a", "a-1")] == ["a", "a-1", "a-2", "a-3", "a-1-1"]


@pytest.mark.parametrize(
    ("written", "address", "rest"),
    [
        ("https://example.com/a_(b)).", "https://example.com/a_(b)", ")."),
        ("www.example.com/?q=1&amp;", "http://www.example.com/?q=1", "&amp;"),
        ("a.b+c@example.co.uk.", "mailto:a.b+c@example.co.uk", "."),
        ("[https://example.com/x]", "https://example.com/x", None),
        ('"https://example.com"', "https://example.com", None),
        ("http://localhost:80/x", "http://localhost:80/x", ""),
    ],
)
def test_addresses_in_the_text(written, address, rest):
    html = page(written, smartypants=False)
    assert f'<a href="{address}">' in html
    if rest is not None:
        assert html.endswith(f"</a>{rest}</p>")


@pytest.mark.parametrize(
    "written", ["xhttps://example.com", "a@example.c0", "www", "`www.example.com`", "a@b"]
)
def test_what_is_no_address(written):
    assert "<a " not in page(written)


def test_no_extensions_without_gfm():
    html = page("~~a~~ www.example.com\n\n| a |\n|--|\n\n- [ ] b\n\nc[^1]\n\n[^1]: d", gfm=False)
    assert "<del>" not in html and "<table>" not in html and "<input" not in html
    assert "section" not in html


def test_tables_have_as_many_cells_as_their_head():
    html = page("| a \\| b | `c\\|d` |\n|:--|--:|\n| 1 | 2 | 3 |\n| 1\n\nend")
    assert '<th align="left">a | b</th>\n<th align="right"><code>c|d</code></th>' in html
    assert html.count("<td") == 4
    assert "3" not in html
    assert page("a | b\n--|") == "<p>a | b\n—|</p>"


def test_tasks_and_struck_text():
    assert page("- [x] a\n- [ ]\n- ~b~ ~~c~~ ~~~d~~~") == (
        '<ul class="contains-task-list">\n<li class="task-list-item"><input type="checkbox" checked disabled> a</li>\n'
        "<li>[ ]</li>\n<li><del>b</del> <del>c</del> ~~~d~~~</li>\n</ul>"
    )


def test_footnotes_are_numbered_by_their_references_those_in_notes_last():
    html = page("a[^x] b[^y] c[^x] d[^none]\n\n[^z]: deep\n[^y]: other\n\n    - list\n[^x]: first[^z]")
    assert html.index('id="user-content-fn-x"') < html.index('id="user-content-fn-y"')
    assert html.index('id="user-content-fn-y"') < html.index('id="user-content-fn-z"')
    assert 'id="user-content-fnref-x-2" data-footnote-ref' in html
    assert 'aria-label="Back to reference 1-2"' in html
    assert "d[^none]" in html
    assert '<h2 class="sr-only" id="footnote-label">Footnotes</h2>' in html
    said = page("a[^1]\n\n[^1]: b", rehype={"footnoteLabel": "Notes", "clobberPrefix": ""})
    assert ">Notes</h2>" in said and 'id="fn-1"' in said


def test_code_is_wrapped_as_shiki_does_and_only_colours_are_missing():
    assert page("```\na\n\nb<\n```") == (
        '<pre class="astro-code github-dark" style="background-color:#24292e;color:#e1e4e8; overflow-x: auto;" '
        'tabindex="0" data-language="plaintext"><code><span class="line"><span>a</span></span>\n'
        '<span class="line"><span></span></span>\n<span class="line"><span>b&lt;</span></span></code></pre>'
    )
    assert notes("```\na\n```") == []
    assert notes("```js\na\n```") == [["highlighter", "Shiki"]]
    assert 'data-language="plaintext"' in page("```nonsense\na\n```")


def test_code_of_other_highlighters_and_themes():
    assert page("```js\na\n```", highlighter="") == '<pre><code class="language-js">a\n</code></pre>'
    assert page("```math\na\n```") == '<pre><code class="language-math">a\n</code></pre>'
    assert 'class="language-js" data-language="js"' in page("```js\na\n```", highlighter="prism")
    two = page("```\na\n```", shiki={"themes": {"light": "github-light", "dark": "nord"}, "wrap": True})
    assert 'class="astro-code astro-code-themes github-light nord"' in two
    assert "background-color:#fff;--shiki-dark-bg:#2e3440ff;color:#24292e;--shiki-dark:#d8dee9ff;" in two
    assert "white-space: pre-wrap" in two


def test_lists_and_code_behind_them_are_micromarks():
    assert (
        page("1. a\n\n   b\n\n  code", highlighter="")
        == "<ol>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ol>\n<p>code</p>"
    )
    behind = page("  1. a\n\n    code\n    more", highlighter="")
    assert behind.count("<pre>") == 2
    assert page("> - a\n>\n> 1. b").count("<p>") == 1
    assert page("- a\n\n1. b").count("<p>") == 0


def test_pictures_of_the_site_are_made_smaller_by_a_build():
    assert page('![a *b* `c`](./d e.png "T")') == "<p>![a <em>b</em> <code>c</code>](./d e.png “T”)</p>"
    assert page('![a *b* `c`](<./d e.png> "T")') == '<p><img src="./d%20e.png" alt="a b c" title="T"></p>'
    assert notes("![a](./b.png)") == [["picture-optimized", ""]]
    assert notes("![a](/b.png) ![c](https://example.com/d.png)") == []
    assert notes("![c](https://example.com/d.png)", remote=["https://example.com/"]) == [
        ["picture-optimized", ""]
    ]


def test_attributes_of_raw_html_are_properties_in_between():
    assert page('<a className="x" title="className=y">b</a>') == (
        '<p><a class="x" title="className=y">b</a></p>'
    )
    assert page("<video controls='controls' muted></video>") == '<p><video controls="" muted></video></p>'
    assert notes('<div style={{margin: "a"}}>x</div>') == [["raw-attributes", ""]]
    assert notes("<b title='a' id=c>x</b>") == []


def test_addresses_are_encoded_and_no_scheme_is_refused():
    assert page("[a](<b c%20ü%>)") == '<p><a href="b%20c%20%C3%BC%25">a</a></p>'
    assert page("[a](javascript:b)") == '<p><a href="javascript:b">a</a></p>'


def test_a_body_may_begin_with_a_byte_order_mark():
    assert page("\ufeff# A") == '<h1 id="a">A</h1>'


def test_what_is_javascript_in_an_mdx_page_is_shown_as_labels():
    html, said = mdx(
        "import X from './x'\nimport Y from './y'\n\n# A {props.b}\n\n<Card title={`>`}>\n\n*in*\n\n</Card>\n\n"
        "text <Icon name='c' /> `<Code>` {/* gone */}\n"
    )
    assert "import" not in html and "gone" not in html
    assert '<copydesk-placeholder kind="component" name="Card" block>' in html
    assert "<em>in</em>" in html and "<code>&lt;Code&gt;</code>" in html
    assert ["placeholder", "Card"] in said and ["placeholder", "Icon"] in said and ["mdx", ""] in said
    assert ["placeholder", "props.b"] in said


def test_braces_and_tags_mean_nothing_in_a_markdown_page():
    assert page("{a} import b") == "<p>{a} import b</p>"
    assert notes("{a}\n\nimport b") == []


def test_cells_of_a_table_are_aligned_by_a_style_in_mdx():
    table = "| a | b |\n|:--|---|\n| 1 | 2 |\n"
    assert '<th style="text-align:left">a</th><th>b</th>' in mdx(table)[0].replace("\n", "")
    assert '<td style="text-align:left">1</td>' in mdx(table)[0]
    assert '<th align="left">a</th>' in html_of(table, flavour="astro")
