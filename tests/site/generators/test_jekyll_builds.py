"""What a Jekyll site says of its posts is what the real jekyll does with them."""

import shutil
from datetime import UTC, datetime

import pytest

from editor.site.find import open_site
from tests.site.generators.python_builds import agree, build_all, said, states

POSTS = {
    "_posts/2024-01-31-ordinary.md": "---\ntitle: Ordinary\n---\n\nText.\n",
    "_posts/2024-01-31-no-front-matter.md": "Text.\n",
    "_posts/2024-01-31-empty.md": "---\n---\n\nText.\n",
    "_posts/2024-01-31-broken.md": "---\ntitle: A: b\ndate: 2020-01-01\n---\n\nText.\n",
    "_posts/2024-01-31-a-list.md": "---\n- a\n---\n\nText.\n",
    "_posts/2024-01-31-unpublished.md": "---\npublished: false\n---\n\nText.\n",
    "_posts/2024-01-31-unpublished-no.md": "---\npublished: no\n---\n\nText.\n",
    "_posts/2024-01-31-unpublished-text.md": "---\npublished: 'false'\n---\n\nText.\n",
    "_posts/2024-01-31-unpublished-empty.md": "---\npublished:\n---\n\nText.\n",
    "_posts/2024-01-31-draft-true.md": "---\ndraft: true\n---\n\nText.\n",
    "_posts/2099-01-31-future.md": "---\ntitle: Future\n---\n\nText.\n",
    "_posts/2024-01-31-future-date.md": "---\ndate: 2099-12-31\n---\n\nText.\n",
    "_posts/2099-01-31-past-date.md": "---\ndate: 2019-12-31\n---\n\nText.\n",
    "_posts/2024-01-31-time.md": "---\ndate: 2019-12-31 23:30:00\n---\n\nText.\n",
    "_posts/2024-01-31-time-zone.md": "---\ndate: 2019-12-31 23:30:00 -0500\n---\n\nText.\n",
    "_posts/2024-01-31-time-no-seconds.md": "---\ndate: 2019-12-31 23:30\n---\n\nText.\n",
    "_posts/2024-01-31-time-quoted.md": "---\ndate: '2019-12-31 23:30:00'\n---\n\nText.\n",
    "_posts/2024-01-31-time-utc.md": "---\ndate: 2019-12-31 23:30:00 UTC\n---\n\nText.\n",
    "_posts/2024-01-31-time-est.md": "---\ndate: 2019-12-31 20:30 EST\n---\n\nText.\n",
    "_posts/2024-01-31-time-iso.md": "---\ndate: 2019-12-31T23:30:00.5Z\n---\n\nText.\n",
    "_posts/2024-01-31-date-words.md": "---\ndate: December 3, 2019\n---\n\nText.\n",
    "_posts/2024-01-31-date-slashes.md": "---\ndate: 2019/12/3\n---\n\nText.\n",
    "_posts/2024-01-31-date-short.md": "---\ndate: 2019-1-3\n---\n\nText.\n",
    "_posts/2024-01-31-date-half.md": "---\ndate: 2019-12-31 11:30 pm\n---\n\nText.\n",
    "_posts/2024-01-31-date-rolls.md": "---\ndate: 2019-02-30 10:00\n---\n\nText.\n",
    "_posts/2024-1-5-no-zeros.md": "---\ntitle: x\n---\n\nText.\n",
    "_posts/2024-01-31-Mixed Case & Größe!.md": "---\ntitle: x\n---\n\nText.\n",
    "_posts/2024-01-31-dots.1.0.md": "---\ntitle: x\n---\n\nText.\n",
    "_posts/2024-01-31-under_score+plus.markdown": "---\ntitle: x\n---\n\nText.\n",
    "_posts/2024-01-31-slug.md": "---\nslug: My Slug/Other\n---\n\nText.\n",
    "_posts/2024-01-31-permalink.md": "---\npermalink: /own/:year/:title\n---\n\nText.\n",
    "_posts/2024-01-31-permalink-folder.md": "---\npermalink: own/folder/\n---\n\nText.\n",
    "_posts/2024-01-31-permalink-file.md": "---\npermalink: /own/file.txt\n---\n\nText.\n",
    "_posts/2024-01-31-permalink-up.md": "---\npermalink: /../up/./file.html\n---\n\nText.\n",
    "_posts/2024-01-31-categories.md": "---\ncategories: Big Small\n---\n\nText.\n",
    "_posts/2024-01-31-categories-list.md": "---\ncategories: [Big One, 2024, Big One]\n---\n\nText.\n",
    "_posts/2024-01-31-category.md": "---\ncategory: One Name\n---\n\nText.\n",
    "_posts/2024-01-31-category-both.md": "---\ncategory: One\ncategories: [Two]\n---\n\nText.\n",
    "_posts/2024-01-31-category-empty.md": "---\ncategories:\n---\n\nText.\n",
    "_posts/2024-01-31-tags.md": "---\ntags: machine learning\n---\n\nText.\n",
    "_posts/2024-01-31-dots-close.md": "---\ntitle: x\n...\n\nText.\n",
    "_posts/2024-01-31-bom.md": "\ufeff---\ntitle: x\nslug: bom-slug\n---\n\nText.\n",
    "_posts/2024-01-31-crlf.md": "---\r\ntitle: x\r\nslug: crlf-slug\r\n---\r\n\r\nText.\r\n",
    "_posts/2024-01-31-blank-first.md": "\n---\nslug: other\n---\n\nText.\n",
    "_posts/2024-01-31-spaces.md": "---  \nslug: spaced\n---  \n\nText.\n",
    "_posts/2024-01-31-not-closed.md": "---\nslug: open\n\nText.\n",
    "_posts/undated.md": "---\ntitle: x\n---\n\nText.\n",
    "_posts/_hidden/2024-01-31-x.md": "---\ntitle: x\n---\n\nText.\n",
    "_posts/deep/er/2024-01-31-deep.md": "---\ntitle: x\n---\n\nText.\n",
    "_posts/.2024-01-31-dot.md": "---\ntitle: x\n---\n\nText.\n",
    "_posts/#2024-01-31-hash.md": "---\ntitle: x\n---\n\nText.\n",
    "news/_posts/2024-01-31-news.md": "---\ncategories: [More]\n---\n\nText.\n",
    "news/Local/_posts/2024-01-31-local.md": "---\ntitle: x\n---\n\nText.\n",
    "_no/_posts/2024-01-31-no.md": "---\ntitle: x\n---\n\nText.\n",
    "left/_posts/2024-01-31-left.md": "---\ntitle: x\n---\n\nText.\n",
    "_drafts/a-draft.md": "---\ntitle: Draft\n---\n\nText.\n",
    "_drafts/dated-draft.md": "---\ntitle: Draft\ndate: 2020-02-02\n---\n\nText.\n",
    "news/_drafts/news-draft.md": "---\ntitle: Draft\ndate: 2020-02-02\n---\n\nText.\n",
    "_notes/one.md": "---\ntitle: Note\n---\n\nText.\n",
    "about.md": "---\ntitle: About\n---\n\nText.\n",
    "news/index.md": "---\ntitle: News\n---\n\nText.\n",
}

CONFIGS = {
    "usual": "title: Cases\ntimezone: Europe/Berlin\nexclude: [left]\n",
    "pretty": "permalink: pretty\ntimezone: Asia/Tokyo\n",
    "ordinal": "permalink: ordinal\nfuture: true\nunpublished: true\ntimezone: America/New_York\n",
    "weekdate": "permalink: weekdate\ntimezone: UTC\nshow_drafts: true\n",
    "none": "permalink: none\ntimezone: UTC\nbaseurl: /base\nurl: https://example.org\n",
    "parts": (
        "permalink: /:short_year/:i_month/:i_day/:y_day/:long_month/:short_month/:w_year/:w_day/:long_day/"
        ":hour:minute:second/:slugified_categories/:slug:output_ext\ntimezone: UTC\n"
    ),
    "no ending": "permalink: /blog/:categories/:title\ntimezone: UTC\n",
    "underscore": "permalink: /:year_:month_:day_:name.html\ntimezone: UTC\n",
    "collection": (
        "timezone: UTC\ncollections:\n  notes:\n    output: true\n    permalink: /n/:path/\n"
        "  posts:\n    permalink: /p/:title/\n"
    ),
    "collections": "timezone: UTC\ncollections: [notes]\npermalink: pretty\n",
    "defaults": (
        "timezone: UTC\ndefaults:\n"
        "- values: {categories: one two, date: '2011-11-11'}\n"
        "- scope: {path: '', type: posts}\n  values: {layout: post, permalink: '/d/:title/', categories: [all]}\n"
        "- scope: {path: news}\n  values: {published: false}\n"
        "- scope: {path: '_posts/deep/*'}\n  values: {permalink: '/globbed/:title.html'}\n"
        "- scope: {path: _drafts, type: drafts}\n  values: {permalink: /never/}\n"
    ),
    "strict": "timezone: UTC\nstrict_front_matter: false\nmarkdown_ext: md,markdown\ninclude: [_hidden]\n",
}


REFUSED = {
    "empty date": {"_posts/2024-01-31-x.md": "---\ndate:\n---\n"},
    "no such day": {"_posts/2024-01-31-x.md": "---\ndate: 2024-02-32\n---\n"},
    "no date": {"_posts/2024-01-31-x.md": "---\ndate: someday\n---\n"},
    "no such month in the name": {"_posts/2024-13-31-x.md": "---\ntitle: x\n---\n"},
    "unknown placeholder": {"_posts/2024-01-31-x.md": "---\npermalink: /:nothing/\n---\n"},
}

SPREAD = {
    "_config.yml": "source: src\ncollections_dir: all\ncollections: {notes: {output: true}}\ntimezone: UTC\n",
    "src/all/_posts/2024-01-31-in.md": "---\ntitle: In\n---\n",
    "src/all/cat/_posts/2024-01-31-cat.md": "---\ntitle: Cat\n---\n",
    "src/_posts/2024-01-31-out.md": "---\ntitle: Out\n---\n",
    "src/all/_notes/a.md": "---\ntitle: Note\n---\n",
    "_posts/2024-01-31-elsewhere.md": "---\ntitle: Elsewhere\n---\n",
}
"""Posts in a source folder, and a folder of collections in that."""

UNCONFIGURED = {"_posts/2024-01-31-one.md": "---\nlayout: none\ntitle: One\n---\n\nText.\n"}
BESIDE = {
    "a Gemfile": (
        {"Gemfile": "source 'https://rubygems.org'\ngem \"github-pages\", group: :jekyll_plugins\n"},
        "jekyll",
    ),
    "a layout": ({"_layouts/default.html": "<main>{{ content }}</main>\n"}, "jekyll"),
    "another's files": ({"Gemfile": "gem 'rails'\n", "_layouts/x.html": "<slot />"}, "plain"),
    "nothing": ({}, "plain"),
}
"""What is in a folder with a post, beside it -> which generator builds it."""


@pytest.fixture(scope="module")
def sites(tmp_path_factory, write):
    """Give folder and pages of the site of every case, all built in one run."""
    undated = ("_posts/2024-01-31-broken.md", "_posts/2024-01-31-a-list.md", "_notes/one.md")
    made = {}
    for name, config in CONFIGS.items():
        timed = ":second" in config  # those without a date are built under the time of the build
        posts = {at: text for at, text in POSTS.items() if not timed or at not in undated}
        made[name] = {"_config.yml": config, **posts}
    for name, posts in REFUSED.items():
        made[name] = {"_config.yml": "title: x\n", **posts}
    made["broken"] = {
        "_config.yml": "strict_front_matter: true\n",
        "_posts/2024-01-31-x.md": "---\na: b: c\n---\n",
    }
    made["spread"] = SPREAD
    for name, (files, generator) in BESIDE.items():
        if generator == "jekyll":
            made[name] = {**UNCONFIGURED, **files}
    return build_all(
        "jekyll", {name: write(tmp_path_factory.mktemp("site"), files) for name, files in made.items()}
    )


@pytest.mark.parametrize("name", CONFIGS)
def test_posts_are_published_as_the_site_says(sites, name):
    folder, built = sites[name]
    agree(folder, built)
    rules = open_site(folder).rules
    for source, page in built.items():
        text = (folder / source).read_bytes().decode("utf-8-sig")
        publication = rules.publication(folder / source, rules.read(text), datetime.now(UTC))
        assert (publication.published, publication.url) == (True, page[0]), source


def test_states(sites):
    found = states(said(sites["usual"][0]))
    assert found["2024-01-31-ordinary"] == found["2024-01-31-draft-true"] == "published"
    assert found["2024-01-31-unpublished"] == found["2024-01-31-unpublished-empty"] == "hidden"
    assert found["2099-01-31-future"] == found["2024-01-31-future-date"] == "scheduled"
    assert found["a-draft"] == "draft"
    assert found["2024-01-31-broken"] == "invalid"
    assert "undated" not in found


@pytest.mark.parametrize("name", REFUSED)
def test_what_makes_jekyll_stop_is_invalid(sites, name):
    folder, built = sites[name]
    assert built is None
    [post] = said(folder).values()
    assert (post.state, post.published, bool(post.problem)) == ("invalid", False, True)


def test_strict_front_matter(sites):
    folder, built = sites["broken"]
    assert built is None
    [post] = said(folder).values()
    assert (post.state, post.published) == ("invalid", False)


def test_the_source_folder_and_that_of_collections(sites):
    posts = agree(*sites["spread"])
    assert set(posts) == {"src/all/_posts/2024-01-31-in.md", "src/all/cat/_posts/2024-01-31-cat.md"}


@pytest.mark.parametrize("name", BESIDE)
def test_a_site_without_configuration(name, sites, tmp_path, write):
    beside, generator = BESIDE[name]
    if generator == "plain":
        assert open_site(write(tmp_path, {**UNCONFIGURED, **beside})).generator == "plain"
        return
    folder, built = sites[name]
    site = open_site(folder)
    assert site.generator == "jekyll"
    assert set(agree(folder, built)) == set(UNCONFIGURED)
    assert site.front_matter == "yaml"
    assert site.problems == ()


def test_a_real_site_is_published_as_the_site_says(corpus, tmp_path):
    folder = tmp_path / "brew.sh"
    shutil.copytree(corpus / "sites" / "jekyll-Homebrew__brew.sh", folder)
    assert agree(*build_all("jekyll", {"real": folder})["real"])
