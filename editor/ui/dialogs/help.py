"""The help in the window: what each key does, read off the actions themselves."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

import editor
from editor.translation import gettext as _


class ShortcutHelp(QDialog):
    """A table of all actions that have a shortcut, menu by menu."""

    def __init__(self, menus: dict[str, list[QAction]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        browser = QTextBrowser(self)
        browser.setAccessibleName(_("Keyboard shortcuts"))
        parts = []
        for title, actions in menus.items():
            rows = [
                f"<tr><td width='130'><b>{escape(action.shortcut().toString())}</b></td>"
                f"<td>{escape(action.text().replace('&', ''))}</td></tr>"
                for action in actions
                if not action.shortcut().isEmpty()
            ]
            if rows:
                parts.append(
                    f"<h3>{escape(title.replace('&', ''))}</h3><table cellpadding='3'>{''.join(rows)}</table>"
                )
        browser.setHtml("".join(parts))
        layout = QVBoxLayout(self)
        layout.addWidget(browser)
        self.resize(520, 620)


def about_text() -> str:
    """Return what the About box says."""
    return _(
        "Copydesk {version}\n\nA desktop editor for the posts of a static blog. It makes no network request, and "
        "changes no byte of a file that you did not change.\n\nMIT License"
    ).format(version=editor.__version__)
