"""A site is opened whatever stands where one of its files should be.

A repository may hold links to devices, which have no end; a pipe shows the same without taking all memory: reading
one never ends.
"""

import os

import pytest

from editor.errors import SiteError
from editor.site.files import start_of, text_of
from editor.site.find import open_site

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")

CONFIGURATIONS = {
    "eleventy": ("eleventy.config.js", "export default function (config) {}\n"),
    "nikola": ("conf.py", 'POSTS = (("posts/*.md", "posts", "post.tmpl"),)\n'),
    "pelican": ("pelicanconf.py", 'PATH = "content"\n'),
    "mkdocs-material": ("mkdocs.yml", "site_name: A\ntheme: {name: material}\nplugins: [blog]\n"),
    "hugo": ("hugo.toml", 'title = "A"\n'),
    "jekyll": ("_config.yml", "title: A\n"),
    "hexo": ("_config.yml", "title: A\nnew_post_name: ':title.md'\n"),
    "astro": ("astro.config.mjs", "export default {};\n"),
    "zola": ("config.toml", "base_url = 'https://example.org'\n"),
}


@pytest.mark.parametrize(
    ("generator", "name"),
    [
        ("eleventy", ".gitignore"),
        ("eleventy", ".eleventyignore"),
        ("eleventy", "posts/posts.json"),
        ("nikola", "plugins/own.plugin"),
        ("pelican", ".pdm-python"),
        ("pelican", "uv.lock"),
        ("mkdocs-material", "hatch.toml"),
        ("mkdocs-material", "docs/blog/.authors.yml"),
        ("hugo", "config/_default/params.toml"),
        ("pelican", "requirements.txt"),
        ("pelican", "pyproject.toml"),
        ("pelican", "publishconf.py"),
        ("pelican", "poetry.lock"),
        ("mkdocs-material", "mkdocs.yaml"),
        ("jekyll", "Gemfile"),
        ("jekyll", "Gemfile.lock"),
        ("jekyll", "_plugins/own.rb"),
        ("jekyll", "_layouts/default.html"),
        ("jekyll", "_data/authors.yml"),
        ("hexo", "package.json"),
        ("hexo", "source/_data/a.yml"),
        ("astro", "src/content.config.ts"),
        ("astro", "src/pages/a.ts"),
        ("astro", "package.json"),
        ("eleventy", "package.json"),
        ("eleventy", "_data/site.js"),
        ("zola", "content/_index.md"),
        ("hugo", "content/posts/_index.md"),
    ],
)
def test_a_pipe_is_not_waited_for(tmp_path, generator, name):
    config, text = CONFIGURATIONS[generator]
    (tmp_path / config).write_text(text, "utf-8")
    for folder in ("source/_posts", "docs/blog/posts", "content", "posts"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(tmp_path / name)
    assert open_site(tmp_path).generator == generator


@pytest.mark.parametrize(
    "name",
    [
        "mkdocs.yml", "zensical.toml", "pelicanconf.py", "conf.py", "hugo.toml", "config.toml",
        "config/_default/hugo.yaml", "_config.yml", "eleventy.config.js", ".eleventy.js", "astro.config.mjs",
        "copydesk.toml",
    ],
)  # fmt: skip
def test_nor_where_it_stands_for_the_configuration(tmp_path, name):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(tmp_path / name)
    try:
        open_site(tmp_path)
    except SiteError as error:
        assert error.message


def test_the_start_of_a_file(tmp_path):
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree")
    assert start_of(tmp_path / "a", 5) == b"\xef\xbb\xbfon"
    assert text_of(tmp_path / "a") == "one\ntwo\nthree"
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    for name in ("pipe", "link", "none", ".", "a\0b"):
        with pytest.raises(OSError, match=r"."):
            start_of(tmp_path / name, 5)
