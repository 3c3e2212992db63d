"""What the site says of Hexo's posts is what the real Hexo does with them."""

import pytest

from editor.site.find import open_site
from editor.site.index import read_posts
from tests.site.generators import real_builds

CASES = {
    "source/_posts/plain.md": "title: Plain\ndate: 2024-01-31",
    "source/_posts/with time.md": "title: Time\ndate: 2024-01-31 23:30:00",
    "source/_posts/zone.md": "title: Zone\ndate: 2024-01-31 23:30:00 -05:00",
    "source/_posts/slashes.md": "title: Slashes\ndate: 2013/7/13 20:46:25",
    "source/_posts/no seconds.md": "title: x\ndate: 2024-01-31 09:05",
    "source/_posts/quoted.md": "title: x\ndate: '2024-01-31'",
    "source/_posts/future.md": "title: x\ndate: 2099-01-31",
    "source/_posts/draft key.md": "title: x\ndate: 2024-01-31\ndraft: true",
    "source/_posts/hidden.md": "title: x\ndate: 2024-01-31\npublished: false",
    "source/_posts/hidden text.md": "title: x\ndate: 2024-01-31\npublished: 'false'",
    "source/_posts/published no.md": "title: x\ndate: 2024-01-31\npublished: no",
    "source/_posts/place.md": "date: 2024-01-31\npermalink: own/place/",
    "source/_posts/file.md": "date: 2024-01-31\npermalink: /own/file.html",
    "source/_posts/bare.md": "date: 2024-01-31\npermalink: own/bare",
    "source/_posts/category.md": "date: 2024-01-31\ncategories: My Notes",
    "source/_posts/categories.md": "date: 2024-01-31\ncategories: [Wide One, Näher]",
    "source/_posts/broken.md": "title: a: b: c\ndate: 2024-01-31",
    "source/_posts/twice.md": "title: a\ntitle: b\ndate: 2024-01-31",
    "source/_posts/folder/My Post.md": "title: What's “new”, in C++?\ndate: 2024-01-31",
    "source/_posts/ümlaut.md": "title: Über Größe\ndate: 2024-01-31",
    "source/_posts/2024-05-06-dated.md": "title: x",
    "source/_posts/2024-05-06-own.md": "title: x\ndate: 2023-02-03",
    "source/_posts/other.markdown": "title: x\ndate: 2024-01-31",
    "source/_posts/_hidden.md": "title: x\ndate: 2024-01-31",
    "source/_posts/_folder/x.md": "title: x\ndate: 2024-01-31",
    "source/_posts/lang.md": "date: 2024-01-31\nlang: de",
    "source/_drafts/draft.md": "title: x\ndate: 2024-01-31",
    "source/_drafts/published.md": "title: x\ndate: 2024-01-31\npublished: true",
    "source/about/index.md": "title: About",
}
CONFIGS = {
    "defaults": "",
    "dated names": "new_post_name: :year-:month-:day-:title.md\npermalink: :year/:i_month/:i_day/:title.html\n",
    "categories": "permalink: :category/:name/\ncategory_map:\n  My Notes: notes\nfilename_case: 1\n",
    "titles": "permalink: :post_title/:hash/:timestamp/\n",
    "assets": "post_asset_folder: true\npermalink: a/:title\n",
    "no future": "future: false\nrender_drafts: true\n",
    "skipped": "skip_render:\n  - _posts/p*.md\n  - '_posts/folder/**'\npermalink: :hour:minute:second/:name/\n",
    "zone": "timezone: Asia/Tokyo\n",
    "own key": "permalink: :lang/:title/\npermalink_defaults:\n  lang: en\n",
    "below a root": (
        "root: /blog/\nurl: https://example.org/blog\npretty_urls:\n  trailing_html: false\n"
        "permalink: :title.html\n"
    ),
}


def _site(folder, write, config):
    title = "title: Test\nnew_post_name: :title.md\n"
    config = config if "new_post_name" in config else title + config
    return write(
        folder,
        {"_config.yml": config, **{name: f"---\n{header}\n---\n\nText.\n" for name, header in CASES.items()}},
    )


FORMATS = {
    "_config.yml": "new_post_name: :title.md\n",
    "source/_posts/open.md": "title: Old\ndate: 2024-01-31\n---\n\nText.\n",
    "source/_posts/json.md": '"title": "J",\n"date": "2024-01-31 10:00:00"\n;;;\n\nText.\n',
    "source/_posts/json-fenced.md": ';;;\n"date": "2024-01-31", "published": false\n;;;\n\nText.\n',
    "source/_posts/long.md": "-----\ndate: 2024-01-31\n-----\n\nText.\n",
    "source/_posts/tabs.md": "---\ndate: 2024-01-31\ntags:\n\t- a\n---\n\nText.\n",
    "source/_posts/windows.md": "---\r\ndate: 2024-01-31\r\n---\r\n\r\nText.\r\n",
}
UNDATED = {"_config.yml": "new_post_name: :title.md\n", "source/_posts/hello.md": "---\ntitle: x\n---\n"}


@pytest.fixture(scope="module")
def sites(tmp_path_factory, write):
    """Give folder and pages of the site of every case, all built in one run."""
    made = {}
    for name, config in CONFIGS.items():
        made[name] = _site(tmp_path_factory.mktemp("site"), write, config)
        if name != "dated names":
            # Its date is that of the file's making, which Python can't tell on every system.
            (made[name] / "source/_posts/2024-05-06-dated.md").unlink()
    made["formats"] = write(tmp_path_factory.mktemp("site"), FORMATS)
    made["undated"] = write(tmp_path_factory.mktemp("site"), UNDATED)
    pages = real_builds.hexo(made, tmp_path_factory.mktemp("scratch"))
    return {name: (folder, pages[name]) for name, folder in made.items()}


@pytest.mark.parametrize("config", CONFIGS)
def test_posts_are_published_as_hexo_does(sites, config):
    assert len(real_builds.agreed(*sites[config])) > 15


def test_formats_of_front_matter(sites):
    assert len(real_builds.agreed(*sites["formats"])) == 5


def test_a_post_that_hexo_can_not_read_is_invalid(tmp_path, write):
    folder = _site(tmp_path / "site", write, "")
    states = {post.path.name: post.state for post in read_posts(open_site(folder))}
    assert states["broken.md"] == states["twice.md"] == "invalid"
    assert states["draft.md"] == "draft"
    assert states["hidden.md"] == "hidden"


def test_links_find_the_source_folder_and_the_assets_of_the_post(tmp_path, write):
    folder = write(
        tmp_path / "site",
        {
            "_config.yml": "post_asset_folder: true\nroot: /blog/\nurl: https://example.org/blog\n",
            "source/_posts/one.md": "---\ndate: 2024-01-31\n---\n",
            "source/_posts/one/a.png": "x",
            "source/images/b.png": "x",
            "secret.txt": "x",
        },
    )
    site, post = open_site(folder), folder / "source/_posts/one.md"
    assert site.generator == "hexo"
    assert site.resolve("a.png", post) == folder / "source/_posts/one/a.png"
    assert site.resolve("/images/b.png", post) == folder / "source/images/b.png"
    assert site.resolve("/blog/images/b.png", post) == folder / "source/images/b.png"
    assert site.resolve("../../../../images/b.png", post) == folder / "source/images/b.png"
    assert site.resolve("/../secret.txt", post) is None


def test_a_post_without_a_date_has_that_of_its_file(sites):
    folder, pages = sites["undated"]
    [post] = read_posts(open_site(folder))
    if not post.url:
        pytest.skip("this file system does not keep when files are made")
    assert real_builds.agreed(folder, pages) == {"source/_posts/hello.md": post.url}
