"""Where the keyboard is when the panes fold."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.ui.panes import INSPECTOR, LIBRARY, ORDER, PREVIEW, TEXT, Panes

Shown = tuple[Panes, dict[str, QLineEdit]]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Callable[[int], Shown]]:
    """Give a function: panes of this width with a field in each, behind a button that comes first."""
    windows = []

    def make(width: int) -> Shown:
        window = QWidget()
        qtbot.addWidget(window)
        windows.append(window)
        fields = {}
        contents = {}
        for name in ORDER:
            contents[name] = QWidget()
            fields[name] = QLineEdit(contents[name])
            contents[name].setFocusProxy(fields[name])
            QVBoxLayout(contents[name]).addWidget(fields[name])
        panes = Panes(contents)
        layout = QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(QPushButton("…"))
        layout.addWidget(panes)
        window.resize(width, 600)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        fields[TEXT].setFocus()
        qtbot.waitUntil(fields[TEXT].hasFocus)
        return panes, fields

    yield make
    for window in windows:
        window.hide()


@pytest.mark.parametrize("width", [700, 900, 1400])
@pytest.mark.parametrize("name", [LIBRARY, INSPECTOR, PREVIEW])
def test_a_pane_that_folds_gives_the_keyboard_to_the_text(shown, width: int, name: str) -> None:
    panes, fields = shown(width)
    panes.show_pane(name)
    fields[name].setFocus()
    assert fields[name].hasFocus()
    panes.toggle(name)
    assert fields[TEXT].hasFocus()


@pytest.mark.parametrize("width", [700, 900, 1400])
def test_the_text_keeps_the_keyboard_when_a_pane_comes_over_it(shown, width: int) -> None:
    panes, fields = shown(width)
    for name in (LIBRARY, INSPECTOR, LIBRARY):
        panes.toggle(name)
        assert fields[TEXT].hasFocus()


def test_a_page_that_takes_the_texts_turn_gets_the_keyboard(shown) -> None:
    panes, fields = shown(700)
    panes.toggle(PREVIEW)
    assert fields[PREVIEW].hasFocus()
    panes.toggle(PREVIEW)
    assert fields[TEXT].hasFocus()


def test_a_window_that_gets_narrow_leaves_the_keyboard_in_the_text(shown) -> None:
    panes, fields = shown(1400)
    fields[LIBRARY].setFocus()
    panes.window().resize(900, 600)
    assert fields[TEXT].hasFocus()
