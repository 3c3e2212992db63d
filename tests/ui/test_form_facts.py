"""What the form is told, worked out at every keystroke."""

import time

import pytest

from editor.post.document import PostDocument
from editor.site.find import open_site
from editor.ui.form_facts import first_heading, form_facts, post_title
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
    assert post_title(session, None) == "Heading"
    session.set_value("title", "Field")
    assert post_title(session, None) == "Field"


def test_the_title_is_the_one_that_the_site_gives_the_post(qapp, tmp_path):
    # Material takes a heading for the title only where the text begins with it.
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\ntheme:\n  name: material\nplugins:\n  - blog\n", "utf-8"
    )
    path = tmp_path / "docs/blog/posts/ten-years.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\ndate: 2024-01-02\n---\n<!-- a note -->\n\n# Ten *long* years\n\nText\n", "utf-8")
    site = open_site(tmp_path)
    session = PostSession(PostDocument.open(path), ImmediateTasks())
    assert post_title(session, site) == form_facts(site, session, {}).title == "Ten years"
    session.set_value("title", "Field")
    assert post_title(session, site) == "Field"


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
    assert form_facts(open_site(tmp_path), session, {}).notes.get("date") == said
