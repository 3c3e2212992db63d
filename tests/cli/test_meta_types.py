"""`copydesk meta` reads a value as the site's own files say; what other posts show changes nothing there."""

import pytest

from editor.cli import run

OWN = """\
[types.post]
folders = ["posts"]
[types.post.fields]
version = {kind = "text"}
rating = {kind = "integer", max = 5}
topics = {kind = "list"}
live = {kind = "switch"}
cover.kind = "map"
cover.fields.alt = {kind = "text"}

[types.note]
folders = ["notes"]
fields.version = {kind = "number"}
"""


@pytest.fixture
def site(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "copydesk.toml").write_text(OWN, "utf-8")
    for folder in ("posts", "notes"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.md").write_bytes(b"---\ntitle: A\ncover:\n  alt: x\n---\n\nBody\n")
    return tmp_path


def front_matter(path) -> str:
    return path.read_text("utf-8").split("---")[1]


@pytest.mark.parametrize(
    ("folder", "edit", "line"),
    [
        ("posts", "version=1.10", 'version: "1.10"'),
        ("notes", "version=1.10", "version: 1.1"),
        ("posts", "rating=4", "rating: 4"),
        ("posts", "live=yes", "live: true"),
        ("posts", "cover.alt=12", '  alt: "12"'),
        ("posts", "other=12", "other: 12"),
        ("posts", "rating=many", None),
    ],
)
def test_a_value_is_read_as_the_site_declares_it(site, folder, edit, line):
    path = site / folder / "a.md"
    before = path.read_bytes()
    assert run(["meta", str(path), "--set", edit]) == (0 if line else 1)
    if line is None:
        assert path.read_bytes() == before
    else:
        lines = front_matter(path).replace("'", '"').splitlines()
        assert line in lines


def test_one_item_of_a_declared_list(site):
    path = site / "posts/a.md"
    assert run(["meta", str(path), "--set", "topics=2024, no", "--add", "topics=12:30"]) == 0
    from editor.post.front_matter import read

    assert read(path.read_text("utf-8")).values["topics"] == ["2024", "no", "12:30"]


def test_a_limit_is_a_warning_and_refuses_nothing(site):
    path = site / "posts/a.md"
    assert run(["meta", str(path), "--set", "rating=9"]) == 0
    assert "rating: 9" in front_matter(path)


def test_what_is_only_learnt_does_not_apply(site):
    for number in range(12):
        (site / "posts" / f"{number}.md").write_text("---\nmood: 'happy'\nnumber: '5'\n---\n", "utf-8")
    path = site / "posts/a.md"
    assert run(["meta", str(path), "--set", "number=6"]) == 0
    assert "number: 6" in front_matter(path)
