"""The keyboard between the text and the preview."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

POST = "docs/blog/posts/post.md"


def test_the_preview_is_marked_when_the_keyboard_goes_there(built_window):
    window = built_window()
    window.open(POST)
    window.window.activateWindow()
    window.window.editor.setFocus()
    window.wait(window.window.editor.hasFocus)
    assert not window.view.focus_mark.isVisible()
    window.window.next_pane()
    window.wait(window.view.focus_mark.isVisible)
    window.window.editor.setFocus()
    window.wait(lambda: not window.view.focus_mark.isVisible())


def test_escape_in_the_previews_find_gives_the_keyboard_back_to_the_text(built_window):
    window = built_window()
    window.open(POST)
    window.window.activateWindow()
    window.view.find_bar.open_bar()
    line = window.view.find_bar.findChild(QLineEdit)
    window.wait(line.hasFocus)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    window.wait(window.window.editor.hasFocus)
    assert not window.view.find_bar.isVisible()
