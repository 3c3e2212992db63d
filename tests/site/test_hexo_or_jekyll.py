"""Hexo and Jekyll have a configuration file of the same name."""

import pytest

from editor.site.find import open_site

OCTOPRESS = (
    "title: x\nsubtitle: y\nsource: source\ndestination: public\ncode_dir: downloads\ntitlecase: true\n"
)


@pytest.mark.parametrize(
    ("config", "files", "generator"),
    [
        ("title: x\ntheme: landscape\n", ["source/_posts/a.md"], "hexo"),
        ("title: x\npermalink: :title/\ndeploy: {type: git}\n", ["source/_posts/a.md"], "hexo"),
        ("title: x\nskip_render: [a.html]\n", [], "hexo"),
        ("title: x\nnew_post_name: ':title.md'\n", ["Gemfile"], "hexo"),
        ("title: x\n", ["source/_posts/a.md"], "jekyll"),
        ("title: x\ntheme: minima\n", ["_posts/2020-01-01-a.md"], "jekyll"),
        ("title: x\ntheme: minima\n", ["source/_posts/a.md", "Gemfile"], "jekyll"),
        ("title: x\ntheme: minima\n", ["source/_posts/a.md", "_layouts/a.html"], "jekyll"),
        ("title: x\ntheme: minima\nsource: source\n", ["source/_posts/2020-01-01-a.md"], "jekyll"),
        (OCTOPRESS, ["source/_posts/2013-01-01-a.md", "Rakefile"], "jekyll"),
        (OCTOPRESS, ["source/_posts/2013-01-01-a.md", "package.json"], "jekyll"),
    ],
)
def test_a_configuration_is_that_of(tmp_path, config, files, generator):
    (tmp_path / "_config.yml").write_text(config)
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}" if name == "package.json" else "---\ntitle: A\n---\nb\n")
    assert open_site(tmp_path).generator == generator
