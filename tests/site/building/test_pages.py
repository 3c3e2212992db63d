"""Where the page of a post is in a built site, and the site's own addresses in it."""

import pytest

from editor.site.building import addresses, pages

TEXT = """\
---
title: The wide river
tags: [x]
---

The first paragraph, about **rivers** that nobody has [ever](https://example.org/x) crossed by *night* &amp; fog.

```
code that is not to be looked for in any of the pages there are
```

- a list with quite a few words of its own, too
- ![a picture](x.png) and another entry of the list after it

{{< shortcode that="is replaced by something else entirely" >}}
"""
HTML = """\
<p>The first paragraph, about <strong>rivers</strong> that nobody has <a href="/x">ever</a> crossed by
<em>night</em> &amp; fog.</p><ul><li>a list with quite a few words of its own, too</li>
<li><img alt="a picture" src="x.png"> and another entry of the list after it</li></ul>
"""


def page(title, body):
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><nav>Home</nav>{body}</body></html>"
    )


@pytest.fixture
def built(tmp_path, write):
    return write(
        tmp_path / "pages",
        {
            "index.html": page("Notes", HTML + "<p>More posts below.</p>"),
            "rivers/index.html": page("The wide river - Notes", HTML + "<p>Comments and much else here.</p>"),
            "tags/x.html": page("Posts on x", HTML),
            "other/index.html": page("Other", "<p>Nothing of the sort.</p>"),
        },
    )


def test_a_page_by_its_words_is_the_one_with_the_title(built, tmp_path):
    assert pages.by_content(built, tmp_path / "2024-01-31-post.md", TEXT) == built / "rivers/index.html"


def test_a_page_by_its_words_is_the_one_with_the_name(built, tmp_path):
    untitled = TEXT.replace("title: The wide river\n", "")
    assert pages.by_content(built, tmp_path / "2024-01-31-rivers.md", untitled) == built / "rivers/index.html"


def test_words_that_are_nowhere_have_no_page(built, tmp_path):
    assert (
        pages.by_content(built, tmp_path / "a.md", "Some entirely different words that nobody wrote.\n")
        is None
    )
    assert pages.by_content(built, tmp_path / "a.md", "") is None
    assert pages.by_content(tmp_path / "missing", tmp_path / "a.md", TEXT) is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/rivers/", "rivers/index.html"),
        ("/rivers", "rivers/index.html"),
        ("/blog/rivers/", "rivers/index.html"),
        ("/tags/x", "tags/x.html"),
        ("/tags/x.html?q#f", "tags/x.html"),
        ("/", "index.html"),
        ("/blog/", "index.html"),
        ("/blog", None),
        ("/nope/", None),
        ("", None),
        ("/../pages/index.html/", None),
        ("/../../etc/passwd", None),
        ("/%2e%2e/secret.html", None),
        ("/a%00b", None),
    ],
)
def test_addresses(built, tmp_path, address, name):
    (tmp_path / "secret.html").write_text("x")
    assert pages.at_address(built, address, "/blog/") == (built / name if name else None)


def test_a_link_out_of_the_pages_is_not_followed(built, tmp_path):
    (tmp_path / "secret.html").write_text("x")
    (built / "out.html").symlink_to(tmp_path / "secret.html")
    assert pages.at_address(built, "/out.html") is None


def test_the_address_of_a_page(built):
    assert pages.address_of(built / "rivers/index.html", built, "/blog/") == "/blog/rivers/"
    assert pages.address_of(built / "index.html", built) == "/"
    assert pages.address_of(built / "tags/x y.html", built) == "/tags/x%20y.html"


OWN = ("https://example.org", "http://example.org")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<a href="https://example.org/x">', b'<a href="app://x/x">'),
        (b'<a href="http://Example.org">', b'<a href="app://x">'),
        (b"<img src=//example.org/x.png>", b"<img src=app://x/x.png>"),
        (b'<a href="https://example.org.evil.test/">', b'<a href="https://example.org.evil.test/">'),
        (b'<a href="https://example.org:8000/">', b'<a href="https://example.org:8000/">'),
        (b'<a href="https://not-example.org/">', b'<a href="https://not-example.org/">'),
        (b"<p>See https://example.org/x</p>", b"<p>See https://example.org/x</p>"),
        (b"<!-- https://example.org/ --><p>", b"<!-- https://example.org/ --><p>"),
        (
            b'<script>let a = "https:\\/\\/example.org\\/b"</script>',
            b'<script>let a = "app://x\\/b"</script>',
        ),
        (b"<style>a { b: url(https://example.org/c) }</style>", b"<style>a { b: url(app://x/c) }</style>"),
        (b'<link href="/a.css" integrity="sha256-abc=" rel=x>', b'<link href="/a.css" rel=x>'),
        (b"@import url(https://example.org/a.css);", b"@import url(app://x/a.css);"),
    ],
)
def test_own_addresses_lead_elsewhere(before, after):
    assert addresses.localized(before, OWN, "app://x") == after


def test_addresses_are_learned_from_the_home_page(tmp_path, write):
    write(tmp_path, {"index.html": '<head><link href="https://learned.example/x/" rel="canonical"></head>'})
    assert addresses.site_addresses(["not an address", ""], tmp_path) == (
        "https://learned.example",
        "http://learned.example",
    )
    assert addresses.site_addresses(["https://known.example/blog/"], tmp_path / "missing") == (
        "https://known.example",
        "http://known.example",
    )


def test_the_prefix_of_an_address():
    assert addresses.prefix_of("https://example.org/blog") == "/blog/"
    assert addresses.prefix_of("https://example.org") == "/"
    assert addresses.prefix_of("") == "/"
