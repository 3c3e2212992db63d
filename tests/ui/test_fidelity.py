"""The badge that says how true the preview is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from editor.ui.fidelity import FidelityBadge
from editor.ui.theme import LIGHT

LONG = (
    "The plugin of a very long name changes pages: what it adds is missing in the preview, and more words. "
    * 2
)


@pytest.fixture
def badge(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.setStyleSheet(LIGHT.style_sheet())
    layout = QVBoxLayout(window)
    made = FidelityBadge(window)
    made.set_theme(LIGHT)
    layout.addWidget(made)
    window.resize(600, 400)
    window.show()
    qtbot.waitExposed(window)
    yield made  # the window is kept until here


def words(badge):
    return [label.text() for label in badge.card.findChildren(QLabel) if label.isVisible()]


def test_nothing_is_said_before_a_page_is_shown(badge):
    badge.show_reasons(None)
    assert not badge.isVisible()
    badge.open_card()
    assert not badge.card.isVisible()


def test_a_page_as_published_says_so_and_how_it_is_made(badge):
    badge.show_reasons(())
    assert badge.text() == "As published"
    badge.click()
    assert words(badge)[0] == "As published"
    assert not badge.card.list.isVisible()
    badge.show_python(".venv/bin/python")
    assert any(".venv/bin/python" in said for said in words(badge))


def test_differences_are_counted_and_listed_whole(badge):
    reasons = ("first", LONG, "third")
    badge.show_reasons(reasons)
    assert badge.text() == "3 differences"
    assert badge.accessibleDescription().splitlines() == ["3 differences", *reasons]
    badge.click()
    shown = badge.card.list
    assert [shown.item(row).text() for row in range(3)] == list(reasons)
    assert shown.visualItemRect(shown.item(1)).height() > shown.visualItemRect(shown.item(0)).height()
    assert shown.verticalScrollBar().maximum() == 0  # all of it is seen
    assert shown.viewport().rect().contains(shown.visualItemRect(shown.item(2)))


def test_many_differences_are_scrolled(badge):
    badge.show_reasons(tuple(f"{number}: {LONG}" for number in range(30)))
    badge.click()
    assert badge.card.height() < 500
    assert badge.card.list.verticalScrollBar().maximum() > 0


def test_the_keyboard_goes_through_the_list_and_out_again(badge):
    badge.show_reasons(("first", "second"))
    badge.setFocus()
    QTest.keyClick(badge, Qt.Key.Key_Space)
    shown = badge.card.list
    assert shown.hasFocus()
    assert shown.currentRow() == 0
    QTest.keyClick(shown, Qt.Key.Key_Down)
    assert shown.currentRow() == 1
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not badge.card.isVisible()


@pytest.mark.parametrize(("reasons", "offered"), [(("first",), True), ((), False)])
def test_trust_is_offered_where_something_is_missing(badge, qtbot, reasons, offered):
    badge.offer_trust(True)
    badge.show_reasons(reasons)
    badge.click()
    assert badge.card.trust_button.isVisible() is offered
    if offered:
        with qtbot.waitSignal(badge.trust_wanted):
            badge.card.trust_button.click()
        assert not badge.card.isVisible()


def test_a_card_that_is_open_follows_the_page(badge):
    badge.show_reasons(("first", LONG))
    badge.click()
    badge.show_reasons(("first",))
    assert badge.card.isVisible()
    assert badge.card.list.count() == 1
    badge.show_reasons(None)
    assert not badge.card.isVisible()
