"""What a Pelican site says of its posts is what the real pelican does with them."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editor.site.find import open_site
from tests.site.generators.python_builds import agree, build_all, said, states

CONFIG = """\
import os
from pathlib import Path

HERE = Path(__file__).parent
SITENAME = "Cases"
SITEURL = "https://example.org/blog"
PATH = str(HERE / "content")
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "en"
AUTHOR = "Ada"
PLUGINS = []
ARTICLE_URL = "{category}/{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
"""

LINES = {
    "ordinary": "Title: Ordinary\nDate: 2024-01-31\nTags: a, b\n\nText.\n",
    "fenced": "---\ntitle: Fenced: with a colon\ndate: 2024-01-31 10:20\n---\nText.\n",
    "fence-not-closed": "---\ntitle: Not closed\ndate: 2024-01-31\n\nText.\n",
    "block-list": "---\ntitle: Block list\ntags:\n  - a\ndate: 2024-01-31\n---\nText.\n",
    "four-spaces": "Title: Four spaces\nTags:\n    - a\nDate: 2024-01-31\n\nText.\n",
    "quoted-title": '---\ntitle: "Quoted"\ndate: 2024-01-31\n---\nText.\n',
    "quoted-date": 'Title: Quoted date\nDate: "2024-01-31"\n\nText.\n',
    "comment": "Title: Comment\n# nothing\nDate: 2024-01-31\n\nText.\n",
    "blank-first": "\nTitle: Blank\nDate: 2024-01-31\n\nText.\n",
    "draft": "Title: Draft\nDate: 2024-01-31\nStatus: Draft\n\nText.\n",
    "draft-true": "Title: Draft true\nDate: 2024-01-31\ndraft: true\n\nText.\n",
    "draft-undated": "Title: Draft undated\nStatus: draft\n\nText.\n",
    "hidden": "Title: Hidden\nDate: 2024-01-31\nStatus: hidden\n\nText.\n",
    "skip": "Title: Skip\nDate: 2024-01-31\nStatus: skip\n\nText.\n",
    "unknown-status": "Title: Unknown\nDate: 2024-01-31\nStatus: pending\n\nText.\n",
    "empty-status": "Title: Empty status\nDate: 2024-01-31\nStatus:\n\nText.\n",
    "future": "Title: Future\nDate: 2099-01-31\n\nText.\n",
    "undated": "Title: Undated\n\nText.\n",
    "untitled": "Date: 2024-01-31\n\nText.\n",
    "empty-title": "Title:\nDate: 2024-01-31\n\nText.\n",
    "nothing": "Text.\n",
    "2011-12-13-dated-name": "Title: Dated name\n\nText.\n",
    "2011-12-14-both": "Title: Both\nDate: 2012-03-04\n\nText.\n",
    "twice": "Title: Twice\nDate: 2024-01-31\nDate: 2025-01-31\nSlug: one\nSlug: two\n\nText.\n",
    "slug": "Title: Slug\nDate: 2024-01-31\nSlug: My Own/Slug\n\nText.\n",
    "empty-slug": "Title: Empty slug\nDate: 2024-01-31\nSlug:\n\nText.\n",
    "category": "Title: Category\nDate: 2024-01-31\nCategory: Some Thing & Other\n\nText.\n",
    "language": "Title: Language\nDate: 2024-01-31\nLang: de\n\nText.\n",
    "own-address": "Title: Own address\nDate: 2024-01-31\nurl: own/here/\nsave_as: own/here/index.html\n\nText.\n",
    "outside": "Title: Outside\nDate: 2024-01-31\nsave_as: ../outside.html\n\nText.\n",
    "markup": "Title: <em>Marked</em> up &amp; AT&T C++ don’t\nDate: 2024-01-31\n\nText.\n",
    "unicode": "Title: Über Größe, façade & 你好\nDate: 2024-01-31\n\nText.\n",
    "long-date": "Title: Long date\nDate: 31 January 2024 8:05pm\n\nText.\n",
    "slashes": "Title: Slashes\nDate: 2024/01/31\n\nText.\n",
    "no-such-day": "Title: No such day\nDate: 2024-02-30\n\nText.\n",
    "zone": "Title: Zone\nDate: 2023-12-31T23:30:00-05:00\n\nText.\n",
    "underscores": "Title: Underscores\nDate: 2024-01-31_10:20\n\nText.\n",
    "empty-date": "Title: Empty date\nDate:\n\nText.\n",
    "2011-12-15-empty-date": "Title: Empty date in file\nDate:\n\nText.\n",
    "empty-modified": "Title: Empty modified\nDate: 2024-01-31\nModified:\n\nText.\n",
    "bad-modified": "Title: Bad modified\nDate: 2024-01-31\nModified: someday\n\nText.\n",
    "upper-keys": "TITLE: Upper\nDATE: 2024-01-31\nSTATUS: DRAFT\n\nText.\n",
    "bom": "\ufeffTitle: Bom\nDate: 2024-01-31\n\nText.\n",
    "crlf": "Title: Crlf\r\nDate: 2024-01-31\r\n\r\nText.\r\n",
    "tabs": "Title:\tTabs\nDate:\t2024-01-31\n\nText.\n",
    "spaces-before": "  Title: Spaces\n   Date: 2024-01-31\n\nText.\n",
    "dots-close": "---\nTitle: Dots\nDate: 2024-01-31\n...\nText.\n",
    "no-space": "Title:No space\nDate:2024-01-31\nText without a blank line.\n",
    "lines-end": "Title: Lines end\nDate: 2024-01-31",
}

YAML = {
    "ordinary": "---\ntitle: Ordinary\ndate: 2024-01-31\ntags: [a, b]\n---\nText.\n",
    "block-list": "---\ntitle: Block list\ntags:\n  - a\ndate: 2024-01-31\n---\nText.\n",
    "quoted": '---\ntitle: "Quoted: yes"\ndate: "2024-01-31 10:20"\n---\nText.\n',
    "commented": "---\n# nothing\ntitle: Commented\ndate: 2024-01-31 # day\n---\nText.\n",
    "draft": "---\ntitle: Draft\ndate: 2024-01-31\nstatus: draft\n---\nText.\n",
    "draft-true": "---\ntitle: Draft true\ndate: 2024-01-31\ndraft: true\n---\nText.\n",
    "broken": "---\ntitle: A: b\ndate: 2024-01-31\n---\nText.\n",
    "moment": "---\ntitle: Moment\ndate: 2023-12-31 23:30:00 -05:00\n---\nText.\n",
    "number": "---\ntitle: Number\nslug: 2024\ndate: 2024-01-31\n---\nText.\n",
    "empty": "---\ntitle: Empty\nstatus:\nslug:\ncategory:\ndate: 2024-01-31\n---\nText.\n",
    "lines": "Title: Lines\nDate: 2024-01-31\n\nText.\n",
    "a-list": "---\n- a\n---\nText.\n",
    "dots": "---\ntitle: Dots\ndate: 2024-01-31\n...\nText.\n",
    "listed": "---\ntitle: Listed\ncategory: [One, Two]\ndate: 2024-01-31\n---\nText.\n",
}


SETTINGS = {
    "no future": "WITH_FUTURE_DATES = False\n",
    "slug of the name": 'SLUGIFY_SOURCE = "basename"\nSLUGIFY_PRESERVE_CASE = True\n',
    "own substitutions": (
        'SLUG_REGEX_SUBSTITUTIONS = [(r"C\\+\\+", "cpp"), (r"[^\\w\\s-]", ""), (r"[-\\s]+", "_")]\n'
        'CATEGORY_REGEX_SUBSTITUTIONS = [(r"\\s+", "~")]\nSLUGIFY_USE_UNICODE = True\n'
    ),
    "older names": ('SLUG_SUBSTITUTIONS = (("&", "and"),)\nARTICLE_DIR = "in"\n'),
    "all defaults": 'DEFAULT_METADATA = {"status": "draft", "slug": "same"}\nARTICLE_URL = "{slug}-{path}.html"\n'
    'DRAFT_URL = DRAFT_SAVE_AS = "d/{path}.html"\n',
    "dates by default": 'DEFAULT_DATE = (2010, 5, 6, 7)\nDEFAULT_CATEGORY = "Rest"\n',
    "date text": 'DEFAULT_DATE = "2010-05-06"\nUSE_FOLDER_AS_CATEGORY = False\n',
    "times of files": 'DEFAULT_DATE = "fs"\n',
    "names of files": 'FILENAME_METADATA = r"(?P<date>\\d{4}-\\d{2}-\\d{2})-(?P<slug>.*)"\n',
    "paths": 'PATH_METADATA = r"(?P<category>[^/]+)/(?P<series>.*?)[^/]*"\nARTICLE_URL = "{author}/{slug}.html"\n'
    "ARTICLE_SAVE_AS = ARTICLE_URL\n",
    "folders": 'ARTICLE_PATHS = ["in", "more"]\nARTICLE_EXCLUDES = ["in/deep"]\nPAGE_PATHS = ["in/pages"]\n',
    "extra": 'EXTRA_PATH_METADATA = {"in": {"status": "hidden"}, "in/deep/one.md": {"slug": "extra"}}\n',
    "not written": 'ARTICLE_SAVE_AS = ""\n',
    "dates without zeros": 'ARTICLE_URL = "{date:%-d}-{date:%b}/{date.year}/{slug}.html"\n'
    "ARTICLE_SAVE_AS = ARTICLE_URL\n",
    "another language": 'DEFAULT_LANG = "DE"\nARTICLE_LANG_URL = ARTICLE_LANG_SAVE_AS = "{lang}/{slug}.html"\n',
    "ignored": 'IGNORE_FILES = ["_*", "deep"]\n',
    "zone": 'TIMEZONE = "America/New_York"\nWITH_FUTURE_DATES = False\n',
}

POSTS = {
    "in/ordinary": "Title: Ordinary C++ title & more\nDate: 2024-01-31\nAuthors: Grace Hopper, Ada\n\nText.\n",
    "in/deep/one": "Title: One\nDate: 2099-01-31\nLang: de\n\nText.\n",
    "in/pages/page": "Title: Page\nDate: 2020-01-01\n\nText.\n",
    "in/2013-01-02-in-name": "Title: In the name\n\nText.\n",
    "in/_private": "Title: Private\nDate: 2024-01-31\nLang: en\n\nText.\n",
    "more/undated": "Title: Undated & Größe\nCategory: My Cat\n\nText.\n",
    "more/published": "Title: Published\nStatus: published\nDate: 2024-02-29\n\nText.\n",
    "Top_Name": "Title: Top\nDate: 2024-01-31 23:59\n\nText.\n",
    "pages/about": "Title: About\n\nText.\n",
}

REAL = ("pelican-eevee__eev.ee", "pelican-iKevinY__iKevinY.github.io")


def write_site(write, folder, posts, settings=""):
    contents = {f"content/{name}.md": text for name, text in posts.items()}
    return write(folder, {"pelicanconf.py": CONFIG + settings, **contents})


@pytest.fixture(scope="module")
def sites(tmp_path_factory, write):
    """Give folder and pages of the site of every case, all built in one run."""
    made = {
        "of lines": (LINES, ""),
        "of YAML": (YAML, 'PLUGINS = ["yaml_metadata"]\n'),
        **{name: (POSTS, settings) for name, settings in SETTINGS.items()},
    }
    return build_all(
        "pelican",
        {name: write_site(write, tmp_path_factory.mktemp("site"), *what) for name, what in made.items()},
    )


def test_lines_are_published_as_the_site_says(sites):
    posts = agree(*sites["of lines"])
    found = states(posts)
    assert found["draft"] == found["upper-keys"] == "draft"
    assert found["draft-true"] == found["future"] == "published"
    assert found["hidden"] == found["skip"] == "hidden"
    assert {name for name, state in found.items() if state == "invalid"} >= {
        "undated",
        "untitled",
        "quoted-date",
    }
    assert all(bool(post.problem) == (post.state == "invalid") for post in posts.values())
    assert not posts["content/skip.md"].published


def test_yaml_with_the_plugin(sites):
    folder, built = sites["of YAML"]
    posts = agree(folder, built)
    assert posts["content/ordinary.md"].tags == ("a", "b")
    assert open_site(folder).front_matter == "yaml"


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_count_as_in_the_build(sites, name):
    folder, built = sites[name]
    if built is None:
        pytest.fail("pelican does not build this site at all")
    posts = agree(folder, built)
    assert posts
    rules = open_site(folder).rules
    pages = {source: page for source, page in built.items() if source not in posts}
    for source, page in pages.items():
        path = folder / source
        from_rules = rules.publication(path, rules.read(path.read_text("utf-8")), datetime.now(UTC))
        assert from_rules.url == "/" + page[0], source


@pytest.fixture(scope="module")
def real_sites(tmp_path_factory, corpus):
    folder = tmp_path_factory.mktemp("real")
    return build_all(
        "pelican", {name: Path(shutil.copytree(corpus / "sites" / name, folder / name)) for name in REAL}
    )


@pytest.mark.parametrize("name", REAL)
def test_real_sites_are_published_as_the_site_says(real_sites, name):
    assert agree(*real_sites[name])


def test_without_pelican_nothing_is_run(tmp_path, write):
    settings = "import shutil\nshutil.rmtree(PATH)\n"
    folder = write_site(write, tmp_path, {"a": "Title: A\nDate: 2024-01-31\n\nText.\n"}, settings)
    assert [post.url for post in said(folder).values()] == ["/misc/2024/a/"]
