"""What is said of excerpts: which mark ends them, and what only looks like it."""

import pytest

from editor.site import find
from editor.site.excerpt_cuts import first_hugo_paragraphs, first_words, jekyll_excerpt
from editor.site.excerpts import plan_excerpt

HEADS = {
    "hugo": (
        {"hugo.toml": "baseURL = 'https://example.org/'\n"},
        "content/posts/a.md",
        "---\ntitle: A\n---\n",
    ),
    "jekyll": ({"_config.yml": "title: x\n"}, "_posts/2024-01-02-a.md", "---\ntitle: A\n---\n"),
    "hexo": ({"_config.yml": "title: x\nsource_dir: source\n"}, "source/_posts/a.md", "---\ntitle: A\n---\n"),
    "pelican": ({"pelicanconf.py": "PATH = 'content'\n"}, "content/a.md", "Title: A\nDate: 2024-01-02\n\n"),
    "zola": (
        {"config.toml": "base_url = 'https://example.org'\n"},
        "content/a.md",
        "+++\ntitle = 'A'\n+++\n",
    ),
    "mkdocs-material": (
        {
            "mkdocs.yml": "site_name: x\ntheme: material\nplugins: [blog]\n",
            "docs/blog/index.md": "# Blog\n",
        },
        "docs/blog/posts/a.md",
        "---\ndate: 2024-01-02\n---\n",
    ),
}


def made(tmp_path, generator, body, html):
    """Return the excerpt of a post with this `body`, published as `html`."""
    files, name, head = HEADS[generator]
    for file, text in {**files, name: head + body}.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    site = find.open_site(tmp_path)
    assert site.generator == generator
    return plan_excerpt(site, tmp_path / name, head + body).excerpt(html)


@pytest.mark.parametrize(
    ("generator", "mark", "right"),
    [
        ("mkdocs-material", "<!--more-->", "<!-- more -->"),
        ("mkdocs-material", "<!-- More -->", "<!-- more -->"),
        ("hugo", "<!-- more -->", "<!--more-->"),
        ("hexo", "<!--  more  -->", "<!-- more -->"),
        ("hexo", "<!-- TEASER_END -->", "<!-- more -->"),
        ("zola", "<!-- excerpt -->", "<!-- more -->"),
        ("zola", "<!—more—>", "<!-- more -->"),
    ],
)
def test_a_mark_of_another_generator_is_told_with_its_line(tmp_path, generator, mark, right):
    excerpt = made(tmp_path, generator, f"One.\n\n{mark}\n\nTwo.\n", f"<p>One.</p>\n{mark}\n<p>Two.</p>")
    assert excerpt.kind != "mark"
    assert mark in excerpt.warning
    assert right in excerpt.warning
    head = HEADS[generator][2]
    assert (head + f"One.\n\n{mark}").split("\n")[excerpt.warning_line] == mark


def test_a_mark_where_none_is_known_is_told(tmp_path):
    excerpt = made(tmp_path, "pelican", "One.\n\n<!-- more -->\n\nTwo.\n", "<p>One.</p>\n<p>Two.</p>")
    assert "<!-- more -->" in excerpt.warning
    assert excerpt.warning_line == 5
    assert excerpt.kind == "automatic"


@pytest.mark.parametrize(
    ("generator", "mark"),
    [
        ("mkdocs-material", "<!-- more -->"),
        ("hexo", "<!--MORE-->"),
        ("zola", "<!--   more -->"),
    ],
)
def test_the_right_mark_needs_no_words(tmp_path, generator, mark):
    after = '<span id="more"></span>' if generator == "hexo" else mark
    excerpt = made(tmp_path, generator, f"One.\n\n{mark}\n\nTwo.\n", f"<p>One.</p>\n{after}\n<p>Two.</p>")
    assert (excerpt.kind, excerpt.warning) == ("mark", "")
    assert excerpt.html.strip() == "<p>One.</p>"


@pytest.mark.parametrize(
    "body", ["```\n<!--more-->\n```\n", "    <!--more-->\n", "Write `<!--more-->` so.\n"]
)
def test_a_mark_in_code_is_no_mistake(tmp_path, body):
    assert made(tmp_path, "mkdocs-material", body, "<pre></pre>").warning == ""


def test_what_is_written_in_a_comment_is_no_mistake(tmp_path):
    body = "One. <!-- more of this later -->\n\n<!-- note: summary of the talk -->\n"
    assert made(tmp_path, "mkdocs-material", body, "<p>One.</p>").warning == ""


def test_without_a_mark_the_words_say_which_one_there_is(tmp_path):
    excerpt = made(tmp_path, "mkdocs-material", "One.\n", "<h2>A</h2><p>One.</p>")
    assert (excerpt.kind, excerpt.titled) == ("whole", True)
    assert "<!-- more -->" in excerpt.words


def test_jekylls_empty_line_is_named_as_such(tmp_path):
    excerpt = made(tmp_path, "jekyll", "One.\n\n<!--more-->\n\nTwo.\n", "<p>One.</p>")
    assert "an empty line" in excerpt.warning


def test_jekyll_closes_liquid_blocks_and_takes_definitions_along():
    body = "{% if a %}{% for b in c %}See [x][r].\n\nMore{% endfor %}{% endif %}\n\n[r]: /x 'X'\n[s]: /y\n"
    text, ends = jekyll_excerpt(body, "\n\n")
    assert ends
    assert text == ("{% if a %}{% for b in c %}See [x][r].\n{% endfor %}\n{% endif %}\n\n[r]: /x 'X'")


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (1, "<p>One …</p>"),
        (2, "<p>One <b>two …</b></p>"),
        (3, "<p>One <b>two</b> caf&eacute;s …</p>"),
        (4, "<p>One <b>two</b> caf&eacute;s</p><p>it's-all …</p>"),
        (5, "<p>One <b>two</b> caf&eacute;s</p><p>it's-all</p>"),
    ],
)
def test_pelican_counts_words_over_tags_and_references(count, shown):
    html = "<p>One <b>two</b> caf&eacute;s</p><p>it's-all</p>"
    assert first_words(html, count, "…") == shown


def test_hugo_ends_at_a_paragraph():
    html = "<h2 id='x'>a b c</h2>\n<p>one two three</p>\n<ul><li>four five</li></ul>\n<p>six seven.</p>"
    assert first_hugo_paragraphs(html, 5, cjk=False) == "<h2 id='x'>a b c</h2>\n<p>one two three</p>"
    assert first_hugo_paragraphs(html, 500, cjk=False) == html


@pytest.mark.parametrize("html", ["<p>one two</p><![X[<p>three</p>", "<![if x[", "a <![CDATA[ b <![Y[ c"])
def test_half_a_section_is_no_error(html):
    assert first_words(html, 50, "…") == html
