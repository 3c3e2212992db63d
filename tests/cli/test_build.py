"""`copydesk build`: its words and exits are a contract."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from editor.cli import run
from editor.settings import Settings

pytestmark = pytest.mark.skipif(find_spec("mkdocs") is None, reason="mkdocs is not installed")


@pytest.fixture
def site(tmp_path, monkeypatch):
    folder = tmp_path / "site"
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: Notes\n")
    (folder / "docs/index.md").write_text("# Home\n")
    (folder / "docs/post.md").write_text("# Post\n\nSome words of the post, which are not many.\n")
    monkeypatch.chdir(folder)
    return folder


def test_the_page_of_a_post(site, capsys):
    assert run(["build", "--post", "docs/post.md", "--trust"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    page = Path(out.removesuffix("\n"))
    assert page.parts[-2:] == ("post", "index.html")
    assert page.is_relative_to(Settings.load().cache_dir)
    assert "which are not many" in page.read_text("utf-8")
    assert sorted(entry.name for entry in site.iterdir()) == ["docs", "mkdocs.yml"]


def test_the_folder_of_a_site_that_is_trusted(site, capsys):
    Settings.load().trust(site)
    assert run(["build", str(site), "--verbose"]) == 0
    out, err = capsys.readouterr()
    assert (Path(out.strip()) / "post/index.html").is_file()
    assert "Building documentation" in err


def test_without_trust_one_sentence_says_how(site, capsys):
    assert run(["build"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert f"`copydesk trust {site}`" in err
    assert "`--trust`" in err


@pytest.mark.parametrize("arguments", [["--post", "nope.md"], ["nowhere"]])
def test_what_is_not_there(site, arguments, capsys):
    assert run(["build", "--trust", *arguments]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{site / arguments[-1] if arguments[-1] == 'nowhere' else 'nope.md'}:1:1: ")


def test_a_folder_that_no_generator_builds(tmp_path, capsys):
    assert run(["build", str(tmp_path), "--trust"]) == 1
    assert "No generator" in capsys.readouterr().err


def test_a_build_that_fails_names_file_and_line(site, capsys):
    (site / "over").mkdir()
    (site / "mkdocs.yml").write_text("site_name: Notes\ntheme: {name: mkdocs, custom_dir: over}\n")
    (site / "over/main.html").write_text(
        '{% extends "base.html" %}\n{{ nope.x }}\n{% block content %}\n{{ y.z }}\n{% endblock %}\n'
    )
    assert run(["build", "--trust"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("over/main.html:4:1: ")
    assert err.count("\n") == 1


def test_a_post_that_is_not_built(site, capsys):
    (site / "mkdocs.yml").write_text("site_name: Notes\nexclude_docs: post.md\n")
    assert run(["build", "--trust", "--post", "docs/post.md"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "docs/post.md:1:1: The generator made no page of the post\n"
