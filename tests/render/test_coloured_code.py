"""Pages with coloured code where the site is published with another version of Pygments."""

from importlib import metadata

import pytest

from editor.render.protocol import Dialect, PageContext

HERE = metadata.version("Pygments")
CODEHILITE = {
    "extensions": ["markdown.extensions.extra", "markdown.extensions.codehilite"],
    "extension_configs": {},
}
HIGHLIGHT = {
    "extensions": ["pymdownx.superfences", "pymdownx.inlinehilite", "pymdownx.highlight"],
    "extension_configs": {"pymdownx.highlight": {"line_spans": "__span"}},
}
COLOURED = {
    "fence": "# A\n\n```python\nx = 1\n```\n",
    "indented": "    #!python\n    x = 1\n",
    "in a list": "- a\n\n        #!python\n        x = 1\n",
}
PLAIN = {
    "none": "# A\n\ntext `x = 1`\n",
    "text": "```text\nx = 1\n```\n",
    "own HTML": '<p><span class="k">x</span></p>\n\na <span class="k">x</span> b\n',
}


@pytest.fixture
def render(renderer, tmp_path):
    def of(text, markdown=CODEHILITE, **options):
        dialect = Dialect("python-markdown", {**markdown, **options})
        renderer.open(text, dialect, PageContext(str(tmp_path), "a.md", {}))
        return renderer.render()

    return of


@pytest.mark.parametrize("text", COLOURED.values(), ids=COLOURED)
@pytest.mark.parametrize("options", [CODEHILITE, HIGHLIGHT], ids=["codehilite", "highlight"])
def test_another_version_is_told_where_code_is_coloured(render, text, options):
    if options is HIGHLIGHT:  # it takes no first line for the language
        text = text.replace("        #!python\n        x = 1\n", "    ```python\n    x = 1\n    ```\n")
        text = text.replace("    #!python\n    x = 1\n", "~~~python\nx = 1\n~~~\n")
    wanted = {"Pygments": ["2.5.0", "uv.lock"]}
    (reason,) = render(text, options, versions=wanted).reasons
    assert f"Pygments {HERE} ≠ 2.5.0 (uv.lock)" in reason
    assert render(text, options, versions={"Pygments": [HERE, "uv.lock"]}).reasons == ()
    assert render(text, options).reasons == ()


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
@pytest.mark.parametrize("options", [CODEHILITE, HIGHLIGHT], ids=["codehilite", "highlight"])
def test_it_is_not_told_of_other_pages(render, text, options):
    assert render(text, options, versions={"Pygments": ["2.5.0", "uv.lock"]}).reasons == ()


def test_inline_code_counts(render):
    assert render("a `#!python x = 1` b\n", HIGHLIGHT, versions={"Pygments": ["2.5.0", "uv.lock"]}).reasons


def test_pelican_is_installed_with_an_older_one(render):
    pelican = {"links": r"[{|](?P<what>.*?)[|}]"}
    (reason,) = render(COLOURED["fence"], pelican=pelican).reasons
    assert f"Pygments {HERE}" in reason
    assert render(COLOURED["fence"], pelican=pelican, versions={"Pygments": [HERE, "uv.lock"]}).reasons == ()
    assert render(PLAIN["none"], pelican=pelican).reasons == ()
