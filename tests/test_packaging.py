"""What the wheel and the desktop are told. The wheel itself is built and tried by `.ci/run`."""

import configparser
import importlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET

import pytest

import editor
from tests.sources import ROOT, files

APPLICATION_ID = "io.github.copydesk.Copydesk"
DESKTOP = ROOT / f"resources/linux/{APPLICATION_ID}.desktop"
METAINFO = ROOT / f"resources/linux/{APPLICATION_ID}.metainfo.xml"


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def desktop_entry():
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]  (its keys tell capitals)
    parser.read_string(DESKTOP.read_text("utf-8"))
    return parser["Desktop Entry"]


def test_the_command_is_the_entry_point(project):
    module, function = project["project"]["scripts"]["copydesk"].split(":")
    assert callable(getattr(importlib.import_module(module), function))


def test_the_program_runs_as_a_module(tmp_path):
    said = subprocess.run(
        [sys.executable, "-m", "editor", "--version"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stderr == ""
    assert editor.__version__ in said.stdout
    assert said.returncode == 0


def test_another_package_of_this_name_is_noticed(tmp_path):
    """PyPI's `editor` overwrites our `__init__.py` where both are installed."""
    shutil.copytree(ROOT / "editor", tmp_path / "editor", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "editor/__init__.py").write_text("", "utf-8")
    said = subprocess.run(
        [sys.executable, "-m", "editor"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert said.returncode == 1
    assert "environment of its own" in said.stderr
    assert "Traceback" not in said.stderr


def test_every_folder_of_the_package_is_a_package():
    """A folder without `__init__.py` would be left out by some tools and found by others."""
    folders = {path.parent for path in files()}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="asks git, and this is no clone")
def test_git_ignores_nothing_that_ships():
    """Hatchling leaves out what git ignores: a `site/` without its leading slash drops editor/site."""
    ignored = subprocess.run(
        ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "editor", "resources", "tests"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert [name for name in ignored if "__pycache__" not in name and not name.endswith(".pyc")] == []


def test_nothing_is_required_that_is_not_imported(project):
    """Each name in `dependencies` is one that the package imports, so that the list stays short."""
    imports = "\n".join(path.read_text("utf-8") for path in files())
    module_of = {
        "markdown-it-py": "markdown_it",
        "mdit-py-plugins": "mdit_py_plugins",
        "pyside6": "PySide6",
        "pymdown-extensions": "pymdownx",
        "python-dateutil": "dateutil",
        "pyyaml": "yaml",
        "text-unidecode": "text_unidecode",
    }
    for requirement in project["project"]["dependencies"]:
        name = re.split(r"[<>=!~\[; ]", requirement)[0]
        module = module_of.get(name, name)
        assert re.search(rf"\b{module}\b", imports), f"{name} is required and not used"


def test_the_application_id_is_the_same_everywhere(project):
    entry = desktop_entry()
    assert entry["Icon"] == APPLICATION_ID
    assert entry["StartupWMClass"] == APPLICATION_ID
    metainfo = ET.parse(METAINFO).getroot()
    assert metainfo.findtext("id") == APPLICATION_ID
    assert metainfo.findtext("launchable") == DESKTOP.name
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    for file, place in shared.items():
        assert (ROOT / file).is_file()
        assert APPLICATION_ID in file
        assert APPLICATION_ID in place
    told = [
        path
        for path in files()
        if f'setDesktopFileName("{APPLICATION_ID}")' in (text := path.read_text("utf-8"))
        or f'"{APPLICATION_ID}"' in text
    ]
    assert told, "QGuiApplication.setDesktopFileName is not told: Wayland would show no icon"


def test_the_desktop_starts_the_command(project):
    entry = desktop_entry()
    assert entry["Exec"].split()[0] in project["project"]["scripts"]
    assert entry["Exec"].split()[1:] == ["%f"]


def test_the_newest_release_is_this_version():
    metainfo = ET.parse(METAINFO).getroot()
    newest = metainfo.find("releases/release")
    assert newest is not None
    assert newest.get("version") == editor.__version__
    assert f"[{editor.__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.skipif(
    not shutil.which("desktop-file-validate"), reason="desktop-file-validate is not installed"
)
def test_the_desktop_file_is_valid():
    said = subprocess.run(["desktop-file-validate", DESKTOP], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (0, "")


@pytest.mark.skipif(not shutil.which("appstreamcli"), reason="appstreamcli is not installed")
def test_the_metainfo_is_valid():
    said = subprocess.run(
        ["appstreamcli", "validate", "--no-net", METAINFO], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout
