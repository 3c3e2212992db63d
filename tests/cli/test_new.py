from pathlib import Path

import pytest
import yaml

from editor.cli import run
from editor.post.front_matter import read


def _values(path):
    return yaml.safe_load(path.read_text("utf-8").split("---\n")[1])


@pytest.fixture
def write():
    """Write files: a folder, and a text by path below it."""

    def write_files(folder: Path, files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return folder

    return write_files


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


def test_a_list_is_read_as_meta_reads_it(tmp_path, write, capsys):
    site = write(tmp_path, {"pelicanconf.py": "PATH = 'content'\n", "content/x": ""})
    options = ["--set", "tags=[a, 'b c']", "--set", "own=[a, b]", "--set", "title=[x]"]
    assert run(["new", "X", "--site", str(site), *options]) == 0
    text = Path(capsys.readouterr().out.strip()).read_text("utf-8")
    assert "tags: a, b c\n" in text
    assert "own: [a, b]\n" in text
    assert "title: [x]\n" in text


ZOLA = 'base_url = "/"\ntaxonomies = [{name = "tags"}]\n'


def test_taxonomies_of_zola_go_where_it_reads_them(tmp_path, write, capsys):
    site = write(tmp_path, {"zola.toml": ZOLA, "content/blog/_index.md": "+++\n+++\n"})
    assert run(["new", "X", "--site", str(site), "--set", "tags=[a, b]"]) == 0
    captured = capsys.readouterr()
    values = read(Path(captured.out.strip()).read_text("utf-8")).values
    assert values["taxonomies"] == {"tags": ["a", "b"]}
    assert "tags" not in values
    assert captured.err == ""


def test_a_taxonomy_that_zola_does_not_know_is_told(tmp_path, write, capsys):
    site = write(tmp_path, {"zola.toml": ZOLA, "content/blog/_index.md": "+++\n+++\n"})
    assert run(["new", "X", "--site", str(site), "--set", "categories=a"]) == 0
    path, error = capsys.readouterr()
    assert error == f"The site's configuration has no taxonomy categories ({path.strip()})\n"


def test_a_draft_that_the_generator_publishes_is_told(tmp_path, write, capsys):
    site = write(
        tmp_path, {".eleventy.js": "module.exports = () => ({});\n", "blog/a.md": "---\ntitle: A\n---\n"}
    )
    assert run(["new", "X", "--site", str(site)]) == 0
    path, error = capsys.readouterr()
    assert error == f"Published: Eleventy ignores `draft: true` ({path.strip()})\n"
    assert run(["new", "Y", "--site", str(site), "--set", "draft=false"]) == 0
    assert capsys.readouterr().err == ""
