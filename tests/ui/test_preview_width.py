import pytest

from editor.ui.main_window import MainWindow
from editor.ui.preview_width import WIDTHS


@pytest.fixture
def window(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1600, 900)
    window.show_text(True)
    window.show()
    return window


def css_width(window) -> int:
    view = window.preview
    return round(view.width() / view.web.zoomFactor())


@pytest.mark.parametrize("name", ["width_phone", "width_tablet", "width_desktop"])
def test_the_page_is_as_wide_as_the_device(window, qtbot, name):
    window.actions_by_id[name].trigger()
    qtbot.waitUntil(lambda: abs(css_width(window) - WIDTHS[name]) <= 2)
    assert window.preview.width() <= window.preview_pane.width()
    window.resize(1300, 900)
    qtbot.waitUntil(lambda: abs(css_width(window) - WIDTHS[name]) <= 2)


def test_a_second_click_gives_the_pane_its_width_back(window, qtbot):
    action = window.actions_by_id["width_phone"]
    action.trigger()
    qtbot.waitUntil(lambda: window.preview.width() == WIDTHS["width_phone"])
    action.trigger()
    qtbot.waitUntil(lambda: window.preview.width() == window.preview_pane.width())
    assert window.actions_by_id["width_pane"].isChecked()
    assert not action.isChecked()


def test_the_zoom_counts_as_well(window, qtbot):
    window.preview.set_zoom(1.2)
    window.actions_by_id["width_desktop"].trigger()
    qtbot.waitUntil(lambda: window.preview.web.zoomFactor() < 1)
    fit = window.preview_pane.width() / WIDTHS["width_desktop"]
    assert abs(window.preview.web.zoomFactor() - 1.2 * fit) < 0.01
