"""The preview with its bar: back and forward, and the badge that says how true it is."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from editor.translation import gettext as _
from editor.ui.fidelity import FidelityBadge
from editor.ui.preview.preview_view import PreviewView
from editor.ui.theme import Theme
from editor.ui.widgets import icon_button


class PreviewPane(QWidget):
    """The preview's bar above the preview itself."""

    def __init__(
        self, view: PreviewView, back: QAction, forward: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("previewPane")
        self.view = view
        bar = QWidget(self)
        bar.setObjectName("paneBar")
        bar.setFixedHeight(40)
        title = QLabel(_("Preview"), bar)
        title.setProperty("strong", True)
        self.badge = FidelityBadge(bar)
        bar_layout = QHBoxLayout(bar)
        bar_layout.setContentsMargins(12, 0, 12, 0)
        bar_layout.setSpacing(4)
        bar_layout.addWidget(title)
        bar_layout.addSpacing(8)
        bar_layout.addWidget(icon_button(back, bar))
        bar_layout.addWidget(icon_button(forward, bar))
        bar_layout.addStretch(1)
        bar_layout.addWidget(self.badge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(view, 1)
        self.setFocusProxy(view)

    def set_theme(self, theme: Theme) -> None:
        """Hand the theme to the page and the badge."""
        self.view.set_theme(theme)
        self.badge.set_theme(theme)
