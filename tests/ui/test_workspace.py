"""Workspace, saving and closing: nothing is lost, and no post is shown by the rules of a site it is no part of."""

from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor

from editor.errors import SaveError
from editor.post.document import PostDocument
from editor.settings import Settings
from editor.ui.save_all import SaveAll
from editor.ui.session import PostSession
from editor.ui.tasks import ImmediateTasks
from editor.ui.workspace import KEPT_SESSIONS, Workspace
from tests.ui.held_tasks import HeldTasks

pytestmark = pytest.mark.usefixtures("qapp")


def type_text(session: PostSession, text: str) -> None:
    cursor = QTextCursor(session.document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText(text)


@pytest.fixture
def blog(site_copy) -> Path:
    return site_copy("small-blog")


def workspace(tasks=None) -> Workspace:
    return Workspace(Settings.load(), tasks or ImmediateTasks())


def post(blog: Path, name: str = "first.md") -> Path:
    return blog / "docs/posts" / name


def test_what_is_typed_during_a_save_is_saved_by_the_next_one(blog):
    tasks = HeldTasks()
    desk = workspace(tasks)
    desk.open_post(post(blog))
    tasks.release()
    type_text(desk.session, "one\n")
    desk.save()
    type_text(desk.session, "two\n")
    desk.save()
    tasks.release()
    assert post(blog).read_text("utf-8").endswith("one\ntwo\n")
    assert not desk.session.modified


def test_saving_before_closing_takes_in_what_is_typed_meanwhile(blog):
    tasks = HeldTasks()
    desk = workspace(tasks)
    desk.open_post(post(blog))
    tasks.release()
    session = desk.session
    type_text(session, "one\n")
    session.save()
    saving = SaveAll([session], lambda _session: None)
    done = []
    saving.done.connect(lambda: done.append(session.modified))
    saving.start()
    type_text(session, "two\n")
    assert done == []
    tasks.release()
    assert done == [False]
    assert post(blog).read_text("utf-8").endswith("one\ntwo\n")


def test_saving_before_closing_stops_where_a_post_cannot_be_saved(blog):
    desk = workspace()
    desk.open_post(post(blog))
    type_text(desk.session, "mine\n")
    post(blog).write_text("theirs\n", "utf-8")
    saving = SaveAll([desk.session], lambda _session: None)
    stopped = []
    saving.stopped.connect(lambda: stopped.append(True))
    saving.start()
    assert stopped == [True]
    assert desk.session.modified
    saving.start()  # it has ended: a save later on must not wake it
    desk.session.save(overwrite=True)
    assert stopped == [True]


def test_a_save_that_fails_behind_another_post_is_told(blog):
    tasks = HeldTasks()
    desk = workspace(tasks)
    told = []
    desk.save_failed.connect(lambda session, error: told.append((session.path.name, error)))
    desk.open_post(post(blog))
    tasks.release()
    type_text(desk.session, "mine\n")
    desk.save()
    desk.open_post(post(blog, "second.md"))
    post(blog).write_text("theirs\n", "utf-8")
    tasks.release()
    assert [name for name, _error in told] == ["first.md"]


def test_reloading_is_refused_while_it_is_being_saved(blog):
    tasks = HeldTasks()
    desk = workspace(tasks)
    told = []
    desk.failed.connect(told.append)
    desk.open_post(post(blog))
    tasks.release()
    type_text(desk.session, "mine\n")
    desk.save()
    post(blog).write_text("theirs\n", "utf-8")
    read = []
    desk.reload(lambda: read.append("read"))
    tasks.release()
    assert not read
    assert len(told) == 1
    assert post(blog).read_text("utf-8") == "theirs\n"


def test_saving_over_another_open_post_with_changes_is_refused(blog):
    desk = workspace()
    told = []
    desk.save_failed.connect(lambda _session, error: told.append(error))
    desk.open_post(post(blog, "second.md"))
    type_text(desk.session, "unsaved\n")
    other = desk.session
    desk.open_post(post(blog))
    desk.save(post(blog, "second.md"), overwrite=True)
    assert isinstance(told[0], SaveError)
    assert other in desk.modified_sessions()
    assert "unsaved" not in post(blog, "second.md").read_text("utf-8")


def test_closing_shows_the_post_before_or_none(blog):
    desk = workspace()
    desk.open_post(post(blog))
    desk.open_post(post(blog, "second.md"))
    desk.close(desk.session)
    assert desk.session.path.name == "first.md"
    desk.close(desk.session)
    assert desk.session is None
    assert desk.open_post(post(blog))


def test_closing_goes_on_where_the_post_before_is_gone_from_disk(blog):
    desk = workspace()
    told = []
    desk.failed.connect(told.append)
    names = [f"more-{n}.md" for n in range(KEPT_SESSIONS + 2)]
    for name in names:
        post(blog, name).write_text("text\n", "utf-8")
        desk.open_post(post(blog, name))
    assert len(desk.open_sessions()) == KEPT_SESSIONS + 1
    post(blog, names[0]).unlink()
    for _ in range(KEPT_SESSIONS + 1):
        desk.close(desk.session)
    assert desk.session is None
    assert len(told) == 1


def test_the_posts_shown_last_stay_open(blog):
    desk = workspace()
    desk.open_post(post(blog))
    for n in range(KEPT_SESSIONS):
        post(blog, f"more-{n}.md").write_text("text\n", "utf-8")
        desk.open_post(post(blog, f"more-{n}.md"))
        desk.open_post(post(blog))
    first = desk.session
    desk.open_post(post(blog, "second.md"))
    desk.open_post(post(blog, "hostile.md"))
    assert first in desk.open_sessions()


def test_an_untitled_post_is_found_again_by_going_back(blog):
    desk = workspace()
    desk.new_untitled("# New\n")
    untitled = desk.session
    desk.open_post(post(blog))
    desk.go_back()
    assert desk.session is untitled


def test_a_post_is_not_shown_by_the_rules_of_another_site(blog, tmp_path):
    tasks = HeldTasks()
    desk = workspace(tasks)
    desk.open_post(post(blog))
    tasks.release()
    assert desk.post_site is not None
    other = tmp_path / "other"
    (other / "docs/posts").mkdir(parents=True)
    (other / "mkdocs.yml").write_text("site_name: [broken\n", "utf-8")
    (other / "docs/posts/theirs.md").write_text("# Theirs\n", "utf-8")
    desk.open_post(other / "docs/posts/theirs.md")
    assert desk.post_site is None  # until its own site is known
    tasks.release()
    assert desk.post_site is not None
    assert desk.post_site.root != blog
    assert desk.post_site.trusted is False


def test_a_blog_inside_an_open_plain_folder_is_found(blog, tmp_path):
    desk = workspace()
    (tmp_path / "notes.md").write_text("# Notes\n", "utf-8")
    desk.open_post(tmp_path / "notes.md")
    assert desk.post_site.generator == "plain"
    desk.open_post(post(blog))
    assert desk.post_site.generator == "mkdocs-material"


def test_a_content_folder_behind_a_link_keeps_its_place_in_the_site(blog):
    content = blog / "content"
    content.mkdir()
    (blog / "docs/posts").rename(content / "posts")
    (blog / "docs/posts").symlink_to(content / "posts")
    desk = workspace()
    desk.open_post(post(blog))
    assert desk.post_site.page_context(desk.session.path, {}).path == "docs/posts/first.md"
    desk.open_post(content / "posts/first.md")
    assert len(desk.open_sessions()) == 1  # it is one file, whatever way leads to it


def test_saving_under_another_name_is_told(blog):
    desk = workspace()
    renamed = []
    desk.renamed.connect(renamed.append)
    desk.open_post(post(blog))
    desk.save(post(blog, "moved.md"), overwrite=True)
    assert renamed == [desk.session]
    assert desk.session.path == post(blog, "moved.md")
    desk.save()
    assert renamed == [desk.session]


def test_a_session_that_is_closed_while_it_is_written_ends_quietly(blog):
    tasks = HeldTasks()
    session = PostSession(PostDocument.open(post(blog)), tasks)
    type_text(session, "more\n")
    session.save()
    session.idle.connect(session.deleteLater)
    tasks.release()
    assert post(blog).read_text("utf-8").endswith("more\n")
