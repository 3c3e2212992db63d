"""What lies over the preview while a page is on its way: the page before it, or a veil over another post's."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from editor.translation import gettext as _
from editor.ui.theme import Theme

_PAINTED_MS = 120
"""So long after a page has its place, it is painted there."""
_MOST_MS = 4000
"""A page that takes longer may be seen as it comes."""
_VEIL_MS = 150
"""What comes sooner needs no veil: it would only flicker."""


class Cover(QLabel):
    """A picture of the page as it was, which hides how the next one is loaded; the pointer goes through it."""

    def __init__(self, web: QWidget) -> None:
        """Lie over `web`, beside which this is put."""
        super().__init__(web.parentWidget())
        self.setObjectName("previewCover")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._web = web
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.lift)
        web.installEventFilter(self)
        self.hide()

    def put(self) -> None:
        """Show from now on what the page looks like now."""
        if not self._web.isVisible():
            return
        if self.isHidden():  # else what lies below is not to be seen
            self.setPixmap(self._web.grab())
            self.setGeometry(self._web.geometry())
        self.show()
        self.raise_()
        self._timer.start(_MOST_MS)

    def lift_soon(self) -> None:
        """Show the page once it is painted: it has what it is to show, in its place."""
        if self.isVisible():
            self._timer.start(_PAINTED_MS)

    def lift(self) -> None:
        """Show the page."""
        self._timer.stop()
        self.hide()
        self.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lift the picture when the page gets another size (Qt)."""
        if event.type() == QEvent.Type.Resize:
            self.lift()
        return super().eventFilter(watched, event)


class Veil(QLabel):
    """A veil in the pane's colour over the page of the post before, when that of the next takes a while."""

    def __init__(self, web: QWidget) -> None:
        """Lie over `web`, beside which this is put."""
        super().__init__(_("Loading…"), web.parentWidget())
        self.setObjectName("previewVeil")
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._web = web
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_VEIL_MS)
        self._timer.timeout.connect(self._show_now)
        web.installEventFilter(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.setStyleSheet(
            f"#previewVeil {{ background: {theme.pane}; color: {theme.dim}; padding-top: 48px; }}"
        )

    def show_soon(self) -> None:
        """Hide the page if nothing else comes soon."""
        if self.isHidden():
            self._timer.start()

    def lift(self) -> None:
        """Show the page."""
        self._timer.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the size of the page (Qt)."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.setGeometry(self._web.geometry())
        return super().eventFilter(watched, event)

    def _show_now(self) -> None:
        self.setGeometry(self._web.geometry())
        self.show()
        self.raise_()
