"""Which versions a site is published with, as its files say."""

import os

import pytest

from editor.site.find import open_site
from editor.site.pinned_versions import pinned_versions
from tests.environments import fake_environment


@pytest.fixture
def root(tmp_path):
    (tmp_path / "blog" / ".git").mkdir(parents=True)
    return tmp_path / "blog"


def versions(root):
    return {name: said[0] for name, said in pinned_versions(root, {})[0].items()}


TOML = '[[package]]\nname = "markdown"\nversion = "3.5"\n[[package]]\nname = "other"\nversion = "1"\n'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("uv.lock", TOML),
        ("poetry.lock", TOML),
        ("pdm.lock", TOML),
        ("pylock.toml", TOML.replace("[[package]]", "[[packages]]")),
        ("Pipfile.lock", '{"default": {"markdown": {"version": "==3.5"}, "x": {"git": "y"}}}'),
        ("requirements.txt", "# all\nother==1\nMarkdown==3.5 ; python_version > '3.8'\n"),
        ("requirements.txt", "markdown == 3.5 \\\n    --hash=sha256:00\n"),
        ("requirements.txt", "markdown[docs]==3.5#c\n"),
        ("docs/requirements.txt", "MARKDOWN===3.5"),
        ("pyproject.toml", '[project]\ndependencies = ["markdown==3.5"]\n'),
        ("pyproject.toml", '[project.optional-dependencies]\ndocs = ["markdown==3.5"]\n'),
        ("pyproject.toml", '[dependency-groups]\ndocs = [{include-group = "x"}, "markdown==3.5"]\n'),
    ],
)
def test_each_kind_of_file(root, name, text):
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(text)
    assert pinned_versions(root, {}) == ({"Markdown": ["3.5", name]}, (root / name,))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "requirements.txt",
            "markdown>=3.5\nmarkdown~=3.5\nmarkdown==3.*\nmarkdown\n-r other.txt\n",
        ),
        ("uv.lock", TOML + '[[package]]\nname = "markdown"\nversion = "3.6"\n'),
        ("uv.lock", "no TOML ["),
        ("uv.lock", "package = 5\n"),
        ("Pipfile.lock", "[]"),
        ("pyproject.toml", "[project]\ndependencies = 5\n"),
    ],
)
def test_what_says_nothing_for_certain(root, name, text):
    (root / name).write_text(text)
    assert versions(root) == {}


def test_a_lock_goes_before_a_pin_and_both_before_what_is_installed(root):
    fake_environment(root / ".venv")
    (root / ".venv/lib/python3.12/site-packages/pymdown_extensions-10.4.dist-info").mkdir()
    assert pinned_versions(root, {})[0]["Markdown"] == ["3.4.1", ".venv"]
    (root / "requirements.txt").write_text("markdown==3.6\nmkdocs-material==9.1\n")
    (root / "uv.lock").write_text(TOML)
    assert versions(root) == {"Markdown": "3.5", "pymdown-extensions": "10.4", "mkdocs-material": "9.1"}


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need rights there")
def test_nothing_outside_is_read(root, tmp_path):
    (tmp_path / "requirements.txt").write_text("markdown==3.5\n")
    (root / "requirements.txt").symlink_to(tmp_path / "requirements.txt")
    fake_environment(tmp_path / "elsewhere")
    (root / ".venv").symlink_to(tmp_path / "elsewhere")
    assert pinned_versions(root, {}) == ({}, ())


def test_the_dialect_of_a_site_has_them_and_the_interpreter_once_it_is_trusted(root):
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text("site_name: x\n")
    python = fake_environment(root / ".venv")
    (root / "requirements.txt").write_text("markdown==3.5\n")
    site = open_site(root)
    assert site.dialect.interpreter == ""
    assert site.dialect.options["versions"] == {"Markdown": ["3.5", "requirements.txt"]}
    assert root / "requirements.txt" in site.configuration
    assert open_site(root, trust=True).dialect.interpreter == str(python)


def test_a_site_whose_generator_is_not_of_python_has_neither(root):
    (root / "content").mkdir()
    (root / "hugo.toml").write_text("title = 'x'\n")
    fake_environment(root / ".venv")
    site = open_site(root, trust=True)
    assert site.generator == "hugo"
    assert (site.dialect.interpreter, site.dialect.options.get("versions")) == ("", None)
