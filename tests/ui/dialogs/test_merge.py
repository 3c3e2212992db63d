"""The dialog of a conflict: keys, characters, and what it hands over."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from editor.git.merge import Conflict, Merged
from editor.ui.dialogs.merge import MergeDialog
from editor.ui.theme import LIGHT

MERGED = Merged(
    (
        "Above\n",
        Conflict("My\u00a0line\n", "Line\n", "Their line\n"),
        "Between\n",
        Conflict("", "Deleted\n", "Changed\u2028here\n"),
        "Below\n",
    )
)


@pytest.fixture
def dialog(qtbot):
    made = MergeDialog("post.md", MERGED)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def press(qtbot, dialog, key, done):
    """Press a button's letter; it looks pressed for a moment before it acts."""
    QTest.keyClick(dialog, key, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(done)


def shows_place(dialog, number):
    return any(label.text().startswith(f"Place {number} ") for label in dialog.findChildren(QLabel))


def test_nothing_is_taken_before_everything_is_decided(qtbot, dialog):
    texts = []
    dialog.decided.connect(texts.append)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    press(qtbot, dialog, Qt.Key.Key_M, lambda: dialog.decisions.choice(0) == "mine")
    press(qtbot, dialog, Qt.Key.Key_N, lambda: shows_place(dialog, 2))
    assert not dialog.use.isEnabled()
    press(qtbot, dialog, Qt.Key.Key_T, lambda: dialog.decisions.choice(1) == "theirs")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert texts == ["Above\nMy\u00a0line\nBetween\nChanged\u2028here\nBelow\n"]


def test_escape_hands_nothing_over(qtbot, dialog):
    with qtbot.assertNotEmitted(dialog.decided):
        dialog.buttons["mine"].click()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_is_written_by_hand_keeps_its_characters(qtbot, dialog):
    press(qtbot, dialog, Qt.Key.Key_W, dialog.result_text.hasFocus)
    QTest.keyClick(dialog.result_text, Qt.Key.Key_End)
    QTest.keyClicks(dialog.result_text, "!")
    assert dialog.decisions.text_at(0) == "My\u00a0line!\n"
    assert dialog.buttons["hand"].isChecked()


def test_typing_in_the_result_is_a_decision(dialog):
    QTest.keyClicks(dialog.result_text, "x")
    assert dialog.decisions.choice(0) == "hand"
    dialog.show_place(1)
    assert dialog.decisions.choice(1) == ""
    dialog.show_place(0)
    assert dialog.result_text.toPlainText().startswith("x")


def test_one_version_for_all_places(qtbot, dialog):
    everywhere = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Theirs everywhere")
    everywhere.click()
    with qtbot.waitSignal(dialog.decided) as done:
        dialog.use.click()
    assert done.args == [MERGED.text("theirs")]


def test_everything_has_a_name(dialog):
    for widget in (*dialog.findChildren(QPushButton), *dialog.findChildren(QPlainTextEdit)):
        assert widget.accessibleName() or widget.text()
    assert any(label.text() == "Place 1 of 2, line 2" for label in dialog.findChildren(QLabel))


def test_the_button_looks_as_if_it_could_not_be_pressed_before_everything_is_decided(qtbot, dialog):
    dialog.setStyleSheet(LIGHT.style_sheet())

    def colour():
        return dialog.use.grab().toImage().pixelColor(8, dialog.use.height() // 2).name()

    assert not dialog.use.isEnabled()
    assert dialog.use.toolTip()
    assert colour() != QColor(LIGHT.accent).name()
    for place in range(2):
        dialog.show_place(place)
        dialog.buttons["mine"].click()
    assert dialog.use.isEnabled()
    assert not dialog.use.toolTip()
    qtbot.waitUntil(lambda: colour() == QColor(LIGHT.accent).name())
