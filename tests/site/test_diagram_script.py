"""The copy of Mermaid that a site ships."""

import pytest

from editor.site import find
from editor.site.diagram_script import diagram_script, public_script

LARGE = "/* mermaid */" + " " * 200_000


def site(tmp_path, files, *, trust=True):
    for name, text in {"hugo.toml": "baseURL = 'https://example.org/'\n", **files}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return find.open_site(tmp_path, trust=trust)


@pytest.mark.parametrize(
    "name",
    [
        "static/js/mermaid.min.js",
        "static/js/mermaid.js",
        "static/mermaid-10.9.1.min.js",
        "themes/one/static/js/mermaid.min.js",
        "node_modules/mermaid/dist/mermaid.min.js",
        "assets/vendor-js/mermaid@11.4.0.min.js",
    ],
)
def test_a_copy_is_found_where_sites_keep_theirs(tmp_path, name):
    assert diagram_script(site(tmp_path, {name: LARGE})) == (tmp_path / name).resolve()


@pytest.mark.parametrize(
    "name",
    [
        "static/mermaid.esm.min.mjs",
        "static/my-mermaid-settings.js",
        "public/js/mermaid.min.js",
        "node_modules/other/mermaid.min.js",
        ".cache/mermaid.min.js",
    ],
)
def test_other_files_are_not_taken(tmp_path, name):
    assert diagram_script(site(tmp_path, {name: LARGE})) is None


def test_a_script_that_only_loads_it_is_not_taken(tmp_path):
    assert (
        diagram_script(site(tmp_path, {"static/mermaid.js": "import 'https://example.org/mermaid.js'"}))
        is None
    )


def test_a_minified_copy_goes_first(tmp_path):
    made = site(tmp_path, {"static/mermaid.js": LARGE, "themes/a/static/mermaid.min.js": LARGE})
    assert diagram_script(made) == (tmp_path / "themes/a/static/mermaid.min.js").resolve()


def test_an_untrusted_sites_script_is_not_taken(tmp_path):
    assert diagram_script(site(tmp_path, {"static/mermaid.min.js": LARGE}, trust=False)) is None


def test_a_link_out_of_the_site_is_not_followed(tmp_path):
    outside = tmp_path / "outside.js"
    outside.write_text(LARGE, "utf-8")
    made = site(tmp_path / "site", {"static/x.txt": ""})
    (tmp_path / "site/static/mermaid.min.js").symlink_to(outside)
    assert diagram_script(made) is None


@pytest.mark.parametrize(
    ("extra", "address"),
    [
        ("", "https://unpkg.com/mermaid@11/dist/mermaid.min.js"),
        ("extra_javascript: [a.js, 'https://x.org/m/mermaid.min.js']\n", "https://x.org/m/mermaid.min.js"),
        ("extra_javascript: [{path: 'https://x.org/mermaid.js'}]\n", "https://x.org/mermaid.js"),
        (
            "extra_javascript: ['http://x.org/mermaid.js', 5]\n",
            "https://unpkg.com/mermaid@11/dist/mermaid.min.js",
        ),
    ],
)
def test_material_loads_it_from_the_web(tmp_path, extra, address):
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: {name: material}\n" + extra)
    (tmp_path / "docs").mkdir()
    assert public_script(find.open_site(tmp_path, trust=True)) == address
    assert public_script(find.open_site(tmp_path, trust=False)) == ""


def test_other_themes_are_not_known_to_load_it(tmp_path):
    assert public_script(site(tmp_path, {})) == ""
