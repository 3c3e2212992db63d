"""What the form is told, worked out at every keystroke."""

import time
from pathlib import Path

import pytest

from editor.post.document import PostDocument
from editor.site.find import open_site
from editor.site.index import PostIndex
from editor.ui.form_facts import PostsByAddress, first_heading, form_facts, post_title
from editor.ui.session import PostSession
from editor.ui.tasks import ImmediateTasks


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# One\n", "One"),
        ("Words\r\n\r\n#   Two words  {#two .x} ##  \r\n", "Two words"),
        ("## Second level\n# First\n", "First"),
        ("#hash\n#\n# #\n", ""),
        ("```sh\n# a comment\n```\n# After\n", "After"),
        ("```sh\n~~~\n# a comment\n", ""),
        ("# A {brace} inside\n", "A {brace} inside"),
        ("# {only}\n", "{only}"),
        ("", ""),
    ],
)
def test_the_first_heading(body, title):
    assert first_heading(body) == title


@pytest.mark.parametrize(
    "body", ["# a" + " " * 19_000 + "b {", "# " + " {" * 9_000, "# " + "# " * 9_000 + "x"]
)
def test_no_heading_takes_longer_than_a_frame(body):
    started = time.perf_counter()
    first_heading(body)
    assert time.perf_counter() - started < 0.016


def test_the_title_is_the_field_else_the_heading(qapp):
    session = PostSession(PostDocument.untitled("# Heading\n"), ImmediateTasks())
    assert post_title(session) == "Heading"
    session.set_value("title", "Field")
    assert post_title(session) == "Field"


def test_a_post_with_the_same_address_is_told(qapp, tmp_path):
    for name in ("a/one.md", "b/one.md", "two.md"):
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"+++\ntitle = '{name}'\nslug = 'same'\n+++\n", "utf-8")
    (tmp_path / "content/two.md").write_text("+++\ntitle = 'Two'\n+++\n", "utf-8")
    (tmp_path / "content/b/one.md").write_text("+++\ntitle = 'B'\nurl = '/a/same/'\n+++\n", "utf-8")
    (tmp_path / "hugo.toml").write_text("baseURL = 'https://example.org/'\ntitle = 'x'\n", "utf-8")
    site = open_site(tmp_path)
    posts = PostsByAddress(PostIndex(site).refresh())

    def notes(name: str) -> dict[str, str]:
        session = PostSession(PostDocument.open(tmp_path / "content" / name), ImmediateTasks())
        return dict(form_facts(site, session, posts, {}).notes)

    assert "“B”" in notes("a/one.md")["slug"]
    assert "“a/one.md”" in notes("b/one.md")["slug"]
    assert "slug" not in notes("two.md")


@pytest.mark.parametrize(
    ("zone", "written", "said"),
    [
        (
            "America/New_York",
            "2025-10-11 01:30:00 +0000",
            "Shown as 10 Oct 2025 by the site (America/New_York)",
        ),
        ("", "2025-10-11 23:30:00 -0500", "Shown as 12 Oct 2025 by the site (UTC)"),
        ("America/New_York", "2025-10-11 12:00:00 +0000", None),
        ("America/New_York", "2025-10-11", None),
        ("Pacific/Kiritimati", "2025-10-11", None),
        ("America/New_York", "'2025-10-11'", None),
        ("America/New_York", "no date: at all", None),
    ],
)
def test_the_day_that_the_site_shows_is_said_where_it_is_another(qapp, tmp_path, zone, written, said):
    (tmp_path / "_config.yml").write_text(f"title: x\ntimezone: {zone}\n", "utf-8")
    path = tmp_path / "_posts" / "2025-10-11-x.md"
    path.parent.mkdir()
    path.write_text(f"---\ntitle: x\ndate: {written}\n---\n", "utf-8")
    session = PostSession(PostDocument.open(path), ImmediateTasks())
    assert form_facts(open_site(tmp_path), session, PostsByAddress(), {}).notes.get("date") == said


def test_a_post_is_found_without_walking_through_all():
    compared = []

    class Place(type(Path())):
        def __eq__(self, other):
            compared.append(other)
            return super().__eq__(other)

        __hash__ = type(Path()).__hash__

    class Summary:
        def __init__(self, number):
            self.path = Place(f"/site/{number}.md")
            self.url = f"/{number}/"

    posts = PostsByAddress([Summary(number) for number in range(2000)])
    compared.clear()
    assert posts.twin(Path("/site/1999.md")) is None
    assert len(compared) < 5
