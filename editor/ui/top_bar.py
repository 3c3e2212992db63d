"""The bar at the top of the window: which post this is, whether it is saved, and the way to others."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from editor.translation import gettext as _
from editor.ui.icons import icon
from editor.ui.theme import Theme
from editor.ui.widgets import ElidedLabel, HintButton, icon_button


class TopBar(QWidget):
    """Title, path and saved state of the post shown; its buttons trigger the window's own actions."""

    def __init__(
        self,
        library: QAction,
        inspector: QAction,
        go_to_post: QAction,
        menu: QMenu,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._library = icon_button(library)
        self._inspector = icon_button(inspector)
        self._title = ElidedLabel(self)
        self._title.setObjectName("postTitle")
        self._path = ElidedLabel(self)
        self._path.setProperty("dim", True)
        self._state = QLabel(self)
        self._state.setProperty("dim", True)
        self._state.setObjectName("savedState")
        self._state.setAccessibleName(_("Saved state"))
        self._go_to_post = HintButton(go_to_post)
        self._menu = QToolButton(self)
        self._menu.setMenu(menu)
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.setAccessibleName(_("Menu"))
        self._menu.setToolTip(_("Menu"))
        self._menu.setProperty("flat", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(8)
        layout.addWidget(self._library)
        layout.addWidget(self._title)
        layout.addWidget(self._path)
        layout.addWidget(self._state)
        spacer = QWidget(self)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout.addWidget(spacer, 1)
        layout.addWidget(self._go_to_post)
        layout.addWidget(self._menu)
        layout.addWidget(self._inspector)

    def show_post(self, title: str, path: str) -> None:
        """Show the post's title and its path in the site; both empty where no post is open."""
        self._title.setText(title)
        self._path.setText(path)
        self._path.setVisible(bool(path))

    def show_state(self, state: str) -> None:
        """Show whether the post is saved, in a word."""
        self._state.setText(f"· {state}" if state else "")

    def set_theme(self, theme: Theme) -> None:
        """Colour the icons."""
        self._menu.setIcon(icon("more", theme.dim))
        self._go_to_post.set_theme(theme)
