"""From mkdocs.yml to a dialect."""

import json

import pytest

from editor.site.generators import mkdocs_config, mkdocs_dialect


def dialect(tmp_path, text, trusted=False):
    path = tmp_path / "mkdocs.yml"
    path.write_text(text)
    made = mkdocs_dialect.dialect(mkdocs_config.read(path).values, tmp_path, trusted)
    json.dumps(made.options)
    return made


def test_an_empty_configuration_has_the_built_in_extensions(tmp_path):
    made = dialect(tmp_path, "site_name: x\n")
    assert made.family == "python-markdown"
    assert made.options["extensions"] == ["toc", "tables", "fenced_code"]
    assert made.options["docs_dir"] == str(tmp_path / "docs")
    assert made.reasons == ()


@pytest.mark.parametrize(
    "listed",
    [
        "markdown_extensions: [admonition, {toc: {permalink: true}}, admonition]",
        "markdown_extensions: {admonition: null, toc: {permalink: true}}",
        "markdown_extensions:\n  - admonition\n  - toc:\n      permalink: true\n  - toc:\n",
    ],
)
def test_a_list_and_a_map_mean_the_same(tmp_path, listed):
    made = dialect(tmp_path, listed)
    assert made.options["extensions"] == ["toc", "tables", "fenced_code", "admonition"]
    assert made.options["extension_configs"] == {"toc": {"permalink": True}}


def test_python_objects_and_dates_are_json(tmp_path):
    made = dialect(
        tmp_path,
        "markdown_extensions:\n- toc:\n"
        "    slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}\n"
        "    since: 2024-01-01\n    f: !!python/name:a.b\n    p: !relative $docs_dir\n",
    )
    assert made.options["extension_configs"]["toc"] == {
        "slugify": {"$python": "pymdownx.slugs.slugify", "args": [], "kwds": {"case": "lower"}},
        "since": "2024-01-01",
        "f": {"$python": "a.b"},
        "p": {"$relative": "$docs_dir"},
    }


@pytest.mark.parametrize(
    ("plugins", "named"),
    [
        ("[search, blog, material/tags, meta, minify]", []),
        ("[search, macros, {mkdocstrings: {default_handler: python}}]", ["macros", "mkdocstrings"]),
        ("{glightbox: {}, my-own: null}", ["glightbox", "my-own"]),
        ("[{macros: {enabled: false}}]", []),
        ("[{group: {enabled: true, plugins: [privacy]}}]", ["privacy"]),
        ("[{group: {enabled: false, plugins: [privacy]}}]", []),
    ],
)
def test_plugins_that_change_pages_are_named(tmp_path, plugins, named):
    reasons = dialect(tmp_path, f"plugins: {plugins}\n").reasons
    assert len(reasons) == len(named)
    for name, reason in zip(named, reasons, strict=True):
        assert name in reason


def test_hooks_are_named(tmp_path):
    (reason,) = dialect(tmp_path, "hooks: [hooks/own.py]\n").reasons
    assert "hooks/own.py" in reason


@pytest.mark.parametrize(
    "odd", ["markdown_extensions: 3", "markdown_extensions: [3, {a: 1, b: 2}, [x]]", "plugins: 7"]
)
def test_odd_values_do_not_stop_it(tmp_path, odd):
    assert dialect(tmp_path, odd).options["extensions"] == ["toc", "tables", "fenced_code"]


def test_links_from_the_top_of_the_documentation(tmp_path):
    assert not dialect(tmp_path, "").options["absolute_links_to_docs"]
    for text in (
        "validation: {links: {absolute_links: relative_to_docs}}",
        "validation: {absolute_links: relative_to_docs}",
    ):
        assert dialect(tmp_path, text).options["absolute_links_to_docs"]
