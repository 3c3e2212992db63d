"""Finding the Python that publishes a site, without running anything."""

import os
import sys
from pathlib import Path

import pytest

from editor.site import python_environment
from editor.site.python_environment import find, folders_of_project, of_site
from tests.environments import fake_environment, python_in

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the environments are laid out as on Unix")


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "repository" / "blog"
    (folder.parent / ".git").mkdir(parents=True)
    folder.mkdir()
    return folder


def found(root, **environment):
    chosen = find(root, "mkdocs", environment)
    return chosen.interpreter if chosen is not None else None


@pytest.mark.parametrize("name", [".venv", "venv", "../.venv", "../venv"])
def test_a_virtual_environment_in_the_project(root, name):
    python = fake_environment(Path(os.path.normpath(root / name)))
    assert found(root) == python
    assert of_site(root, {}).interpreter == python


def test_nothing_above_the_repository_or_beside_a_site_without_one(root, tmp_path):
    fake_environment(tmp_path / ".venv")
    assert found(root) is None
    alone = tmp_path / "alone" / "blog"
    alone.mkdir(parents=True)
    fake_environment(alone.parent / ".venv")
    assert found(alone) is None
    assert folders_of_project(alone) == [alone]


def test_the_site_s_own_goes_before_the_shell_s(root, tmp_path):
    shell = fake_environment(tmp_path / "shell")
    assert found(root, VIRTUAL_ENV=str(tmp_path / "shell")) == shell
    assert of_site(root, {"VIRTUAL_ENV": str(tmp_path / "shell")}) is None
    own = fake_environment(root / ".venv")
    assert found(root, VIRTUAL_ENV=str(tmp_path / "shell")) == own


def test_one_that_has_markdown_goes_before_one_that_has_not(root, tmp_path):
    own = fake_environment(root / ".venv", markdown=False)
    assert found(root) == own  # so that it can be said why it is not used
    assert of_site(root, {}) is None
    shell = fake_environment(tmp_path / "shell")
    assert found(root, VIRTUAL_ENV=str(tmp_path / "shell")) == shell


def test_one_that_stands_on_the_system_s_packages_may_have_markdown(root):
    own = fake_environment(root / ".venv", markdown=False)
    (root / ".venv/pyvenv.cfg").write_text("home = /usr/bin\ninclude-system-site-packages = true\n")
    assert of_site(root, {}).interpreter == own


def test_a_shell_s_without_markdown_is_not_named(root, tmp_path):
    fake_environment(tmp_path / "shell", markdown=False)
    assert found(root, VIRTUAL_ENV=str(tmp_path / "shell")) is None


def test_our_own_is_none(root, monkeypatch):
    fake_environment(root / ".venv")
    monkeypatch.setattr(sys, "prefix", str(root / ".venv"))
    assert found(root) is None


def test_a_file_that_can_not_be_run_is_none(root):
    fake_environment(root / ".venv").chmod(0o644)
    assert found(root) is None


def test_uv_s_project_environment(root, tmp_path):
    python = fake_environment(tmp_path / "uv-env")
    named = {"UV_PROJECT_ENVIRONMENT": str(tmp_path / "uv-env")}
    assert found(root, **named) is None
    (root / "pyproject.toml").touch()
    assert found(root, **named) == python
    inner = fake_environment(root / "env-of-uv")
    assert found(root, UV_PROJECT_ENVIRONMENT="env-of-uv") == inner


def test_poetry_s(root, tmp_path):
    assert python_environment._hash("/srv/blog") == "wgU2HM8x"
    code = python_environment._hash(os.path.realpath(root))
    place = tmp_path / "cache" / "virtualenvs"
    older = fake_environment(place / f"blog-{code}-py3.11")
    newer = fake_environment(place / f"blog-{code}-py3.12")
    fake_environment(place / "other-AAAAAAAA-py3.12")
    assert found(root, POETRY_CACHE_DIR=str(tmp_path / "cache")) is None
    (root / "pyproject.toml").write_text("[tool.poetry]\nname = 'blog'\n")
    assert found(root, POETRY_CACHE_DIR=str(tmp_path / "cache")) == older
    (place / "envs.toml").write_text(f'[blog-{code}]\nminor = "3.12"\npatch = "3.12.1"\n')
    assert found(root, POETRY_CACHE_DIR=str(tmp_path / "cache")) == newer


@pytest.mark.parametrize("where", ["poetry.toml", "config"])
def test_poetry_s_in_a_folder_that_its_configuration_names(root, tmp_path, where):
    code = python_environment._hash(os.path.realpath(root))
    python = fake_environment(tmp_path / "envs" / f"blog-{code}-py3.11")
    (root / "poetry.lock").touch()
    (tmp_path / "settings").mkdir()
    file = root / "poetry.toml" if where == "poetry.toml" else tmp_path / "settings/config.toml"
    file.write_text(f'[virtualenvs]\npath = "{tmp_path}/envs"\n')
    assert found(root, POETRY_CONFIG_DIR=str(tmp_path / "settings")) == python


def test_hatch_s_for_the_documentation_first(root, tmp_path):
    code = python_environment._hash(str(root))
    place = tmp_path / "hatch/env/virtual/blog" / code
    default = fake_environment(place / "blog")
    (root / "hatch.toml").touch()
    assert found(root, HATCH_DATA_DIR=str(tmp_path / "hatch")) == default
    docs = fake_environment(place / "docs")
    assert found(root, HATCH_DATA_DIR=str(tmp_path / "hatch")) == docs


def test_pdm_s(root, tmp_path):
    python = fake_environment(tmp_path / "of-pdm")
    (root / ".pdm-python").write_text(f"{python}\n")
    assert found(root) == python


@pytest.mark.parametrize(
    "first",
    ["#!{python}", "#!{python} -sE", "#! {python}", "#!/bin/sh\n'''exec' \"{python}\" \"$0\" \"$@\"\n' '''"],
)
def test_that_of_the_command(root, tmp_path, first):
    python = fake_environment(tmp_path / "with a blank" if '"' in first else tmp_path / "plain")
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    (bin_folder / "mkdocs").write_text(first.format(python=python) + "\nimport mkdocs\n")
    (bin_folder / "mkdocs").chmod(0o755)
    assert found(root, PATH=str(bin_folder)) == python
    assert find(root, "hugo", {"PATH": str(bin_folder)}) is None
    assert of_site(root, {"PATH": str(bin_folder)}) is None


def test_that_of_the_command_by_env(root, tmp_path):
    python = fake_environment(tmp_path / "env")
    (python.parent / "mkdocs").write_text("#!/usr/bin/env python\n")
    (python.parent / "mkdocs").chmod(0o755)
    assert found(root, PATH=str(python.parent)) == python


def test_that_of_a_command_that_is_a_program(root, tmp_path):
    python = fake_environment(tmp_path / "env")
    (python.parent / "mkdocs").write_bytes(b"\x7fELF, a launcher")
    (python.parent / "mkdocs").chmod(0o755)
    assert found(root, PATH=str(python.parent)) == python


def test_the_versions_in_it(root):
    fake_environment(root / ".venv")
    packages = root / ".venv/lib/python3.12/site-packages"
    (packages / "pymdown_extensions-10.4.dist-info").mkdir()
    assert of_site(root, {}).versions() == {"markdown": "3.4.1", "pymdown-extensions": "10.4"}
    assert python_in(root / ".venv") == root / ".venv/bin/python"


@pytest.mark.parametrize(
    "name", [".pdm-python", "pyproject.toml", "poetry.lock", "poetry.toml", ".venv/pyvenv.cfg"]
)
def test_what_is_no_file_is_not_read(root, name):
    # A repository may hold links to devices, which have no end; a pipe shows the same without taking all memory.
    (root / "poetry.lock").touch()
    if name.startswith(".venv"):
        fake_environment(root / ".venv", markdown=False)
    (root / name).unlink(missing_ok=True)
    os.mkfifo(root / name)
    assert of_site(root, {}) is None


def test_an_environment_of_the_shell_s_named_from_nowhere_is_none(root, monkeypatch):
    fake_environment(root / "env")
    monkeypatch.chdir(root)
    assert found(root, VIRTUAL_ENV="env") is None
    assert found(root, VIRTUAL_ENV=str(root / "env")) is not None
