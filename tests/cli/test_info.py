import json

from editor.cli import run


def test_json(site_copy, capsys):
    folder = site_copy("two-blogs")
    assert run(["info", str(folder), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {
        key: said[key] for key in ("generator", "root", "content_dirs", "static_dirs", "front_matter")
    } == {
        "generator": "mkdocs-material",
        "root": str(folder),
        "content_dirs": ["docs/blog/posts", "docs/notes/entries"],
        "static_dirs": ["docs"],
        "front_matter": "yaml",
    }
    assert (said["dialect"], said["posts"], said["trusted"]) == ("python-markdown", 18, False)


def test_words(site_copy, capsys, monkeypatch):
    monkeypatch.chdir(site_copy("two-blogs") / "docs/blog")
    assert run(["info"]) == 0
    out = capsys.readouterr().out
    assert "Two blogs" in out
    assert "mkdocs-material" in out


def test_a_plain_folder(tmp_path, capsys):
    assert run(["info", str(tmp_path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["generator"], said["posts"], said["static_dirs"]) == ("plain", 0, ["."])


def test_a_configuration_that_can_not_be_read(tmp_path, capsys):
    (tmp_path / "mkdocs.yml").write_text("site_name: X\na: b: c\n", "utf-8")
    assert run(["info", str(tmp_path), "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"{tmp_path / 'mkdocs.yml'}:2:5: ")
    assert captured.err.count("\n") == 1


def test_a_folder_that_is_not_there(tmp_path, capsys):
    assert run(["info", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'none'}:1:1: ")
