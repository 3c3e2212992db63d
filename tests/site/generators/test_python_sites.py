"""Links, pictures, fields and what is handed down in sites of Pelican, Nikola and Jekyll."""

import pytest

from editor.site.find import find_site, open_site

PELICAN = {
    "pelicanconf.py": (
        "PATH = 'content'\nSITEURL = 'https://example.org/blog'\nARTICLE_URL = '{slug}/'\n"
        "ARTICLE_SAVE_AS = '{slug}/index.html'\nSTATIC_PATHS = ['images', 'extra']\n"
        "EXTRA_PATH_METADATA = {'extra/robots.txt': {'path': 'robots.txt'}}\nDEFAULT_METADATA = {'status': 'draft'}\n"
    ),
    "content/images/a.png": "",
    "content/news/b c.png": "",
    "content/extra/robots.txt": "",
    "content/news/post.md": "Title: Post\nDate: 2024-01-31\nTags: a; b, c\n\nText.\n",
    "content/news/other.md": "Title: Other\nDate: 2024-01-31\n\nText.\n",
    "secret.txt": "",
}


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("{static}/images/a.png", "content/images/a.png"),
        ("|static|/images/a.png", "content/images/a.png"),
        ("{attach}b%20c.png", "content/news/b c.png"),
        ("{static}../images/a.png", "content/images/a.png"),
        ("{filename}other.md#part", "content/news/other.md"),
        ("{filename}/news/other.md", "content/news/other.md"),
        ("{filename}missing.md", None),
        ("{static}../../secret.txt", "secret.txt"),
        ("{static}/../../../../../../etc/passwd", None),
        ("{tag}a", None),
        ("/images/a.png", "content/images/a.png"),
        ("/blog/images/a.png", "content/images/a.png"),
        ("../images/a.png", "content/images/a.png"),
        ("images/a.png", None),
        ("b c.png", None),
        ("/robots.txt", "content/extra/robots.txt"),
        ("https://example.org/images/a.png", None),
        ("", "content/news/post.md"),
    ],
)
def test_pelican_links(tmp_path, write, url, file):
    site = open_site(write(tmp_path, PELICAN))
    found = site.resolve(url, tmp_path / "content/news/post.md")
    assert found == (tmp_path / file if file else None)


def test_pelican_hands_down(tmp_path, write):
    site = open_site(write(tmp_path, PELICAN))
    post = tmp_path / "content/news/post.md"
    assert site.inherited(post) == {"status": "draft", "category": "news"}
    source = site.read(post.read_text("utf-8"))
    assert source.values == {"title": "Post", "date": "2024-01-31", "tags": ["a", "b, c"]}
    assert (site.generator, site.front_matter, site.url) == ("pelican", "pelican", "https://example.org/blog")
    fields = site.content_type_of(post)
    assert fields.field("title").required
    assert fields.field("date").required
    assert fields.field("status").choices == ("published", "draft", "hidden", "skip")
    assert not site.content_type_of(tmp_path / "content/2024-01-31-x.md").field("date").required


def test_a_setting_that_is_made_by_code_is_named(tmp_path, write):
    files = PELICAN | {
        "pelicanconf.py": "PATH = 'content'\nARTICLE_URL = make()\nOTHER = make()\nTIMEZONE = 3\n"
    }
    site = open_site(write(tmp_path, files))
    assert [problem.line for problem in site.problems] == [2, None]
    assert "ARTICLE_URL" in site.problems[0].message
    assert "TIMEZONE" in site.problems[1].message


def test_publishconf_tells_the_address(tmp_path, write):
    files = {
        "pelicanconf.py": "PATH = 'content'\nSITEURL = ''\n",
        "publishconf.py": "import sys\nsys.path.append('.')\nfrom pelicanconf import *\nSITEURL = 'https://x.org'\n",
        "content/a.md": "Title: A\n",
    }
    assert open_site(write(tmp_path, files)).url == "https://x.org"


def test_pelican_content_outside_is_reported(tmp_path, write):
    folder = write(tmp_path / "site", {"pelicanconf.py": "PATH = '../elsewhere'\n"})
    write(tmp_path, {"elsewhere/a.md": "Title: A\nDate: 2024-01-31\n"})
    site = open_site(folder)
    assert site.post_paths() == []
    assert len(site.problems) == 1


def test_patterns_that_never_end_are_left_out(tmp_path, write):
    files = {
        "pelicanconf.py": (
            "PATH = 'content'\nFILENAME_METADATA = r'(?P<slug>(a+)+)$'\n"
            "SLUG_REGEX_SUBSTITUTIONS = [('(x*)*y', '')]\n"
        ),
        f"content/{'a' * 60}b.md": f"Title: {'x' * 60}\nDate: 2024-01-31\n\nText.\n",
    }
    site = open_site(write(tmp_path, files))
    assert len(site.problems) >= 2
    [post] = site.post_paths()
    assert site.post_url(post, site.read(post.read_text("utf-8")).values) == f"/{'x' * 60}.html"


NIKOLA = {
    "conf.py": (
        "BLOG_TITLE = {'en': 'My blog'}\nBLOG_AUTHOR = 'Ada'\nSITE_URL = 'https://example.org/b/'\n"
        "POSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\nPAGES = ()\nIMAGE_FOLDERS = {'images': 'images'}\n"
    ),
    "images/a.png": "",
    "files/b.pdf": "",
    "posts/post.md": ".. date: 2024-01-31\n\nText.\n",
    "posts/two.md": "Text.\n",
    "posts/two.meta": ".. title: Two\n.. date: 2024-02-01\n.. tags: x, y\n",
}


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("/images/a.png", "images/a.png"),
        ("../../images/a.png", "images/a.png"),
        ("/b.pdf", "files/b.pdf"),
        ("/b/b.pdf", "files/b.pdf"),
        ("images/a.png", None),
        ("link://filename/posts/two.md", "posts/two.md"),
        ("link://slug/two", "posts/two.md"),
        ("link://slug/nothing", None),
        ("/../../etc/passwd", None),
    ],
)
def test_nikola_links(tmp_path, write, url, file):
    site = open_site(write(tmp_path, NIKOLA))
    assert site.resolve(url, tmp_path / "posts/post.md") == (tmp_path / file if file else None)


def test_nikola_posts_in_two_files(tmp_path, write):
    site = open_site(write(tmp_path, NIKOLA))
    post = tmp_path / "posts/two.md"
    assert site.inherited(post) == {"title": "Two", "date": "2024-02-01", "tags": "x, y"}
    assert site.rules.merged(post, {"title": "Not this"})["title"] == "Two"
    assert (site.name, list(site.authors()), site.front_matter) == ("My blog", ["Ada"], "nikola")


def test_a_conf_of_sphinx_is_none(tmp_path, write):
    folder = write(tmp_path, {"conf.py": "project = 'x'\nextensions = []\n", "a.md": "# A\n"})
    assert open_site(folder).generator == "plain"


JEKYLL = {
    "_config.yml": (
        "title: My blog\nurl: https://example.org\nbaseurl: /b\npermalink: pretty\ntimezone: UTC\n"
        "defaults:\n- scope: {path: '', type: posts}\n  values: {layout: post, author: ada}\n"
    ),
    "_data/authors.yml": "ada: {name: Ada L., bio: Wrote it.}\n",
    "assets/a.png": "",
    "_layouts/post.html": "",
    "about.md": "---\n---\n",
    "_posts/2024-01-31-one.md": "---\ntitle: One\n---\n\nText.\n",
    "news/_posts/2024-02-01-two.md": "---\ntitle: Two\ncategories: x\n---\n\nText.\n",
}


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("/assets/a.png", "assets/a.png"),
        ("/b/assets/a.png", "assets/a.png"),
        ("{{ site.baseurl }}/assets/a.png", "assets/a.png"),
        ("{{ '/assets/a.png' | relative_url }}", "assets/a.png"),
        ("{% link about.md %}", "about.md"),
        ("{% post_url 2024-01-31-one %}#part", "_posts/2024-01-31-one.md"),
        ("{% link ../../etc/passwd %}", None),
        ("{{ page.image }}", None),
        ("../../../../assets/a.png", "assets/a.png"),
        ("assets/a.png", None),
        ("/_layouts/post.html", None),
        ("/about/", "about.md"),
    ],
)
def test_jekyll_links(tmp_path, write, url, file):
    site = open_site(write(tmp_path, JEKYLL))
    assert site.resolve(url, tmp_path / "_posts/2024-01-31-one.md") == (tmp_path / file if file else None)


def test_jekyll_hands_down(tmp_path, write):
    site = open_site(write(tmp_path, JEKYLL))
    post = tmp_path / "news/_posts/2024-02-01-two.md"
    inherited = site.inherited(post)
    assert {key: inherited[key] for key in ("layout", "author", "categories")} == {
        "layout": "post",
        "author": "ada",
        "categories": ["news"],
    }
    assert inherited["date"].isoformat() == "2024-02-01"
    assert site.rules.merged(post, {"categories": "x"})["categories"] == ["news", "x"]
    assert site.authors()["ada"].name == "Ada L."
    assert (site.url, site.name) == ("https://example.org/b", "My blog")
    assert find_site(post).generator == "jekyll"


@pytest.mark.parametrize(
    "files",
    [
        {"_config.yml": "title: x\npublic_dir: public\nsource_dir: source\n", "source/_posts/a.md": "x"},
        {"_config.yml": "title: x\n", "_toc.yml": "root: intro\n", "intro.md": "# A\n"},
    ],
)
def test_other_programs_configuration_is_not_jekylls(tmp_path, write, files):
    assert open_site(write(tmp_path, files)).generator != "jekyll"
