"""What a screen reader says: every part of the window that does something has a name."""

from PySide6.QtCore import Qt
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
OF_QT = {"qt_toolbar_ext_button", "qt_menubar_ext_button"}


def nameless(window: QWidget) -> list[str]:
    """Return the visible parts that do something and have neither an accessible name nor words of their own."""
    found = []
    for widget in window.findChildren(QWidget):
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        acts = isinstance(widget, INTERACTIVE) and not isinstance(widget, QScrollBar)
        if isinstance(widget.parentWidget(), QWebEngineView):  # Chromium's own, which speaks for the page
            continue
        if not widget.isVisible() or not (acts or reached):
            continue
        words = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not widget.accessibleName().strip() and not words.strip() and widget.objectName() not in OF_QT:
            around = " in ".join(
                f"{type(part).__name__}#{part.objectName()}" for part in (widget, widget.parentWidget())
            )
            found.append(around)
    return found


def test_every_part_of_the_window_has_a_name(app_window):
    app_window.open("first.md")
    actions = app_window.window.actions_by_id
    assert nameless(app_window.window) == []
    for name in ("find", "replace"):
        actions[name].trigger()
        assert nameless(app_window.window) == []


def test_the_start_page_has_names_too(app_window):
    assert nameless(app_window.window) == []
