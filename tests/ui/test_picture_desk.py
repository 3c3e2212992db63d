"""The command for a picture: one of the site is linked, one from outside is copied into it, if the writer agrees."""

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from editor.errors import SaveError
from editor.settings import Settings
from editor.site.find import find_site
from editor.ui import app
from editor.ui.picture_copy import copy_for, make

POST = "+++\ntitle = 'x'\n+++\n\nWords.\n"


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "site"
    (root / "content/posts/own").mkdir(parents=True)
    (root / "static").mkdir()
    (root / "hugo.toml").write_text("title = 'x'\n", "utf-8")
    (root / "content/posts/one.md").write_text(POST, "utf-8")
    (root / "content/posts/own/index.md").write_text(POST, "utf-8")
    (tmp_path / "a photo.png").write_bytes(b"picture")
    return root


@pytest.fixture
def parts(qtbot):
    parts = app.build(Settings.load(), "light")
    parts.window.resize(1200, 800)
    parts.window.show()
    yield parts
    parts.close()


def target(root, post="content/posts/one.md", text=POST):
    copy = copy_for(find_site(root), root / post, text, root.parent / "a photo.png")
    return copy.target.relative_to(root).as_posix(), copy.there


def choose(qtbot, parts, post, picture):
    """Open a post, put the caret at its end, and choose a picture for it."""
    parts.workspace.open_post(post)
    qtbot.waitUntil(lambda: parts.workspace.session is not None and parts.workspace.session.path == post)
    qtbot.waitUntil(lambda: parts.workspace.post_site is not None)
    editor = parts.window.editor
    cursor = editor.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    editor.setTextCursor(cursor)
    editor.picture_wanted.emit()
    dialog = parts.window.findChild(QFileDialog, "choosePicture")
    dialog.fileSelected.emit(str(picture))
    dialog.accept()


def question(qtbot, parts):
    qtbot.waitUntil(lambda: parts.window.findChild(QMessageBox, "copyPicture") is not None)
    return parts.window.findChild(QMessageBox, "copyPicture")


def press(box, words):
    next(button for button in box.buttons() if words in button.text()).click()


def test_a_picture_from_outside_is_copied_and_put_in(qtbot, parts, root):
    choose(qtbot, parts, root / "content/posts/one.md", root.parent / "a photo.png")
    box = question(qtbot, parts)
    assert "static/images/a photo.png" in box.informativeText()
    copied = root / "static/images/a photo.png"
    assert not copied.exists()
    press(box, "Copy")
    session = parts.workspace.session
    qtbot.waitUntil(lambda: session.text == POST + "![](/images/a%20photo.png)")
    assert copied.read_bytes() == b"picture"
    session.document.undo()
    assert session.text == POST
    assert copied.exists()


def test_who_leaves_it_out_has_nothing_written(qtbot, parts, root):
    choose(qtbot, parts, root / "content/posts/own/index.md", root.parent / "a photo.png")
    box = question(qtbot, parts)
    assert "content/posts/own/a photo.png" in box.informativeText()
    press(box, "Leave")
    qtbot.waitUntil(lambda: parts.window.findChild(QMessageBox, "copyPicture") is None)
    assert parts.workspace.session.text == POST
    assert not list(root.rglob("*.png"))


def test_what_the_site_has_is_put_in_without_a_question(qtbot, parts, root):
    (root / "content/posts/own/a photo.png").write_bytes(b"picture")
    choose(qtbot, parts, root / "content/posts/own/index.md", root.parent / "a photo.png")
    qtbot.waitUntil(lambda: parts.workspace.session.text == POST + "![](a%20photo.png)")
    assert parts.window.findChild(QMessageBox, "copyPicture") is None


def test_a_copy_that_fails_is_told(qtbot, parts, root):
    choose(qtbot, parts, root / "content/posts/one.md", root.parent / "a photo.png")
    box = question(qtbot, parts)
    (root / "static/images").write_text("no folder", "utf-8")
    press(box, "Copy")

    def told():
        boxes = parts.window.findChildren(QMessageBox)
        return next(
            (each for each in boxes if "static/images" in each.informativeText() and each is not box), None
        )

    qtbot.waitUntil(lambda: told() is not None)
    told().close()
    assert parts.workspace.session.text == POST


def test_where_a_picture_belongs(root):
    assert target(root) == ("static/images/a photo.png", False)
    assert target(root, "content/posts/own/index.md") == ("content/posts/own/a photo.png", False)
    (root / "static/img").mkdir()
    assert target(root) == ("static/img/a photo.png", False)
    (root / "static/shots").mkdir()
    (root / "static/shots/x.png").write_bytes(b"x")
    (root / "content/posts/two.md").write_text(POST + "![](/shots/x.png)\n", "utf-8")
    assert target(root) == ("static/shots/a photo.png", False)
    (root / "static/y.png").write_bytes(b"y")
    assert target(root, text=POST + "![](/y.png)\n") == ("static/a photo.png", False)


def test_no_file_is_ever_overwritten(root):
    (root / "static/images").mkdir()
    first = root / "static/images/a photo.png"
    first.write_bytes(b"another")
    assert target(root) == ("static/images/a photo-2.png", False)
    (root / "static/images/a photo-2.png").write_bytes(b"picture")
    assert target(root) == ("static/images/a photo-2.png", True)
    first.unlink()
    copy = copy_for(find_site(root), root / "content/posts/one.md", POST, root.parent / "a photo.png")
    first.write_bytes(b"came meanwhile")
    with pytest.raises(SaveError):
        make(copy)
    assert first.read_bytes() == b"came meanwhile"


def test_a_link_leads_no_copy_out_of_the_site(root, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (root / "static/images").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert target(root) == ("content/posts/a photo.png", False)
