"""What Hexo and its renderer with marked make of Markdown."""

import pytest

from tests.render.commonmark.model import Typed, html_of


def page(text, marked=None, **options):
    given = {"flavour": "hexo", "front_matter": "hexo", "highlighter": "highlight.js"}
    return html_of(text, **{**given, "marked": marked or {}, **options})


def notes(text, **options):
    return Typed({"flavour": "hexo", "highlighter": "highlight.js", **options}, text).notes


def test_lines_break_and_typography_is_on_unless_the_site_says_otherwise():
    text = '"a" -- it\'s\nb...'
    assert page(text) == "<p>“a” – it’s<br>b…</p>"
    plain = page(text, {"breaks": False, "smartypants": False})
    assert plain == "<p>&quot;a&quot; -- it's\nb...</p>"
    assert page("'a'", {"quotes": "«»‹›"}) == "<p>‹a›</p>"


def test_code_and_references_are_no_text_to_typography():
    assert (
        page('`"a"` <kbd>"b"</kbd> &quot;c"')
        == "<p><code>&quot;a&quot;</code> <kbd>&quot;b&quot;</kbd> &quot;c”</p>"
    )


def test_text_behind_an_address_that_is_no_link_is_left_alone():
    text = '"a" http://example.com "b" *c* "d"'
    assert page(text, {"autolink": False}) == ("<p>“a” http://example.com &quot;b&quot; <em>c</em> “d”</p>")


def test_a_break_behind_which_nothing_comes_is_none():
    assert page("a\\\n\u00a0") == "<p>a\\\n\u00a0</p>"


def test_headings_have_ids_and_links():
    assert page("# It's `x`\n\n# It's x") == (
        '<h1 id="It’s-x"><a href="#It’s-x" class="headerlink" title="It’s x"></a>It’s <code>x</code></h1>\n'
        '<h1 id="It’s-x-1"><a href="#It’s-x-1" class="headerlink" title="It’s x"></a>It’s x</h1>'
    )
    assert page("# Ab", {"modifyAnchors": 1}).startswith('<h1 id="ab">')
    assert page("# Ab", {"headerIds": False}) == "<h1>Ab</h1>"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://EXAMPLE.com", "http://example.com/"),
        ("https://example.com/a b?q=ü x#y", "https://example.com/a%20b?q=%C3%BC%20x#y"),
        ("https://example.com/?q=is%3Aopen+x", "https://example.com/?q=is:open+x"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("some file%20.md", "some%20file%20.md"),
        ("#ü", "#%C3%BC"),
    ],
)
def test_addresses_are_written_anew(written, address):
    assert page(f"[a](<{written}>)") == f'<p><a href="{address}">a</a></p>'


def test_addresses_in_the_text_are_links_without_the_sentences_signs():
    assert page("See http://example.com/a_b_c. (www.example.com) a@example.com!") == (
        '<p>See <a href="http://example.com/a_b_c">http://example.com/a_b_c</a>. '
        '(<a href="http://www.example.com/">www.example.com</a>) '
        '<a href="mailto:a@example.com">a@example.com</a>!</p>'
    )
    assert page("[http://example.com](http://example.com/)") == (
        '<p><a href="http://example.com/">http://example.com</a></p>'
    )
    assert page("http://example.com", {"autolink": False}) == "<p>http://example.com</p>"


def test_links_to_other_sites_get_what_the_site_asks_for():
    marked = {"external_link": {"enable": True, "nofollow": True, "exclude": ["example.org"]}}
    text = "[a](https://example.net/) [b](https://example.com/) [c](https://example.org/)"
    assert page(text, marked, url="https://example.com").count('target="_blank"') == 1


def test_pictures_begin_with_the_root_of_the_site():
    assert page("![a *b*](c.png)", root="/blog/") == '<p><img src="/blog/c.png" alt="a *b*"></p>'
    assert page("![a](c.png)", {"prependRoot": False}) == '<p><img src="c.png" alt="a"></p>'
    assert page("![a](c.png)", {"lazyload": True, "figcaption": True}) == (
        '<p><figure><img src="/c.png" alt="a" loading="lazy">'
        '<figcaption aria-hidden="true">a</figcaption></figure></p>'
    )


def test_code_stands_in_a_table_with_numbers():
    assert page("```js title\n  a\n\n  b\n```") == (
        '<figure class="highlight js"><figcaption><span>title</span></figcaption><table><tr>'
        '<td class="gutter"><pre><span class="line">1</span><br><span class="line">2</span><br>'
        '<span class="line">3</span><br></pre></td><td class="code"><pre><span class="line">a</span><br>'
        '<span class="line"></span><br><span class="line">b</span><br></pre></td></tr></table></figure>'
    )


def test_code_of_an_unknown_language_is_plain_and_needs_no_note():
    assert '<figure class="highlight plaintext">' in page("```nonsense\na\n```")
    assert notes("```nonsense\na\n```") == []
    assert notes("```js\na\n```") == [["highlighter", "highlight.js"]]


def test_code_without_numbers_or_table():
    assert 'class="gutter"' not in page("```\na\n```", highlight={"line_number": False})
    bare = {"line_number": False, "wrap": False, "hljs": True}
    assert page("```js\na\n```", highlight=bare) == '<pre><code class="hljs js">a</code></pre>'
    assert page("```js\na\n```", highlighter="") == '<pre><code class="language-js">a\n</code></pre>'
    assert page("```js\na\n```", highlighter="prismjs", prismjs={"line_number": False}) == (
        '<pre class="language-js" data-language="js"><code class="language-js">a</code></pre>'
    )


def test_a_fence_that_never_closes_or_stands_in_raw_html_is_doubted():
    assert ["code-ends", ""] in notes("```\na")
    assert ["code-ends", ""] in notes("<p>\n```\na\n```\n</p>")
    assert ["code-ends", ""] not in notes("- a\n\n  ```\n  b\n  ```\n")


def test_the_first_mark_of_the_excerpt_becomes_its_place():
    assert page("a\n\n<!-- more -->\n\nb\n\n<!--more-->") == (
        '<p>a</p>\n<span id="more"></span>\n<p>b</p>\n<!--more-->'
    )


def test_tables_tasks_and_struck_text_are_markeds():
    html = page("| a |\n|:-:|\n| ~b~ ~~c~~ |\n\n- [x] d\n")
    assert '<th align="center">a</th>' in html
    assert "<del>b</del> <del>c</del>" in html
    assert '<li><input checked="" disabled="" type="checkbox"> d</li>' in html


def test_a_term_and_what_follows_its_colon():
    assert page("term\n: said") == "<dl><dt>term</dt><dd>said</dd></dl>"
    assert page("term\n: said", {"descriptionLists": False}) == "<p>term<br>: said</p>"


def test_nunjucks_is_kept_out_of_code():
    assert page("`{{ a }}`") == "<p><code>{{ a }}</code></p>"
    assert "copydesk-placeholder" not in page("```\n{% a %}\n```")
    assert notes("`{{ a }}` {% b c %}") == [["placeholder", "b"]]
    assert page("{{ a }}", templates=False) == "<p>{{ a }}</p>"


def test_half_a_link_is_doubted():
    assert notes("[a]((b), c") == [["link-ends", ""]]
    assert notes("`[a](` and [a](b)") == []
