"""Zola's pages: the rules of its documentation and sources; it can't be installed from a registry."""

import pytest

from editor.errors import SiteError
from editor.site.find import find_site, open_site
from editor.site.index import read_posts

CONFIG = """\
base_url = "https://example.org/sub"
title = "Notes"
taxonomies = [{ name = "tags" }, { name = "series" }]
ignored_content = ["*/drafts/**", "*.skip.md", "*/READ?E.md", "blog/**"]
"""


def _posts(folder):
    return {
        post.path.relative_to(folder / "content").as_posix(): post for post in read_posts(open_site(folder))
    }


@pytest.fixture
def site(tmp_path, write):
    def make(pages, config=CONFIG):
        files = {f"content/{name}": text for name, text in pages.items()}
        return write(tmp_path / "site", {"config.toml": config, **files})

    return make


def _toml(header):
    return f"+++\n{header}\n+++\n\nText.\n"


NAMES = {
    "about.md": "/about/",
    "blog/My First Post.md": "/blog/my-first-post/",
    "blog/2024-05-06-dated.md": "/blog/dated/",
    "blog/2024-05-07_under.md": "/blog/under/",
    "blog/2024-05-07T10:00:00Z-timed.md": "/blog/timed/",
    "blog/2024-05-08.md": "/blog/2024-05-08/",
    "blog/2024-13-08-no-date.md": "/blog/2024-13-08-no-date/",
    "blog/bundle/index.md": "/blog/bundle/",
    "blog/2024-06-01-bundled/index.md": "/blog/bundled/",
    "blog/héhé (one).md": "/blog/hehe-one/",
    "Some Folder/page.md": "/Some%20Folder/page/",
}


def test_addresses_follow_the_file(site):
    folder = site(dict.fromkeys(NAMES, _toml('title = "x"')))
    assert {name: post.url for name, post in _posts(folder).items()} == NAMES


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ('paths = "on"', "/a/test-hey/"),
        ('paths = "safe"', "/a/test%20%28hey%29/"),
        ('paths = "off"', "/a/test%20%28hey%29.%20/"),
        ("paths_keep_dates = true", "/a/2024-05-06-test-hey/"),
    ],
)
def test_slugify_modes(site, settings, url):
    folder = site({"a/2024-05-06-test (hey). .md": _toml("")}, f"{CONFIG}[slugify]\n{settings}\n")
    [post] = _posts(folder).values()
    assert post.url == url


STATES = {
    "plain": ("date = 2024-01-31", "published"),
    "future": ("date = 2099-01-31", "published"),
    "draft": ("draft = true", "draft"),
    "not-rendered": ("render = false", "hidden"),
    "quoted-date": ('date = "2024-01-31"', "published"),
    "time": ("date = 2024-01-31T09:05:00Z", "published"),
    "tags": ('[taxonomies]\ntags = ["a"]', "published"),
    "extra": ("[extra]\nanything = 1", "published"),
    "unknown-key": ("other = 1", "published"),
    "slashes": ('date = "2024/01/31"', "invalid"),
    "clock": ("date = 10:00:00", "invalid"),
    "draft-text": ('draft = "true"', "invalid"),
    "title-number": ("title = 1", "invalid"),
    "empty-slug": ('slug = ""', "invalid"),
    "authors-text": ('authors = "me"', "invalid"),
    "weight-text": ('weight = "1"', "invalid"),
    "weight-below": ("weight = -1", "invalid"),
    "no-taxonomy": ('[taxonomies]\ncolors = ["a"]', "invalid"),
    "empty-term": ('[taxonomies]\ntags = [" "]', "invalid"),
    "tags-number": ("[taxonomies]\ntags = [1]", "invalid"),
    "draft-without-taxonomy": ('draft = true\n[taxonomies]\ncolors = ["a"]', "draft"),
}


def test_states(site):
    folder = site({f"{name}.md": _toml(header) for name, (header, _state) in STATES.items()})
    found = {name.removesuffix(".md"): post for name, post in _posts(folder).items()}
    assert {name: post.state for name, post in found.items()} == {
        name: state for name, (_header, state) in STATES.items()
    }
    assert all(post.problem for post in found.values() if post.state == "invalid")
    assert found["tags"].tags == ("a",)


def test_sections_and_ignored_files_are_no_posts(site):
    folder = site(
        {
            "_index.md": _toml(""),
            "blog/_index.md": _toml(""),
            "drafts/x.md": _toml(""),
            "blog/x.skip.md": _toml(""),
            ".hidden.md": _toml(""),
            "README.md": "No front matter.\n",
            "blog/one.md": _toml(""),
        }
    )
    # Globs are held against the whole path, and `*` takes slashes (components/site/src/lib.rs; globset's defaults).
    assert set(_posts(folder)) == {"blog/one.md"}


def test_an_index_has_no_section_s_address(site):
    folder = site(
        {
            "index.md": _toml(""),
            "blog/_index.md": _toml(""),
            "blog/one/_index.md": _toml(""),
            "blog/one/index.md": _toml(""),
            "blog/two/_index.md": _toml(""),
            "blog/two/index.md": _toml('path = "second"'),
            "blog/three/_index.md": _toml(""),
            "blog/three/index.md": _toml('slug = "third"'),
            "blog/four/_index.md": _toml(""),
            "blog/four/index.md": _toml("draft = true"),
            "blog/five/index.md": _toml('path = "blog/one"'),
        }
    )
    assert {name: post.state for name, post in _posts(folder).items()} == {
        "index.md": "invalid",
        "blog/one/index.md": "invalid",
        "blog/two/index.md": "published",
        "blog/three/index.md": "published",
        "blog/four/index.md": "draft",
        "blog/five/index.md": "invalid",
    }


def test_a_section_that_is_a_draft_hides_its_folder(site):
    folder = site(
        {
            "soon/_index.md": _toml("draft = true"),
            "soon/deep/one.md": _toml(""),
            "soon/bad.md": "No front matter.\n",
        }
    )
    assert {post.state for post in _posts(folder).values()} == {"hidden"}


def test_yaml_is_read_and_its_absence_refused(site):
    folder = site(
        {
            "one.md": "---\ntitle: One\ndraft: yes\n---\n",
            "two.md": "Text.\n",
            "three.md": "\n---\nslug: b c\n---\n",
        }
    )
    posts = _posts(folder)
    assert posts["one.md"].state == "invalid"  # `yes` is a text in YAML 1.2
    assert posts["two.md"].state == "invalid"
    assert posts["three.md"].url == "/b-c/"


def test_own_paths(site):
    folder = site({"blog/a.md": _toml('path = "own/Place"'), "blog/b.md": _toml('slug = "Own Slug"')})
    assert {post.url for post in _posts(folder).values()} == {"/own/Place/", "/blog/own-slug/"}


def test_languages(site):
    config = CONFIG + '[languages.fr]\ntaxonomies = [{ name = "mots" }]\n'
    folder = site(
        {
            "blog/a.md": _toml(""),
            "blog/a.fr.md": _toml('[taxonomies]\nmots = ["b"]'),
            "blog/b/index.fr.md": _toml(""),
            "blog/c.de.md": _toml(""),
            "blog/d.fr.md": _toml('[taxonomies]\ntags = ["b"]'),
        },
        config,
    )
    posts = _posts(folder)
    assert posts["blog/a.md"].url == "/blog/a/"
    assert posts["blog/a.fr.md"].url == "/fr/blog/a/"
    assert posts["blog/b/index.fr.md"].url == "/fr/blog/b/"
    assert posts["blog/c.de.md"].state == posts["blog/d.fr.md"].state == "invalid"


def test_links(site, write):
    folder = site(
        {"blog/one/index.md": _toml(""), "blog/two.md": _toml(""), "blog/one/a.png": "x", "blog/b.png": "x"}
    )
    write(folder, {"static/c.png": "x", "static/blog/d.png": "x"})
    found, bundle, single = (
        open_site(folder),
        folder / "content/blog/one/index.md",
        folder / "content/blog/two.md",
    )
    assert found.resolve("a.png", bundle) == folder / "content/blog/one/a.png"
    assert found.resolve("b.png", single) is None  # only what lies beside an index.md is published
    assert found.resolve("/c.png", single) == found.resolve("/sub/c.png", single) == folder / "static/c.png"
    assert found.resolve("../d.png", single) == folder / "static/blog/d.png"
    assert found.resolve("@/blog/two.md#top", bundle) == single


def test_the_site(site):
    folder = site({"blog/one.md": _toml("")})
    found = open_site(folder)
    assert (found.generator, found.name, found.front_matter) == ("zola", "Notes", "toml")
    assert found.rules.new_post_dir() == folder / "content/blog"
    assert found.content_type.field("taxonomies.series") is not None
    assert found.content_type.field("tags") is None


def test_a_broken_configuration_is_told_with_its_place(site):
    folder = site({}, 'base_url = "x"\ntitle = \n')
    with pytest.raises(SiteError) as told:
        find_site(folder)
    assert told.value.line == 2
