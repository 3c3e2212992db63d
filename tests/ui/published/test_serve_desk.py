"""The site's own server, started and stopped from the window."""

import urllib.request

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton


class Browser(QObject):
    """Takes the addresses that a browser would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser(qapp):
    made = Browser()
    for scheme in ("http", "https"):
        QDesktopServices.setUrlHandler(scheme, made, "open")
    yield made
    for scheme in ("http", "https"):
        QDesktopServices.unsetUrlHandler(scheme)


def test_the_post_is_opened_where_the_server_has_it(built_window, browser):
    window = built_window()
    window.open("docs/blog/posts/post.md")
    actions = window.window.actions_by_id
    button = window.window.status.findChild(QPushButton, "siteServer")
    assert not button.isVisible()
    actions["open_in_browser"].trigger()
    assert actions["serve"].isChecked()
    assert button.isVisible()
    window.wait(lambda: bool(browser.opened), 90)
    address = browser.opened[0]
    assert address.endswith("/m/blog/post/")
    assert "127.0.0.1" in button.text()
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert b"The quick fox" in answer.read()
    server = window.parts.serving._server
    actions["serve"].trigger()
    assert not actions["serve"].isChecked()
    assert not button.isVisible()
    window.wait(lambda: not server.is_running)


def test_the_server_ends_with_the_window(built_window):
    window = built_window()
    window.open("docs/blog/posts/post.md")
    window.window.actions_by_id["serve"].trigger()
    server = window.parts.serving._server
    window.wait(lambda: server.is_running)
    window.parts.serving.end()
    assert not server.is_running


def test_a_generator_that_is_not_there_is_told(built_window, monkeypatch):
    window = built_window("hugo")
    window.open("content/posts/post.md")
    monkeypatch.setenv("PATH", "/nonexistent")
    window.window.actions_by_id["serve"].trigger()
    window.wait(lambda: not window.window.actions_by_id["serve"].isChecked())
    assert "hugo" in window.window.status._message.text().lower()
