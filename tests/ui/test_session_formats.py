"""PostSession with front matter of every format: what is folded, what is noticed while typing, what is added."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor

from editor.post import front_matter
from editor.post.document import PostDocument
from editor.ui.session import PostSession
from editor.ui.tasks import ImmediateTasks

pytestmark = pytest.mark.usefixtures("qapp")

POSTS = {
    "yaml": ("jekyll", "yaml", "---\ntitle: a\n---\n", "\nBody\n"),
    "yaml, ended by dots": ("jekyll", "yaml", "---\ntitle: a\n...\n", "Body\n"),
    "toml with a rule in a text": ("hugo", "toml", "+++\ntitle = 'a'\nb = '''\n---\n'''\n+++\n", "Body\n"),
    "json": ("hugo", "json", '{\n  "title": "a"\n}\n', "\nBody\n"),
    "json between fences": ("eleventy", "json", '---json\n{"title": "a"}\n---\n', "Body\n"),
    "semicolons": ("hexo", "json", ';;;\n"title": "a"\n;;;\n', "Body\n"),
    "one line of semicolons": ("hexo", "json", '"title": "a"\n;;;\n', "Body\n"),
    "yaml without its first fence": ("hexo", "yaml", "title: a\ndate: 2024-01-02\n---\n", "Body\n"),
    "pelican": ("pelican", "pelican", "Title: a\nDate: 2024-01-02\n\n", "Body\n"),
    "pelican between fences": ("pelican", "pelican", "---\nTitle: a\n---\n", "Body\n"),
    "nikola": ("nikola", "nikola", "<!--\n.. title: a\n.. slug: b\n-->\n\n", "Body\n"),
    "nikola without a comment": ("nikola", "nikola", ".. title: a\n.. slug: b\n\n", "Body\n"),
    "multimarkdown": ("mkdocs", "multimarkdown", "Title: a\nTemplate: b.html\n\n", "Body\n"),
}


def opened(tmp_path: Path, text: str, reader: str | None, new_format: str | None) -> PostSession:
    path = tmp_path / "post.md"
    path.write_bytes(text.encode())
    session = PostSession(PostDocument.open(path), ImmediateTasks())
    session.belongs_to(tmp_path, partial(front_matter.read, reader=reader, new_format=new_format))
    return session


def put(session: PostSession, text: str, offset: int) -> None:
    """Type `text`, letter by letter, at an offset of a text of plain letters."""
    for number, letter in enumerate(text):
        cursor = QTextCursor(session.document)
        cursor.setPosition(offset + number)
        cursor.insertText(letter)


def fresh(session: PostSession) -> dict[str, object]:
    """Return what the front matter says when the whole text is read."""
    return session._reader(session.text).values


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_is_folded_and_what_a_form_edit_does(tmp_path, name, ending):
    reader, new_format, head, body = POSTS[name]
    head, body = head.replace("\n", ending), body.replace("\n", ending)
    session = opened(tmp_path, head + body, reader, new_format)
    assert session.front_matter_lines == head.count("\n")
    assert session.front_matter.values["title"] == "a"
    session.set_value("title", "another")
    assert session.front_matter.values["title"] == "another"
    assert session.text.endswith(body)
    assert session.text.count(ending) == (head + body).count(ending)
    session.add_to_list("tags", "one") if new_format != "multimarkdown" else session.set_value("tags", "one")
    assert session.front_matter_lines == session.text.removesuffix(body).count("\n")
    session.document.undo()
    session.document.undo()
    session.save()
    assert (tmp_path / "post.md").read_bytes() == (head + body).encode()


@pytest.mark.parametrize("name", [name for name in POSTS if name != "toml with a rule in a text"])
def test_typing_front_matter_by_hand_is_noticed(tmp_path, name):
    reader, new_format, head, body = POSTS[name]
    session = opened(tmp_path, "", reader, new_format)
    put(session, head + body, 0)
    assert session.text == head + body
    assert session.front_matter.values == fresh(session)
    assert session.front_matter.values["title"] == "a"
    place = session.text.index("a", session.text.lower().index("title") + 5)
    put(session, "bc", place)
    assert session.front_matter.values["title"] == "bca"


def test_a_line_of_the_text_becomes_metadata_as_it_is_typed(tmp_path):
    session = opened(tmp_path, "Title: a\nBody\n", "pelican", "pelican")
    assert session.front_matter_lines == 1
    put(session, ": b", len("Title: a\nBody"))
    assert session.front_matter.values == {"title": "a", "body": "b"}
    assert session.front_matter_lines == 2


@pytest.mark.parametrize("ending", ["\n", ""])
@pytest.mark.parametrize(
    ("reader", "head"),
    [
        ("jekyll", "---\ntitle: a\n---"),
        ("pelican", "Title: a\nDate: 2024-01-02"),
        ("hugo", '{\n"title": "a"\n}'),
    ],
)
def test_a_file_that_is_all_front_matter_is_folded_whole(tmp_path, reader, head, ending):
    session = opened(tmp_path, head + ending, reader, None)
    assert session.front_matter_lines == head.count("\n") + 1


@pytest.mark.parametrize(
    ("reader", "new_format", "title", "empty"),
    [
        ("jekyll", "yaml", "---\ntitle: New\n---\n\n", "---\n---\n\n"),
        ("hugo", "toml", '+++\ntitle = "New"\n+++\n\n', "+++\n+++\n\n"),
        ("hugo", "json", '{\n  "title": "New"\n}\n\n', "{\n}\n\n"),
        ("eleventy", "json", '---json\n{\n  "title": "New"\n}\n---\n\n', "---json\n{\n}\n---\n\n"),
        ("hexo", "json", ';;;\n"title": "New"\n;;;\n\n', ";;;\n;;;\n\n"),
        ("pelican", "pelican", "title: New\n\n", ""),
        ("pelican-yaml", "yaml", "---\ntitle: New\n---\n\n", "---\n---\n\n"),
        ("nikola", "nikola", "<!--\n.. title: New\n-->\n\n", ""),
        ("mkdocs", "multimarkdown", "title: New\n\n", ""),
    ],
)
def test_the_first_field_of_a_post_is_written_in_the_sites_own_habit(
    tmp_path, reader, new_format, title, empty
):
    body = "Body, which begins at once\n"
    session = opened(tmp_path, body, reader, new_format)
    session.set_value("title", "New")
    assert session.text == title + body
    assert session.front_matter_lines == title.count("\n") - (
        1 if title.startswith(("-", "+", "{", ";")) else 0
    )
    assert session.front_matter.values == {"title": "New"}
    session.document.undo()
    assert session.text == body
    assert session.front_matter_lines == 0
    session.add_front_matter()
    assert session.text == empty + body
    session.add_front_matter()
    assert session.text == empty + body


def test_typing_far_below_does_not_read_the_front_matter_again(tmp_path, qtbot):
    session = opened(tmp_path, "Note: this is text\n\n" + "Words.\n" * 4000, "jekyll", "yaml")
    with qtbot.assertNotEmitted(session.front_matter_changed):
        put(session, "more", 25_000)
