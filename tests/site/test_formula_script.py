"""Whether a site loads a script that sets formulas."""

import pytest

from editor.site import find
from editor.site.formula_script import loads_no_formula_script

MATHJAX = "https://unpkg.com/mathjax@3/es5/tex-mml-chtml.js"


def site(tmp_path, config, name="mkdocs.yml", files=()):
    for file, text in {name: config, "docs/index.md": "# Home\n", **dict(files)}.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return find.open_site(tmp_path, trust=False)


@pytest.mark.parametrize(
    "config",
    [
        "site_name: x\n",
        "site_name: x\ntheme: {name: material}\nextra_javascript: [js/menu.js]\n",
    ],
)
def test_a_configuration_without_one_shows_it(tmp_path, config):
    opened = site(tmp_path, config, files={"docs/js/menu.js": "open()"})
    assert loads_no_formula_script(opened)


@pytest.mark.parametrize(
    "config",
    [
        f"site_name: x\nextra_javascript: ['{MATHJAX}']\n",
        f"site_name: x\nextra_javascript: [{{path: '{MATHJAX}', defer: true}}]\n",
        "site_name: x\nextra_javascript: [js/loads.js]\n",
        "site_name: x\nextra_javascript: [js/missing.js]\n",
        "site_name: x\nextra_javascript: ['https://example.org/all.js']\n",
        "site_name: x\ntheme: {name: material, custom_dir: overrides}\n",
        "site_name: x\ntheme: somebodys\n",
        "site_name: x\nhooks: [hook.py]\n",
        "site_name: x\nplugins: [katex]\n",
    ],
)
def test_where_there_is_one_or_may_be_nothing_is_said(tmp_path, config):
    opened = site(tmp_path, config, files={"docs/js/loads.js": "load('MathJax')", "overrides/x.html": ""})
    assert not loads_no_formula_script(opened)


def test_of_other_generators_nothing_is_said(tmp_path):
    assert not loads_no_formula_script(site(tmp_path, "title = 'x'\n", "hugo.toml"))
