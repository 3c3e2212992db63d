"""`copydesk meta` where the site's generator reads something else than YAML."""

import json
from pathlib import Path

import pytest

from editor.cli import run


def meta(*arguments: object) -> int:
    return run(["meta", *map(str, arguments)])


@pytest.fixture
def pelican(tmp_path: Path) -> Path:
    (tmp_path / "pelicanconf.py").write_text('SITENAME = "Blog"\nPATH = "content"\n')
    (tmp_path / "content").mkdir()
    return tmp_path / "content" / "post.md"


@pytest.fixture
def nikola(tmp_path: Path) -> Path:
    (tmp_path / "conf.py").write_text(
        'BLOG_TITLE = "Blog"\nPOSTS = (("posts/*.md", "posts", "post.tmpl"),)\n'
        'PAGES = ()\nDEFAULT_LANG = "en"\nTRANSLATIONS = {DEFAULT_LANG: ""}\n'
        'COMPILERS = {"markdown": (".md",)}\n'
    )
    (tmp_path / "posts").mkdir()
    return tmp_path / "posts" / "post.md"


def test_lines_of_pelican_are_text_as_it_was_given(pelican: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pelican.write_bytes(b"---\r\nTitle: One: two\r\nTags: a; b\r\n---\r\nBody\r\n")
    assert (
        meta("--set", "date=2020-01-02 10:00", "--add", "tags=no", "--remove", "tags=a", "--json", pelican)
        == 0
    )
    assert pelican.read_bytes() == (
        b"---\r\nTitle: One: two\r\nTags: b; no\r\nDate: 2020-01-02 10:00\r\n---\r\nBody\r\n"
    )
    assert json.loads(capsys.readouterr().out) == {
        "content/post.md": {"title": "One: two", "tags": ["b", "no"], "date": "2020-01-02 10:00"}
    }


def test_a_post_gets_the_front_matter_of_its_site(pelican: Path) -> None:
    pelican.write_bytes(b"Body\n")
    assert meta("--set", "title=One", "--set", "tags=a, b", pelican) == 0
    assert pelican.read_bytes() == b"title: One\ntags: a, b\n\nBody\n"


def test_the_meta_file_beside_a_post_of_nikola_is_the_one_that_changes(nikola: Path) -> None:
    beside = nikola.with_suffix(".meta")
    nikola.write_bytes(b"Body\n")
    beside.write_bytes(b".. title: One\n.. tags: \n")
    assert meta("--set", "title=Two", "--add", "tags=x", nikola) == 0
    assert nikola.read_bytes() == b"Body\n"
    assert beside.read_bytes() == b".. title: Two\n.. tags: x\n"


def test_an_error_names_the_file_that_has_it(nikola: Path, capsys: pytest.CaptureFixture[str]) -> None:
    beside = nikola.with_suffix(".meta")
    nikola.write_bytes(b"Body\n")
    beside.write_bytes(b".. title: One\n")
    assert meta("--add", "tags=x, y", nikola) == 1
    assert capsys.readouterr().err.startswith(f"{beside}:")
    assert beside.read_bytes() == b".. title: One\n"


def test_a_comment_of_nikola_is_edited_in_place(nikola: Path) -> None:
    nikola.write_bytes(b"<!--\n.. title: One\n.. category:\n-->\n\nBody\n")
    assert meta("--set", "category=c", "--set", "title=A: b", nikola) == 0
    assert nikola.read_bytes() == b"<!--\n.. title: A: b\n.. category: c\n-->\n\nBody\n"


def test_json_takes_values_as_they_were_given(tmp_path: Path) -> None:
    post = tmp_path / "post.md"
    post.write_bytes(b'{\n  "title": "One"\n}\nBody\n')
    assert meta("--set", "date=2024-01-31T10:00:00Z", "--set", "draft=true", "--set", "n=1.5", post) == 0
    assert post.read_bytes() == (
        b'{\n  "title": "One",\n  "date": "2024-01-31T10:00:00Z",\n  "draft": true,\n  "n": 1.5\n}\nBody\n'
    )


def test_an_entry_of_a_list_is_reached_by_its_number(tmp_path: Path) -> None:
    post = tmp_path / "post.md"
    post.write_bytes(b"---\nlinks:\n  - name: a # c\n    url: b\n---\nBody\n")
    assert meta("--set", "links.0.name=x", "--unset", "links.0.url", post) == 0
    assert post.read_bytes() == b"---\nlinks:\n  - name: x # c\n---\nBody\n"


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        ("tags=[a, 'b c']", "Tags: a, b c"),
        ("Tags=[2024, no]", "Tags: 2024, no"),
        ("tags=a; b, c", "Tags: a; b, c"),
        ("authors=[One, Two]", "Authors: One, Two"),
        ("summary=[a, b]", "Summary: [a, b]"),
        ("own=[a, b]", "Own: [a, b]"),
        ("Date=2020-01-02 10:00", "Date: 2020-01-02 10:00"),
        ("Status=hidden", "Status: hidden"),
        ("status=", "Status:"),
    ],
)
def test_a_list_for_pelican_is_written_as_it_writes_lists(pelican: Path, edit: str, line: str) -> None:
    pelican.write_bytes(b"Title: One\n\nBody\n")
    assert meta("--set", edit, pelican) == 0
    assert pelican.read_text("utf-8").splitlines()[1].strip() == line


def test_a_list_for_nikola_is_written_as_it_writes_lists(nikola: Path) -> None:
    nikola.write_bytes(b"<!--\n.. title: One\n.. tags: x\n-->\n\nBody\n")
    assert meta("--set", "tags=[a, b]", "--set", "has_math=yes", nikola) == 0
    assert nikola.read_bytes() == (b"<!--\n.. title: One\n.. tags: a, b\n.. has_math: yes\n-->\n\nBody\n")


def test_a_list_of_lines_is_one_without_a_site_too(tmp_path: Path) -> None:
    post = tmp_path / "post.md"
    post.write_bytes(b"<!--\n.. title: One\n.. tags: x\n-->\n\nBody\n")
    assert meta("--set", "tags=[a, b]", post) == 0
    assert b"\n.. tags: a, b\n" in post.read_bytes()


@pytest.mark.parametrize("edit", ["Date=2020-13-01", "date=", "status=drft", "modified=some day", "tags=[a"])
def test_a_value_that_pelican_refuses_is_not_written(
    pelican: Path, edit: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = b"Title: One\nDate: 2020-01-02\n\nBody\n"
    pelican.write_bytes(before)
    assert meta("--set", edit, pelican) == 1
    out, err = capsys.readouterr()
    assert pelican.read_bytes() == before
    assert out == ""
    assert err.startswith(f"{pelican}:{2 if edit.lower().startswith('date') else 1}:1: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("edit", ["date=garbage", "updated=2020-02-30", "has_math=perhaps"])
def test_a_value_that_nikola_refuses_is_not_written(nikola: Path, edit: str) -> None:
    before = b"<!--\n.. title: One\n-->\n\nBody\n"
    nikola.write_bytes(before)
    assert meta("--set", edit, nikola) == 1
    assert nikola.read_bytes() == before


def test_truth_is_written_for_nikola_as_it_reads_it(nikola: Path) -> None:
    nikola.write_bytes(b"<!--\n.. title: One\n-->\n\nBody\n")
    assert meta("--set", "nocomments=1", nikola) == 0
    assert b"\n.. nocomments: 1\n" in nikola.read_bytes()


@pytest.mark.parametrize(
    ("config", "name"), [("zola.toml", "content/a.md"), ("hugo.toml", "content/posts/a.md")]
)
def test_a_day_that_is_none_is_not_written(tmp_path: Path, config: str, name: str) -> None:
    (tmp_path / config).write_text('base_url = "/"\nbaseURL = "/"\n')
    post = tmp_path / name
    post.parent.mkdir(parents=True)
    before = b'+++\ntitle = "A"\ndate = 2020-01-02\n+++\n'
    post.write_bytes(before)
    assert meta("--set", "date=2020-13-01", post) == 1
    assert post.read_bytes() == before


def test_a_known_key_is_proposed_by_the_site(pelican: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pelican.write_bytes(b"Title: One\n\nBody\n")
    assert meta("--set", "sumary=x", "--set", "series=y", pelican) == 0
    assert b"\nSumary: x\nSeries: y\n" in pelican.read_bytes()
    assert capsys.readouterr() == (
        "", f"“sumary” is not a known field: did you mean “summary”? ({pelican})\n",
    )  # fmt: skip
