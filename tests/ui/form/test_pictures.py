"""Picture fields: the path, what the picture looks like, and the choice of another."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from editor.schema.content_type import ContentType, Field
from editor.site import find
from editor.site.content_types.learning import Learned, LearnedKey
from editor.ui.form.facts import FormFacts
from editor.ui.site_pictures import SitePictures
from tests.ui.form.conftest import Desk


@pytest.fixture
def post(tmp_path: Path) -> Path:
    """A post of a site with a picture beside it, one for the whole site, and one outside."""
    (tmp_path / "outside.png").write_bytes(b"")
    root = tmp_path / "site"
    post = root / "content" / "posts" / "one" / "index.md"
    for folder in (post.parent, root / "static" / "img"):
        folder.mkdir(parents=True)
    (root / "hugo.toml").write_text('baseURL = "https://example.org/"\n')
    post.write_text("---\ntitle: x\n---\n")
    picture = QImage(400, 100, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ff0000"))
    assert picture.save(str(post.parent / "beside.png"))
    assert picture.save(str(root / "static" / "img" / "all of them.png"))
    return post


def pictures(post: Path, learned: Learned | None = None) -> SitePictures:
    return SitePictures(find.open_site(post.parents[3]), post, learned)


def thumbnail(desk: Desk, key: str) -> QLabel:
    found: Any = desk.form.findChild(QLabel, f"thumbnail-{key}")
    return found


def test_a_picture_is_shown_below_its_path(desk: Desk, post: Path, qtbot: QtBot) -> None:
    desk.facts = FormFacts(pictures=pictures(post))
    desk.open("cover:\n  image: beside.png\n")
    shown = thumbnail(desk, "cover.image")
    qtbot.waitUntil(lambda: not shown.pixmap().isNull())
    assert shown.pixmap().deviceIndependentSize().toSize().width() == 240
    assert shown.pixmap().toImage().pixelColor(9, 9) == QColor("#ff0000")


@pytest.mark.parametrize("address", ["nothing.png", "../../../../outside.png", "../../../../../outside.png"])
def test_what_is_no_file_of_the_site_is_said(desk: Desk, post: Path, qtbot: QtBot, address: str) -> None:
    desk.facts = FormFacts(pictures=pictures(post))
    desk.open(f"image: {address}\n")
    qtbot.waitUntil(lambda: "no such file" in thumbnail(desk, "image").text())


def test_nothing_is_fetched(desk: Desk, post: Path) -> None:
    desk.facts = FormFacts(pictures=pictures(post))
    desk.open("image: https://example.org/a.png\n")
    assert thumbnail(desk, "image").isHidden()


def test_a_file_is_chosen_and_written_as_the_generator_finds_it(desk: Desk, post: Path, qtbot: QtBot) -> None:
    desk.facts = FormFacts(pictures=pictures(post))
    desk.open("image: ''\n")
    button: Any = desk.form.findChild(object, "choose-image")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    dialog: Any = desk.form.findChild(QFileDialog)
    dialog.fileSelected.emit(str(post.parent / "beside.png"))
    dialog.reject()
    qtbot.waitUntil(lambda: desk.field("image").text() == "beside.png")
    assert desk.header == "image: 'beside.png'\n"


def test_a_file_outside_the_site_is_refused(desk: Desk, post: Path, qtbot: QtBot) -> None:
    desk.facts = FormFacts(pictures=pictures(post))
    desk.open("image: a.png\n")
    desk.form._rows["image"].editor._chosen(str(post.parents[4] / "outside.png"))
    qtbot.waitUntil(lambda: "outside the site" in desk.said_about("image"))
    assert desk.asked == []


def test_a_picture_of_the_whole_site_is_written_from_the_root(post: Path) -> None:
    found = pictures(post)
    shared = post.parents[3] / "static" / "img" / "all of them.png"
    assert found.address("image", shared) == "/img/all%20of%20them.png"
    assert found.find("/img/all%20of%20them.png") == shared
    assert found.address("image", post.parent / "beside.png") == "beside.png"


def test_a_path_is_written_as_other_posts_write_theirs(post: Path) -> None:
    words = {"img/a.png": 1, "img/b.png": 1}
    key = LearnedKey("image", 2, "text", {"text": 2}, words)
    shared = post.parents[3] / "static" / "img" / "all of them.png"
    found = pictures(post, Learned(2, {"image": key}))
    assert found.address("image", shared) == "img/all%20of%20them.png"


def test_a_long_path_keeps_its_widget_while_it_is_typed(desk: Desk, post: Path) -> None:
    desk.facts = FormFacts(pictures=pictures(post))
    desk.open(f"image: {'a' * 79}\n")
    line = desk.field("image")
    line.setFocus()
    QTest.keyClicks(line, "bcd")
    assert desk.field("image") is line
    assert desk.header == f"image: bcd{'a' * 79}\n"


def test_a_picture_that_may_be_more_than_its_path_is_a_line_where_it_is_not(desk: Desk, post: Path) -> None:
    desk.facts = FormFacts(pictures=pictures(post))
    desk.content_type = ContentType("post", (Field("image", "raw", core=True),))
    desk.open("title: x\n")
    assert desk.form.findChild(object, "choose-image") is not None
    desk.open("image: {path: a.png, alt: b}\n")
    assert desk.field("image.path").text() == "a.png"


def test_the_text_shows_a_picture_relative_to_the_post_where_the_site_finds_it_so(post: Path) -> None:
    root = post.parents[3]
    shown = pictures(post)
    assert shown.address_in_text(post.parent / "beside.png") == "beside.png"
    assert shown.address_in_text(root / "static" / "img" / "all of them.png") == "/img/all%20of%20them.png"
    assert shown.address_in_text(root.parent / "outside.png") == ""
    (root / "hugo.toml").unlink()
    (root / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n")
    picture = root / "content" / "img" / "dot.png"
    picture.parent.mkdir()
    picture.write_bytes(b"")
    assert pictures(post).address_in_text(picture) == "../../img/dot.png"
