"""What the site says of its posts is what the real generator does with them."""

import re
import shutil

import pytest

from editor.site.find import open_site
from editor.site.index import read_posts


def _said(site):
    docs_dir = site.rules.docs_dir
    posts = read_posts(site)
    published = {post.path.relative_to(docs_dir).as_posix(): post.url for post in posts if post.published}
    return {post.path.relative_to(docs_dir).as_posix() for post in posts}, published


def _agree(folder, pages):
    posts, published = _said(open_site(folder))
    assert posts
    assert published == {source: url for source, url in pages.items() if source in posts}


def test_two_blogs_are_published_as_the_site_says(site_copy, built):
    folder = site_copy("two-blogs")
    [pages] = built(folder)
    posts, _published = _said(open_site(folder))
    assert len(posts) == 18
    _agree(folder, pages)


def test_without_directory_addresses(site_copy, built):
    folder = site_copy("two-blogs")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "use_directory_urls: false\n", "utf-8")
    [pages] = built(folder)
    assert all(url.endswith(".html") for url in pages.values())
    _agree(folder, pages)


def test_pages_without_a_blog(tmp_path, write, built):
    folder = write(
        tmp_path,
        {
            "mkdocs.yml": "site_name: Pages\nexclude_docs: 'no/*.md'\ndraft_docs: later.md\n",
            "docs/README.md": "# Home\n",
            "docs/one.md": "Title: One\n\nText.\n",
            "docs/broken.md": "---\na: b: c\n---\n\nText.\n",
            "docs/later.md": "# Later\n",
            "docs/no/x.md": "# No\n",
            "docs/a b/ü.md": "# Both\n",
        },
    )
    [pages] = built(folder)
    _agree(folder, pages)
    assert set(pages.values()) == {"/", "/one/", "/broken/", "/a%20b/%C3%BC/"}


CASES = {
    "ordinary": "date: 2024-01-31",
    "quoted date": "date: '2024-01-31'",
    "no seconds": "date: 2024-01-31 09:05",
    "no date": "title: x",
    "empty date": "date:",
    "only updated": "date:\n  updated: 2024-01-31",
    "quoted custom date": "date:\n  created: 2024-01-31\n  printed: '2024-02-01'",
    "no such day": "date: 2024-02-30",
    "number as slug": "date: 2024-01-31\nslug: 2024",
    "empty slug": "date: 2024-01-31\nslug: ''",
    "number as title": "date: 2024-01-31\ntitle: 2024",
    "number as title with slug": "date: 2024-01-31\ntitle: 2024\nslug: x",
    "empty title": "date: 2024-01-31\ntitle:",
    "bare category": "date: 2024-01-31\ncategories: Search",
    "number as category": "date: 2024-01-31\ncategories: [2024]",
    "categories empty": "date: 2024-01-31\ncategories:",
    "authors empty": "date: 2024-01-31\nauthors:",
    "category not allowed": "date: 2024-01-31\ncategories: [Other]",
    "category not allowed in a draft": "date: 2024-01-31\ncategories: [Other]\ndraft: true",
    "bare tags": "date: 2024-01-31\ntags: a, b",
    "number as tag": "date: 2024-01-31\ntags: [2024]",
    "date as tag": "date: 2024-01-31\ntags: [2024-01-31]",
    "quoted draft": "date: 2024-01-31\ndraft: 'true'",
    "quoted reading time": "date: 2024-01-31\nreadtime: '5'",
    "reading time none": "date: 2024-01-31\nreadtime: 0",
    "quoted pin": "date: 2024-01-31\npin: 'yes'",
    "unknown author": "date: 2024-01-31\nauthors: [nobody]",
    "known author": "date: 2024-01-31\nauthors: [ada]",
    "hide is text": "date: 2024-01-31\nhide: toc",
    "hide is empty": "date: 2024-01-31\nhide:",
    "colon in title": "date: 2024-01-31\ntitle: A: b",
    "tab": "date: 2024-01-31\ntags:\n\t- a",
    "twice": "date: 2024-01-31\ntitle: a\ntitle: b",
    "a list": "- date",
    "other type than handed down": "date: 2024-01-31\ncomments: [a]",
}

CONFIG = """\
site_name: Cases
theme: {name: material}
plugins:
  - tags
  - meta
  - blog: {categories_allowed: [Search], post_url_format: "{slug}", archive: false, pagination: false}
"""


@pytest.fixture
def case_site(tmp_path, write):
    def make(name, post):
        return write(
            tmp_path / re.sub(r"\W", "-", name),
            {
                "mkdocs.yml": CONFIG,
                "docs/index.md": "# Start\n",
                "docs/blog/index.md": "# Blog\n",
                "docs/blog/.authors.yml": "authors:\n  ada: {name: Ada, description: x, avatar: y}\n",
                "docs/blog/.meta.yml": "comments: true\n",
                "docs/blog/posts/case.md": post,
            },
        )

    return make


def test_what_a_blog_refuses_is_invalid(case_site, built):
    posts = {name: f"---\n{header}\n---\n\nText.\n" for name, header in CASES.items()}
    posts |= {
        "no front matter": "# Title\n",
        "blank line first": "\n---\ndate: 2024-01-31\n---\n\nText.\n",
        "fence at the end of the file": "---\ndate: 2024-01-31\n---",
        "empty front matter": "---\n---\n\nText.\n",
    }
    folders = {name: case_site(name, post) for name, post in posts.items()}
    results = dict(zip(folders, built(*folders.values()), strict=True))
    said, real = {}, {}
    for name, folder in folders.items():
        [post] = read_posts(open_site(folder))
        said[name] = "invalid" if post.state == "invalid" else post.url if post.published else "left out"
        assert bool(post.problem) == (post.state == "invalid")
        pages = results[name]
        real[name] = "invalid" if pages is None else pages.get("blog/posts/case.md", "left out")
    assert said == real
    assert set(real.values()) > {"invalid", "left out"}


@pytest.mark.parametrize(
    "name", ["mkdocs-Galarzaa90__blog.galarzaa.com", "mkdocs-FBruzzesi__fbruzzesi.github.io"]
)
def test_real_sites_are_published_as_the_site_says(corpus, tmp_path, built, name):
    folder = tmp_path / name
    shutil.copytree(corpus / "sites" / name, folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    [pages] = built(folder)
    assert pages is not None
    _agree(folder, pages)
