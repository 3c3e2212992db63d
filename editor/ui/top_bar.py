"""The bar at the top of the window: which post this is, whether it is saved, and the way to others."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.icons import icon, pixmap
from editor.ui.theme import Theme
from editor.ui.widgets import ElidedLabel, HintButton, icon_button

_ROOM_FOR_WORDS = 720
"""Below this width (logical pixels) the button for the commit view has its sign and its count alone."""


class ReviewButton(QPushButton):
    """Opens the commit view, and leads back from it; says how many files of the site have changed."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewButton")
        self._action = action
        self._theme: Theme | None = None
        self._count = -1
        self.clicked.connect(action.trigger)
        self.setToolTip(f"{action.text().replace('&', '')} ({action.shortcut().toString()})")
        self._picture, self._words, self._number = (
            QLabel(self),
            QLabel(_("Review & commit"), self),
            QLabel(self),
        )
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._number.setProperty("look", "count")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 0, 10, 0)
        self._row.setSpacing(7)
        for label in (self._picture, self._words, self._number):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._row.addWidget(label)
        self.show_count(0)

    def sizeHint(self) -> QSize:
        """As wide as its words and the count (Qt)."""
        return QSize(self._row.sizeHint().width(), 28)

    def show_count(self, count: int) -> None:
        """Show that `count` files have changed."""
        if count == self._count:
            return
        self._count = count
        self._number.setText(str(count))
        self._number.setVisible(count > 0)
        words = ngettext(
            "Review and commit, {count} changed file", "Review and commit, {count} changed files", count
        )
        self.setAccessibleName(words.format(count=count) if count else _("Review and commit"))
        self.setProperty("primary", count > 0)
        for part in (self, self._words, self._number):
            part.style().unpolish(part)
            part.style().polish(part)
        self._colour()
        self.updateGeometry()

    def show_words(self, *, shown: bool) -> None:
        """Have words beside the sign, or not."""
        if self._words.isHidden() == shown:
            self._words.setVisible(shown)
            self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Colour the sign."""
        self._theme = theme
        self._colour()

    def _colour(self) -> None:
        if self._theme is not None:
            colour = self._theme.on_accent if self._count > 0 else self._theme.ink
            self._picture.setPixmap(pixmap("branch", colour, 16, self.devicePixelRatioF()))


class TopBar(QWidget):
    """Title, path and saved state of the post shown; its buttons trigger the window's own actions."""

    def __init__(
        self,
        library: QAction,
        inspector: QAction,
        go_to_post: QAction,
        review: QAction,
        history: QAction,
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
        self._history = icon_button(history)
        self._history.hide()
        self._go_to_post = HintButton(go_to_post)
        self._review = ReviewButton(review)
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
        layout.addWidget(self._history)
        spacer = QWidget(self)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout.addWidget(spacer, 1)
        layout.addWidget(self._go_to_post)
        layout.addWidget(self._review)
        layout.addWidget(self._menu)
        layout.addWidget(self._inspector)

    def show_post(self, title: str, path: str) -> None:
        """Show the post's title and its path in the site; both empty where no post is open."""
        self._title.setText(title)
        self._path.setText(path)
        self._path.setVisible(bool(path))
        self._history.setVisible(bool(title))

    def show_state(self, state: str) -> None:
        """Show whether the post is saved, in a word."""
        self._state.setText(f"· {state}" if state else "")

    def show_changes(self, count: int) -> None:
        """Show how many files of the site have changed."""
        self._review.show_count(count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave words out where there is no room for them (Qt)."""
        super().resizeEvent(event)
        self._review.show_words(shown=self.width() >= _ROOM_FOR_WORDS)

    def set_theme(self, theme: Theme) -> None:
        """Colour the icons."""
        self._review.set_theme(theme)
        self._menu.setIcon(icon("more", theme.dim))
        self._go_to_post.set_theme(theme)
