"""`copydesk meta`: its words and exits are a contract."""

import codecs
import json
from pathlib import Path

import pytest

from editor.cli import run

POST = b"---\ntitle: One # c\ndate: 2024-01-31\ntags:\n- a\n---\n\nBody\n"


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "post.md"
    path.write_bytes(POST)
    return path


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "docs" / "blog" / "posts").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Blog\ntheme: {name: material}\nplugins:\n  - blog\n")
    (root / "docs" / "blog" / "posts" / "post.md").write_bytes(POST)
    return root


def meta(*arguments: object) -> int:
    return run(["meta", *map(str, arguments)])


def test_the_values_are_listed(post: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert meta(post) == 0
    assert capsys.readouterr().out == 'title: One\ndate: 2024-01-31\ntags: ["a"]\n'
    other = post.with_name("other.md")
    other.write_bytes(b"no front matter\n")
    assert meta(post, other) == 0
    assert capsys.readouterr().out.splitlines() == [
        str(post), "  title: One", "  date: 2024-01-31", '  tags: ["a"]', str(other),
    ]  # fmt: skip


def test_json_is_an_object_from_path_to_values(post: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moment = b"---\na: 2024-01-31 10:00:00 +02:00\nb: 2013-06-27 11:00:01 +0000\nc: .inf\non: {no: [1.5, ~]}\n---\n"
    other = post.with_name("other.md")
    other.write_bytes(moment)
    assert meta("--json", post, other) == 0
    assert json.loads(capsys.readouterr().out) == {
        str(post): {"title": "One", "date": "2024-01-31", "tags": ["a"]},
        str(other): {
            "a": "2024-01-31T10:00:00+02:00",
            "b": "2013-06-27 11:00:01 +0000",
            "c": "inf",
            "on": {"no": [1.5, None]},
        },
    }


def test_paths_are_relative_to_the_site(blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert meta("--json", blog / "docs/blog/posts/post.md") == 0
    assert list(json.loads(capsys.readouterr().out)) == ["docs/blog/posts/post.md"]


def test_edits_are_made_in_their_order(post: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edits = (
        "--set",
        "title=x",
        "--add",
        "tags=b",
        "--remove",
        "tags=a",
        "--unset",
        "date",
        "--set",
        "title=z",
    )
    assert meta(post, *edits, "--add", "new=1") == 0
    assert post.read_bytes() == b"---\ntitle: z # c\ntags:\n- b\nnew:\n- 1\n---\n\nBody\n"
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        ("title=2024-01-01", 'title: "2024-01-01" # c'),
        ("title=[a, b]", 'title: "[a, b]" # c'),
        ("title= a ", 'title: " a " # c'),
        ("title=", 'title: "" # c'),
        ("slug=1.10", 'slug: "1.10"'),
        ("description=a: b", 'description: "a: b"'),
        ("x=true", "x: true"),
        ("x=1.10", "x: 1.10"),
        ("x=2024-01-31T10:00:00Z", "x: 2024-01-31T10:00:00Z"),
        ("x='1.10'", 'x: "1.10"'),
        ("x=no one", "x: no one"),
        ("x=13:45", 'x: "13:45"'),
        ("x=1:02:03.5", 'x: "1:02:03.5"'),
        ("x=13:99", 'x: "13:99"'),
        ("x=yes", "x: true"),
        ("x=", "x: null"),
        ("x=[a, 'no']", 'x:\n- a\n- "no"'),
        ("x.z=1", "x:\n  z: 1"),
        ("date.updated", None),
    ],
)
def test_values_are_text_or_yaml(post: Path, edit: str, line: str | None) -> None:
    if line is None:
        with pytest.raises(SystemExit) as caught:
            meta(post, "--set", edit)
        assert caught.value.code == 2
        assert post.read_bytes() == POST
    else:
        assert meta(post, "--set", edit) == 0
        assert f"\n{line}\n" in post.read_text()


def test_values_are_read_as_the_site_says(blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    post = blog / "docs/blog/posts/post.md"
    assert (
        meta(
            post,
            "--set",
            "draft=yes",
            "--set",
            "categories=no, 2024",
            "--add",
            "tags=1.10",
            "--remove",
            "tags=a",
        )
        == 0
    )
    assert post.read_text().splitlines()[3:9] == [
        "tags:",
        '- "1.10"',
        "draft: true",
        "categories:",
        '- "no"',
        '- "2024"',
    ]
    assert meta(post, "--set", "draft=perhaps") == 1
    assert capsys.readouterr().err.startswith(f"{post}:6:1: ")


def test_the_site_may_be_named(post: Path, blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert meta(post, "--set", "tags=no", "--site", blog) == 0
    assert b'- "no"\n' in post.read_bytes()
    assert meta(post, "--json", "--site", blog / "gone") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1


def test_a_bad_file_is_named_and_the_others_go_on(post: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = {
        "invalid.md": b"---\na: 1\ntitle: a: b\n---\n",
        "twice.md": b"---\na: 1\n\na: 2\n---\n",
        "latin.md": b"---\ntitle: \xe9\n---\n",
        "open.md": b"---\ntitle: a\n",
        "list.md": b"---\n- a\n---\n",
        "toml.md": b"+++\na = 1\nb = \n+++\n",
    }
    places = {
        "invalid.md": "3:9",
        "twice.md": "4:1",
        "latin.md": "1:1",
        "open.md": "1:1",
        "list.md": "2:1",
        "toml.md": "3:5",
    }
    paths = [post.with_name(name) for name in bad]
    for path in paths:
        path.write_bytes(bad[path.name])
    assert meta(*paths, post.with_name("gone.md"), post.parent, post, "--set", "title=new") == 1
    err = capsys.readouterr().err
    lines = err.splitlines()
    assert len(lines) == len(bad) + 2
    for path, line in zip(paths, lines, strict=False):
        assert line.startswith(f"{path}:{places[path.name]}: "), line
        assert path.read_bytes() == bad[path.name]
    assert lines[-2].startswith(f"{post.with_name('gone.md')}:1:1: ")
    assert b"title: new # c" in post.read_bytes()


def test_a_refused_edit_changes_nothing(post: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert meta(post, "--set", "title=new", "--add", "title=x") == 1
    assert capsys.readouterr().err.startswith(f"{post}:2:8: “title” is not a list")
    assert meta(post, "--set", "x=[a") == 1
    assert "is not valid YAML" in capsys.readouterr().err
    assert post.read_bytes() == POST


def test_nothing_to_do_is_no_error(post: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        meta(
            post,
            "--unset",
            "gone",
            "--remove",
            "tags=gone",
            "--remove",
            "tags=[",
            "--add",
            "tags=a",
            "--set",
            "title=One",
        )
        == 0
    )
    assert post.read_bytes() == POST
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"There is no field “gone”, so there is nothing to take away ({post})",
        f"There is no “gone” in “tags”, so there is nothing to take away ({post})",
        f"There is no “[” in “tags”, so there is nothing to take away ({post})",
    ]


def test_items_are_removed_whatever_their_type(post: Path) -> None:
    post.write_bytes(b"---\nx: [2024, 'a', no]\n---\n")
    assert meta(post, "--remove", "x=2024", "--remove", "x=no", "--remove", "x=a") == 0
    assert post.read_bytes() == b"---\nx: []\n---\n"


def test_a_dry_run_prints_a_diff(post: Path, capsys: pytest.CaptureFixture[str]) -> None:
    post.write_bytes(b"---\r\na: 1\r\n---")
    assert meta(post, "--set", "a=2", "--dry-run") == 0
    assert post.read_bytes() == b"---\r\na: 1\r\n---"
    out = capsys.readouterr().out
    assert out == (
        f"--- a/{post}\n+++ b/{post}\n@@ -1,3 +1,3 @@\n ---\r\n-a: 1\r\n+a: 2\r\n ---\n\\ No newline at end of file\n"
    )


def test_encoding_and_line_ends_stay(post: Path) -> None:
    for codec, mark in (("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE)):
        post.write_bytes(mark + "---\r\ntitle: é\r\n---\r\n".encode(codec))
        assert meta(post, "--set", "draft=true") == 0
        assert post.read_bytes() == mark + "---\r\ntitle: é\r\ndraft: true\r\n---\r\n".encode(codec)


def test_a_post_without_front_matter_gets_a_block(post: Path) -> None:
    post.write_bytes(codecs.BOM_UTF8 + b"Text\r\n")
    assert meta(post, "--set", "title=a") == 0
    assert post.read_bytes() == codecs.BOM_UTF8 + b"---\r\ntitle: a\r\n---\r\n\r\nText\r\n"


@pytest.mark.parametrize(
    "arguments", [[], ["--set"], ["--set", "x"], ["--set", "=x"], ["--unset", ""], ["--no-such"]]
)
def test_wrong_usage_exits_with_2(post: Path, arguments: list[str]) -> None:
    files = [post] if arguments else []
    with pytest.raises(SystemExit) as caught:
        meta(*files, *arguments)
    assert caught.value.code == 2
    assert post.read_bytes() == POST


@pytest.mark.parametrize(
    "value", ["&a [*a]", "!!binary aGk=", "!!set {a}", "!own x", "2024-02-30", "\x00", "\ud83d", "{a: [}"]
)
def test_no_value_gives_a_traceback(post: Path, capsys: pytest.CaptureFixture[str], value: str) -> None:
    for edit in ("--set", "--add", "--remove"):
        status = meta(post, edit, f"x={value}")
        assert status <= 1
        # To take out what is not there is no error, and worth a line.
        assert (status or edit == "--remove") == bool(capsys.readouterr().err)
        assert meta(post, "--set", f"title={value}") == bool(capsys.readouterr().err)
        post.write_bytes(POST)


def test_a_key_that_looks_misspelt_is_written_and_told(
    post: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert meta(post, "--set", "titel=x", "--add", "taggs=w", "--set", "mood=z") == 0
    assert b"\ntitel: x\ntaggs:\n- w\nmood: z\n" in post.read_bytes()
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"“titel” is not a known field: did you mean “title”? ({post})",
        f"“taggs” is not a known field: did you mean “tags”? ({post})",
    ]
    assert meta(post, "--set", "titel=again") == 0  # it is there by now, so it is meant
    assert capsys.readouterr() == ("", "")


def test_a_wrong_value_of_a_new_key_is_told_at_the_front_matter(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = blog / "docs/blog/posts/post.md"
    post.write_bytes(POST)
    for edit, line in (("links=[1", 1), ("authors=[a", 1), ("tags=[a", 4), ("x=[a", 1)):
        assert meta(post, "--set", edit) == 1
        assert capsys.readouterr().err.startswith(f"{post}:{line}:1: ")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("hugo.toml", b'baseURL = "/"\n'),
        ("package.json", b'{"title": "One"}\n'),
        ("mkdocs.yml", b"---\nsite_name: x\n---\n"),
        ("conf.py", b"BLOG_TITLE = 'x'\n"),
    ],
)
def test_a_file_that_is_no_post_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    for options in ([], ["--set", "title=x"]):
        assert meta(path, *options) == 1
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert err.startswith(f"{path}:1:1: ")
        assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("name", "data"), [("a.markdown", b"x\n"), ("a.html", b"<p>\n"), ("a.njk", b"---\ntitle: A\n---\n")]
)
def test_what_may_be_a_post_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert meta(path) == 0
    assert capsys.readouterr().err == ""
