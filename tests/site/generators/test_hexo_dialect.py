"""What of a Hexo site says how its Markdown is rendered."""

import json

import pytest

from editor.site.generators import hexo


@pytest.fixture
def dialect(tmp_path):
    def read(config, **packages):
        (tmp_path / "_config.yml").write_text("title: A\nsource_dir: source\n" + config, "utf-8")
        (tmp_path / "source/_posts").mkdir(parents=True, exist_ok=True)
        named = {name.replace("_", "-"): "*" for name in ("hexo", *packages)}
        (tmp_path / "package.json").write_text(json.dumps({"dependencies": named}), "utf-8")
        return hexo.read(tmp_path / "_config.yml", tmp_path, lambda _path: False).dialect

    return read


def test_what_holds_where_the_site_says_nothing(dialect):
    found = dialect("")
    assert found.family == "commonmark" and found.reasons == ()
    assert (found.options["flavour"], found.options["front_matter"]) == ("hexo", "hexo")
    assert (found.options["highlighter"], found.options["root"]) == ("highlight.js", "/")


def test_the_section_of_the_renderer_is_handed_on(dialect):
    found = dialect("marked: {breaks: false, modifyAnchors: 1}\n")
    assert found.options["marked"] == {"breaks": False, "modifyAnchors": 1}


@pytest.mark.parametrize(
    ("config", "name"),
    [
        ("syntax_highlighter: prismjs\n", "prismjs"),
        ("syntax_highlighter:\n", ""),
        ("highlight: {enable: false}\nprismjs: {enable: true}\n", "prismjs"),
        ("highlight: {enable: false}\n", ""),
    ],
)
def test_which_program_colours_code(dialect, config, name):
    assert dialect(config).options["highlighter"] == name


@pytest.mark.parametrize(
    ("config", "root"),
    [("url: https://example.com/blog\n", "/blog/"), ("url: https://example.com/blog\nroot: /b\n", "/b/")],
)
def test_where_addresses_begin(dialect, config, root):
    assert dialect(config).options["root"] == root


@pytest.mark.parametrize(
    ("config", "packages", "part"),
    [
        ("", {"hexo_renderer_markdown_it": 1}, "hexo-renderer-markdown-it"),
        ("", {"hexo_filter_emoji": 1}, "hexo-filter-emoji"),
        ("marked: {pedantic: true}\n", {}, "pedantic"),
        ("external_link: {field: post}\n", {}, "attributes"),
    ],
)
def test_what_can_not_be_reproduced_is_told(dialect, config, packages, part):
    assert any(part in reason for reason in dialect(config, **packages).reasons)


def test_the_sites_own_scripts_are_named(dialect, tmp_path):
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts/own.js").write_text("", "utf-8")
    assert any("scripts" in reason for reason in dialect("").reasons)


def test_packages_that_leave_posts_alone_are_not_told(dialect):
    assert dialect("", hexo_generator_feed=1, hexo_server=1, hexo_deployer_git=1).reasons == ()
