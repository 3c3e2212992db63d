"""Links, pictures and anchors: a post with each fault and one that nearly has it, its page rendered for the proof."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from editor.cli.page_renderer import page_renderer
from editor.proof.diagnostic import Diagnostic
from editor.proof.engine import check
from editor.proof.other_posts import OtherPosts
from editor.proof.page_renderer import PageRenderer
from editor.proof.reading import Reading
from editor.proof.rules import all_rules
from editor.site.find import open_site
from tests.proof.conftest import NOW

CODES = (
    *("broken-link", "broken-picture", "broken-anchor", "link-to-draft"),
    *("missing-scheme", "insecure-link", "large-picture"),
)
HEAD = "---\ntitle: One\ndate: 2024-01-01\n---\n"
SITES = {
    "material": {
        "mkdocs.yml": (
            "site_name: x\nsite_url: https://example.org/\ntheme: {name: material}\nplugins: [search, blog]\n"
            "markdown_extensions: [attr_list, footnotes, toc]\n"
        ),
        "docs/about.md": "# About\n\n## Where I am\n",
        "docs/guide/index.md": "# Guide\n",
        "docs/img/one.png": "x",
        "docs/blog/posts/two.md": "---\ndate: 2024-01-02\n---\n# Two\n\n## A heading\n",
        "docs/blog/posts/draft.md": "---\ndate: 2024-01-02\ndraft: true\n---\n# Draft\n",
    },
    "pelican": {
        "pelicanconf.py": "SITENAME = 'x'\nPATH = 'content'\nMARKDOWN = {'extension_configs': {'toc': {}}}\n",
        "content/two.md": "Title: Two\nDate: 2024-01-02\n\n# A heading\n",
        "content/draft.md": "Title: Draft\nDate: 2024-01-02\nStatus: draft\n\nx\n",
        "content/images/one.png": "x",
    },
    "hugo": {
        "hugo.toml": "baseURL = 'https://example.org/'\n[markup.goldmark.renderer]\nunsafe = true\n",
        "content/posts/two.md": HEAD + "## A heading\n",
        "content/posts/draft.md": "---\ntitle: Draft\ndate: 2024-01-01\ndraft: true\n---\n",
        "content/posts/later.md": "---\ntitle: Later\ndate: 2124-01-01\n---\n",
        "content/docs/_index.md": "---\ntitle: Docs\n---\n",
        "static/img/one.png": "x",
    },
    "jekyll": {
        "_config.yml": "title: x\nurl: https://example.org\npermalink: /:title/\n",
        "_posts/2024-01-02-two.md": "---\ntitle: Two\n---\n## A heading\n",
        "_drafts/draft.md": "---\ntitle: Draft\n---\nx\n",
    },
    "zola": {
        "config.toml": "base_url = 'https://example.org'\n",
        "content/blog/_index.md": "+++\ntitle = 'Blog'\n+++\n",
        "content/blog/two.md": "+++\ntitle = 'Two'\n+++\n## A heading\n",
        "content/blog/folder/index.md": "+++\ntitle = 'Folder'\n+++\n",
        "content/blog/folder/pic.png": "x",
    },
    "plain": {"two.md": "# Two\n", "one.png": "x"},
}
PLACES = {
    "material": "docs/blog/posts/one.md",
    "pelican": "content/one.md",
    "hugo": "content/posts/one.md",
    "jekyll": "_posts/2024-01-01-one.md",
    "zola": "content/blog/one.md",
    "plain": "one.md",
}


class Blog:
    """A site and what is found in one of its posts."""

    def __init__(self, folder: Path, name: str, renderer: PageRenderer) -> None:
        self.folder, self.name, self.renderer = folder, name, renderer
        for path, text in SITES[name].items():
            self.write(path, text)

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def reading(self, body: str, *, rendered: bool = True) -> Reading:
        head = {"pelican": "Title: One\nDate: 2024-01-01\n\n", "zola": "+++\ntitle = 'One'\n+++\n"}
        text = head.get(self.name, HEAD) + body
        path = self.write(PLACES[self.name], text)
        site = open_site(self.folder)
        renderer = self.renderer if rendered else None
        return Reading(site, path, text, others=OtherPosts.of(site), now=NOW, renderer=renderer)

    def check(self, body: str, *, rendered: bool = True) -> list[Diagnostic]:
        rules = [rule for rule in all_rules() if rule.code in CODES]
        return check(self.reading(body, rendered=rendered), rules)

    def found(self, body: str, *, rendered: bool = True) -> list[tuple[str, str, str]]:
        """Return code, severity and marked text of what is found."""
        reading = self.reading(body, rendered=rendered)
        rules = [rule for rule in all_rules() if rule.code in CODES]
        return [
            (known.code, known.severity, reading.text[known.start : known.end])
            for known in check(reading, rules)
        ]

    def mended(self, body: str) -> str:
        """Return the body after the one fix of the one thing that is found."""
        reading = self.reading(body)
        (found,) = check(reading, [rule for rule in all_rules() if rule.code in CODES])
        assert found.fix is not None
        after = found.fix.edit.apply(reading.text)
        return after[len(reading.text) - len(body) :]


@pytest.fixture(scope="module")
def renderer() -> Iterator[PageRenderer]:
    with page_renderer() as made:
        yield made


@pytest.fixture
def blog(tmp_path: Path, renderer: PageRenderer) -> Callable[[str], Blog]:
    return lambda name: Blog(tmp_path / name, name, renderer)


# Links


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("material", "three.md"),
        ("material", "../../nope.md#x"),
        ("material", "/guide/nope/"),
        ("material", "two"),
        ("material", "https://example.org/guide/nope/"),
        ("pelican", "{filename}three.md"),
        ("pelican", "{static}/images/two.pdf"),
        ("pelican", "/pages/about.html"),
        ("hugo", "two.md"),
        ("hugo", "/posts/three/"),
        ("hugo", "../three/"),
        ("jekyll", "2024-01-02-two.md"),
        ("zola", "../three/"),
        ("zola", "/blog/three/"),
    ],
)
def test_a_link_to_what_is_not_published_is_found(blog, name, link):
    if link == "/pages/about.html":
        blog(name).write("content/pages/me.md", "Title: Me\n\nx\n")
    assert blog(name).found(f"Words and [a link]({link}).\n") == [("broken-link", "warning", link)]


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("material", "two.md"),
        ("material", "./two.md"),
        ("material", "../../about.md#where-i-am"),
        ("material", "../../../../../guide/"),
        ("material", "/blog/2024/01/02/two/"),
        ("material", "/blog/category/x/"),
        ("material", "mailto:nobody"),
        ("material", "https://example.org/about/"),
        ("material", "?page=2"),
        ("pelican", "{filename}two.md"),
        ("pelican", "{filename}/two.md#a-heading"),
        ("pelican", "{static}images/one.png"),
        ("pelican", "{tag}anything"),
        ("pelican", "/tag/anything.html"),
        ("pelican", "two.html"),
        ("hugo", "../two/"),
        ("hugo", '{{< ref "two" >}}'),
        ("hugo", '{{< relref "two.md" >}}'),
        ("hugo", '{{< ref "/docs" >}}'),
        ("hugo", "/docs/"),
        ("hugo", "/tags/x/"),
        ("jekyll", "{% post_url 2024-01-02-two %}"),
        ("jekyll", "{{ site.baseurl }}/two/"),
        ("jekyll", "{{ page.next.url }}"),
        ("zola", "@/blog/two.md#a-heading"),
        ("zola", "../two/"),
        ("plain", "anything/at/all/"),
    ],
)
def test_a_link_that_arrives_or_may_is_left_alone(blog, name, link):
    assert blog(name).found(f"Words and [a link]({link}).\n") == []


def test_links_to_sources_that_a_plugin_of_jekyll_resolves(blog):
    site = blog("jekyll")
    body = "[a](2024-01-02-two.md) [b](2024-01-02-three.md)\n"
    both = [("broken-link", "warning", name) for name in ("2024-01-02-two.md", "2024-01-02-three.md")]
    config = SITES["jekyll"]["_config.yml"] + "plugins: [jekyll-relative-links]\n"
    site.write("_config.yml", config)
    assert site.found(body) == both, "in posts, only where the site says so"
    site.write("_config.yml", config + "relative_links:\n  collections: true\n")
    assert site.found(body) == both[1:]


@pytest.mark.parametrize(
    "body",
    [
        "`[a](three.md)`\n",
        "```\n[a](three.md)\n```\n",
        "    [a](three.md)\n",
        "<!-- [a](three.md) -->\n",
        "\\[a](three.md)\n",
        "[a] (three.md)\n",
    ],
)
def test_what_is_no_link_on_the_page_is_none(blog, body):
    assert blog("material").found(body) == []


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("[a][b]\n\n[b]: three.md\n", "three.md"),
        ("[a](<three four.md>)\n", "three four.md"),
        ('[a](three.md "A title")\n', "three.md"),
        ('<a href="three.md">a</a>\n', "three.md"),
        ("- [a](three.md)\n", "three.md"),
        ("![a picture](../../img/one.png)[a](three.md)\n", "three.md"),
    ],
)
def test_links_are_found_however_they_are_written(blog, body, marked):
    assert blog("material").found(body) == [("broken-link", "warning", marked)]


def test_a_name_that_is_nearly_that_of_a_file_is_mended(blog):
    assert blog("material").mended("[a](Two.md#a-heading)\n") == "[a](two.md#a-heading)\n"
    assert blog("material").mended("[a](/abuot/)\n") == "[a](/about/)\n"
    assert blog("material").mended("[a](two#a-heading)\n") == "[a](two.md#a-heading)\n"
    assert blog("material").mended("[a](../../guide/)\n") == "[a](../../guide/index.md)\n"


def test_what_else_may_be_at_the_same_host_is_no_more_than_mentioned(blog):
    assert blog("material").found("[a](/other-project/docs/)\n") == [
        ("broken-link", "info", "/other-project/docs/")
    ]


@pytest.mark.parametrize(
    ("name", "body", "marked"),
    [
        ("hugo", '[a]({{< ref "three.md" >}})\n', "three.md"),
        ("jekyll", "[a]({% post_url 2024-01-02-three %})\n", "2024-01-02-three"),
        ("jekyll", "[a]({% link assets/x.pdf %})\n", "assets/x.pdf"),
        ("zola", "[a](@/blog/three.md)\n", "@/blog/three.md"),
    ],
)
def test_what_the_generator_stops_at_is_an_error(blog, name, body, marked):
    assert blog(name).found(body) == [("broken-link", "error", marked)]


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("material", "draft.md"),
        ("hugo", "/posts/draft/"),
        ("hugo", "/posts/later/"),
    ],
)
def test_a_link_to_a_post_that_the_next_build_leaves_out(blog, name, link):
    assert blog(name).found(f"[a]({link})\n") == [("link-to-draft", "warning", link)]


def test_a_draft_that_is_published_nevertheless_may_be_linked_to(blog):
    assert blog("pelican").found("[a]({filename}draft.md)\n") == []


def test_pages_that_are_no_posts_are_checked_too(blog):
    site = blog("material")
    text = "# About\n\n[a](guide/index.md) [b](#about) [c](nope.md) [d](#nope)\n"
    opened = open_site(site.folder)
    others = OtherPosts.of(opened)
    for name, found in (("docs/about.md", ["nope.md", "#nope"]), ("README.md", [])):
        path = site.write(name, text)
        reading = Reading(opened, path, text, others=others, now=NOW, renderer=site.renderer)
        rules = [rule for rule in all_rules() if rule.code in CODES]
        assert [text[known.start : known.end] for known in check(reading, rules)] == found


# Anchors


@pytest.mark.parametrize(
    ("name", "link", "anchor"),
    [
        ("material", "#no-such", "no-such"),
        ("material", "two.md#no-such", "no-such"),
        ("material", "/blog/2024/01/02/two/#no-such", "no-such"),
        ("pelican", "{filename}two.md#no-such", "no-such"),
        ("hugo", "#no-such", "no-such"),
        ("hugo", "/posts/two/#no-such", "no-such"),
        ("jekyll", "/two/#no-such", "no-such"),
        ("zola", "@/blog/two.md#no-such", "no-such"),
    ],
)
def test_an_anchor_that_the_page_has_not_is_found(blog, name, link, anchor):
    found = blog(name).check(f"## Here\n\n[a]({link})\n")
    assert [known.code for known in found] == ["broken-anchor"]
    assert f"“{anchor}”" in found[0].message


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("material", "#here-it-is"),
        ("material", "#top"),
        ("material", "#"),
        ("material", "#fn:1"),
        ("material", "#own"),
        ("material", "#raw"),
        ("material", "two.md#a-heading"),
        ("material", "two.md#__comments"),
        ("hugo", "#here-it-is"),
        ("hugo", "/posts/two/#a-heading"),
        ("jekyll", "#here-it-is"),
        ("zola", "#here-it-is"),
        ("plain", "#whatever"),
    ],
)
def test_an_anchor_that_is_there_or_may_be_is_left_alone(blog, name, link):
    body = f'## Here it is\n\n<a id="raw"></a>[a]({link})[^1]\n\n[^1]: A note.\n'
    own = "\nMarked\n{: #own}\n" if name == "material" else ""
    assert blog(name).found(body + own) == []


def test_anchors_are_those_that_the_generator_makes(blog):
    assert blog("material").mended("## Näh, *was*?\n\n[a](#näh-was)\n") == "## Näh, *was*?\n\n[a](#nah-was)\n"
    assert blog("hugo").found("## Näh, *was*?\n\n[a](#näh-was)\n") == []


def test_anchors_need_a_renderer(blog):
    assert blog("material").found("[a](#no-such) [b](three.md)\n", rendered=False) == [
        ("broken-link", "warning", "three.md")
    ]


# Pictures


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("material", "gone.png"),
        ("material", "../../img/One.png"),
        ("material", "/img/two.png"),
        ("pelican", "/images/two.png"),
        ("pelican", "{static}/images/two.png"),
        ("hugo", "one.png"),
        ("hugo", "/img/two.png"),
        ("jekyll", "/assets/one.png"),
        ("zola", "one.png"),
    ],
)
def test_a_picture_that_is_not_there_is_found(blog, name, picture):
    assert blog(name).found(f"![a]({picture})\n") == [("broken-picture", "warning", picture)]
    assert blog(name).found(f'<img src="{picture}" alt="a">\n') == [("broken-picture", "warning", picture)]


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("material", "../../img/one.png"),
        ("material", "/img/one.png"),
        ("material", "https://example.net/x.png"),
        ("material", "data:image/png;base64,AAAA"),
        ("pelican", "/images/one.png"),
        ("pelican", "{static}images/one.png"),
        ("hugo", "/img/one.png"),
        ("zola", "../folder/pic.png"),
        ("plain", "one.png"),
        ("plain", "img/whatever.png"),
    ],
)
def test_a_picture_that_is_there_or_may_be_is_left_alone(blog, name, picture):
    assert blog(name).found(f"![a]({picture})\n") == []


def test_a_film_that_is_not_there_is_found(blog):
    assert blog("material").found('<video src="/img/x.mp4"></video>\n') == [
        ("broken-picture", "warning", "/img/x.mp4")
    ]


def test_large_pictures_are_told(blog):
    site = blog("material")
    site.write("docs/img/large.jpg", b"x" * 1_000_001)
    site.write("docs/img/small.jpg", b"x" * 1_000_000)
    wide = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (6001).to_bytes(4) + (10).to_bytes(4)
    site.write("docs/img/wide.png", wide)
    site.write("docs/img/narrow.png", wide.replace((6001).to_bytes(4), (6000).to_bytes(4)))
    names = ("large.jpg", "small.jpg", "wide.png", "narrow.png")
    found = site.check("".join(f"![a](../../img/{name})\n" for name in names))
    assert [(known.code, known.severity, known.line) for known in found] == [
        ("large-picture", "info", 5),
        ("large-picture", "info", 7),
    ]
    assert "1.0 MB" in found[0].message
    assert "6001 × 10" in found[1].message


# Schemes


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        ("github.com/sonos/tract", "https://github.com/sonos/tract"),
        ("www.example.com", "https://www.example.com"),
        ("example.org", "https://example.org"),
        ("docs.rs/tokio", "https://docs.rs/tokio"),
        ("someone@example.org", "mailto:someone@example.org"),
        ("example.co.uk/a?b=c#d", "https://example.co.uk/a?b=c#d"),
    ],
)
def test_a_scheme_that_is_missing_is_put_in(blog, link, meant):
    assert blog("material").found(f"[a]({link})\n") == [("missing-scheme", "warning", link)]
    assert blog("material").mended(f"[a]({link})\n") == f"[a]({meant})\n"
    assert blog("plain").mended(f"[a][b]\n\n[b]: {link}\n") == f"[a][b]\n\n[b]: {meant}\n"


@pytest.mark.parametrize(
    "link",
    ["docs.md", "readme.com.md", "main.rs", "script.sh", "v1.2/notes", "./example.org", "a.b.c", "x.html"],
)
def test_what_looks_like_a_host_and_may_be_a_file_is_left_alone(blog, link):
    assert [code for code, _severity, _text in blog("material").found(f"[a]({link})\n")] in (
        [],
        ["broken-link"],
    )
    assert blog("plain").found(f"[a]({link})\n") == []


def test_an_address_in_angles_needs_no_scheme(blog):
    assert blog("material").found("<someone@example.org> <https://example.org>\n") == []


def test_a_file_by_the_name_of_a_host_is_one(blog):
    site = blog("material")
    site.write("docs/blog/posts/example.org/x.pdf", "x")
    assert site.found("[a](example.org/x.pdf)\n") == []


@pytest.mark.parametrize(
    "link",
    [
        "http://github.com/x",
        "http://en.wikipedia.org/wiki/X",
        "http://WWW.Python.org",
        "http://x.github.io/y",
    ],
)
def test_http_to_a_host_that_is_known_to_be_safe(blog, link):
    assert blog("material").found(f"[a]({link})\n") == [("insecure-link", "info", link)]
    assert blog("material").mended(f"[a]({link})\n") == f"[a](https{link[4:]})\n"


@pytest.mark.parametrize(
    "link",
    [
        "http://example.net/",
        "http://localhost:8000",
        "http://github.com:8080/x",
        "http://github.com.example.net/",
        "http://a.b.github.io/",
        "http://www.w3.org/1999/xhtml",
        "https://github.com/",
    ],
)
def test_http_to_any_other_host_is_left_alone(blog, link):
    assert blog("material").found(f"[a]({link})\n") == []


def test_http_to_a_host_that_the_post_links_to_by_https(blog):
    assert blog("material").found("[a](http://example.net/a) [b](https://example.net/b)\n") == [
        ("insecure-link", "info", "http://example.net/a")
    ]


# What it costs


def test_a_post_whose_links_arrive_is_not_rendered(blog):
    site = blog("material")
    before = site.renderer.count
    assert (
        site.found("[a](two.md) ![b](../../img/one.png) [c](https://example.net/) <a href='/about/'>d</a>\n")
        == []
    )
    assert site.renderer.count == before


ODD = (
    *(
        "http://[bad",
        "//[bad/x",
        "a" * 5_000 + ".md",
        "x/" * 2_000,
        "%00",
        "%ff%fe.png",
        "\ud800.md",
        "a\x00b",
    ),
    *(
        "../" * 100 + "etc/passwd",
        "C:\\x\\y.md",
        "{{ x",
        "{% link %}",
        "{filename}",
        "{static}/../../x",
        "@/",
    ),
    *(
        "@/../../x.md",
        "link://",
        "link://slug/",
        "#%zz",
        "?",
        "//",
        "/",
        ".",
        "..",
        "*",
        "[x]",
        "x.com:99999999",
    ),
    *("mailto:", "javascript:alert(1)", "x" * 300 + ".com/y", "{filename}" + "x" * 5_000 + ".md", "~", "%"),
)


@pytest.mark.parametrize("name", SITES)
def test_odd_addresses_are_borne(blog, name):
    site = blog(name)
    site.write(PLACES[name], "")
    opened = open_site(site.folder)
    others = OtherPosts.of(opened)
    for picture in ("", "!"):
        text = HEAD + "".join(f"{picture}[a {number}](<{odd}>)\n\n" for number, odd in enumerate(ODD))
        reading = Reading(
            opened, site.folder / PLACES[name], text, others=others, now=NOW, renderer=site.renderer
        )
        assert isinstance(check(reading), list)
