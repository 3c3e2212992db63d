"""What a site of Zensical says of its pages and posts is what the real Zensical does with them."""

import pytest

from editor.site.find import open_site
from editor.site.index import read_posts
from tests.site.generators import real_builds

PAGE = "---\ntitle: A page\n---\n\nText.\n"
PAGES = {
    "docs/index.md": "# Home\n",
    "docs/README.md": "# Never shown\n",
    "docs/only/README.md": PAGE,
    "docs/A b.md": PAGE,
    "docs/ü.md": PAGE,
    "docs/v1.2.md": PAGE,
    "docs/_under.md": PAGE,
    "docs/.hidden.md": PAGE,
    "docs/.folder/x.md": PAGE,
    "docs/INDEX/INDEX.md": PAGE,
    "docs/other.markdown": PAGE,
    "docs/draft.md": "---\ndraft: true\n---\n\nText.\n",
    "docs/lines.md": "Title: Mm\nOther: x\n\nText.\n",
    "docs/none.md": "Text.\n",
}
POSTS = {
    "docs/index.md": "# Home\n",
    "docs/blog/index.md": "# Blog\n",
    "docs/blog/posts/one.md": "---\ndate: 2024-01-31\ntitle: Über & alles\n---\n\nText.\n",
    "docs/blog/posts/future.md": "---\ndate: 2099-01-31\n---\n\n# Future\n\nText.\n",
    "docs/blog/posts/draft.md": "---\ndate: 2024-01-31\ndraft: true\n---\n\n# Draft\n\nText.\n",
    "docs/blog/posts/deep/own.md": "---\ndate: 2024-01-31\nslug: own\ncategories: [A b]\n---\n\n# X\n\nText.\n",
    "docs/blog/posts/zone.md": "---\ndate: 2024-01-31T23:30:00-05:00\n---\n\n# Zone\n\nText.\n",
    "docs/blog/posts/map.md": "---\ndate:\n  created: 2024-02-01\n---\n\n# Map\n\nText.\n",
}
CONFIGS = {
    "pages": ("use_directory_urls = true\n", PAGES),
    "files": ("use_directory_urls = false\n", PAGES),
    "blog": ("[project.plugins.blog]\n", POSTS),
    "blog with a pattern": (
        '[project.plugins.blog]\npost_url_format = "{categories}/{date}-{slug}"\npost_url_date_format = "yyyy-MM"\n',
        POSTS,
    ),
    "blog that shows no future": ("[project.plugins.blog]\ndraft_if_future_date = true\n", POSTS),
    "blog with drafts": ("[project.plugins.blog]\ndraft = true\n", POSTS),
    "blog at the top": ('[project.plugins.blog]\nblog_dir = "."\npost_dir = "blog/posts"\n', POSTS),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_pages_and_posts_are_published_as_zensical_does(tmp_path, write, name):
    config, files = CONFIGS[name]
    folder = write(tmp_path / "site", {"zensical.toml": f'[project]\nsite_name = "Z"\n{config}', **files})
    pages = real_builds.zensical(folder, tmp_path)
    assert pages
    assert open_site(folder).generator == "zensical"
    found, published = real_builds.said(folder)
    said = {source: url.removesuffix("index.html") for source, url in published.items()}
    assert said == {source: url for source, url in pages.items() if source in found}
    assert len(found) >= 6


REFUSED = {
    "no yaml": "---\ntitle: a: b\n---\n\nText.\n",
    "empty": "---\n---\n\nText.\n",
    "a list": "---\n- a\n---\n\nText.\n",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_that_fails_the_build_is_invalid(tmp_path, write, name):
    files = {"zensical.toml": '[project]\nsite_name = "Z"\n', "docs/index.md": REFUSED[name]}
    folder = write(tmp_path / "site", files)
    assert real_builds.zensical(folder, tmp_path) is None
    [page] = read_posts(open_site(folder))
    assert (page.state, page.published, bool(page.problem)) == ("invalid", False, True)


def test_a_site_of_zensical_with_the_settings_of_mkdocs(tmp_path, write):
    config = "site_name: Z\ntheme: {name: material}\nplugins: [blog]\n"
    folder = write(tmp_path / "site", {"mkdocs.yml": config, **POSTS})
    pages = real_builds.zensical(folder, tmp_path)
    assert pages
    assert real_builds.differences(folder, pages) == []
