"""The dialog that goes to a post by a few letters."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from editor.site.index import PostSummary
from editor.ui.dialogs.go_to_post import GoToPost
from editor.ui.theme import DARK
from tests.ui.library.test_library_pane import post

ROOT = Path("/site")
HI = post("hi", "2025-01-02")
POSTS = [HI, replace(HI, path=ROOT / "drafts/hi.md"), post("other", "2024-05-06")]


@pytest.fixture
def open_dialog(qtbot: QtBot) -> Callable[[list[PostSummary]], GoToPost]:
    def make(posts: list[PostSummary]) -> GoToPost:
        dialog = GoToPost(posts, root=ROOT, theme=DARK)
        qtbot.addWidget(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return make


def rows(dialog: GoToPost) -> list[str]:
    found = dialog.findChild(QListWidget)
    role = Qt.ItemDataRole.AccessibleTextRole
    return [found.item(row).data(role) for row in range(found.count())]


def picture(dialog: GoToPost) -> QImage:
    found = dialog.findChild(QListWidget)
    return found.viewport().grab(found.visualItemRect(found.item(0))).toImage()


def test_posts_of_one_title_can_be_told_apart(open_dialog: Callable[[list[PostSummary]], GoToPost]) -> None:
    assert rows(open_dialog(POSTS)) == [
        "Hi, published, 2 Jan 2025, posts/hi.md",
        "Hi, published, 2 Jan 2025, drafts/hi.md",
        "Other, published, 6 May 2024, posts/other.md",
    ]


@pytest.mark.parametrize(
    "change",
    [{"path": ROOT / "drafts/hi.md"}, {"date": "2025-01-03"}, {"state": "draft"}, {"title": "Ho"}],
    ids=lambda change: next(iter(change)),
)
def test_each_of_these_is_painted(
    open_dialog: Callable[[list[PostSummary]], GoToPost], change: dict[str, object]
) -> None:
    assert picture(open_dialog([HI])) == picture(open_dialog([replace(HI)]))
    assert picture(open_dialog([HI])) != picture(open_dialog([replace(HI, **change)]))


def test_rows_are_as_wide_as_the_line(open_dialog: Callable[[list[PostSummary]], GoToPost]) -> None:
    dialog = open_dialog(POSTS)
    line, found = dialog.findChild(QLineEdit), dialog.findChild(QListWidget)
    row = found.visualItemRect(found.item(0))
    left = found.viewport().mapTo(dialog, row.topLeft()).x()
    assert (left, left + row.width()) == (line.x(), line.x() + line.width())


def test_words_find_titles_days_and_paths(open_dialog: Callable[[list[PostSummary]], GoToPost]) -> None:
    dialog = open_dialog(POSTS)
    line = dialog.findChild(QLineEdit)
    for words, count in (("hi", 2), ("hi draft", 1), ("2024-05", 1), ("site", 0)):
        line.setText(words)
        assert len(rows(dialog)) == count, words


def test_the_arrows_and_enter_choose(
    open_dialog: Callable[[list[PostSummary]], GoToPost], qtbot: QtBot
) -> None:
    dialog = open_dialog(POSTS)
    line = dialog.findChild(QLineEdit)
    QTest.keyClick(line, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.post_chosen) as chosen:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert chosen.args == [ROOT / "drafts/hi.md"]
