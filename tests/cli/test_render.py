"""`copydesk render`: its words and exits are a contract."""

import json
import os
from pathlib import Path

import pytest

from editor.cli import replay, run


@pytest.fixture
def site(tmp_path):
    """A site of two pages, one of them with what only its configuration makes of it."""
    root = tmp_path / "site"
    (root / "docs" / "posts").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(
        "site_name: Two\nplugins: [search]\nmarkdown_extensions: [admonition, {toc: {permalink: true}}]\n"
    )
    (root / "docs" / "a.md").write_text("---\ntitle: A\n---\n\n# A\n\n!!! note\n    é\n")
    (root / "docs" / "posts" / "b.md").write_bytes(b"\xef\xbb\xbf# B\r\n\r\ntext\r\n")
    return root


A = '<h1 id="a">A<a class="headerlink" href="#a" title="Permanent link">&para;</a></h1>'


def test_html_goes_to_stdout(site, capsys):
    assert run(["render", str(site / "docs/a.md")]) == 0
    out, err = capsys.readouterr()
    assert A in out
    assert '<p class="admonition-title">Note</p>' in out
    assert err == ""


def test_a_folder_is_filled(site, tmp_path, capsys):
    out = tmp_path / "out"
    files = [str(site / "docs/a.md"), str(site / "docs/posts/b.md")]
    assert run(["render", "--site", str(site), "--output-dir", str(out), *files]) == 0
    assert A in (out / "docs/a.md.html").read_text("utf-8")
    assert ">B<" in (out / "docs/posts/b.md.html").read_text("utf-8")
    assert capsys.readouterr() == ("", "")


def test_json_says_what_is_known_to_be_missing(site, capsys):
    assert run(["render", "--json", str(site / "docs/a.md"), str(site / "docs/posts/b.md")]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["path"], second["path"]) == ("docs/a.md", "docs/posts/b.md")
    assert (first["exact"], first["reasons"]) == (True, [])
    assert A in first["html"]
    with (site / "mkdocs.yml").open("a") as file:
        file.write("hooks: [own.py]\n")
    run(["render", "--json", str(site / "docs/a.md")])
    (first,) = json.loads(capsys.readouterr().out)
    assert first["exact"] is False
    assert "own.py" in first["reasons"][0]


def test_a_bad_file_is_reported_and_the_rest_go_on(site, capsys):
    broken = site / "docs" / "broken.md"
    broken.write_bytes(b"\xff\x00 no text \xfe")
    files = [site / "docs/missing.md", broken, site / "docs", site / "docs/a.md"]
    assert run(["render", *map(str, files)]) == 1
    out, err = capsys.readouterr()
    assert A in out
    lines = err.splitlines()
    assert len(lines) >= 2
    assert lines[0].startswith(f"{files[0]}:1:1: ")
    assert "Traceback" not in err


def test_relative_paths_are_those_of_the_current_folder(site, monkeypatch, capsys):
    monkeypatch.chdir(site / "docs")
    assert run(["render", "--json", "a.md"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["path"] == "docs/a.md"


def test_a_file_outside_the_named_site_is_refused(site, tmp_path, capsys):
    outside = tmp_path / "outside.md"
    outside.write_text("text")
    assert run(["render", "--site", str(site), str(outside)]) == 1
    assert capsys.readouterr().err.startswith(f"{outside}:1:1: ")


def test_a_file_of_no_site_is_commonmark_with_tables(tmp_path, capsys):
    path = tmp_path / "plain.md"
    path.write_text("---\ntitle: x\n---\n\n# One\n\n- a\n\n~~as it stands~~\n\n| a |\n|:-:|\n| b |\n")
    assert run(["render", "--json", str(path)]) == 0
    (page,) = json.loads(capsys.readouterr().out)
    assert "<h1>One</h1>" in page["html"]
    assert "<p>~~as it stands~~</p>" in page["html"]
    assert '<td align="center">b</td>' in page["html"]
    assert page["exact"] is True
    assert page["reasons"] == []


def test_trust_lets_the_sites_own_extensions_in(site, capsys):
    (site / "own.py").write_text(
        "from markdown.extensions.toc import TocExtension\n"
        "def makeExtension(**o): return TocExtension(permalink='own mark')\n"
    )
    (site / "mkdocs.yml").write_text("site_name: Own\nmarkdown_extensions: [own]\n")
    assert run(["render", str(site / "docs/a.md")]) == 0
    assert "own mark" not in capsys.readouterr().out
    assert run(["render", "--trust", str(site / "docs/a.md")]) == 0
    assert "own mark" in capsys.readouterr().out


@pytest.mark.parametrize("seed", [0, 7])
def test_replay_gives_the_same(site, capsys, seed):
    run(["render", str(site / "docs/a.md"), str(site / "docs/posts/b.md")])
    once = capsys.readouterr().out
    assert run(["render", "--replay", str(seed), str(site / "docs/a.md"), str(site / "docs/posts/b.md")]) == 0
    assert capsys.readouterr().out == once


@pytest.mark.parametrize("arguments", [[], ["--replay", "x", "a.md"], ["--unknown", "a.md"]])
def test_wrong_usage_is_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        run(["render", *arguments])
    assert ended.value.code == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_folder_that_cannot_be_written(site, tmp_path, capsys):
    tmp_path.joinpath("locked").mkdir(mode=0o500)
    assert run(["render", "--output-dir", str(tmp_path / "locked"), str(site / "docs/a.md")]) == 1
    assert "locked" in capsys.readouterr().err


def test_an_output_folder_that_is_a_file(site, tmp_path, capsys):
    (tmp_path / "out").write_text("")
    assert run(["render", "--output-dir", str(tmp_path / "out"), str(site / "docs/a.md")]) == 1
    assert "out" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "a", "one\n\ntwo " * 40, "\U0001f642é\r\n"])
@pytest.mark.parametrize("seed", range(5))
def test_replay_types_the_whole_text(text, seed):
    typed = ""
    edits = list(replay.edits(text, seed))
    for edit in edits:
        assert 0 <= edit.start <= edit.end <= len(typed)
        typed = edit.apply(typed)
    assert typed == text
    assert edits == list(replay.edits(text, seed))


def test_a_path_that_leads_out_and_in_again(site_copy, monkeypatch, capsys):
    site = site_copy("two-blogs")
    post = next(site.rglob("first.md"))
    monkeypatch.chdir(site.parent)
    elsewhere = site.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    relative = Path("..") / post.relative_to(site.parent)
    assert run(["render", str(relative), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["path"] == post.relative_to(site).as_posix()
