"""A post in two files, as Nikola has them: the form edits the file beside it, with all that the post's own has."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from editor.ui.form.field_row import FieldRow
from editor.ui.form.verdict_card import VerdictCard
from editor.ui.text_editor.front_matter_chip import FrontMatterChip
from tests.end_to_end.front_matter_window import Window

CONF = {
    "conf.py": "BLOG_TITLE = 'x'\nSITE_URL = 'https://example.org/'\n"
    "POSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n"
}
META = (
    "\ufeff.. title: One\r\n.. slug: one\n.. date: 2024-01-02 10:00:00 UTC\n"
    ".. tags: a, b\n.. status: draft\n\n.. own: kept"
)
TEXT = "---\nnot: front matter\n---\n\n# Hello\n\nBody\n"
CONTROL = Qt.KeyboardModifier.ControlModifier


class Post:
    """The window on a post in two files."""

    def __init__(self, shown: Window) -> None:
        self.shown = shown
        self.window = shown.window
        self.path = shown.write("posts/one.md", TEXT)
        self.meta = shown.write("posts/one.meta", META)
        shown.open(self.path)
        self.session = shown.session

    def type_title(self, text: str) -> None:
        field = self.shown.field("title")
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_End)
        QTest.keyClicks(field, text)

    def card(self) -> str:
        return self.window.findChild(VerdictCard).accessibleName()

    def wait_for_card(self, words: str) -> None:
        self.shown.qtbot.waitUntil(lambda: words in self.card(), timeout=10_000)

    def press(self, name: str) -> None:
        button = self.window.findChild(QPushButton, name)
        self.shown.qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled(), timeout=10_000)
        button.click()


@pytest.fixture
def post(window) -> Post:
    return Post(window(CONF))


def test_the_form_shows_the_fields_of_the_other_file_and_says_so(post):
    assert post.shown.field("title").text() == "One"
    assert not post.window.editor.findChild(FrontMatterChip).isVisible()
    assert post.shown.hidden_lines() == 0
    button = post.window.findChild(QPushButton, "openHeaderFile")
    assert button.isVisible()
    assert button.accessibleName() == "Open one.meta as text"
    button.click()
    assert post.shown.session.path == post.meta
    assert post.shown.session.text == META.removeprefix("\ufeff")


def test_an_edit_changes_the_other_file_alone_and_byte_by_byte(post):
    post.type_title("!")
    assert post.session.text == TEXT
    assert post.session.modified
    assert post.window.isWindowModified()
    assert post.meta.read_bytes() == META.encode()
    before = post.path.stat().st_mtime_ns
    post.shown.save()
    assert post.meta.read_bytes() == META.replace("One", "One!").encode()
    assert post.path.read_bytes() == TEXT.encode()
    assert post.path.stat().st_mtime_ns == before
    assert not post.session.modified
    QTest.keyClick(post.shown.field("title"), Qt.Key.Key_Z, CONTROL)
    assert post.shown.field("title").text() == "One"
    QTest.keyClick(post.shown.field("title"), Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert post.shown.field("title").text() == "One!"
    QTest.keyClick(post.shown.field("title"), Qt.Key.Key_Z, CONTROL)
    post.shown.save()
    assert post.meta.read_bytes() == META.encode()


def test_the_list_of_posts_takes_up_what_is_saved(post):
    posts = post.shown.parts.workspace
    post.shown.qtbot.waitUntil(lambda: [p.title for p in posts.posts] == ["One"], timeout=10_000)
    post.type_title("!")
    post.shown.save()
    post.shown.qtbot.waitUntil(lambda: [p.title for p in posts.posts] == ["One!"], timeout=10_000)


def test_both_files_are_saved_where_both_changed(post):
    post.type_title("!")
    QTest.keyClicks(post.window.editor, "typed")
    post.shown.save()
    assert post.meta.read_bytes() == META.replace("One", "One!").encode()
    assert post.path.read_text("utf-8").count("typed") == 1
    QTest.keyClicks(post.window.editor, "more")
    changed = post.meta.stat().st_mtime_ns
    post.shown.save()
    assert post.path.read_text("utf-8").count("typedmore") == 1
    assert post.meta.stat().st_mtime_ns == changed


def test_the_form_follows_what_others_do_to_the_other_file(post):
    notice = post.window.text_pane.outside_notice
    post.meta.write_bytes(META.replace("One", "Theirs").encode())
    post.shown.qtbot.waitUntil(lambda: post.shown.field("title").text() == "Theirs", timeout=10_000)
    assert not post.session.modified
    assert "one.meta" in notice.accessibleName()
    next(button for button in notice.findChildren(QPushButton) if button.text() == "Undo").click()
    assert post.shown.field("title").text() == "One"
    assert post.session.text == TEXT
    assert post.session.modified


def test_both_files_are_followed_when_both_are_renamed(post):
    looks = post.shown.parts.looks  # what was never seen in its place can't be found in another
    post.shown.qtbot.waitUntil(
        lambda: len(looks.followed()) == 2 and all(followed.identity for followed in looks.followed()),
        timeout=10_000,
    )
    for path in (post.path, post.meta):
        path.rename(path.with_stem("two"))
    post.shown.qtbot.waitUntil(
        lambda: (
            (post.session.path, post.session.meta.path)
            == (post.path.with_stem("two"), post.meta.with_stem("two"))
        ),
        timeout=10_000,
    )
    post.type_title("!")
    post.shown.save()
    assert post.meta.with_stem("two").read_bytes() == META.replace("One", "One!").encode()
    assert not post.meta.exists()


@pytest.mark.parametrize("answer", ["later", "mine", "theirs"])
def test_a_change_of_the_other_file_by_somebody_else_is_asked_about(post, answer):
    post.type_title("!")
    theirs = META.replace("One", "Theirs").encode()
    post.meta.write_bytes(theirs)
    post.window.actions_by_id["save"].trigger()
    desk = post.shown.parts.outside_desk
    post.shown.qtbot.waitUntil(lambda: desk.dialog is not None and not post.session.saving, timeout=10_000)
    assert post.path.read_bytes() == TEXT.encode()
    assert post.meta.read_bytes() == theirs
    if answer == "later":
        desk.dialog.later.click()
        assert post.session.modified
        assert post.shown.field("title").text() == "One!"
        return
    desk.dialog.buttons[answer].click()
    with post.shown.qtbot.waitSignal(post.session.saved):
        desk.dialog.use.click()
    mine = META.replace("One", "One!").encode()
    assert post.meta.read_bytes() == (mine if answer == "mine" else theirs)
    assert not post.session.modified
    assert post.shown.field("title").text() == ("One!" if answer == "mine" else "Theirs")
    if answer == "theirs":
        QTest.keyClick(post.shown.field("title"), Qt.Key.Key_Z, CONTROL)
        assert post.shown.field("title").text() == "One!"


def test_the_verdict_goes_by_what_is_typed_and_publish_edits_the_other_file(post):
    post.wait_for_card("draft")
    post.press("publishButton")
    post.wait_for_card("Published")
    text = post.session.meta.text
    assert ".. status: draft" not in text
    assert ".. title: One\r\n" in text
    assert "10:00:00 UTC" not in text
    assert post.session.text == TEXT
    post.press("unpublishButton")
    post.wait_for_card("draft")
    post.window.form.undo_wanted.emit()
    post.wait_for_card("Published")
    post.window.form.undo_wanted.emit()
    assert post.session.meta.text == META.removeprefix("\ufeff")
    assert not post.session.modified
    assert post.meta.read_bytes() == META.encode()


def test_what_is_wrong_with_a_field_is_said_at_it_and_mended_in_its_file(post):
    field = post.shown.field("date")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "soon")
    post.shown.write("posts/two.md", "x")
    found = post.shown.parts.proof.proofreader
    post.session.meta.set_value("date", "soon")
    post.shown.qtbot.waitUntil(lambda: any(d.key == "date" for d in found.diagnostics), timeout=10_000)
    post.shown.qtbot.waitUntil(lambda: "soon" in post.shown.field("date").accessibleDescription())
    assert post.window.editor.underlines == []
    QTest.keyClick(post.window.editor, Qt.Key.Key_F8)
    row = next(row for row in post.window.form.findChildren(FieldRow) if row.state.field.key == "date")
    assert row.isAncestorOf(post.window.focusWidget())


def test_what_the_other_file_became_as_a_text_is_taken_over(post):
    post.window.findChild(QPushButton, "openHeaderFile").click()
    other = post.shown.session
    other.set_value("title", "Another")
    post.shown.save()
    post.shown.parts.workspace.go_back()
    assert post.shown.session is post.session
    post.shown.qtbot.waitUntil(lambda: bool(post.window.form.shown_keys()), timeout=10_000)
    post.shown.qtbot.waitUntil(lambda: post.shown.field("title").text() == "Another", timeout=10_000)
    assert not post.session.modified


def test_a_post_under_a_new_name_takes_both_files_along(post):
    target = post.path.with_name("two.md")
    post.type_title("!")
    with post.shown.qtbot.waitSignal(post.session.saved):
        post.session.save(target)
    assert target.read_bytes() == TEXT.encode()
    assert target.with_suffix(".meta").read_bytes() == META.replace("One", "One!").encode()
    assert post.meta.read_bytes() == META.encode()
    target.with_name("three.meta").write_bytes(b".. title: somebody's\n")
    with post.shown.qtbot.waitSignal(post.session.save_failed):
        post.session.save(target.with_name("three.md"), overwrite=True)
    assert target.with_name("three.meta").read_bytes() == b".. title: somebody's\n"


def test_an_empty_file_beside_it_has_no_fields(window):
    shown = window(CONF)
    path = shown.write("posts/one.md", "<!--\n.. title: Own\n-->\n\nBody\n")
    shown.write("posts/one.meta", "\n")
    shown.open(path)
    assert shown.session.meta is None
    assert shown.field("title").text() == "Own"
