"""What is published at an address, and where links lead, as far as a site's sources tell."""

from collections.abc import Callable
from pathlib import Path

import pytest

from editor.site.find import open_site
from editor.site.index import read_posts
from editor.site.published_places import PublishedPlaces

FILES = {
    "mkdocs.yml": "site_name: x\nsite_url: https://example.org/base/\ntheme: {name: material}\nplugins: [blog]\n",
    "docs/about.md": "# About\n",
    "docs/guide/index.md": "# Guide\n",
    "docs/img/one two.png": "x",
    "docs/blog/posts/one.md": "---\ndate: 2024-01-01\n---\n# One\n",
    "docs/blog/posts/draft.md": "---\ndate: 2024-01-01\ndraft: true\n---\n# Draft\n",
}
OWN = "/blog/2024/01/01/one/"


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., PublishedPlaces]:
    def make(further: dict[str, str] | None = None) -> PublishedPlaces:
        for name, text in {**FILES, **(further or {})}.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        site = open_site(tmp_path)
        return PublishedPlaces(site, read_posts(site))

    return make


@pytest.mark.parametrize(
    ("address", "exists"),
    [
        ("/about/", True),
        ("/about", True),
        ("/about/index.html", True),
        ("/guide/", True),
        ("/img/one two.png", True),
        ("/img/one two.png/", False),
        ("/img/two.png", False),
        ("/blog/2024/01/01/one/", True),
        ("/blog/2024/01/01/draft/", False),
        ("/blog/2024/01/01/two/", False),
        ("/About/", False),
        ("/about.md", False),
        ("/", None),
        ("/blog/category/anything/", None),
        ("/assets/javascripts/bundle.js", None),
    ],
)
def test_what_is_at_an_address(made, address, exists):
    assert made().exists(address) is exists


def test_a_place_knows_its_source(made, tmp_path):
    places = made()
    assert places.place("/about/").source == tmp_path / "docs/about.md"
    assert places.place(OWN).source == tmp_path / "docs/blog/posts/one.md"
    assert places.place("/img/one two.png").file == tmp_path / "docs/img/one two.png"
    assert places.place("/blog/2024/01/01/draft/").held_back == "draft"


@pytest.mark.parametrize(
    ("href", "address", "fragment", "own"),
    [
        ("#x%20y", OWN, "x y", True),
        ("?q=1", OWN, "", True),
        ("../one/", OWN, "", True),
        ("/base/about/#x", "/about/", "x", False),
        ("https://example.org/base/about/", "/about/", "", False),
        ("http://example.org/base/", "/", "", False),
        ("../../../../../img/one%20two.png", "/img/one two.png", "", False),
        ("one.md#x", OWN, "x", True),
        ("../../about.md", "/about/", "", False),
    ],
)
def test_where_a_link_leads(made, tmp_path, href, address, fragment, own):
    lead = made().lead(href, OWN, tmp_path / "docs/blog/posts/one.md")
    assert lead is not None
    assert (lead.place.address, lead.fragment, lead.own) == (address, fragment, own)


@pytest.mark.parametrize(
    "href", ["https://example.net/", "/elsewhere/", "//example.net/x", "mailto:x@example.org"]
)
def test_what_leaves_the_site(made, tmp_path, href):
    assert made().lead(href, OWN, tmp_path / "docs/blog/posts/one.md") is None


def test_where_pages_may_be_made_by_a_plugin_none_is_missing_for_sure(made):
    places = made({"mkdocs.yml": FILES["mkdocs.yml"].replace("[blog]", "[blog, gen-files]")})
    assert places.exists("/nope/") is None
    assert places.exists("/about/") is True
    assert places.exists("/img/two.png") is False


def test_addresses_that_a_host_leads_elsewhere(made):
    places = made({"docs/_redirects": "/old/* /about/ 301\n"})
    assert places.exists("/old/page/") is None
    assert places.exists("/new/page/") is False


def test_what_is_near_an_address(made):
    places = made()
    assert places.near("/abuot/") == "/about/"
    assert places.near("/blog/2024/01/01/draft/x/") != "/blog/2024/01/01/draft/"
    assert places.near("/quite-another/") is None


def test_folders_that_are_the_sites(made):
    places = made()
    assert places.has_folder("/img/nope.png")
    assert places.has_folder("/blog/nope/")
    assert not places.has_folder("/wiki/nope/")
