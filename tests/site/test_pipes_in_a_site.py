"""A site is opened whatever stands where one of its files should be.

A repository may hold links to devices, which have no end; a pipe shows the same without taking all memory: reading
one never ends.
"""

import os

import pytest

from editor.site.find import open_site

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")

CONFIGURATIONS = {
    "eleventy": ("eleventy.config.js", "export default function (config) {}\n"),
    "nikola": ("conf.py", 'POSTS = (("posts/*.md", "posts", "post.tmpl"),)\n'),
    "pelican": ("pelicanconf.py", 'PATH = "content"\n'),
    "mkdocs-material": ("mkdocs.yml", "site_name: A\ntheme: {name: material}\nplugins: [blog]\n"),
    "hugo": ("hugo.toml", 'title = "A"\n'),
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
