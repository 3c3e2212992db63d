"""The context menu of the preview."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QMenu, QWidget

from editor.translation import gettext as _


def page_menu(page: QWebEnginePage, href: str, choose_all: Callable[[], None], parent: QWidget) -> QMenu:
    """Return the menu for a link to `href`, or for what is none where it is empty; `choose_all` selects all."""
    menu = QMenu(parent)
    copy = QAction(_("Copy"), menu)
    copy.setEnabled(page.hasSelection())
    copy.triggered.connect(lambda: page.triggerAction(QWebEnginePage.WebAction.Copy))
    menu.addAction(copy)
    if href:
        copy_link = QAction(_("Copy link address"), menu)
        copy_link.triggered.connect(lambda: QGuiApplication.clipboard().setText(href))
        menu.addAction(copy_link)
    select_all = QAction(_("Select all"), menu)
    select_all.triggered.connect(choose_all)
    menu.addAction(select_all)
    return menu
