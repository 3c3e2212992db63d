"""What the real generators complain of is found in the file and on the line of the site."""

import pytest

from editor.site.building.build import SiteBuild
from editor.site.find import open_site

BAD_YAML = "---\ntitle: a: b\n---\n\nText.\n"
JINJA = '{% extends "base.html" %}\n{% block content %}\n'

CASES = {
    "hugo: bad YAML": ("hugo", "content/posts/post.md", BAD_YAML, 2, "mapping value"),
    "hugo: no such shortcode": (
        "hugo",
        "content/posts/post.md",
        "---\ntitle: a\n---\n\n{{< nope >}}\n",
        5,
        "nope",
    ),
    "hugo: broken template": ("hugo", "layouts/_default/single.html", "<p>\n{{ .Nope }}</p>\n", 2, "Nope"),
    "hugo: missing partial": (
        *("hugo", "layouts/_default/single.html", '<p>\n{{ partial "nope.html" . }}</p>\n'),
        *(2, '"nope.html" not found'),
    ),
    "jekyll: bad YAML": ("jekyll", "_posts/2024-01-31-post.md", BAD_YAML, 2, "mapping values"),
    "jekyll: no such tag": (
        "jekyll",
        "_posts/2024-01-31-post.md",
        "---\ntitle: a\n---\n\n{% nope %}\n",
        5,
        "nope",
    ),
    "jekyll: broken template": (
        "jekyll",
        "_layouts/post.html",
        "---\nx: 1\n---\n<p>\n{% if %}</p>\n",
        5,
        "Syntax",
    ),
    "jekyll: missing include": (
        *("jekyll", "_posts/2024-01-31-post.md", "---\ntitle: a\n---\n\nA.\n\n{% include nope.html %}\n"),
        *(7, "nope.html"),
    ),
    "nikola: bad YAML": ("nikola", "posts/post.md", BAD_YAML, 2, "mapping values"),
    "pelican: missing include": (
        *("pelican", "theme/templates/article.html", JINJA + '{% include "nope.html" %}\n{% endblock %}\n'),
        *(3, "nope.html"),
    ),
    "mkdocs: broken template": (
        *("mkdocs", "over/main.html", JINJA + "{{ nope.x }}\n{% endblock %}\n"),
        *(3, "'nope' is undefined"),
    ),
    "material: bad YAML": ("mkdocs-material", "docs/blog/posts/post.md", BAD_YAML, 2, "mapping values"),
    "zensical: bad YAML": ("zensical", "docs/post.md", BAD_YAML, 2, "mapping values"),
    "eleventy: bad YAML": ("eleventy", "content/blog/post.md", BAD_YAML, 2, "bad indentation"),
    "eleventy: no such tag": (
        "eleventy",
        "content/blog/post.md",
        "---\ntitle: a\n---\n\n{% nope %}\n",
        5,
        "nope",
    ),
    "eleventy: broken template": (
        "eleventy",
        "_includes/post.njk",
        "---\nx: 1\n---\n<p>\n{% if %}\n",
        5,
        "token",
    ),
    "eleventy: missing include": (
        *("eleventy", "content/blog/post.md", '---\ntitle: a\n---\n\nA.\n\n{% include "nope.njk" %}\n'),
        *(7, "nope.njk"),
    ),
    "astro: bad YAML": ("astro", "src/content/blog/post.md", BAD_YAML, 2, "bad indentation"),
    "hexo: bad YAML": ("hexo", "source/_posts/post.md", BAD_YAML, 2, "bad indentation"),
    "hexo: no such tag": ("hexo", "source/_posts/post.md", "---\ntitle: a\n---\n\n{% nope %}\n", 5, "nope"),
    "hexo: broken template": ("hexo", "themes/bare/layout/post.ejs", "<p>\n<%= nope.x %></p>\n", 2, "nope"),
}

BESIDES = {
    "pelican": {
        "pelicanconf.py": "SITENAME = 'x'\nPATH = 'content'\nTIMEZONE = 'UTC'\nTHEME = 'theme'\nFEED_ALL_ATOM = None\n",
        "theme/templates/base.html": "{% block content %}{% endblock %}\n",
        "theme/templates/index.html": "x\n",
        "theme/static/x.css": "",
    },
    "mkdocs": {"mkdocs.yml": "site_name: x\ntheme: {name: mkdocs, custom_dir: over}\n"},
}


@pytest.mark.parametrize("case", CASES)
def test_file_line_and_words(case, site_of, tmp_path):
    generator, name, text, line, words = CASES[case]
    folder = site_of(generator, {**BESIDES.get(generator, {}), name: text})
    result = SiteBuild(open_site(folder, trust=True), tmp_path / "cache").run()
    errors = [problem for problem in result.problems if problem.severity == "error"]
    [error] = [error for error in errors if words in error.message]
    assert (error.path, error.line) == (folder / name, line)
    assert str(tmp_path / "cache") not in error.message


def test_the_line_is_that_of_the_unsaved_text(site_of, tmp_path):
    folder = site_of("jekyll")
    post = folder / "_posts/2024-01-31-post.md"
    text = "---\ntitle: a\nlayout: post\ntags: [x]\n---\n\nMore.\n\n{% nope %}\n"
    result = SiteBuild(open_site(folder, trust=True), tmp_path / "cache").run({post: text})
    [error] = result.problems
    assert (error.path, error.line) == (post, 9)


def test_a_warning_is_no_failure(site_of, tmp_path):
    folder = site_of("mkdocs", {"docs/post.md": "# Post\n\nSee [there](nope.md).\n"})
    result = SiteBuild(open_site(folder, trust=True), tmp_path / "cache").run()
    assert result.succeeded
    [problem] = result.problems
    assert (problem.severity, problem.path, problem.line) == ("warning", folder / "docs/post.md", 3)


def test_a_setting_that_fails_is_in_the_sites_own_configuration(site_of, tmp_path):
    folder = site_of("mkdocs", {"mkdocs.yml": "site_name: x\n\nmarkdown_extensions:\n  - no_such_thing\n"})
    result = SiteBuild(open_site(folder, trust=True), tmp_path / "cache").run()
    assert not result.succeeded
    [problem] = result.problems
    assert (problem.path, problem.line) == (folder / "mkdocs.yml", 4)
    assert "no_such_thing" in problem.message


def test_a_generator_that_writes_nothing(site_of, tmp_path):
    folder = site_of("hugo")
    for layout in (folder / "layouts/_default").iterdir():
        layout.unlink()
    result = SiteBuild(open_site(folder, trust=True), tmp_path / "cache").run()
    assert not result.succeeded
    assert result.problems[-1].message == "The generator wrote no pages"
    assert result.problems[-1].severity == "error"
