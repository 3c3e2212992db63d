"""The dialects of Pelican and Nikola: what is read of their settings, and what is told of the rest."""

import pytest

from editor.site.find import open_site


@pytest.fixture
def dialect_of(tmp_path):
    def read(name, text, **files):
        (tmp_path / name).write_text(text, "utf-8")
        for path, content in files.items():
            file = tmp_path / path.replace("__", "/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8")
        return open_site(tmp_path).dialect

    return read


def pelican(dialect_of, text=""):
    return dialect_of("pelicanconf.py", 'PATH = "."\n' + text)


def nikola(dialect_of, text="", **files):
    return dialect_of("conf.py", 'POSTS = (("posts/*.md", "posts", "post.tmpl"),)\n' + text, **files)


def test_pelican_without_a_setting(dialect_of):
    dialect = pelican(dialect_of)
    assert dialect.family == "python-markdown"
    assert dialect.options["extensions"] == ["markdown.extensions.codehilite", "markdown.extensions.extra"]
    assert dialect.options["markdown"] == {"output_format": "html"}
    assert dialect.options["pelican"]["typogrify"] is None
    assert dialect.reasons == ()


def test_pelican_adds_extensions_that_only_have_options(dialect_of):
    text = 'MARKDOWN = {"extensions": ["smarty"], "extension_configs": {"toc": {"permalink": True}}}\n'
    options = pelican(dialect_of, text).options
    assert options["extensions"] == ["smarty", "toc"]
    assert options["extension_configs"]["toc"] == {"permalink": True}
    assert options["markdown"] == {"output_format": "xhtml"}


def test_pelican_options_that_are_functions_go_by_their_names(dialect_of):
    text = (
        "from pymdownx import slugs\nfrom mine import Extension\n"
        'MARKDOWN = {"extensions": [Extension()], "extension_configs": {"toc": {"slugify": slugs.uslugify}}}\n'
    )
    dialect = pelican(dialect_of, text)
    assert dialect.options["extension_configs"]["toc"] == {"slugify": {"$python": "pymdownx.slugs.uslugify"}}
    assert dialect.options["extensions"] == ["toc"]
    assert len(dialect.reasons) == 1
    assert "Extension()" in dialect.reasons[0]


def test_a_map_of_the_site_names_no_python(dialect_of):
    text = 'MARKDOWN = {"extension_configs": {"toc": {"slugify": {"$python": "os.system"}}}}\n'
    assert pelican(dialect_of, text).options["extension_configs"]["toc"] == {"slugify": {}}


def test_pelican_plugins_that_change_pages_are_told(dialect_of):
    text = 'PLUGINS = ["sitemap", "pelican.plugins.render_math", "liquid_tags.img", "of_their_own"]\n'
    reasons = pelican(dialect_of, text).reasons
    assert [
        name for name in ("sitemap", "render_math", "liquid_tags", "of_their_own") if name in str(reasons)
    ] == [
        "render_math",
        "liquid_tags",
        "of_their_own",
    ]


def test_pelican_code_that_is_not_run_is_told(dialect_of):
    dialect = pelican(dialect_of, "MARKDOWN = make()\nTYPOGRIFY = make()\n")
    assert len(dialect.reasons) == 2
    assert all("make" in reason for reason in dialect.reasons)


def test_pelican_typography(dialect_of):
    text = 'TYPOGRIFY = True\nTYPOGRIFY_IGNORE_TAGS = ["h1"]\nTYPOGRIFY_DASHES = "oldschool"\n'
    assert pelican(dialect_of, text).options["pelican"]["typogrify"] == {
        "ignore_tags": ["h1"],
        "omit_filters": [],
        "dashes": "oldschool",
    }


def test_nikola_without_a_setting(dialect_of):
    dialect = nikola(dialect_of)
    assert dialect.options["extensions"] == ["fenced_code", "codehilite", "extra"]
    assert dialect.options["nikola"] == {"demote": 1}
    assert dialect.reasons == ()


@pytest.mark.parametrize(
    "configs", ['{DEFAULT_LANG: {"toc": {"permalink": True}}}', '{"toc": {"permalink": True}}']
)
def test_nikola_options_by_language_or_for_all(dialect_of, configs):
    text = f'DEFAULT_LANG = "en"\nMARKDOWN_EXTENSIONS = ["toc"]\nMARKDOWN_EXTENSION_CONFIGS = {configs}\n'
    assert nikola(dialect_of, text).options["extension_configs"] == {"toc": {"permalink": True}}


def test_what_nikola_does_to_pages_beside_is_told(dialect_of):
    text = (
        "from nikola import filters\nHYPHENATE = True\n"
        'FILTERS = {".html": [filters.typogrify, filters.html_tidy_nowrap], ".js": [filters.jsminify]}\n'
    )
    plugin = "[Core]\nName = mine\n[Nikola]\nPluginCategory = MarkdownExtension\n"
    reasons = nikola(
        dialect_of, text, plugins__mine__mine_plugin="", **{"plugins__mine__mine.plugin": plugin}
    )
    told = " ".join(reasons.reasons)
    assert "HYPHENATE" in told
    assert "typogrify" in told
    assert "mine" in told
    assert len(reasons.reasons) == 3
