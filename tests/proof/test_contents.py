"""What files hold, or are about to hold, is checked in each of a post's files."""

from pathlib import Path

import pytest

from editor.cli.page_renderer import page_renderer
from editor.proof.contents import check_contents
from editor.site.find import find_site

POST = "---\ndate: 2024-01-31\n---\n\n# {}\n\n[x](#no) [y](other.md) [tract](github.com/a/b)\n"


@pytest.fixture
def blog(site_copy) -> Path:
    return site_copy("small-blog") / "docs/posts"


def test_it_is_the_texts_that_are_checked_and_not_the_files(blog):
    site = find_site(blog)
    one, two, picture = blog / "one.md", blog / "two.md", blog / "dot.png"
    one.write_text("---\ndate: '2024'\n---\n\nOn disk.\n", "utf-8")  # with another fault
    two.write_text(POST.format("Two"), "utf-8")
    with page_renderer() as renderer:
        found = check_contents(site, [(one, POST.format("One")), (picture, "binary")], renderer)
    assert [(each.path, each.code) for each in found] == [
        (one, "broken-anchor"),
        (one, "broken-link"),
        (one, "missing-scheme"),
    ]


def test_without_a_renderer_what_needs_a_page_is_left_out(blog):
    site = find_site(blog)
    found = check_contents(site, [(blog / "one.md", POST.format("One"))], None)
    assert "broken-anchor" not in [each.code for each in found]


def test_a_post_in_two_files_is_checked_in_those_that_change(tmp_path):
    posts = tmp_path / "posts"
    posts.mkdir()
    (tmp_path / "conf.py").write_text(
        "BLOG_TITLE = 'x'\nPOSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n", "utf-8"
    )
    text, meta = posts / "a.md", posts / "a.meta"
    text.write_text("A [tract](github.com/a/b).\n", "utf-8")
    meta.write_text(".. title: One\n.. slug: a\n.. date: 2024-01-31\n", "utf-8")
    site = find_site(text)
    faulty = ".. title: One\n.. slug: a\n.. date: garbage\n"
    with page_renderer() as renderer:

        def codes(*contents: tuple[Path, str]) -> list[tuple[str, str]]:
            found = check_contents(site, contents, renderer)
            return [(each.path.name, each.code) for each in found]

        assert codes((meta, faulty)) == [("a.meta", "wrong-type")]
        assert codes((text, text.read_text("utf-8"))) == [("a.md", "missing-scheme")]
        assert codes((text, "Fine words.\n"), (meta, faulty)) == [("a.meta", "wrong-type")]
        assert codes((meta, faulty), (text, text.read_text("utf-8"))) == [
            ("a.meta", "wrong-type"),
            ("a.md", "missing-scheme"),
        ]
