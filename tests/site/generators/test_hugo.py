"""What a Hugo site says besides its posts' addresses: configuration, links, inherited values, fields."""

import pytest

from editor.errors import SiteError
from editor.schema import kinds
from editor.site.find import find_site, open_site


@pytest.fixture
def site(tmp_path, write):
    def make(files):
        return write(tmp_path / "site", files)

    return make


@pytest.mark.parametrize(
    ("name", "text", "generator"),
    [
        ("hugo.toml", "", "hugo"),
        ("hugo.yml", "title: x\n", "hugo"),
        ("hugo.json", "{}", "hugo"),
        ("config.toml", 'baseURL = "https://example.org/"\n', "hugo"),
        ("config.yaml", "theme: x\n", "hugo"),
        ("config/_default/hugo.yaml", "title: x\n", "hugo"),
        ("config/_default/config.toml", 'BaseURL = "x"\n', "hugo"),
        ("config.toml", "[tool]\nx = 1\n", None),
        ("config.toml", 'base_url = "x"\n', "zola"),
    ],
)
def test_a_site_is_told_by_its_configuration(site, name, text, generator):
    folder = site({name: text, "content/posts/one.md": "Text.\n"})
    found = find_site(folder / "content/posts/one.md")
    assert (found.generator if found else None) == generator
    assert found is None or found.root == folder


def test_files_of_configuration_are_merged(site):
    folder = site(
        {
            "hugo.toml": 'title = "One"\nbaseURL = "https://example.org/"\n',
            "config/_default/hugo.toml": 'title = "Two"\n[params]\na = 1\n',
            "config/_default/languages.en.toml": 'title = "English"\n',
            "config/production/params.toml": "b = 2\n",
            "config/development/hugo.toml": 'title = "Never"\n',
        }
    )
    found = open_site(folder)
    assert found.name == "English"
    assert found.rules.config.values["params"] == {"a": 1, "b": 2}
    assert len(found.configuration) == 4


def test_a_broken_file_is_told_with_its_place(site):
    folder = site({"hugo.toml": "title = \n"})
    with pytest.raises(SiteError) as told:
        open_site(folder)
    assert (told.value.path, told.value.line) == (folder / "hugo.toml", 1)
    folder = site({"hugo.toml": "", "config/_default/params.toml": "a = \n"})
    [problem] = open_site(folder).problems
    assert problem.path.name == "params.toml"


def test_content_outside_of_an_untrusted_site_is_not_read(site, write, tmp_path):
    write(tmp_path / "outside", {"secret.md": "Text.\n"})
    folder = site({"hugo.toml": 'contentDir = "../outside"\n', "content/one.md": "Text.\n"})
    found = open_site(folder)
    assert found.problems
    assert all(path.is_relative_to(folder) for path in found.post_paths())
    assert open_site(folder, trust=True).post_paths() == [tmp_path / "outside/secret.md"]


def test_links(site):
    folder = site(
        {
            "hugo.toml": 'baseURL = "https://example.org/sub/"\n',
            "content/posts/one/index.md": "Text.\n",
            "content/posts/one/a.png": "x",
            "content/posts/two.md": "Text.\n",
            "content/posts/b.png": "x",
            "static/c.png": "x",
            "static/posts/d.png": "x",
            "assets/e.png": "x",
        }
    )
    found, bundle, single = (
        open_site(folder),
        folder / "content/posts/one/index.md",
        folder / "content/posts/two.md",
    )
    assert found.resolve("a.png", bundle) == folder / "content/posts/one/a.png"
    assert found.resolve("b.png", single) is None
    assert found.resolve("/c.png", single) == found.resolve("/sub/c.png", single) == folder / "static/c.png"
    assert found.resolve("../d.png", single) == folder / "static/posts/d.png"
    assert found.resolve("e.png", single) == folder / "assets/e.png"
    assert found.resolve("two.md", bundle) is None
    assert found.resolve("../two.md", bundle) == found.resolve("/posts/two/", bundle) == single
    assert found.resolve("/posts/one/a.png", single) == folder / "content/posts/one/a.png"
    assert found.resolve("https://example.org/c.png", single) is None


def test_cascade_is_handed_down(site):
    folder = site(
        {
            "hugo.toml": "[cascade]\ntype = 'site'\n[cascade.params]\na = 1\n",
            "content/_index.md": "---\ncascade:\n  type: home\n---\n",
            "content/posts/_index.md": "---\nCascade:\n- Target: {path: /posts/one}\n  draft: true\n---\n",
            "content/posts/one.md": "Text.\n",
            "content/posts/two.md": "Text.\n",
        }
    )
    found = open_site(folder)
    assert found.inherited(folder / "content/posts/one.md") == {
        "type": "home",
        "params": {"a": 1},
        "draft": True,
    }
    assert found.inherited(folder / "content/posts/two.md") == {"type": "home", "params": {"a": 1}}
    assert found.rules.merged(folder / "content/posts/one.md", {"Draft": False})["Draft"] is False
    assert "draft" not in found.rules.merged(folder / "content/posts/one.md", {"Draft": False})


def test_fields_and_the_folder_of_new_posts(site):
    folder = site(
        {
            "hugo.toml": '[taxonomies]\nauthor = "authors"\n',
            "content/notes/one.md": "Text.\n",
            "content/notes/two.md": "Text.\n",
            "content/about.md": "Text.\n",
            "archetypes/default.md": "---\ntitle: x\n---\n",
        }
    )
    found = open_site(folder)
    assert found.content_type.field("authors") is not None
    assert found.content_type.field("tags") is None
    assert kinds.validate(found.content_type.field("slug"), 2024) == []
    assert found.rules.new_post_dir() == folder / "content/notes"
    assert found.front_matter == "yaml"
