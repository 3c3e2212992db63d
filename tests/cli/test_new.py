from pathlib import Path

import pytest
import yaml

from editor.cli import run


def _values(path):
    return yaml.safe_load(path.read_text("utf-8").split("---\n")[1])


def test_the_path_is_printed_and_nothing_else(site_copy, capsys):
    folder = site_copy("two-blogs")
    assert run(["new", "Hello: world", "--site", str(folder)]) == 0
    captured = capsys.readouterr()
    path = Path(captured.out.removesuffix("\n"))
    assert captured.err == ""
    assert path.parent.is_relative_to(folder / "docs/blog/posts")
    assert "hello-world" in path.name
    assert _values(path)["title"] == "Hello: world"
    assert _values(path)["draft"] is True


def test_the_site_is_found_upwards(site_copy, capsys, monkeypatch):
    folder = site_copy("two-blogs")
    monkeypatch.chdir(folder / "docs/img")
    assert run(["new", "X"]) == 0
    assert Path(capsys.readouterr().out.strip()).is_relative_to(folder / "docs/blog/posts")


def test_fields_are_read_by_their_type(site_copy, capsys):
    folder = site_copy("two-blogs")
    settings = ["tags=a, b", "slug=2024", "date=2025-01-02", "draft=false", "own=[1, {a: no}]", "readtime=5"]
    options = [word for setting in settings for word in ("--set", setting)]
    assert run(["new", "X", "--site", str(folder), *options]) == 0
    path = Path(capsys.readouterr().out.strip())
    values = _values(path)
    assert values["tags"] == ["a", "b"]
    assert (values["slug"], values["draft"], values["readtime"]) == ("2024", False, 5)
    assert values["own"] == [1, {"a": False}]
    assert str(values["date"]) == "2025-01-02"


@pytest.mark.parametrize(
    "options",
    [["--set", "draft=perhaps"], ["--set", "date=soon"], ["--set", "own=[1"], ["--template", "none"]],
)
def test_what_can_not_be_is_told_and_nothing_is_made(site_copy, capsys, options):
    folder = site_copy("two-blogs")
    before = sorted(folder.rglob("*"))
    assert run(["new", "X", "--site", str(folder), *options]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith(f"{folder}:1:1: ")
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("options", [["--set", "draft"], ["--set", "=x"], []])
def test_wrong_usage(options, capsys):
    with pytest.raises(SystemExit) as caught:
        run(["new", *options])
    assert caught.value.code == 2
    assert capsys.readouterr().out == ""


def test_a_template_of_the_site(site_copy, capsys):
    folder = site_copy("two-blogs")
    (folder / ".copydesk/templates").mkdir(parents=True)
    (folder / ".copydesk/templates/link.md").write_text("---\ndate: {{date}}\n---\n\n# {{title}}\n", "utf-8")
    assert run(["new", "A link", "--site", str(folder), "--template", "link", "--set", "draft=true"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.read_text("utf-8").endswith("draft: true\n---\n\n# A link\n")
