"""The library as a writer meets it."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from editor.site.index import PostSummary
from editor.ui.library.library_pane import LibraryPane, PostListView
from editor.ui.library.post_list_model import PostListModel, shown_day
from editor.ui.theme import DARK


def post(name: str, date: str = "2025-10-11", **more: object) -> PostSummary:
    summary = PostSummary(
        path=Path("/site/posts") / f"{name}.md",
        title=name.replace("-", " ").capitalize(),
        date=date,
        sort_date=datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC),
        draft=False,
        state="published",
        published=True,
        url=f"/{name}/",
        tags=(),
        categories=(),
        authors=(),
        words=100,
    )
    return replace(summary, **more)


POSTS = [
    post("second-run", "2025-11-02", state="draft", draft=True, categories=("logbook",)),
    post("blink-of-an-eye", "2025-10-11", categories=("introspection",), tags=("Être",)),
    post("why-we-quantize", "2024-12-18T10:00:00Z", state="scheduled"),
    post("broken", "soon", state="invalid", problem="The date is missing"),
]


@pytest.fixture
def library(qtbot: QtBot) -> LibraryPane:
    pane = LibraryPane()
    qtbot.addWidget(pane)
    pane.resize(260, 600)
    pane.show_site("A blog", "Material")
    pane.show_posts(POSTS)
    pane.show()
    qtbot.waitExposed(pane)
    pane.activateWindow()
    return pane


def list_of(pane: LibraryPane) -> PostListView:
    return pane.findChild(PostListView, "postList")


def filter_of(pane: LibraryPane) -> QLineEdit:
    return pane.findChild(QLineEdit, "libraryFilter")


def texts(pane: LibraryPane) -> list[str]:
    model = list_of(pane).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_posts_stand_under_their_years(library: LibraryPane) -> None:
    shown = ["2025", "Second run", "Blink of an eye", "2024", "Why we quantize", "No date", "Broken"]
    assert texts(library) == shown


def test_a_screen_reader_hears_title_state_and_day(library: LibraryPane) -> None:
    model = list_of(library).model()
    heard = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert heard[1] == "Second run, draft, 2 Nov 2025 · logbook"
    assert heard[-1] == "Broken, can't be published, The date is missing"


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2025-10-11", "11 Oct 2025"),
        ("2025-10-11T23:30:00-05:00", "11 Oct 2025"),
        ("2025-10-11T00:30:00+02:00", "11 Oct 2025"),
        ("soon", "soon"),
        ("", "No date"),
    ],
)
def test_a_day_is_the_one_that_the_file_names(date: str, day: str) -> None:
    assert shown_day(date) == day


def test_a_click_opens(library: LibraryPane, qtbot: QtBot) -> None:
    view = list_of(library)
    place = view.visualRect(view.model().index(2, 0)).center()
    with qtbot.waitSignal(library.post_chosen) as chosen:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [POSTS[1].path]


def test_the_keyboard_goes_past_the_years_and_enter_opens(library: LibraryPane, qtbot: QtBot) -> None:
    view = list_of(library)
    library.set_current(POSTS[1].path)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().data() == "Why we quantize"
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.currentIndex().data() == "Second run"
    with qtbot.waitSignal(library.post_chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == [POSTS[0].path]


def test_walking_the_list_opens_nothing(library: LibraryPane, qtbot: QtBot) -> None:
    view = list_of(library)
    view.setFocus()
    with qtbot.assertNotEmitted(library.post_chosen):
        for _press in range(5):
            QTest.keyClick(view, Qt.Key.Key_Down)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("quant", ["2024", "Why we quantize"]),
        ("RUN second", ["2025", "Second run"]),
        ("logbook", ["2025", "Second run"]),
        ("etre", ["2025", "Blink of an eye"]),
        ("2024-12", ["2024", "Why we quantize"]),
        ("  ", ["2025", "Second run", "Blink of an eye", "2024", "Why we quantize", "No date", "Broken"]),
    ],
)
def test_the_filter_finds_words_anywhere(library: LibraryPane, typed: str, found: list[str]) -> None:
    filter_of(library).setText(typed)
    assert texts(library) == found


def test_typing_in_the_list_filters_and_enter_opens_the_first(library: LibraryPane, qtbot: QtBot) -> None:
    view, box = list_of(library), filter_of(library)
    view.setFocus()
    with qtbot.waitSignals([library.filter_changed] * 2):
        QTest.keyClick(view, "w")
        QTest.keyClick(box, "h")
    assert box.text() == "wh"
    assert box.hasFocus()
    with qtbot.waitSignal(library.post_chosen) as chosen:
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [POSTS[2].path]
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert len(texts(library)) == 7
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert view.hasFocus()


def test_nothing_found_says_so_and_leads_back(library: LibraryPane) -> None:
    filter_of(library).setText("zebra")
    assert not list_of(library).isVisible()
    assert any("“zebra”" in label.text() for label in library.findChildren(QLabel) if label.isVisible())
    library.findChild(QPushButton, "libraryFirstStep").click()
    assert list_of(library).isVisible()
    assert filter_of(library).text() == ""


def test_an_empty_site_offers_a_first_post(library: LibraryPane, qtbot: QtBot) -> None:
    library.show_posts([])
    with qtbot.waitSignal(library.new_post_wanted):
        library.findChild(QPushButton, "libraryFirstStep").click()


def test_no_site_offers_to_open_one(qtbot: QtBot) -> None:
    pane = LibraryPane()
    qtbot.addWidget(pane)
    with qtbot.waitSignal(pane.open_site_wanted):
        pane.findChild(QPushButton, "libraryFirstStep").click()


def test_reading_is_said_only_while_there_is_nothing_to_show(library: LibraryPane) -> None:
    library.set_loading(True)
    assert list_of(library).isVisible()
    library.show_posts([])
    library.set_loading(True)
    assert not list_of(library).isVisible()
    assert any("Reading" in label.text() for label in library.findChildren(QLabel) if label.isVisible())


def test_the_menu_says_what_is_wanted_and_does_nothing(library: LibraryPane, qtbot: QtBot) -> None:
    actions = {
        action.text(): action for action in library.menu(list_of(library).model().index(1, 0)).actions()
    }
    for words, signal in (
        ("Open", library.post_chosen),
        ("Show in the file manager", library.reveal_wanted),
        ("Copy path", library.copy_path_wanted),
    ):
        with qtbot.waitSignal(signal) as asked:
            actions[words].trigger()
        assert asked.args == [POSTS[0].path]
    with qtbot.waitSignal(library.new_post_wanted):
        actions["New post…"].trigger()
    only = [action.text() for action in library.menu(QModelIndex()).actions()]
    assert only == ["New post…"]


def test_a_saved_post_changes_its_row_and_moves_nothing(library: LibraryPane, qtbot: QtBot) -> None:
    many = [post(f"post-{number}", "2025-01-01") for number in range(400)]
    library.show_posts(many)
    library.set_current(many[300].path)
    QApplication.processEvents()
    view = list_of(library)
    place = view.verticalScrollBar().value()
    assert place > 0
    resets: list[bool] = []
    view.model().modelReset.connect(lambda: resets.append(True))
    library.show_posts([*many[:300], replace(many[300], title="Another title"), *many[301:]])
    QApplication.processEvents()
    assert resets == []
    assert view.verticalScrollBar().value() == place
    assert view.currentIndex().data() == "Another title"


def test_a_new_post_keeps_the_place_and_the_open_one(library: LibraryPane) -> None:
    many = [post(f"post-{number}", "2025-01-01") for number in range(400)]
    library.show_posts(many)
    library.set_current(many[300].path)
    QApplication.processEvents()
    view = list_of(library)
    place = view.verticalScrollBar().value()
    library.show_posts([post("new", "2025-02-01"), *many])
    QApplication.processEvents()
    assert view.currentIndex().data() == "Post 300"
    assert view.verticalScrollBar().value() == place


def test_the_open_post_is_painted_as_a_card(library: LibraryPane) -> None:
    view = list_of(library)
    QApplication.processEvents()
    library.set_theme(DARK)
    before = view.viewport().grab().toImage()
    library.set_current(POSTS[2].path)
    view.clearSelection()
    QApplication.processEvents()
    after = view.viewport().grab().toImage()
    ratio = after.devicePixelRatio()
    rect = view.visualRect(view.model().index(4, 0))
    inside = QPoint(round(rect.right() * ratio) - 20, round(rect.center().y() * ratio))
    assert before.pixelColor(inside) != after.pixelColor(inside)


def test_the_shortcut_is_shown_until_something_is_typed(library: LibraryPane) -> None:
    library.set_shortcut_hint(QKeySequence("Ctrl+Shift+F"))
    hint = library.findChild(QLabel, "libraryShortcut")
    assert hint.text() == "Ctrl Shift F"
    filter_of(library).setText("x")
    assert not hint.isVisible()


def test_the_theme_can_change(library: LibraryPane) -> None:
    library.set_theme(DARK)
    assert not library.grab().isNull()


@pytest.mark.parametrize(
    "title", ["", "x" * 500, "😀" * 60, "مرحبا بالعالم " * 8, "a\nb\tc " * 30, "你好世界" * 20]
)
def test_any_title_can_be_painted(library: LibraryPane, title: str) -> None:
    library.show_posts([post("name", title=title)])
    QApplication.processEvents()
    assert not library.grab().isNull()
    if not title:
        assert texts(library)[1] == "name.md"


def test_the_model_is_sound_for_qt(qtbot: QtBot, qtmodeltester: object) -> None:
    model = PostListModel()
    model.show_posts(POSTS)
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    model.show_matching("quant")
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    model.show_posts([])
    assert model.rowCount() == 0


def test_posts_with_unsaved_changes_are_marked(library: LibraryPane) -> None:
    view = list_of(library)
    index = view.model().index(1, 0)

    def look() -> object:
        return view.viewport().grab(view.visualRect(index)).toImage()

    def heard() -> str:
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    plain = look()
    library.set_unsaved({POSTS[0].path, Path("/site/elsewhere.md")})
    assert look() != plain
    assert heard().endswith("unsaved changes")
    assert "unsaved" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "unsaved" not in view.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    library.show_posts([replace(POSTS[0], words=101), *POSTS[1:]])
    assert heard().endswith("unsaved changes")
    library.set_unsaved(set())
    assert look() == plain
    assert "unsaved" not in heard()
